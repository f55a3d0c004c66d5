"""Class TwoLayerNet: misconceptions of loss and predict."""

import numpy as np

from autograder.exercise import misconception

from .training import fast_loss, start_params, train_net


@misconception(
    "loss forgets the regularization that it is given",
    "Does the result of loss change when you change reg?",
)
class LossWithoutReg:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "predict gives the scores, not the classes",
    "A prediction is one whole number an example. How do you get it from a row of "
    "scores?",
)
class PredictsScores:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return self.loss(X)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                right = np.argmax(self.predict(X), axis=1) == y
                history["train_acc_history"].append(np.mean(right))
                right = np.argmax(self.predict(X_val), axis=1) == y_val
                history["val_acc_history"].append(np.mean(right))
                learning_rate *= learning_rate_decay
        return history


@misconception(
    "predict looks for the highest score down the columns",
    "One label an example is asked for. Along which axis do the classes of one example "
    "lie?",
)
class PredictsDownColumns:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=0)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                right = np.argmax(self.loss(X), axis=1) == y
                history["train_acc_history"].append(np.mean(right))
                right = np.argmax(self.loss(X_val), axis=1) == y_val
                history["val_acc_history"].append(np.mean(right))
                learning_rate *= learning_rate_decay
        return history
