"""Loops show in the steps that a call takes, however they are spelt."""

import functools
import gc
import itertools
import sys
import threading

import numpy as np
import pytest

from answer_checks.work import is_loop, steps_of

FEW, MANY = np.arange(12.0).reshape(4, 3), np.arange(180.0).reshape(60, 3)


class Method:
    @staticmethod
    def of(X):
        return np.array([x.sum() for x in X])


def own(X):
    total = []
    sorted(range(len(X)), key=lambda i: total.append(X[i].sum()) or i)
    return np.array(total)


def itself(X):
    return [] if not len(X) else [X[0].sum(), *itself(X[1:])]


def from_text(X):
    space = {"X": X}
    exec("out = []\nfor x in X:\n    out.append(x.sum())", space)  # noqa: S102
    return space["out"]


LOOPING = {
    "for": lambda X: [x.sum() for x in X],
    "one line": eval("lambda X: {i: x.sum() for i, x in enumerate(X)}"),  # noqa: S307
    "generator": lambda X: np.fromiter((x.sum() for x in X), float),
    "method": Method.of,
    "in a dict": {"way": Method.of}["way"],
    "partial": functools.partial(Method.of),
    "key of a sort": own,
    "recursion": itself,
    "text": from_text,
    "map": lambda X: list(map(lambda x: x.sum(), X)),
    "map of C": lambda X: list(map(len, X)),
    "filter of C": lambda X: list(filter(callable, X)),
    "starmap of C": lambda X: list(itertools.starmap(max, X)),
    "reduce of C": lambda X: functools.reduce(np.add, X),
    "vectorize": lambda X: np.vectorize(lambda v: v + 1)(X),
    "apply_along_axis": lambda X: np.apply_along_axis(np.sum, 1, X),
    "frompyfunc": lambda X: np.frompyfunc(lambda v: v + 1, 1, 1)(X),
}


@pytest.mark.parametrize("function", LOOPING.values(), ids=LOOPING)
def test_every_spelling_of_a_loop_is_seen(function):
    assert is_loop(steps_of(function, FEW), steps_of(function, MANY))


WHOLE = {
    "sum": lambda X: X.sum(axis=1),
    "norm": lambda X: np.linalg.norm(X, axis=1),
    "einsum": lambda X: np.einsum("nd,nd->n", X, X),
    "columns": lambda X: sum(X[:, d] for d in range(X.shape[1])),
    "percentile": lambda X: np.percentile(X, 30, axis=0),
    "printing": lambda X: print(X.sum()),
}


@pytest.mark.parametrize("function", WHOLE.values(), ids=WHOLE)
def test_what_takes_whole_arrays_or_loops_over_something_else_is_none(function, capsys):
    assert not is_loop(steps_of(function, FEW), steps_of(function, MANY))


def test_the_first_call_may_do_more():
    done = []

    def imports(X):
        if not done:
            done.extend(range(1000))
            [k for k in done]
        return X

    assert steps_of(imports, FEW) == steps_of(imports, FEW)


def test_counting_leaves_everything_as_it_was():
    def watch(*_):
        return None

    def found():
        traced = sys.gettrace(), threading.gettrace()
        return *traced, map, filter, itertools.starmap, functools.reduce

    def end_it():
        sys.settrace(None)
        threading.settrace(None)

    outer = sys.gettrace(), threading.gettrace()
    try:
        sys.settrace(watch)
        threading.settrace(watch)
        before = found()
        with pytest.raises(ZeroDivisionError):
            steps_of(lambda: 1 / 0)
        assert found() == before
        for function in (list, end_it):
            steps_of(function)
            assert found() == before
    finally:
        sys.settrace(outer[0])
        threading.settrace(outer[1])


def test_who_turns_the_counting_off_is_seen():
    assert steps_of(lambda: sys.settrace(None)) is None
    assert is_loop(None, 3)
    assert is_loop(3, None)
    assert not is_loop(3, 30)


def test_what_a_collection_of_garbage_calls_is_not_counted():
    def noticed(phase, info):
        sum(k for k in range(100))

    def cycles(X):
        return [[].append for _ in range(50)] and X.sum()

    before = gc.get_threshold()
    gc.callbacks.append(noticed)
    gc.set_threshold(1)
    try:
        counts = {steps_of(cycles, FEW) for _ in range(5)}
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(noticed)
    assert counts == {steps_of(cycles, FEW)}
