"""Ask for ``(value, gradients)``, as the circuits of lecture 4 return them.

These exercises teach the chain rule, so gradients have to be as exact as it makes them.
Measured on the right variants: relative errors of at most 1e-14. Centred differences
with a step of 1e-5 are off by 1e-11 or more.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from answer_checks.compare import difference
from autograder.exercise import CheckFailed, Student

from .tolerance import CHAIN_RULE

INEXACT = (
    "right to some digits only, as finite differences are; they do not count here, "
    "the exercise asks for the chain rule"
)


def ask_value(student: Student, name: str, args: Sequence[Any], want: float) -> None:
    """Ask for ``(value, gradients)`` and judge the value alone."""
    student.expect(pair_part(student, name, args, 0), want, "the value")


def ask_gradients(
    student: Student,
    name: str,
    args: Sequence[Any],
    want: Sequence[float],
    parts: Sequence[str],
) -> None:
    """Ask for ``(value, gradients)`` and judge the gradients alone."""
    expect_exact(student, pair_part(student, name, args, 1), want, parts)


def expect_exact(
    student: Student, got: Any, want: Sequence[float], parts: Sequence[str]
) -> None:
    """Require the gradients that the chain rule gives, not their approximations."""
    student.expect(got, want, "gradients", parts=parts)
    require_chain_rule(got, want, "gradients")


def require_chain_rule(got: Any, want: Any, name: str) -> None:
    """Refuse what is near to the right gradients as finite differences are."""
    if difference(got, want, **CHAIN_RULE):
        raise CheckFailed(f"{name}: {INEXACT}")


def pair_part(student: Student, name: str, args: Sequence[Any], part: int) -> Any:
    got = student.call(name, *args)
    if not isinstance(got, tuple | list) or len(got) != 2:
        raise CheckFailed(
            f"{name}: expected two things, a value and a tuple of gradients", "type"
        )
    # The other part is not this check's matter, nor its explanation's.
    student.transcript[-1] = [got[part]]
    return got[part]


def expect_split(
    student: Student, got: Any, whole: float, parts: tuple[str, str]
) -> None:
    """Require two numbers of one sign that add up to `whole`."""
    if not isinstance(got, tuple | list | np.ndarray) or len(got) != 2:
        student.expect(got, (whole, 0.0), "gradients at a tie", parts=parts)
    first, second = (student.number(g, p) for g, p in zip(got, parts, strict=True))
    share = first / whole
    student.require(
        -1e-9 <= share <= 1 + 1e-9,
        f"{parts[0]}: at a tie an input gets none, all or a part of the gradient",
    )
    student.expect(first + second, whole, f"{parts[0]} + {parts[1]} at a tie")
