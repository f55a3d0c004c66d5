"""A file is written whole or not at all."""

import os
import threading

import pytest

from autograder.files import replacing, write_text


def test_folders_are_made_and_line_ends_are_kept(tmp_path):
    path = tmp_path / "a" / "b" / "page.html"
    write_text(path, "one\r\ntwo\n")
    assert path.read_bytes() == b"one\r\ntwo\n"


def test_pieces_are_written_as_they_come(tmp_path):
    path = tmp_path / "page.html"
    write_text(path, (str(n) for n in range(3)))
    assert path.read_text() == "012"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")

    def pieces():
        yield "new"
        raise RuntimeError("broken off")

    with pytest.raises(RuntimeError, match="broken off"):
        write_text(path, pieces())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_names_the_file_that_the_user_knows(tmp_path):
    folder = tmp_path / "page.html"
    folder.mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        write_text(folder, "text")
    assert caught.value.filename == str(folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")
    with replacing(path) as file:
        file.write("new")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_two_writers_never_share_a_file(tmp_path):
    path = tmp_path / "page.html"
    texts = [letter * 100_000 for letter in "ab"]
    both = threading.Barrier(2)

    def write(text):
        with replacing(path) as file:
            file.write(text[:50_000])
            both.wait(30)
            file.write(text[50_000:])

    threads = [threading.Thread(target=write, args=[text]) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text() in texts
    assert list(tmp_path.iterdir()) == [path]


def test_the_longest_name_can_be_written(tmp_path):
    path = tmp_path / ("n" * 250 + ".html")
    write_text(path, "text")
    assert path.read_text() == "text"


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes")
def test_the_umask_holds(tmp_path):
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "page.html", "text")
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o640
