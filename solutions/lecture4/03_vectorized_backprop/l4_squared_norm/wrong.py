"""The squared norm of Wx: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the norm itself is returned, not its square",
    "The lecture says L2 norm and computes something else. Is there a root in the "
    "formula?",
    of="squared_norm_forward",
)
def norm_not_squared(W, x):
    q = W @ x
    return np.sqrt(np.sum(q * q)), (W, x)


@misconception(
    "the absolute values are added up, not the squares",
    "Which norm is named in the formula, and what is done with each entry of q?",
    of="squared_norm_forward",
)
def norm_of_absolutes(W, x):
    return np.sum(np.abs(W @ x)), (W, x)


@misconception(
    "the mean of the squares is taken, not the sum",
    "How often is each entry of q counted in the formula?",
    of="squared_norm_forward",
)
def norm_mean(W, x):
    return np.mean((W @ x) ** 2), (W, x)


@misconception(
    "the squares are returned one by one, not their sum",
    "A loss is one number. What is the shape of what you return?",
    of="squared_norm_forward",
)
def norm_squares_returned(W, x):
    return (W @ x) ** 2, (W, x)


@misconception(
    "W is transposed in the product",
    "Write out the first entry of q. Does it use a row of W or a column?",
    of="squared_norm_forward",
)
def norm_of_transposed(W, x):
    q = W.T @ x
    return np.sum(q * q), (W, x)


@misconception(
    "the factor two of the square is missing in both gradients",
    "What is the slope of q squared against q?",
    of="squared_norm_backward",
)
def norm_factor_missing(dout, cache):
    W, x = cache
    q = W @ x
    return dout * np.outer(q, x), dout * W.T @ q


@misconception(
    "the factor two is missing in dx alone",
    "Both gradients come from the same gradient of q. Is it the same in both lines?",
    of="squared_norm_backward",
)
def norm_factor_missing_in_dx(dout, cache):
    W, x = cache
    q = W @ x
    return 2 * dout * np.outer(q, x), dout * W.T @ q


@misconception(
    "the upstream gradient is ignored in both gradients",
    "What if f is only one step of a longer graph? Call your function with an upstream "
    "gradient other than one.",
    of="squared_norm_backward",
)
def norm_upstream_ignored(dout, cache):
    W, x = cache
    dq = 2 * (W @ x)
    return np.outer(dq, x), W.T @ dq


@misconception(
    "the upstream gradient reaches W but not x",
    "Follow the path from f back to x. Does it pass the same gradient of q?",
    of="squared_norm_backward",
)
def norm_upstream_only_W(dout, cache):  # noqa: N802 - W is the field's name
    W, x = cache
    q = W @ x
    return 2 * dout * np.outer(q, x), 2 * W.T @ q


@misconception(
    "the upstream gradient is multiplied in twice",
    "Each factor of the chain rule stands once on the path. Where is yours applied?",
    of="squared_norm_backward",
)
def norm_upstream_twice(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return dout * np.outer(dq, x), dout * W.T @ dq


@misconception(
    "dW is transposed",
    "A gradient has the shape of its variable. Try a W that is not square.",
    of="squared_norm_backward",
)
def norm_dW_transposed(dout, cache):  # noqa: N802
    W, x = cache
    dq = 2 * dout * (W @ x)
    return np.outer(x, dq), W.T @ dq


@misconception(
    "dx uses W where its transpose belongs",
    "Entry j of x meets a column of W. Which sum runs over the outputs?",
    of="squared_norm_backward",
)
def norm_dx_without_transpose(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return np.outer(dq, x), W @ dq


@misconception(
    "the indicator is left out: each entry of W is taken to act on every output",
    "The entry in row i of W enters one output only. For which k is the indicator one?",
    of="squared_norm_backward",
)
def norm_without_indicator(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return np.ones_like(W) * np.sum(dq) * x, W.T @ dq


@misconception(
    "dW leaves out x",
    "By what is an entry of W multiplied in the forward pass?",
    of="squared_norm_backward",
)
def norm_dW_without_x(dout, cache):  # noqa: N802
    W, x = cache
    dq = 2 * dout * (W @ x)
    return dq[:, None] * np.ones_like(W), W.T @ dq


@misconception(
    "dx leaves out W, as if f were the squared norm of x",
    "Between x and f stands a product with W. Which factor does it add?",
    of="squared_norm_backward",
)
def norm_dx_without_W(dout, cache):  # noqa: N802
    W, x = cache
    return np.outer(2 * dout * (W @ x), x), 2 * dout * x


@misconception(
    "the gradient of q is taken for q, without the chain rule of the square",
    "The slope of a square depends on where you are. What is it at q?",
    of="squared_norm_backward",
)
def norm_slope_two(dout, cache):
    W, x = cache
    dq = 2 * dout * np.ones(W.shape[0])
    return np.outer(dq, x), W.T @ dq


@misconception(
    "dx is a matrix of one row, not a vector",
    "A gradient has the shape of its variable. Compare the two shapes.",
    of="squared_norm_backward",
)
def norm_dx_as_row(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return np.outer(dq, x), dq[None, :] @ W


@misconception(
    "the gradients are returned in the other order",
    "Read the order of the two results in the text again.",
    of="squared_norm_backward",
)
def norm_order(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return W.T @ dq, np.outer(dq, x)
