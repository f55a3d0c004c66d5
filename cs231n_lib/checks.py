"""The visible checks of this course: those of ``answer_checks``, and gradients.

They speak English, alone or with Korean beside the terms; see
:mod:`cs231n_lib.korean`.

A notebook opens a block with :func:`exercise` or :func:`numbers`; see
:class:`answer_checks.checks.Check` for what a block can ask.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from answer_checks import checks
from answer_checks.failed import CheckFailed
from answer_checks.language import set_language
from cs231n_lib.gradient_check import GradientVerdict, check_gradient
from cs231n_lib.korean import KOREAN

__all__ = ["KOREAN", "Check", "CheckFailed", "exercise", "numbers", "set_language"]


class Check(checks.Check):
    """The checks of one exercise or example, gradients by finite differences too."""

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
        verdict: GradientVerdict = self._run(
            "", check_gradient, f, x, analytic, name=name, **options
        )
        if not verdict:
            raise self._fail(
                verdict.reason,
                step="derive the one entry named here by hand, with the loss beside it."
                if verdict.worst
                else "",
            )
        self.passed += 1
        return verdict


def exercise(grade_id: str) -> Check:
    """Open the visible checks of one exercise, for use in a ``with`` block.

    Parameters
    ----------
    grade_id : str
        The exercise's id, for example ``"l3_svm_loss_i"``.

    Examples
    --------
    >>> with exercise("l3_double") as check:  # doctest: +NORMALIZE_WHITESPACE
    ...     check.call(lambda x: 2 * x, 3.0, expect=6.0, label="twice three")
    6.0
    l3_double: 1 visible check passed. Hidden tests are not run here; they run
    when the course is graded.
    """
    return Check(grade_id)


def numbers(title: str) -> Check:
    """Open the checks of a worked example: its numbers, and no exercise.

    Examples
    --------
    >>> with numbers("the table") as check:
    ...     check.equal(5.1 - 3.2 + 1, 2.9, "term of the car")
    the table: 1 check of its numbers passed.
    """
    return Check(title, exercise=False)
