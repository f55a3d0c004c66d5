"""Numbers that no two gates mix up."""

import numpy as np

APART = 0.2  # ordinary inputs of a max stay at least this far from a tie


def draw_numbers(rng: np.random.Generator, count: int) -> list[float]:
    """Draw numbers of both signs, none near 0, 1 or each other's size."""
    while True:
        drawn = rng.uniform(1.3, 5, size=count) * rng.choice([-1, 1], size=count)
        sizes = np.sort(np.abs(drawn))
        if count == 1 or np.diff(sizes).min() > APART:
            return [float(v) for v in drawn]
