"""Mark code as a misconception or a right variant, where the course keeps it.

A mark says what the code is; of which exercise, the file that it stands in says. So one
function can be a misconception of several exercises, and a file of them needs no
exercise at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")
_MARK = "__exercise_mark__"


class Kind(StrEnum):
    """What known code is."""

    MISCONCEPTION = "misconception"
    VARIANT = "variant"


@dataclass(frozen=True)
class Mark:
    """What is said of a function, a class, or a class that groups functions.

    Attributes
    ----------
    kind : Kind
        Misconception or right variant.
    says : str
        For a misconception, its name for people; for a variant, what is different.
    hint : str
        Leads on without giving the answer away; empty for a variant.
    of : str or None
        Which name of the exercise it answers, where there are several.
    usual : bool
        Whether it is the form in which most students are right.
    sizes : tuple of float
        A constant of a misconception's code, then what else stands in its place.
    """

    kind: Kind
    says: str
    hint: str = ""
    of: str | None = None
    usual: bool = False
    sizes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Values for some keys of a dict exercise; the others are right.

    Attributes
    ----------
    kind : Kind
        Misconception or right variant.
    says, hint : str
        As of a :class:`Mark`.
    values : mapping
        The keys that differ from the reference.
    """

    kind: Kind
    says: str
    hint: str
    values: Mapping[str, Any]


def misconception(
    says: str, hint: str, of: str | None = None, sizes: tuple[float, ...] = ()
) -> Callable[[T], T]:
    """Mark a function or class as a wrong answer that students give.

    Parameters
    ----------
    says : str
        A clause: what is wrong with it.
    hint : str
        At most two sentences that lead on.
    of : str
        Which name of the exercise it answers, where there are several and it is not a
        class that groups them.
    sizes : tuple of float
        Of a function: a constant in its code, then others that students write in its
        place, each with values of its own; the mistake is the same.
    """
    return _marked(Mark(Kind.MISCONCEPTION, says, hint, of, sizes=sizes))


def variant(says: str, of: str | None = None, usual: bool = False) -> Callable[[T], T]:
    """Mark a function or class as right in another way than the reference.

    Parameters
    ----------
    says : str
        What is different.
    of : str
        As of :func:`misconception`.
    usual : bool
        Whether it is the form in which most students are right. One variant of an
        exercise is: it is mutated to find holes in the checks, and completes a
        misconception of one name with the others.
    """
    return _marked(Mark(Kind.VARIANT, says, of=of, usual=usual))


def wrong_answer(says: str, hint: str, **values: Any) -> Answer:
    """Return a misconception of a dict exercise: these keys, the others right."""
    return Answer(Kind.MISCONCEPTION, says, hint, values)


def right_answer(says: str, **values: Any) -> Answer:
    """Return a variant of a dict exercise: these keys in another right form."""
    return Answer(Kind.VARIANT, says, "", values)


def mark_of(value: Any) -> Mark | None:
    """Return the mark of a function or class itself, not one of a base class."""
    try:
        found = vars(value).get(_MARK)
    except TypeError:
        return None
    return found if isinstance(found, Mark) else None


def _marked(mark: Mark) -> Callable[[T], T]:
    def add(implementation: T) -> T:
        setattr(implementation, _MARK, mark)
        return implementation

    return add


__all__ = [
    "Answer",
    "Kind",
    "Mark",
    "mark_of",
    "misconception",
    "right_answer",
    "variant",
    "wrong_answer",
]
