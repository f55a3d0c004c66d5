"""What a net's histories claim is compared with what its parameters show."""

import numpy as np
import pytest

from autograder.course.exercises import course_exercises, get
from autograder.exercise.backend import LocalBackend
from autograder.judging.decide import decide

pytestmark = pytest.mark.slow

NET = get("l4_two_layer_net")
FOLDER = "lecture4/05_two_layer_net/l4_two_layer_net"
minibatches = course_exercises().module(f"{FOLDER}/minibatches")
training = course_exercises().module(f"{FOLDER}/training")
OPTIONS = {"learning_rate": 0.1, "reg": 0.02}


def judged(**names):
    space = {**NET.given, **NET.reference_names, **names}
    return decide(NET, LocalBackend(space), b"minibatches")[0]


def descended(pairs):
    """Train on these pairs of examples; return the losses, the start and the data."""
    rng = np.random.default_rng(5)
    X, y = rng.standard_normal((6, 4)), np.arange(6) % 3
    start = training.start_params(4, 20, 3, 0.5, rng)
    params, losses = {name: value.copy() for name, value in start.items()}, []
    for rows in map(list, pairs):
        loss, grads = training.fast_loss(params, X[rows], y[rows], OPTIONS["reg"])
        losses.append(loss)
        for name in params:
            params[name] -= OPTIONS["learning_rate"] * grads[name]
    return np.array(losses), start, X, y


def test_the_pairs_behind_recorded_losses_are_found():
    pairs = [(0, 3), (1, 1), (2, 5), (0, 4), (3, 3), (4, 5)]
    losses, start, X, y = descended(pairs)
    found, fault = minibatches.rows_of(losses, start, X, y, **OPTIONS)
    assert (found, fault) == (pairs, "")


def test_a_loss_of_all_examples_is_told_from_one_of_none():
    losses, start, X, y = descended([(0, 3), (1, 2)])
    losses[0] = training.fast_loss(start, X, y, OPTIONS["reg"])[0]
    assert minibatches.rows_of(losses, start, X, y, **OPTIONS) == ([], "all")
    losses[0] *= 1.01
    assert minibatches.rows_of(losses, start, X, y, **OPTIONS) == ([], "none")


class MadeUp:
    """Never trains: its predict compares with means, and its histories are invented."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        rng = np.random.default_rng() if rng is None else rng
        self.params = training.start_params(
            input_size, hidden_size, output_size, std, rng
        )

    def loss(self, X, y=None, reg=0.0):
        return 0.0

    def predict(self, X):
        gaps = X[:, None, :] - self.means
        return (gaps**2).sum(axis=2).argmin(axis=1)

    def train(self, X, y, X_val, y_val, *, num_iters, batch_size, **settings):
        self.means = np.array([X[y == c].mean(axis=0) for c in np.unique(y)])
        epochs = num_iters // max(len(X) // batch_size, 1)
        return {
            "loss_history": [1.1 * 0.95**step for step in range(num_iters)],
            "train_acc_history": [1.0] * epochs,
            "val_acc_history": [0.0] * epochs,
        }


def test_made_up_histories_bring_no_more_than_the_start():
    verdict = judged(TwoLayerNet=MadeUp)
    assert verdict.score <= 1.7, verdict.checks
    lost = {check.label for check in verdict.checks if not check.passed}
    assert "training lowers the loss and learns to tell three classes apart" in lost
    assert "a history with an entry for each iteration and each epoch" in lost


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("FirstRows", "every step is taken on the same examples"),
        ("OwnGenerator", "the minibatches are not drawn from the net's rng"),
        ("LossOfAllExamples", "the loss of all examples, not of the minibatch"),
    ],
)
def test_minibatches_of_the_wrong_kind_lose_their_check_alone(name, reason):
    entry = NET.known(name)
    verdict, _ = decide(NET, NET.local(entry), b"minibatches")
    (check,) = [check for check in verdict.checks if not check.passed]
    assert check.label == "each step on a minibatch drawn from rng"
    assert reason in check.reason
