"""The demo class: what is handed in earns what the records say."""

import shutil

import pytest

from autograder import cli
from autograder.commands import demo
from autograder.course.exercises import all_exercises
from autograder.demo_class import PEOPLE, answers_of, due, fill

pytestmark = pytest.mark.slow


def test_there_are_the_people_that_a_class_has():
    stories = [p.story for p in PEOPLE]
    assert len(PEOPLE) >= 10
    assert sum("mistake" in s for s in stories) == 6
    for story in ("right", "half done", "blank", "broken file", "hostile"):
        assert story in stories


def test_right_people_are_due_all_points(svm):
    for person in PEOPLE[:2]:
        scores = due(person, [svm], b"secret").scores
        for exercise in svm.exercises:
            if exercise.kind != "manual":
                assert scores[exercise.id] == exercise.points


def test_mistaken_people_are_due_less_and_are_named(svm):
    for person in PEOPLE[2:8]:
        expected = due(person, [svm], b"secret")
        assert expected.misconceptions
        for exercise in svm.exercises:
            if exercise.id in expected.misconceptions:
                assert expected.scores[exercise.id] < exercise.points


def test_blank_broken_and_hostile_are_due_nothing(svm):
    for person in PEOPLE[9:]:
        assert sum(due(person, [svm], b"secret").scores.values()) == 0


def test_only_the_students_cells_are_filled(svm):
    texts, _ = answers_of(PEOPLE[0], svm)
    notebook = fill(svm, texts)
    changed = [
        cell["metadata"]["nbgrader"]["grade_id"]
        for cell, own in zip(notebook["cells"], svm.notebook["cells"], strict=True)
        if cell["source"] != own["source"]
    ]
    assert set(changed) == {e.id for e in svm.exercises}


@pytest.mark.parametrize(
    "exercise", [e for e in all_exercises() if e.kind == "code"], ids=lambda e: e.id
)
def test_every_entry_of_the_bank_defines_all_names(exercise):
    for known in (*exercise.variants, *exercise.misconceptions):
        source = exercise.complete_source(known)
        compile(source, known.name, "exec")
        for name in exercise.names:
            assert name in source


@pytest.fixture
def course(tmp_path, monkeypatch, make_course, settled_gradebook):
    make_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_demo_grades_as_is_due(course, capsys):
    assert cli.main(["demo", "lecture3"]) == 0
    out = capsys.readouterr().out
    assert "every score is the one that is due" in out
    for person in PEOPLE:
        assert person.name in out
    graded = course / "build" / "demo" / "lecture3"
    assert (graded / "report.html").is_file()
    # A page of the hostile submission holds no script.
    page = (graded / "feedback" / "mallory" / "lecture3" / "01_svm.html").read_text()
    assert "<script" not in page


def test_a_folder_of_someone_elses_is_not_replaced(course, capsys):
    mine = course / "mine"
    mine.mkdir()
    (mine / "thesis.tex").write_text("")
    assert cli.main(["demo", "--out", "mine"]) == 2
    assert "was not made by a demo" in capsys.readouterr().err
    assert (mine / "thesis.tex").exists()


def test_a_score_that_is_not_due_is_counted(svm, capsys):
    dues = {p.name: due(p, [svm], b"x") for p in PEOPLE}
    wrong = demo.print_table([svm], {}, dues)
    assert wrong > 20
    assert f"{wrong} scores differ" in capsys.readouterr().out


@pytest.mark.usefixtures("course")
def test_check_proves_the_course(capsys):
    shutil.copytree("notebooks", "solutions", dirs_exist_ok=True)
    assert cli.main(["check", "lecture3", "--seeds", "1"]) == 1
    out = capsys.readouterr().out
    # The blank notebook stands where the solution should: check notices.
    assert "solutions: l3_svm_loss_i gets 0 (unanswered), due 2" in out
