"""What the reference and the known classes share: start, loss and training."""

import numpy as np


def fast_loss(params, X, y=None, reg=0.0):
    """Whole arrays, written over where they are no longer needed."""
    hidden = X @ params["W1"]  # (N, H)
    hidden += params["b1"]
    np.maximum(hidden, 0, out=hidden)
    scores = hidden @ params["W2"]  # (N, C)
    scores += params["b2"]
    if y is None:
        return scores
    N, reg = len(X), float(reg)
    rows = np.arange(N)
    scores -= scores.max(axis=1, keepdims=True)
    true = scores[rows, y]
    slopes = np.exp(scores, out=scores)
    total = slopes.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(total[:, 0]) - true)
    slopes /= total
    slopes[rows, y] -= 1
    slopes /= N
    dhidden = slopes @ params["W2"].T  # (N, H)
    dhidden *= hidden > 0
    grads = {"W1": X.T @ dhidden, "b1": dhidden.sum(axis=0)}
    grads |= {"W2": hidden.T @ slopes, "b2": slopes.sum(axis=0)}
    for name in ("W1", "W2") if reg else ():
        W = params[name]
        loss += reg * np.vdot(W, W)
        grads[name] += 2 * reg * W
    return float(loss), grads


def start_params(input_size, hidden_size, output_size, std, rng):
    return {
        "W1": std * rng.standard_normal((input_size, hidden_size)),
        "b1": np.zeros(hidden_size),
        "W2": std * rng.standard_normal((hidden_size, output_size)),
        "b2": np.zeros(output_size),
    }


def accuracy_of(net, X, y):
    return float(np.mean(net.predict(X) == y))


def train_net(net, X, y, X_val, y_val, lr, decay, reg, num_iters, batch_size):
    history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
    per_epoch = max(len(X) // batch_size, 1)
    for step in range(num_iters):
        rows = net.rng.integers(len(X), size=batch_size)
        loss, grads = net.loss(X[rows], y[rows], reg)
        history["loss_history"].append(loss)
        for name in net.params:
            net.params[name] -= lr * grads[name]
        if (step + 1) % per_epoch == 0:
            history["train_acc_history"].append(accuracy_of(net, X[:1000], y[:1000]))
            history["val_acc_history"].append(accuracy_of(net, X_val, y_val))
            lr *= decay
    return history
