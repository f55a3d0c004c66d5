"""The pictures of the hinge: what they draw and what they say."""

import matplotlib as mpl
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from cs231n_lib.hinge_picture import hinge, hinge_terms


def test_the_hinge_has_its_kink_at_minus_delta() -> None:
    ax = hinge(delta=2.0)
    x, y = ax.lines[0].get_data()
    assert dict(zip(x, y, strict=True))[-2.0] == 0
    assert y[-1] == x[-1] + 2.0
    assert ax.get_xlabel()
    assert ax.get_ylabel()


def test_the_hinge_is_drawn_where_it_is_told() -> None:
    _, ax = plt.subplots()
    assert hinge(ax) is ax


NAMES = ["cat", "car", "frog"]


@pytest.mark.parametrize(
    ("scores", "y", "delta", "said"),
    [
        ([3.2, 5.1, -1.7], 0, 1.0, "cat image: 2.9 + 0.0 = 2.9"),
        ([1.3, 4.9, 2.0], 1, 1.0, "car image: 0.0 + 0.0 = 0.0"),
        ([1.3, 4.9, 2.0], 1, 4.0, "car image: 0.4 + 1.1 = 1.5"),
    ],
)
def test_the_terms_are_those_of_the_lecture(scores, y, delta, said) -> None:
    ax = hinge_terms(scores, y, NAMES, delta)
    assert ax.get_title() == f"Loss of the {said}"
    points = [line.get_ydata()[0] for line in ax.lines if len(line.get_xdata()) == 1]
    terms = said.split(": ")[1].split(" =")[0].split(" + ")
    assert points == pytest.approx([float(term) for term in terms])


def test_moving_the_true_score_or_the_margin_leaves_the_axes_alone() -> None:
    limits = {
        (ax.get_xlim(), ax.get_ylim())
        for ax in (
            hinge_terms([true, 5.1, -1.7], 0, NAMES, delta)
            for true in (-2.0, 3.2, 7.0)
            for delta in (0.5, 3.0)
        )
    }
    assert len(limits) == 1
