"""Loss and gradients of a two-layer net: misconceptions."""

import numpy as np

from autograder.exercise import misconception

from .steps import gradients, layers, penalty, softmax_loss, true_probabilities


@misconception(
    "the biases are regularized too",
    "The penalty is there to keep the slopes small. Which of the four arrays only move "
    "the scores up and down?",
)
def biases_regularized(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    for name in ("b1", "b2"):
        loss += reg * np.sum(params[name] ** 2)
        grads[name] += 2 * reg * params[name]
    return loss + penalty(params, reg), grads


@misconception(
    "the regularization term is missing from the gradients",
    "The loss grows with the weights even where every example fits. What does that "
    "term add to the slopes?",
)
def gradients_without_reg(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, 0.0)
    return loss + penalty(params, reg), grads


@misconception(
    "the penalty is missing from loss and gradients",
    "Where does reg appear in your code? Compare with the formula.",
)
def reg_ignored(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    return loss, gradients(params, X, hidden, dscores, 0.0)


@misconception(
    "the penalty is halved, as some texts write it, against the convention here",
    "Look at the table of conventions: is there a factor before the sum of squares?",
)
def half_the_penalty(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, 0.5 * reg)
    return loss + penalty(params, 0.5 * reg), grads


@misconception(
    "the derivative of the squared weights lacks its factor",
    "Differentiate a square. What stands before the weight?",
)
def no_factor_in_reg_gradient(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, 0.5 * reg)
    return loss + penalty(params, reg), grads


@misconception(
    "only one of the two layers is regularized",
    "The net has two weight matrices. Does your penalty shrink when you shrink the "
    "first of them?",
)
def one_layer_regularized(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = grads["W1"] - 2 * reg * params["W1"]
    return loss + reg * np.sum(params["W2"] ** 2), grads


@misconception(
    "there is no maximum between the two layers",
    "What becomes of two linear layers in a row? Look at the formula between W1 and "
    "W2.",
)
def without_relu(params, X, y=None, reg=0.0):
    hidden = X @ params["W1"] + params["b1"]
    scores = hidden @ params["W2"] + params["b2"]
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = dscores @ params["W2"].T
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@misconception(
    "the gradient passes the hidden units that are off",
    "A unit whose output stays zero under a small change has no say in the loss. Where "
    "does your backward pass ask whether it was on?",
)
def no_mask(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = dscores @ params["W2"].T
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@misconception(
    "the gradient at the hidden layer is cut by its own sign",
    "The maximum looks at the input of the unit. Which array tells whether a unit was "
    "on in the forward pass?",
)
def mask_by_the_gradient(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = np.maximum(0, dscores @ params["W2"].T)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@misconception(
    "the losses of the examples are added up, not averaged",
    "What happens to your loss when every example stands in the batch twice? It should "
    "not change.",
)
def sum_for_mean(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    N = len(y)
    grads = gradients(params, X, hidden, N * dscores, reg)
    return N * loss + penalty(params, reg), grads


@misconception(
    "the gradients are those of the sum, while the loss is a mean",
    "The loss is divided by the number of examples. Follow that division backwards.",
)
def gradients_of_the_sum(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, len(y) * dscores, reg)
    return loss + penalty(params, reg), grads


@misconception(
    "the gradients of the biases are averaged over the examples once more",
    "A bias enters every example with the factor one. Is the division by the number of "
    "examples already in the slopes that you add up?",
)
def biases_averaged(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["b1"], grads["b2"] = grads["b1"] / len(y), grads["b2"] / len(y)
    return loss + penalty(params, reg), grads


@misconception(
    "the one of the true class is not taken off the probabilities",
    "Add up one row of your slopes. What must the sum be, as a number added to all "
    "scores changes nothing?",
)
def true_class_not_taken_off(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dscores[np.arange(len(y)), y] += 1 / len(y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss + penalty(params, reg), grads


@misconception(
    "e to the score overflows, because nothing is taken off the scores first",
    "Try your function with scores of a thousand. Which number taken off all scores of "
    "an example leaves its probabilities alone?",
)
def loss_overflows(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    rows = np.arange(len(y))
    probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    loss = -np.log(probs[rows, y]).mean() + penalty(params, reg)
    probs[rows, y] -= 1
    return loss, gradients(params, X, hidden, probs / len(y), reg)


@misconception(
    "the biases are left out of the forward pass",
    "Give the net an example of zeros. What should its hidden layer be?",
)
def biases_left_out(params, X, y=None, reg=0.0):
    hidden = np.maximum(0, X @ params["W1"])
    scores = hidden @ params["W2"]
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss + penalty(params, reg), grads


@misconception(
    "the maximum with zero is taken of the scores as well",
    "The scores are the output of the net and may be negative. How many times does the "
    "maximum stand in the formula?",
)
def relu_on_the_scores(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    scores = np.maximum(0, scores)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores * (scores > 0), reg)
    return loss + penalty(params, reg), grads


@misconception(
    "the hidden layer is a sigmoid",
    "The lecture's short program has one; the formula of this exercise has another "
    "function between the layers.",
)
def sigmoid_hidden(params, X, y=None, reg=0.0):
    hidden = 1 / (1 + np.exp(-(X @ params["W1"] + params["b1"])))
    scores = hidden @ params["W2"] + params["b2"]
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = (dscores @ params["W2"].T) * hidden * (1 - hidden)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@misconception(
    "probabilities are returned where the scores are asked for",
    "Without labels the net hands over what enters softmax. May a score be negative?",
)
def probabilities_for_scores(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss + penalty(params, reg), grads


@misconception(
    "the gradient of the first layer skips the second layer's weights of each class",
    "How does a hidden unit reach the scores? Its slope needs the weights on that way, "
    "not only their sum.",
)
def hidden_slope_without_weights(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    dhidden = np.abs(dscores).sum(axis=1, keepdims=True) * (hidden > 0)
    grads = gradients(params, X, hidden, dscores, reg)
    grads["W1"] = X.T @ dhidden + 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return loss + penalty(params, reg), grads


@misconception(
    "the parameters of the caller are moved by a step",
    "This function computes the loss and its gradients. Which line of yours writes "
    "into params?",
)
def params_changed(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    loss += penalty(params, reg)
    for name in params:
        params[name] -= 0.1 * grads[name]
    return loss, grads


@misconception(
    "the logarithm to base ten is taken",
    "A published slide does the same. Which function of NumPy is the natural "
    "logarithm?",
)
def base_ten(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss / np.log(10) + penalty(params, reg), grads


@misconception(
    "the probabilities are kept away from zero by a small number, so the loss is "
    "capped",
    "What is your loss where the true class lies far behind? With scores that are "
    "shifted first, is the logarithm in danger at all?",
    sizes=(1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5),
)
def small_number_added(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    _, dscores = softmax_loss(scores, y)
    true = true_probabilities(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return -np.mean(np.log(true + 1e-12)) + penalty(params, reg), grads


@misconception(
    "the probabilities are kept away from zero by a small number, so the loss is "
    "capped",
    "What is your loss where the true class lies far behind? With scores that are "
    "shifted first, is the logarithm in danger at all?",
    sizes=(1e-12, 1e-15, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5),
)
def probabilities_clipped(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    _, dscores = softmax_loss(scores, y)
    true = true_probabilities(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return -np.mean(np.log(np.clip(true, 1e-12, 1))) + penalty(params, reg), grads


@misconception(
    "the gradients are measured with small steps, not computed by backpropagation",
    "Each measured gradient costs two forward passes per parameter. What does one "
    "backward pass through the net give?",
)
def gradients_by_differences(params, X, y=None, reg=0.0):
    def loss_of(params):
        _, scores = layers(params, X)
        return softmax_loss(scores, y)[0] + penalty(params, reg)

    _, scores = layers(params, X)
    if y is None:
        return scores
    grads, h = {}, 1e-5
    for name, value in params.items():
        value = value.astype(float)
        grads[name] = np.zeros(value.shape)
        for place in np.ndindex(value.shape):
            up, down = value.copy(), value.copy()
            up[place] += h
            down[place] -= h
            rise = loss_of({**params, name: up}) - loss_of({**params, name: down})
            grads[name][place] = rise / (2 * h)
    return loss_of(params), grads


@misconception(
    "reg multiplies one of the two sums of squares alone",
    "With reg = 0 no penalty should be left. Is there one in yours?",
)
def reg_on_one_sum(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    loss += reg * np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)
    return loss, grads


@misconception(
    "the gradients of the biases are summed over the units, not over the examples",
    "All the examples share one bias for each unit. Which axis numbers the examples?",
)
def biases_along_the_units(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    dhidden = dscores @ params["W2"].T * (hidden > 0)
    return loss + penalty(params, reg), {
        **grads,
        "b1": dhidden.sum(axis=1),
        "b2": dscores.sum(axis=1),
    }


@misconception(
    "the scores that are returned have been shifted",
    "The shift keeps the exponentials in range. Does the caller who hands in no "
    "labels need it?",
)
def shifted_scores_returned(params, X, y=None, reg=0.0):
    hidden, scores = layers(params, X)
    scores = scores - np.max(scores, axis=1, keepdims=True)
    if y is None:
        return scores
    loss, dscores = softmax_loss(scores, y)
    grads = gradients(params, X, hidden, dscores, reg)
    return loss + penalty(params, reg), grads
