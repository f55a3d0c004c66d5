"""Class TwoLayerNet: misconceptions of its minibatches and epochs."""

import numpy as np

from autograder.exercise import misconception

from .training import accuracy_of, fast_loss, start_params


@misconception(
    "every step is taken on the first examples of the training set",
    "Print the rows of two minibatches. What should differ from one step to the next?",
)
class FirstRows:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = np.arange(min(batch_size, len(X)))
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                history["train_acc_history"].append(accuracy_of(self, X, y))
                history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
                learning_rate *= learning_rate_decay
        return history


@misconception(
    "the minibatches come from another generator than the net's rng",
    "Train two nets made with generators of the same seed. Are their histories equal?",
)
class OwnGenerator:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = np.random.default_rng().integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                history["train_acc_history"].append(accuracy_of(self, X, y))
                history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
                learning_rate *= learning_rate_decay
        return history


@misconception(
    "the loss of all examples is recorded, not that of the minibatch",
    "The step has just computed a loss. Of which examples is the one that you record?",
)
class LossOfAllExamples:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            _, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(self.loss(X, y, reg)[0])
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                history["train_acc_history"].append(accuracy_of(self, X, y))
                history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
                learning_rate *= learning_rate_decay
        return history


@misconception(
    "an epoch is counted in fractions of a step, so that it never ends on one",
    "N divided by batch_size need not be a whole number. How many whole steps make an "
    "epoch?",
)
class EpochOfFractions:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) / batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                history["train_acc_history"].append(accuracy_of(self, X, y))
                history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
                learning_rate *= learning_rate_decay
        return history
