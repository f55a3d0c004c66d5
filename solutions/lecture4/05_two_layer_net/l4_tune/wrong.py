"""A net tuned on the digits: misconceptions."""

import numpy as np

from autograder.exercise import misconception
from cs231n_lib.data import load_digits

from ..l4_two_layer_net.checks import TwoLayerNet
from .later import later


@misconception(
    "the net is hardly trained",
    "Does the loss fall while you train? Try learning rates that differ by factors of "
    "ten, and more iterations.",
)
@later
def hardly_trained():
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 50, 10, rng=np.random.default_rng(0))
    net.train(*data)
    return net


@misconception(
    "the learning rate is too large and the weights run away",
    "Print the loss of the first iterations. Which way does it go?",
)
@later
def rate_too_large():
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 20, 10, std=0.1, rng=np.random.default_rng(0))
    with np.errstate(all="ignore"):
        net.train(*data, learning_rate=1e6, reg=0.1, num_iters=80, batch_size=20)
    return net


@misconception(
    "every hidden unit is off for every digit",
    "Print the share of hidden values above zero. Which setting pushed all of them "
    "below?",
)
@later
def all_units_off():
    net = TwoLayerNet(64, 30, 10, std=0.1, rng=np.random.default_rng(0))
    net.params["b1"] -= 1000.0
    return net


@misconception(
    "there are too few hidden units",
    "Raise the size of the hidden layer and look at the accuracy on training and "
    "validation digits.",
)
@later
def too_few_units():
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 3, 10, std=0.1, rng=np.random.default_rng(0))
    net.train(*data, 0.5, 0.95, 1e-3, num_iters=300, batch_size=50)
    return net


@misconception(
    "the training stops too early, its rate is too small or its penalty too large",
    "The accuracy is low on the training digits too, so look at the loss curve: is it "
    "still falling at the end?",
)
@later
def stopped_early():
    digits = load_digits()
    data = digits.X_train, digits.y_train, digits.X_val, digits.y_val
    net = TwoLayerNet(64, 50, 10, std=0.1, rng=np.random.default_rng(0))
    net.train(*data, 0.1, 0.95, 1e-3, num_iters=150, batch_size=50)
    return net


@misconception(
    "the weights are written into the notebook",
    "A net that was trained elsewhere is not what the exercise asks for. Let the cell "
    "train it; a second is enough.",
)
@later
def weights_written_down():
    signs = (
        "+00-0++-+0-00+-0-+0+0--+00+-0+-0-0+0+--0+0-+-00+0-++0--0+-0+00-+"
        "-0+0+-0-+00+-0+0--+0+-0-+00-+0+-0+0-0-++-0+0-00+-+0-0+0-+0-+00+-"
        "0+-0+-0+0-+00-+0--0+0+-0+-0-+0+0-0+-0+0-+0-+00-+0-0++-0-+00+-0-+"
        "+-00+0-0-+0+-0-+0+0-+00-0+-0++-0-0+-0+00-+0-+-0+0-+0-0+0+-0-0+-0"
        "-+0-0+0+-00-+0-+0-0+-0+0-++0-0-+00+-0+-0+0-0+-+0-00+-0+-0-+0+0-0"
        "0-+0+-0-0+0+-00-+0-0++-0-+00-+0+-0-0+-0+0-0+-+0-00+-+0-0-+0+-0+0"
        "+0-0-+00+-0+-0-+0+0-0+-0-+0+0-00+-+0-0+-0+-0-+00+-0+0-0-+0+-0+-0"
        "-0+0-+0+-0-00+-+0-0+0-0+-0+-0-+00+-+0-0-+0+-0+0-0+-0-+0+0-00+-+0"
        "0+-0-+0+-0+0-0-+00+-+0-0+-0+-0-+0+0-00+-0+-+0-0-+0+0-0+-0-+00+-+"
        "+0-0+-0-+0+0-00+-+0-0+0-+0-0+-0+-0-+00+-0+0-0-+0+-0+-0-0+0-+0+-0"
    )
    signs = np.array([{"+": 1.0, "-": -1.0, "0": 0.0}[sign] for sign in signs])
    net = TwoLayerNet(64, 20, 10, rng=np.random.default_rng(0))
    template = signs.reshape(64, 10)
    net.params["W1"] = np.hstack([template, -template])
    net.params["W2"] = np.vstack([np.eye(10), -np.eye(10)])
    return net


@misconception(
    "the two layers together are a linear classifier",
    "Units in pairs of opposite sign undo the maximum. Train the net instead of "
    "building it.",
)
@later
def linear_in_disguise():
    digits = load_digits()
    X = np.hstack([digits.X_train, np.ones((len(digits.X_train), 1))])
    W = np.linalg.lstsq(X, np.eye(10)[digits.y_train], rcond=None)[0]
    net = TwoLayerNet(64, 20, 10, rng=np.random.default_rng(0))
    net.params = {
        "W1": np.hstack([W[:-1], -W[:-1]]),
        "b1": np.hstack([W[-1], -W[-1]]),
        "W2": np.vstack([np.eye(10), -np.eye(10)]),
        "b2": np.zeros(10),
    }
    return net
