"""The kinds of exercises."""

from enum import StrEnum


class ExerciseKind(StrEnum):
    """How an exercise is answered and judged."""

    CODE = "code"  # functions or classes, which hidden checks question
    VALUE = "value"  # a value that the student assigns, such as a dict of answers
    MANUAL = "manual"  # a text, which a person reads
    NBGRADER = "nbgrader"  # a test cell alone, which runs beside the student's code
