"""What the hidden checks on gates must not overlook, on inputs drawn rarely."""

import pytest

from autograder.course.exercises import get
from autograder.judging.decide import decide

pytestmark = pytest.mark.slow


def test_a_max_of_sizes_is_never_right_by_luck():
    # "scan 8" draws pairs whose larger number is always the larger one in size.
    exercise = get("l4_gates")
    entry = exercise.known("max_of_sizes")
    for number in range(40):
        seed = f"scan {number}".encode()
        verdict, _ = decide(exercise, exercise.local(entry), seed)
        assert verdict.status == "partial", (number, verdict.checks)
