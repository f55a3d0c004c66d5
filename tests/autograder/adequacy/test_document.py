"""The page is held to the records: its counts for all, its judgement for a sample."""

from functools import cache
from pathlib import Path

import pytest

from autograder.adequacy.__main__ import main
from autograder.adequacy.document import COLUMNS, NOT_APPLICABLE, PAGE, page, row, total
from autograder.adequacy.measure import changed, measure
from autograder.course.exercises import all_exercises, get

# Each of them takes less than a second.
SAMPLE = """
l3_svm_loss_i l3_softmax l3_cross_entropy_i l3_l1_penalty l3_max_norm
l3_sample_minibatch l3_linear_classifier l3_to_polar l3_image_gradient
l4_xyz l4_gates l4_branch l4_sigmoid_gate l4_relu l4_squared_norm l4_softmax_loss
l4_dead_relu l4_three_layer_forward l4_count_parameters
""".split()


@cache
def text():
    return Path(__file__).parents[3].joinpath(PAGE).read_text(encoding="utf-8")


def rows():
    lines = [line for line in text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert tuple(cells[0]) == COLUMNS
    return cells[1:]


def test_every_exercise_has_its_row_with_its_counts():
    *found, last = rows()
    assert [cells[0] for cells in found] == [f"`{e.id}`" for e in all_exercises()]
    for cells, exercise in zip(found, all_exercises(), strict=True):
        numbers = dict(zip(COLUMNS, cells, strict=True))
        if exercise.kind == "manual":
            assert set(cells[1:]) == {NOT_APPLICABLE}
            continue
        assert numbers["checks"] == str(len(exercise.checks))
        assert numbers["misconceptions"] == str(len(exercise.misconceptions))
        assert numbers["variants"] == str(len(exercise.variants))
        if exercise.kind == "code":
            count = len(list(changed(exercise)))
            assert numbers["mutants"] == str(count)
            accepted = int(numbers["refused"]) + int(numbers["equivalent"])
            assert accepted == count
        else:
            assert numbers["mutants"] == NOT_APPLICABLE
    assert last == total(found)


def test_nothing_is_accepted_or_refused_wrongly():
    for cells in rows():
        assert set(cells[-2:]) <= {"0", NOT_APPLICABLE, "**0**"}, cells


@pytest.mark.parametrize("exercise_id", SAMPLE)
def test_the_page_says_what_is_measured(exercise_id):
    found = measure(get(exercise_id), seeds=1)
    assert not found.findings
    assert row(found) in rows()


def test_every_reason_is_on_the_page():
    listed = [e for e in all_exercises() if e.equivalent]
    assert len(listed) > 30
    for exercise in listed:
        assert exercise.kind == "code"
        for key, reason in exercise.equivalent.items():
            assert f"- {reason}\n" in text()
            assert f"  - `{key}`\n" in text()
            assert len(reason.split()) > 2


def test_the_page_is_made_of_what_was_measured():
    found = measure(get("l4_xyz"), seeds=1)
    made = page([found])
    assert f"| {' | '.join(row(found))} |" in made
    for key in found.equivalent:
        assert f"`{key}`" in made


def test_some_exercises_alone_write_nothing(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("autograder.adequacy.__main__.course_root", lambda: tmp_path)
    assert main(["l3_to_polar"]) == 0
    assert "ok    l3_to_polar: " in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_an_unknown_exercise_is_one_clear_line(capsys):
    assert main(["l3_nothing"]) == 2
    assert capsys.readouterr().err == "no exercise has the id l3_nothing\n"
