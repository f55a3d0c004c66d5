"""The stored SVM is the one that its script describes, and a good one."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from autograder.course.exercises import get
from cs231n_lib.data import load_digits
from cs231n_lib.data.digits_svm import load_digits_svm

svm_loss_naive = get("l3_svm_loss_naive").reference_names["svm_loss_naive"]
SCRIPT = Path(__file__).parents[3] / "scripts" / "make_digits_svm.py"


def test_the_script_arrives_at_the_stored_weights():
    spec = importlib.util.spec_from_file_location("make_digits_svm", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    # A margin that crosses zero a step earlier elsewhere moves W by about 1e-4.
    np.testing.assert_allclose(load_digits_svm(), script.train(), atol=2e-3)


def test_it_reads_digits_it_was_not_trained_on():
    digits = load_digits().centered().with_bias()
    guesses = np.argmax(digits.X_test @ load_digits_svm(), axis=1)
    assert np.mean(guesses == digits.y_test) > 0.95


def test_its_training_loss_by_the_loop_version():
    digits = load_digits().centered().with_bias()
    few = slice(0, 200)
    loss, _ = svm_loss_naive(
        load_digits_svm(), digits.X_train[few], digits.y_train[few], 0.0
    )
    assert loss == pytest.approx(0.2, abs=0.1)
