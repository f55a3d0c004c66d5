"""One epoch of the reference net against the same epoch in PyTorch, on the CPU.

    python -m benchmarks.epoch_against_torch [--threads N] [--rounds N] [--at-most R]

Both train a net with 100 hidden units on 4,170 rows of 3,072 float32 values, batches of
200, softmax loss, L2 penalty, plain gradient descent: same start, same batches, same
number of threads. Rounds alternate, so that a busy machine slows both; the ratio is
that of the fastest rounds. The values of the rows are random, which does not change the
work. Needs PyTorch; nothing else in the project does.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

import numpy as np

NUM_TRAIN, NUM_VALUES, NUM_HIDDEN, NUM_CLASSES, BATCH_SIZE = 4_170, 3_072, 100, 10, 200
LEARNING_RATE, REG = 0.2, 5e-3


def make_batches(rng: np.random.Generator) -> list[np.ndarray]:
    """Draw the rows of each batch of an epoch, as the reference does."""
    number = NUM_TRAIN // BATCH_SIZE
    return [rng.integers(NUM_TRAIN, size=BATCH_SIZE) for _ in range(number)]


def numpy_epoch(
    loss_fn, params: dict[str, np.ndarray], X: np.ndarray, y: np.ndarray, batches: list
) -> list[float]:
    """Train the reference for an epoch, in place, and return the loss of each batch."""
    losses = []
    for rows in batches:
        loss, grads = loss_fn(params, X[rows], y[rows], REG)
        losses.append(float(loss))
        for name in params:
            params[name] -= LEARNING_RATE * grads[name]
    return losses


def torch_epoch(torch, params: dict, X, y, batches: list) -> list[float]:
    """Train the same net for an epoch with PyTorch's autograd and its SGD."""
    weights, biases = [params["W1"], params["W2"]], [params["b1"], params["b2"]]
    penalty = {"params": weights, "weight_decay": 2 * REG}  # PyTorch's own, cheaper way
    optimizer = torch.optim.SGD([penalty, {"params": biases}], lr=LEARNING_RATE)
    losses = []
    for rows in batches:
        hidden = torch.relu(torch.addmm(params["b1"], X[rows], params["W1"]))
        scores = torch.addmm(params["b2"], hidden, params["W2"])
        loss = torch.nn.functional.cross_entropy(scores, y[rows])
        with torch.no_grad():
            full_loss = loss + REG * sum(W.square().sum() for W in weights)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(full_loss))
    return losses


def main(arguments: list[str] | None = None) -> int:
    """Print the ratio; return 0, 1 if it is above the limit, 2 without PyTorch."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--at-most", type=float, default=1.3)
    options = parser.parse_args(arguments)
    # Read by BLAS when the process starts, so the process starts again with it.
    if os.environ.get("OPENBLAS_NUM_THREADS") != str(options.threads):
        os.environ["OPENBLAS_NUM_THREADS"] = str(options.threads)
        os.environ["OMP_NUM_THREADS"] = str(options.threads)
        command = [sys.executable, "-m", "benchmarks.epoch_against_torch"]
        os.execv(sys.executable, command + (arguments or sys.argv[1:]))  # noqa: S606
    try:
        import torch
    except ModuleNotFoundError:
        print("PyTorch is not installed: python -m pip install torch", file=sys.stderr)
        return 2
    from benchmarks.reference import load_reference

    names = load_reference("lecture4/05_two_layer_net", "l4_two_layer_loss")
    torch.set_num_threads(options.threads)
    rng = np.random.default_rng(0)
    X = rng.random((NUM_TRAIN, NUM_VALUES), dtype=np.float32) - np.float32(0.5)
    y = rng.integers(NUM_CLASSES, size=NUM_TRAIN)
    ours = {
        "W1": 1e-2 * rng.standard_normal((NUM_VALUES, NUM_HIDDEN), dtype=np.float32),
        "b1": np.zeros(NUM_HIDDEN, np.float32),
        "W2": 1e-2 * rng.standard_normal((NUM_HIDDEN, NUM_CLASSES), dtype=np.float32),
        "b2": np.zeros(NUM_CLASSES, np.float32),
    }
    ours = {name: np.asarray(value, np.float32) for name, value in ours.items()}
    theirs = {
        name: torch.tensor(value.copy(), requires_grad=True)
        for name, value in ours.items()
    }
    X_torch, y_torch = torch.from_numpy(X), torch.from_numpy(y)
    times: dict[str, list[float]] = {"reference": [], "PyTorch": []}
    for number in range(options.rounds + 1):  # the first warms up
        batches = make_batches(rng)
        torch_batches = [torch.from_numpy(rows) for rows in batches]

        start = time.perf_counter()
        our_losses = numpy_epoch(names["two_layer_loss"], ours, X, y, batches)
        middle = time.perf_counter()
        their_losses = torch_epoch(torch, theirs, X_torch, y_torch, torch_batches)
        end = time.perf_counter()

        if not np.allclose(our_losses, their_losses, rtol=1e-3):
            print("the two nets do not compute the same losses", file=sys.stderr)
            return 1
        if number:
            times["reference"].append(middle - start)
            times["PyTorch"].append(end - middle)
    print(
        f"{options.threads} threads, float32, {NUM_HIDDEN} hidden units, "
        f"{len(batches)} batches of {BATCH_SIZE}; numpy {np.__version__}, "
        f"PyTorch {torch.__version__}"
    )
    for name, taken in times.items():
        best, middle = 1e3 * min(taken), 1e3 * float(np.median(taken))
        print(f"{name:10} fastest {best:6.1f} ms   median {middle:6.1f} ms")
    ratio = min(times["reference"]) / min(times["PyTorch"])
    medians = np.median(times["reference"]) / np.median(times["PyTorch"])
    print(f"ratio of the fastest {ratio:.2f}, of the medians {medians:.2f}")
    print(f"at most {options.at_most} expected")
    return 0 if ratio <= options.at_most else 1


if __name__ == "__main__":
    sys.exit(main())
