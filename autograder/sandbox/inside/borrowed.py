"""What stands in a student's namespace for functions and classes that are lent.

A right answer runs elsewhere. A stand-in of a function sends its arguments there and
returns what comes back; an object of a lent class is the number of one that is kept
there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from wire import Special

Borrow = Callable[..., Any]


def stand_in(name: str, borrow: Borrow) -> Callable[..., Any]:
    """Return a function of this name that has every call answered by `borrow`."""

    def lent(*args: Any, **kwargs: Any) -> Any:
        return borrow(name, args, kwargs)

    lent.__name__ = lent.__qualname__ = name
    return lent


def outside(value: Any) -> Any:
    """Return what stands for an argument that cannot travel as it is."""
    if isinstance(value, np.random.Generator):
        return Special("generator", state=value.bit_generator.state)
    if isinstance(value, Borrowed):
        return Special("lent", n=value._number)
    return value


class Borrowed:
    """An object that is kept elsewhere.

    Arrays, lists and dicts that are read of it are copies. They are sent back before
    the object is used the next time, so that a change of them is a change of the
    object.
    """

    _borrow: Borrow
    _name = ""
    _number: int
    _read: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._take(type(self)._borrow(self._name, args, kwargs))

    def _take(self, told: tuple[Any, ...]) -> None:
        self._number, self._read = told[1], {}

    def _ask(self, do: str, *args: Any, **kwargs: Any) -> Any:
        told = type(self)._borrow("", (self._number, *args), kwargs, do)
        if told[0] == "object":
            return self if told[1] == self._number else self._other(told)
        return partial(self._use, args[0]) if told[0] == "method" else told[1]

    def _other(self, told: tuple[Any, ...]) -> Borrowed:
        made = object.__new__(type(self))
        made._take(told)
        return made

    def _use(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        read, self._read = self._read, {}
        return self._ask("use", name, read, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._read:
            value = self._ask("attribute", name)
            if not isinstance(value, dict | list | np.ndarray):
                return value
            self._read[name] = value
        return self._read[name]

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        else:
            self._read.pop(name, None)
            self._ask("use", "", {name: value})

    def __copy__(self) -> Borrowed:
        return self.__deepcopy__({})

    def __deepcopy__(self, memo: dict[int, Any]) -> Borrowed:
        self._use("")
        copied = self._ask("copy")
        assert isinstance(copied, Borrowed)  # noqa: S101 - the shelf says so
        return copied


def class_stand_in(name: str, operators: Sequence[str], borrow: Borrow) -> type:
    """Return a class of this name whose objects are kept where `borrow` leads.

    Parameters
    ----------
    name : str
        The name.
    operators : sequence of str
        The methods that Python calls unnamed, such as ``__add__``.
    borrow : callable
        ``borrow(name, args, kwargs, do)`` has a call answered.
    """

    def method(operator: str) -> Callable[..., Any]:
        return lambda self, *args: self._use(operator, *args)

    members: dict[str, Any] = {operator: method(operator) for operator in operators}
    members |= {"_borrow": staticmethod(borrow), "_name": name, "__qualname__": name}
    return type(name, (Borrowed,), members)
