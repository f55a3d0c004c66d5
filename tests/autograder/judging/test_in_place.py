import runpy

import pytest

from autograder import hidden_tests
from autograder.course.exercises import get


def test_the_solution_passes_in_place(capsys):
    space = dict(get("l3_svm_loss_i").reference_names)
    hidden_tests("l3_svm_loss_i", space)
    assert "7 hidden checks passed, 2 of 2 points" in capsys.readouterr().out


def test_a_wrong_solution_stops_the_cell_and_lists_each_check():
    wrong = get("l3_svm_loss_i").known("delta_fixed")
    with pytest.raises(AssertionError) as failed:
        hidden_tests("l3_svm_loss_i", wrong.names)
    first, *rest = str(failed.value).splitlines()
    assert first == "l3_svm_loss_i: 1.7 of 2 points"
    assert len(rest) == 1
    assert rest[0].startswith("  another delta: ")


def test_a_loop_beside_a_vectorised_solution_is_seen(tmp_path):
    entry = get("l3_svm_loss_vectorized").known("still_a_loop")
    looping = entry.source.replace("def svm_loss_vectorized", "def beside")
    cell = f"import numpy as np\n\n\n{looping}\n\n" + (
        "def svm_loss_vectorized(W, X, y, reg):\n    return beside(W, X, y, reg)\n"
    )
    (tmp_path / "cell.py").write_text(cell)
    space = runpy.run_path(str(tmp_path / "cell.py"))
    with pytest.raises(AssertionError, match="there is a loop over the examples"):
        hidden_tests("l3_svm_loss_vectorized", space)


def test_a_value_exercise_in_place(capsys):
    hidden_tests("l3_svm_find_the_slip", get("l3_svm_find_the_slip").reference_names)
    assert "3 hidden checks passed" in capsys.readouterr().out


def test_a_missing_name_is_a_failed_check():
    with pytest.raises(AssertionError, match="svm_loss_i is not defined"):
        hidden_tests("l3_svm_loss_i", {})


def test_an_unknown_exercise():
    with pytest.raises(KeyError):
        hidden_tests("l3_nothing", {})
