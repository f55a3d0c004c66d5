"""Files are found in any nesting; a hostile archive is refused in one line."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import warnings
import zipfile

import pytest

from autograder.collecting.archives import (
    MIB,
    Bounds,
    Finder,
    FoundFile,
    PassedOver,
    Refused,
)
from autograder.collecting.zip_entries import name_of, stamp_of
from autograder.errors import UserError
from tests.autograder.collecting.conftest import fates, laid_out, packed, placed, solved

CIRCLES = solved("circles")
SENT = "leekim_712345_9081726_01_circles.ipynb"


def entry(name, mode=0, flags=0):
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = name
    info.external_attr = mode << 16
    info.flag_bits |= flags
    return info


def archive_with(*infos) -> bytes:
    """Return an archive with a good file and others, some of them hostile."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(SENT, json.dumps(CIRCLES))
        for info in infos:
            archive.writestr(info, b"elsewhere")
    return made.getvalue()


def encrypted() -> bytes:
    """Return an archive that says of its entry that it is encrypted."""
    data = bytearray(packed({SENT: CIRCLES}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def lying() -> bytes:
    """Return an archive that says a smaller size than its entry unpacks to."""
    data = bytearray(packed({SENT: {"cells": ["x" * 10_000]}}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + offset
        data[place : place + 4] = struct.pack("<I", 100)
    return bytes(data)


HOSTILE = {
    "a name that leads out": (archive_with(entry("../../evil.ipynb")), "leads out"),
    "a hidden way out": (archive_with(entry("a/b/../../../evil")), "leads out"),
    "a way out in Windows": (archive_with(entry("..\\evil.ipynb")), "leads out"),
    "an absolute name": (archive_with(entry("/etc/evil")), "root of a disk"),
    "a drive": (archive_with(entry("C:\\evil")), "root of a disk"),
    "a share": (archive_with(entry("\\\\host\\evil")), "root of a disk"),
    "a link": (archive_with(entry("ln", stat.S_IFLNK | 0o777)), "holds a link"),
    "a device": (archive_with(entry("dev", stat.S_IFBLK | 0o600)), "a device"),
    "a pipe": (archive_with(entry("fifo", stat.S_IFIFO | 0o600)), "a pipe"),
    "a line break": (archive_with(entry("a\nb.ipynb")), "control characters"),
    "an escape": (archive_with(entry("a\x1b[2Jb.ipynb")), "control characters"),
    "a zero": (archive_with(entry("a.txt\x00.ipynb")), "control characters"),
    "a long name": (archive_with(entry("a" * 300)), "longer than any system takes"),
    "encrypted": (encrypted(), "it is encrypted"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
@pytest.mark.parametrize("nested", [False, True], ids=["alone", "of one student"])
def test_a_hostile_archive_is_refused_as_a_whole(
    collected, tmp_path, capsys, name, nested
):
    data, why = HOSTILE[name]
    other = "ngada_712346_9081730_01_circles.ipynb"
    if nested:
        inner = "leekim_712345_9081726_work.zip"
        data = packed({inner: data, other: CIRCLES})
    (tmp_path / "in.zip").write_bytes(data)
    before = sorted(p for p in tmp_path.parent.rglob("*evil*"))
    done = collected(tmp_path / "in.zip")
    (refused,) = [line for line in done.lines if line.fate == "left"]
    assert why in refused.why
    assert "\n" not in refused.why
    assert refused.source.endswith(inner if nested else "in.zip")
    # Others of the class are not lost by it.
    assert placed(collected) == (
        {"ngada_712346/week1/01_circles.ipynb"} if nested else set()
    )
    assert sorted(p for p in tmp_path.parent.rglob("*evil*")) == before


def found(source, **bounds):
    return list(Finder(Bounds(**bounds)).find(source))


def whys(source, **bounds):
    return [one.why for one in found(source, **bounds) if isinstance(one, Refused)]


def test_a_bomb_is_refused_before_it_is_unpacked(zipped):
    flat = zipped({"a.ipynb": b"0" * (4 * MIB)}, "bomb.zip")
    (why,) = whys(flat, free=MIB)
    assert "more than 200 times as many" in why
    (why,) = whys(flat, unpacked=3 * MIB)
    assert why == "the archive is refused: it unpacks to more than 3 MiB"
    assert whys(flat) == []


def test_bombs_in_a_bomb_are_counted_together(zipped):
    inner = packed({"a.ipynb": b"0" * MIB})
    outer = zipped({f"{i}.zip": inner for i in range(10)})
    said = whys(outer, unpacked=5 * MIB)
    assert len(said) > 4
    assert set(said) == {"the archive is refused: it unpacks to more than 5 MiB"}


def test_archives_in_archives_end_somewhere(zipped):
    data = packed({"a.ipynb": CIRCLES})
    for _ in range(4):
        data = packed({"inner.zip": data})
    assert whys(zipped({"inner.zip": data})) == ["too many archives in each other"]


def test_folders_in_folders_end_somewhere(tmp_path):
    deep = tmp_path / "in" / "/".join("abcd")
    deep.mkdir(parents=True)
    assert whys(tmp_path / "in", folders=2) == ["too many folders in each other"]


def test_files_are_counted(zipped, tmp_path):
    many = {f"{i}.ipynb": b"{}" for i in range(6)}
    assert whys(zipped(many), files=5) == [
        "the archive is refused: it holds 6 entries, at most 5"
    ]
    assert whys(laid_out(tmp_path / "in", many), files=5) == [
        "more than 5 files; the rest is not looked at"
    ]


def test_an_entry_that_lies_about_its_size_is_left(collected, tmp_path):
    (tmp_path / "in.zip").write_bytes(lying())
    done = collected(tmp_path / "in.zip")
    assert fates(done) == {SENT: "left: it is damaged in its archive"}


@pytest.mark.parametrize("keep", [0, 10, 300])
def test_an_archive_that_was_cut_short_is_left(collected, tmp_path, keep):
    (tmp_path / "in.zip").write_bytes(packed({SENT: CIRCLES})[:keep])
    done = collected(tmp_path / "in.zip")
    assert fates(done) == {
        "in.zip": "left: the archive is damaged or cut short, or not a zip"
    }


def test_links_and_pipes_in_a_folder_are_left(collected, tmp_path):
    folder = laid_out(tmp_path / "in", {"ada/01_circles.ipynb": CIRCLES})
    (tmp_path / "secret.ipynb").write_text(json.dumps(CIRCLES))
    (folder / "bo").symlink_to(folder / "ada")
    (folder / "ada" / "02_squares.ipynb").symlink_to(tmp_path / "secret.ipynb")
    os.mkfifo(folder / "ada" / "pipe.ipynb")
    done = collected(folder)
    assert placed(collected) == {"ada/week1/01_circles.ipynb"}
    assert fates(done) == {
        "01_circles.ipynb": "taken",
        "02_squares.ipynb": "left: a link: what it leads to was not handed in",
        "bo": "left: a link: what it leads to was not handed in",
        "pipe.ipynb": "left: neither a file nor a folder",
    }


def test_what_systems_add_is_passed_over(zipped):
    files = {
        "__MACOSX/a/._01_circles.ipynb": b"\x00",
        "a/.ipynb_checkpoints/01_circles-checkpoint.ipynb": CIRCLES,
        "a/.DS_Store": b"\x00",
        "Thumbs.db": b"\x00",
        "a/01_circles.ipynb": CIRCLES,
    }
    kinds = [type(one) for one in found(zipped(files))]
    assert kinds.count(PassedOver) == 4
    assert kinds.count(FoundFile) == 1


def test_a_source_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(UserError, match="nowhere cannot be read: No such file"):
        found(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="neither a folder nor a file"):
        found(tmp_path / "pipe")


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("박/01.ipynb".encode(), 0x800, "박/01.ipynb"),
        ("박/01.ipynb".encode(), 0, "박/01.ipynb"),  # macOS does not say so
        ("박/01.ipynb".encode("cp949"), 0, "박/01.ipynb"),  # a Korean Windows
        ("José/01.ipynb".encode("cp437"), 0, "José/01.ipynb"),
    ],
)
def test_names_are_read_in_the_encoding_of_their_system(raw, flags, name):
    decoded = raw.decode("utf-8" if flags else "cp437")
    assert name_of(entry(decoded, flags=flags)) == name


def test_names_of_windows_have_folders(collected, tmp_path):
    (tmp_path / "in.zip").write_bytes(
        packed({"hw\\ada\\01_circles.ipynb": CIRCLES, "hw\\bo\\x.ipynb": CIRCLES})
    )
    collected(tmp_path / "in.zip")
    assert placed(collected) == {
        "ada/week1/01_circles.ipynb",
        "bo/week1/01_circles.ipynb",
    }


def test_the_time_in_utc_comes_before_the_clock_of_a_machine():
    info = zipfile.ZipInfo("x", (2026, 10, 1, 12, 0, 0))
    info.extra = struct.pack("<HHBi", 0x5455, 5, 1, 1_790_000_000)
    assert stamp_of(info).timestamp() == 1_790_000_000
    info.extra = struct.pack("<HHB", 0x5455, 1, 1)
    assert stamp_of(info).astimezone().hour == 12
    info.date_time = (2026, 13, 40, 0, 0, 0)
    assert stamp_of(info) is None


def test_an_entry_that_stands_twice_is_read_twice(collected, tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(SENT, json.dumps(CIRCLES))
        archive.writestr(SENT, json.dumps(solved("circles", "return 2")))
    (tmp_path / "in.zip").write_bytes(made.getvalue())
    done = collected(tmp_path / "in.zip")
    assert sorted(line.fate for line in done.lines) == ["aside", "taken"]
