"""What has arrived is found once it is whole."""

import os

import pytest

from autograder.classroom.arrivals import PATIENCE_SECONDS, SETTLED_SECONDS, Arrivals

NOW = 1_000_000.0


@pytest.fixture
def arrivals(tmp_path):
    now = [NOW]
    watched = Arrivals(tmp_path, clock=lambda: now[0])
    watched.now = now
    return watched


def write(folder, student, text='{"cells": []}', age=60.0, name="01_small.ipynb"):
    path = folder / student / "week1" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (NOW - age, NOW - age))
    return path


def test_a_file_is_found_once_at_the_second_look(arrivals, tmp_path):
    write(tmp_path, "ada")
    assert [arrivals.settled() for _ in range(3)] == [[], ["ada"], []]
    write(tmp_path, "ada", '{"cells": [1]}')
    write(tmp_path, "bob")
    assert [arrivals.settled() for _ in range(3)] == [[], ["ada", "bob"], []]


def test_a_new_time_of_handing_in_is_something_new(arrivals, tmp_path):
    write(tmp_path, "ada")
    assert [arrivals.settled() for _ in range(2)] == [[], ["ada"]]
    write(tmp_path, "ada", "2026-10-01 12:00:00 UTC", name="timestamp.txt")
    assert [arrivals.settled() for _ in range(2)] == [[], ["ada"]]


def test_a_file_that_grows_is_waited_for(arrivals, tmp_path):
    write(tmp_path, "ada", '{"cells": [')
    assert arrivals.settled() == []
    write(tmp_path, "ada", '{"cells": [1]')  # it is longer at each look
    assert arrivals.settled() == []
    write(tmp_path, "ada", '{"cells": [1]}', age=SETTLED_SECONDS / 2)
    assert [arrivals.settled() for _ in range(2)] == [[], []]  # written a moment ago
    arrivals.now[0] += SETTLED_SECONDS
    assert arrivals.settled() == ["ada"]


def test_a_notebook_that_ends_in_the_middle_is_waited_for_only_so_long(
    arrivals, tmp_path
):
    write(tmp_path, "ada", '{"cells": [', age=5.0)
    assert [arrivals.settled() for _ in range(3)] == [[], [], []]
    arrivals.now[0] += PATIENCE_SECONDS
    assert arrivals.settled() == ["ada"]


def test_links_hidden_folders_and_a_missing_one_are_nobody(arrivals, tmp_path):
    write(tmp_path, ".trash")
    (tmp_path / "elsewhere").symlink_to("/")
    (tmp_path / "notes.txt").write_text("mine")
    assert [arrivals.settled() for _ in range(2)] == [[], []]
    assert Arrivals(tmp_path / "nowhere").settled() == []
