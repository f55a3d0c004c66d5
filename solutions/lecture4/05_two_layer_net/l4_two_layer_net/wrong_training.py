"""Class TwoLayerNet: misconceptions of train."""

import numpy as np

from autograder.exercise import misconception

from .training import accuracy_of, fast_loss, start_params, train_net


@misconception(
    "the parameters go up the slope instead of down",
    "The gradient points to where the loss grows. Which sign makes the loss smaller?",
)
class GoesUp:
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
        settings = (-learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "train does not move the parameters",
    "Where in your loop do the gradients reach the parameters? A new name for the "
    "result leaves the net as it was.",
)
class NeverMoves:
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
        settings = (0.0, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "the biases are not trained",
    "How many arrays are there in params, and how many of them does a step of yours "
    "change?",
)
class BiasesNotTrained:
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
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in ("W1", "W2"):
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % per_epoch == 0:
                history["train_acc_history"].append(accuracy_of(self, X, y))
                history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
                learning_rate *= learning_rate_decay
        return history


@misconception(
    "train passes no regularization on to the loss",
    "Where does train use its argument reg?",
)
class TrainsWithoutReg:
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
        settings = (learning_rate, learning_rate_decay, 0.0, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "the learning rate decays after every iteration",
    "An epoch is once through the data, so many minibatches. How often should the rate "
    "change in that time?",
)
class DecaysEveryStep:
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
    "the learning rate never decays",
    "Where does train use its argument learning_rate_decay?",
)
class NeverDecays:
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
        settings = (learning_rate, 1.0, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "the accuracies are recorded after every iteration",
    "The curves of accuracy have one point an epoch. When is an epoch over?",
)
class AccuracyEveryStep:
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
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            history["train_acc_history"].append(accuracy_of(self, X, y))
            history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
            if (step + 1) % per_epoch == 0:
                learning_rate *= learning_rate_decay
        return history


@misconception(
    "the validation accuracy is measured on the training data",
    "Which data tell how the net does on examples that it was not trained on?",
)
class ValidatesOnTraining:
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
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X, y, *settings)


@misconception(
    "train returns nothing",
    "A function hands its result on with one keyword. Which one is missing?",
)
class HistoryNotReturned:
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
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        train_net(self, X, y, X_val, y_val, *settings)


@misconception(
    "the rate is multiplied by one less the decay",
    "With a decay close to one, how much of the rate should be left after an epoch?",
)
class DecaysByTheRest:
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
        rest = 1 - learning_rate_decay
        settings = (learning_rate, rest, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)
