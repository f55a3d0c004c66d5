"""The squared norm of Wx: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("einsum throughout", usual=True)
class norm_einsum:
    def squared_norm_forward(W, x):
        q = np.einsum("kj,j->k", W, x)
        return np.einsum("k,k->", q, q), (W, x)

    def squared_norm_backward(dout, cache):
        W, x = cache
        dW = 2 * dout * np.einsum("kl,l,j->kj", W, x, x)
        return dW, 2 * dout * np.einsum("kj,kl,l->j", W, W, x)


@variant("the textbook form, q in the cache")
class norm_textbook:
    def squared_norm_forward(W, x):
        q = W.dot(x)
        return np.sum(q**2), (W, x, q)

    def squared_norm_backward(dout, cache):
        W, x, q = cache
        dq = 2 * q * dout
        return np.outer(dq, x), W.T.dot(dq)


@variant("a dict as cache, columns kept as matrices, a list returned")
class norm_columns:
    def squared_norm_forward(W, x):
        q = W @ x[:, None]
        return (q.T @ q)[0, 0], {"W": W, "x": x[:, None], "q": q}

    def squared_norm_backward(dout, cache):
        dq = dout * 2 * cache["q"]
        return [dq @ cache["x"].T, (cache["W"].T @ dq)[:, 0]]


@variant("element by element, with the indicator")
class norm_elements:
    def squared_norm_forward(W, x):
        q = [sum(w * v for w, v in zip(row, x, strict=True)) for row in W]
        return float(sum(v * v for v in q)), (W.copy(), x.copy(), q)

    def squared_norm_backward(dout, cache):
        W, x, q = cache
        dW, dx = np.zeros(W.shape), np.zeros(x.shape)
        for k in range(W.shape[0]):
            for i in range(W.shape[0]):
                for j in range(W.shape[1]):
                    dW[i, j] += dout * 2 * q[k] * (k == i) * x[j]
            dx += dout * 2 * q[k] * W[k]
        return dW, dx


@variant("the norm of NumPy, squared; a 0-d array as the value")
class norm_by_linalg:
    def squared_norm_forward(W, x):
        return np.array(np.linalg.norm(W @ x) ** 2), [W, x]

    def squared_norm_backward(dout, cache):
        W, x = cache
        up = (2 * dout) * (W @ x)
        return up.reshape(-1, 1) * x.reshape(1, -1), up @ W
