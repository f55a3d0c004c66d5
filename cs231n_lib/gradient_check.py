r"""Compare an analytic gradient with a numeric one and give a verdict with a reason.

The numeric gradient is the centred difference ``(f(x + h) - f(x - h)) / (2 h)``, one
entry of ``x`` at a time. Source: CS231n lecture 3, 54:19 and 57:22; notes
neural-networks-3, "Gradient checks".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from answer_checks.language import in_language

WRONG, UNSURE, HAPPY = 1e-2, 1e-4, 1e-7  # the bands of the notes
STEP = 1e-5  # of a centred difference in float64, for values near 1
TOLERANCE = 1e-5  # entries at a kink are judged apart, so this can be stricter


@dataclass(frozen=True)
class GradientVerdict:
    """What a gradient check found. True in an ``if`` when the gradient is accepted.

    Attributes
    ----------
    ok : bool
        Whether the analytic gradient is accepted.
    reason : str
        One sentence that says why, without a final full stop.
    relative_error : float
        The largest ``|a - n| / max(|a|, |n|)`` over the entries away from kinks, 0
        where both are zero; ``inf`` where nothing could be compared.
    worst : tuple of int or None
        The entry with that error.
    analytic, numeric : float
        The two slopes at that entry; NaN where nothing could be compared.
    num_checked, num_kinks : int
        How many entries were compared, and how many of them lie at a kink.
    """

    ok: bool
    reason: str
    relative_error: float = float("inf")
    worst: tuple[int, ...] | None = None
    analytic: float = float("nan")
    numeric: float = float("nan")
    num_checked: int = 0
    num_kinks: int = 0

    def __bool__(self) -> bool:
        """Tell whether the gradient is accepted."""
        return self.ok

    def __str__(self) -> str:
        """Verdict and reason in one line; holds on other machines."""
        said = f"gradient {'accepted' if self.ok else 'refused'}: {self.reason}"
        return in_language(said)


def forward_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-7
) -> np.ndarray:
    r"""Gradient of `f` at `x` by forward differences, as the lecture does it by hand.

    .. math:: g_i \approx \frac{f(x + h e_i) - f(x)}{h}

    Good to about seven digits. The centred difference, which is far more accurate, is
    an exercise of lecture 3; :func:`check_gradient` uses it.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns one number.
    x : ndarray of any shape, float64
        The point. It is not changed.
    h : float
        The step.

    Returns
    -------
    ndarray of the shape of `x`, float64

    Examples
    --------
    >>> forward_gradient(lambda x: (x**2).sum(), np.array([1.0, -3.0])).round(4)
    array([ 2., -6.])
    """
    point = np.array(x, dtype=np.float64)
    steps = h * np.eye(point.size)  # a row for each entry
    middle = float(np.squeeze(f(point.copy())))
    bumped = [f(point + step.reshape(point.shape)) for step in steps]
    slopes = [(float(np.squeeze(value)) - middle) / h for value in bumped]
    return np.reshape(slopes, point.shape)


def check_gradient(
    f: Callable[[np.ndarray], float],
    x: np.ndarray,
    analytic: Any,
    *,
    name: str = "gradient",
    h: float = STEP,
    tolerance: float = TOLERANCE,
    max_entries: int = 100,
    seed: int = 0,
) -> GradientVerdict:
    """Judge an analytic gradient of `f` at `x` by finite differences.

    An entry lies at a kink (a margin of exactly 0, a ReLU at 0) if its left and right
    slopes disagree and go on disagreeing at ``h / 10``; there every value between the
    two slopes is accepted. An unanswered gradient, one that is zero everywhere while
    the slopes are not, and a function that does not change with `x` are refused: zeros
    equal zeros prove nothing.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns one number.
    x : ndarray of any shape, float64
        The point. It is not changed.
    analytic : ndarray of the shape of `x`
        The gradient to judge.
    name : str
        What the gradient is called in the reason, for example ``"dW"``; without its
        ``d`` it names the point.
    h : float
        The step of the centred difference.
    tolerance : float
        The largest relative error that is accepted away from kinks.
    max_entries : int
        In a larger `x` only so many entries are compared: those where `analytic` is
        largest, and as many drawn with `seed`.

    Examples
    --------
    >>> x = np.array([1.0, -3.0])
    >>> print(check_gradient(lambda x: (x**2).sum(), x, 2 * x))
    gradient accepted: 2 entries agree, relative error below 1e-7
    >>> print(check_gradient(lambda x: (x**2).sum(), x, x, name="dx"))
    gradient refused: dx: is 0.5 times the numeric gradient, everywhere
    >>> print(check_gradient(lambda x: (x**2).sum(), x, np.zeros(2), name="dx"))
    gradient refused: dx: zero everywhere: is it filled in?
    """
    of = name.removeprefix("d") if name.startswith("d") else "x"
    reason = _refuse_form(x, analytic, name, of) or _refuse_function(f, x)
    if reason:
        return GradientVerdict(False, reason)
    analytic = np.asarray(analytic)
    places = _choose(analytic, max_entries, seed)
    slopes = _Slopes.measure(f, x, places, h)
    a = np.array([analytic[place] for place in places], dtype=np.float64)
    reason = _refuse_blank(slopes, analytic, name, of)
    if reason:
        return GradientVerdict(False, reason, num_checked=len(places))
    return _judge(slopes, a, places, name, tolerance)


def _refuse_form(x: Any, analytic: Any, name: str, of: str) -> str:
    if analytic is None or analytic is Ellipsis:
        return f"{name}: not answered yet"
    if not isinstance(x, np.ndarray) or x.dtype != np.float64:
        kind = x.dtype if isinstance(x, np.ndarray) else type(x).__name__
        return (
            f"x is {kind}, and rounding would hide the answer: use a float64 array "
            "(x.astype(np.float64))"
        )
    if not isinstance(analytic, np.ndarray | float | np.number):
        return f"{name}: got {type(analytic).__name__}, expected an array {x.shape}"
    got = np.asarray(analytic)
    if got.shape != x.shape:
        hint = "; it looks transposed" if got.shape == x.shape[::-1] else ""
        return f"{name}: shape {got.shape}, expected that of {of}, {x.shape}{hint}"
    # Whole numbers are exact; float32 would hide the answer behind rounding.
    if got.dtype != np.float64 and got.dtype.kind not in "iu":
        return f"{name}: {got.dtype}, but a gradient check needs float64 throughout"
    if not np.isfinite(got).all():
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(got))[0])
        return f"{name}: entry {list(place)} is not finite ({got[place]})"
    return ""


def _refuse_function(f: Callable[[np.ndarray], float], x: np.ndarray) -> str:
    point = x.copy()
    value: Any = f(point)
    if value is None or value is Ellipsis:
        return "f returns nothing: is it answered?"
    if np.size(value) != 1 or np.asarray(value).dtype.kind not in "iuf":
        return f"f must return one number, got {type(value).__name__}"
    if np.asarray(value).dtype in (np.float16, np.float32):
        kind = np.asarray(value).dtype
        return f"f computes in {kind}, and rounding would hide the answer: use float64"
    if not np.isfinite(value):
        return f"f(x) is {float(np.squeeze(value))}, so it has no slope here"
    if not np.array_equal(point, x):
        return "f changes its argument: work on a copy"
    if float(np.squeeze(f(point))) != float(np.squeeze(value)):
        return "two calls of f at the same x differ: fix what is random in it"
    return ""


def _refuse_blank(slopes: _Slopes, analytic: np.ndarray, name: str, of: str) -> str:
    if not np.isfinite(slopes.centred).all():
        return "f is not finite beside x, so it has no slope here"
    if not np.any(slopes.left) and not np.any(slopes.right):
        return (
            f"f does not change when {of} changes, and zeros equal zeros prove "
            f"nothing: does f use {of}? If so, check at another {of}"
        )
    if not np.any(analytic) and np.any(~slopes.allow(np.zeros(len(slopes.left)))):
        return f"{name}: zero everywhere: is it filled in?"
    return ""


def _judge(
    slopes: _Slopes,
    a: np.ndarray,
    places: list[tuple[int, ...]],
    name: str,
    tolerance: float,
) -> GradientVerdict:
    n = slopes.centred
    size = np.maximum(np.abs(a), np.abs(n))
    gap = np.abs(a - n)
    gap[gap <= slopes.noise] = 0.0  # below what a difference of floats can tell
    error = np.divide(gap, size, out=np.zeros_like(gap), where=size > 0)
    outside = slopes.kink & ~slopes.allow(a)
    error[slopes.kink] = np.where(outside[slopes.kink], np.inf, 0.0)
    i = int(np.argmax(error))
    kinks = int(slopes.kink.sum())
    found: dict[str, Any] = {
        "relative_error": float(error[i]),
        "worst": places[i],
        "analytic": float(a[i]),
        "numeric": float(n[i]),
        "num_checked": len(places),
        "num_kinks": kinks,
    }
    at = f"at {list(places[i])}" if places[i] else "here"
    if outside[i]:
        low, high = sorted((slopes.left[i], slopes.right[i]))
        reason = (
            f"{name}: kink {at} with slopes {low:.6g} and {high:.6g}; "
            f"{a[i]:.6g} is not between them"
        )
        return GradientVerdict(False, reason, **found)
    if error[i] > tolerance:
        reason = _ratio(a, n, slopes.kink) or (
            f"{_band(error[i])} {at}: {a[i]:.6g}, numeric {n[i]:.6g} "
            f"(relative error {error[i]:.1e}, {int((error > tolerance).sum())} of "
            f"{len(places)} entries checked disagree)"
        )
        return GradientVerdict(False, f"{name}: {reason}", **found)
    return GradientVerdict(True, _agreement(len(places), kinks, error[i]), **found)


def _agreement(num_checked: int, num_kinks: int, error: float) -> str:
    """Say how many entries agree, and how many lie at a kink."""
    smooth = num_checked - num_kinks
    below = "below 1e-7" if error <= HAPPY else f"up to {error:.0e}"
    parts = []
    if smooth:
        agree = "entry agrees" if smooth == 1 else "entries agree"
        parts.append(f"{smooth} {agree}, relative error {below}")
    if num_kinks:
        each = "" if num_kinks == 1 else "each "
        lie = "entry lies at a kink" if num_kinks == 1 else "entries lie at a kink"
        parts.append(f"{num_kinks} {lie}, {each}between its two slopes")
    return "; ".join(parts)


def _band(error: float) -> str:
    if error > WRONG:
        return "wrong"
    return "probably wrong" if error > UNSURE else "not quite the slope of f"


def _ratio(a: np.ndarray, n: np.ndarray, kink: np.ndarray) -> str:
    """Name a ratio of the two gradients that is the same at every entry."""
    solid = (np.abs(n) > 1e-6 * np.abs(n).max()) & ~kink
    if solid.sum() < 2 or np.any(np.abs(a[~solid & ~kink]) > 1e-6 * np.abs(a).max()):
        return ""
    ratios = a[solid] / n[solid]
    if not np.allclose(ratios, ratios[0], rtol=1e-4, atol=0):
        return ""
    if abs(ratios[0] - 1) < 1e-3:  # too near to 1 for a factor
        return ""
    if np.isclose(ratios[0], -1, rtol=1e-4):
        return "has the right size but the wrong sign everywhere"
    return f"is {ratios[0]:.4g} times the numeric gradient, everywhere"


def _choose(analytic: np.ndarray, limit: int, seed: int) -> list[tuple[int, ...]]:
    if analytic.size <= limit:
        return list(np.ndindex(analytic.shape))
    order = np.argsort(-np.abs(analytic), axis=None, kind="stable")
    largest, rest = order[: limit // 2], order[limit // 2 :]
    drawn = np.random.default_rng(seed).choice(
        rest, limit - len(largest), replace=False
    )
    flat = np.sort(np.concatenate([largest, drawn]))
    return [tuple(int(i) for i in np.unravel_index(k, analytic.shape)) for k in flat]


@dataclass(frozen=True)
class _Slopes:
    """One-sided and centred slopes of f at some entries, each ``(n,)``."""

    left: np.ndarray
    right: np.ndarray
    centred: np.ndarray
    kink: np.ndarray
    noise: np.ndarray

    @classmethod
    def measure(
        cls,
        f: Callable[[np.ndarray], float],
        x: np.ndarray,
        places: list[tuple[int, ...]],
        h: float,
    ) -> _Slopes:
        point = x.copy()
        middle = float(np.squeeze(f(point)))
        rows, top = [], abs(middle)
        for place in places:
            low, high = _beside(f, point, place, h)
            top = max(top, abs(low), abs(high))
            left, right = (middle - low) / h, (high - middle) / h
            centred, kink, step = (high - low) / (2 * h), False, h
            gap, rounding = abs(right - left), 100 * np.finfo(float).eps * top
            if gap > max(1e-3 * max(abs(left), abs(right)), rounding / h):
                # A kink at x keeps its gap in a closer look; a bend, or a kink that
                # lies beside x, loses it.
                step = h / 10
                low, high = _beside(f, point, place, step)
                left, right = (middle - low) / step, (high - middle) / step
                centred = (high - low) / (2 * step)
                kink = abs(right - left) > max(gap / 2, rounding / step)
            rows.append((left, right, centred, kink, step))
        lefts, rights, slopes, kinks, steps = map(np.array, zip(*rows, strict=True))
        noise = 50 * np.finfo(float).eps * top / steps
        return cls(lefts, rights, slopes, kinks, noise)

    def allow(self, values: np.ndarray) -> np.ndarray:
        """Tell where `values` lie between the one-sided slopes."""
        low = np.minimum(self.left, self.right)
        high = np.maximum(self.left, self.right)
        slack = 1e-4 * np.maximum(np.abs(low), np.abs(high)) + 100 * self.noise
        between: np.ndarray = (low - slack <= values) & (values <= high + slack)
        return between


def _beside(
    f: Callable[[np.ndarray], float],
    point: np.ndarray,
    place: tuple[int, ...],
    h: float,
) -> tuple[float, float]:
    """Value of f one step to the left and to the right; `point` is left as it was."""
    old = point[place]
    point[place] = old - h
    low = float(np.squeeze(f(point)))
    point[place] = old + h
    high = float(np.squeeze(f(point)))
    point[place] = old
    return low, high
