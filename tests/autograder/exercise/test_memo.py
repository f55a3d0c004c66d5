from functools import partial

import numpy as np
import pytest

from autograder.exercise.memo import KEPT, key_of, searched
from autograder.exercise.question import name_argument, rng_argument


@pytest.fixture
def above():
    """A draw that searches; ``calls`` counts how often."""

    @searched
    def draw(rng, least=0.0):
        draw.calls += 1
        while True:
            x = rng.standard_normal(3)
            if x.min() > least:
                return x

    draw.calls = 0
    return draw


def test_the_same_generator_finds_the_same_and_ends_the_same(above):
    rngs = [np.random.default_rng(1) for _ in range(2)]
    found = [(above(rng, 0.3), above(rng, 0.3), rng.random()) for rng in rngs]
    assert above.calls == 2
    for one, other in zip(*found, strict=True):
        assert np.array_equal(one, other)
    assert not np.array_equal(found[0][0], found[0][1])


def test_another_state_or_argument_is_another_draw(above):
    above(np.random.default_rng(1), 0.3)
    above(np.random.default_rng(2), 0.3)
    above(np.random.default_rng(1), 0.4)
    above(np.random.default_rng(1), least=0.4)
    assert above.calls == 4


def test_what_a_check_does_to_its_draw_is_not_remembered(above):
    first = above(np.random.default_rng(1))
    kept = first.copy()
    first[:] = 0
    assert np.array_equal(above(np.random.default_rng(1)), kept)


def test_what_is_large_is_remembered_for_fewer_calls():
    calls = []

    @partial(searched, kept=1)
    def draw(rng):
        calls.append(1)
        return rng.random(1000)

    for seed in (1, 1, 2, 2, 1):
        draw(np.random.default_rng(seed))
    assert len(calls) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, True),
        (1.0, np.float64(1)),
        (0.0, -0.0),
        ("1", 1),
        ("ab", ["a", "b"]),
        ([1, [2]], [1, 2]),
        ((1,), [1]),
        ({"a": 1}, {"b": 1}),
        (np.zeros(2), np.zeros((2, 1))),
        (np.zeros(2), np.zeros(2, np.float32)),
        (np.arange(4).reshape(2, 2), np.arange(4).reshape(2, 2).T),
        (np.array([0.0]), np.array([-0.0])),
        (rng_argument(1), rng_argument(2)),
        (rng_argument(1), name_argument("seed")),
        (None, "None"),
    ],
)
def test_arguments_that_differ_have_different_keys(one, other):
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    "make",
    [
        lambda: [np.arange(3.0), {"y": np.array([1, 2])}, "softmax", None],
        lambda: np.arange(6).reshape(2, 3).T,
        lambda: rng_argument(5),
        lambda: float("nan"),
        lambda: np.float32(0.1),
    ],
)
def test_equal_arguments_have_one_key(make):
    assert key_of(make()) == key_of(make())
    assert hash(key_of(make())) == hash(key_of(make()))


def test_the_memory_is_bounded(above):
    for seed in range(KEPT + 1):
        above(np.random.default_rng(seed))
    above(np.random.default_rng(KEPT))
    assert above.calls == KEPT + 1
    above(np.random.default_rng(0))
    assert above.calls == KEPT + 2
