r"""Say how an answer differs from what was expected, as a plain reason.

One function, :func:`difference`, serves the visible checks of the notebooks and the
hidden checks of the grader, so that both speak alike. It looks in a fixed order: type,
shape, finite, values. A reason names places, signs, ratios and shapes; the numbers
themselves follow in brackets, and only where the caller allows it with ``reveal``.
What to do about it is in :mod:`answer_checks.advice`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from numbers import Number
from typing import Any

import numpy as np

from answer_checks.advice import TURNED

# Far above what single precision or another order of summation changes in a right
# answer, far below what a known mistake does: see docs/test-adequacy.md.
RTOL = 5e-4
ATOL = 5e-6
LARGEST_FACTOR = 12  # a factor or divisor that is worth naming
MOST_SHOWN = 80  # characters of a tuple that a reason shows


@dataclass(frozen=True)
class Difference:
    """What differs.

    Attributes
    ----------
    kind : str
        ``"type"``, ``"shape"``, ``"finite"``, ``"value"`` or ``"key"``.
    reason : str
        One sentence for the student, without a final full stop.
    name : str
        What the part that differs is called; the reason begins with it.
    path : tuple
        The indices and keys that lead to that part.
    shown : str
        The numbers at the end of the reason; empty where they are not revealed.
    step : str
        What to look at next, where more is known than the kind.
    """

    kind: str
    reason: str
    name: str = ""
    path: tuple[int | str, ...] = ()
    shown: str = ""
    step: str = ""


def is_number(value: Any) -> bool:
    """Tell whether `value` is one real number: float, NumPy scalar or 0-d array.

    Examples
    --------
    >>> is_number(2.9), is_number(np.float32(1)), is_number(np.array(3.0))
    (True, True, True)
    >>> is_number(True), is_number(np.ones(1)), is_number("2.9")
    (False, False, False)
    """
    if isinstance(value, bool | np.bool_):
        return False
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "iuf"
    return isinstance(value, Number) and not isinstance(value, complex)


def describe(value: Any) -> str:
    """Name the kind of `value` in the words of the course.

    Examples
    --------
    >>> describe(None), describe(2.0), describe(np.zeros((3, 4))), describe((1, 2))
    ('None', 'a number', 'an array of shape (3, 4)', 'a tuple of 2')
    """
    if value is None:
        return "None"
    if isinstance(value, bool | np.bool_):
        return "a truth value"
    if is_number(value):
        return "a number"
    if isinstance(value, np.ndarray):
        numeric = value.dtype.kind in "biufc"
        return f"an array of {'' if numeric else 'objects, '}shape {value.shape}"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, Mapping):
        return "a dict"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return f"an object of type {getattr(value, 'type_name', type(value).__name__)}"


def difference(
    got: Any,
    want: Any,
    name: str = "result",
    *,
    parts: Sequence[str] = (),
    letters: Mapping[str, str] | str = "",
    rtol: float = RTOL,
    atol: float = ATOL,
    reveal: bool = False,
) -> Difference | None:
    """Compare an answer with what was expected; None where they agree.

    Parameters
    ----------
    got, want : number, bool, str, ndarray, tuple, list, dict or None
        The answer and the expected value. A list passes where a tuple is expected and
        the other way round; a 1-d array passes where a list of numbers is expected.
    name : str
        What the answer is called in the reason, for example ``"dW"``.
    parts : sequence of str
        Names of the entries where `want` is a tuple, for example ``("loss", "dW")``.
        An entry that is a tuple itself names its own: ``("f", "(dx, dy)")``.
    letters : str or mapping
        The expected shape in symbols, for example ``"(D, C)"``; of several results,
        by their names.
    rtol, atol : float
        ``abs(got - want) <= atol + rtol * abs(want)`` counts as equal.
    reveal : bool
        Whether the reason may print the numbers.

    Examples
    --------
    >>> difference(3.9, 2.9, "loss").reason
    'loss: is too large'
    >>> difference(3.9, 2.9, "loss", reveal=True).reason
    'loss: is too large (got 3.9, expected 2.9)'
    >>> difference(np.ones((4, 6)), np.ones((6, 4)), "dW", letters="(D, C)").reason
    'dW: shape (4, 6), expected (D, C) = (6, 4); it looks transposed'
    >>> difference((1.0, 2.0), (1.0, 2.0), parts=("loss", "dW")) is None
    True
    >>> difference((1.0, (2.0, 3.5)), (1.0, (2.0, 3.0)), parts=("f", "(dx, dy)")).reason
    'dy: is too large'
    """
    tolerance = {"rtol": rtol, "atol": atol, "reveal": reveal}
    if isinstance(want, Mapping):
        found = _mapping(got, want, name, letters, tolerance)
    elif isinstance(want, tuple | list):
        found = _sequence(got, want, name, parts, letters, tolerance)
    elif isinstance(want, np.ndarray) and want.ndim > 0:
        symbols = letters if isinstance(letters, str) else letters.get(name, "")
        found = _array(got, want, name, symbols, tolerance)
    else:
        found = _scalar(got, want, name, tolerance)
    return replace(found, name=name) if found and not found.name else found


def _scalar(got: Any, want: Any, name: str, tol: dict[str, Any]) -> Difference | None:
    numeric = is_number(want)
    if isinstance(want, bool | np.bool_):
        if isinstance(got, np.ndarray) and got.shape == () and got.dtype.kind == "b":
            got = bool(got)
        matches = isinstance(got, bool | np.bool_)
    elif numeric:
        matches = is_number(got)
    else:
        matches = isinstance(got, type(want))
    if not matches:
        hint = _none(got)
        if isinstance(got, np.ndarray) and numeric and got.size == 1:
            hint = "; take the single entry out of the array"
        reason = f"{name}: got {describe(got)}, expected {describe(want)}{hint}"
        return Difference("type", reason)
    if not numeric:
        if got == want:
            return None
        shown = f" (got {got!r}, expected {want!r})" if tol["reveal"] else ""
        return Difference("value", f"{name}: is not right{shown}", shown=shown)
    got, want = float(got), float(want)
    if math.isnan(got) or (math.isinf(got) and math.isfinite(want)):
        return Difference("finite", f"{name}: is {got}, expected a finite number")
    near = abs(got - want) <= tol["atol"] + tol["rtol"] * abs(want)
    # Next to infinity every tolerance is infinite as well.
    if got == want or (near and math.isfinite(want)):
        return None
    shown = f" (got {got:.6g}, expected {want:.6g})" if tol["reveal"] else ""
    relation = _number_relation(got, want)
    return Difference("value", f"{name}: {relation}{shown}", shown=shown)


def _number_relation(got: float, want: float) -> str:
    if want and math.isclose(got, -want, rel_tol=1e-6):
        return TURNED
    ratio = _simple_ratio(np.array([got]), np.array([want]))
    if ratio:
        return f"is {ratio} times what it should be"
    return "is too large" if got > want else "is too small"


def _array(
    got: Any, want: np.ndarray, name: str, letters: str, tol: dict[str, Any]
) -> Difference | None:
    expected = f"{letters} = {want.shape}" if letters else f"{want.shape}"
    if want.ndim == 1 and isinstance(got, list | tuple) and all(map(is_number, got)):
        got = np.array(got, dtype=float)
    if not isinstance(got, np.ndarray) or got.dtype.kind not in "biuf":
        reason = f"{name}: got {describe(got)}, expected an array of shape {expected}"
        return Difference("type", reason + _none(got))
    if got.shape != want.shape:
        hint = ""
        if got.shape == want.shape[::-1] and got.ndim == 2:
            hint = "; it looks transposed"
        reason = f"{name}: shape {got.shape}, expected {expected}{hint}"
        return Difference("shape", reason)
    got, want = got.astype(float), want.astype(float)
    # Infinity is wrong only where a finite number, or the other one, was expected.
    unfit = np.isnan(got) & ~np.isnan(want)
    unfit |= np.isinf(got) & np.isfinite(want)
    if unfit.any():
        place = _place(unfit)
        return Difference(
            "finite", f"{name}: entry {place} is not finite ({got[unfit][0]})"
        )
    close = np.isclose(got, want, rtol=tol["rtol"], atol=tol["atol"], equal_nan=True)
    if close.all():
        return None
    bad, shown = ~close, ""
    if tol["reveal"]:
        shown = f" (got {got[bad][0]:.6g}, expected {want[bad][0]:.6g})"
    relation = _array_relation(got, want, bad)
    return Difference("value", f"{name}: {relation}{shown}", shown=shown)


def _array_relation(got: np.ndarray, want: np.ndarray, bad: np.ndarray) -> str:
    if got.size == 1:  # nothing is said of all entries where there is one
        return _number_relation(float(got.flat[0]), float(want.flat[0]))
    count, place = int(bad.sum()), _place(bad)
    varied = np.any(want != want.flat[0])
    if got.ndim == 2 and got.shape[0] == got.shape[1] and np.allclose(got, want.T):
        return "is transposed"
    if not np.any(got):
        return f"is zero everywhere{'; is it filled in?' if varied else ''}"
    if np.all(got == got.flat[0]) and varied:
        return "is the same number everywhere, where it should vary"
    if np.allclose(got, -want, rtol=1e-6):
        return f"{TURNED} everywhere"
    ratio = _simple_ratio(got, want)
    if ratio:
        return f"is {ratio} times what it should be, everywhere"
    offsets = (got - want)[np.isfinite(want)]
    # Where nothing varies, every difference is the same one.
    if count == got.size and varied and np.allclose(offsets, offsets[0], rtol=1e-6):
        return "is off by the same amount everywhere"
    if count == got.size:
        return f"differs in every entry, the first at {place}"
    return f"differs in {count} of {got.size} entries, the first at {place}"


def _simple_ratio(got: np.ndarray, want: np.ndarray) -> str:
    """Name the constant ratio of two arrays where it is a small fraction.

    A ratio of two round numbers may hold by chance: it is named only where the numbers
    differ among themselves, or have digits enough.
    """
    solid = np.abs(want) > 1e-12
    if not solid.any() or not np.allclose(got[~solid], 0, atol=1e-9):
        return ""
    ratios = got[solid] / want[solid]
    ratio = float(ratios.flat[0])
    if not ratio or not math.isfinite(ratio):
        return ""
    if not np.allclose(ratios, ratio, rtol=1e-5):
        return ""
    sizes = np.abs(want[solid])
    if np.allclose(sizes, sizes[0]) and _is_round(float(sizes[0])):
        return ""
    simple = Fraction(ratio).limit_denominator(LARGEST_FACTOR)
    top, bottom = abs(simple.numerator), simple.denominator
    if 1 not in (top, bottom) or top > LARGEST_FACTOR or simple == 1:
        return ""
    return str(simple) if math.isclose(ratio, simple, rel_tol=1e-5) else ""


def _is_round(value: float) -> bool:
    """Tell whether three digits give a number whole.

    Examples
    --------
    >>> _is_round(4.0), _is_round(0.25), _is_round(12.9), _is_round(15.8 / 3)
    (True, True, True, False)
    """
    return math.isclose(value, float(f"{value:.3g}"), rel_tol=1e-9)


def _none(got: Any) -> str:
    return "; is a return statement missing?" if got is None else ""


def _place(mask: np.ndarray) -> str:
    index = np.argwhere(mask)[0]
    return "[" + ", ".join(str(int(i)) for i in index) + "]"


def _sequence(
    got: Any,
    want: Sequence[Any],
    name: str,
    parts: Sequence[str],
    letters: Mapping[str, str] | str,
    tol: dict[str, Any],
) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim == 1 and got.dtype.kind in "biuf":
        got = got.tolist()
    values = "value" if len(want) == 1 else "values"
    named = f"({', '.join(parts)})" if parts else f"{len(want)} {values}"
    if not isinstance(got, tuple | list):
        reason = f"{name}: got {describe(got)}, expected {named}{_none(got)}"
        return Difference("type", reason)
    if len(got) != len(want):
        values = "value" if len(got) == 1 else "values"
        shown = f" (got {got}, expected {want})" if tol["reveal"] else ""
        shown = shown if len(shown) < MOST_SHOWN else ""
        reason = f"{name}: got {len(got)} {values}, expected {named}{shown}"
        return Difference("shape", reason, shown=shown)
    for i, (one, other) in enumerate(zip(got, want, strict=True)):
        label = parts[i] if i < len(parts) else f"{name}[{i}]"
        inner = inner_names(label) if isinstance(other, tuple | list) else ()
        found = difference(one, other, label, parts=inner, letters=letters, **tol)
        if found:
            return replace(found, path=(i, *found.path))
    return None


def inner_names(part: str) -> tuple[str, ...]:
    """Return the names that the name of a tuple lists.

    Examples
    --------
    >>> inner_names("(dx, dy)"), inner_names("loss_history")
    (('dx', 'dy'), ())
    """
    if not (part.startswith("(") and part.endswith(")")):
        return ()
    return tuple(name.strip() for name in part[1:-1].split(","))


def _mapping(
    got: Any,
    want: Mapping[str, Any],
    name: str,
    letters: Mapping[str, str] | str,
    tol: dict[str, Any],
) -> Difference | None:
    if not isinstance(got, Mapping):
        reason = f"{name}: got {describe(got)}, expected a dict{_none(got)}"
        return Difference("type", reason)
    for key, value in want.items():
        if key not in got:
            return Difference("key", f"{name}: the key {key!r} is missing")
        label = f"{name}[{key!r}]"
        found = difference(got[key], value, label, letters=letters, **tol)
        if found:
            return replace(found, path=(key, *found.path))
    return None
