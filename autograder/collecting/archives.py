"""Find the files in folders and zip archives, whatever those hold.

An archive is only read, never unpacked onto the disk under names of its own. One that
no honest program makes is refused as a whole, before anything of it is read: names
that lead out of a folder, links, devices, control characters in a name, encryption,
and archives that unpack to more than anybody handed in.
"""

from __future__ import annotations

import os
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from autograder.collecting.zip_entries import (
    hostile_entry,
    name_of,
    parts_of,
    stamp_of,
)
from autograder.csv_tables import printable
from autograder.errors import UserError

MIB = 2**20
# What systems and editors add; nobody hands it in.
ADDED = frozenset(
    {"__MACOSX", "Thumbs.db", "desktop.ini", "__pycache__", "node_modules"}
)
# What tells about the files beside it is read before them.
TELLING = frozenset(
    {"submission_metadata.yml", "timestamp.txt", "submission_secret.txt"}
)
# An inner archive up to this size is held in memory.
SPOOLED = 16 * MIB
# Times in an archive that lie closer together than this are those of its making.
APART = timedelta(hours=1)


@dataclass(frozen=True)
class Bounds:
    """How much is read of what was handed in.

    Attributes
    ----------
    files : int
        Files and folders, all sources together.
    unpacked : int
        Bytes that all archives of a source unpack to.
    ratio : int
        Unpacked bytes per packed byte of an archive that unpacks to more than `free`.
    free : int
        Bytes up to which the ratio does not matter: a long printed output of one
        notebook packs very small.
    archives : int
        Archives in each other.
    folders : int
        Folders in each other.
    """

    files: int = 200_000
    unpacked: int = 32 * 1024 * MIB
    ratio: int = 200
    free: int = 1024 * MIB
    archives: int = 3
    folders: int = 20


@dataclass(frozen=True)
class FoundFile:
    """One file, where it was found.

    Attributes
    ----------
    names : tuple of str
        The way to it: the source's name, folders, archives, its own name.
    size : int
        In bytes, as its folder or archive says.
    stamp : datetime or None
        When it was last changed, as its folder or archive says.
    stamp_is_own : bool
        Whether that can be a time of this file and not of the archive it is in.
    load : callable
        Returns at most so many of its bytes; raises `Unloadable`.
    """

    names: tuple[str, ...]
    size: int
    stamp: datetime | None
    stamp_is_own: bool
    load: Callable[[int], bytes] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Refused:
    """A file, link or archive of which nothing is read.

    Attributes
    ----------
    names : tuple of str
        The way to it.
    why : str
        The reason, for people.
    """

    names: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class PassedOver:
    """A file that a system or an editor added."""

    names: tuple[str, ...]


Find = FoundFile | Refused | PassedOver


class Unloadable(Exception):  # noqa: N818 - a finding about a file
    """A file cannot be read; the message says why."""


class TooMuch(Exception):  # noqa: N818 - a finding about a source
    """A bound on all sources together is reached; the message says which."""


class Finder:
    """Finds the files in any number of sources, within bounds.

    Parameters
    ----------
    bounds : Bounds, optional
        How much is read.
    """

    def __init__(self, bounds: Bounds | None = None) -> None:
        self.bounds = bounds or Bounds()
        self._seen = 0
        self._unpacked = 0

    def find(self, source: Path) -> Iterator[Find]:
        """Yield what a file, a folder or a zip archive holds, in a fixed order.

        What yields a file can be read until the next one is asked for.

        Raises
        ------
        UserError
            The source is missing or cannot be read.
        """
        name = source.name or source.resolve().name
        self._unpacked = 0
        try:
            kind = source.stat()
            if stat.S_ISDIR(kind.st_mode):
                yield from self._in_folder(source.resolve(), (name,), 0)
            elif stat.S_ISREG(kind.st_mode):
                yield from self._one(source.resolve(), (name,), kind, 0)
            else:
                raise UserError(f"{source} is neither a folder nor a file")
        except OSError as error:
            where = error.filename or source
            raise UserError(f"{where} cannot be read: {error.strerror}") from None
        except TooMuch as reached:
            yield Refused((name,), str(reached))

    def _count(self) -> None:
        self._seen += 1
        if self._seen > self.bounds.files:
            raise TooMuch(
                f"more than {self.bounds.files:,} files; the rest is not looked at"
            )

    def _in_folder(
        self, folder: Path, names: tuple[str, ...], depth: int
    ) -> Iterator[Find]:
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda e: (e.name not in TELLING, e.name))
        except OSError as error:
            if not depth:
                raise
            yield Refused(names, f"the folder cannot be read: {error.strerror}")
            return
        for entry in inside:
            self._count()
            here = (*names, _printed(entry.name))
            if entry.is_symlink():
                yield Refused(here, "a link: what it leads to was not handed in")
            elif _is_added(entry.name):
                yield PassedOver(here)
            elif entry.is_dir():
                if depth >= self.bounds.folders:
                    yield Refused(here, "too many folders in each other")
                else:
                    yield from self._in_folder(Path(entry.path), here, depth + 1)
            elif entry.is_file():
                yield from self._one(Path(entry.path), here, entry.stat(), 0)
            else:
                yield Refused(here, "neither a file nor a folder")

    def _one(
        self, path: Path, names: tuple[str, ...], kind: os.stat_result, archives: int
    ) -> Iterator[Find]:
        if _is_archive(names[-1]):
            with path.open("rb") as file:
                yield from self._in_archive(file, names, kind.st_size, archives)
            return

        def load(most: int) -> bytes:
            try:
                descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
                with os.fdopen(descriptor, "rb") as file:
                    return file.read(most)
            except OSError as error:
                raise Unloadable(f"it cannot be read: {error.strerror}") from None

        stamp = datetime.fromtimestamp(kind.st_mtime, UTC)
        yield FoundFile(names, kind.st_size, stamp, True, load)

    def _in_archive(
        self, file: IO[bytes], names: tuple[str, ...], packed: int, archives: int
    ) -> Iterator[Find]:
        if archives >= self.bounds.archives:
            yield Refused(names, "too many archives in each other")
            return
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            yield Refused(names, "the archive is damaged or cut short, or not a zip")
            return
        with archive:
            entries = archive.infolist()
            why = self._hostile(entries, packed)
            if why:
                yield Refused(names, f"the archive is refused: {why}")
                return
            self._unpacked += sum(entry.file_size for entry in entries)
            times = [t for e in entries if not e.is_dir() and (t := stamp_of(e))]
            own = bool(times) and max(times) - min(times) > APART
            ways = [(parts_of(name_of(entry)), entry) for entry in entries]
            ways.sort(key=lambda way: (way[0][-1:] not in _TELLING, way[0]))
            for parts, entry in ways:
                if entry.is_dir() or not parts:
                    continue
                self._count()
                here = (*names, *map(_printed, parts))
                if any(_is_added(part) for part in parts):
                    yield PassedOver(here)
                elif _is_archive(parts[-1]):
                    yield from self._inner(archive, entry, here, archives + 1)
                else:
                    load = _loader(archive, entry)
                    yield FoundFile(here, entry.file_size, stamp_of(entry), own, load)

    def _inner(
        self,
        archive: zipfile.ZipFile,
        entry: zipfile.ZipInfo,
        names: tuple[str, ...],
        archives: int,
    ) -> Iterator[Find]:
        """Look into an archive within an archive."""
        with tempfile.SpooledTemporaryFile(SPOOLED) as spool:
            left = entry.file_size
            try:
                with archive.open(entry) as inner:
                    while chunk := inner.read(min(MIB, left + 1)):
                        spool.write(chunk)
                        left -= len(chunk)
            except BROKEN:
                yield Refused(names, DAMAGED)
                return
            spool.seek(0)
            yield from self._in_archive(spool, names, entry.file_size, archives)

    def _hostile(self, entries: Sequence[zipfile.ZipInfo], packed: int) -> str:
        """Say why an archive is refused; empty where it is not."""
        bounds = self.bounds
        if len(entries) > bounds.files:
            return f"it holds {len(entries):,} entries, at most {bounds.files:,}"
        for entry in entries:
            why = hostile_entry(entry)
            if why:
                return f"{why} ({printable(_printed(entry.filename))[:80]})"
        unpacked = sum(entry.file_size for entry in entries)
        if self._unpacked + unpacked > bounds.unpacked:
            most = bounds.unpacked // MIB
            return f"it unpacks to more than {most:,} MiB"
        if unpacked > max(bounds.free, bounds.ratio * packed):
            return (
                f"it unpacks {packed:,} bytes to {unpacked:,}, more than "
                f"{bounds.ratio} times as many"
            )
        return ""


_TELLING = [(name,) for name in TELLING]
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
DAMAGED = "it is damaged in its archive"


def _loader(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def load(most: int) -> bytes:
        try:
            with archive.open(entry) as file:
                return file.read(most)
        except BROKEN:
            raise Unloadable(DAMAGED) from None

    return load


def _is_archive(name: str) -> bool:
    return name.lower().endswith(".zip")


def _is_added(name: str) -> bool:
    return name.startswith(".") or name in ADDED


def _printed(name: str) -> str:
    """Replace what no text can hold: a name on the disk need not be UTF-8."""
    return name.encode("utf-8", "replace").decode()
