"""A home that is a plain folder is counted, and removed whatever it holds."""

import contextlib
import mmap
import os

import pytest

from autograder.sandbox.inside.disk_quota import TooMuchError, check_home, remove

MIB = 2**20


def check(path, disk=4 * MIB, files=10):
    check_home(str(path), os.getpid(), disk, files)


def fill(path, size):
    path.write_bytes(os.urandom(size))
    return path


def test_within_the_bounds_nothing_is_said(tmp_path):
    fill(tmp_path / "a", MIB)
    for number in range(9):
        (tmp_path / str(number)).mkdir()
    check(tmp_path)


def test_a_hole_takes_no_room(tmp_path):
    (tmp_path / "hole").touch()
    os.truncate(tmp_path / "hole", 2**30)
    check(tmp_path)


def test_two_names_of_a_file_count_once(tmp_path):
    os.link(fill(tmp_path / "a", 3 * MIB), tmp_path / "b")
    check(tmp_path)


def test_too_many_files(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(10):
        (tmp_path / "in" / str(number)).touch()
    with pytest.raises(TooMuchError):
        check(tmp_path)


def test_too_large_together(tmp_path):
    for number in range(5):
        fill(tmp_path / str(number), MIB)
    with pytest.raises(TooMuchError):
        check(tmp_path)


def test_a_removed_file_that_is_open_counts(tmp_path):
    with open(fill(tmp_path / "a", 5 * MIB), "rb"):
        os.unlink(tmp_path / "a")
        with pytest.raises(TooMuchError):
            check(tmp_path)
    check(tmp_path)


def test_a_removed_file_that_is_mapped_counts(tmp_path):
    with open(fill(tmp_path / "a", 5 * MIB), "rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    for number in map(int, os.listdir("/proc/self/fd")):  # Python keeps one for it
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(number), os.stat(tmp_path / "a")):
                os.close(number)
    os.unlink(tmp_path / "a")
    with mapped, pytest.raises(TooMuchError):
        check(tmp_path)
    check(tmp_path)


def test_a_folder_nested_beyond_any_path_is_too_much_and_is_removed(tmp_path):
    inner = os.open(tmp_path, os.O_RDONLY)
    for _ in range(30):
        os.mkdir("n" * 200, dir_fd=inner)
        outer, inner = inner, os.open("n" * 200, os.O_RDONLY, dir_fd=inner)
        os.close(outer)
    os.close(inner)
    with pytest.raises(TooMuchError):
        check(tmp_path, files=1000)
    remove(str(tmp_path))
    assert not tmp_path.exists()


def test_a_folder_without_rights_is_removed(tmp_path):
    home = tmp_path / "home"
    (home / "shut").mkdir(parents=True)
    (home / "shut" / "file").touch()
    (home / "shut").chmod(0o300)
    remove(str(home))
    assert not home.exists()


def test_links_are_removed_and_not_followed(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "link").symlink_to(tmp_path / "kept")
    remove(str(tmp_path / "home"))
    assert (tmp_path / "kept" / "file").exists()
    remove(str(tmp_path / "home"))  # it is gone already
