"""Slopes of the activation functions: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("the textbook forms", usual=True)
class slopes_of_the_text:
    def d_sigmoid(x):
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s)

    def d_tanh(x):
        return 1 - np.tanh(x) ** 2

    def d_relu(x):
        return np.where(x > 0, 1.0, 0.0)

    def d_leaky_relu(x, slope=0.01):
        return np.where(x > 0, 1.0, slope)

    def d_elu(x, alpha=1.0):
        return np.where(x > 0, 1, alpha * np.exp(x))

    def d_gelu(x):
        c, k = np.sqrt(2 / np.pi), 0.044715
        t = np.tanh(c * (x + k * x**3))
        return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * c * (1 + 3 * k * x**2)


@variant("slope one at zero, hyperbolic cosines")
class slopes_by_cosh:
    def d_sigmoid(x):
        return 0.25 / np.cosh(np.asarray(x) / 2) ** 2

    def d_tanh(x):
        return 1 / np.cosh(x) ** 2

    def d_relu(x):
        return (np.asarray(x) >= 0).astype(float)

    def d_leaky_relu(x, slope=0.01):
        return np.where(np.asarray(x) >= 0, 1.0, slope)

    def d_elu(x, alpha=1.0):
        return np.where(np.asarray(x) >= 0, 1.0, alpha * np.exp(np.minimum(x, 0)))

    def d_gelu(x):
        c = np.sqrt(2 / np.pi)
        u = c * (x + 0.044715 * np.power(x, 3))
        gate = (1 + np.tanh(u)) / 2
        return gate + 2 * x * gate * (1 - gate) * (c + 3 * c * 0.044715 * np.square(x))


@variant("the slope through the value; truth values for ReLU")
class slopes_by_values:
    def d_sigmoid(x):
        s = np.exp(-np.logaddexp(0, -np.asarray(x)))
        return s - s**2

    def d_tanh(x):
        s = np.exp(-np.logaddexp(0, -2 * np.asarray(x)))
        return 4 * s * (1 - s)

    def d_relu(x):
        return 1.0 * (x > 0)

    def d_leaky_relu(x, slope=0.01):
        return slope + (1 - slope) * (x > 0)

    def d_elu(x, alpha=1.0):
        low = alpha * (np.exp(np.minimum(x, 0)) - 1)
        return np.where(np.asarray(x) > 0, 1.0, low + alpha)

    def d_gelu(x):
        t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
        bell = 1 - t * t
        return 0.5 + 0.5 * t + bell * (0.3989422804014327 * x + 0.0535161204 * x**3)


@variant("the middle slope at kinks")
class slopes_in_the_middle:
    def d_sigmoid(x):
        e = np.exp(-np.abs(x))
        return e / (1 + e) ** 2

    def d_tanh(x):
        e = np.exp(-2 * np.abs(x))
        return 4 * e / (1 + e) ** 2

    def d_relu(x):
        return np.heaviside(x, 0.5)

    def d_leaky_relu(x, slope=0.01):
        up = np.heaviside(x, 0.5)
        return up + slope * (1 - up)

    def d_elu(x, alpha=1.0):
        up = np.heaviside(x, 0.5)
        return up + (1 - up) * alpha * np.exp(np.minimum(x, 0))

    def d_gelu(x):
        s = 1 / (1 + np.exp(-2 * np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
        inner = 2 * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
        return s + x * s * (1 - s) * inner


@variant("masks over an array of ones; slope zero at a kink")
class slopes_by_masks:
    def d_sigmoid(x):
        return (1 - np.tanh(np.asarray(x) / 2) ** 2) / 4

    def d_tanh(x):
        return (1 - np.tanh(x)) * (1 + np.tanh(x))

    def d_relu(x):
        out = np.ones(np.shape(x))
        out[np.asarray(x) <= 0] = 0
        return out

    def d_leaky_relu(x, slope=0.01):
        x = np.asarray(x)
        return 1.0 * (x > 0) + slope * (x < 0)

    def d_elu(x, alpha=1.0):
        x = np.asarray(x, dtype=float)
        out = np.ones(x.shape)
        out[x <= 0] = alpha * np.exp(x[x <= 0])
        return out

    def d_gelu(x):
        c = (2 / np.pi) ** 0.5
        u = c * x + c * 0.044715 * x**3
        du = c + 3 * c * 0.044715 * x**2
        return (1 + np.tanh(u) + x * du * (1 - np.tanh(u) ** 2)) / 2
