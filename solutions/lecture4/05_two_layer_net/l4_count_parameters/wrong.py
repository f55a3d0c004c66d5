"""Number of parameters: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the biases are not counted",
    "Each unit above the input adds one more number to its weighted sum. Which?",
)
def without_biases(layer_sizes):
    return sum(a * b for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1))


@misconception(
    "the units of the input get biases too",
    "The input layer computes nothing. Which layers have biases?",
)
def biases_at_the_input(layer_sizes):
    weights = sum(
        a * b for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1)
    )
    return weights + sum(layer_sizes)


@misconception(
    "one bias is counted a layer",
    "How long is the bias vector of a layer?",
)
def one_bias_a_layer(layer_sizes):
    weights = sum(
        a * b for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1)
    )
    return weights + len(layer_sizes) - 1


@misconception(
    "a bias is counted for each unit below instead of above",
    "A bias belongs to the unit that adds it. Is that the lower or the upper one?",
)
def biases_of_the_layer_below(layer_sizes):
    return sum(
        a * (b + 1) for a, b in np.stack([layer_sizes[:-1], layer_sizes[1:]], axis=1)
    )


@misconception(
    "only two layers are counted",
    "The list may have any length. Try it with two hidden layers.",
)
def two_layers_only(layer_sizes):
    D, H, C = (*layer_sizes, 0)[:3]
    return (D + 1) * H + ((H + 1) * C if C else 0)


@misconception(
    "the sizes are added up, so units are counted and not connections",
    "Draw the lines between two layers. How many are there?",
)
def units_counted(layer_sizes):
    return sum(layer_sizes[1:])


@misconception(
    "a one is added on both sides of a matrix",
    "The bias adds one row of weights. Does it add a unit above as well?",
)
def one_on_both_sides(layer_sizes):
    count = 0
    for i in range(1, len(layer_sizes)):
        count += (layer_sizes[i - 1] + 1) * (layer_sizes[i] + 1)
    return count


@misconception(
    "a matrix from the last layer to the first is counted",
    "How many matrices lie between three layers of units? Print the pairs of sizes "
    "that you multiply.",
)
def last_to_first_counted(layer_sizes):
    count = 0
    for i in range(len(layer_sizes)):
        count += (layer_sizes[i - 1] + 1) * layer_sizes[i]
    return count
