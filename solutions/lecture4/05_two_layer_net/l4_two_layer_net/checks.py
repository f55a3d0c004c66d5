"""Class TwoLayerNet: start, loss, train, predict: reference and hidden checks."""

from typing import Any

import numpy as np

from autograder.exercise import CheckFailed, Exercise, Ref, Student, check, rng_argument

from ..l4_two_layer_loss.checks import far_examples, two_layer_loss
from ..net_params import NAMES, Params, fetch_params
from .minibatches import Rows, rows_of
from .training import fast_loss, start_params, train_net

EXERCISE = Exercise(
    points=8,
    names=("TwoLayerNet",),
    title="Class TwoLayerNet: start, loss, train, predict",
    size="loss",
    given={"two_layer_loss": fast_loss},
    leans_on=("l4_two_layer_loss",),
)


class TwoLayerNet:
    """One hidden layer, softmax loss, minibatch descent; float32 in, float32 out."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        dtype = np.result_type(X, np.float32)
        for name, value in self.params.items():
            self.params[name] = value.astype(dtype, copy=False)
        return train_net(
            self,
            X,
            y,
            X_val,
            y_val,
            float(learning_rate),
            learning_rate_decay,
            reg,
            num_iters,
            batch_size,
        )


Blobs = tuple[np.ndarray, np.ndarray]


def _blobs(rng: np.random.Generator, N: int) -> Blobs:
    """Draw points in four dimensions round three centres, well apart."""
    y = rng.permutation(np.arange(N) % 3)
    return 3 * np.eye(4)[y] + 0.4 * rng.standard_normal((N, 4)), y


def _new_net(
    student: Student, rng: np.random.Generator, *sizes: int, **options: Any
) -> Ref:
    seed = int(rng.integers(2**31))
    return student.keep("TwoLayerNet", *sizes, rng=rng_argument(seed), **options)


def _trained(student: Student, net: Ref, *data: np.ndarray, **options: Any) -> Any:
    settings = {
        "learning_rate": 0.5,
        "learning_rate_decay": 0.95,
        "reg": 1e-4,
        "num_iters": 150,
        "batch_size": 30,
        "verbose": False,
    }
    return net.method("train", *data, **(settings | options))


HISTORIES = ("loss_history", "train_acc_history", "val_acc_history")


def _history(got: Any, name: str) -> np.ndarray:
    if not isinstance(got, dict) or name not in got:
        raise CheckFailed(f"train returns no dict with the key {name!r}", "type")
    values = np.asarray(got[name])
    if values.ndim != 1 or (values.size and values.dtype.kind not in "iuf"):
        raise CheckFailed(f"{name} is no list of numbers", "type")
    return values.astype(float)


@check("names, shapes and biases at the start", 0.5)
def start_shapes(student: Student, rng: np.random.Generator) -> None:
    for D, H, C in ((7, 5, 3), (3, 8, 4)):
        params = fetch_params(student, _new_net(student, rng, D, H, C, std=0.5))
        student.transcript[-1] = [[params[name].shape for name in NAMES]]
        wanted = {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}
        for name in NAMES:
            student.array(params[name], wanted[name], f"params[{name!r}]")
        student.transcript[-1] = [[params["b1"], params["b2"]]]
        zero = not params["b1"].any() and not params["b2"].any()
        student.require(zero, "the biases do not start at zero")


@check("the spread of the weights at the start", 0.5)
def start_spread(student: Student, rng: np.random.Generator) -> None:
    for options in ({"std": 0.02}, {"std": 1.5}, {}):
        std = options.get("std", 1e-4)
        params = fetch_params(student, _new_net(student, rng, 120, 100, 30, **options))
        for name in ("W1", "W2"):
            W = student.array(params[name], params[name].shape, f"params[{name!r}]")
            close = abs(W.std() / std - 1) < 0.15 and abs(W.mean()) < 0.1 * std
            reason = (
                f"the entries of {name} do not have mean 0 and the spread asked for"
            )
            student.require(close, reason)


@check("the same rng, the same start; no rng, a start all the same", 0.5)
def start_rng(student: Student, rng: np.random.Generator) -> None:
    seed = int(rng.integers(2**31))
    one, again, other = (
        fetch_params(
            student,
            student.keep("TwoLayerNet", 4, 6, 3, std=1.0, rng=rng_argument(number)),
        )["W1"]
        for number in (seed, seed, seed + 1)
    )
    free = [
        fetch_params(student, student.keep("TwoLayerNet", 4, 6, 3, std=1.0))["W1"]
        for _ in range(2)
    ]
    same, differ = np.array_equal(one, again), not np.array_equal(one, other)
    unlike = not np.array_equal(*free)
    student.transcript[:] = [("starts", same, differ, unlike)]
    student.require(same, "two nets made with equal generators differ")
    student.require(differ, "the generator that is passed in makes no difference")
    student.require(unlike, "two nets made without a generator are the same")


@check("scores, loss and gradients", 1)
def net_loss(student: Student, rng: np.random.Generator) -> None:
    D, H, C, N = 5, 7, 4, 6
    net = _new_net(student, rng, D, H, C, std=1.0)
    params = fetch_params(student, net)
    student.transcript.pop()
    X, y = rng.standard_normal((N, D)), rng.integers(C, size=N)
    scores = student.fetch(net.method("loss", X))
    student.expect(scores, two_layer_loss(params, X), "scores", letters="(N, C)")
    for reg in (0.0, 0.3):
        answer = student.fetch(net.method("loss", X, y, reg))
        want = two_layer_loss(params, X, y, reg)
        student.expect(answer, want, "loss(X, y, reg)", parts=("loss", "grads"))
    answer = student.fetch(net.method("loss", X, y))
    want = two_layer_loss(params, X, y, 0.0)
    student.expect(answer, want, "loss(X, y)", parts=("loss", "grads"))
    X, y = far_examples(rng, params, N)
    answer = student.fetch(net.method("loss", X, y))
    want = two_layer_loss(params, X, y, 0.0)
    student.expect(answer, want, "loss of far scores", parts=("loss", "grads"))


@check("predict", 0.8)
def net_predict(student: Student, rng: np.random.Generator) -> None:
    for N, D, H, C in ((40, 4, 6, 5), (1, 3, 4, 2)):
        net = _new_net(student, rng, D, H, C, std=1.0)
        params = fetch_params(student, net)
        student.transcript.pop()
        X = rng.standard_normal((N, D))
        got = student.fetch(net.method("predict", X))
        labels = student.array(got, (N,), "predict(X)")
        student.require(
            got.dtype.kind in "iu", "predict gives no whole numbers", "type"
        )
        right = labels == two_layer_loss(params, X).argmax(axis=1)
        student.require(right.all(), "predict does not give the class of highest score")


def _class_of(params: Params, X: np.ndarray) -> np.ndarray:
    """Classify in the grader: what the object says of itself proves nothing."""
    return fast_loss(params, X).argmax(axis=1)


@check("training lowers the loss and learns to tell three classes apart", 1)
def net_learns(student: Student, rng: np.random.Generator) -> None:
    (X, y), (X_val, y_val), (X_new, y_new) = (_blobs(rng, N) for N in (90, 30, 60))
    net = _new_net(student, rng, 4, 12, 3, std=0.1)
    start = fetch_params(student, net)
    history = student.fetch(_trained(student, net, X, y, X_val, y_val))
    losses = _history(history, "loss_history")
    end = fetch_params(student, net)
    student.transcript[-3:] = [[losses]]
    first, last = (fast_loss(params, X, y)[0] for params in (start, end))
    student.require(
        last < 0.3 * first, "the loss does not fall as it should on three easy classes"
    )
    share = np.mean(_class_of(end, X_new) == y_new)
    student.require(
        share > 0.9, "the trained net does not tell three easy classes apart"
    )


@check("a history with an entry for each iteration and each epoch", 1)
def net_history(student: Student, rng: np.random.Generator) -> None:
    (X, y), (X_val, y_val) = _blobs(rng, 90), _blobs(rng, 30)
    net = _new_net(student, rng, 4, 12, 3, std=0.1)
    start = fetch_params(student, net)
    # The labels of the validation set are all wrong: its accuracy falls to zero.
    data = (X, y, X_val, (y_val + 1) % 3)
    got = student.fetch(_trained(student, net, *data, num_iters=100, batch_size=30))
    end = fetch_params(student, net)
    student.transcript[-3:] = [
        [{k: v for k, v in got.items() if k in HISTORIES}]
        if isinstance(got, dict)
        else [got]
    ]
    losses, train, val = (_history(got, name) for name in HISTORIES)
    student.require(len(losses) == 100, "loss_history has not one entry per iteration")
    for name, values in (("train_acc_history", train), ("val_acc_history", val)):
        # 33 whole epochs; the first or the last, begun one, may count.
        near = 33 <= len(values) <= 35
        student.require(near, f"{name} has not one entry per epoch")
        within = bool(((values >= 0) & (values <= 1)).all())
        student.require(within, f"{name} has values outside 0 to 1")
    student.require(train[-1] > 0.9, "train_acc_history does not show what was learned")
    student.require(val[-1] < 0.1, "val_acc_history is not measured on X_val, y_val")
    # The histories are those of this net: its parameters tell the same.
    first, last = (fast_loss(params, X, y, 1e-4)[0] for params in (start, end))
    near = abs(losses[0] - first) < 0.1 * first and losses[-9:].mean() < 3 * last + 0.1
    learned = np.mean(_class_of(end, X) == y) > 0.9
    student.require(
        near and learned, "the histories do not belong to the parameters of the net"
    )


def _steps(
    params: Params,
    x: np.ndarray,
    label: int,
    per_epoch: int,
    decay_at: int,
    **options: Any,
) -> tuple[list[float], Params]:
    """Follow the descent on copies of one example, step by step."""
    params = {name: np.array(value, dtype=float) for name, value in params.items()}
    rate, losses = options["learning_rate"], []
    for step in range(options["num_iters"]):
        loss, grads = fast_loss(params, x[None], np.array([label]), options["reg"])
        losses.append(loss)
        params = {name: params[name] - rate * grads[name] for name in NAMES}
        if step % per_epoch == decay_at:
            rate *= options["learning_rate_decay"]
    return losses, params


def _follows(
    student: Student, rng: np.random.Generator, N: int, **options: Any
) -> None:
    """Train on N copies of one example, where every minibatch is the same."""
    x, label = rng.standard_normal(4), int(rng.integers(3))
    X, y = np.tile(x, (N, 1)), np.full(N, label)
    net = _new_net(student, rng, 4, 6, 3, std=0.5)
    start = fetch_params(student, net)
    student.transcript.pop()
    got = student.fetch(_trained(student, net, X, y, X[:2], y[:2], **options))
    losses = _history(got, "loss_history")
    end = fetch_params(student, net)
    student.transcript[-2:] = [[losses, end]]
    student.require(len(losses) == options["num_iters"], "a step has no entry")
    per_epoch = max(N // options["batch_size"], 1)
    # At the end of an epoch; right after the first step of one counts as well.
    for decay_at in (per_epoch - 1, 0):
        wanted, params = _steps(start, x, label, per_epoch, decay_at, **options)
        near = np.allclose(losses, wanted, rtol=1e-6, atol=1e-9)
        if near and all(
            end[name].shape == params[name].shape
            and np.allclose(end[name], params[name], rtol=1e-5, atol=1e-8)
            for name in NAMES
        ):
            return
    raise CheckFailed(
        "on copies of one example, the losses or the parameters do not follow the "
        "steps of gradient descent with these settings"
    )


@check("each step: learning rate, regularization, all four arrays", 1)
def net_steps(student: Student, rng: np.random.Generator) -> None:
    steady = {"learning_rate_decay": 1.0, "num_iters": 8, "batch_size": 3}
    _follows(student, rng, 9, learning_rate=0.2, reg=0.0, **steady)
    _follows(student, rng, 9, learning_rate=0.1, reg=0.05, **steady)


@check("the learning rate decays once an epoch", 0.5)
def net_decay(student: Student, rng: np.random.Generator) -> None:
    options = {"learning_rate": 0.2, "learning_rate_decay": 0.5, "reg": 0.0}
    # An epoch of whole steps: three, though three minibatches leave two examples over.
    _follows(student, rng, 11, num_iters=11, batch_size=3, **options)


@check("minibatches larger than the training set", 0.3)
def net_large_batch(student: Student, rng: np.random.Generator) -> None:
    options = {"learning_rate": 0.2, "learning_rate_decay": 0.5, "reg": 0.0}
    _follows(student, rng, 4, num_iters=5, batch_size=10, **options)


_DRAWS = {
    "all": "loss_history holds the loss of all examples, not of the minibatch",
    "none": "a loss in loss_history is not the mean over a minibatch of two examples",
    "same": "every step is taken on the same examples",
    "rng": "the minibatches are not drawn from the net's rng",
}


@check("each step on a minibatch drawn from rng", 0.7)
def net_minibatches(student: Student, rng: np.random.Generator) -> None:
    X, y = rng.standard_normal((6, 4)), rng.permutation(np.arange(6) % 3)
    options = {"learning_rate": 0.1, "reg": 0.0, "num_iters": 12, "batch_size": 2}
    seeds = [int(number) for number in rng.integers(2**31, size=2)]
    drawn: list[list[Rows]] = []
    fault = ""
    for seed in (seeds[0], seeds[0], seeds[1]):
        made = rng_argument(seed)
        # Units enough: with all of them off, two examples would have the same loss.
        net = student.keep("TwoLayerNet", 4, 20, 3, std=0.5, rng=made)
        start = fetch_params(student, net)
        trained = _trained(student, net, X, y, X, y, learning_rate_decay=1.0, **options)
        losses = _history(student.fetch(trained), "loss_history")
        if len(losses) != options["num_iters"]:
            raise CheckFailed("loss_history has not one entry per iteration")
        rows, fault = rows_of(losses, start, X, y, **options)
        drawn.append(rows)
        if fault:
            break
    if not fault and any(len(set(rows)) == 1 for rows in drawn):
        fault = "same"
    if not fault and not drawn[0] == drawn[1] != drawn[2]:
        fault = "rng"
    # Which examples they are depends on how they are drawn, which is free.
    student.transcript[:] = [("minibatches", fault)]
    student.require(not fault, _DRAWS.get(fault, ""))


@check("the data stay as they were", 0.2, inputs=True)
def net_inputs(student: Student, rng: np.random.Generator) -> None:
    blobs = [part for N in (30, 12) for part in _blobs(rng, N)]
    held = [student.later({"do": "op", "name": "same"}, (part,)) for part in blobs]
    net = _new_net(student, rng, 4, 6, 3, std=0.1)
    history = _trained(student, net, *held, num_iters=8, batch_size=5)
    got, *after = student.fetch(history, *held)
    student.transcript.pop()
    student.require(len(_history(got, "loss_history")) == 8, "a step has no entry")
    same = all(np.array_equal(one, two) for one, two in zip(blobs, after, strict=True))
    student.require(same, "train changes the data that it is given", "inputs")
