"""The path of gradient descent in a valley: too small, good, too large."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")


from cs231n_lib.descent_picture import CURVATURES, START, descent_path, step_size


@pytest.mark.parametrize("rate", [0.01, 0.15, 0.21])
def test_the_path_is_that_of_descent_step_by_step(rate) -> None:
    u = START
    for place in descent_path(rate, 10):
        np.testing.assert_allclose(place, u)
        u = u - rate * CURVATURES * u


def test_the_limit_is_two_over_the_largest_curvature() -> None:
    below, at, above = (abs(descent_path(r, 50)[-1][1]) for r in (0.19, 0.2, 0.21))
    assert below < 0.01 < at < above
    assert at == pytest.approx(START[1])


def test_the_picture_shows_the_path_on_axes_that_stay() -> None:
    figures = [step_size(rate) for rate in (0.01, 0.21)]
    for figure, rate in zip(figures, (0.01, 0.21), strict=True):
        assert f"{rate:g}" in figure.get_suptitle()
        path = figure.axes[0].lines[0].get_xydata()
        np.testing.assert_allclose(path, descent_path(rate))
    assert len({f.axes[0].get_xlim() + f.axes[1].get_ylim() for f in figures}) == 1
