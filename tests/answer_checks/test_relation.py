"""A part that is right in a related call is explained by what was changed there."""

from __future__ import annotations

import numpy as np
import pytest

from answer_checks.compare import difference
from answer_checks.relation import Variation, related

AT_ZERO = Variation({"reg": 0.0}, (0.5, {"W": np.ones(2)}), "is right at 0", "look")


@pytest.mark.parametrize(
    ("got", "says"),
    [
        ((0.5, {"W": np.ones(2)}), "grads['W']: is right at 0"),
        ((0.7, {"W": np.ones(2)}), "grads['W']: is right at 0"),
        ((0.5, {"W": np.zeros(2)}), "grads['W']: is 2 times"),
        ((0.5, {}), "grads['W']: is 2 times"),
        ((0.5, None), "grads['W']: is 2 times"),
        (0.5, "grads['W']: is 2 times"),
    ],
)
def test_only_a_part_that_is_right_there_is_explained(got, says) -> None:
    right = (1.0, {"W": np.array([1.5, 2.0])})
    wrong = (1.0, {"W": np.array([3.0, 4.0])})
    found = difference(wrong, right, parts=("loss", "grads"), reveal=True)
    explained = related(found, AT_ZERO, got)
    assert explained.reason.startswith(says)
    assert explained.reason.endswith(" (got 3, expected 1.5)")
    assert bool(explained.step) == ("right" in says)


def test_what_is_no_wrong_value_is_left_alone() -> None:
    found = difference((1.0, None), (1.0, {"W": np.ones(2)}))
    assert related(found, AT_ZERO, AT_ZERO.want) is found
