"""The page is held to the records: its counts for all, its judgement for a sample."""

from functools import cache
from pathlib import Path

import pytest

from answer_checks.session import State
from autograder.adequacy.__main__ import main
from autograder.adequacy.document import (
    COLUMNS,
    NOT_APPLICABLE,
    PAGE,
    VISIBLE_COLUMNS,
    page,
    row,
    total,
    visible_row,
)
from autograder.adequacy.measure import changed, measure
from autograder.adequacy.visible import count, judges_values
from autograder.authoring.visible_run import Seen
from autograder.course.exercises import all_exercises, get
from autograder.exercise.marks import Kind

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


def rows(columns=COLUMNS):
    """Return the rows of the table that has these columns."""
    head = f"| {' | '.join(columns)} |"
    table = text().partition(head)[2].partition("\n\n")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.slow  # every answer is mutated
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


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", SAMPLE)
def test_the_page_says_what_is_measured(exercise_id):
    found = measure(get(exercise_id), seeds=1)
    assert not found.findings
    assert row(found) in rows()


def test_the_visible_checks_refuse_and_name_as_much_as_is_promised():
    *found, last = rows(VISIBLE_COLUMNS)
    judged = [e for e in all_exercises() if judges_values(e)]
    assert [cells[0] for cells in found] == [f"`{e.id}`" for e in judged]
    for cells, exercise in zip(found, judged, strict=True):
        assert cells[1] == str(len(exercise.misconceptions))
        assert cells[4:] == ["0", "0", "0"], cells
    assert last == total(found)
    count, refused, named = (int(cell.strip("*")) for cell in last[1:4])
    assert refused >= 0.95 * count
    assert named >= 0.85 * refused


def test_a_row_of_the_visible_checks_counts_what_was_seen():
    exercise = get("l4_xyz")
    first, second, third = exercise.misconceptions[:3]
    right = exercise.variants[0]

    def seen(entry, key, state=State.WRONG, kind=Kind.MISCONCEPTION):
        return Seen(exercise.id, kind, entry.name, state, "said\nmore", key, True)

    found = count(
        exercise,
        [
            seen(first, "k1"),
            seen(second, "k2", State.PASSED),
            seen(third, "k3", State.OPEN),
            seen(right, "k1", State.WRONG, Kind.VARIANT),
        ],
    )
    assert (found.refused, found.named) == (2, 0)  # a right answer left that key too
    assert found.passing == [second.name]
    assert found.unnamed == [f"{first.name}: said", f"{third.name}: said"]
    assert found.rejected == [right.name]
    assert found.findings == [f"l4_xyz: the visible checks refuse {right.name}"]
    found = count(exercise, [seen(first, "k1"), seen(second, "k2", State.PASSED)])
    assert (found.refused, found.named, found.findings) == (1, 1, [])
    row_ = visible_row(found)
    assert row_[:4] == ["`l4_xyz`", str(len(exercise.misconceptions)), "1", "1"]
    assert f"| {' | '.join(row_)} |" in page([], [found])


@pytest.mark.slow
def test_the_bank_of_one_exercise_is_put_to_its_visible_checks(capsys):
    assert main(["--visible", "l4_count_parameters", "l4_xyz"]) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = [line for line in lines if line.startswith("ok ")]
    assert len(shown) == 2
    assert lines[-1].endswith("of these named")


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
