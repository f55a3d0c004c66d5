"""The kinds of exercises."""

from enum import StrEnum


class ExerciseSize(StrEnum):
    """How much there is to get wrong in an answer."""

    SMALL = "small"  # a small function: at least 4 misconceptions and 3 variants
    LOSS = "loss"  # a loss, gradient, layer or network: at least 8 and 5


class ExerciseKind(StrEnum):
    """How an exercise is answered and judged."""

    CODE = "code"  # functions or classes, which hidden checks question
    VALUE = "value"  # a value that the student assigns, such as a dict of answers
    MANUAL = "manual"  # a text, which a person reads
    NBGRADER = "nbgrader"  # a test cell alone, which runs beside the student's code
