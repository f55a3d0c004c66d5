"""Number of parameters: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("weights and biases layer by layer", usual=True)
def layer_by_layer(layer_sizes):
    return sum(
        (a + 1) * b for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1)
    )


@variant("with NumPy")
def with_numpy(layer_sizes):
    sizes = np.array(layer_sizes, dtype=np.int64)
    return np.sum(sizes[:-1] * sizes[1:]) + sizes[1:].sum()


@variant("an index that runs along")
def running_index(layer_sizes):
    count = 0
    for i in range(len(layer_sizes) - 1):
        count += layer_sizes[i] * layer_sizes[i + 1]
        count += layer_sizes[i + 1]
    return count


@variant("by making the arrays")
def by_making_arrays(layer_sizes):
    total = 0
    for i in range(1, len(layer_sizes)):
        below, above = layer_sizes[i - 1], layer_sizes[i]
        total += np.empty((below, above), dtype=bool).size + np.empty(above).size
    return total
