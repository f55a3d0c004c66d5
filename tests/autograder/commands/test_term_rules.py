"""What a term decides reaches the tables, the pages and nbgrader's gradebook."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import cli
from tests.plane_figures import RIGHT, WRONG, hand_in, table, totals

pytestmark = pytest.mark.slow

LATE = "2026-10-02 12:00:00 UTC"
IN_TIME = "2026-10-01 11:00:00 UTC"
DUE = "[week1]\ndue = 2026-10-01T21:00:00+09:00\n"
PLUGIN = """
c = get_config()
c.AssignLatePenalties.plugin_class = (
    "autograder.gradebook.percent_per_day.PercentPerDay"
)
c.PercentPerDay.percent = 20
"""


def rows(term, **wanted):
    found = table(term / "term" / "grades.csv")
    return [r for r in found if all(r[key] == wanted[key] for key in wanted)]


def settings(term, text):
    (term / "term" / "term.toml").write_text(text, "utf-8")


def nbgrader(term):
    return Gradebook(f"sqlite:///{term / 'term' / 'gradebook.db'}")


def test_late_work_loses_what_the_course_configures(term, grade, capsys):
    for student, time in (("ada", IN_TIME), ("bob", LATE), ("cyd", LATE)):
        hand_in(term, student, "week1", time, **RIGHT)
    settings(term, DUE)
    (term / "nbgrader_config.py").write_text(PLUGIN)
    grade()
    # Bob and Cyd hand in 24 hours late: one day has begun.
    assert totals(term, "week1") == {"ada": (5, 5), "bob": (4, 5), "cyd": (4, 5)}
    with nbgrader(term) as book:
        assert book.find_submission("week1", "bob").late_submission_penalty == 1
    # An extension, a corrected time, and nothing is graded again.
    settings(term, DUE + "[week1.extensions]\nbob = 2026-10-03T00:00:00+00:00\n")
    hand_in(term, "cyd", "week1", "2026-10-03 13:00:00 UTC", **RIGHT)
    capsys.readouterr()
    grade()
    assert "0 notebooks graded, 3 unchanged" in capsys.readouterr().out
    assert totals(term, "week1") == {"ada": (5, 5), "bob": (5, 5), "cyd": (2, 5)}
    # What is taken out of the file is taken back; `report` is enough for that.
    settings(term, "")
    assert cli.main(["report", "week1"]) == 0
    assert totals(term, "week1") == {name: (5, 5) for name in ("ada", "bob", "cyd")}


def test_due_dates_and_extensions_of_nbgrader_count(term, grade, capsys):
    for student in ("ada", "bob"):
        hand_in(term, student, "week1", LATE, **RIGHT)
    (term / "nbgrader_config.py").write_text(PLUGIN)
    grade()
    with nbgrader(term) as book:
        book.update_or_create_assignment("week1", duedate=datetime(2026, 10, 1, 12))
        book.grant_extension("week1", "ada", days=2)
    grade()
    assert totals(term, "week1") == {"ada": (5, 5), "bob": (4, 5)}
    # The term's file says nothing of an extension: nbgrader's stays.
    settings(term, DUE)
    grade()
    with nbgrader(term) as book:
        assert book.find_submission("week1", "ada").extension == timedelta(days=2)
    assert totals(term, "week1") == {"ada": (5, 5), "bob": (4, 5)}


def test_an_extension_that_nobody_uses_is_said(term, grade, capsys):
    hand_in(term, "ada", "week1", IN_TIME)
    settings(term, DUE + "[week1.extensions]\nadda = 2026-10-03T00:00:00Z\n")
    grade()
    said = capsys.readouterr().err
    assert "week1 has an extension for adda, who handed in nothing" in said


@pytest.mark.parametrize(
    ("change", "ada", "bob", "most"),
    [("taken out", 2, 0, 2), ("given", 5, 3, 5), ("bonus", 5, 0, 2)],
)
def test_an_exercise_can_count_otherwise_for_all(term, grade, change, ada, bob, most):
    hand_in(term, "ada", "week1", **RIGHT)
    hand_in(term, "bob", "week1", **WRONG)
    hand_in(term, "cyd", "week2", **RIGHT)
    settings(term, f'[week1.exercises]\nw1_diagonal = "{change}"\n')
    grade()
    found = totals(term, "week1")
    assert found == {"ada": (ada, most), "bob": (bob, most), "cyd": (0, most)}
    added = {}
    for row in rows(term):
        score, points = added.get(row["student"], (0, 0))
        added[row["student"]] = (
            score + float(row["score"]),
            points + float(row["max_score"]),
        )
    assert added == found
    hints = {row["hint"] for row in rows(term, exercise="w1_diagonal", student="ada")}
    assert hints != {""}
    page = (term / "term/feedback/ada/week1/01_rectangles.html").read_text("utf-8")
    total = re.search(r'class="total"><strong>(\S+)</strong> of (\S+) points', page)
    assert total.groups() == (str(ada), str(most))


def test_a_group_hands_in_once(term, grade, capsys):
    hand_in(term, "bob", "week2", "2026-10-01 10:00:00 UTC", **WRONG)
    hand_in(term, "ada", "week2", "2026-10-01 09:00:00 UTC")  # a blank one
    hand_in(term, "team-2", "week2", **RIGHT)
    hand_in(term, "eve", "week2", **RIGHT)
    settings(
        term,
        '[week2.groups]\nteam-1 = ["ada", "bob", "cyd"]\nteam-2 = ["dan", "fay"]\n',
    )
    grade(lecture="week2")
    # Nobody has read the texts yet; Bob's circumference earns nothing.
    scores = {name: score for name, (score, _) in totals(term, "week2").items()}
    assert scores == {"ada": 0, "bob": 0, "cyd": 0, "dan": 2, "fay": 2, "eve": 2}
    assert cli.main(["report", "week2"]) == 0
    # One row for a group's text; a score for one of them is that of all.
    manual = term / "term" / "manual" / "scores.csv"
    assert [row["student"] for row in table(manual)] == ["dan", "eve"]
    given = term / "given.csv"
    given.write_text("student,exercise,score\nfay,w2_why,1.5\neve,w2_why,1\n")
    assert cli.main(["report", "week2", "--scores", str(given)]) == 0
    scores = {name: score for name, (score, _) in totals(term, "week2").items()}
    assert (scores["dan"], scores["fay"], scores["eve"]) == (3.5, 3.5, 3)
    for student in ("ada", "cyd", "dan", "fay"):
        page = term / "term" / "feedback" / student / "week2" / "01_circles.html"
        assert f"<bdi>{student}</bdi>" in page.read_text("utf-8")
    twice = term / "twice.csv"
    twice.write_text("student,exercise,score\nfay,w2_why,1.5\ndan,w2_why,1\n")
    assert cli.main(["report", "week2", "--scores", str(twice)]) == 2
    assert (
        "this student's group and exercise stand in line 2" in capsys.readouterr().err
    )


def test_extra_credit_goes_beyond_the_points(term, grade, capsys):
    hand_in(term, "ada", "week2", **RIGHT)
    grade(lecture="week2")
    given = term / "given.csv"
    given.write_text("student,exercise,score\nada,w2_why,2.5\n")
    assert cli.main(["report", "week2", "--scores", str(given)]) == 2
    said = capsys.readouterr().err
    assert "must be 0 to 2, got 2.5; points beyond it go into a column extra" in said
    given.write_text("student,exercise,score,extra_credit\nada,w2_why,2,0.5\n")
    assert cli.main(["report", "week2", "--scores", str(given)]) == 0
    assert totals(term, "week2") == {"ada": (4.5, 4)}
    with nbgrader(term) as book:
        assert book.find_submission("week2", "ada").score == 4.5


def test_a_text_that_is_written_anew_asks_a_person_again(term, grade, capsys):
    hand_in(term, "ada", "week2", **RIGHT)
    grade(lecture="week2")
    given = term / "given.csv"
    given.write_text("student,exercise,score\nada,w2_why,1.5\n")
    assert cli.main(["report", "week2", "--scores", str(given)]) == 0
    # Other code, the same text: what a person gave stays.
    hand_in(term, "ada", "week2", w2_why=RIGHT["w2_why"])
    grade(lecture="week2")
    (row,) = rows(term, exercise="w2_why")
    assert (row["score"], row["hint"]) == ("1.5", "scored by a person")
    hand_in(term, "ada", "week2", w2_why="Because pi is squared.")
    for _ in range(2):  # it still waits at the next call
        grade("--regrade", lecture="week2")
        (row,) = rows(term, exercise="w2_why")
        assert "a person gave 1.5 points; it is marked to be looked at" in row["hint"]
        (total,) = table(term / "term" / "totals.csv")[:1]
        assert total["to_grade_by_hand"] == "1"
    given.write_text("student,exercise,score\nada,w2_why,0\n")
    assert cli.main(["report", "week2", "--scores", str(given)]) == 0
    (row,) = rows(term, exercise="w2_why")
    assert (row["score"], row["hint"]) == ("0", "scored by a person")
    hand_in(term, "ada", "week2")
    grade(lecture="week2")
    (row,) = rows(term, exercise="w2_why")
    assert row["status"] == "unanswered"
    assert "a person gave 0 points; what was handed in last holds no" in row["hint"]


def moved(term, monkeypatch):
    """Move the course: a process loads the exercises of a folder once."""
    place = term.with_name("moved")
    term.rename(place)
    monkeypatch.chdir(place)
    return place


def change_points(term):
    """Make the second check of the diagonal worth 2 points instead of 1."""
    checks = term / "solutions/week1/01_rectangles/w1_diagonal/checks.py"
    text = checks.read_text("utf-8")
    text = text.replace("points=3", "points=4").replace('length 0", 1', 'length 0", 2')
    checks.write_text(text, "utf-8")
    for path in (
        term / "solutions/week1/01_rectangles.py",
        term / "notebooks/week1/01_rectangles.ipynb",
    ):
        whole = path.read_text("utf-8")
        path.write_text(whole.replace('"points": 3', '"points": 4'), "utf-8")


def test_one_student_after_a_change_of_points_mixes_no_editions(
    term, grade, capsys, monkeypatch
):
    for student in ("ada", "bob"):
        hand_in(term, student, "week1", **RIGHT)
    hand_in(term, "cyd", "week1", **WRONG)
    grade()
    term = moved(term, monkeypatch)
    change_points(term)
    capsys.readouterr()
    grade("--student", "ada")
    said = capsys.readouterr()
    assert "2 other students were graded by an earlier edition of week1" in said.err
    assert "3 notebooks graded" in said.out
    assert totals(term, "week1") == {"ada": (6, 6), "bob": (6, 6), "cyd": (0, 6)}
    changes = table(term / "term" / "changes.csv")
    assert [(c["student"], c["before"], c["after"]) for c in changes[:1]] == [
        ("ada", "3", "4")
    ]
    assert {c["because"] for c in changes} == {"the exercise changed"}
    capsys.readouterr()
    grade("--student", "ada")
    assert "graded again" not in capsys.readouterr().err


def test_who_gains_and_who_loses_by_a_mended_check_is_said(
    term, grade, capsys, monkeypatch
):
    hand_in(term, "ada", "week1", **RIGHT)
    hand_in(term, "bob", "week1", **{**RIGHT, "w1_area": WRONG["w1_area"]})
    hand_in(term, "cyd", "week1", **WRONG)
    grade()
    assert not (term / "term" / "changes.csv").exists()
    term = moved(term, monkeypatch)
    # The reference was wrong, say: the question is about half of the way around.
    folder = term / "solutions/week1/01_rectangles/w1_area"
    swaps = {
        "checks.py": ("sum(a * part for part in (b / 2, b / 2))", "b + a"),
        "right.py": ("return a * b", "return a + b"),
        "wrong.py": ("return a + b", "return a * b"),
    }
    for name, (old, new) in swaps.items():
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new))
    capsys.readouterr()
    grade()
    said = capsys.readouterr().out
    assert "2 students gain points by exercises that changed: bob, cyd" in said
    assert "1 student loses points by exercises that changed: ada" in said
    changes = table(term / "term" / "changes.csv")
    assert {(c["student"], c["before"], c["after"]) for c in changes} == {
        ("ada", "2", "0"),
        ("bob", "0", "2"),
        ("cyd", "0", "2"),
    }


def test_a_result_without_a_folder_of_another_edition_is_said(
    term, grade, capsys, monkeypatch
):
    for student in ("ada", "bob"):
        hand_in(term, student, "week1", **RIGHT)
    grade()
    folder = term / "term" / "submitted"
    (folder / "bob").rename(term / "bob")
    term = moved(term, monkeypatch)
    change_points(term)
    grade()
    assert "WARNING: the points of bob are of an earlier" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[week1", "cannot be read"),
        ("[week9]\n", "no lecture 'week9' in this course"),
        ("week1 = 3\n", "'week1' must be a table"),
        ("[week1]\ndeadline = 3\n", "[week1] knows no 'deadline'; it knows due"),
        ("[week1]\ndue = 2026-10-01T12:00:00\n", "with its zone, such as"),
        ('[week1]\ndue = "soon"\n', "with its zone, such as"),
        ("[week1.extensions]\nada = 2026-10-01T12:00:00Z\n", "needs 'week1.due'"),
        (DUE + "[week1.extensions]\nada = 2026-09-01T12:00:00Z\n", "is earlier than"),
        ('[week1.exercises]\nw2_area = "bonus"\n', "no exercise 'w2_area' in week1"),
        ('[week1.exercises]\nw1_area = "gone"\n', 'one of "taken out", "given"'),
        ('[week1.groups]\nx = "ada"\n', "'week1.groups.x' must be a list of students"),
        ('[week1.groups]\nx = ["a"]\ny = ["a"]\n', "in the group 'x' and in 'y'"),
        ('[week1.groups]\nx = ["a", "a"]\n', "in the group 'x' twice"),
        ('[week1.groups]\nx = ["y"]\ny = ["z"]\n', "'y' is a group and a student"),
        (
            DUE + '[week1.groups]\nx = ["a"]\n[week1.extensions]\n'
            "a = 2026-11-01T12:00:00Z\n",
            "hands in with the group 'x'; name the group instead",
        ),
    ],
)
def test_a_wrong_setting_is_one_clear_line(term, grade, text, reason, capsys):
    hand_in(term, "ada", "week1")
    settings(term, text)
    grade(code=2)
    said = capsys.readouterr().err
    assert reason in said
    assert "term.toml" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("c = get_config(\n", "SyntaxError"),
        ("import nothing_like_this\n", "No module named"),
        (PLUGIN.replace("PercentPerDay", "Nothing"), "plugin_class"),
        (PLUGIN.replace("= 20", "= 200"), "percent"),
        (PLUGIN.replace("= 20", "= 'many'"), "percent"),
    ],
)
def test_a_wrong_penalty_is_one_clear_line(term, grade, text, reason, capsys):
    hand_in(term, "ada", "week1", LATE)
    settings(term, DUE)
    (term / "nbgrader_config.py").write_text(text)
    grade(code=2)
    *_, said = capsys.readouterr().err.splitlines()
    assert "nbgrader_config.py: " in said
    assert reason in said


def test_the_course_of_this_repository_has_a_configuration_that_is_used(term, grade):
    source = Path(__file__).parents[3] / "nbgrader_config.py"
    (term / "nbgrader_config.py").write_text(source.read_text("utf-8"))
    hand_in(term, "ada", "week1", LATE, **RIGHT)
    settings(term, DUE)
    grade("--out", "elsewhere")
    (term / "elsewhere" / "term.toml").write_text(DUE)
    grade("--out", "elsewhere")
    assert not list((term / "term").glob("*.csv"))


def test_no_report_takes_scores_from_a_half_filled_table(term, grade, capsys):
    for student in ("ada", "bob"):
        hand_in(term, student, "week1", **RIGHT)
        hand_in(term, student, "week2", **RIGHT)
    grade()
    grade(lecture="week2")
    assert cli.main(["report", "week2"]) == 0
    path = term / "term" / "manual" / "scores.csv"
    head, ada, bob = path.read_text("utf-8-sig").splitlines()
    assert (ada, bob) == ("ada,w2_why,,2,", "bob,w2_why,,2,")
    half = f"{head}\nada,w2_why,1.5,2,0.5\n{bob}\n"
    path.write_text(half)
    capsys.readouterr()
    for words in (
        ["report", "week2"],
        ["report", "week1"],
        ["publish", "week1", "--to", "back"],
    ):
        assert cli.main(words) == 0
        said = capsys.readouterr().err
        assert f"{path.relative_to(term)} holds what is not entered, and stays" in said
        assert path.read_text() == half
    assert cli.main(["report", "week2", "--scores", str(path)]) == 0
    assert capsys.readouterr().err == ""
    # What was entered stands in the new table, and can be entered once more as it is.
    full = path.read_text("utf-8-sig")
    assert full.splitlines()[1:] == ["ada,w2_why,1.5,2,0.5", bob]
    assert cli.main(["report", "week2", "--scores", str(path)]) == 0
    assert path.read_text("utf-8-sig") == full
    assert totals(term, "week2") == {"ada": (4, 4), "bob": (2, 4)}
