"""Steps of a question: results stay in slots, errors are named without a message."""

import numpy as np
import pytest

from autograder.sandbox.inside import probes
from autograder.sandbox.inside.evaluate import Evaluator
from autograder.sandbox.inside.wire import Special


class Gate:
    def forward(self, x, y):
        self.x = x
        return x * y

    def backward(self):
        return self.x


def run(*steps, **names):
    return Evaluator(names).run(list(steps))


def slot(n):
    return Special("slot", n=n)


def test_call_and_fetch():
    reply = run(
        {"do": "call", "name": "f", "args": [2], "kwargs": {"y": 3}, "slot": 1},
        {"do": "fetch", "args": [slot(1)]},
        f=lambda x, y: x + y,
    )
    assert reply["value"] == [5]


def test_objects_stay_inside():
    reply = run(
        {"do": "call", "name": "Gate", "args": [], "slot": 1},
        {"do": "method", "on": slot(1), "name": "forward", "args": [2, 4], "slot": 2},
        {"do": "attr", "on": slot(1), "name": "x", "slot": 3},
        {"do": "method", "on": slot(1), "name": "backward", "slot": 4},
        {"do": "fetch", "args": [slot(2), slot(3), slot(4)]},
        Gate=Gate,
    )
    assert reply["value"] == [8, 2, 2]


def test_items_operators_names_and_forgetting():
    reply = run(
        {"do": "value", "name": "pair", "slot": 1},
        {"do": "item", "on": slot(1), "args": [1], "slot": 2},
        {"do": "op", "name": "pow", "args": [slot(2), 2], "slot": 3},
        {"do": "fetch", "args": [slot(3)]},
        {"do": "forget"},
        {"do": "fetch", "args": [slot(3)]},
        pair=(1, 5),
    )
    assert reply["value"] == [25]
    assert reply["error"]["type"] == "KeyError"


def test_arguments_are_copies_and_come_back_as_they_are_afterwards():
    given = np.arange(3.0)

    def spoil(x):
        x += 1
        return 0.0

    reply = run(
        {"do": "call", "name": "spoil", "args": [given], "slot": 1}, spoil=spoil
    )
    assert given.tolist() == [0, 1, 2]
    assert reply["after"][0].tolist() == [1, 2, 3]


PROBES = """
import math

def quadratic(A, b):
    return lambda x: _sum(A * x**2 + b * x)

def _sum(values):
    return float(values.sum())

class Other:
    pass
"""


def test_specials_are_made_there(monkeypatch):
    monkeypatch.setattr(probes, "PROBES", {"before": abs})
    probes.load(PROBES)
    assert list(probes.PROBES) == ["quadratic"]
    probe = Special(
        "probe", name="quadratic", params={"A": np.ones(2), "b": np.ones(2)}
    )
    reply = run(
        {"do": "call", "name": "f", "args": [Special("rng", seed=4)], "slot": 1},
        {
            "do": "call",
            "name": "g",
            "args": [probe, Special("name", name="h")],
            "slot": 2,
        },
        {"do": "fetch", "args": [slot(1), slot(2)]},
        f=lambda rng: rng.normal(),
        g=lambda probe, h: h(probe(np.array([1.0, 2.0]))),
        h=lambda v: v + 0.5,
    )
    assert reply["value"] == [np.random.default_rng(4).normal(), 8.5]


def test_an_error_is_described_without_its_message():
    def bad():
        raise KeyError("hidden input 42")

    error = run({"do": "call", "name": "bad", "args": [], "slot": 1}, bad=bad)["error"]
    assert error["type"] == "KeyError"
    assert "42" not in repr({k: v for k, v in error.items() if k != "where"})
    assert error["where"][-1][0].endswith("test_evaluate.py")


def test_an_undefined_name_is_named():
    error = run({"do": "call", "name": "nobody", "args": [], "slot": 1})["error"]
    assert (error["type"], error["name"]) == ("NameError", "nobody")


def test_an_own_error_class_is_named_by_its_builtin_base():
    class Secret42Error(ValueError):
        pass

    def bad():
        raise Secret42Error

    error = run({"do": "call", "name": "bad", "args": [], "slot": 1}, bad=bad)["error"]
    assert error["type"] == "ValueError"


def test_exit_is_an_error_like_others():
    def leave():
        raise SystemExit

    reply = run({"do": "call", "name": "leave", "args": [], "slot": 1}, leave=leave)
    assert reply["error"]["type"] == "SystemExit"


def test_an_interrupt_is_left_to_whoever_runs_the_evaluator():
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run({"do": "call", "name": "i", "args": [], "slot": 1}, i=interrupt)


def test_unknown_steps_and_specials_are_errors():
    assert run({"do": "jump", "slot": 1})["error"]["type"] == "ValueError"
    step = {"do": "fetch", "args": [Special("mystery")]}
    assert run(step)["error"]["type"] == "ValueError"
