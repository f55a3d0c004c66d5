"""``collect`` from the command line: what it says, and with what it ends."""

from __future__ import annotations

import pytest

from autograder import cli
from tests.autograder.collecting.conftest import (
    blank,
    collected,
    course,
    foreign,
    solved,
    zipped,
)

__all__ = ["collected", "course", "zipped"]
NAMES = [
    f"{last} {first}"
    for last in "Kim Lee Park Choi Jung".split()
    for first in (
        "Minjun Seoyeon Doyun Haeun Jiho Sua Yejun Jiwoo Hajun Subin Junseo Yuna Siwoo "
        "Chaewon Eunwoo Dahyun"
    ).split()
]


@pytest.fixture
def here(course, monkeypatch):
    """The course folder as the working folder."""
    monkeypatch.chdir(course.root)
    return course.root


def canvas_class():
    """Return a zip as Canvas makes it: a class of 80, a few of whom are special."""
    files = {}
    for number, name in enumerate(NAMES):
        short = name.replace(" ", "").lower()
        late = "_LATE" if number % 20 == 7 else ""
        start = f"{short}{late}_{7100 + number}_{90000 + 10 * number}"
        files[f"{start}_01_circles.ipynb"] = solved("circles", f"return {number}")
        if number % 2:
            files[f"{start}1_02_squares-1.ipynb"] = solved("squares")
    files["kimminjun_7100_99001_01_circles-1.ipynb"] = blank("circles")
    files["leesua_7121_99002_report.pdf"] = b"%PDF-1.7"
    files["leesua_7121_99003_text.html"] = b"<html>Here it is</html>"
    return files


def canvas_roster():
    rows = ["Student,ID,SIS User ID,SIS Login ID,Section"]
    for number, name in enumerate(NAMES):
        last, first = name.split()
        login = f"{first}.{last}".lower()
        rows.append(f'"{last}, {first}",{7100 + number},2026{number:03},{login},A')
    return "\n".join([*rows, '"Absent, Anna",7999,2026999,anna.absent,A', ""])


def test_a_class_from_canvas(here, zipped, capsys):
    source = zipped(canvas_class(), "submissions.zip")
    (here / "roster.csv").write_text(canvas_roster(), "utf-8")
    words = ["collect", "week1", str(source), "--roster", "roster.csv"]
    assert len(NAMES) == 80
    assert cli.main(words) == 1  # two files are left
    said = capsys.readouterr().out.splitlines()
    places = list((here / "term" / "submitted").glob("*/week1/*.ipynb"))
    assert len(places) == 120
    assert "01_circles.ipynb" in {p.name for p in places}
    assert (
        "123 files: 120 taken, 0 there already, 1 set aside, 2 left; 80 students"
        in said
    )
    assert "Recognised: Canvas 121" in said
    (late,) = [line for line in said if line.startswith("Late, as the platform says")]
    assert late.count(",") == 1 + 3
    assert "On the roster, without a file here: anna.absent" in said
    assert said[-1] == "Next: python -m autograder grade week1"
    left = [line for line in said if line.startswith("left")]
    assert left == [
        "left   submissions.zip/leesua_7121_99002_report.pdf: a PDF, not a notebook",
        "left   submissions.zip/leesua_7121_99003_text.html: a web page, not a "
        "notebook",
    ]
    assert (
        "taken  minjun.kim/week1/01_circles  <-  "
        "submissions.zip/kimminjun_7100_90000_01_circles.ipynb  (Canvas)" in said
    )
    assert (
        "aside  minjun.kim/week1/01_circles  <-  "
        "submissions.zip/kimminjun_7100_99001_01_circles-1.ipynb  (Canvas; it is "
        "blank)" in said
    )
    assert cli.main(words) == 1
    assert (
        "123 files: 0 taken, 120 there already, 1 set aside, 2 left; 80 students"
        in capsys.readouterr().out
    )


def test_all_in_order_ends_with_0(here, zipped, capsys):
    source = zipped({"ada/week1/01_circles.ipynb": solved("circles")})
    assert cli.main(["collect", "week1", str(source)]) == 0
    assert "1 file: 1 taken" in capsys.readouterr().out


def test_a_file_that_cannot_be_graded_needs_a_look(here, zipped, capsys):
    source = zipped({"ada/week1/01_circles.ipynb": foreign()})
    assert cli.main(["collect", "week1", str(source)]) == 1
    said = capsys.readouterr().out
    assert "none of its cells is of a notebook of this course" in said
    assert "1 file taken that cannot be graded: see above" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["week9", "here.zip"], "no lecture 'week9' in this course"),
        (["week1", "nowhere.zip"], "nowhere.zip cannot be read: No such file"),
        (["week1", "here.zip", "--roster", "no.csv"], "no.csv cannot be read"),
        (["week1", "here.zip", "--student-column", "x"], "--roster, which is missing"),
        (["week1", "here.zip", "--submitted", "/proc/x"], "cannot be written"),
        (["week1"], "SOURCE"),
    ],
)
def test_wrong_use_is_one_line(here, zipped, capsys, words, why):
    (here / "here.zip").write_bytes(zipped({"a.ipynb": foreign()}).read_bytes())
    assert cli.main(["collect", *words]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert why in said


def test_names_cannot_act_in_a_terminal(here, tmp_path, capsys):
    folder = tmp_path / "in" / "ada\x1b[2J"
    folder.mkdir(parents=True)
    (folder / "a\nb.txt").write_text("")
    assert cli.main(["collect", "week1", str(tmp_path / "in")]) == 1
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "left   in/ada [2J/a b.txt: not a notebook" in said


def test_the_help_has_an_example(capsys):
    assert cli.main(["collect", "--help"]) == 0
    said = capsys.readouterr().out
    assert "python -m autograder collect lecture3 submissions.zip" in said
