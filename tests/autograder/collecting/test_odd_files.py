"""Whatever students hand in works, or is called by its name in one line.

Each row is collected from a folder, as a person would make it, and the same file is
looked for and read as `grade` does where it was put among the submissions by hand.
"""

from __future__ import annotations

import codecs
import copy
import io
import json
import os
import unicodedata
import zipfile

import nbformat
import pytest

from autograder.classroom.contents import Contents
from autograder.classroom.misplaced import find_submissions
from autograder.classroom.submissions import find_students, unused_files
from autograder.collecting.collector import Request, collect
from autograder.course.course import load_course
from autograder.course.handout import load_handouts
from autograder.judging.sanitize import sanitize
from autograder.judging.submitted_file import Unreadable, read
from tests.conftest import ROOT

SVM, SOFTMAX = "lecture3/01_svm", "lecture3/02_softmax"
LIMIT = 32 * 2**20


@pytest.fixture(scope="module")
def the_course():
    """The course itself, and the notebooks of its first lecture."""
    course = load_course(ROOT)
    return course, load_handouts(course.root, "lecture3")


def blank(name=SVM):
    path = ROOT / "notebooks" / f"{name}.ipynb"
    return json.loads(path.read_text("utf-8"))


def solved(name=SVM):
    """Return a notebook with something in every cell for an answer."""
    notebook = blank(name)
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("solution"):
            cell["source"] = f"# my answer to {meta['grade_id']}\nanswer = 1\n"
    return notebook


def as_bytes(notebook):
    return json.dumps(notebook).encode()


def in_version_3():
    old = nbformat.convert(nbformat.reads(json.dumps(blank()), 4), 3)
    for cell in old["worksheets"][0]["cells"]:
        if cell["cell_type"] == "code" and "NotImplementedError" in cell["input"]:
            cell["input"] = "answer = 1"
    return as_bytes(old)


def without_ids():
    notebook = solved()
    for cell in notebook["cells"]:
        cell.pop("id", None)
    return as_bytes(notebook)


def without_metadata(name=SVM):
    notebook = solved(name) | {"nbformat_minor": 0}
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}
    return as_bytes(notebook)


def with_widgets():
    notebook = solved()
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"a" * 32: {}}}}
    notebook["metadata"]["widgets"] = state
    return as_bytes(notebook)


def printing(size):
    notebook = solved()
    code = next(c for c in notebook["cells"] if c["cell_type"] == "code")
    text = "step 0\n" * (size // 8)
    code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    return as_bytes(notebook)


def doubled():
    notebook = solved()
    notebook["cells"] += copy.deepcopy(notebook["cells"])
    return as_bytes(notebook)


def without_tests():
    notebook = solved()
    notebook["cells"] = [
        c
        for c in notebook["cells"]
        if c["cell_type"] != "code"
        or not c["metadata"].get("nbgrader", {}).get("grade")
    ]
    return as_bytes(notebook)


def conflicted():
    lines = json.dumps(solved(), indent=1).splitlines()
    lines[9:9] = ["<<<<<<< HEAD", lines[9], "=======", lines[9], ">>>>>>> evening"]
    return "\n".join(lines).encode()


def zipped():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("01_svm.ipynb", as_bytes(solved()))
    return made.getvalue()


def zipped_text():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("answers.txt", b"The loss is 2.9.")
    return made.getvalue()


def foreign():
    return as_bytes({"cells": [{"cell_type": "code", "source": "x", "metadata": {}}]})


NFD = unicodedata.normalize("NFD", "홍길동")
GOOD = lambda: as_bytes(solved())  # noqa: E731
# What is handed in, below the student's folder -> its bytes. Each is SVM.
TAKEN = {
    "its own name": ("01_svm.ipynb", GOOD),
    "a browser's second": ("01_svm (1).ipynb", GOOD),
    "a copy in Windows": ("01_svm - Copy.ipynb", GOOD),
    "a copy in Jupyter": ("01_svm-Copy1.ipynb", GOOD),
    "a copy in Drive": ("Copy of 01_svm.ipynb", GOOD),
    "capitals": ("01_SVM.IPYNB", GOOD),
    "the student behind": ("01_svm_홍길동.ipynb", GOOD),
    "the student in front": ("홍길동_01_svm.ipynb", GOOD),
    "decomposed letters": (f"{NFD}/01_svm_{NFD}.ipynb", GOOD),
    "a blank in the name": ("01 svm.ipynb", GOOD),
    "a hyphen in the name": ("01-svm.ipynb", GOOD),
    "text, says Windows": ("01_svm.ipynb.txt", GOOD),
    "JSON, says a phone": ("01_svm.ipynb.json", GOOD),
    "a topic alone": ("svm.ipynb", GOOD),
    "any name": ("homework final v2.ipynb", GOOD),
    "another's name": ("02_softmax.ipynb", GOOD),
    "the lecture's folder": ("lecture3/01_svm.ipynb", GOOD),
    "a capital folder": ("Lecture3/01_svm.ipynb", GOOD),
    "a blank in the folder": ("lecture 3/01_svm.ipynb", GOOD),
    "a folder in a folder": ("lecture3/lecture3/01_svm.ipynb", GOOD),
    "a repository": ("cs231n/notebooks/lecture3/01_svm.ipynb", GOOD),
    "Canvas": ("lastfirst_LATE_712345_9081727_01_svm-1.ipynb", GOOD),
    "version 3": ("01_svm.ipynb", in_version_3),
    "no ids": ("01_svm.ipynb", without_ids),
    "no metadata": ("01_svm.ipynb", without_metadata),
    "widgets": ("01_svm.ipynb", with_widgets),
    "30 MB": ("01_svm.ipynb", lambda: printing(30_000_000)),
    "cells twice": ("01_svm.ipynb", doubled),
    "no test cells": ("01_svm.ipynb", without_tests),
    "a mark of order": ("01_svm.ipynb", lambda: codecs.BOM_UTF8 + GOOD()),
    "UTF-16": ("01_svm.ipynb", lambda: GOOD().decode().encode("utf-16")),
}
# What cannot be graded -> what is said of it, by `collect` and by `grade`.
REFUSED = {
    "a ZIP of nothing that counts": ("01_svm.zip", zipped_text, "not a notebook", ""),
    "a ZIP as a notebook": ("01_svm.ipynb", zipped, "ZIP archive", "ZIP archive"),
    "50 MB": (
        "01_svm.ipynb",
        lambda: printing(50_000_000),
        "too large: 47.7 MiB, at most 32 MiB are read",
        "too large: 47.7 MiB, at most 32 MiB are read",
    ),
    "a program": ("01_svm.py", lambda: b"import numpy\n", "a Python program", ""),
    "a web page": ("01_svm.html", lambda: b"<html></html>", "a web page", ""),
    "a PDF": ("01_svm.pdf", lambda: b"%PDF-1.7", "a PDF", ""),
    "a document": ("01_svm.docx", zipped, "a document", ""),
    "a link to Drive": ("01_svm.gdoc", lambda: b"{}", "a link to a document", ""),
    "a web page as a notebook": (
        "01_svm.ipynb",
        lambda: b"\n<!doctype html><html></html>",
        "a web page",
        "a web page",
    ),
    "a PDF as a notebook": ("01_svm.ipynb", lambda: b"%PDF-1.7", "a PDF", "a PDF"),
    "an old document": (
        "01_svm.ipynb",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "old Office document",
        "old Office document",
    ),
    "a pointer of LFS": (
        "01_svm.ipynb",
        lambda: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "a pointer of Git LFS",
        "a pointer of Git LFS",
    ),
    "a merge conflict": (
        "01_svm.ipynb",
        conflicted,
        "marks of a merge conflict",
        "marks of a merge conflict",
    ),
    "cut short": (
        "01_svm.ipynb",
        lambda: GOOD()[:-100],
        "was it cut short?",
        "was it cut short?",
    ),
    "empty": ("01_svm.ipynb", lambda: b"", "the file is empty", "the file is empty"),
    "another course's": (
        "01_svm.ipynb",
        foreign,
        "none of its cells is of a notebook of this course",
        "not this notebook: none of the cells of 01_svm is in the file",
    ),
    "another lecture's": (
        "01_svm.ipynb",
        lambda: as_bytes(solved("lecture4/01_computational_graphs")),
        "it is 01_computational_graphs of lecture4: `collect lecture4` takes it",
        "it looks like 01_computational_graphs of lecture4",
    ),
    "a picture": ("01_svm.png", lambda: b"\x89PNG", "a picture", ""),
    "a RAR archive": ("01_svm.rar", lambda: b"Rar!", "a RAR archive: unpack it", ""),
}


def hand_in(folder, name, data):
    path = folder / "홍길동" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(data)


def collected(the_course, tmp_path):
    request = Request(the_course[0], "lecture3", [tmp_path / "in"], tmp_path / "out")
    return collect(request)


def read_as_grade_does(the_course, folder, notebook=SVM):
    """Return the sanitised notebook that is judged, or why none is."""
    course, handouts = the_course
    contents = Contents(handouts, course.root, LIMIT)
    found = find_submissions(folder, "홍길동", handouts, contents, ["lecture4"])
    (handout,) = [h for h in handouts if h.name == notebook]
    (submission,) = [s for s in found if s.notebook == notebook]
    if submission.path is None:
        return None
    try:
        data = submission.read(LIMIT)
        return sanitize(read(data, LIMIT, submission.size), handout)
    except Unreadable as reason:
        return str(reason)


@pytest.mark.slow
@pytest.mark.parametrize("case", list(TAKEN))
def test_an_odd_file_is_taken_for_what_it_is(the_course, tmp_path, case):
    name, make = TAKEN[case]
    hand_in(tmp_path / "in", name, make())
    done = collected(the_course, tmp_path)
    (line,) = done.lines
    assert (line.fate, line.notebook) == ("taken", SVM), line
    assert not done.needs_a_person
    (place,) = (tmp_path / "out").rglob("*.ipynb")
    assert place.relative_to(tmp_path / "out").parts[1:] == ("lecture3", "01_svm.ipynb")
    for folder in ("in", "out"):
        if folder == "out":
            place.parents[1].rename(tmp_path / "out" / "홍길동")
        clean = read_as_grade_does(the_course, tmp_path / folder)
        assert not isinstance(clean, str | None), clean
        assert sum("answer = 1" in cell.source for cell in clean.cells) >= 4
        assert "l3_svm_scale_question" not in clean.missing


@pytest.mark.parametrize("case", list(REFUSED))
def test_what_cannot_be_graded_is_called_by_its_name(the_course, tmp_path, case):
    name, make, by_collect, by_grade = REFUSED[case]
    hand_in(tmp_path / "in", name, make())
    done = collected(the_course, tmp_path)
    (line,) = done.lines
    assert by_collect in line.why
    assert "\n" not in line.why
    assert line.trouble
    assert done.needs_a_person
    said = read_as_grade_does(the_course, tmp_path / "in")
    assert (by_grade in said) if by_grade else said is None


def test_a_zip_is_unpacked_by_collect_and_named_by_grade(the_course, tmp_path):
    hand_in(tmp_path / "in", "lecture3/01_svm.zip", zipped())
    (line,) = collected(the_course, tmp_path).lines
    assert (line.fate, line.notebook) == ("taken", SVM), line
    # Put among the submissions by hand it is no submission, which is said.
    assert read_as_grade_does(the_course, tmp_path / "in") is None
    unused = unused_files(tmp_path / "in", ["홍길동"], [], ["lecture4"])
    assert [path.name for path in unused] == ["01_svm.zip"]


def test_two_spellings_of_a_name_are_two_folders_and_both_are_graded(
    the_course, tmp_path
):
    """`collect` makes one of them; put there by hand, neither hides the other."""
    for name in ("홍길동", NFD):
        path = tmp_path / name / "lecture3" / "01_svm.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(GOOD())
    found = {student for student in os.listdir(tmp_path)}
    if len(found) == 1:
        pytest.skip("this file system takes both spellings for one name")
    course, handouts = the_course
    students = find_students(tmp_path, lecture="lecture3", others=["lecture4"])
    assert set(students) == {"홍길동", NFD}
    contents = Contents(handouts, course.root, LIMIT)
    for student in students:
        submissions = find_submissions(
            tmp_path, student, handouts, contents, ["lecture4"]
        )
        (path,) = [s.path for s in submissions if s.notebook == SVM]
        assert path.relative_to(tmp_path).parts[0] == student


def test_swapped_notebooks_are_taken_for_what_they_are(the_course, tmp_path):
    folder = tmp_path / "in" / "홍길동" / "lecture3"
    folder.mkdir(parents=True)
    (folder / "01_svm.ipynb").write_bytes(without_metadata(SOFTMAX))
    (folder / "02_softmax.ipynb").write_bytes(as_bytes(solved(SVM)))
    for name in (SVM, SOFTMAX):
        assert not isinstance(
            read_as_grade_does(the_course, tmp_path / "in", name), str | None
        )
    done = collected(the_course, tmp_path)
    assert {(line.source.rpartition("/")[2], line.notebook) for line in done.lines} == {
        ("01_svm.ipynb", SOFTMAX),
        ("02_softmax.ipynb", SVM),
    }
    assert {line.why for line in done.lines} == {
        "it was named 01_svm",
        "it was named 02_softmax",
    }


def test_a_repository_of_the_course_is_collected(the_course, tmp_path):
    """The course's own files, and other lectures in their folders, are no news."""
    home = tmp_path / "in" / "lecture3-submissions" / "lecture3-hong"
    for name in ("lecture3/01_svm", "lecture4/01_computational_graphs"):
        path = home / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(as_bytes(solved(name)))
    (home / "cs231n_lib").mkdir()
    source = ROOT / "cs231n_lib" / "__init__.py"
    (home / "cs231n_lib" / "__init__.py").write_bytes(source.read_bytes())
    (home / "README.md").write_text("# Filled in by the release\n")
    (home / ".git").mkdir()
    (home / ".git" / "config").write_text("[core]\n")
    (home / "helper.py").write_text("x = 1\n")
    done = collected(the_course, tmp_path)
    assert {line.source.rpartition("/")[2]: line.fate for line in done.lines} == {
        "01_svm.ipynb": "taken",
        "helper.py": "left",
    }
    assert done.passed_over == 4
