"""The tolerance lies in a gap between right and wrong answers."""

import math

import numpy as np
import pytest

from answer_checks.compare import ATOL, RTOL, difference
from autograder.adequacy.document import _size
from autograder.adequacy.tolerances import (
    ABOVE_RIGHT,
    BELOW_WRONG,
    Errors,
    error_of,
    in_single_precision,
    measure_errors,
)
from autograder.course.exercises import get
from autograder.judging.draw import seed_of

# Quick ones, and the nearest there are.
SAMPLE = "l3_svm_loss_naive l3_cross_entropy_i l3_max_norm l4_sigmoid_gate l4_affine"


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLE.split())
def test_right_and_wrong_answers_are_far_from_the_tolerance(name):
    found = measure_errors(get(name), seed_of(b"tolerances", name))
    assert found.exercise == name
    assert found.faults == []
    assert found.right * ABOVE_RIGHT <= RTOL
    assert RTOL * BELOW_WRONG <= found.wrong
    assert found.nearest


@pytest.mark.slow
def test_single_precision_is_told_from_double():
    name = "l3_svm_loss_naive"
    found = measure_errors(get(name), seed_of(b"tolerances", name))
    assert found.right < 1e-12 < found.single < RTOL


def test_a_tolerance_that_is_too_near_is_a_finding():
    assert Errors("x", RTOL / 50, 0.0, 1.0, "m").faults
    assert Errors("x", 0.0, 0.0, RTOL * 4, "m").faults
    assert not Errors("x", 0.0, 1.0, math.inf, "").faults


@pytest.mark.parametrize("off", [0.9, 1.1])
@pytest.mark.parametrize("want", [3.0, np.array([1.0, -4.0]), (1e-9, [2.0])])
def test_an_error_is_in_units_of_the_tolerance(want, off):
    def moved(value):
        if isinstance(value, tuple | list):
            return type(value)(map(moved, value))
        return value + off * (ATOL + RTOL * np.abs(value))

    got = moved(want)
    assert error_of(got, want) == pytest.approx(off * RTOL, rel=1e-9)
    assert (difference(got, want) is None) == (off < 1)


@pytest.mark.parametrize(
    ("got", "want"), [(1.0, (1.0, 2.0)), (np.ones(2), np.ones(3)), ("a", 1.0)]
)
def test_what_is_built_otherwise_has_no_error(got, want):
    assert math.isnan(error_of(got, want))


def test_values_that_are_no_numbers_do_not_count():
    assert error_of(("a", 1.0), ("b", 1.0)) == 0


def test_arrays_are_narrowed_wherever_they_stand():
    seen = []
    wrapped = in_single_precision(lambda *args, **kwargs: seen.extend([args, kwargs]))
    wrapped(np.ones(1), [np.ones(1)], {"w": np.ones(1)}, 2, y=np.arange(2))
    (a, (b,), c, number), named = seen
    assert {a.dtype, b.dtype, c["w"].dtype} == {np.dtype(np.float32)}
    assert (number, named["y"].dtype) == (2, np.arange(2).dtype)


@pytest.mark.parametrize(
    ("error", "text"),
    [(0.0, "0"), (3e-16, "< 1e-09"), (3e-6, "1e-06"), (0.9, "1e-01"), (48.0, "1e+01")],
)
def test_errors_are_written_by_their_order(error, text):
    assert _size(error) == text
    assert _size(math.inf) == "-"
