"""Loss and gradients of a two-layer net: right in other ways."""

import numpy as np

from autograder.exercise import variant

from .steps import gradients, layers, penalty, softmax_loss


@variant("short, with whole arrays", usual=True)
def whole_arrays(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss + penalty(params, reg), grads


@variant("the textbook form: minus the logarithm of a stable softmax")
def textbook(params, X, y=None, reg=0.0):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    N = X.shape[0]
    z = X.dot(W1) + b1
    a = z * (z > 0)
    scores = a.dot(W2) + b2
    if y is None:
        return scores
    probs = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    loss = np.sum(-np.log(probs[range(N), y])) / N
    loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
    probs[range(N), y] -= 1
    probs /= N
    da = probs.dot(W2.T)
    da[a <= 0] = 0
    grads = {"W2": a.T.dot(probs), "b2": np.sum(probs, axis=0)}
    grads["W1"] = X.T.dot(da)
    grads["b1"] = np.sum(da, axis=0)
    grads["W1"] += 2 * reg * W1
    grads["W2"] += 2 * reg * W2
    return loss, grads


@variant("layers with caches, backwards in turn")
def with_caches(params, X, y=None, reg=0.0):
    def affine(x, w, b):
        return x @ w + b, (x, w)

    def affine_back(dout, cache):
        x, w = cache
        return dout @ w.T, x.T @ dout, dout.sum(axis=0)

    z, first = affine(X, params["W1"], params["b1"])
    scores, second = affine(np.where(z > 0, z, 0), params["W2"], params["b2"])
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    da, dW2, db2 = affine_back(dscores, second)
    _, dW1, db1 = affine_back(np.where(z > 0, da, 0), first)
    dW1, dW2 = dW1 + 2 * reg * params["W1"], dW2 + 2 * reg * params["W2"]
    return loss + penalty(params, reg), dict(W1=dW1, b1=db1, W2=dW2, b2=db2)


@variant("einsum and one-hot labels")
def by_einsum(params, X, y=None, reg=0.0):
    z = np.einsum("nd,dh->nh", X, params["W1"]) + params["b1"]
    a = (z + np.abs(z)) / 2
    scores = np.einsum("nh,hc->nc", a, params["W2"]) + params["b2"]
    if y is None:
        return scores
    hot = np.eye(scores.shape[1])[y]
    log_probs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    slopes = (np.exp(log_probs) - hot) / len(X)
    back = np.einsum("nc,hc->nh", slopes, params["W2"]) * np.heaviside(z, 0)
    grads = {
        "b1": back.sum(0),
        "b2": slopes.sum(0),
        "W1": np.einsum("nd,nh->dh", X, back) + 2 * reg * params["W1"],
        "W2": np.einsum("nh,nc->hc", a, slopes) + 2 * reg * params["W2"],
    }
    return -np.sum(hot * log_probs) / len(X) + penalty(params, reg), grads


@variant("a loop over the examples")
def loop_over_examples(params, X, y=None, reg=0.0):
    rows = [np.maximum(0, x @ params["W1"] + params["b1"]) for x in X]
    scores = np.array([row @ params["W2"] + params["b2"] for row in rows])
    if y is None:
        return scores
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    loss = 0.0
    for x, a, s, true in zip(X, rows, scores, y, strict=True):
        p = np.exp(s - s.max())
        p = p / p.sum()
        loss = loss - np.log(p[true])
        p[true] -= 1
        back = params["W2"] @ p
        back[a == 0] = 0
        for name, part in (("W1", np.outer(x, back)), ("b1", back)):
            grads[name] = grads[name] + part
        grads["W2"] = grads["W2"] + np.outer(a, p)
        grads["b2"] = grads["b2"] + p
    for name in grads:
        grads[name] = grads[name] / len(X)
        if name.startswith("W"):
            loss = loss + len(X) * reg * np.sum(params[name] ** 2)
            grads[name] = grads[name] + 2 * reg * params[name]
    return [loss / len(X), grads]


@variant("the biases as a further row of the weights")
def bias_rows(params, X, y=None, reg=0.0):
    ones = np.ones((len(X), 1))
    first = np.vstack([params["W1"], params["b1"]])
    second = np.vstack([params["W2"], params["b2"]])
    inputs = np.hstack([X, ones])
    hidden = np.hstack([np.maximum(0, inputs @ first), ones])
    scores = hidden @ second
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dsecond = hidden.T @ dscores
    dhidden = (dscores @ second.T * (hidden > 0))[:, :-1]
    dfirst = inputs.T @ dhidden
    grads = {"b1": dfirst[-1], "b2": dsecond[-1]}
    grads["W1"] = dfirst[:-1] + 2 * reg * params["W1"]
    grads["W2"] = dsecond[:-1] + 2 * reg * params["W2"]
    return np.array(loss + penalty(params, reg)), grads
