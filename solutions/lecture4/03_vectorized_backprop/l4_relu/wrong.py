"""ReLU layer, forward and backward: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the upstream gradient is ignored",
    "The local slope is one factor of the chain rule. Where is the other one?",
    of="relu_backward",
)
def relu_upstream_ignored(dout, cache):
    return (cache > 0).astype(float)


@misconception(
    "the upstream gradient passes everywhere, whatever the input was",
    "What does the output do when an input below zero is moved a little?",
    of="relu_backward",
)
def relu_all_pass(dout, cache):
    return dout.copy()


@misconception(
    "the sign of the upstream gradient decides what passes, not that of the input",
    "Which array tells on which side of the kink each entry was in the forward pass?",
    of="relu_backward",
)
def relu_mask_of_upstream(dout, cache):
    return np.maximum(0, dout)


@misconception(
    "the upstream gradient is multiplied by the output, not by the slope",
    "The local gradient of the positive branch is a constant. Which one?",
    of="relu_backward",
)
def relu_times_output(dout, cache):
    return dout * np.maximum(0, cache)


@misconception(
    "the gradient passes where the input was below zero",
    "Compare your mask with the output of the forward pass, entry by entry.",
    of="relu_backward",
)
def relu_mask_turned(dout, cache):
    return dout * (cache < 0)


@misconception(
    "inputs below zero keep a small slope, as in a leaky ReLU",
    "The plain ReLU is flat below zero. What is its slope there?",
    of="relu_backward",
)
def relu_leaky_slope(dout, cache):
    return dout * np.where(cache > 0, 1.0, 0.01)


@misconception(
    "the upstream gradient of the caller is overwritten",
    "Assigning to a masked array writes into it. Whose array is it?",
    of="relu_backward",
)
def relu_upstream_changed(dout, cache):
    dx = dout
    dx[cache <= 0] = 0
    return dx


@misconception(
    "the sign of the input is taken for the slope",
    "At an input below zero the output does not move at all. Which slope is that?",
    of="relu_backward",
)
def relu_sign_as_slope(dout, cache):
    return dout * np.sign(cache)


@misconception(
    "nothing is returned, though a result may be printed",
    "A function hands its result on with one keyword. Which one is missing?",
    of="relu_backward",
)
def relu_printed(dout, cache):
    print(dout * (cache > 0))


@misconception(
    "the gradients are added up to one number",
    "A gradient has the shape of its variable. Which shape has x?",
    of="relu_backward",
)
def relu_summed(dout, cache):
    return np.sum(dout * (cache > 0))


@misconception(
    "the absolute value is computed",
    "What should become of an input below zero?",
    of="relu_forward",
)
def relu_absolute(x):
    return np.abs(x), x


@misconception(
    "the minimum with zero is taken, not the maximum",
    "Which of the two keeps the inputs above zero?",
    of="relu_forward",
)
def relu_minimum(x):
    return np.minimum(0, x), x


@misconception(
    "the mask is returned as the output",
    "Where an input is above zero, the output is that input. What is yours?",
    of="relu_forward",
)
def relu_mask_returned(x):
    return (x > 0).astype(float), x


@misconception(
    "the forward pass overwrites its input",
    "Assigning to a masked array writes into it. Make the output a new array.",
    of="relu_forward",
)
def relu_input_changed(x):
    x[x < 0] = 0
    return x, x


@misconception(
    "the cache is returned first and the output second",
    "Read the order of the two results in the text again.",
)
class relu_results_exchanged:
    def relu_forward(x):
        return x, np.maximum(0, x)

    def relu_backward(dout, cache):
        return dout * (cache > 0)


@misconception(
    "the input is kept in a global name, not in the cache",
    "Run the layer forward twice, then backward for the first input. What does the "
    "global name hold by then?",
)
class relu_global_cache:
    def relu_forward(x):
        global last_x
        last_x = x
        return np.maximum(0, x), None

    def relu_backward(dout, cache):
        return dout * (last_x > 0)


@misconception(
    "only the gradients that pass are kept, so that the shape is lost",
    "dx needs an entry for each entry of x. What stands where nothing passes?",
    of="relu_backward",
)
def relu_selected(dout, cache):
    return dout[cache > 0]
