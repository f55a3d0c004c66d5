"""Affine layer, forward and backward: misconceptions."""

import numpy as np

from autograder.exercise import misconception


def _flat(x):
    return x.reshape(x.shape[0], -1)


@misconception(
    "the bias is not added",
    "Set w to zero in your mind. What should the output be?",
    of="affine_forward",
)
def affine_without_bias(x, w, b):
    return _flat(x) @ w, (x, w)


@misconception(
    "the examples are not flattened to rows before the product",
    "Print the shape of an image batch. What must the second axis be for the product "
    "with w?",
    of="affine_forward",
)
def affine_not_flattened(x, w, b):
    return x @ w + b, (x, w)


@misconception(
    "the pixels are flattened in an order that mixes the examples",
    "Flatten a small batch and print the first row. Does it hold the first image and "
    "nothing else?",
    of="affine_forward",
)
def affine_examples_mixed(x, w, b):
    return x.reshape(-1, x.shape[0]).T @ w + b, (x, w)


@misconception(
    "the bias is added once for each example, not for each output",
    "How long is b, and along which axis of the output must it lie?",
    of="affine_forward",
)
def affine_bias_down(x, w, b):
    return _flat(x) @ w + b[:, None], (x, w)


@misconception(
    "the shape of the caller's array is changed",
    "Assigning to the shape changes the array itself. Which method gives a new view?",
    of="affine_forward",
)
def affine_shape_changed(x, w, b):
    cache = (x.copy(), w)
    x.shape = (x.shape[0], w.shape[0])
    return x @ w + b, cache


@misconception(
    "the gradient of the bias is the mean over the examples, not the sum",
    "The bias stands in every row of the output. What happens to gradients where a "
    "value is used several times?",
    of="affine_backward",
)
def affine_db_mean(dout, cache):
    x, w = cache
    dx = (dout @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ dout, dout.mean(axis=0)


@misconception(
    "the gradient of the bias is not summed over the examples",
    "A gradient has the shape of its variable. Which axis is too many?",
    of="affine_backward",
)
def affine_db_not_summed(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), _flat(x).T @ dout, dout


@misconception(
    "the gradient of the bias is summed over the outputs, not over the examples",
    "Each output has a bias of its own. Which axis numbers the outputs?",
    of="affine_backward",
)
def affine_db_wrong_axis(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), _flat(x).T @ dout, dout.sum(axis=1)


@misconception(
    "the gradient of the bias is summed to one number",
    "A gradient has the shape of its variable. How many biases are there?",
    of="affine_backward",
)
def affine_db_one_number(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), _flat(x).T @ dout, np.sum(dout)


@misconception(
    "the gradient of the bias keeps the summed axis",
    "Compare the shapes of b and of its gradient. One argument of sum may be too many.",
    of="affine_backward",
)
def affine_db_kept_axis(dout, cache):
    x, w = cache
    db = dout.sum(axis=0, keepdims=True)
    return (dout @ w.T).reshape(x.shape), _flat(x).T @ dout, db


@misconception(
    "the gradient of the bias is all ones",
    "The local slope is one factor of the chain rule. Where is the other one?",
    of="affine_backward",
)
def affine_db_ones(dout, cache):
    x, w = cache
    dx = (dout @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ dout, np.ones(w.shape[1])


@misconception(
    "the gradient of the input is left as rows of numbers",
    "A gradient has the shape of its variable. Compare it with that of an image batch.",
    of="affine_backward",
)
def affine_dx_flat(dout, cache):
    x, w = cache
    return dout @ w.T, _flat(x).T @ dout, dout.sum(axis=0)


@misconception(
    "w is not transposed in the gradient of the input",
    "Try sizes that all differ. In which order do the shapes give that of x?",
    of="affine_backward",
)
def affine_dx_untransposed(dout, cache):
    x, w = cache
    return (dout @ w).reshape(x.shape), _flat(x).T @ dout, dout.sum(axis=0)


@misconception(
    "the gradient of w is transposed",
    "A gradient has the shape of its variable. In which order do the shapes give "
    "that of w?",
    of="affine_backward",
)
def affine_dw_transposed(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), dout.T @ _flat(x), dout.sum(axis=0)


@misconception(
    "the input is not transposed in the gradient of w",
    "Which axis has to disappear in the product: examples, features or outputs?",
    of="affine_backward",
)
def affine_dw_untransposed(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), _flat(x) @ dout, dout.sum(axis=0)


@misconception(
    "the gradient of w is averaged over the examples",
    "A mean belongs to a loss that is a mean, and the upstream gradient holds it "
    "already. What does the layer itself do with the examples?",
    of="affine_backward",
)
def affine_dw_mean(dout, cache):
    x, w = cache
    dx = (dout @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ dout / x.shape[0], dout.sum(axis=0)


@misconception(
    "the upstream gradient is ignored in the gradient of w",
    "The local slope is one factor of the chain rule. Where is the other one?",
    of="affine_backward",
)
def affine_dw_upstream_ignored(dout, cache):
    x, w = cache
    dx = (dout @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ np.ones_like(dout), dout.sum(axis=0)


@misconception(
    "the upstream gradient is ignored in the gradient of the input",
    "By what must each slope of the layer be multiplied before it is passed on?",
    of="affine_backward",
)
def affine_dx_upstream_ignored(dout, cache):
    x, w = cache
    dx = (np.ones_like(dout) @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ dout, dout.sum(axis=0)


@misconception(
    "the gradients are returned in another order",
    "Read the order of the three results in the text again.",
    of="affine_backward",
)
def affine_order(dout, cache):
    x, w = cache
    return _flat(x).T @ dout, (dout @ w.T).reshape(x.shape), dout.sum(axis=0)


@misconception(
    "the upstream gradient of the caller is overwritten",
    "An operator such as += works on the caller's array. Which line of yours writes "
    "into it?",
    of="affine_backward",
)
def affine_upstream_changed(dout, cache):
    x, w = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = _flat(x).T @ dout
    for n in range(1, dout.shape[0]):
        dout[0] += dout[n]
    return dx, dw, dout[0]


@misconception(
    "the arrays are kept in global names, not in the cache",
    "Run the layer forward twice, then backward for the first input. What do the "
    "global names hold by then?",
)
class affine_global_cache:
    def affine_forward(x, w, b):
        global last_input, last_weights
        last_input, last_weights = x, w
        return _flat(x) @ w + b, None

    def affine_backward(dout, cache):
        dx = (dout @ last_weights.T).reshape(last_input.shape)
        return dx, _flat(last_input).T @ dout, dout.sum(axis=0)
