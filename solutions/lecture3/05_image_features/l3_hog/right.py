"""Histogram of oriented gradients: right in other ways."""

import numpy as np

from autograder.exercise import variant

from .slopes import slopes_of


@variant("np.histogram with weights, cell by cell", usual=True)
def by_np_histogram(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    found = []
    for top in range(0, gray.shape[0] - cell + 1, cell):
        for left in range(0, gray.shape[1] - cell + 1, cell):
            part = (slice(top, top + cell), slice(left, left + cell))
            counts, _ = np.histogram(
                orientation[part], bins, (0, 180), weights=magnitude[part]
            )
            found.extend(counts)
    return np.array(found)


@variant("np.add.at on a three-dimensional histogram")
def by_add_at(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    index = np.minimum((orientation // (180 / bins)).astype(int), bins - 1)
    H, W = gray.shape[0] // cell * cell, gray.shape[1] // cell * cell
    i, j = np.mgrid[:H, :W]
    histogram = np.zeros((H // cell, W // cell, bins))
    np.add.at(histogram, (i // cell, j // cell, index[:H, :W]), magnitude[:H, :W])
    return histogram.ravel()


@variant("one mask for each bin, reshaped into cells")
def by_reshaping(gray, cell=8, bins=9):
    magnitude, orientation = slopes_of(gray)
    rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
    width = 180 / bins
    layers = []
    for b in range(bins):
        upper = np.inf if b == bins - 1 else (b + 1) * width
        inside = (orientation >= b * width) & (orientation < upper)
        layer = np.where(inside, magnitude, 0)[: rows * cell, : columns * cell]
        layers.append(layer.reshape(rows, cell, columns, cell).sum(axis=(1, 3)))
    return np.stack(layers, axis=-1).flatten()


@variant("a bincount over cell and bin at once")
def by_bincount(gray, cell=8, bins=9):
    dy, dx = np.gradient(gray)
    rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
    turns = np.arctan2(dy, dx) / np.pi % 1.0
    b = (turns * bins).astype(int) % bins
    cells = np.arange(rows * cell)[:, None] // cell * columns
    cells = cells + np.arange(columns * cell) // cell
    index = cells * bins + b[: rows * cell, : columns * cell]
    weights = np.hypot(dx, dy)[: rows * cell, : columns * cell]
    return np.bincount(index.ravel(), weights.ravel(), rows * columns * bins)
