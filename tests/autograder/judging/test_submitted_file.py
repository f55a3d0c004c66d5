"""A submitted file is called by its name, and read at a bounded cost."""

import json
import subprocess
import sys

import nbformat
import pytest

from autograder.judging.submitted_file import MIB, MOST_MEMORY, Unreadable, read

pytestmark = pytest.mark.slow

LIMIT = 32 * MIB
NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4})
CONFLICT = NOTEBOOK.replace(
    '"metadata"', '\n<<<<<<< HEAD\n"metadata"\n=======\n"m"\n>>>>>>> main\n'
)
MEMORY = (
    1400 * MIB
)  # of a process that reads a file of 32 MiB, with all that it imports


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x14\x00", "ZIP archive"),
        (b"%PDF-1.4 \x93", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office document"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"{\\rtf1 x}", "rich text"),
        (b"version https://git-lfs.github.com/spec/v1\noid x", "pointer of Git LFS"),
        (b"\n\n<!DOCTYPE html><p>Sign in</p>", "web page"),
        (b"\xef\xbb\xbf<html lang=ko>", "web page"),
        (CONFLICT.encode(), "merge conflict of Git"),
        (b"import numpy as np\n", "text, but no notebook"),
        (NOTEBOOK[:30].encode(), "cut short"),
        (b'{"cells": ' * 50_000 + b"[]" + b"}" * 50_000, "nested too deeply"),
        (NOTEBOOK.replace(": 4", ": " + "4" * 9999).encode(), "too many digits"),
    ],
)
def test_what_is_no_notebook_is_called_by_its_name(data, words):
    with pytest.raises(Unreadable, match=words) as raised:
        read(data, LIMIT)
    assert "\n" not in str(raised.value)
    assert words == "cut short" or "cut short" not in str(raised.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_what_windows_makes_of_a_notebook_is_read(encoding):
    assert read(NOTEBOOK.encode(encoding), LIMIT)["cells"] == []


def test_the_size_of_a_large_file_is_the_whole_one():
    with pytest.raises(Unreadable, match=r"47\.7 MiB, at most 32 MiB are read"):
        read(b" " * 100, LIMIT, 50_000_000)


def test_marks_within_a_string_are_no_conflict():
    cell = {"cell_type": "markdown", "metadata": {}, "source": "<<<<<<< HEAD\n"}
    data = json.dumps({"cells": [cell], "metadata": {}}).encode()
    assert read(data, LIMIT)["cells"] == [cell]


def filled(part: str) -> bytes:
    """Write a file of 32 MiB that is made of one part again and again."""
    return (
        b'{"cells": [' + b",".join([part.encode()] * (LIMIT // (len(part) + 2))) + b"]}"
    )


@pytest.mark.parametrize("part", ["{}", '{"a":{}}'])
def test_a_file_of_many_small_parts_is_refused_before_it_is_parsed(part):
    with pytest.raises(Unreadable, match=r"too many small parts: .* MiB of memory"):
        read(filled(part), LIMIT)


def test_many_signs_within_text_and_pictures_are_honest():
    text = "1, 2, {3}, [4]\n" * (30 * MIB // 16)
    output = {"output_type": "stream", "name": "stdout", "text": text}
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [output]}
    data = json.dumps({"cells": [cell], "metadata": {}}).encode()
    assert read(data, LIMIT)["cells"][0]["outputs"][0]["text"] == text


def test_output_that_jupyter_stored_in_lines_is_honest():
    lines = ["step 0\n"] * (30 * MIB // 12)
    output = {"output_type": "stream", "name": "stdout", "text": lines}
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [output]}
    assert read(json.dumps({"cells": [cell]}).encode(), LIMIT)["cells"]


@pytest.mark.parametrize("version", [2, 3])
def test_an_old_notebook_is_read_where_it_is_small(version):
    cell = {"cell_type": "code", "input": "1", "outputs": [], "language": "python"}
    old = {"nbformat": version, "worksheets": [{"cells": [cell]}], "metadata": {}}
    assert read(json.dumps(old).encode(), LIMIT)["cells"][0]["source"] == "1"
    old["worksheets"][0]["cells"] = [cell] * 100_000
    with pytest.raises(Unreadable, match="old format; save it once"):
        read(json.dumps(old).encode(), LIMIT)


@pytest.mark.parametrize("part", ['"\U0001f600"', '{"a": 1}'])
def test_no_file_takes_more_memory_than_the_bound(part):
    """The most parts that are let through, read where memory is short."""
    script = (
        "import resource, sys\n"
        "from autograder.judging.submitted_file import *\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        "part = sys.argv[1].encode()\n"
        "for k in range(22, 10, -1):\n"
        "    data = b'{\"cells\": [' + b','.join([part] * 2**k) + b']}'\n"
        "    try:\n"
        "        read(data, 32 * MIB)\n"
        "    except Unreadable:\n"
        "        continue\n"
        "    print(k)\n"
        "    break\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, part], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-1000:]
    assert int(done.stdout) >= 18
    assert MOST_MEMORY < MEMORY / 2


def test_our_notebooks_are_far_from_every_bound(svm):
    data = json.dumps(svm.notebook).encode()
    assert nbformat.reads(json.dumps(read(data, LIMIT)), 4)["cells"]
