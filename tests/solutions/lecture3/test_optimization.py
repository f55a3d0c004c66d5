"""What the hidden checks on optimization must not overlook, on inputs drawn rarely."""

import pytest

from autograder.course.exercises import get
from autograder.judging.decide import decide

pytestmark = pytest.mark.slow


def test_half_steps_count_where_the_slope_is_small():
    # In one draw of forty the error of the whole step stands out in float32.
    exercise = get("l3_numerical_gradient")
    (entry,) = (v for v in exercise.variants if v.name == "half_steps")
    verdict, _ = decide(exercise, exercise.local(entry), b"bank 391")
    assert verdict.status == "correct", verdict.checks


def test_large_scores_never_suit_an_exponential_by_luck():
    exercise = get("l3_linear_classifier")
    entry = exercise.known("overflowing_softmax")
    for number in range(50):
        seed = f"large scores {number}".encode()
        verdict, _ = decide(exercise, exercise.local(entry), seed)
        assert verdict.status == "partial", (number, verdict.checks)
