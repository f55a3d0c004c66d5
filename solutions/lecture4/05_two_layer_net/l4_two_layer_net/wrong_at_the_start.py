"""Class TwoLayerNet: misconceptions of its start."""

import numpy as np

from autograder.exercise import misconception

from .training import fast_loss, start_params, train_net


@misconception(
    "the weights start at zero",
    "With equal weights all hidden units compute the same and learn the same. What "
    "must differ between them at the start?",
)
class StartsAtZero:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, 0.0, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "the weights start with a spread of one, whatever std says",
    "Make two nets with different std and compare the sizes of their weights.",
)
class StdIgnored:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, 1.0, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "the biases start at random values",
    "The weights break the symmetry between the units. What do the biases start at?",
)
class RandomBiases:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)
        self.params["b1"] = std * self.rng.standard_normal(hidden_size)
        self.params["b2"] = std * self.rng.standard_normal(output_size)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "the generator that is passed in is not used",
    "Make two nets with generators of the same seed. Are they equal?",
)
class RngIgnored:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng()
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "without a generator the start is always the same",
    "A fixed seed inside the class makes every net the same net. Which generator has a "
    "fresh seed of its own?",
)
class FixedSeed:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng(0) if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "std scales the weights of one layer alone",
    "Make a net and compare the sizes of the entries of W1 and W2.",
)
class StdOnOneLayer:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)
        self.params["W2"] = self.rng.standard_normal((hidden_size, output_size))

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)
