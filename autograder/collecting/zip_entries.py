"""One entry of a zip archive: its name, its time, and whether it is hostile."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from datetime import UTC, datetime

LONGEST_NAME = 255  # characters
DRIVE = re.compile(r"[A-Za-z]:")
EXTENDED_TIME = 0x5455  # header id of the extra field that holds a time in UTC


def hostile_entry(entry: zipfile.ZipInfo) -> str:
    """Say why an archive with such an entry is refused; empty where it is not."""
    name = name_of(entry)
    mode = entry.external_attr >> 16
    if entry.flag_bits & 0x1:
        return "it is encrypted"
    if stat.S_ISLNK(mode):
        return "it holds a link"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it holds a device or a pipe"
    if name.startswith(("/", "\\")) or DRIVE.match(name):
        return "it holds a name that begins at the root of a disk"
    if ".." in re.split(r"[/\\]", name):
        return "it holds a name that leads out of its folder"
    if any(len(part) > LONGEST_NAME for part in re.split(r"[/\\]", name)):
        return "it holds a name longer than any system takes"
    if any(ord(c) < 32 or ord(c) == 127 for c in entry.orig_filename + name):
        return "it holds a name with control characters"
    return ""


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name in the encoding in which it was written.

    An entry says whether its name is UTF-8. Where it does not, a Mac has written UTF-8
    all the same, and a Korean Windows its own code page; what is neither stays as the
    standard reads it.
    """
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "euc_kr"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def parts_of(name: str) -> tuple[str, ...]:
    r"""Split an entry's name at slashes of either kind.

    Examples
    --------
    >>> parts_of("ada\\lecture3/01.ipynb"), parts_of("./x")
    (('ada', 'lecture3', '01.ipynb'), ('x',))
    """
    return tuple(part for part in re.split(r"[/\\]", name) if part not in ("", "."))


def stamp_of(entry: zipfile.ZipInfo) -> datetime | None:
    """Return the time of an entry: in UTC if it says so, else by this machine's clock.

    The standard's own field has no time zone and steps of two seconds; an extra field
    of most programs has UTC.
    """
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        data, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == EXTENDED_TIME and len(data) >= 5 and data[0] & 1:
            return datetime.fromtimestamp(struct.unpack("<i", data[1:5])[0], UTC)
    try:
        return datetime(*entry.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
