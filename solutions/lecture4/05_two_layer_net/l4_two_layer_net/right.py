"""Class TwoLayerNet: start, loss, train, predict: right in other ways."""

import numpy as np

from autograder.exercise import variant

from .training import accuracy_of, fast_loss, start_params, train_net


@variant("weights from rng.normal", usual=True)
class DrawsWithNormal:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = rng if rng is not None else np.random.default_rng()
        self.params = {}
        self.params["W1"] = self.rng.normal(0, std, size=(input_size, hidden_size))
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = self.rng.normal(0, std, size=(hidden_size, output_size))
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return fast_loss(self.params, X).argmax(axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        return train_net(self, X, y, X_val, y_val, *settings)


@variant("as in the course's starter code: decay and record after step one")
class StarterCode:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = rng or np.random.default_rng()
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train // batch_size, 1)
        loss_history, train_acc_history, val_acc_history = [], [], []
        for it in range(num_iters):
            mask = self.rng.choice(num_train, batch_size, replace=True)
            X_batch, y_batch = X[mask], y[mask]
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)
            for key in self.params:
                self.params[key] += -learning_rate * grads[key]
            if verbose and it % 100 == 0:
                print(f"iteration {it} / {num_iters}: loss {loss}")
            if it % iterations_per_epoch == 0:
                train_acc_history.append((self.predict(X_batch) == y_batch).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        hidden = np.maximum(0, X.dot(self.params["W1"]) + self.params["b1"])
        return np.argmax(hidden.dot(self.params["W2"]) + self.params["b2"], axis=1)


@variant("an epoch is a shuffle of all examples")
class Shuffles:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = rng if rng is not None else np.random.default_rng()
        self.params = start_params(input_size, hidden_size, output_size, std, self.rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.array([int(np.argmax(row)) for row in self.loss(X)])

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        size = min(batch_size, len(X))
        per_epoch = max(len(X) // size, 1)
        losses, train_accuracies, val_accuracies = [], [], []
        for step in range(num_iters):
            place = step % per_epoch
            if place == 0:
                order = self.rng.permutation(len(X))
            rows = order[place * size : (place + 1) * size]
            loss, grads = self.loss(X[rows], y[rows], reg)
            losses.append(loss)
            rate = learning_rate * learning_rate_decay ** (step // per_epoch)
            self.params = {k: v - rate * grads[k] for k, v in self.params.items()}
            if place == per_epoch - 1 or step == num_iters - 1:
                train_accuracies.append(accuracy_of(self, X, y))
                val_accuracies.append(accuracy_of(self, X_val, y_val))
        return dict(
            loss_history=np.array(losses),
            train_acc_history=np.array(train_accuracies),
            val_acc_history=np.array(val_accuracies),
        )


@variant("a history that also holds the accuracy before the first step")
class RecordsTheStart:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        if rng is None:
            rng = np.random.default_rng()
        self.rng = rng
        self.params = start_params(input_size, hidden_size, output_size, std, rng)

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        start = [accuracy_of(self, X, y)], [accuracy_of(self, X_val, y_val)]
        settings = (learning_rate, learning_rate_decay, reg, num_iters, batch_size)
        history = train_net(self, X, y, X_val, y_val, *settings)
        history["train_acc_history"] = start[0] + history["train_acc_history"]
        history["val_acc_history"] = start[1] + history["val_acc_history"]
        history["epochs"] = len(history["val_acc_history"])
        return history


@variant("the second layer drawn first; more than asked for in params")
class DrawnTheOtherWay:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4, rng=None):
        self.rng = np.random.default_rng() if rng is None else rng
        W2 = std * self.rng.standard_normal((hidden_size, output_size))
        W1 = std * self.rng.standard_normal((input_size, hidden_size))
        b1, b2 = np.zeros((hidden_size,)), np.zeros((output_size,))
        self.params = {"W1": W1, "W2": W2, "b1": b1, "b2": b2, "steps": 0}

    def loss(self, X, y=None, reg=0.0):
        return fast_loss(self.params, X, y, reg)

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1).astype(np.uint8)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
        reg=5e-6, num_iters=100, batch_size=200, verbose=False,
    ):  # fmt: skip
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(len(X) // batch_size, 1)
        for step in range(1, num_iters + 1):
            rows = self.rng.choice(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(np.float64(loss))
            for name, gradient in grads.items():
                self.params[name] = self.params[name] - learning_rate * gradient
            self.params["steps"] += 1
            if step % per_epoch == 0:
                history["train_acc_history"].append(accuracy_of(self, X, y))
                history["val_acc_history"].append(accuracy_of(self, X_val, y_val))
                learning_rate *= learning_rate_decay
        return history
