import numpy as np
import pytest

from autograder.exercise.memo import KEPT, searched


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


def test_the_memory_is_bounded(above):
    for seed in range(KEPT + 1):
        above(np.random.default_rng(seed))
    above(np.random.default_rng(KEPT))
    assert above.calls == KEPT + 1
    above(np.random.default_rng(0))
    assert above.calls == KEPT + 2
