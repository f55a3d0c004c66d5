"""Train the reference solutions on CIFAR-10 and hold them against documented results.

    python -m benchmarks.cifar10 [--root PATH] [--sample FILE] [--only NAME ...]

CIFAR-10 is looked for as `cs231n_lib.data.load_cifar10` does. ``--sample``, or the
environment variable ``CS231N_SAMPLE``, names an npz file with a part of it instead:
``X_train``, ``X_test`` (N, 32, 32, 3) uint8 and ``y_train``, ``y_test`` (N,) uint8.
The best learning rate and regularization are those of the highest validation accuracy.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from benchmarks.reference import load_reference
from cs231n_lib.data import Dataset, load_cifar10
from cs231n_lib.data.cifar10_files import DataError

NUM_VAL = 1_000  # the last of the sample's training images validate
BATCH_SIZE = 200
NUM_HIDDEN = 100
CLASSES = "airplane automobile bird cat deer dog frog horse ship truck"


@dataclass(frozen=True)
class Result:
    """What one classifier reached with its best hyperparameters."""

    settings: str
    train: float
    val: float
    test: float


@dataclass(frozen=True)
class Job:
    """One row of the table."""

    run: Callable[[Dataset, int], Result]
    documented: str  # on all of CIFAR-10, validation
    on_sample: str  # on the sample, validation / test
    floor: float | None = None  # test accuracy below which the sample run fails


def load_sample(path: str | Path) -> Dataset:
    """Load a part of CIFAR-10 from an npz file, the last training images to validate.

    Returns
    -------
    Dataset
        float32 rows of 3,072 values in [0, 1].
    """
    with np.load(path, allow_pickle=False) as file:
        X = file["X_train"].reshape(-1, 3072) / np.float32(255)
        X_test = file["X_test"].reshape(-1, 3072) / np.float32(255)
        y, y_test = file["y_train"].astype(np.int64), file["y_test"].astype(np.int64)
    first = len(X) - min(NUM_VAL, len(X) // 5)
    return Dataset(
        name=f"sample of CIFAR-10 ({first:,}/{len(X) - first:,}/{len(X_test):,})",
        X_train=X[:first],
        y_train=y[:first],
        X_val=X[first:],
        y_val=y[first:],
        X_test=X_test,
        y_test=y_test,
        class_names=tuple(CLASSES.split()),
        image_shape=(32, 32, 3),
    )


def train_linear(
    loss_fn: Callable[..., tuple[float, np.ndarray]],
    data: Dataset,
    learning_rate: float,
    reg: float,
    num_steps: int,
) -> np.ndarray:
    """Minibatch gradient descent with a learning rate that falls to 0 along a cosine.

    Parameters
    ----------
    loss_fn : callable
        The reference: ``loss_fn(W, X, y, reg) -> (loss, dW)``.
    data : Dataset
        Centred, with the bias column.

    Returns
    -------
    W : (D, C) of the data's float type
    """
    rng = np.random.default_rng(0)
    X, y = data.X_train, data.y_train
    W = 1e-4 * rng.standard_normal((X.shape[1], data.num_classes)).astype(X.dtype)
    for step in range(num_steps):
        batch = rng.integers(len(y), size=BATCH_SIZE)
        dW = loss_fn(W, X[batch], y[batch], reg)[1]
        rate = learning_rate * 0.5 * (1 + np.cos(np.pi * step / num_steps))
        W -= (rate * dW).astype(X.dtype)
    return W


def search(
    train: Callable[[float, float], Callable[[np.ndarray], np.ndarray]],
    data: Dataset,
    learning_rates: tuple[float, ...],
    regs: tuple[float, ...],
) -> Result:
    """Train with each pair of hyperparameters and keep the best on validation.

    Parameters
    ----------
    train : callable
        ``train(learning_rate, reg)`` returns a function from X to labels.
    """
    best = None
    for learning_rate, reg in product(learning_rates, regs):
        predict = train(learning_rate, reg)
        train_share, val, test = (
            float(np.mean(predict(getattr(data, f"X_{part}")) == labels))
            for part, labels in (
                ("train", data.y_train),
                ("val", data.y_val),
                ("test", data.y_test),
            )
        )
        if best is None or val > best.val:
            settings = f"learning rate {learning_rate:g}, reg {reg:g}"
            best = Result(settings, train_share, val, test)
    return best


def linear(notebook: str, ids: tuple[str, ...], rates: tuple, regs: tuple) -> Callable:
    """Make the job of a linear classifier on raw pixels; its loss is the last id's."""

    def run(data: Dataset, num_steps: int) -> Result:
        loss_fn = load_reference(notebook, *ids)[ids[-1].removeprefix("l3_")]
        return _search_linear(loss_fn, data, rates, regs, num_steps)

    return run


def _search_linear(
    loss_fn: Callable, data: Dataset, rates: tuple, regs: tuple, num_steps: int
) -> Result:
    ready = data.centered().with_bias()

    def train(learning_rate: float, reg: float) -> Callable:
        W = train_linear(loss_fn, ready, learning_rate, reg, num_steps)
        return lambda X: np.argmax(X @ W, axis=1)

    return search(train, ready, rates, regs)


def two_layer_net(data: Dataset, num_steps: int) -> Result:
    """Train the reference net with 100 hidden units on raw pixels."""
    reference = load_reference(
        "lecture4/05_two_layer_net", "l4_two_layer_loss", "l4_two_layer_net"
    )
    ready = data.centered()

    def train(learning_rate: float, reg: float) -> Callable:
        net = reference["TwoLayerNet"](
            ready.X_train.shape[1],
            NUM_HIDDEN,
            ready.num_classes,
            std=1e-2,
            rng=np.random.default_rng(0),
        )
        for name, value in net.params.items():
            net.params[name] = value.astype(ready.X_train.dtype)
        epochs = max(num_steps * BATCH_SIZE // len(ready.y_train), 1)
        net.train(
            ready.X_train,
            ready.y_train,
            ready.X_val,
            ready.y_val,
            learning_rate=learning_rate,
            learning_rate_decay=0.02 ** (1 / epochs),  # to a fiftieth at the end
            reg=reg,
            num_iters=num_steps,
            batch_size=BATCH_SIZE,
            verbose=False,
        )
        return net.predict

    return search(train, ready, NET_RATES, NET_REGS)


def features_linear(data: Dataset, num_steps: int) -> Result:
    """Train the SVM on oriented gradients and a colour histogram of each image."""
    names = load_reference(
        "lecture3/05_image_features",
        "l3_color_histogram",
        "l3_image_gradient",
        "l3_hog",
    )
    grey = np.array([0.299, 0.587, 0.114])

    def describe(image: np.ndarray) -> np.ndarray:
        return np.hstack(
            [names["hog"](image @ grey), names["color_histogram"](image, 10)]
        )

    rows = {}
    for part in ("train", "val", "test"):
        features = [describe(image) for image in data.images(part).astype(float)]
        rows[f"X_{part}"] = np.array(features, np.float32)  # (N, 154)
    scale = rows["X_train"].std(axis=0) + 1e-6  # (154,)
    rows = {name: X / scale for name, X in rows.items()}
    found = replace(data, image_shape=None, **rows)
    svm = load_reference("lecture3/01_svm", "l3_svm_loss_vectorized")
    return _search_linear(
        svm["svm_loss_vectorized"], found, (0.01, 0.03), (1e-3, 1e-2), num_steps
    )


NET_RATES, NET_REGS = (0.2, 0.3), (5e-3,)
JOBS = {
    "SVM": Job(
        linear(
            "lecture3/01_svm", ("l3_svm_loss_vectorized",), (2e-3, 5e-3), (1e-2, 0.1)
        ),
        "about .38 to .40",
        ".355 / .351",
        0.34,
    ),
    "softmax": Job(
        linear(
            "lecture3/02_softmax",
            ("l3_softmax", "l3_softmax_loss_vectorized"),
            (0.01, 0.03),
            (1e-3, 1e-2),
        ),
        ".35 to .40",
        ".386 / .370",
        0.36,
    ),
    "two-layer net": Job(two_layer_net, ".48 to .55", ".422 / .427", 0.41),
    "features + SVM": Job(features_linear, ".42 to .50", "-"),
}


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return 0; 1 below the sample's floors; 2 without data."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.cifar10", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--root", help="the archive or folder of CIFAR-10")
    parser.add_argument("--sample", help="an npz file with a part of it")
    parser.add_argument("--only", nargs="+", choices=JOBS, default=list(JOBS))
    parser.add_argument("--steps", type=int, help="training steps of each run")
    options = parser.parse_args(arguments)
    sample = options.sample or (not options.root and os.environ.get("CS231N_SAMPLE"))
    try:
        data = (
            load_sample(sample)
            if sample
            else load_cifar10(options.root, dtype=np.float32)
        )
    except (DataError, OSError, ValueError, KeyError) as error:
        print(f"no data: {error}", file=sys.stderr)
        return 2
    num_steps = options.steps or (1_500 if sample else 5_000)
    print(f"{data.name}: {num_steps} steps of {BATCH_SIZE} images", flush=True)
    head = ("", "train", "val", "test", "documented", "time")
    row = "{:15} {:>6} {:>6} {:>6}  {:17} {:>6}  {}"
    print(row.format(*head, "chosen by validation accuracy"), flush=True)
    short = []
    for name in options.only:
        job, start = JOBS[name], time.perf_counter()
        try:
            result = job.run(data, num_steps)
        except LookupError as error:
            print(f"{name:15} left out: {error.args[0]}", flush=True)
            continue
        shares = [f"{share:.3f}" for share in (result.train, result.val, result.test)]
        documented = job.on_sample if sample else job.documented
        took = f"{time.perf_counter() - start:.0f} s"
        print(row.format(name, *shares, documented, took, result.settings), flush=True)
        if sample and job.floor is not None and result.test < job.floor:
            short.append(
                f"{name}: test {result.test:.3f}, at least {job.floor} expected"
            )
    print("documented: validation" + (" / test" if sample else ""))
    print("\n".join(short), end="\n" if short else "")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
