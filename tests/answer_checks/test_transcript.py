"""Equal answers leave equal keys, however they are written; others do not."""

from __future__ import annotations

import numpy as np
import pytest

from answer_checks.transcript import COARSE, Transcript, reduced

M = np.array([[1.5, -2.0], [0.25, 1e6]])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (0.1 + 0.2, 0.3),
        (2, np.float64(2.0)),
        (np.array(2.0), 2),
        (1e-17, 0.0),
        (-0.0, 0),
        ((1.0, M), [1, M.copy()]),
        (M, np.asfortranarray(M)),
        (np.array([1, 2]), [1.0, 2.0]),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan])),
        (M * (1 + 1e-12), M),
        ({"b": 1.0, "a": M}, {"a": M, "b": 1}),
        (True, np.True_),
        (object(), object()),
        (10**400, 10**400),
        ([10**400, 1], [10**400, 1]),
    ],
)
def test_what_counts_as_equal(one, other) -> None:
    assert reduced(one) == reduced(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1.0, 1.0002),
        (1.0, -1.0),
        (np.inf, -np.inf),
        (np.inf, np.nan),
        (1.0, True),
        (1.0, "1.0"),
        (M, M.T),
        (M, M.ravel()),
        (np.array([1.0, np.nan]), np.array([1.0, np.inf])),
        ({"a": 1.0}, {"b": 1.0}),
        (None, 0.0),
        ((1.0,), 1.0),
    ],
)
def test_what_does_not(one, other) -> None:
    assert reduced(one) != reduced(other)


def key(*seen, salt="l0_x"):
    transcript = Transcript()
    for passed, value in seen:
        transcript.add(passed, value)
    return transcript.key(salt)


def test_the_key_is_that_of_all_events_in_their_order() -> None:
    keys = [
        key((True, 1.0), (False, 2.0)),
        key((True, 1.0), (True, 2.0)),
        key((False, 2.0), (True, 1.0)),
        key((True, 1.0)),
        key((True, 1.0), (False, 2.0), salt="l0_y"),
    ]
    assert len(set(keys)) == len(keys)
    assert keys[0] == key((True, 1), (False, np.array(2.0)))


def test_what_is_changed_later_was_seen_as_it_was() -> None:
    value = np.ones(3)
    transcript = Transcript()
    transcript.add(True, value)
    before = transcript.key("l0_x")
    value[:] = 7
    assert transcript.key("l0_x") == before


def test_a_transcript_tells_something_once_a_wrong_value_was_seen() -> None:
    transcript = Transcript()
    transcript.add(True, 1.0)
    transcript.add(False, "ValueError", telling=False)
    assert not transcript.telling
    transcript.add(False, 1.0)
    assert transcript.telling


def test_single_precision_is_compared_coarsely():
    exact, single = np.linspace(0.3, 7, 60), np.linspace(0.3, 7, 60, dtype=np.float32)
    fine = {reduced(exact), reduced(single.astype(float) * (1 + 2e-6))}
    coarse = {
        reduced(exact, COARSE),
        reduced(single.astype(float) * (1 + 2e-6), COARSE),
    }
    assert len(fine) == 2
    assert len(coarse) == 1
    assert reduced(exact, COARSE) != reduced(1.1 * exact, COARSE)
