"""One exercise: its record, its checks, and the student that answers them.

What the files of a course import to describe an exercise stands here.
"""

from autograder.exercise.failure import CheckFailed, InDoubt
from autograder.exercise.hidden_check import Check, check, check_each_key
from autograder.exercise.kinds import ExerciseKind
from autograder.exercise.marks import (
    misconception,
    right_answer,
    variant,
    wrong_answer,
)
from autograder.exercise.memo import searched
from autograder.exercise.packed_numbers import stored_numbers
from autograder.exercise.question import (
    Ref,
    name_argument,
    probe_argument,
    rng_argument,
)
from autograder.exercise.record import Exercise
from autograder.exercise.student import Asked, Student
from autograder.sandbox.gone import BackendGone

__all__ = [
    "Asked",
    "BackendGone",
    "Check",
    "CheckFailed",
    "Exercise",
    "ExerciseKind",
    "InDoubt",
    "Ref",
    "Student",
    "check",
    "check_each_key",
    "misconception",
    "name_argument",
    "probe_argument",
    "right_answer",
    "rng_argument",
    "searched",
    "stored_numbers",
    "variant",
    "wrong_answer",
]
