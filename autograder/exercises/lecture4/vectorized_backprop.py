"""The records of notebook ``lecture4/03_vectorized_backprop``: layers with caches."""

# Classes here are groups of functions, named as the functions are and without self:
# ruff: noqa: N801, N805

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from answer_checks.advice import changes
from autograder.exercise.record import Exercise
from autograder.exercise.student import CheckFailed, Ref, Student

NOTEBOOK = "lecture4/03_vectorized_backprop"
KINK = 1e-3  # ordinary inputs of a ReLU stay at least this far from zero
SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow

# Layers are asked by reference: a cache may be any object, and it stays where it is.


def _hold(student: Student, value: Any) -> Ref:
    """Leave a copy of `value` on the other side, to be passed and looked at again."""
    return student.later({"do": "op", "name": "same"}, (value,))


def _untouched(student: Student, name: str, before: Sequence[Any], after: Any) -> None:
    for one, other in zip(before, after, strict=True):
        if not np.array_equal(one, other):
            student.transcript.append("inputs changed")
            raise CheckFailed(changes(name), "inputs")


def _forward(student: Student, name: str, *inputs: Any) -> Any:
    """Run a forward function and return its output; its inputs must stay."""
    held = [_hold(student, value) for value in inputs]
    result = student.keep(name, *held)
    out, *after = student.fetch(result[0], *held)
    student.transcript[-1] = [out]
    _untouched(student, name, inputs, after)
    return out


def _backward(student: Student, layer: str, inputs: Sequence[Any], dout: Any) -> Any:
    """Run forward and backward of a layer and return the gradients."""
    held = [_hold(student, value) for value in inputs]
    result = student.keep(f"{layer}_forward", *held)
    upstream = _hold(student, dout)
    kept = student.keep(f"{layer}_backward", upstream, result[1])
    gradients, *after = student.fetch(kept, *held, upstream)
    student.transcript[-1] = [gradients]
    _untouched(student, f"{layer}_backward", [*inputs, dout], after)
    return gradients


def _part(student: Student, got: Any, names: Sequence[str], name: str) -> Any:
    """Take one gradient out of several; the others are not this check's matter."""
    if not isinstance(got, tuple | list) or len(got) != len(names):
        raise CheckFailed(f"backward does not return ({', '.join(names)})", "type")
    student.transcript[-1] = [got[list(names).index(name)]]
    return got[list(names).index(name)]


def _two_passes(
    student: Student, layer: str, inputs: Sequence[Sequence[Any]], douts: Sequence[Any]
) -> tuple[Any, ...]:
    """Run two forward passes, then their backward passes, the first one twice."""
    caches = [student.keep(f"{layer}_forward", *given)[1] for given in inputs]
    return student.fetch(
        *(student.keep(f"{layer}_backward", douts[i], caches[i]) for i in (0, 1, 0))
    )


# ReLU ------------------------------------------------------------------------------

relu = Exercise(
    "l4_relu",
    NOTEBOOK,
    2,
    ("relu_forward", "relu_backward"),
    title="ReLU layer, forward and backward",
    size="loss",
)


@relu.reference
def relu_forward(x):
    """max(0, x), entry by entry; the input is the cache."""
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        out[place] = max(0.0, float(x[place]))
    return out, x


@relu.reference
def relu_backward(dout, cache):
    """Let the upstream gradient through where the input was above 0."""
    dx = np.zeros(dout.shape)
    for place in np.ndindex(dout.shape):
        if cache[place] > 0:
            dx[place] = dout[place]
    return dx


def _off_zero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw numbers of both signs that stay away from 0."""
    x = 2 * rng.standard_normal(shape)
    x = np.where(np.abs(x) < KINK, 1.0, x)
    if x.size > 1:
        flat = x.reshape(-1)
        flat[:2] = np.abs(flat[0]), -np.abs(flat[1])
        x = rng.permutation(flat).reshape(shape)
    return x


RELU_SHAPES = ((6,), (4, 5), (2, 3, 4))


@relu.check("forward, arrays of several shapes", 0.4)
def _relu_forward(student: Student, rng: np.random.Generator) -> None:
    for shape in RELU_SHAPES:
        x = _off_zero(rng, *shape)
        out = _forward(student, "relu_forward", x)
        student.expect(out, relu_forward(x)[0], "out")


@relu.check("backward, arrays of several shapes", 0.7)
def _relu_backward(student: Student, rng: np.random.Generator) -> None:
    for shape in RELU_SHAPES:
        x, dout = _off_zero(rng, *shape), rng.standard_normal(shape)
        dx = _backward(student, "relu", (x,), dout)
        student.expect(dx, relu_backward(dout, x), "dx")


@relu.check("all inputs above zero, all below, a single entry", 0.2)
def _relu_extremes(student: Student, rng: np.random.Generator) -> None:
    size = np.abs(_off_zero(rng, 3, 4))
    for x in (size, -size, 1e6 * size, np.array([-0.5]), np.array([[2.0]])):
        dout = rng.standard_normal(x.shape)
        dx = _backward(student, "relu", (x,), dout)
        student.expect(dx, relu_backward(dout, x), "dx")


@relu.check("inputs of exactly zero, every slope between the two sides", 0.2)
def _relu_at_zero(student: Student, rng: np.random.Generator) -> None:
    order = rng.permutation(7)
    x = np.array([-1.0, 0.0, 2.0, 0.0, -3.0, 0.0, 1.5])[order]
    dout = np.array([2.0, -1.5, -3.0, 2.5, -2.0, 3.5, 1.5])[order]
    got = student.array(_backward(student, "relu", (x,), dout), x.shape, "dx")
    want = relu_backward(dout, x)
    at_zero = x == 0
    want[at_zero] = (dout * np.clip(got / dout, 0, 1))[at_zero]
    student.expect(got, want, "dx")


@relu.check("two forward passes before their backward passes", 0.3)
def _relu_caches(student: Student, rng: np.random.Generator) -> None:
    xs = [_off_zero(rng, 3, 4) for _ in range(2)]
    douts = [rng.standard_normal((3, 4)) for _ in range(2)]
    got = _two_passes(student, "relu", [(x,) for x in xs], douts)
    for i, dx in zip((0, 1, 0), got, strict=True):
        student.expect(dx, relu_backward(douts[i], xs[i]), "dx")


@relu.check("float32 arrays", 0.2)
def _relu_single(student: Student, rng: np.random.Generator) -> None:
    x = _off_zero(rng, 4, 3).astype(np.float32)
    dout = rng.standard_normal((4, 3)).astype(np.float32)
    dx = _backward(student, "relu", (x,), dout)
    student.expect(dx, relu_backward(dout, x), "dx", **SINGLE)


@relu.misconception(
    "the upstream gradient is ignored",
    "The local slope is one factor of the chain rule. Where is the other one?",
    of="relu_backward",
)
def relu_upstream_ignored(dout, cache):
    return (cache > 0).astype(float)


@relu.misconception(
    "the upstream gradient passes everywhere, whatever the input was",
    "What does the output do when an input below zero is moved a little?",
    of="relu_backward",
)
def relu_all_pass(dout, cache):
    return dout.copy()


@relu.misconception(
    "the sign of the upstream gradient decides what passes, not that of the input",
    "Which array tells on which side of the kink each entry was in the forward pass?",
    of="relu_backward",
)
def relu_mask_of_upstream(dout, cache):
    return np.maximum(0, dout)


@relu.misconception(
    "the upstream gradient is multiplied by the output, not by the slope",
    "The local gradient of the positive branch is a constant. Which one?",
    of="relu_backward",
)
def relu_times_output(dout, cache):
    return dout * np.maximum(0, cache)


@relu.misconception(
    "the gradient passes where the input was below zero",
    "Compare your mask with the output of the forward pass, entry by entry.",
    of="relu_backward",
)
def relu_mask_turned(dout, cache):
    return dout * (cache < 0)


@relu.misconception(
    "inputs below zero keep a small slope, as in a leaky ReLU",
    "The plain ReLU is flat below zero. What is its slope there?",
    of="relu_backward",
)
def relu_leaky_slope(dout, cache):
    return dout * np.where(cache > 0, 1.0, 0.01)


@relu.misconception(
    "the upstream gradient of the caller is overwritten",
    "Assigning to a masked array writes into it. Whose array is it?",
    of="relu_backward",
)
def relu_upstream_changed(dout, cache):
    dx = dout
    dx[cache <= 0] = 0
    return dx


@relu.misconception(
    "the sign of the input is taken for the slope",
    "At an input below zero the output does not move at all. Which slope is that?",
    of="relu_backward",
)
def relu_sign_as_slope(dout, cache):
    return dout * np.sign(cache)


@relu.misconception(
    "nothing is returned, though a result may be printed",
    "A function hands its result on with one keyword. Which one is missing?",
    of="relu_backward",
)
def relu_printed(dout, cache):
    print(dout * (cache > 0))


@relu.misconception(
    "the gradients are added up to one number",
    "A gradient has the shape of its variable. Which shape has x?",
    of="relu_backward",
)
def relu_summed(dout, cache):
    return np.sum(dout * (cache > 0))


@relu.misconception(
    "the absolute value is computed",
    "What should become of an input below zero?",
    of="relu_forward",
)
def relu_absolute(x):
    return np.abs(x), x


@relu.misconception(
    "the minimum with zero is taken, not the maximum",
    "Which of the two keeps the inputs above zero?",
    of="relu_forward",
)
def relu_minimum(x):
    return np.minimum(0, x), x


@relu.misconception(
    "the mask is returned as the output",
    "Where an input is above zero, the output is that input. What is yours?",
    of="relu_forward",
)
def relu_mask_returned(x):
    return (x > 0).astype(float), x


@relu.misconception(
    "the forward pass overwrites its input",
    "Assigning to a masked array writes into it. Make the output a new array.",
    of="relu_forward",
)
def relu_input_changed(x):
    x[x < 0] = 0
    return x, x


@relu.misconception(
    "the cache is returned first and the output second",
    "Read the order of the two results in the text again.",
)
class relu_results_exchanged:
    def relu_forward(x):
        return x, np.maximum(0, x)

    def relu_backward(dout, cache):
        return dout * (cache > 0)


@relu.misconception(
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


# The first variant of a layer keeps the cache of the reference: the demo class
# completes a mistake in one direction with the other direction of this one.
@relu.variant("a copy of the input as cache")
class relu_copies:
    def relu_forward(x):
        out = x.copy()
        out[out < 0] = 0
        return out, x.copy()

    def relu_backward(dout, cache):
        dx = np.zeros_like(dout)
        dx[cache > 0] = dout[cache > 0]
        return dx


@relu.variant("np.where, the output as cache")
class relu_output_as_cache:
    def relu_forward(x):
        out = np.where(x > 0, x, 0.0)
        return out, out

    def relu_backward(dout, cache):
        return np.where(cache > 0, dout, 0.0)


@relu.variant("a mask of truth values as cache, in a tuple")
class relu_mask_as_cache:
    def relu_forward(x):
        mask = x > 0
        return x * mask, (mask,)

    def relu_backward(dout, cache):
        (mask,) = cache
        return dout * mask


@relu.variant("slope one at exactly zero, a list returned, a dict as cache")
class relu_slope_one:
    def relu_forward(x):
        return [np.clip(x, 0, None), {"x": x}]

    def relu_backward(dout, cache):
        dx = dout.copy()
        dx[cache["x"] < 0] = 0
        return dx


@relu.variant("slope one half at exactly zero, a closure as cache")
class relu_slope_half:
    def relu_forward(x):
        def local(dout):
            return dout * np.heaviside(x, 0.5)

        return (np.abs(x) + x) / 2, local

    def relu_backward(dout, cache):
        return cache(dout)


@relu.variant("the product with the whole Jacobian")
class relu_by_jacobian:
    def relu_forward(x):
        return np.maximum(x, 0), x

    def relu_backward(dout, cache):
        J = np.diag((cache > 0).reshape(-1).astype(float))
        return (J.T @ dout.reshape(-1)).reshape(dout.shape)


# The Jacobian of ReLU --------------------------------------------------------------

jacobian = Exercise(
    "l4_relu_jacobian",
    NOTEBOOK,
    2,
    ("relu_jacobian",),
    title="Jacobian of ReLU",
    returns={"relu_jacobian": ("J",)},
)


@jacobian.reference
def relu_jacobian(x):
    """J[i, j] is the slope of output i against input j."""
    n = len(x)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j and x[j] > 0:
                J[i, j] = 1.0
    return J


@jacobian.check("inputs of both signs", 0.9)
def _jacobian_usual(student: Student, rng: np.random.Generator) -> None:
    for n in (4, 3, 7):
        student.agrees("relu_jacobian", _off_zero(rng, n))


@jacobian.check("all inputs above zero, all below, a single one", 0.5)
def _jacobian_extremes(student: Student, rng: np.random.Generator) -> None:
    size = np.abs(_off_zero(rng, 5))
    for x in (-size, size, 1e6 * size, -size[:1], size[:1]):
        student.agrees("relu_jacobian", x)


@jacobian.check("inputs of exactly zero, every slope between the two sides", 0.3)
def _jacobian_at_zero(student: Student, rng: np.random.Generator) -> None:
    x = rng.permutation([0.0, 2.0, 0.0, -1.0, 0.5])
    got = student.array(student.call("relu_jacobian", x), (5, 5), "J")
    want = relu_jacobian(x)
    i = np.flatnonzero(x == 0)
    want[i, i] = np.clip(got[i, i], 0, 1)
    student.expect(got, want, "J", letters="(n, n)")


@jacobian.check("many inputs, other number types", 0.3)
def _jacobian_types(student: Student, rng: np.random.Generator) -> None:
    student.agrees("relu_jacobian", _off_zero(rng, 40))
    student.agrees("relu_jacobian", _off_zero(rng, 6).astype(np.float32), **SINGLE)
    student.agrees("relu_jacobian", rng.permutation([-3, -1, 1, 2, 5]))


@jacobian.misconception(
    "the slopes are returned as a vector, not on the diagonal of a matrix",
    "A Jacobian has a row for each output and a column for each input. How many "
    "entries are that?",
)
def jacobian_vector(x):
    return (x > 0).astype(float)


@jacobian.misconception(
    "the diagonal is one everywhere, also where the input is below zero",
    "Move an input that is below zero a little. Does any output move?",
)
def jacobian_identity(x):
    return np.eye(len(x))


@jacobian.misconception(
    "the outputs stand on the diagonal, not their slopes",
    "An input of two and one of five both lie on the straight branch. What is its "
    "slope?",
)
def jacobian_outputs(x):
    return np.diag(np.maximum(0, x))


@jacobian.misconception(
    "every output is taken to depend on every input",
    "Does output i move when another input is changed?",
)
def jacobian_outer(x):
    mask = (x > 0).astype(float)
    return np.outer(mask, mask)


@jacobian.misconception(
    "the slopes are repeated in every row",
    "Row i belongs to output i. Which inputs does this one output depend on?",
)
def jacobian_rows(x):
    return np.tile((x > 0).astype(float), (len(x), 1))


@jacobian.misconception(
    "inputs below zero have slope minus one",
    "That is the absolute value. How does the output of a ReLU change below zero?",
)
def jacobian_sign(x):
    return np.diag(np.sign(x).astype(float))


@jacobian.misconception(
    "the ones stand where the input is below zero",
    "Which branch of the maximum follows its input?",
)
def jacobian_turned(x):
    return np.diag((x < 0).astype(float))


@jacobian.misconception(
    "the inputs themselves stand on the diagonal",
    "The Jacobian holds slopes of the outputs. What is the slope of a straight line "
    "through the origin at forty-five degrees?",
)
def jacobian_inputs(x):
    return np.diag(x)


@jacobian.variant("np.diag of the mask")
def jacobian_diag(x):
    return np.diag((x > 0).astype(float))


@jacobian.variant("the identity, its columns switched off; slope one at zero")
def jacobian_masked(x):
    return np.eye(len(x)) * (x >= 0)


@jacobian.variant("a mask of truth values, slope 0 at zero")
def jacobian_truth(x):
    return np.diag(x > 0)


@jacobian.variant("a loop over the diagonal, one half at zero")
def jacobian_loop(x):
    J = np.zeros((x.size, x.size))
    for i in range(x.size):
        J[i, i] = np.heaviside(x[i], 0.5)
    return J


@jacobian.variant("integers")
def jacobian_integers(x):
    n = x.shape[0]
    J = np.zeros((n, n), dtype=int)
    J[np.arange(n), np.arange(n)] = x > 0
    return J


# The squared norm of Wx ------------------------------------------------------------

norm = Exercise(
    "l4_squared_norm",
    NOTEBOOK,
    4,
    ("squared_norm_forward", "squared_norm_backward"),
    title="The squared norm of Wx",
    size="loss",
)


@norm.reference
def squared_norm_forward(W, x):
    """Sum over k of (sum over j of W[k, j] x[j])**2."""
    f = 0.0
    for k in range(W.shape[0]):
        q = math.fsum(float(W[k, j]) * float(x[j]) for j in range(len(x)))
        f += q * q
    return f, (W, x)


@norm.reference
def squared_norm_backward(dout, cache):
    """Collect 2 q_k times what W[k, j] and x[j] are multiplied by in q_k."""
    W, x = (np.asarray(part, dtype=float) for part in cache)
    dW, dx = np.zeros(W.shape), np.zeros(x.shape)
    for k in range(W.shape[0]):
        q = math.fsum(W[k, j] * x[j] for j in range(len(x)))
        for j in range(len(x)):
            dW[k, j] += float(dout) * 2 * q * x[j]
            dx[j] += float(dout) * 2 * q * W[k, j]
    return dW, dx


NORM_PARTS = ("dW", "dx")
NORM_SIZES = ((3, 3), (2, 4), (5, 3))  # a square one first: any order of W passes there


def _norm_inputs(rng: np.random.Generator, M: int, D: int) -> list[np.ndarray]:
    return [rng.standard_normal((M, D)), rng.standard_normal(D)]


@norm.check("the value", 0.8)
def _norm_value(student: Student, rng: np.random.Generator) -> None:
    for M, D in NORM_SIZES:
        W, x = _norm_inputs(rng, M, D)
        f = _forward(student, "squared_norm_forward", W, x)
        student.expect(f, squared_norm_forward(W, x)[0], "f")


def _norm_part(
    student: Student, rng: np.random.Generator, part: str, upstream: bool
) -> None:
    for M, D in NORM_SIZES:
        W, x = _norm_inputs(rng, M, D)
        dout = float(rng.choice([-1, 1]) * rng.uniform(1.5, 4)) if upstream else 1.0
        got = _backward(student, "squared_norm", (W, x), dout)
        want = squared_norm_backward(dout, (W, x))[NORM_PARTS.index(part)]
        student.expect(_part(student, got, NORM_PARTS, part), want, part)


@norm.check("dW, upstream gradient one", 0.8)
def _norm_slope_of_w(student: Student, rng: np.random.Generator) -> None:
    _norm_part(student, rng, "dW", upstream=False)


@norm.check("dx, upstream gradient one", 0.8)
def _norm_slope_x(student: Student, rng: np.random.Generator) -> None:
    _norm_part(student, rng, "dx", upstream=False)


@norm.check("dW, another upstream gradient", 0.4)
def _norm_other_upstream_w(student: Student, rng: np.random.Generator) -> None:
    _norm_part(student, rng, "dW", upstream=True)


@norm.check("dx, another upstream gradient", 0.4)
def _norm_other_upstream_x(student: Student, rng: np.random.Generator) -> None:
    _norm_part(student, rng, "dx", upstream=True)


@norm.check("one row, one column, one entry", 0.4)
def _norm_small(student: Student, rng: np.random.Generator) -> None:
    for M, D in ((1, 4), (4, 1), (1, 1)):
        W, x = _norm_inputs(rng, M, D)
        got = _backward(student, "squared_norm", (W, x), 2.5)
        want = squared_norm_backward(2.5, (W, x))
        student.expect(got, want, "squared_norm_backward", parts=NORM_PARTS)


@norm.check("two forward passes before their backward passes", 0.2)
def _norm_caches(student: Student, rng: np.random.Generator) -> None:
    inputs = [_norm_inputs(rng, 3, 4) for _ in range(2)]
    got = _two_passes(student, "squared_norm", inputs, [1.5, -0.5])
    for i, gradients in zip((0, 1, 0), got, strict=True):
        want = squared_norm_backward([1.5, -0.5][i], inputs[i])
        student.expect(gradients, want, "squared_norm_backward", parts=NORM_PARTS)


@norm.check("float32 arrays", 0.2)
def _norm_single(student: Student, rng: np.random.Generator) -> None:
    W, x = (part.astype(np.float32) for part in _norm_inputs(rng, 4, 3))
    f = _forward(student, "squared_norm_forward", W, x)
    student.expect(f, squared_norm_forward(W, x)[0], "f", **SINGLE)
    got = _backward(student, "squared_norm", (W, x), 1.0)
    want = squared_norm_backward(1.0, (W, x))
    student.expect(got, want, "squared_norm_backward", parts=NORM_PARTS, **SINGLE)


@norm.misconception(
    "the norm itself is returned, not its square",
    "The lecture says L2 norm and computes something else. Is there a root in the "
    "formula?",
    of="squared_norm_forward",
)
def norm_not_squared(W, x):
    q = W @ x
    return np.sqrt(np.sum(q * q)), (W, x)


@norm.misconception(
    "the absolute values are added up, not the squares",
    "Which norm is named in the formula, and what is done with each entry of q?",
    of="squared_norm_forward",
)
def norm_of_absolutes(W, x):
    return np.sum(np.abs(W @ x)), (W, x)


@norm.misconception(
    "the mean of the squares is taken, not the sum",
    "How often is each entry of q counted in the formula?",
    of="squared_norm_forward",
)
def norm_mean(W, x):
    return np.mean((W @ x) ** 2), (W, x)


@norm.misconception(
    "the squares are returned one by one, not their sum",
    "A loss is one number. What is the shape of what you return?",
    of="squared_norm_forward",
)
def norm_squares_returned(W, x):
    return (W @ x) ** 2, (W, x)


@norm.misconception(
    "W is transposed in the product",
    "Write out the first entry of q. Does it use a row of W or a column?",
    of="squared_norm_forward",
)
def norm_of_transposed(W, x):
    q = W.T @ x
    return np.sum(q * q), (W, x)


@norm.misconception(
    "the factor two of the square is missing in both gradients",
    "What is the slope of q squared against q?",
    of="squared_norm_backward",
)
def norm_factor_missing(dout, cache):
    W, x = cache
    q = W @ x
    return dout * np.outer(q, x), dout * W.T @ q


@norm.misconception(
    "the factor two is missing in dx alone",
    "Both gradients come from the same gradient of q. Is it the same in both lines?",
    of="squared_norm_backward",
)
def norm_factor_missing_in_dx(dout, cache):
    W, x = cache
    q = W @ x
    return 2 * dout * np.outer(q, x), dout * W.T @ q


@norm.misconception(
    "the upstream gradient is ignored in both gradients",
    "What if f is only one step of a longer graph? Call your function with an upstream "
    "gradient other than one.",
    of="squared_norm_backward",
)
def norm_upstream_ignored(dout, cache):
    W, x = cache
    dq = 2 * (W @ x)
    return np.outer(dq, x), W.T @ dq


@norm.misconception(
    "the upstream gradient reaches W but not x",
    "Follow the path from f back to x. Does it pass the same gradient of q?",
    of="squared_norm_backward",
)
def norm_upstream_only_W(dout, cache):  # noqa: N802 - W is the field's name
    W, x = cache
    q = W @ x
    return 2 * dout * np.outer(q, x), 2 * W.T @ q


@norm.misconception(
    "the upstream gradient is multiplied in twice",
    "Each factor of the chain rule stands once on the path. Where is yours applied?",
    of="squared_norm_backward",
)
def norm_upstream_twice(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return dout * np.outer(dq, x), dout * W.T @ dq


@norm.misconception(
    "dW is transposed",
    "A gradient has the shape of its variable. Try a W that is not square.",
    of="squared_norm_backward",
)
def norm_dW_transposed(dout, cache):  # noqa: N802
    W, x = cache
    dq = 2 * dout * (W @ x)
    return np.outer(x, dq), W.T @ dq


@norm.misconception(
    "dx uses W where its transpose belongs",
    "Entry j of x meets a column of W. Which sum runs over the outputs?",
    of="squared_norm_backward",
)
def norm_dx_without_transpose(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return np.outer(dq, x), W @ dq


@norm.misconception(
    "the indicator is left out: each entry of W is taken to act on every output",
    "The entry in row i of W enters one output only. For which k is the indicator one?",
    of="squared_norm_backward",
)
def norm_without_indicator(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return np.ones_like(W) * np.sum(dq) * x, W.T @ dq


@norm.misconception(
    "dW leaves out x",
    "By what is an entry of W multiplied in the forward pass?",
    of="squared_norm_backward",
)
def norm_dW_without_x(dout, cache):  # noqa: N802
    W, x = cache
    dq = 2 * dout * (W @ x)
    return dq[:, None] * np.ones_like(W), W.T @ dq


@norm.misconception(
    "dx leaves out W, as if f were the squared norm of x",
    "Between x and f stands a product with W. Which factor does it add?",
    of="squared_norm_backward",
)
def norm_dx_without_W(dout, cache):  # noqa: N802
    W, x = cache
    return np.outer(2 * dout * (W @ x), x), 2 * dout * x


@norm.misconception(
    "the gradient of q is taken for q, without the chain rule of the square",
    "The slope of a square depends on where you are. What is it at q?",
    of="squared_norm_backward",
)
def norm_slope_two(dout, cache):
    W, x = cache
    dq = 2 * dout * np.ones(W.shape[0])
    return np.outer(dq, x), W.T @ dq


@norm.misconception(
    "dx is a matrix of one row, not a vector",
    "A gradient has the shape of its variable. Compare the two shapes.",
    of="squared_norm_backward",
)
def norm_dx_as_row(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return np.outer(dq, x), dq[None, :] @ W


@norm.misconception(
    "the gradients are returned in the other order",
    "Read the order of the two results in the text again.",
    of="squared_norm_backward",
)
def norm_order(dout, cache):
    W, x = cache
    dq = 2 * dout * (W @ x)
    return W.T @ dq, np.outer(dq, x)


@norm.variant("einsum throughout")
class norm_einsum:
    def squared_norm_forward(W, x):
        q = np.einsum("kj,j->k", W, x)
        return np.einsum("k,k->", q, q), (W, x)

    def squared_norm_backward(dout, cache):
        W, x = cache
        dW = 2 * dout * np.einsum("kl,l,j->kj", W, x, x)
        return dW, 2 * dout * np.einsum("kj,kl,l->j", W, W, x)


@norm.variant("the textbook form, q in the cache")
class norm_textbook:
    def squared_norm_forward(W, x):
        q = W.dot(x)
        return np.sum(q**2), (W, x, q)

    def squared_norm_backward(dout, cache):
        W, x, q = cache
        dq = 2 * q * dout
        return np.outer(dq, x), W.T.dot(dq)


@norm.variant("a dict as cache, columns kept as matrices, a list returned")
class norm_columns:
    def squared_norm_forward(W, x):
        q = W @ x[:, None]
        return (q.T @ q)[0, 0], {"W": W, "x": x[:, None], "q": q}

    def squared_norm_backward(dout, cache):
        dq = dout * 2 * cache["q"]
        return [dq @ cache["x"].T, (cache["W"].T @ dq)[:, 0]]


@norm.variant("element by element, with the indicator")
class norm_elements:
    def squared_norm_forward(W, x):
        q = [sum(w * v for w, v in zip(row, x, strict=True)) for row in W]
        return float(sum(v * v for v in q)), (W.copy(), x.copy(), q)

    def squared_norm_backward(dout, cache):
        W, x, q = cache
        dW, dx = np.zeros(W.shape), np.zeros(x.shape)
        for k in range(W.shape[0]):
            for i in range(W.shape[0]):
                for j in range(W.shape[1]):
                    dW[i, j] += dout * 2 * q[k] * (k == i) * x[j]
            dx += dout * 2 * q[k] * W[k]
        return dW, dx


@norm.variant("the norm of NumPy, squared; a 0-d array as the value")
class norm_by_linalg:
    def squared_norm_forward(W, x):
        return np.array(np.linalg.norm(W @ x) ** 2), [W, x]

    def squared_norm_backward(dout, cache):
        W, x = cache
        up = (2 * dout) * (W @ x)
        return up.reshape(-1, 1) * x.reshape(1, -1), up @ W


# The affine layer ------------------------------------------------------------------

affine = Exercise(
    "l4_affine",
    NOTEBOOK,
    5,
    ("affine_forward", "affine_backward"),
    title="Affine layer, forward and backward",
    size="loss",
)


@affine.reference
def affine_forward(x, w, b):
    """out[n, m] = b[m] + sum over d of x[n, d] w[d, m], the rest of x flattened."""
    N, (D, M) = x.shape[0], w.shape
    rows = x.reshape(N, -1).astype(float)
    out = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            terms = (rows[n, d] * float(w[d, m]) for d in range(D))
            out[n, m] = float(b[m]) + math.fsum(terms)
    return out, (x, w)


@affine.reference
def affine_backward(dout, cache):
    """Hand dout[n, m] to everything that stands in out[n, m], times its factor."""
    x, w = cache
    rows = x.reshape(x.shape[0], -1).astype(float)
    dx, dw, db = np.zeros(rows.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for n, m in np.ndindex(dout.shape):
        up = float(dout[n, m])
        db[m] += up
        for d in range(w.shape[0]):
            dx[n, d] += up * float(w[d, m])
            dw[d, m] += up * rows[n, d]
    return dx.reshape(x.shape), dw, db


AFFINE_PARTS = ("dx", "dw", "db")
# The first is square in every way: what is transposed passes there and is seen.
AFFINE_SHAPES = ((4, 4, 4), (5, 3, 4), (3, 6, 2))
# N, d1, d2 and M; the first passes through a product unflattened, with a wrong shape.
IMAGES = ((3, 1, 4, 2), (2, 3, 2, 2), (4, 2, 3, 5))


def _affine_inputs(
    rng: np.random.Generator, *shape: int, M: int
) -> tuple[list[np.ndarray], np.ndarray]:
    """Draw x, w, b and an upstream gradient; `shape` is that of x."""
    D = int(np.prod(shape[1:]))
    inputs = [rng.standard_normal(s) for s in (shape, (D, M), (M,))]
    return inputs, rng.standard_normal((shape[0], M))


def _affine_gradients(student: Student, inputs: list, dout: np.ndarray) -> Any:
    got = _backward(student, "affine", inputs, dout)
    return got, affine_backward(dout, inputs[:2])


@affine.check("forward, rows of numbers", 0.7)
def _affine_forward(student: Student, rng: np.random.Generator) -> None:
    for N, D, M in AFFINE_SHAPES:
        inputs, _ = _affine_inputs(rng, N, D, M=M)
        out = _forward(student, "affine_forward", *inputs)
        student.expect(out, affine_forward(*inputs)[0], "out", letters="(N, M)")


@affine.check("forward, images", 0.5)
def _affine_images(student: Student, rng: np.random.Generator) -> None:
    for *shape, M in IMAGES:
        inputs, _ = _affine_inputs(rng, *shape, M=M)
        out = _forward(student, "affine_forward", *inputs)
        student.expect(out, affine_forward(*inputs)[0], "out", letters="(N, M)")


def _affine_part(student: Student, rng: np.random.Generator, part: str) -> None:
    for N, D, M in AFFINE_SHAPES:
        inputs, dout = _affine_inputs(rng, N, D, M=M)
        got, want = _affine_gradients(student, inputs, dout)
        index = AFFINE_PARTS.index(part)
        student.expect(_part(student, got, AFFINE_PARTS, part), want[index], part)


@affine.check("dx, rows of numbers", 0.7)
def _affine_dx(student: Student, rng: np.random.Generator) -> None:
    _affine_part(student, rng, "dx")


@affine.check("dw, rows of numbers", 0.8)
def _affine_dw(student: Student, rng: np.random.Generator) -> None:
    _affine_part(student, rng, "dw")


@affine.check("db, rows of numbers", 0.6)
def _affine_db(student: Student, rng: np.random.Generator) -> None:
    _affine_part(student, rng, "db")


@affine.check("all gradients, images", 0.8)
def _affine_image_gradients(student: Student, rng: np.random.Generator) -> None:
    for *shape, M in (*IMAGES, (2, 2, 1, 3, 2)):
        inputs, dout = _affine_inputs(rng, *shape, M=M)
        got, want = _affine_gradients(student, inputs, dout)
        student.expect(got, want, "affine_backward", parts=AFFINE_PARTS)


@affine.check("one example, one output, one feature", 0.4)
def _affine_small(student: Student, rng: np.random.Generator) -> None:
    for N, D, M in ((1, 4, 3), (4, 3, 1), (3, 1, 2), (1, 1, 1)):
        inputs, dout = _affine_inputs(rng, N, D, M=M)
        out = _forward(student, "affine_forward", *inputs)
        student.expect(out, affine_forward(*inputs)[0], "out", letters="(N, M)")
        got, want = _affine_gradients(student, inputs, dout)
        student.expect(got, want, "affine_backward", parts=AFFINE_PARTS)


@affine.check("two forward passes before their backward passes", 0.3)
def _affine_caches(student: Student, rng: np.random.Generator) -> None:
    drawn = [_affine_inputs(rng, 3, 4, M=2) for _ in range(2)]
    inputs, douts = [d[0] for d in drawn], [d[1] for d in drawn]
    got = _two_passes(student, "affine", inputs, douts)
    for i, gradients in zip((0, 1, 0), got, strict=True):
        want = affine_backward(douts[i], inputs[i][:2])
        student.expect(gradients, want, "affine_backward", parts=AFFINE_PARTS)


@affine.check("float32 arrays", 0.2)
def _affine_single(student: Student, rng: np.random.Generator) -> None:
    inputs, dout = _affine_inputs(rng, 4, 2, 3, M=3)
    inputs, dout = [a.astype(np.float32) for a in inputs], dout.astype(np.float32)
    out = _forward(student, "affine_forward", *inputs)
    student.expect(out, affine_forward(*inputs)[0], "out", letters="(N, M)", **SINGLE)
    got, want = _affine_gradients(student, inputs, dout)
    student.expect(got, want, "affine_backward", parts=AFFINE_PARTS, **SINGLE)


def _flat(x):
    return x.reshape(x.shape[0], -1)


@affine.misconception(
    "the bias is not added",
    "Set w to zero in your mind. What should the output be?",
    of="affine_forward",
)
def affine_without_bias(x, w, b):
    return _flat(x) @ w, (x, w)


@affine.misconception(
    "the examples are not flattened to rows before the product",
    "Print the shape of an image batch. What must the second axis be for the product "
    "with w?",
    of="affine_forward",
)
def affine_not_flattened(x, w, b):
    return x @ w + b, (x, w)


@affine.misconception(
    "the pixels are flattened in an order that mixes the examples",
    "Flatten a small batch and print the first row. Does it hold the first image and "
    "nothing else?",
    of="affine_forward",
)
def affine_examples_mixed(x, w, b):
    return x.reshape(-1, x.shape[0]).T @ w + b, (x, w)


@affine.misconception(
    "the bias is added once for each example, not for each output",
    "How long is b, and along which axis of the output must it lie?",
    of="affine_forward",
)
def affine_bias_down(x, w, b):
    return _flat(x) @ w + b[:, None], (x, w)


@affine.misconception(
    "the shape of the caller's array is changed",
    "Assigning to the shape changes the array itself. Which method gives a new view?",
    of="affine_forward",
)
def affine_shape_changed(x, w, b):
    cache = (x.copy(), w)
    x.shape = (x.shape[0], w.shape[0])
    return x @ w + b, cache


@affine.misconception(
    "the gradient of the bias is the mean over the examples, not the sum",
    "The bias stands in every row of the output. What happens to gradients where a "
    "value is used several times?",
    of="affine_backward",
)
def affine_db_mean(dout, cache):
    x, w = cache
    dx = (dout @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ dout, dout.mean(axis=0)


@affine.misconception(
    "the gradient of the bias is not summed over the examples",
    "A gradient has the shape of its variable. Which axis is too many?",
    of="affine_backward",
)
def affine_db_not_summed(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), _flat(x).T @ dout, dout


@affine.misconception(
    "the gradient of the bias is summed over the outputs, not over the examples",
    "Each output has a bias of its own. Which axis numbers the outputs?",
    of="affine_backward",
)
def affine_db_wrong_axis(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), _flat(x).T @ dout, dout.sum(axis=1)


@affine.misconception(
    "the gradient of the bias is summed to one number",
    "A gradient has the shape of its variable. How many biases are there?",
    of="affine_backward",
)
def affine_db_one_number(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), _flat(x).T @ dout, np.sum(dout)


@affine.misconception(
    "the gradient of the bias keeps the summed axis",
    "Compare the shapes of b and of its gradient. One argument of sum may be too many.",
    of="affine_backward",
)
def affine_db_kept_axis(dout, cache):
    x, w = cache
    db = dout.sum(axis=0, keepdims=True)
    return (dout @ w.T).reshape(x.shape), _flat(x).T @ dout, db


@affine.misconception(
    "the gradient of the bias is all ones",
    "The local slope is one factor of the chain rule. Where is the other one?",
    of="affine_backward",
)
def affine_db_ones(dout, cache):
    x, w = cache
    dx = (dout @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ dout, np.ones(w.shape[1])


@affine.misconception(
    "the gradient of the input is left as rows of numbers",
    "A gradient has the shape of its variable. Compare it with that of an image batch.",
    of="affine_backward",
)
def affine_dx_flat(dout, cache):
    x, w = cache
    return dout @ w.T, _flat(x).T @ dout, dout.sum(axis=0)


@affine.misconception(
    "w is not transposed in the gradient of the input",
    "Try sizes that all differ. In which order do the shapes give that of x?",
    of="affine_backward",
)
def affine_dx_untransposed(dout, cache):
    x, w = cache
    return (dout @ w).reshape(x.shape), _flat(x).T @ dout, dout.sum(axis=0)


@affine.misconception(
    "the gradient of w is transposed",
    "A gradient has the shape of its variable. In which order do the shapes give "
    "that of w?",
    of="affine_backward",
)
def affine_dw_transposed(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), dout.T @ _flat(x), dout.sum(axis=0)


@affine.misconception(
    "the input is not transposed in the gradient of w",
    "Which axis has to disappear in the product: examples, features or outputs?",
    of="affine_backward",
)
def affine_dw_untransposed(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), _flat(x) @ dout, dout.sum(axis=0)


@affine.misconception(
    "the gradient of w is averaged over the examples",
    "A mean belongs to a loss that is a mean, and the upstream gradient holds it "
    "already. What does the layer itself do with the examples?",
    of="affine_backward",
)
def affine_dw_mean(dout, cache):
    x, w = cache
    dx = (dout @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ dout / x.shape[0], dout.sum(axis=0)


@affine.misconception(
    "the upstream gradient is ignored in the gradient of w",
    "The local slope is one factor of the chain rule. Where is the other one?",
    of="affine_backward",
)
def affine_dw_upstream_ignored(dout, cache):
    x, w = cache
    dx = (dout @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ np.ones_like(dout), dout.sum(axis=0)


@affine.misconception(
    "the upstream gradient is ignored in the gradient of the input",
    "By what must each slope of the layer be multiplied before it is passed on?",
    of="affine_backward",
)
def affine_dx_upstream_ignored(dout, cache):
    x, w = cache
    dx = (np.ones_like(dout) @ w.T).reshape(x.shape)
    return dx, _flat(x).T @ dout, dout.sum(axis=0)


@affine.misconception(
    "the gradients are returned in another order",
    "Read the order of the three results in the text again.",
    of="affine_backward",
)
def affine_order(dout, cache):
    x, w = cache
    return _flat(x).T @ dout, (dout @ w.T).reshape(x.shape), dout.sum(axis=0)


@affine.misconception(
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


@affine.misconception(
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


@affine.variant("einsum and tensordot")
class affine_einsum:
    def affine_forward(x, w, b):
        shaped = w.reshape(*x.shape[1:], -1)
        axes = list(range(x.ndim - 1))
        out = np.tensordot(x, shaped, axes=([a + 1 for a in axes], axes))
        return out + b, (x, w)

    def affine_backward(dout, cache):
        x, w = cache
        dx = np.einsum("nm,dm->nd", dout, w).reshape(x.shape)
        dw = np.einsum("nd,nm->dm", x.reshape(len(x), -1), dout)
        return dx, dw, np.einsum("nm->m", dout)


@affine.variant("the textbook form, the bias in the cache too")
class affine_textbook:
    def affine_forward(x, w, b):
        out = x.reshape(x.shape[0], -1).dot(w) + b
        return out, (x, w, b)

    def affine_backward(dout, cache):
        x, w, _ = cache
        dx = dout.dot(w.T).reshape(x.shape)
        dw = x.reshape(x.shape[0], -1).T.dot(dout)
        return dx, dw, np.sum(dout, axis=0)


@affine.variant("the flat rows and the shape in the cache")
class affine_rows_cached:
    def affine_forward(x, w, b):
        N = len(x)
        rows = np.reshape(x, (N, w.shape[0]))
        return rows @ w + b[None, :], {"rows": rows, "w": w, "shape": x.shape}

    def affine_backward(dout, cache):
        dx = np.reshape(dout @ cache["w"].T, cache["shape"])
        return [dx, cache["rows"].T @ dout, dout.T.sum(axis=1)]


@affine.variant("the bias as a last row of w")
class affine_bias_trick:
    def affine_forward(x, w, b):
        N = x.shape[0]
        rows = np.hstack([x.reshape(N, -1), np.ones((N, 1))])
        return rows @ np.vstack([w, b]), (rows, w, x.shape)

    def affine_backward(dout, cache):
        rows, w, shape = cache
        both = rows.T @ dout
        return (dout @ w.T).reshape(shape), both[:-1], both[-1]


@affine.variant("example by example")
class affine_loop:
    def affine_forward(x, w, b):
        out = np.stack([image.ravel() @ w + b for image in x])
        return out, (x.copy(), w.copy())

    def affine_backward(dout, cache):
        x, w = cache
        dx = np.zeros(x.shape)
        dw, db = np.zeros(w.shape), np.zeros(w.shape[1])
        for n in range(x.shape[0]):
            dx[n] = (w @ dout[n]).reshape(x.shape[1:])
            dw += np.outer(x[n].ravel(), dout[n])
            db += dout[n]
        return dx, dw, db


@affine.variant("a closure as cache")
class affine_closure:
    def affine_forward(x, w, b):
        rows = x.reshape(x.shape[0], -1)

        def backward(dout):
            ones = np.ones(len(rows))
            return (dout @ w.T).reshape(x.shape), rows.T @ dout, ones @ dout

        return np.matmul(rows, w) + b, backward

    def affine_backward(dout, cache):
        return cache(dout)


# The softmax loss as a layer -------------------------------------------------------

softmax = Exercise(
    "l4_softmax_loss",
    NOTEBOOK,
    4,
    ("softmax_loss",),
    title="Softmax loss as the last layer",
    size="loss",
    returns={"softmax_loss": ("loss", "dscores")},
)


@softmax.reference
def softmax_loss(scores, y):
    """Mean over the rows of log-sum-exp less the true score, and its gradient."""
    N, C = scores.shape
    loss, dscores = 0.0, np.zeros((N, C))
    for n in range(N):
        row = [float(s) for s in scores[n]]
        weights = [math.exp(s - max(row)) for s in row]
        total = math.fsum(weights)
        loss += (max(row) + math.log(total) - row[int(y[n])]) / N
        for c in range(C):
            right = 1.0 if c == int(y[n]) else 0.0
            dscores[n, c] = (weights[c] / total - right) / N
    return loss, dscores


def _scored(
    rng: np.random.Generator, N: int, C: int, scale: float = 2.0
) -> tuple[np.ndarray, np.ndarray]:
    return scale * rng.standard_normal((N, C)), rng.integers(C, size=N)


SOFTMAX_SIZES = ((4, 4), (5, 3), (7, 10))


@softmax.check("the loss", 0.8)
def _softmax_value(student: Student, rng: np.random.Generator) -> None:
    for N, C in SOFTMAX_SIZES:
        student.agrees("softmax_loss", *_scored(rng, N, C), only="loss")


@softmax.check("the gradient", 1.0)
def _softmax_gradient(student: Student, rng: np.random.Generator) -> None:
    for N, C in SOFTMAX_SIZES:
        student.agrees("softmax_loss", *_scored(rng, N, C), only="dscores")


@softmax.check("another large number added to each row, the loss", 0.5)
def _softmax_shifted(student: Student, rng: np.random.Generator) -> None:
    for sign in (1, -1):
        scores, y = _scored(rng, 4, 3)
        shifts = sign * rng.permutation([0.0, 900.0, 2000.0, 5000.0])
        student.agrees("softmax_loss", scores + shifts[:, None], y, only="loss")


@softmax.check("another large number added to each row, the gradient", 0.5)
def _softmax_shifted_slope(student: Student, rng: np.random.Generator) -> None:
    for sign in (1, -1):
        scores, y = _scored(rng, 4, 3)
        shifts = sign * rng.permutation([0.0, 900.0, 2000.0, 5000.0])
        student.agrees("softmax_loss", scores + shifts[:, None], y, only="dscores")


@softmax.check("one example, two classes, equal scores", 0.5)
def _softmax_small(student: Student, rng: np.random.Generator) -> None:
    for N, C in ((1, 4), (6, 2), (1, 2)):
        student.agrees("softmax_loss", *_scored(rng, N, C))
    same = np.full((4, 6), float(rng.integers(-5, 5)))
    student.agrees("softmax_loss", same, rng.integers(6, size=4))


@softmax.check("the true class well ahead, and well behind", 0.3)
def _softmax_far(student: Student, rng: np.random.Generator) -> None:
    for lead in (12.0, -12.0):
        scores, y = _scored(rng, 5, 4, scale=0.5)
        scores[np.arange(5), y] += lead
        student.agrees("softmax_loss", scores, y)
    scores, y = _scored(rng, 5, 4, scale=0.5)
    scores[np.arange(5), y] += 2000.0
    student.agrees("softmax_loss", scores, y)


@softmax.check("other number types", 0.4)
def _softmax_types(student: Student, rng: np.random.Generator) -> None:
    for dtype in (np.int8, np.uint8, np.int32):
        scores, y = _scored(rng, 5, 4)
        student.agrees("softmax_loss", scores, y.astype(dtype))
    scores, y = _scored(rng, 5, 4)
    student.agrees("softmax_loss", scores.astype(np.float32), y, **SINGLE)


def _probabilities(scores):
    e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@softmax.misconception(
    "the loss is summed over the examples, not averaged",
    "Give your function the same example twice. Should the loss change?",
)
def softmax_loss_summed(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.sum(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@softmax.misconception(
    "the gradient is not divided by the number of examples",
    "The loss is a mean. What does that do to the slope of each score?",
)
def softmax_slope_summed(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p


@softmax.misconception(
    "loss and gradient are both summed over the examples, not averaged",
    "They fit each other, so a gradient check is content. Does the text ask for a sum "
    "or for a mean?",
)
def softmax_both_summed(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.sum(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p


@softmax.misconception(
    "nothing is taken off the probability of the true class in the gradient",
    "Should the score of the true class rise or fall in a step against your gradient?",
)
def softmax_without_one(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    return -np.mean(np.log(p[rows, y])), p / len(y)


@softmax.misconception(
    "the sign of the gradient is turned round",
    "A wrong class with a high score: should the loss rise or fall when that score "
    "rises?",
)
def softmax_sign_turned(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    return loss, (np.eye(scores.shape[1])[y] - p) / len(y)


@softmax.misconception(
    "only the true class gets a gradient",
    "Every score stands in the sum under the fraction. Does the loss change when a "
    "wrong class scores more?",
)
def softmax_true_class_only(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    dscores = np.zeros(scores.shape)
    dscores[rows, y] = (p[rows, y] - 1) / len(y)
    return -np.mean(np.log(p[rows, y])), dscores


@softmax.misconception(
    "the gradient with respect to the probabilities is returned",
    "Minus one over p is the slope against the probability. One more local gradient "
    "leads from there to the scores: which?",
)
def softmax_slope_of_log(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    dscores = np.zeros(scores.shape)
    dscores[rows, y] = -1 / p[rows, y] / len(y)
    return -np.mean(np.log(p[rows, y])), dscores


@softmax.misconception(
    "the gradient is multiplied by the slope p (1 - p) of a sigmoid once more",
    "The Jacobian of softmax is already in the difference of p and the one-hot vector. "
    "Derive one entry by hand.",
)
def softmax_slope_twice(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    return loss, (p - np.eye(scores.shape[1])[y]) * p * (1 - p) / len(y)


@softmax.misconception(
    "the one is taken off whole columns, for every true class of the batch",
    "Indexing with a colon and y takes whole columns. How do you name one entry in "
    "each row?",
)
def softmax_columns(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    p[:, y] -= 1
    return loss, p / len(y)


@softmax.misconception(
    "the logarithm to base ten is taken",
    "A published slide does the same. Which function of NumPy is the natural "
    "logarithm?",
)
def softmax_base_ten(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log10(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@softmax.misconception(
    "the probability is averaged, not its logarithm",
    "First the loss of each example, then the mean. In which order are yours?",
)
def softmax_log_of_mean(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.log(np.mean(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@softmax.misconception(
    "the sign of the loss is wrong",
    "The logarithm of a probability is never above zero. Can a loss be below?",
)
def softmax_loss_negative(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@softmax.misconception(
    "e to the score overflows, because nothing is taken off the scores first",
    "Which number taken off every score of a row leaves the probabilities as they are?",
)
def softmax_overflow(scores, y):
    e, rows = np.exp(scores), np.arange(len(y))
    p = e / np.sum(e, axis=1, keepdims=True)
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@softmax.misconception(
    "the largest score of the whole batch is taken off every row",
    "Think of two rows of which one lies far below the other. What is left of e to the "
    "score in the lower one?",
)
def softmax_one_maximum(scores, y):
    e, rows = np.exp(scores - np.max(scores)), np.arange(len(y))
    p = e / np.sum(e, axis=1, keepdims=True)
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@softmax.misconception(
    "the probabilities are normalised over the examples, not over the classes",
    "Add up one row of your probabilities. Which axis numbers the classes?",
)
def softmax_wrong_axis(scores, y):
    e, rows = np.exp(scores - np.max(scores, axis=0)), np.arange(len(y))
    p = e / np.sum(e, axis=0)
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@softmax.misconception(
    "the scores of the caller are changed",
    "An operator such as -= works on the caller's array. Which line of yours writes "
    "into it?",
)
def softmax_scores_changed(scores, y):
    scores -= np.max(scores, axis=1, keepdims=True)
    p, rows = _probabilities(scores), np.arange(len(y))
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(y)


@softmax.misconception(
    "the loss of each example is returned, not their mean",
    "Gradient descent needs one number. What is the shape of your loss?",
)
def softmax_losses_returned(scores, y):
    p, rows = _probabilities(scores), np.arange(len(y))
    losses = -np.log(p[rows, y])
    p[rows, y] -= 1
    return losses, p / len(y)


@softmax.misconception(
    "only the loss is returned",
    "The text asks for two results. Which is the other one?",
)
def softmax_only_loss(scores, y):
    return -np.mean(np.log(_probabilities(scores)[np.arange(len(y)), y]))


@softmax.variant("the textbook form")
def softmax_textbook(scores, y):
    N = scores.shape[0]
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    probs = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    dscores = probs.copy()
    dscores[np.arange(N), y] -= 1
    dscores /= N
    return loss, dscores


@softmax.variant("logarithms throughout, a list returned")
def softmax_log_space(scores, y):
    shifted = scores - scores.max(axis=1)[:, None]
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1))[:, None]
    rows = np.arange(len(scores))
    loss = -log_probs[rows, y].mean()
    slopes = np.exp(log_probs)
    slopes[rows, y] -= 1.0
    return [loss, slopes / len(scores)]


@softmax.variant("one-hot labels, a 0-d array as the loss")
def softmax_one_hot(scores, y):
    N, C = scores.shape
    target = np.eye(C)[y]
    total = np.logaddexp.reduce(scores, axis=1, keepdims=True)
    loss = np.sum(target * (total - scores)) / N
    return np.array(loss), (np.exp(scores - total) - target) / N


@softmax.variant("the whole Jacobian of softmax, row by row")
def softmax_by_jacobian(scores, y):
    N = scores.shape[0]
    loss, dscores = 0.0, np.zeros(scores.shape)
    for n in range(N):
        e = np.exp(scores[n] - scores[n].max())
        p = e / e.sum()
        loss -= np.log(p[y[n]]) / N
        J = np.diag(p) - np.outer(p, p)
        dscores[n] = -J[y[n]] / p[y[n]] / N
    return loss, dscores


@softmax.variant("transposed, classes in rows")
def softmax_transposed(scores, y):
    s = scores.T - scores.max(axis=1)
    e = np.exp(s)
    p = e / e.sum(axis=0)
    N = p.shape[1]
    true = p[y, np.arange(N)]
    p[y, np.arange(N)] = true - 1
    return float(np.mean(-np.log(true))), p.T / N


# The lecture's questions -----------------------------------------------------------

answers = Exercise(
    "l4_vectorized_predict_then_run",
    NOTEBOOK,
    3,
    ("vectorized_answers",),
    title="Shapes and sizes of Jacobians",
    kind="value",
)
answers.answers(
    {
        "rows_of_3_to_5": 5,
        "relu_entries": 4096**2,
        "relu_nonzero_at_most": 4096,
        "minibatch_rows": 409_600,
        "jacobian_is_formed": False,
        "affine_gigabytes": 256,
        "dq1_dW11": "x_1",
        "dq1_dW21": 0,
        "dW_shape": "(M, D)",
        "l2_norm_of_q": 0.340588,
        "misprinted": "x @ w",
        "first_entry": -1,
    },
    labels={
        "rows_of_3_to_5": "the rows of a Jacobian in our layout",
        "relu_entries": "the entries of the Jacobian of ReLU",
        "relu_nonzero_at_most": "how many of them may differ from zero",
        "minibatch_rows": "the rows for a minibatch",
        "jacobian_is_formed": "whether the Jacobian is formed",
        "affine_gigabytes": "the memory of an affine layer's Jacobian",
        "dq1_dW11": "the slope of q1 against W11",
        "dq1_dW21": "the slope of q1 against W21",
        "dW_shape": "the shape of dW",
        "l2_norm_of_q": "the L2 norm of q",
        "misprinted": "the misprinted matrix",
        "first_entry": "the entry that is right in its place",
    },
    atol=2e-3,
)
answers.wrong_answer(
    "inputs are put in the rows",
    "Slides of another year use the transposed layout. What stands in the rows here?",
    rows_of_3_to_5=3,
)
answers.wrong_answer(
    "all entries of the Jacobian are counted as its rows",
    "How many rows has a Jacobian with five outputs?",
    rows_of_3_to_5=15,
)
answers.wrong_answer(
    "only the diagonal is counted",
    "The question asks for all entries, also those that are zero. How many rows and "
    "how many columns are there?",
    relu_entries=4096,
)
answers.wrong_answer(
    "every entry of the Jacobian is taken to be in use",
    "Does the first output move when the second input does?",
    relu_nonzero_at_most=4096**2,
)
answers.wrong_answer(
    "a single nonzero entry is expected",
    "Each output depends on its own input. How many outputs are there?",
    relu_nonzero_at_most=1,
)
answers.wrong_answer(
    "the minibatch is forgotten",
    "All examples go through in one step. How many outputs are there in all?",
    minibatch_rows=4096,
)
answers.wrong_answer(
    "the Jacobian is taken to be formed in practice",
    "Compare its size with the memory of a computer. What do the layers compute "
    "instead?",
    jacobian_is_formed=True,
)
answers.wrong_answer(
    "the memory of double precision is given",
    "How many bytes does a number of single precision take?",
    affine_gigabytes=512,
)
answers.wrong_answer(
    "the entries are counted, not the bytes",
    "Each entry takes several bytes. How many in single precision?",
    affine_gigabytes=64,
)
answers.wrong_answer(
    "the memory of one example's Jacobian is given",
    "The Jacobian couples all outputs of the batch with all its inputs. How many are "
    "there of each?",
    affine_gigabytes=0.0625,
)
answers.wrong_answer(
    "the weight itself is taken for the slope",
    "The sum for q1 is linear in this weight. Which factor stands beside it?",
    dq1_dW11="W_11",
)
answers.wrong_answer(
    "the slope against the first weight is taken to be one",
    "By what is this weight multiplied in the sum for q1?",
    dq1_dW11="1",
)
answers.wrong_answer(
    "a weight of the second row is taken to act on the first output",
    "Write out the sum for q1. Does a weight of the second row stand in it?",
    dq1_dW21=0.2,
)
answers.wrong_answer(
    "the gradient is given the shape of the transposed W",
    "Which shape must it have to be taken off W in an update?",
    dW_shape="(D, M)",
)
answers.wrong_answer(
    "the gradient is taken for the whole Jacobian of q",
    "The gradient of one number against W: how many slopes are there?",
    dW_shape="(M, M * D)",
)
answers.wrong_answer(
    "the squared norm is given as the norm",
    "The lecture says L2 norm and writes its square. Which step is missing?",
    l2_norm_of_q=0.116,
)
answers.wrong_answer(
    "the absolute values of q are added up",
    "That is another norm. Which one squares first?",
    l2_norm_of_q=0.48,
)
answers.wrong_answer(
    "the right gradient of x is taken for misprinted",
    "Work out one entry of each matrix by hand, the first row with the first column.",
    misprinted="dx",
)
answers.wrong_answer(
    "the right gradient of w is taken for misprinted",
    "Work out one entry of each matrix by hand before you decide.",
    misprinted="dw",
)
answers.wrong_answer(
    "the misprinted entry is repeated",
    "Multiply the first row of x with the first column of w and add up.",
    first_entry=13,
)
answers.wrong_answer(
    "the minus signs in the product are dropped",
    "The third number of the row has a minus sign. What does it do to the sum?",
    first_entry=17,
)
answers.right_answer("decimal numbers", relu_entries=16_777_216.0, first_entry=-1.0)
answers.right_answer("a rounded norm", l2_norm_of_q=0.3406)
answers.right_answer("the root left to NumPy", l2_norm_of_q=np.sqrt(0.116))
