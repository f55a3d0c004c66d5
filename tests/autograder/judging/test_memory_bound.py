"""What reading takes is bounded by the kernel, and the process goes on."""

import json
import resource
import subprocess
import sys

import nbformat
import pytest

from autograder.judging.memory_bound import MIB, bounded_memory
from autograder.judging.submitted_file import Unreadable, read, reading

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the bound is the kernel's of Linux"
)
LIMIT = 32 * MIB
# A file of 16 MiB of small parts: parsed, it takes more than 300 MiB.
MANY = b'{"cells": [' + b",".join([b'{"a":{}}'] * (2 * MIB)) + b"]}"
PEAK = """
import json, sys
from autograder.judging.memory_bound import MIB
from autograder.judging.submitted_file import Unreadable, reading

def peak():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(x.split()[1]) for x in lines if x.startswith("VmHWM")) * 1024

data = sys.stdin.buffer.read()
before = peak()
try:
    with reading(int(sys.argv[1]) * MIB):
        json.loads(data)
    said = ""
except Unreadable as error:
    said = str(error)
print(json.dumps([said, (peak() - before) / MIB, len(bytearray(300 * MIB))]))
"""


def measured(most: int) -> tuple[str, float]:
    """Parse the file in a process of its own; return what is said and MiB taken."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(most)], input=MANY, capture_output=True
    )
    assert done.returncode == 0, done.stderr[-1000:]
    said, taken, later = json.loads(done.stdout)
    assert later == 300 * MIB  # what comes after it is not bounded
    return said, taken


@pytest.mark.slow
def test_no_more_memory_is_taken_than_is_given():
    said, taken = measured(100)
    assert said == "reading the file takes more memory than one notebook is given"
    assert 50 < taken <= 110
    said, taken = measured(2048)
    assert said == ""
    assert taken > 300


def test_the_smallest_of_several_bounds_holds_and_all_are_lifted():
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with bounded_memory(64 * MIB):
        within = resource.getrlimit(resource.RLIMIT_DATA)
        with bounded_memory(1024 * MIB):
            assert resource.getrlimit(resource.RLIMIT_DATA) == within
            with pytest.raises(MemoryError):
                bytearray(256 * MIB)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert len(bytearray(256 * MIB)) == 256 * MIB


@pytest.mark.slow
def test_a_file_that_takes_too_much_is_unreadable_and_the_next_one_is_read():
    # Above 32 MiB the allocator asks the kernel each time, whatever ran before.
    cell = {"cell_type": "code", "source": "x" * (40 * MIB), "outputs": []}
    data = json.dumps({"metadata": {}, "nbformat": 4, "cells": [cell]}).encode()
    with bounded_memory(20 * MIB), pytest.raises(Unreadable, match="more memory than"):
        read(data, 2 * LIMIT)
    assert read(data, 2 * LIMIT)["cells"] == [cell]


def test_an_old_notebook_whose_rewriting_takes_too_much_is_not_called_malformed(
    monkeypatch,
):
    def convert(*_):
        raise MemoryError

    monkeypatch.setattr(nbformat, "convert", convert)
    with pytest.raises(Unreadable, match="more memory than"):
        read(b'{"nbformat": 3, "worksheets": [{"cells": []}], "metadata": {}}', LIMIT)


def test_what_is_no_want_of_memory_is_told_as_it_is():
    with pytest.raises(ZeroDivisionError), reading():
        1 / 0  # noqa: B018
