"""A platform says LATE and not when: that is said, and a term says what it means."""

import re
import zipfile

import pytest

from autograder import cli
from tests.autograder.commands.test_term_rules import DUE, PLUGIN, settings
from tests.plane_figures import RIGHT, hand_in, totals

NAMES = {"ada": "loveada_711_90001", "bob": "kernbob_LATE_712_90002"}
FOLDERS = {"ada": "loveada_711", "bob": "kernbob_712"}


@pytest.fixture
def collected(term, capsys):
    """Collect from Canvas: Ada's notebook, and Bob's late one."""
    for student in NAMES:
        hand_in(term, student, "week1", **RIGHT)
    send(term, NAMES)
    (term / "nbgrader_config.py").write_text(PLUGIN)
    return capsys.readouterr().out


def send(term, names):
    """Collect what Canvas would give; the names are by the folders that hold it."""
    downloaded = term / "download.zip"
    with zipfile.ZipFile(downloaded, "w") as archive:
        for student, name in names.items():
            place = term / "term" / "submitted" / student / "week1"
            path = place / "01_rectangles.ipynb"
            archive.write(path, f"{name}_01_rectangles.ipynb")
            path.unlink()
            path.parent.rmdir()
            path.parent.parent.rmdir()
    assert cli.main(["collect", "week1", str(downloaded)]) == 0


def late(term):
    return term / "term" / "submitted" / bob(term) / "week1"


def bob(term):
    (found,) = [p.name for p in (term / "term" / "submitted").glob("kernbob*")]
    return found


def report(term):
    """Return the words of the class's report, which names nobody."""
    page = (term / "term" / "report_week1.html").read_text("utf-8")
    return " ".join(re.sub("<[^>]*>", "", page).split())


def points(term):
    return {name[:7]: score for name, (score, _) in totals(term, "week1").items()}


def test_it_is_said_until_somebody_says_when(term, collected, grade, capsys):
    (line,) = [one for one in collected.splitlines() if "kernbob_LATE" in one]
    assert "(Canvas; late, and not told by how much)" in line
    assert "write it to term/submitted/<student>/week1/timestamp.txt" in collected
    settings(term, DUE)
    grade()
    said = capsys.readouterr().err
    assert f"does not tell by how much: {bob(term)}. They lose nothing" in said
    assert points(term) == {"loveada": 5, "kernbob": 5}
    page = (term / "term" / "students_week1.html").read_text("utf-8")
    assert page.count("which does not tell by how much: it loses nothing") == 1
    assert "1 student handed in late, as the platform says" in report(term)
    assert "They lose nothing until the time stands in timestamp.txt" in report(term)
    assert bob(term) not in report(term)
    # The time is written down: nothing is left to be said.
    (late(term) / "timestamp.txt").write_text("2026-10-02 11:00:00 UTC")
    grade()
    assert "does not tell" not in capsys.readouterr().err
    assert points(term) == {"loveada": 5, "kernbob": 4}
    page = (term / "term" / "students_week1.html").read_text("utf-8")
    assert "does not tell" not in page + report(term)


def test_a_term_says_what_it_means(term, collected, grade, capsys):
    settings(term, DUE + "late_hours = 30\n")
    grade()
    assert "does not tell" not in capsys.readouterr().err
    assert points(term) == {"loveada": 5, "kernbob": 3}
    page = (term / "term" / "students_week1.html").read_text("utf-8")
    assert "by how much: taken as 30 hours" in page
    assert "It is taken as 30 hours; students_week1.html names them." in report(term)
    # An extension counts from the same due date.
    longer = f"[week1.extensions]\n{bob(term)} = 2026-10-02T21:00:00+09:00\n"
    settings(term, f"{DUE}late_hours = 30\n{longer}")
    assert cli.main(["report", "week1"]) == 0
    assert points(term) == {"loveada": 5, "kernbob": 4}
    settings(term, DUE)
    assert cli.main(["report", "week1"]) == 0
    assert points(term) == {"loveada": 5, "kernbob": 5}
    # A time that is known wins over what LATE is taken for.
    settings(term, DUE + "late_hours = 30\n")
    (late(term) / "timestamp.txt").write_text("2026-10-01 13:00:00 UTC")
    grade()
    assert points(term) == {"loveada": 5, "kernbob": 4}


def test_a_newer_version_that_came_in_time_takes_it_back(
    term, collected, grade, capsys
):
    settings(term, DUE + "late_hours = 30\n")
    grade()
    assert points(term)["kernbob"] == 3
    hand_in(term, "bob", "week1", w1_area="def area(a, b):\n    return b * a")
    send(term, {"bob": "kernbob_712_90009"})
    grade()
    assert points(term)["kernbob"] == 2  # only one exercise is in it, and no penalty


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[week1]\nlate_hours = 24\n", "'week1.late_hours' needs 'week1.due'"),
        (DUE + "late_hours = '1 day'\n", "must be a number of hours, got '1 day'"),
        (DUE + "late_hours = true\n", "must be a number of hours, got True"),
        (DUE + "late_hours = 0\n", "must be above 0 and at most 10000"),
        (DUE + "late_hours = nan\n", "must be above 0 and at most 10000"),
    ],
)
def test_a_meaning_that_is_none_is_refused(term, collected, text, words, capsys):
    settings(term, text)
    assert cli.main(["grade", "week1", "--jobs", "1"]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
