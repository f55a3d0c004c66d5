"""Mean gradient of each layer of a deep net: misconceptions."""

import numpy as np

from autograder.exercise import misconception


@misconception(
    "the gradients are averaged with their signs, not as absolute values",
    "Gradients of both signs cancel in a mean. Which function has to stand inside it?",
)
def flow_signed(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(dz)
        dh = dz @ Ws[k].T
    return out


@misconception(
    "the layers are returned in backward order",
    "Which entry belongs to the first layer: the one next to the input or next to the "
    "loss?",
)
def flow_backwards(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), []
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out.append(np.mean(np.abs(dz)))
        dh = dz @ Ws[k].T
    return np.array(out)


@misconception(
    "the slope is taken at the output h, not at the input z of the activation",
    "d_activation(x) is the slope at x. Which array goes into the activation?",
)
def flow_slope_at_output(activation, d_activation, depth, width, scale, rng):
    h, hs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        h = activation(h @ Ws[-1])
        hs.append(h)
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(hs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@misconception(
    "the slopes of the activation are left out of the backward pass",
    "Between h and z stands the activation. Which local gradient does it add?",
)
def flow_without_slopes(activation, d_activation, depth, width, scale, rng):
    h, Ws = rng.standard_normal((64, width)), []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        h = activation(h @ Ws[-1])
    dz, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        out[k] = np.mean(np.abs(dz))
        dz = dz @ Ws[k].T
    return out


@misconception(
    "the weights are not transposed on the way back",
    "Square matrices fit either way. Write out one entry of the gradient of h.",
)
def flow_not_transposed(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k]
    return out


@misconception(
    "the gradients of h are averaged, not those of z",
    "Entry k belongs to z of layer k. Is the slope of the activation in yours already?",
)
def flow_of_outputs(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        out[k] = np.mean(np.abs(dh))
        dh = (dh * d_activation(zs[k])) @ Ws[k].T
    return out


@misconception(
    "the gradients are summed, not averaged",
    "Should the result grow when there are more examples?",
)
def flow_summed(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.sum(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@misconception(
    "the ones enter at the last z, past the last activation",
    "The text lets them enter at the last h. What does the last activation make of "
    "them?",
)
def flow_ones_at_z(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dz, out = np.ones(h.shape), np.zeros(depth)
    out[-1] = 1.0
    for k in range(depth - 2, -1, -1):
        dz = (dz @ Ws[k + 1].T) * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
    return out


@misconception(
    "the forward pass leaves out the activation",
    "The input of a layer is the output h of the one below, not its z.",
)
def flow_linear_forward(activation, d_activation, depth, width, scale, rng):
    z, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        z = z @ Ws[-1]
        zs.append(z)
    dh, out = np.ones(z.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@misconception(
    "the weights are not multiplied by scale",
    "Call your function with two scales and the same generator. Does anything change?",
)
def flow_without_scale(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@misconception(
    "the weights are drawn before the input",
    "The order of the draws is part of the task. Which array comes first?",
)
def flow_weights_first(activation, d_activation, depth, width, scale, rng):
    Ws = [scale * rng.standard_normal((width, width)) for _ in range(depth)]
    h, zs = rng.standard_normal((64, width)), []
    for W in Ws:
        zs.append(h @ W)
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[k].T
    return out


@misconception(
    "the gradients of the weights are averaged, not those of z",
    "Entry k is the mean of the absolute gradient of z. Which array has its shape?",
)
def flow_of_weights(activation, d_activation, depth, width, scale, rng):
    h, hs, zs, Ws = rng.standard_normal((64, width)), [], [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        hs.append(h)
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(hs[k].T @ dz))
        dh = dz @ Ws[k].T
    return out


@misconception(
    "the layers share one weight matrix",
    "Each layer draws weights of its own. How often does your code draw?",
)
def flow_one_matrix(activation, d_activation, depth, width, scale, rng):
    h, zs = rng.standard_normal((64, width)), []
    W = scale * rng.standard_normal((width, width))
    for _ in range(depth):
        zs.append(h @ W)
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ W.T
    return out


@misconception(
    "the root mean square is taken, not the mean of the absolute values",
    "Both measure a size. Which one does the text name?",
)
def flow_root_mean_square(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.sqrt(np.mean(dz**2))
        dh = dz @ Ws[k].T
    return out


@misconception(
    "each gradient goes back through the weights of the layer below",
    "Which matrix made z from h in this layer? Print its number beside that of the "
    "layer.",
)
def flow_weights_of_layer_below(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.mean(np.abs(dz))
        dh = dz @ Ws[max(k - 1, 0)].T
    return out


@misconception(
    "the absolute value is taken of the mean, not of each gradient",
    "Gradients of both signs cancel in a mean. Which of the two comes first in your "
    "line?",
)
def flow_size_of_mean(activation, d_activation, depth, width, scale, rng):
    h, zs, Ws = rng.standard_normal((64, width)), [], []
    for _ in range(depth):
        Ws.append(scale * rng.standard_normal((width, width)))
        zs.append(h @ Ws[-1])
        h = activation(zs[-1])
    dh, out = np.ones(h.shape), np.zeros(depth)
    for k in reversed(range(depth)):
        dz = dh * d_activation(zs[k])
        out[k] = np.abs(np.mean(dz))
        dh = dz @ Ws[k].T
    return out
