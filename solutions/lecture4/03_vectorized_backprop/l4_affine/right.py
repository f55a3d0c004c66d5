"""Affine layer, forward and backward: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("einsum and tensordot", usual=True)
class affine_einsum:
    def affine_forward(x, w, b):
        shaped = w.reshape(*x.shape[1:], -1)
        axes = list(range(x.ndim - 1))
        out = np.tensordot(x, shaped, axes=([a + 1 for a in axes], axes))
        return out + b, (x, w)

    def affine_backward(dout, cache):
        x, w = cache
        dx = np.einsum("nm,dm->nd", dout, w).reshape(x.shape)
        dw = np.einsum("nd,nm->dm", x.reshape(len(x), -1), dout)
        return dx, dw, np.einsum("nm->m", dout)


@variant("the textbook form, the bias in the cache too")
class affine_textbook:
    def affine_forward(x, w, b):
        out = x.reshape(x.shape[0], -1).dot(w) + b
        return out, (x, w, b)

    def affine_backward(dout, cache):
        x, w, _ = cache
        dx = dout.dot(w.T).reshape(x.shape)
        dw = x.reshape(x.shape[0], -1).T.dot(dout)
        return dx, dw, np.sum(dout, axis=0)


@variant("the flat rows and the shape in the cache")
class affine_rows_cached:
    def affine_forward(x, w, b):
        N = len(x)
        rows = np.reshape(x, (N, w.shape[0]))
        return rows @ w + b[None, :], {"rows": rows, "w": w, "shape": x.shape}

    def affine_backward(dout, cache):
        dx = np.reshape(dout @ cache["w"].T, cache["shape"])
        return [dx, cache["rows"].T @ dout, dout.T.sum(axis=1)]


@variant("the bias as a last row of w")
class affine_bias_trick:
    def affine_forward(x, w, b):
        N = x.shape[0]
        rows = np.hstack([x.reshape(N, -1), np.ones((N, 1))])
        return rows @ np.vstack([w, b]), (rows, w, x.shape)

    def affine_backward(dout, cache):
        rows, w, shape = cache
        both = rows.T @ dout
        return (dout @ w.T).reshape(shape), both[:-1], both[-1]


@variant("example by example")
class affine_loop:
    def affine_forward(x, w, b):
        out = np.stack([image.ravel() @ w + b for image in x])
        return out, (x.copy(), w.copy())

    def affine_backward(dout, cache):
        x, w = cache
        dx = np.zeros(x.shape)
        dw, db = np.zeros(w.shape), np.zeros(w.shape[1])
        for n in range(x.shape[0]):
            dx[n] = (w @ dout[n]).reshape(x.shape[1:])
            dw += np.outer(x[n].ravel(), dout[n])
            db += dout[n]
        return dx, dw, db


@variant("a closure as cache")
class affine_closure:
    def affine_forward(x, w, b):
        rows = x.reshape(x.shape[0], -1)

        def backward(dout):
            ones = np.ones(len(rows))
            return (dout @ w.T).reshape(x.shape), rows.T @ dout, ones @ dout

        return np.matmul(rows, w) + b, backward

    def affine_backward(dout, cache):
        return cache(dout)
