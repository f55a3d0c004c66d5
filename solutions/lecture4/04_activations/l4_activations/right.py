"""Activation functions: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("NumPy's own functions, the naive sigmoid", usual=True)
class naive_forms:
    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def tanh(x):
        return np.tanh(x)

    def relu(x):
        return np.maximum(0, x)

    def leaky_relu(x, slope=0.01):
        return np.where(x > 0, x, slope * x)

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * (np.exp(x) - 1))

    def gelu(x):
        return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


@variant("each through the sigmoid")
class by_sigmoid:
    def sigmoid(x):
        return np.exp(-np.logaddexp(0, -np.asarray(x)))

    def tanh(x):
        return 2 * np.exp(-np.logaddexp(0, -2 * np.asarray(x))) - 1

    def relu(x):
        return x * (x > 0)

    def leaky_relu(x, slope=0.01):
        return np.maximum(x, 0) + slope * np.minimum(x, 0)

    def elu(x, alpha=1.0):
        return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))

    def gelu(x):
        inner = 2 * np.sqrt(2 / np.pi) * (x + 0.044715 * np.power(x, 3))
        return x * np.exp(-np.logaddexp(0, -inner))


@variant("masks over a copy")
class by_masks:
    def sigmoid(x):
        x = np.asarray(x, dtype=float)
        e = np.exp(-np.abs(x))
        return np.where(x >= 0, 1, e) / (1 + e)

    def tanh(x):
        e = np.exp(-2 * np.abs(x))
        return np.sign(x) * (1 - e) / (1 + e)

    def relu(x):
        out = np.array(x, dtype=float)
        out[out < 0] = 0
        return out

    def leaky_relu(x, slope=0.01):
        out = np.array(x, dtype=float)
        out[out < 0] *= slope
        return out

    def elu(x, alpha=1.0):
        out = np.array(x, dtype=float)
        low = out < 0
        out[low] = alpha * (np.exp(out[low]) - 1)
        return out

    def gelu(x):
        u = np.sqrt(2.0 / np.pi) * x * (1 + 0.044715 * x * x)
        return x / 2 + x / 2 * np.tanh(u)


@variant("sigmoid by tanh, the others by clip")
class by_tanh:
    def sigmoid(x):
        return 0.5 * (1 + np.tanh(np.asarray(x) / 2))

    def tanh(x):
        return np.sinh(np.clip(x, -20, 20)) / np.cosh(np.clip(x, -20, 20))

    def relu(x):
        return np.clip(x, 0, None)

    def leaky_relu(x, slope=0.01):
        return np.maximum(slope * np.asarray(x), x)

    def elu(x, alpha=1.0):
        low = np.clip(x, None, 0)
        return np.clip(x, 0, None) + alpha * (np.exp(low) - 1)

    def gelu(x):
        c = (2 / np.pi) ** 0.5
        return 0.5 * np.asarray(x) * (1 + np.tanh(c * x + c * 0.044715 * x**3))


@variant("number by number")
class one_by_one:
    def sigmoid(x):
        def one(v):
            return 1 / (1 + np.exp(-v)) if v > 0 else np.exp(v) / (np.exp(v) + 1)

        return np.vectorize(one, otypes=[float])(x)

    def tanh(x):
        return np.vectorize(np.tanh, otypes=[float])(x)

    def relu(x):
        return (x + np.abs(x)) / 2

    def leaky_relu(x, slope=0.01):
        return (1 + slope) / 2 * x + (1 - slope) / 2 * np.abs(x)

    def elu(x, alpha=1.0):
        def one(v):
            return v if v > 0 else alpha * (np.exp(v) - 1)

        return np.vectorize(one, otypes=[float])(x)

    def gelu(x):
        def one(v):
            return 0.5 * v * (1 + np.tanh(np.sqrt(2 / np.pi) * (v + 0.044715 * v**3)))

        return np.vectorize(one, otypes=[float])(x)
