import numpy as np
import pytest

from autograder.judging.alike import distance, leaves_of

FAR = float("inf")


@pytest.mark.parametrize(
    ("got", "want", "apart"),
    [
        (1.0, np.float32(1), 0),
        (10**400, 1.0, FAR),
        (1.0, True, FAR),
        (True, np.True_, 0),
        (True, False, FAR),
        ((1.0, "a"), [1.0, "a"], 0),
        ((1.0, "a"), [1.0, "b"], FAR),
        ((1.0,), (1.0, 2.0), FAR),
        ({"a": 1.0}, {"b": 1.0}, FAR),
        ({"a": 1.0}, {"a": 1.5}, 1 / 3),
        (np.ones(2), np.ones((2, 1)), FAR),
        (np.array(["a"]), np.array(["a"]), FAR),
        ([1.0, 2.0], np.array([1.0, 2.0]), 0),
        (np.array([1, 2]), (1.0, 2.0), 0),
        ([1.0, 10**400], np.array([1.0, 2.0]), FAR),
        ([], np.array([]), FAR),
        ([], (), 0),
        (np.array([]), np.array([]), 0),
        (np.array([np.nan, np.inf, 1]), np.array([np.nan, np.inf, 1]), 0),
        (np.array([np.nan, 1]), np.array([1, np.nan]), FAR),
        (np.array([np.inf, 1]), np.array([-np.inf, 1]), FAR),
        (np.array([1.0, 1.0]), np.array([np.inf, 1.0]), FAR),
        # The largest entry sets what is close; of zeros the difference itself.
        (np.array([0.5, 4.0]), np.array([0.0, 4.0]), 0.125),
        (np.array([0.5, np.inf]), np.array([0.0, np.inf]), 0.5),
        (0.25, 0.0, 0.25),
        (None, None, 0),
        (None, 0.0, FAR),
    ],
)
def test_distances(got, want, apart):
    assert distance(got, want) == pytest.approx(apart, rel=1e-12)


def test_leaves_are_found_by_their_paths():
    answer = [(1.0, {"b": np.ones(2), "a": ()}), "word"]
    found = leaves_of(answer)
    assert list(found) == [(0, 0), (0, 1, "b"), (0, 1, "a"), (1,)]
    assert found[0, 1, "a"] == ()
    assert found[1,] == "word"
    assert leaves_of(5) == {(): 5}
