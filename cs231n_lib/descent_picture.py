"""The picture of the step size: where gradient descent goes in a valley."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from cs231n_lib.plots import COLORS, LINES

CURVATURES = np.array([1.0, 10.0])  # along the valley, across it
START = np.array([-4.0, 1.0])


def descent_path(learning_rate: float, num_steps: int = 25) -> np.ndarray:
    r"""Follow gradient descent from a fixed start in a valley.

    .. math:: L(u) = \tfrac{1}{2} (u_1^2 + 10\, u_2^2)

    Parameters
    ----------
    learning_rate : float
    num_steps : int

    Returns
    -------
    (num_steps + 1, 2) float64
        The start, and the place after each step.

    Examples
    --------
    >>> descent_path(0.1, 2)
    array([[-4.  ,  1.  ],
           [-3.6 ,  0.  ],
           [-3.24,  0.  ]])
    """
    shrink = (1 - learning_rate * CURVATURES) ** np.arange(num_steps + 1)[:, None]
    path: np.ndarray = START * shrink + 0.0
    return path


def step_size(learning_rate: float, num_steps: int = 25) -> Figure:
    """Draw that path on the map of the valley, and the loss after each step.

    Parameters
    ----------
    learning_rate : float
    num_steps : int

    Returns
    -------
    Figure
        The axes are the same for each learning rate.
    """
    path = descent_path(learning_rate, num_steps)
    losses = 0.5 * path**2 @ CURVATURES
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.4, 3.4), width_ratios=[1.5, 1])
    a, b = np.meshgrid(np.linspace(-5, 2.5, 90), np.linspace(-2.2, 2.2, 60))
    heights = 0.5 * (CURVATURES[0] * a**2 + CURVATURES[1] * b**2)
    levels = [0.05, 0.5, 2, 5, 9, 14, 20]
    left.contour(a, b, heights, levels, colors="0.55", linewidths=0.9)
    left.plot(*path.T, "o-", color=COLORS["blue"], markersize=4)
    left.plot(*path[0], "s", color=COLORS["black"], markersize=7, linestyle="none")
    left.plot(0, 0, "*", color=COLORS["red"], markersize=14, linestyle="none")
    left.set(xlim=(-5, 2.5), ylim=(-2.2, 2.2))
    left.set(xlabel="$u_1$, along the valley", ylabel="$u_2$, across")
    left.grid(visible=False)
    right.semilogy(losses, **LINES[0])
    right.set(xlim=(0, num_steps), ylim=(1e-3, 1e4))
    right.set_yticks([1e-3, 1e0, 1e3], ["0.001", "1", "1000"])
    right.minorticks_off()
    right.set(xlabel="step", ylabel="loss")
    right.set_title(f"loss at the end: {losses[-1]:.2g}")
    fig.suptitle(
        f"Where do {num_steps} steps of learning rate {learning_rate:g} lead?",
        x=0.01,
        ha="left",
        fontsize=12,
    )
    return fig
