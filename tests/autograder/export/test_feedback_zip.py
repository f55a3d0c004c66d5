"""Feedback of a class as a zip, read by the rules by which Moodle and Canvas do."""

import io
import zipfile

import pytest

from autograder.errors import UserError
from autograder.export.feedback_zip import Feedback, canvas_zip, moodle_zip, write_zip
from autograder.roster import read_roster

from .conftest import CANVAS, GRADES, WORKSHEET


@pytest.fixture
def roster(tmp_path):
    def read(text):
        path = tmp_path / "roster.csv"
        path.write_text(text, "utf-8")
        return read_roster(path)

    return read


@pytest.fixture
def feedback(tmp_path):
    """Two pages for each of two students; the third has none."""

    def of(*students):
        made = {}
        for student in students:
            pages = []
            for name in ("01_svm.html", "02_softmax.html"):
                page = tmp_path / f"page of {student}" / name
                page.parent.mkdir(exist_ok=True)
                page.write_text(f"{name} of {student}")
                pages.append(page)
            made[student] = Feedback(pages, lambda s=student: f"for {s}".encode())
        return made

    return of


def unzipped(entries):
    file = io.BytesIO()
    write_zip(file, entries)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_moodle_reads(name):
    """Return number and file of an entry, as assignfeedback_file_zip_importer does."""
    parts = name.split("/")
    info = parts.pop(0).split("_", 4)
    assert len(info) >= 4
    assert info[1].isdigit()
    assert info[2:4] == ["assignsubmission", "file"]
    return info[1], "/".join([*info[4:], *parts]).lstrip("/")


def test_moodle_finds_everybodys_pages(roster, feedback):
    worksheet = WORKSHEET.replace("Ann O'Brien", 'Ann_O/Brien: "A"'.replace('"', ""))
    zipped = moodle_zip(roster(worksheet), feedback("ann@uni.edu", "joe@uni.edu"))
    read = {as_moodle_reads(k): v for k, v in unzipped(zipped.entries).items()}
    assert read == {
        ("5511", "01_svm.html"): b"01_svm.html of ann@uni.edu",
        ("5511", "02_softmax.html"): b"02_softmax.html of ann@uni.edu",
        ("5512", "01_svm.html"): b"01_svm.html of joe@uni.edu",
        ("5512", "02_softmax.html"): b"02_softmax.html of joe@uni.edu",
    }
    assert zipped.students == ("ann@uni.edu", "joe@uni.edu")
    assert zipped.left == ("jorg@uni.edu: nothing was graded",)


def test_moodle_needs_the_numbers_of_the_worksheet(roster, feedback):
    with pytest.raises(UserError, match="has no column Identifier"):
        moodle_zip(roster(GRADES), feedback("1"))


def downloaded(tmp_path, *names):
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "{}")
    return path


def test_canvas_gets_its_own_names_back(roster, feedback, tmp_path):
    names = (
        "obrienann_LATE_101_5001_01_svm-1.ipynb",
        "obrienann_LATE_101_5002_02_softmax.ipynb",
        "cmdjoe_102_5003_all_my_work.zip",
        "mullerjorg_103_5004_notes.txt",
    )
    zipped = canvas_zip(
        roster(CANVAS), feedback("ann", "joe", "jorg"), downloaded(tmp_path, *names)
    )
    read = unzipped(zipped.entries)
    # A notebook under a notebook's name, and a zip under a zip's.
    assert set(read) == {names[0], names[2]}
    assert read[names[0]] == b"for ann"
    with zipfile.ZipFile(io.BytesIO(read[names[2]])) as archive:
        assert archive.namelist() == ["01_svm.html", "02_softmax.html"]
    assert zipped.left == (
        "jorg: no notebook and no zip under this number in what Canvas gave",
    )


def test_a_name_that_leads_elsewhere_is_not_written_again(roster, feedback, tmp_path):
    path = downloaded(tmp_path, "../x_101_1_a.ipynb", "joe_102_2_a.ipynb")
    zipped = canvas_zip(roster(CANVAS), feedback("ann", "joe"), path)
    assert list(zipped.entries) == ["joe_102_2_a.ipynb"]


@pytest.mark.parametrize("data", [None, b"no zip", b"empty"])
def test_what_canvas_did_not_give_is_told(roster, feedback, tmp_path, data):
    path = downloaded(tmp_path)
    if data is None:
        path.unlink()
    elif data != b"empty":
        path.write_bytes(data)
    said = {None: "cannot be read", b"no zip": "is not a zip"}
    with pytest.raises(UserError, match=said.get(data, "no submission")):
        canvas_zip(roster(CANVAS), feedback("ann"), path)


def test_the_same_class_gives_the_same_bytes(roster, feedback):
    files = []
    for _ in range(2):
        file = io.BytesIO()
        zipped = moodle_zip(roster(WORKSHEET), feedback("ann@uni.edu"))
        write_zip(file, zipped.entries)
        files.append(file.getvalue())
    assert files[0] == files[1]
