"""Answers with two mistakes at once: the feedback names both in at least half of them.

Each function below is the right answer with switches, one for a misconception of the
bank. All pairs of switches are graded as a stranger's answers.
"""

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from autograder.course.exercises import get
from autograder.exercise.backend import LocalBackend
from autograder.judging.bank import BankMemory
from autograder.judging.decide import decide
from autograder.judging.explain import MAX_LINES, explain, lines

pytestmark = [pytest.mark.slow, pytest.mark.long]

SECRET = b"two mistakes"


def svm(on):
    def svm_loss_vectorized(W, X, y, reg):
        N = len(y)
        rows = np.arange(N)
        scores = X @ W
        delta = 0 if "margin_without_delta" in on else 1
        margins = np.maximum(0, scores - scores[rows, y][:, None] + delta)
        if "true_class_counted" not in on:
            margins[rows, y] = 0
        mask = (margins > 0).astype(float)
        mask[rows, y] = 0
        if "true_column_missing" not in on:
            mask[rows, y] = -mask.sum(axis=1)
        if "gradient_sign" in on:
            mask = -mask
        share = 1 if "sum_for_mean" in on else N
        slope = N if "gradient_not_divided" in on else 1
        half = 0.5 if "half_regularization" in on else 1
        loss = margins.sum() / share + half * reg * np.sum(W * W)
        dW = slope * X.T @ mask / share + 2 * half * reg * W
        return loss, dW.T if "gradient_transposed" in on else dW

    return svm_loss_vectorized


def softmax(on):
    def softmax_loss_vectorized(W, X, y, reg):
        N = len(y)
        rows = np.arange(N)
        scores = X @ W
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        probs = e / e.sum(axis=1, keepdims=True)
        log = np.log10 if "logarithm_to_base_ten" in on else np.log
        loss = -np.mean(log(probs[rows, y]))
        if "loss_without_minus" in on:
            loss = -loss
        if "loss_without_regularization" not in on:
            loss += reg * np.sum(W * W)
        if "one_not_subtracted" not in on:
            probs[rows, y] -= 1
        if "gradient_sign" in on:
            probs = -probs
        dW = X.T @ probs / (1 if "gradient_not_divided" in on else N)
        factor = 1 if "regularization_gradient_halved" in on else 2
        return loss, dW + factor * reg * W

    return softmax_loss_vectorized


def elastic(on):
    def elastic_net(W, beta):
        size = W if "elastic_plain_sum" in on else np.abs(W)
        square = (0.5 if "elastic_half" in on else 1) * beta * W**2
        R = np.sum(square + size, axis=0 if "elastic_by_column" in on else None)
        weight = 1 if "elastic_gradient_without_beta" in on else beta
        slope = 0.5 if "elastic_half" in on else 1
        side = np.ones_like(W) if "elastic_ones" in on else np.sign(W)
        return R, 2 * slope * weight * W + side

    return elastic_net


def affine(on):
    def affine_forward(x, w, b):
        out = x.reshape(len(x), -1) @ w
        return (out if "affine_without_bias" in on else out + b), (x, w)

    def affine_backward(dout, cache):
        x, w = cache
        ones = np.ones_like(dout)
        up = ones if "affine_dx_upstream_ignored" in on else dout
        dx = up @ w.T
        if "affine_dx_flat" not in on:
            dx = dx.reshape(x.shape)
        up = ones if "affine_dw_upstream_ignored" in on else dout
        dw = x.reshape(len(x), -1).T @ up
        if "affine_dw_mean" in on:
            dw = dw / len(x)
        db = dout.mean(axis=0) if "affine_db_mean" in on else dout.sum(axis=0)
        return dx, dw.T if "affine_dw_transposed" in on else dw, db

    return affine_forward, affine_backward


def scores_loss(on):
    def softmax_loss(scores, y):
        rows = np.arange(len(y))
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        log = np.log10 if "softmax_base_ten" in on else np.log
        loss = -log(p[rows, y])
        loss = loss.sum() if "softmax_loss_summed" in on else loss.mean()
        if "softmax_without_one" not in on:
            p[rows, y] -= 1
        if "softmax_sign_turned" in on:
            p = -p
        if "softmax_slope_summed" not in on:
            p = p / len(y)
        return (-loss if "softmax_loss_negative" in on else loss), p

    return softmax_loss


def squared_norm(on):
    def squared_norm_forward(W, x):
        q = W @ x
        f = np.mean(q * q) if "norm_mean" in on else np.sum(q * q)
        return (np.sqrt(f) if "norm_not_squared" in on else f), (W, x)

    def squared_norm_backward(dout, cache):
        W, x = cache
        factor = 1 if "norm_factor_missing" in on else 2
        up = 1 if "norm_upstream_ignored" in on else dout
        dq = factor * up * (W @ x)
        dW, dx = np.outer(dq, x), W.T @ dq
        if "norm_upstream_only_W" in on:
            dx = factor * W.T @ (W @ x)
        if "norm_dx_as_row" in on:
            dx = dx[None, :]
        return dW.T if "norm_dW_transposed" in on else dW, dx

    return squared_norm_forward, squared_norm_backward


def two_layers(on):
    def two_layer_loss(params, X, y=None, reg=0.0):
        W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
        hidden = np.maximum(0, X @ W1 + b1)
        scores = hidden @ W2 + b2
        if y is None:
            return scores
        N = len(y)
        rows = np.arange(N)
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        loss = -log_p[rows, y].mean()
        if "base_ten" in on:
            loss /= np.log(10)
        ds = np.exp(log_p)
        if "true_class_not_taken_off" not in on:
            ds[rows, y] -= 1
        ds /= N
        if "sum_for_mean" in on:
            loss, ds = N * loss, N * ds
        half = 0.5 if "half_the_penalty" in on else 1
        dh = ds @ W2.T
        if "no_mask" not in on:
            dh = dh * (hidden > 0)
        loss += half * reg * (np.sum(W1**2) + np.sum(W2**2))
        weight = 0 if "gradients_without_reg" in on else 2 * half * reg
        grads = {"W1": X.T @ dh + weight * W1, "b1": dh.sum(axis=0)}
        grads |= {"W2": hidden.T @ ds + weight * W2, "b2": ds.sum(axis=0)}
        if "biases_regularized" in on:
            for name, b in (("b1", b1), ("b2", b2)):
                loss += reg * np.sum(b**2)
                grads[name] = grads[name] + 2 * reg * b
        return loss, grads

    return two_layer_loss


# The switches, and the pairs of them that are no two mistakes: one undoes or hides the
# other, or both are about the same line.
CASES = {
    "l3_svm_loss_vectorized": (
        svm,
        "sum_for_mean half_regularization true_class_counted true_column_missing "
        "gradient_sign gradient_transposed margin_without_delta gradient_not_divided",
        {
            "true_class_counted margin_without_delta",
            "sum_for_mean gradient_not_divided",
        },
    ),
    "l3_softmax_loss_vectorized": (
        softmax,
        "logarithm_to_base_ten loss_without_minus loss_without_regularization "
        "one_not_subtracted gradient_sign gradient_not_divided "
        "regularization_gradient_halved",
        set(),
    ),
    "l3_elastic_net": (
        elastic,
        "elastic_plain_sum elastic_half elastic_by_column elastic_ones "
        "elastic_gradient_without_beta",
        set(),
    ),
    "l4_affine": (
        affine,
        "affine_without_bias affine_dx_upstream_ignored affine_dx_flat "
        "affine_dw_upstream_ignored affine_dw_mean affine_db_mean affine_dw_transposed",
        set(),
    ),
    "l4_softmax_loss": (
        scores_loss,
        "softmax_base_ten softmax_loss_summed softmax_without_one softmax_sign_turned "
        "softmax_slope_summed softmax_loss_negative",
        {"softmax_loss_summed softmax_slope_summed"},  # in the bank as one
    ),
    "l4_squared_norm": (
        squared_norm,
        "norm_mean norm_not_squared norm_factor_missing norm_upstream_ignored "
        "norm_upstream_only_W norm_dx_as_row norm_dW_transposed",
        {"norm_upstream_ignored norm_upstream_only_W"},
    ),
    "l4_two_layer_loss": (
        two_layers,
        "base_ten true_class_not_taken_off sum_for_mean half_the_penalty no_mask "
        "gradients_without_reg biases_regularized",
        set(),
    ),
}

each = pytest.mark.parametrize("exercise_id", CASES)


MEMORY = BankMemory()


def graded(exercise_id, *mistakes):
    exercise = get(exercise_id)
    made = CASES[exercise_id][0](set(mistakes))
    functions = made if isinstance(made, tuple) else (made,)
    names = {function.__name__: function for function in functions}
    backend = LocalBackend({**exercise.reference_names, **names})
    verdict, transcript = decide(exercise, backend, SECRET)
    return explain(exercise, verdict, transcript, SECRET, MEMORY)


@cache
def pairs_of(exercise_id):
    """Return each pair of mistakes and what the feedback names."""
    _, switches, excluded = CASES[exercise_id]
    pairs = combinations(switches.split(), 2)
    kept = [pair for pair in pairs if " ".join(pair) not in excluded]
    return [(pair, graded(exercise_id, *pair)) for pair in kept]


def both_named(found):
    return [pair for pair, verdict in found if set(pair) <= set(verdict.misconceptions)]


@each
def test_without_a_mistake_the_answer_is_right(exercise_id):
    assert graded(exercise_id).status == "correct"


@each
def test_each_switch_alone_is_its_misconception(exercise_id):
    for name in CASES[exercise_id][1].split():
        assert graded(exercise_id, name).misconceptions == [name]


@each
def test_of_two_mistakes_both_are_named_in_half_of_the_cases(exercise_id):
    found = pairs_of(exercise_id)
    missed = {pair for pair, _ in found} - set(both_named(found))
    assert len(both_named(found)) >= 0.5 * len(found), missed


def test_of_all_pairs_both_are_named_in_half_of_the_cases(record_property):
    found = [one for exercise_id in CASES for one in pairs_of(exercise_id)]
    both = both_named(found)
    one = [pair for pair, v in found if set(pair) & set(v.misconceptions)]
    record_property("both_named", f"{len(both)} of {len(found)}")
    print(f"both named: {len(both)} of {len(found)}, at least one: {len(one)}")
    assert len(both) >= 0.5 * len(found)


@each
def test_what_is_said_of_two_mistakes_is_short(exercise_id):
    for _, verdict in pairs_of(exercise_id):
        assert 1 <= len(lines(verdict)) <= MAX_LINES
