"""The visible checks of this course: those of ``answer_checks``, and gradients.

They speak English, alone or with Korean beside the terms; see
:mod:`cs231n_lib.korean`.

A notebook opens a block with ``exercise`` or ``numbers``; see
:class:`answer_checks.checks.Check` for what a block can ask. ``question`` judges an
answer of one line on the way; see :func:`answer_checks.question.question`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from answer_checks import checks
from answer_checks.advice import ADVICE, STEPS
from answer_checks.failed import CheckFailed
from answer_checks.language import offer_messages, set_language
from answer_checks.question import question
from answer_checks.relation import Variation
from cs231n_lib.gradient_check import HAPPY, GradientVerdict, check_gradient
from cs231n_lib.korean import KOREAN
from cs231n_lib.penalty import without_penalty

__all__ = [
    "KOREAN",
    "Check",
    "CheckFailed",
    "exercise",
    "numbers",
    "question",
    "set_language",
]


offer_messages(Path(__file__).with_name("locale"))


class Check(checks.Check):
    """The checks of one exercise or example, gradients by finite differences too."""

    reasons = Path(__file__).with_name("reasons")

    def relation(self, arguments: Mapping[str, Any], want: Any) -> Variation | None:
        """Return the same call without its penalty, where it is a loss that has one."""
        return without_penalty(arguments, want)

    def gradient(
        self,
        f: Callable[[np.ndarray], float],
        analytic: Any,
        x: np.ndarray,
        *,
        name: str = "gradient",
        **options: Any,
    ) -> GradientVerdict:
        """Judge `analytic` as the gradient of `f` at `x` by finite differences.

        Parameters
        ----------
        f : callable
            Takes an array like `x`, returns one number.
        analytic : ndarray
            The answer.
        x : ndarray, float64
            The point.
        name : str
            What the gradient is called in the message.
        **options
            Passed to :func:`cs231n_lib.gradient_check.check_gradient`.
        """
        self._answered(analytic, name)
        verdict = check_gradient(f, x, analytic, name=name, **options)
        failed = None
        if not verdict:
            step = STEPS["gradient"] if verdict.worst else ADVICE["shape"].step
            failed = self._failure(verdict.reason, step=step)
        self._judge(analytic, failed, f"{name} ({_against_the_rule(verdict)})")
        return verdict


def _against_the_rule(verdict: GradientVerdict) -> str:
    """Say how near a gradient comes, in the bands of the notes (neural-networks-3)."""
    if verdict.num_checked == verdict.num_kinks:
        return "between the slopes of its kinks"
    if verdict.relative_error <= HAPPY:
        return "relative error below 1e-7: the notes say, be happy"
    return (
        "relative error below 1e-4: fine at kinks, the notes say; below 1e-7 is better"
    )


exercise = Check.exercise
numbers = Check.numbers
