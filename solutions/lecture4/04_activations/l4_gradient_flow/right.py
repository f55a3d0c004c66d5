"""Mean gradient of each layer of a deep net: right in other ways."""

import numpy as np

from autograder.exercise import variant


@variant("the plain two loops", usual=True)
def flow_two_loops(activation, d_activation, depth, width, scale, rng):
    h = rng.standard_normal((64, width))
    cache = []
    for _ in range(depth):
        W = scale * rng.standard_normal((width, width))
        z = h @ W
        cache.append((W, z))
        h = activation(z)
    dh = np.ones_like(h)
    result = np.zeros(depth)
    for k in range(depth - 1, -1, -1):
        W, z = cache[k]
        dz = dh * d_activation(z)
        result[k] = np.abs(dz).mean()
        dh = dz.dot(W.T)
    return result


@variant("a list, put in front at each step")
def flow_insert(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    while len(Ws) < depth:
        Ws.append(rng.standard_normal((width, width)) * scale)
        zs.append(np.matmul(h, Ws[-1]))
        h = activation(zs[-1])
    up, out = np.ones((64, width)), []
    while Ws:
        up = up * d_activation(zs.pop())
        out.insert(0, float(np.abs(up).mean()))
        up = up @ Ws.pop().T
    return out


@variant("all weights drawn in one block, the slopes kept")
def flow_block(activation, d_activation, depth, width, scale, rng):
    h = rng.standard_normal((64, width))
    W = scale * rng.standard_normal((depth, width, width))
    slopes = np.zeros((depth, 64, width))
    for k in range(depth):
        z = np.einsum("nd,dm->nm", h, W[k])
        slopes[k] = d_activation(z)
        h = activation(z)
    out, dh = np.zeros(depth), 1.0
    for k in range(depth)[::-1]:
        dz = dh * slopes[k]
        out[k] = np.sum(np.abs(dz)) / dz.size
        dh = np.einsum("nm,dm->nd", dz, W[k])
    return out


@variant("by recursion")
def flow_recursive(activation, d_activation, depth, width, scale, rng):
    def below(h, left):
        if left == 0:
            return np.ones(h.shape), []
        W = scale * rng.standard_normal((width, width))
        z = h @ W
        dh, means = below(activation(z), left - 1)
        dz = dh * d_activation(z)
        return dz @ W.T, [np.mean(np.abs(dz)), *means]

    return np.array(below(rng.standard_normal((64, width)), depth)[1])


@variant("examples in columns")
def flow_columns(activation, d_activation, depth, width, scale, rng):
    h = rng.standard_normal((64, width)).T
    layers = []
    for _ in range(depth):
        W = (scale * rng.standard_normal((width, width))).T
        layers.append((W, W @ h))
        h = activation(layers[-1][1])
    dh = np.ones(h.shape)
    means = {}
    for k, (W, z) in reversed(list(enumerate(layers))):
        dz = d_activation(z) * dh
        means[k] = np.average(np.abs(dz))
        dh = W.T @ dz
    return np.array([means[k] for k in range(depth)])
