"""How well an exercise separates, against the textbook's formula."""

import numpy as np
import pytest

from autograder.report.discrimination import FEWEST, chance, discrimination


def by_the_formula(full, rest):
    """(M1 - M0) / s * sqrt(n1 n0 / n**2), with s over n."""
    full, rest = np.asarray(full), np.asarray(rest, dtype=float)
    share = full.mean()
    means = rest[full].mean() - rest[~full].mean()
    return means / rest.std() * np.sqrt(share * (1 - share))


@pytest.mark.parametrize("count", [FEWEST, 120, 1000])
def test_it_is_the_point_biserial_correlation(count, rng):
    rest = rng.normal(size=count)
    full = rest + rng.normal(size=count) > 0
    found = discrimination(list(full), list(rest))
    assert found.value == pytest.approx(by_the_formula(full, rest), abs=1e-4)
    assert 0.2 < found.value < 0.95
    assert found.students == count
    assert found.why == ""


def test_chance_keeps_within_its_bounds(rng):
    """Of exercises that tell nothing, one in twenty lies outside."""
    count = 120
    values = [
        discrimination(
            list(rng.random(count) < 0.5), list(rng.normal(size=count))
        ).value
        for _ in range(400)
    ]
    outside = np.mean(np.abs(values) > chance(count))
    assert 0.01 < outside < 0.1


@pytest.mark.parametrize(
    ("full", "rest", "why"),
    [
        ([True, False] * 4, range(8), "fewer than 10 students"),
        ([], [], "fewer than 10 students"),
        ([True] * 12, range(12), "everyone has all points"),
        ([False] * 12, range(12), "no one has all points"),
        ([True, False] * 6, [0.1 + 0.2, 0.3] * 6, "all have the same rest"),
    ],
)
def test_where_it_is_not_defined_it_says_why(full, rest, why):
    found = discrimination(full, list(rest))
    assert found.value is None
    assert found.why == why


def test_nobody_is_no_division_by_zero():
    assert chance(0) == 1.0
