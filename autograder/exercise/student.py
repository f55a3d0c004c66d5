"""What a hidden check holds in its hands: the one who answers, and ways to judge."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np

from answer_checks import work
from answer_checks.compare import ATOL, RTOL, Difference, describe, difference
from answer_checks.parsing import source_of
from answer_checks.relation import Relation, arguments_by_name, related
from answer_checks.work import is_loop
from autograder.exercise.backend import Backend
from autograder.exercise.failure import CheckFailed
from autograder.exercise.memo import key_of
from autograder.exercise.question import Questions, plain
from autograder.sandbox.inside.evaluate import Evaluator
from autograder.verdict import Failure


@dataclass(frozen=True)
class Asked:
    """A call whose result is judged.

    Attributes
    ----------
    name : str
        A function of the exercise that also stands in the reference.
    args, kwargs
        Its arguments.
    path : tuple
        The indices and keys that lead to the part that is judged.
    """

    name: str
    args: Sequence[Any]
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    path: tuple[int | str, ...] = ()


class Student(Questions):
    """What a hidden check holds in its hands.

    Parameters
    ----------
    backend : Backend
        Whoever answers.
    reference : mapping
        The grader's own implementations, by name, for :meth:`agrees`.
    returns : mapping
        For a name, the names of the parts that it returns, such as ``("loss", "dW")``.
    memory : mutable mapping
        What the reference gave for which arguments, so that it is asked once.
    relation : Relation
        What the course knows of its functions; see :mod:`answer_checks.relation`.
    keeps_answers : bool
        Whether somebody reads the transcript afterwards.
    """

    def __init__(
        self,
        backend: Backend,
        reference: Mapping[str, Any] | None = None,
        returns: Mapping[str, Sequence[str]] | None = None,
        memory: MutableMapping[Any, Any] | None = None,
        relation: Relation | None = None,
        keeps_answers: bool = True,
    ) -> None:
        super().__init__(backend)
        self.keeps_answers = keeps_answers
        self.relation = relation
        self.memory = {} if memory is None else memory
        self.reference = dict(reference or {})
        self.returns = dict(returns or {})

    def agrees(
        self,
        name: str,
        *args: Any,
        only: str | None = None,
        rtol: float = RTOL,
        atol: float = ATOL,
        **kwargs: Any,
    ) -> Any:
        """Require that `name` gives what the reference gives for these arguments.

        Parameters
        ----------
        name : str
            A function of the exercise that also stands in the reference.
        only : str
            Compare only this part, for example ``"loss"``; the others must be there.
        rtol, atol : float
            As in :func:`answer_checks.compare.difference`.

        Returns
        -------
        object
            The student's answer, as plain values.
        """
        want = self.wanted(name, *args, **kwargs)
        parts = self.returns.get(name, ())
        asked = Asked(name, args, kwargs)
        options: dict[str, Any] = {"rtol": rtol, "atol": atol}
        got = self.call(name, *args, **kwargs)
        if only is not None:
            index = list(parts).index(only)
            if not isinstance(got, tuple | list) or len(got) != len(parts):
                self.expect(got, want, name, parts=parts)
            # The other parts are not this check's matter, nor its explanation's.
            self.transcript[-1] = [got[index]]
            asked = replace(asked, path=(index,))
            self.expect(got[index], want[index], only, asked=asked, **options)
        else:
            label = parts[0] if len(parts) == 1 else name
            self.expect(got, want, label, parts=parts, asked=asked, **options)
        return got

    def wanted(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Return what the reference gives for these arguments."""
        sent = [plain(list(args)), plain(dict(kwargs))]
        key = (name, key_of(sent))
        if key not in self.memory:
            step = {"do": "call", "name": name, "slot": 0}
            step["args"], step["kwargs"] = sent
            local = Evaluator(self.reference)
            reply = local.run([step])
            if "error" in reply:
                raise RuntimeError(f"the reference of {name} failed: {reply['error']}")
            self.memory[key] = local.slots[0]
        # What a check does with it is not remembered.
        return _copied(self.memory[key])

    def expect(
        self,
        got: Any,
        want: Any,
        name: str,
        *,
        parts: Sequence[str] = (),
        letters: str = "",
        asked: Asked | None = None,
        **options: Any,
    ) -> None:
        """Require that `got` equals `want`; the reason never prints their numbers.

        The options are those of :func:`answer_checks.compare.difference`. With `asked`,
        the call that `got` is from, the reason says what the relation of the exercise
        has to say.
        """
        found = difference(got, want, name, parts=parts, letters=letters, **options)
        if found:
            found = self._related(found, asked, options) if asked else found
            raise CheckFailed(found.reason, found.kind)

    def _related(
        self, found: Difference, asked: Asked, options: Mapping[str, float]
    ) -> Difference:
        """Ask once more where the course knows a related call; it leaves no trace."""
        if self.relation is None or found.kind != "value":
            return found
        args, kwargs = asked.args, asked.kwargs
        given = arguments_by_name(self.reference[asked.name], args, kwargs)
        variation = self.relation(given, self.wanted(asked.name, *args, **kwargs))
        if variation is None:
            return found
        before = list(self.transcript)
        try:
            changed, named = variation.arguments(given, len(args))
            got = self.call(asked.name, *changed, **named)
        except CheckFailed:
            return found
        finally:
            self.transcript[:] = before
        whole = replace(found, path=(*asked.path, *found.path))
        return related(whole, variation, got, **options)

    def require(
        self, condition: bool, reason: str, kind: Failure | str = Failure.VALUE
    ) -> None:
        """Require a condition; `reason` says what is wrong where it does not hold."""
        if not condition:
            raise CheckFailed(reason, kind)

    def number(self, got: Any, name: str) -> float:
        """Require one finite number and return it as a float."""
        if not isinstance(got, float | int) or isinstance(got, bool):
            if not (isinstance(got, np.ndarray) and got.shape == ()):
                raise CheckFailed(
                    f"{name}: got {describe(got)}, expected a number", Failure.TYPE
                )
        if not np.isfinite(got):
            raise CheckFailed(f"{name}: is not finite", Failure.FINITE)
        return float(got)

    def array(self, got: Any, shape: Sequence[int], name: str) -> np.ndarray:
        """Require a finite numeric array of `shape` and return it as float64."""
        if not isinstance(got, np.ndarray) or got.dtype.kind not in "biuf":
            raise CheckFailed(
                f"{name}: got {describe(got)}, expected an array", Failure.TYPE
            )
        if got.shape != tuple(shape):
            raise CheckFailed(
                f"{name}: shape {got.shape}, expected {tuple(shape)}", Failure.SHAPE
            )
        if not np.isfinite(got).all():
            raise CheckFailed(
                f"{name}: has entries that are not finite", Failure.FINITE
            )
        return got.astype(float)

    @contextmanager
    def again(self, first: str) -> Iterator[Student | None]:
        """Run the notebook once more, with a cell in front, and ask that.

        Parameters
        ----------
        first : str
            The cell: what it changes, the student's code finds changed. The student's
            process can read it.

        Yields
        ------
        Student or None
            Who answers then; None where there is no notebook, for known code.
        """
        with self.backend.again(first) as backend:
            if backend is None:
                yield None
            else:
                yield Student(backend, self.reference, self.returns, self.memory)

    def without_loops(
        self, name: str, few: Sequence[Any], **many: Sequence[Any]
    ) -> None:
        """Require that `name` does not visit one by one what there can be more of.

        The steps of Python are counted that its calls take. The student's process does
        that, so code could make the count look smaller; it wins no more than the points
        for the form.

        Parameters
        ----------
        name : str
            A function of the exercise.
        few : sequence
            Arguments.
        **many : sequence
            The same with more of something, named by the key: ``examples`` with at
            least :data:`answer_checks.work.LEAST_MORE` more examples.
        """
        if self.backend.may_loop(name):
            return
        least = self._steps_of(name, few)
        found = [
            key
            for key, args in many.items()
            if is_loop(least, self._steps_of(name, args))
        ]
        self.transcript.append(("loop", bool(found)))
        if found:
            raise CheckFailed(
                f"{name}: there is a loop over the {found[0]}; "
                "this exercise wants none",
                Failure.LOOPS,
            )

    def _steps_of(self, name: str, args: Sequence[Any]) -> int | None:
        step = {"do": "steps", "name": name, "counter": _counter()}
        steps = self.fetch(self.later(step, args))
        self.transcript.pop()  # what an answer is does not depend on it
        return steps if isinstance(steps, int) else None


def _copied(value: Any) -> Any:
    """Copy what a reference returned; what is plain, without ``deepcopy``'s detours."""
    kind = type(value)
    if kind is np.ndarray and value.dtype != object:
        return value.copy()
    if kind is tuple or kind is list:
        return kind([_copied(item) for item in value])
    if kind is dict:
        return {key: _copied(item) for key, item in value.items()}
    if kind in _NEVER_CHANGED:
        return value
    return copy.deepcopy(value)


_NEVER_CHANGED = frozenset({bool, float, int, str, type(None), np.float64, np.int64})


@cache
def _counter() -> str:
    return source_of(work)
