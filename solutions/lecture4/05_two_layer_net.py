# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: nbgrader,tags,-all
#     notebook_metadata_filter: -jupytext.text_representation
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A two-layer neural network
#
# CS231n, lecture 4 (2017 recording), [54:37](https://youtu.be/d14TUNcbn1k?t=3277) to the end. About three hours.
#
# A linear classifier has one template per class. This notebook puts a second layer on top
# of the first, derives its gradients from the pieces of notebook 03, and trains the
# result: on twenty pictures, on a thousand, and on spirals that no line can separate.
#
# **What you'll do**
#
# - See why two linear layers can do no more than one, and what a maximum between them
#   changes.
# - Write the loss of a two-layer net with all four gradients, and check them
#   numerically.
# - Write the class that trains it, and watch it overfit twenty pictures on purpose.
# - See what the hidden units respond to, and which decision boundaries nets of
#   different size and penalty draw.
# - Search for good settings, and submit a trained net.
#
# **What you'll learn**
#
# - How hidden units share the work.
# - What the number of units does, what regularization does, and which of the two to
#   change.
# - How layers are named and parameters are counted.
# - How far the analogy with neurons goes.
#
# **What you'll need**
#
# - Notebook 03 of this lecture (affine layer, ReLU, softmax loss, each with its backward
#   pass) and notebook 02 of lecture 3.
# - The [notes on neural networks](https://cs231n.github.io/neural-networks-1/) if a term
#   is new.

# %% [markdown]
# ## How this notebook works
#
# Replace each `# YOUR CODE HERE` and the line that raises `NotImplementedError` with
# your answer. The locked cell below it runs **visible checks**: they report what
# differs and, where possible, why. When the course is graded, hidden tests run on other
# inputs. Anything marked "no points" is ungraded: a one-line question with instant
# feedback, or a step that later cells rely on. Run the cells in order; rerun them as
# often as you like.
#
# ## Conventions
#
# | symbol | shape | meaning |
# |---|---|---|
# | `X` | `(N, D)` float64 | one example per row |
# | `y` | `(N,)` int | the true class of each example, 0 to C - 1 |
# | `W1`, `b1` | `(D, H)`, `(H,)` | weights and biases of the hidden layer, one column per unit |
# | `W2`, `b2` | `(H, C)`, `(C,)` | weights and biases of the scores, one column per class |
# | `hidden` | `(N, H)` | `np.maximum(0, X @ W1 + b1)` |
# | `scores` | `(N, C)` | `hidden @ W2 + b2` |
# | `dW1` and so on | as `W1` | gradient of the final loss with respect to `W1` |
# | `reg` | number | strength of regularization, $\lambda$ in formulas |
#
# The loss is the mean cross-entropy over the N examples, in nats, plus `reg *
# (np.sum(W1 * W1) + np.sum(W2 * W2))`. There is no factor 1/2, and the biases are not
# regularized. The derivative of $\max(0, z)$ at $z = 0$ is taken as 0. Functions never
# change their inputs. The lecture writes $W_2 \max(0, W_1 x)$ with the example as a
# column; in code the examples are rows, so the order is reversed. Formulas in sections
# 1, 5 and 8 follow the lecture.

# %% nbgrader={"grade": false, "grade_id": "l4_net_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from cs231n_lib import checks, plots
from cs231n_lib.circuits import Circuit
from cs231n_lib.data import load_digits, load_images, make_spirals

plots.use_style()
digits = load_digits()  # rows of 64 pixels, ink from 0 to 1

# %% [markdown]
# **A warm-up (no points).** Write your answer in place of `None` and run the cell.

# %%
numbers_in = None  # a number: X is (20, 64), W1 is (64, 50); how many numbers are in X @ W1?
checks.question(
    "a warm-up", numbers_in, "cb4631aa6b05",
    hint="The inner dimensions must agree, and drop out.",
)  # fmt: skip

# %% [markdown]
# ## 1. A second layer
#
# **Goal.** Find out what a second layer adds, and what it needs for that.
#
# **Idea.** So far a score was linear in the pixels, $f = W x$. A two-layer net first
# computes H numbers, replaces the negative ones by 0, and computes the scores from the
# result ([54:37](https://youtu.be/d14TUNcbn1k?t=3277)):
#
# $$ f = W_2 \max(0,\; W_1 x) $$
#
# Row $h$ of $W_1$ (column $h$ of `W1` in code) is the template of **hidden unit** $h$;
# row $k$ of $W_2$ (column $k$ of `W2`) says how much each hidden unit contributes to
# the score of class $k$. The maximum with 0 is applied to each entry separately.
#
# **Why the maximum?** What happens without it? Then $W_2 (W_1 x) = (W_2 W_1) x$, and
# $W_2 W_1$ is one matrix of shape (C, D). The second layer has gained nothing: the net
# is linear again. In numbers:

# %% nbgrader={"grade": false, "grade_id": "l4_net_linear_again", "locked": true, "schema_version": 3, "solution": false, "task": false}
rng = np.random.default_rng(0)
W1, W2 = rng.normal(size=(64, 100)), rng.normal(size=(100, 10))
a, b = rng.normal(size=(2, 64))
one_matrix = W1 @ W2  # (64, 10)
two_steps = (a @ W1) @ W2
print(f"numbers in W1 and W2: {W1.size + W2.size}, in their product: {one_matrix.size}")
apart = np.abs(a @ one_matrix - two_steps).max()
print(f"the ten scores by two layers and by one matrix agree to 1e-10: {apart < 1e-10}")


def with_maximum(x):
    """Two layers with a maximum between them."""
    return np.maximum(0, x @ W1) @ W2


print("          score of a + b   score of a plus score of b   (class 0)")
print(f"linear  {((a + b) @ W1 @ W2)[0]:16.2f} {(a @ W1 @ W2 + b @ W1 @ W2)[0]:28.2f}")
together = with_maximum(a + b)[0]
apart = with_maximum(a)[0] + with_maximum(b)[0]
print(f"maximum {together:16.2f} {apart:28.2f}")
with checks.numbers("two layers without a maximum") as check:
    check.equal(two_steps, a @ one_matrix, "scores", rtol=1e-9)
    check.true(abs(together - apart) > 1, "with the maximum the net must not be linear")

# %% [markdown]
# The 7,400 numbers of the two layers can do no more than 640. For $a + b$ a linear
# function gives the sum of what it gives for $a$ and for $b$; with the maximum in
# between that is no longer true.
#
# What does the maximum add? Each unit is 0 on one side of a plane and grows on the
# other. Weighted sums of such folds can bend a function wherever a unit switches on.
# Take a single input and three units, $\max(0, x + 1)$, $\max(0, x)$ and
# $\max(0, x - 1)$, with the weights 1, -2 and 1 in the second layer.

# %%
at_two = None  # a number: the score at x = 2 if the third weight were 3 instead of 1
checks.question(
    "three folds", at_two, "9b01e3f6846e",
    hint="All three units are on; compute their outputs first.",
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l4_net_folds_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
x = np.linspace(-3, 3, 601)[:, None]  # (N, 1)
W1_line = np.array([[1.0, 1.0, 1.0]])  # (1, 3)
b1_line = np.array([1.0, 0.0, -1.0])
W2_line = np.array([[1.0], [-2.0], [1.0]])  # (3, 1)
hidden_line = np.maximum(0, x @ W1_line + b1_line)  # (N, 3)
fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.2))
for h, line in enumerate(plots.LINES[1:4]):
    left.plot(x, hidden_line[:, h], label=f"unit {h + 1}", **line)
left.legend()
left.set(xlabel="input x", ylabel="output of the hidden unit")
left.set_title("three hidden units", fontsize=11)
right.plot(x, hidden_line @ W2_line, **plots.LINES[0])
right.set(xlabel="input x", ylabel="score", ylim=(-0.5, 1.5))
right.set_title("unit 1 - 2 unit 2 + unit 3", fontsize=11)
fig.suptitle("What can three folds make of a straight line?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Left: three units, 0 up to x = -1, 0 and 1, and straight lines of slope 1 from "
    "there. Right: their weighted sum with the weights 1, -2 and 1 is a tent, 0 up to "
    "x = -1, 1 at x = 0, and 0 again from x = 1 on."
)

# %% [markdown]
# **Question.** Someone replaces the maximum between the two layers by
# $\max(0, z) + \min(0, z)$. What is the net now?
#
# <details><summary>Answer</summary>
#
# Linear: $\max(0, z) + \min(0, z) = z$. Not every function of one number helps; its
# graph must not be a straight line. Sigmoid, tanh, ReLU and the others of notebook 04
# all qualify ([58:42](https://youtu.be/d14TUNcbn1k?t=3522)).
# </details>

# %% [markdown]
# ## 2. The loss of the net, and its gradients
#
# **Goal.** Compute the loss of a two-layer net and the gradient of each of its four arrays.
#
# **Idea.** The net is a chain of the layers of notebook 03: affine, ReLU, affine,
# softmax loss. The forward pass goes through them from left to right, the backward pass
# from right to left, and each layer turns the gradient of its output into those of its
# inputs. The penalty depends directly on the two weight matrices, and its gradients are
# added at the end.
#
# $$ z = X W_1 + b_1, \qquad a = \max(0, z), \qquad s = a W_2 + b_2, $$
#
# $$ L = \frac1N \sum_i \Bigl( \ln \sum_k e^{s_{ik}} - s_{i y_i} \Bigr)
# + \lambda \Bigl( \sum W_1^2 + \sum W_2^2 \Bigr) $$
#
# **An example by hand.** Two examples, two inputs, two hidden units, two classes; both
# examples belong to class 0:

# %% nbgrader={"grade": false, "grade_id": "l4_net_example", "locked": true, "schema_version": 3, "solution": false, "task": false}
X_small = np.array([[1.0, 2.0], [-1.0, 1.0]])  # (N, D)
y_small = np.array([0, 0])
small = {
    "W1": np.array([[1.0, -1.0], [0.5, 1.0]]),  # (D, H)
    "b1": np.array([0.0, -0.5]),
    "W2": np.array([[1.0, -1.0], [0.0, 2.0]]),  # (H, C)
    "b2": np.array([0.0, 0.5]),
}
z_small = np.array([[1 + 1, -1 + 2 - 0.5], [-1 + 0.5, 1 + 1 - 0.5]])
a_small = np.array([[2.0, 0.5], [0.0, 1.5]])
s_small = np.array([[2.0, -2.0 + 1.0 + 0.5], [0.0, 3.0 + 0.5]])
small_losses = [np.log(1 + np.exp(-2.5)), np.log(1 + np.exp(3.5))]
print(f"losses {small_losses[0]:.4f} and {small_losses[1]:.4f}", end=", ")
print(f"mean {np.mean(small_losses):.4f}")
with checks.numbers("the example by hand") as check:
    z = X_small @ small["W1"] + small["b1"]
    check.equal(z, z_small, "z")
    check.equal(a_small @ small["W2"] + small["b2"], s_small, "scores")
    check.equal(np.mean(small_losses), 1.80432, "loss", atol=5e-6)

# %% nbgrader={"grade": false, "grade_id": "l4_net_example_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(9.6, 2.0), width_ratios=[1.2, 1, 1])
for ax, M, rows, what, columns in zip(
    axes,
    [z_small, a_small, s_small],
    [["example 1", "example 2"], None, None],
    ["z, before the maximum", "a, after it", "scores"],
    [["unit 1", "unit 2"], ["unit 1", "unit 2"], ["class 0", "class 1"]],
    strict=True,
):
    plots.matrix(M, rows, columns, fmt="{:.1f}", ax=ax)
    ax.set_xlabel(what)
fig.suptitle("Which unit is off for which example?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Three tables with the examples as rows. Before the maximum: 2.0 and 0.5, then -0.5 "
    "and 1.5. After it the -0.5 is 0.0, so unit 1 is off for example 2. Scores: 2.0 and "
    "-0.5, then 0.0 and 3.5."
)

# %% [markdown]
# The first example is classified correctly, with a lead of 2.5. The second is not: its
# true class is 3.5 behind. Unit 1 is off for example 2, so this example must not change
# any of the weights that lead into unit 1.

# %%
open_gates = None  # a number: how many of the four entries of z let a gradient pass back?
checks.question(
    "open gates", open_gates, "a6182fdb31ac",
    hint="Two examples times two units; which entries of z are above 0?",
)  # fmt: skip

# %% [markdown]
# The whole net as a graph, with the shapes of its arrays above the wires. Each gradient
# that comes back has the shape written there.

# %% nbgrader={"grade": false, "grade_id": "l4_net_graph_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
graph = Circuit(
    {
        "X": (),
        "b1": (),
        "W1": (),
        "z": ("affine", "X", "b1", "W1"),
        "a": ("relu", "z"),
        "b2": (),
        "W2": (),
        "s": ("affine", "a", "b2", "W2"),
        "data loss": ("softmax loss", "s"),
        "R": ("penalty", "W1", "W2"),
        "L": ("+", "data loss", "R"),
    },
    inputs="near",
)
drawing = graph.draw(
    {
        "X": "(N, D)",
        "W1": "(D, H)",
        "b1": "(H,)",
        "z": "(N, H)",
        "a": "(N, H)",
        "W2": "(H, C)",
        "b2": "(C,)",
        "s": "(N, C)",
        "data loss": "number",
        "R": "number",
        "L": "number",
    },
    title="By which paths does each weight reach the loss?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# **Bring your layers (no points).** You wrote everything that this graph needs in
# notebook 03. Copy your five functions into the next cell.

# %% nbgrader={"grade": false, "grade_id": "l4_net_layers", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def affine_forward(x, w, b):
    """Return x @ w + b for rows of x, and a cache."""
    ### BEGIN SOLUTION
    return x @ w + b, (x, w)
    ### END SOLUTION


def affine_backward(dout, cache):
    """Return (dx, dw, db)."""
    ### BEGIN SOLUTION
    x, w = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
    ### END SOLUTION


def relu_forward(x):
    """Return max(0, x), entry by entry, and a cache."""
    ### BEGIN SOLUTION
    return np.maximum(0, x), x > 0
    ### END SOLUTION


def relu_backward(dout, cache):
    """Return dx."""
    ### BEGIN SOLUTION
    return dout * cache
    ### END SOLUTION


def softmax_loss(scores, y):
    """Return the mean cross-entropy and the gradient of the scores."""
    ### BEGIN SOLUTION
    rows = np.arange(len(y))
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dscores = np.exp(log_probs)
    dscores[rows, y] -= 1
    return -log_probs[rows, y].mean(), dscores / len(y)
    ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l4_net_layers_check", "locked": true, "schema_version": 3, "solution": false, "task": false}
with checks.numbers("your layers") as check:
    scores, cache = check.call(affine_forward, a_small, small["W2"], small["b2"])
    check.equal(scores, s_small, "scores of the example by hand")
    loss, dscores = check.call(softmax_loss, scores, y_small)
    check.equal(loss, 1.80432, "its loss", atol=5e-6)
    dhidden, dW2, db2 = check.call(affine_backward, dscores, cache)
    check.equal(db2, dscores.sum(axis=0), "db2")
    dz = check.call(relu_backward, dhidden, check.call(relu_forward, z_small)[1])
    check.equal(dz[1, 0], 0.0, "dz of unit 1 for example 2, where it is off")

# %% [markdown]
# **Exercise 1 (8 points).** Write the loss and its gradients. You may call your layers
# or write everything out; only the penalty is new. If `y` is None, return the scores.
# The loss must be stable: adding a large number to all scores changes neither loss nor
# gradients. Finite differences check the gradients; as an answer they cost points.

# %% nbgrader={"grade": false, "grade_id": "l4_two_layer_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def two_layer_loss(
    params: dict[str, np.ndarray],
    X: np.ndarray,
    y: np.ndarray | None = None,
    reg: float = 0.0,
) -> np.ndarray | tuple[float, dict[str, np.ndarray]]:
    """Scores of a two-layer net, or its loss and gradients.

    Parameters
    ----------
    params : dict
        ``"W1"`` (D, H), ``"b1"`` (H,), ``"W2"`` (H, C), ``"b2"`` (C,).
    X : (N, D) float64
        One example per row.
    y : (N,) int, optional
        The true classes.
    reg : float
        Strength of regularization, at least 0.

    Returns
    -------
    scores : (N, C) float64
        If `y` is None.
    loss : float, grads : dict
        If `y` is given: the loss in nats, and the gradients under the keys of `params`,
        each with the shape of its parameter.
    """
    ### BEGIN SOLUTION
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    hidden = X @ W1 + b1  # (N, H)
    np.maximum(0, hidden, out=hidden)
    scores = hidden @ W2 + b2  # (N, C)
    if y is None:
        return scores

    rows = np.arange(len(X))
    scores -= scores.max(axis=1, keepdims=True)
    slopes = np.exp(scores)
    total = slopes.sum(axis=1)
    loss = np.mean(np.log(total) - scores[rows, y])
    loss += reg * (np.vdot(W1, W1) + np.vdot(W2, W2))  # sums of squares, no copies

    slopes /= total[:, None]  # the probabilities, (N, C)
    slopes[rows, y] -= 1
    slopes /= len(X)
    dhidden = slopes @ W2.T  # (N, H)
    dhidden *= hidden > 0
    grads = {"W1": X.T @ dhidden, "b1": dhidden.sum(axis=0)}
    grads |= {"W2": hidden.T @ slopes, "b2": slopes.sum(axis=0)}
    grads["W1"] += 2 * reg * W1
    grads["W2"] += 2 * reg * W2
    return loss, grads
    ### END SOLUTION

# %% [markdown]
# The checks use the example by hand, then a random net, whose gradients they compare
# with centred differences, without and with regularization.

# %% nbgrader={"grade": true, "grade_id": "l4_two_layer_loss_test", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_two_layer_loss") as check:
    near = {"atol": 1e-4}
    data = (small, X_small)
    check.call(two_layer_loss, *data, expect=s_small, label="example by hand, scores")
    loss, grads = check.call(two_layer_loss, *data, y_small, 0.0, label="example by hand")
    check.equal(loss, 1.80432, "example by hand, loss", **near)
    form = {"name": "example by hand, dW2", "shapes": "(H, C)"}
    check.equal(grads["W2"], np.array([[-0.07586, 0.07586], [-0.74698, 0.74698]]), **form, **near)
    form = {"name": "example by hand, dW1", "shapes": "(D, H)"}
    check.equal(grads["W1"], np.array([[-0.07586, -0.89483], [-0.15172, 1.12240]]), **form, **near)
    loss, _ = check.call(two_layer_loss, *data, y_small, 0.1, label="example, reg 0.1")
    check.equal(loss, 1.80432 + 0.1 * (3.25 + 6.0), "example, loss with reg 0.1", **near)

    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(6, 5)), rng.integers(4, size=6)
    shapes = {"W1": (5, 7), "b1": (7,), "W2": (7, 4), "b2": (4,)}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    for reg in (0.0, 0.3):
        loss, grads = check.call(two_layer_loss, params, X, y, reg)
        for name in shapes:

            def loss_of(value, name=name, reg=reg):
                """Return the loss with one parameter replaced."""
                return two_layer_loss({**params, name: value}, X, y, reg)[0]

            check.gradient(loss_of, grads[name], params[name], name=f"d{name}")
    alone = [two_layer_loss(params, X[[i]], y[[i]])[0] for i in range(6)]
    loss, _ = check.call(two_layer_loss, params, X, y)
    check.equal(loss, np.mean(alone), "loss of six examples, mean of each alone")
    single = {name: value.astype(np.float32) for name, value in params.items()}
    loss, _ = check.call(two_layer_loss, params, X, y, 0.3)
    data = (single, X.astype(np.float32), y.astype(np.uint8), 0.3)
    moved, _ = check.call(two_layer_loss, *data, label="float32")
    check.equal(moved, loss, "loss in float32", rtol=1e-5)
    zeros = {**{name: 0 * value for name, value in params.items()}, "b2": 40 * np.eye(4)[0]}
    moved, grads = check.call(two_layer_loss, zeros, X, np.ones(6, dtype=int), label="lead of 40")
    check.equal(moved, 40.0, "loss where another class leads by 40")
    exact = {"rtol": 1e-12, "atol": 1e-12}  # more than finite differences can give
    check.equal(grads["b2"], np.array([1.0, -1.0, 0.0, 0.0]), "its db2", **exact)
    lifted = {**params, "b2": params["b2"] + 1000}
    moved, _ = check.call(two_layer_loss, lifted, X, y, 0.3, label="1000 added to b2")
    check.equal(moved, loss, "loss with 1000 added to all scores")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_two_layer_loss", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Question.** Training starts from W1 = 0, b1 = 0, W2 = 0 and b2 = 0. Which of the
# four gradients are 0?
#
# <details><summary>Answer</summary>
#
# At least three of them. The hidden values are 0, so dW2 = 0. W2 is 0, so nothing
# reaches the hidden layer, and dW1 and db1 are 0. The gradient of b2 is 1/C minus the
# share of each class; it is 0 too if all classes are equally frequent. Only b2 could
# ever move. So the weights start at small **random** numbers, different ones for each
# unit; the biases may start at 0.
# </details>

# %% [markdown]
# ## 3. A whole net in twenty lines
#
# **Goal.** Read a complete training program at a glance.
#
# **Idea.** The lecture shows one in 20 lines
# ([1:03:49](https://youtu.be/d14TUNcbn1k?t=3829)). It fits 64 random examples of
# 1,000 numbers to 64 random targets of 10 numbers, with 100 hidden units: N, D_in, H,
# D_out = 64, 1000, 100, 10. Two things differ from the net of this notebook: the hidden
# layer is a **sigmoid**, and the loss is the **summed** squared error,
#
# $$ L = \sum_{i,k} (\hat y_{ik} - y_{ik})^2 . $$
#
# The learning rate is 1e-4, and there are 2,000 steps. In our own words:
#
# ```python
# 1   import numpy as np
# 2
# 3   rng = np.random.default_rng(0)
# 4   N, D_in, H, D_out = 64, 1000, 100, 10
# 5   x, y = rng.normal(size=(N, D_in)), rng.normal(size=(N, D_out))
# 6   w1, w2 = rng.normal(size=(D_in, H)), rng.normal(size=(H, D_out))
# 7
# 8   for t in range(2000):
# 9       h = 1 / (1 + np.exp(-x @ w1))
# 10      y_pred = h @ w2
# 11      loss = np.sum((y_pred - y) ** 2)
# 12      print(t, loss)
# 13
# 14      grad_y_pred = 2.0 * (y_pred - y)
# 15      grad_w2 = h.T @ grad_y_pred
# 16      grad_h = grad_y_pred @ w2.T
# 17      grad_w1 = x.T @ (grad_h * h * (1 - h))
# 18
# 19      w1 -= 1e-4 * grad_w1
# 20      w2 -= 1e-4 * grad_w2
# ```
#
# Lines 9 to 12 are the forward pass, 14 to 17 the backward pass, 19 and 20 the step.
# Line 17 contains the slope of the sigmoid, $(1 - s) s$.

# %%
num_weights = None  # a number: how many weights does this net have?
checks.question(
    "weights of the twenty lines", num_weights, "3dac52751596",
    hint="Two matrices, D_in by H and H by D_out.",
)  # fmt: skip

# %% [markdown]
# To save time, the next cell runs only **80 of the 2,000 steps**, and it keeps the
# losses instead of printing them.

# %% nbgrader={"grade": false, "grade_id": "l4_net_twenty_lines", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
rng = np.random.default_rng(0)
N, D_in, H, D_out = 64, 1000, 100, 10
x, y = rng.normal(size=(N, D_in)), rng.normal(size=(N, D_out))
w1, w2 = rng.normal(size=(D_in, H)), rng.normal(size=(H, D_out))
losses = []
for _ in range(80):
    h = 1 / (1 + np.exp(-x @ w1))  # (N, H)
    y_pred = h @ w2  # (N, D_out)
    losses.append(np.sum((y_pred - y) ** 2))
    grad_y_pred = 2.0 * (y_pred - y)
    grad_w2 = h.T @ grad_y_pred
    grad_h = grad_y_pred @ w2.T
    grad_w1 = x.T @ (grad_h * h * (1 - h))
    w1 -= 1e-4 * grad_w1
    w2 -= 1e-4 * grad_w2
ax = plots.loss_curve(
    losses, ylabel="summed squared error", title="Does the twenty-line net learn?"
)
ax.set(yscale="log", ylim=(1e3, 4e4))
plots.powers_of_ten(ax.yaxis)
plots.show(
    "The loss on a logarithmic scale: from about 30,000 at the start it falls over "
    "all 80 steps, fast at first, to about a tenth of that."
)
print(f"the loss after 80 steps is {losses[-1] / losses[0]:.0%} of that at the start")

# %% [markdown]
# The targets are noise. With so many weights for 640 numbers the net can memorise them.
# That shows only that the gradients work.
#
# **Question.** Line 11 adds up the squared errors and does not divide by N. What would
# have to change if we used the mean over the examples instead?
#
# <details><summary>Answer</summary>
#
# Loss and gradients become smaller by a factor of 64. The same steps then need a
# learning rate 64 times as large, 6.4e-3. With a sum, the best learning rate depends on
# the size of the batch; with a mean it depends on it much less, which is one reason for
# our convention.
# </details>

# %% [markdown]
# ## 4. A class that trains
#
# **Goal.** Put parameters, loss, training and prediction into one object.
#
# **Idea.** Training is minibatch gradient descent as in notebook 04 of lecture 3: draw
# a minibatch at random, compute loss and gradients on it, move each parameter a little
# against its gradient. Two things are new: there are four arrays instead of one, and
# the learning rate is multiplied by `learning_rate_decay` once per **epoch**. An epoch
# is about one training set's worth of examples: `max(N // batch_size, 1)` steps.
#
# **Example.** With N = 1,000 and `batch_size` 100 an epoch has 10 steps. After 50
# epochs with a decay of 0.95 the learning rate has fallen to $0.95^{50} \approx 0.077$
# of its first value.
#
# **Exercise 2 (8 points).** Write the four methods.

# %% nbgrader={"grade": false, "grade_id": "l4_two_layer_net", "locked": false, "schema_version": 3, "solution": true, "task": false}
class TwoLayerNet:
    """A net of one hidden layer with ReLU and the softmax loss.

    Attributes
    ----------
    params : dict
        ``"W1"`` (D, H), ``"b1"`` (H,), ``"W2"`` (H, C), ``"b2"`` (C,).
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        std: float = 1e-4,
        rng: np.random.Generator | None = None,
    ) -> None:
        """Start a net with D, H and C units.

        The weights are normal numbers with mean 0 and standard deviation `std`, the
        biases 0. All randomness, here and in ``train``, comes from `rng`; without one,
        from a fresh ``np.random.default_rng()``.
        """
        ### BEGIN SOLUTION
        self.rng = np.random.default_rng() if rng is None else rng
        self.params = {
            "W1": std * self.rng.standard_normal((input_size, hidden_size)),
            "b1": np.zeros(hidden_size),
            "W2": std * self.rng.standard_normal((hidden_size, output_size)),
            "b2": np.zeros(output_size),
        }
        ### END SOLUTION

    def loss(
        self, X: np.ndarray, y: np.ndarray | None = None, reg: float = 0.0
    ) -> np.ndarray | tuple[float, dict[str, np.ndarray]]:
        """Return what ``two_layer_loss`` returns for the parameters of this net."""
        ### BEGIN SOLUTION
        return two_layer_loss(self.params, X, y, reg)
        ### END SOLUTION

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the class of the highest score for each row of X, (N,) int."""
        ### BEGIN SOLUTION
        return np.argmax(self.loss(X), axis=1)
        ### END SOLUTION

    def train(
        self,
        X: np.ndarray,
        y: np.ndarray,
        X_val: np.ndarray,
        y_val: np.ndarray,
        learning_rate: float = 1e-3,
        learning_rate_decay: float = 0.95,
        reg: float = 5e-6,
        num_iters: int = 100,
        batch_size: int = 200,
        verbose: bool = False,
    ) -> dict[str, list[float]]:
        """Change ``params`` by `num_iters` steps of minibatch gradient descent.

        A minibatch may hold an example twice, and may be larger than N. With `verbose`,
        the loss is printed now and then.

        Returns
        -------
        dict
            ``"loss_history"``: the loss of each minibatch before its step.
            ``"train_acc_history"``, ``"val_acc_history"``: once per epoch, the accuracy
            on the training set (or on some of it, to save time) and on the whole
            validation set, from 0 to 1.
        """
        ### BEGIN SOLUTION
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        steps_per_epoch = max(len(X) // batch_size, 1)
        for step in range(num_iters):
            rows = self.rng.integers(len(X), size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if (step + 1) % steps_per_epoch == 0:
                train_acc = np.mean(self.predict(X[:1000]) == y[:1000])
                history["train_acc_history"].append(train_acc)
                history["val_acc_history"].append(np.mean(self.predict(X_val) == y_val))
                learning_rate *= learning_rate_decay
            if verbose and step % 100 == 0:
                print(f"step {step}: loss {loss:.4f}")
        return history
        ### END SOLUTION

# %% [markdown]
# The checks train on three clouds of points that are well separated.

# %% nbgrader={"grade": false, "grade_id": "l4_net_small_net", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["hide-input"]
start = {
    "W1": np.array([[1.0, -1.0, 0.5], [0.5, 1.0, -0.5]]),
    "b1": np.array([0.1, 0.2, 0.3]),
    "W2": np.array([[1.0, -1.0], [0.5, 0.5], [-1.0, 1.5]]),
    "b2": np.array([0.0, 0.1]),
}
settings = {"learning_rate": 0.4, "learning_rate_decay": 0.6, "reg": 0.05}
longer = {**settings, "learning_rate_decay": 0.95, "reg": 1e-3, "num_iters": 60, "batch_size": 25}
y_clouds = np.arange(60) % 3
X_clouds = 3 * np.eye(4)[y_clouds] + 0.4 * np.random.default_rng(3).normal(size=(60, 4))


def small_net(seed):
    """Return a net of 2, 3 and 2 units that starts with the parameters above."""
    net = TwoLayerNet(2, 3, 2, rng=np.random.default_rng(seed))
    net.params.update({name: value.copy() for name, value in start.items()})
    return net


def losses_of(seed, X, y, **options):
    """Train a small net and return its loss_history."""
    history = small_net(seed).train(X, y, X, y, **{**settings, **options})
    return history["loss_history"]

# %% nbgrader={"grade": true, "grade_id": "l4_two_layer_net_test", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_two_layer_net") as check:
    net = check.call(TwoLayerNet, 4, 6, 3, std=0.5, rng=np.random.default_rng(2))
    shapes = {"W1": (4, 6), "b1": (6,), "W2": (6, 3), "b2": (3,)}
    found = {name: np.shape(net.params.get(name)) for name in shapes}
    check.true(found == shapes, f"the shapes in params are {found}, expected {shapes}")
    check.equal(net.params["b1"], np.zeros(6), "b1 at the start")
    check.equal(net.params["b2"], np.zeros(3), "b2 at the start")
    nets = [TwoLayerNet(90, 80, 50, rng=np.random.default_rng(0)) for _ in range(2)]
    spread = [np.round(nets[0].params[name].std() / 1e-4) for name in ("W1", "W2")]
    both = {"parts": ("W1", "W2")}
    check.equal(spread, [1.0, 1.0], "spread without std, in units of 1e-4", **both)
    large = TwoLayerNet(90, 80, 50, std=2.0, rng=np.random.default_rng(0)).params
    spread = [np.round(large[name].std() / 2) for name in ("W1", "W2")]
    check.equal(spread, [1.0, 1.0], "spread, in units of std", **both)
    same = np.array_equal(nets[0].params["W1"], nets[1].params["W1"])
    check.equal(same, True, "whether nets made with equal generators are alike")
    nets = [TwoLayerNet(4, 6, 3, std=1.0) for _ in range(2)]
    same = np.array_equal(nets[0].params["W1"], nets[1].params["W1"])
    check.equal(same, False, "whether nets made without rng are alike")

    small = small_net(0)
    X, y = np.array([[1.0, 2], [-1, 0.5], [0, 1], [2, -1], [-2, 1]]), np.array([1, 0, 1, 1, 0])
    scores = two_layer_loss(start, X)
    check.call(small.loss, X, expect=scores, label="loss(X)", shapes="(N, C)")
    expect, form = two_layer_loss(start, X, y, 0.1), {"parts": ("loss", "grads")}
    check.call(small.loss, X, y, 0.1, expect=expect, label="loss(X, y, reg)", **form)
    labels = np.array([0, 1, 0, 1, 1])
    check.call(small.predict, X, expect=labels, label="predict(X)", shapes="(N,)")

    history = small.train(X, y, X, y, num_iters=1)
    check.equal(isinstance(history, dict), True, "whether train returns a dict")
    # On copies of one example all minibatches are alike, so the losses are fixed. The
    # rate may fall after the last step of an epoch or after its first one.
    copies = np.tile([1.0, 2.0], (10, 1)), np.ones(10, dtype=int)
    last = [4.59144, 0.50245, 0.4406, 0.4152, 0.3938, 0.38249, 0.37195]
    first = [4.59144, 0.50245, 0.46357, 0.4335, 0.41856, 0.40508, 0.39763]
    losses = losses_of(0, *copies, num_iters=7, batch_size=4)
    check.equal(len(losses), 7, "entries of loss_history")
    expect = min(last, first, key=lambda each: np.abs(np.subtract(each, losses)).sum())
    check.equal(losses, expect, "losses on copies of one example", rtol=1e-4)
    few = losses_of(0, copies[0][:2], copies[1][:2], num_iters=2, batch_size=10)
    check.equal(few, last[:2], "losses with batch_size above N", rtol=1e-4)

    options = {"num_iters": 12, "batch_size": 1}
    one, again, other = (losses_of(seed, X, y, **options) for seed in (1, 1, 2))
    alone = [two_layer_loss(start, X[[i]], y[[i]], 0.05)[0] for i in range(5)]
    near = np.isclose(one[0], alone, rtol=1e-4).any()
    check.equal(near, True, "whether the first loss is that of the minibatch")
    same = np.array_equal(one, again)
    check.equal(same, True, "whether equal generators give equal minibatches")
    same = np.array_equal(one, other)
    check.equal(same, False, "whether other generators give equal minibatches")

    X, y = X_clouds.copy(), y_clouds
    history = net.train(X, y, X, (y + 1) % 3, **longer)  # the labels of X_val are wrong
    check.equal(X, X_clouds, "X after train")
    train_acc, val_acc = history["train_acc_history"], history["val_acc_history"]
    lengths = [len(train_acc), len(val_acc)]
    expect = [31 if length == 31 else 30 for length in lengths]  # the start may count
    check.equal(lengths, expect, "entries of the accuracies in 30 epochs of two steps")
    right = np.round(np.mean(net.predict(X) == y))
    check.equal(right, 1.0, "accuracy on three clouds well apart, rounded")
    check.equal(np.round(train_acc[-1]), 1.0, "last of train_acc_history, rounded")
    check.equal(np.round(val_acc[-1]), 0.0, "last of val_acc_history, rounded")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_two_layer_net", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Overfit twenty pictures first.** Before a long run, train on a handful of examples
# with `reg` = 0. A net that cannot memorise twenty pictures has a bug, and
# finding out takes a second. The start is a check of its own: with small weights all
# scores are nearly equal, and you know the loss before you run anything.

# %%
at_start = None  # a number to one decimal: the loss of 100 classes if all scores are equal
checks.question(
    "loss at the start", at_start, "435a670a53d5",
    hint="Each class has the probability 0.01; the loss is in nats.",
    decimals=1,
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l4_net_overfit", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
few = digits.X_train[:20], digits.y_train[:20]
net = TwoLayerNet(64, 50, 10, std=0.1, rng=np.random.default_rng(0))
print(f"loss at the start: {net.loss(*few)[0]:.1f}, expected about {np.log(10):.1f}")
history = net.train(
    *few,
    digits.X_val,
    digits.y_val,
    learning_rate=0.5,
    learning_rate_decay=1.0,
    reg=0.0,
    num_iters=100,
    batch_size=20,
)
print(f"twenty training pictures: {np.mean(net.predict(few[0]) == few[1]):.0%} right")
val_accuracy = np.mean(net.predict(digits.X_val) == digits.y_val)
print(f"validation pictures: about {round(100 * val_accuracy, -1):.0f}% right")
seen = np.bincount(few[1], minlength=10)
print("training pictures of the digits 0 to 9:", *seen)
plots.loss_curve(
    history["loss_history"],
    ylabel="loss, nats",
    title="Can the net memorise twenty pictures?",
)
plots.show(
    "The loss on twenty pictures falls from 2.3 to nearly 0 within 100 steps: yes."
)

# %% [markdown]
# All twenty are right, and the loss falls to nearly 0. (The learning rate must not
# decay here: with twenty pictures an epoch is a single step, and a decay of 0.95 per
# step would all but stop the training after some fifty of them.) On unseen digits the
# net does badly, which is no surprise: it has seen only a few pictures of most digits,
# and none at all of two of them.
#
# **Now all 1,000.** As in notebook 01 of lecture 3, start Jupyter with the
# environment variable `CS231N_DATASET=cifar10`, and the next two cells use CIFAR-10;
# with `cifar10-small` they use its first 4,000 training images. With the settings
# below, 4,000 training images of CIFAR-10 gave a validation accuracy of 41% when we
# measured it. The outputs described here are those of the digits.
#
# The two pictures to look at in every training run are the loss
# against the steps and the two accuracies against the epochs.

# %% nbgrader={"grade": false, "grade_id": "l4_net_train", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
data = load_images()
settings = {"learning_rate": 0.8, "learning_rate_decay": 0.95, "reg": 1e-3}
std, num_iters = 0.1, 300
if data.name == "CIFAR-10":  # far more pixels: smaller weights at the start
    data = data.centered()
    settings = {"learning_rate": 0.2, "learning_rate_decay": 0.95, "reg": 3e-3}
    std, num_iters = 0.01, 1000
net = TwoLayerNet(data.X_train.shape[1], 50, 10, std=std, rng=np.random.default_rng(0))
history = net.train(
    data.X_train,
    data.y_train,
    data.X_val,
    data.y_val,
    **settings,
    num_iters=num_iters,
    batch_size=100,
)
for name, X, y in (
    ("training", data.X_train, data.y_train),
    ("validation", data.X_val, data.y_val),
    ("test", data.X_test, data.y_test),
):
    print(f"{name:10} {np.mean(net.predict(X) == y):4.0%} right")

# %% nbgrader={"grade": false, "grade_id": "l4_net_curves_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.4))
plots.loss_curve(history["loss_history"], ylabel="loss of the minibatch, nats", ax=left)
left.set_title("loss", fontsize=11)
left.set_ylim(0, 2.5)
accuracies = {
    "training": history["train_acc_history"],
    "validation": history["val_acc_history"],
}
plots.loss_curve(accuracies, xlabel="epoch", ylabel="share that is right", ax=right)
right.set_title("accuracy", fontsize=11)
right.set_ylim(0, 1.02)
fig.suptitle("Does it learn, and does it overfit?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Left: the loss falls from 2.3, steeply at first, to about 0.25, and jitters from "
    "minibatch to minibatch. Right: both accuracies rise quickly past 0.8 and level off, "
    "training near 0.98 and validation a few points below."
)

# %% [markdown]
# How to read them: if the loss falls in a straight line, the learning rate is too
# small; if it stays high or jumps, it is too large. A wide gap between the two
# accuracies means overfitting, so more regularization or more data; no gap and a low
# level mean that the net is too small or has not been trained for long enough.

# %% [markdown]
# **A solver (no points).** `train` belongs to this one net, and yet nothing in it is
# particular to two layers: it needs `params` and `loss`, which without labels returns
# the scores. So frameworks keep the loop apart from the model. Write a `Solver` that
# trains anything with `params` and `loss(X, y, reg)`. Two things are new. It can use
# **momentum**: each parameter has a velocity $v$, 0 at first, and a step is
#
# $$ v \leftarrow \mu\, v - \eta\, \texttt{grad}, \qquad W \leftarrow W + v , $$
#
# with the learning rate $\eta$; $\mu = 0$ is the step you know. And it keeps the
# **best** parameters, those with the highest validation accuracy so far (measured after
# every `every` steps), not the last.

# %% nbgrader={"grade": false, "grade_id": "l4_net_solver", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
class Solver:
    """Trains a model that has ``params`` and ``loss(X, y, reg)`` by minibatches.

    Attributes
    ----------
    loss_history : list of float
        The loss of each minibatch before its step.
    best_val, best_params : float, dict
        The highest validation accuracy measured, and a copy of the parameters then.
    """

    def __init__(
        self, model, data, rng, learning_rate, reg=0.0, momentum=0.0, batch_size=100
    ):
        self.model, self.data, self.rng = model, data, rng
        self.learning_rate, self.reg = learning_rate, reg
        self.momentum, self.batch_size = momentum, batch_size
        self.velocity = {n: np.zeros_like(p) for n, p in model.params.items()}
        self.loss_history, self.best_val, self.best_params = [], -1.0, {}

    def step(self) -> None:
        """Draw a minibatch, note its loss, move every parameter."""
        ### BEGIN SOLUTION
        X, y = self.data.X_train, self.data.y_train
        rows = self.rng.integers(len(X), size=self.batch_size)
        loss, grads = self.model.loss(X[rows], y[rows], self.reg)
        self.loss_history.append(loss)
        for name, grad in grads.items():
            pull = self.momentum * self.velocity[name] - self.learning_rate * grad
            self.velocity[name] = pull
            self.model.params[name] = self.model.params[name] + pull
        ### END SOLUTION

    def train(self, num_steps: int, every: int = 20) -> None:
        """Take steps; after every `every` of them measure, and keep the best."""
        ### BEGIN SOLUTION
        for count in range(1, num_steps + 1):
            self.step()
            if count % every == 0:
                scores = self.model.loss(self.data.X_val)
                accuracy = np.mean(scores.argmax(axis=1) == self.data.y_val)
                if accuracy > self.best_val:
                    self.best_val = accuracy
                    params = self.model.params.items()
                    self.best_params = {name: value.copy() for name, value in params}
        ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l4_net_solver_check", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
class Slope:
    """A model for the check: its loss is 3 W, whatever the data, so its gradient is 3."""

    def __init__(self):
        self.params = {"W": np.array([1.0])}

    def loss(self, X, y=None, reg=0.0):
        """Return one score for each class, or loss and gradient."""
        if y is None:
            return np.eye(10)[digits.y_val] if self.params["W"][0] > 0 else np.ones((len(X), 10))
        return 3 * self.params["W"][0], {"W": np.array([3.0])}


with checks.numbers("the solver") as check:
    model = Slope()
    solver = Solver(model, digits, np.random.default_rng(0), 0.1, momentum=0.5)
    solver.step()
    check.equal(model.params["W"], np.array([0.7]), "W after one step")
    solver.step()
    check.equal(model.params["W"], np.array([0.25]), "W after two steps with momentum")
    check.equal(solver.loss_history, [3.0, 2.1], "loss_history")
    model = Slope()
    solver = Solver(model, digits, np.random.default_rng(0), 0.1)
    solver.train(8, every=1)
    check.equal(solver.best_val, 1.0, "best validation accuracy")
    check.equal(solver.best_params["W"], np.array([0.7]), "W when it was measured first")

net = TwoLayerNet(64, 50, 10, std=0.1, rng=np.random.default_rng(0))
solver = Solver(net, digits, np.random.default_rng(1), 0.2, reg=1e-3, momentum=0.9)
solver.train(200)
with checks.numbers("the solver on the digits") as check:
    check.true(solver.best_val > 0.9, "the best validation accuracy is below 90%")

# %% [markdown]
# **In PyTorch** the same parts have these names; the cell below compares the loss
# where PyTorch is installed. (Its `weight_decay` adds `weight_decay * W` to the gradient,
# so it is 2 `reg` in our convention, and by default it pulls at the biases as well.)
#
# | here | PyTorch |
# |---|---|
# | `TwoLayerNet(64, 50, 10)` | `nn.Sequential(nn.Linear(64, 50), nn.ReLU(), nn.Linear(50, 10))` |
# | `two_layer_loss(...)` with labels | `nn.functional.cross_entropy(net(X), y)`, then `loss.backward()` |
# | the update in `Solver.step` | `torch.optim.SGD(net.parameters(), lr=0.2, momentum=0.9).step()` |

# %% nbgrader={"grade": false, "grade_id": "l4_net_torch", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "nbval-ignore-output"]
try:
    import torch
except ImportError:
    print("PyTorch is not installed here: nothing to compare.")
else:
    there = torch.nn.Sequential(
        torch.nn.Linear(64, 50), torch.nn.ReLU(), torch.nn.Linear(50, 10)
    ).double()
    with torch.no_grad():
        for layer, i in ((there[0], 1), (there[2], 2)):
            layer.weight.copy_(torch.tensor(net.params[f"W{i}"].T))
            layer.bias.copy_(torch.tensor(net.params[f"b{i}"]))
    scores, labels = there(torch.tensor(digits.X_val)), torch.tensor(digits.y_val)
    theirs = torch.nn.functional.cross_entropy(scores, labels.long())
    ours = net.loss(digits.X_val, digits.y_val)[0]
    print(f"validation loss: {theirs.item():.6f} there, {ours:.6f} here")

# %% [markdown]
# ## 5. What the hidden units look for
#
# **Goal.** See how a class can have more than one template.
#
# **Idea.** The linear classifier of lecture 3 had to squeeze all horses of CIFAR-10
# into one template, which came out with two heads: one looking left, one looking right.
# With a hidden layer, one unit can represent the horse that looks left and another the
# horse that looks right, and the column of `W2` for "horse" gives weight to both
# ([1:00:47](https://youtu.be/d14TUNcbn1k?t=3647)). Our data have no horses, but they have sevens, which people write in
# several ways, for example with or without a bar across the stem. How does a net share
# them out?
#
# The cell trains a small net with a strong penalty, which keeps its templates smooth,
# and picks the two hidden units that add most to the score of class 7 on average over
# all sevens. A unit's **contribution** to the score is its output times its weight,
# $a_h W_{2,h7}$.

# %%
score = None  # a number: two units with outputs 2 and 3, weights 0.5 and -1, bias 1
checks.question(
    "two contributions", score, "20047dc44a8b",
    hint="Sum of output times weight over both units, plus the bias.",
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l4_net_templates_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
net = TwoLayerNet(64, 16, 10, std=0.1, rng=np.random.default_rng(3))
net.train(
    digits.X_train,
    digits.y_train,
    digits.X_val,
    digits.y_val,
    learning_rate=0.5,
    reg=1e-2,
    num_iters=300,
    batch_size=100,
)
sevens = digits.X_train[digits.y_train == 7]
hidden = np.maximum(0, sevens @ net.params["W1"] + net.params["b1"])  # (N, H)
contribution = hidden * net.params["W2"][:, 7]  # (N, H)
first, second = np.argsort(-contribution.mean(axis=0))[:2]
order = np.argsort(contribution[:, second] - contribution[:, first])

fig, ax = plt.subplots(figsize=(9.6, 3.3))  # one axes for all: quicker to draw
for row, (unit, chosen) in enumerate(((first, order[:5]), (second, order[::-1][:5]))):
    template = net.params["W1"][:, unit].reshape(8, 8)
    limit = np.abs(template).max()
    top = 10.5 * row
    ax.imshow(
        template, cmap="PuOr", vmin=-limit, vmax=limit, extent=(0, 8, top + 8, top)
    )
    down, across = np.nonzero(template < -0.15 * limit)
    ax.plot(across + 0.5, top + down + 0.5, "k.", markersize=3)
    ax.text(4, top - 0.4, f"template {row + 1}", fontsize=10, ha="center")
    ax.text(13.5, top - 0.4, "mean of these", fontsize=10, ha="center")
    for i, picture in enumerate([sevens[chosen].mean(axis=0), *sevens[chosen]]):
        place = (9.5 * (i + 1), 9.5 * (i + 1) + 8, top + 8, top)
        ax.imshow(picture.reshape(8, 8), vmin=0, vmax=1, extent=place)
ax.set(xlim=(0, 6 * 9.5 + 8), ylim=(18.5, -1.5))
ax.set_axis_off()
fig.suptitle(
    "For which sevens does each of the two units add most?",
    x=0.01,
    ha="left",
    fontsize=12,
)
plots.show(
    "Two rows: a hidden template (purple: ink there turns the unit on; orange with dots: "
    "ink turns it off), the mean of the five sevens for which this unit outweighs the "
    "other most, and these five. The sevens of the first row have a bar across the stem, "
    "low and wide; those of the second have a strong hook at the upper right."
)

# %% nbgrader={"grade": false, "grade_id": "l4_net_weighted_sum", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
share = np.mean(contribution[:, first] > contribution[:, second])
both = np.mean((hidden[:, first] > 0) & (hidden[:, second] > 0))
print(f"{len(sevens)} sevens in the training set")
print(f"unit 1 adds more than unit 2 for about {round(100 * share, -1):.0f}% of them")
print(f"both units are on for about {round(100 * both, -1):.0f}% of them")
scores = contribution.sum(axis=1) + net.params["b2"][7]
with checks.numbers("the score of class 7") as check:
    check.equal(scores, net.loss(sevens)[:, 7], "sum of the contributions", rtol=1e-9)
    check.true(0 < share < 1, "one unit adds more than the other for all sevens")

# %% [markdown]
# Trained templates are less tidy than the story of the two horses. There is no unit for
# sevens with a bar and another for those without: bars appear in both rows, and both
# units are on for nearly all sevens. What differs is *how much* each of them adds. The
# score of class 7 is the **sum** of all contributions, plus the bias; nothing chooses
# between the two templates.
#
# **Question.** ([1:00:47](https://youtu.be/d14TUNcbn1k?t=3647)) Does the second layer take the larger of the two templates, "a
# horse is what looks left *or* right"?
#
# <details><summary>Answer</summary>
#
# No: it takes a weighted sum, not a maximum. If only one unit were on, the sum would
# act like "or", because the other would add 0. If both are on, as here, both
# contributions count. The maximum in the formula compares each unit with 0, never one
# unit with another.
# </details>

# %% [markdown]
# ## 6. How many units, and how much regularization
#
# **Goal.** Distinguish the effect of the number of hidden units from that of the
# penalty.
#
# **Idea.** With more units the decision boundary can bend more often, until it
# encircles individual mislabelled points. There are two ways to keep the boundary smooth:
# fewer units or a larger penalty. The notes advise the second: use as many units as you
# can afford, and control overfitting with `reg`.

# %%
kinks = None  # a number: the score of a net with one input and 3 units has at most how many kinks?
checks.question(
    "kinks of three units", kinks, "5b5da5bfae5e",
    hint="Where does the slope of the score change?",
)  # fmt: skip

# %% [markdown]
# The points below lie in a square. The true class 1 is the disk of radius 0.7, but each
# label was flipped with probability 0.1; the cell prints how many were. The net sees
# only the 100 labelled points; 2,000 more points with true labels show how good its
# decision boundary is.

# %% nbgrader={"grade": false, "grade_id": "l4_net_regions", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
rng = np.random.default_rng(4)


def in_disk(X):
    """Return the true class of each row, 1 in the disk."""
    return (np.hypot(X[:, 0], X[:, 1]) < 0.7).astype(int)


X_plane = rng.uniform(-1, 1, size=(100, 2))
flipped = rng.random(100) < 0.1
y_plane = np.where(flipped, 1 - in_disk(X_plane), in_disk(X_plane))
X_new = rng.uniform(-1, 1, size=(2000, 2))
print(f"flipped labels: {flipped.sum()} of 100\n")


def fit_plane(hidden_size, reg, num_steps=250, learning_rate=1.0):
    """Train a net on the labelled points, all of them in every step."""
    net = TwoLayerNet(2, hidden_size, 2, std=3.0, rng=np.random.default_rng(0))
    for _ in range(num_steps):
        _, grads = net.loss(X_plane, y_plane, reg)
        for name in net.params:
            net.params[name] = net.params[name] - learning_rate * grads[name]
    return net


settings = [(1, 0.0), (3, 0.0), (50, 0.0), (50, 1e-4), (50, 2e-3), (50, 1e-2)]
nets = [fit_plane(*setting) for setting in settings]
print("hidden units   reg     training points   new points")
for (hidden_size, reg), net in zip(settings, nets, strict=True):
    seen = np.mean(net.predict(X_plane) == y_plane)
    new = np.mean(net.predict(X_new) == in_disk(X_new))
    print(f"{hidden_size:12} {reg:7g} {seen:15.0%} {new:12.0%}")

# %% nbgrader={"grade": false, "grade_id": "l4_net_regions_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
def draw_regions(ax, score, X, y, reach):
    """Draw which class has the highest score at each place, and the points."""
    steps = np.linspace(-reach, reach, 121)
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    scores = score(grid).reshape(len(steps), len(steps), -1)  # (121, 121, C)
    shades = ["#CFE6F7", "#F7E3B5", "#F3D6E5"]
    colors = [plots.COLORS[name] for name in ("blue", "red", "black")]
    for k, marker in zip(range(scores.shape[-1]), "o^s", strict=False):
        lead = scores[..., k] - np.delete(scores, k, axis=-1).max(axis=-1)
        top = max(lead.max(), 1e-9)
        ax.contourf(steps, steps, lead, levels=[0, top], colors=[shades[k]])
        if lead.min() < 0 < lead.max():  # a boundary runs where the lead is 0
            ax.contour(steps, steps, lead, levels=[0], colors="black", linewidths=1)
        ax.plot(*X[y == k].T, marker, color=colors[k], markersize=3.5, label=f"class {k}")
    ax.set_aspect("equal")
    ax.grid(visible=False)


fig, axes = plt.subplots(2, 3, figsize=(9.0, 6.6), sharex=True, sharey=True)
axes[0, 0].set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])  # all six share them
angle = np.linspace(0, 2 * np.pi, 100)
for ax, (hidden_size, reg), net in zip(axes.flat, settings, nets, strict=True):
    draw_regions(ax, net.loss, X_plane, y_plane, reach=1.0)
    ax.plot(0.7 * np.cos(angle), 0.7 * np.sin(angle), "--", color="black", lw=1)
    unit = "unit" if hidden_size == 1 else "units"
    ax.set_title(f"{hidden_size} {unit}, reg = {reg:g}", fontsize=11)
for ax in axes[1]:
    ax.set_xlabel("x₁")
for ax in axes[:, 0]:
    ax.set_ylabel("x₂")
fig.suptitle(
    "What do the units do to the boundary, and what does the penalty do?",
    x=0.01,
    ha="left",
    fontsize=12,
)
plots.show(
    "Six maps of the two classes, with the true disk dashed. One unit: a straight "
    "boundary. Three units: a shape of few corners. Fifty units without a penalty: a "
    "winding boundary, and a hole for wrongly labelled points. Fifty units with reg = "
    "0.0001: the hole is smaller; 0.002: no hole, nearly a disk; 0.01: smooth, and too "
    "small."
)

# %% [markdown]
# With one unit the boundary is a straight line. With fifty units and no penalty, nearly
# all training points are classified as labelled, some of the wrong labels among them,
# and the accuracy on new points suffers. With a penalty of 2e-3 the training accuracy
# falls and the accuracy on new points rises; with 1e-2 both fall.
#
# **Question.** Why not use three units and no penalty? The boundary is simple, too.
#
# <details><summary>Answer</summary>
#
# Three units can make only three folds: too few for a disk, wherever they are. And
# small nets are harder to train: where a small net ends depends strongly on where it
# started. A large net with a penalty ends in about the same place from most starts.
# </details>

# %% [markdown]
# ## 7. Linear against net on a spiral
#
# **Goal.** Compare a linear classifier with a net on data that a straight boundary cannot
# separate.
#
# **Idea.** This is the case study of the notes: three spiral arms, N = 100 points per
# class, D = 2 numbers per point, K = 3 classes, a net of h = 100 units, learning rate
# 1, full-batch steps. The notes write the penalty with a factor 1/2,
# `0.5 * reg * W * W` with `reg` = 1e-3. In our convention that is 5e-4.

# %%
our_reg = None  # a number: another text, with the 1/2, reports reg = 0.006; what is it here?
checks.question(
    "penalty of the notes", our_reg, "212472a31a11",
    hint="Ours is reg * W * W, without the 1/2.",
    decimals=5,
)  # fmt: skip

# %% [markdown]
# The notes report that 49% of the training points are right for the linear softmax
# classifier and 98% for the net. Both numbers depend on the random numbers drawn. Over
# 12 seeds we measured 48.3 to 53.0% for the linear classifier and 98.0 to 99.3% for
# the net, so we check for ranges. The notes take 10,000 steps for the net, from weights
# of a size of about 0.01; this cell takes only **200**, because it starts from weights
# of about 1, whose folds need not grow first.

# %% nbgrader={"grade": false, "grade_id": "l4_net_spirals", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
spirals = make_spirals(seed=0, per_class=100, num_classes=3)
X, y = spirals.X_train, spirals.y_train

# A linear softmax classifier is a net without a hidden layer: scores = X @ W + b.
W, b = np.zeros((2, 3)), np.zeros(3)
for _ in range(100):
    probs = np.exp(X @ W + b)
    probs /= probs.sum(axis=1, keepdims=True)
    slopes = (probs - np.eye(3)[y]) / len(X)  # (N, C)
    W, b = W - (X.T @ slopes + 2 * 5e-4 * W), b - slopes.sum(axis=0)


def score_linear(points):
    """Return the linear scores of some points, (N, C)."""
    return points @ W + b


net = TwoLayerNet(2, 100, 3, std=1.0, rng=np.random.default_rng(0))
for _ in range(200):
    _, grads = net.loss(X, y, 5e-4)
    for name in net.params:
        net.params[name] = net.params[name] - 1.0 * grads[name]

linear_share = np.mean(np.argmax(score_linear(X), axis=1) == y)
net_share = np.mean(net.predict(X) == y)
print(f"linear: between 45 and 60%: {0.45 <= linear_share <= 0.60}")
print(f"net:    at least 96%:       {net_share >= 0.96}")
with checks.numbers("the spiral") as check:
    check.true(0.45 <= linear_share <= 0.60, "the linear classifier is out of its range")
    check.true(net_share >= 0.96, "the net is below its range")

# %% nbgrader={"grade": false, "grade_id": "l4_net_spirals_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, axes = plt.subplots(1, 2, figsize=(8.6, 4.4), sharex=True, sharey=True)
axes[0].set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
for ax, score, title in zip(
    axes,
    (score_linear, net.loss),
    ("linear classifier", "net with 100 hidden units"),
    strict=True,
):
    draw_regions(ax, score, X, y, reach=1.15)
    ax.set_title(title, fontsize=11)
    ax.set_xlabel("x₁")
axes[0].set_ylabel("x₂")
axes[0].legend(loc="upper right", frameon=True)
fig.suptitle("Which boundaries can each of them draw?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Three spiral arms of points. The linear classifier cuts the plane into three "
    "sectors with straight boundaries, and each sector holds pieces of all arms. The "
    "boundaries of the net wind along the arms, with nearly all points on their own side."
)

# %% [markdown]
# **Question.** The linear classifier gets about half of the points right. How many
# would guessing get, and where does the rest come from?
#
# <details><summary>Answer</summary>
#
# Guessing gets one third. The outer half of an arm winds through about 2 radians, a
# third of a full turn, so straight boundaries can give it a sector almost to itself. The
# inner halves of the arms lie in the sectors of others, and are mostly lost.
# </details>

# %% [markdown]
# ## 8. Names, counts, and a third layer
#
# **Goal.** Name a net, count its parameters, and go one layer further.
#
# **Idea.** ([1:09:56](https://youtu.be/d14TUNcbn1k?t=4196)) A net is named after the number of its layers with weights; the
# input is not counted. "Two-layer net" and "one-hidden-layer net" are the same thing.
# If every unit of a layer is connected to every unit of the layer before it, the layer
# is called **fully connected**, or affine. A third layer works like the second:
#
# $$ f = W_3 \max(0,\; W_2 \max(0,\; W_1 x)) $$
#
# Here, as in the lecture, x is a **column**, and the matrices are on its left: $W_1$
# has shape $(H_1, D)$, $W_2$ $(H_2, H_1)$ and $W_3$ $(C, H_2)$. The lecture's code adds
# biases and uses a sigmoid instead of the maximum; the formula here has neither.
#
# **Example.** D = 2, two hidden layers of 2 units, one score: $W_1 x = (1, -1)$ gives
# (1, 0); $W_2 (1, 0) = (2, -3)$ gives (2, 0); $W_3 (2, 0) = -1$. The score is negative:
# there is no maximum after the last layer.
#
# **Exercise 3 (2 points).** Write this forward pass.

# %% nbgrader={"grade": false, "grade_id": "l4_three_layer_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def three_layer_forward(params: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Scores of a three-layer net without biases, for a column.

    Parameters
    ----------
    params : dict
        ``"W1"`` (H1, D), ``"W2"`` (H2, H1), ``"W3"`` (C, H2).
    x : (D, 1) or (D,) float64
        One example.

    Returns
    -------
    scores : (C, 1) or (C,) float64
        With as many axes as `x`.
    """
    ### BEGIN SOLUTION
    first = np.maximum(0, params["W1"] @ x)  # (H1, 1)
    second = np.maximum(0, params["W2"] @ first)  # (H2, 1)
    return params["W3"] @ second
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_three_layer_forward_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_three_layer_forward") as check:
    params = {
        "W1": np.array([[1.0, 0.0], [0.0, 1.0]]),
        "W2": np.array([[2.0, 5.0], [-3.0, 5.0]]),
        "W3": np.array([[-0.5, 7.0]]),
    }
    column = np.array([[1.0], [-1.0]])  # (D, 1)
    scores = np.array([[-1.0]])
    check.call(three_layer_forward, params, column, expect=scores, label="the example")
    params["W2"] = np.array([[2.0, 0.0], [1.0, 0.0], [-1.0, 0.0]])
    params["W3"] = np.array([[1.0, 1.0, 1.0], [0.0, -2.0, 4.0]])
    scores = np.array([[3.0], [-2.0]])
    form = {"shapes": "(C, 1)", "label": "three units, two classes"}
    check.call(three_layer_forward, params, column, expect=scores, **form)
    vector = np.array([1.0, -1.0])  # (D,)
    label = "a vector of shape (D,)"
    check.call(three_layer_forward, params, vector, expect=scores[:, 0], label=label)
    single = {name: W.astype(np.float32) for name, W in params.items()}
    data = (single, np.float32(column))
    check.call(three_layer_forward, *data, expect=scores, label="float32")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_three_layer_forward", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Counting.** A net of 3 inputs, 4 hidden units and 2 outputs has
# $3 \cdot 4 + 4 \cdot 2 = 20$ weights and $4 + 2 = 6$ biases: 26 parameters. Two hidden
# layers of 4 units and one output, 3-4-4-1, need $12 + 16 + 4 = 32$ weights and
# $4 + 4 + 1 = 9$ biases, 41 in all. Both numbers are in the notes.
#
# **Exercise 4 (1 point).** Write the count for a fully connected net of any depth.

# %% nbgrader={"grade": false, "grade_id": "l4_count_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_parameters(layer_sizes: list[int]) -> int:
    """Count the weights and biases of a fully connected net.

    Parameters
    ----------
    layer_sizes : list of int
        Units of each layer from the input to the output, at least two numbers.

    Returns
    -------
    int
        Every layer except the input has biases.
    """
    ### BEGIN SOLUTION
    count = 0
    for i in range(1, len(layer_sizes)):
        count += (layer_sizes[i - 1] + 1) * layer_sizes[i]
    return count
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_count_parameters_test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_count_parameters") as check:
    check.call(count_parameters, [3, 4, 2], expect=26, label="3-4-2")
    check.call(count_parameters, [3, 4, 4, 1], expect=41, label="3-4-4-1")
    check.call(count_parameters, (3072, 10), expect=30_730, label="no hidden layer")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_count_parameters", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l4_net_counts_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
sizes = {
    "3-4-2": [3, 4, 2],
    "3-4-4-1": [3, 4, 4, 1],
    "digits,\nlinear": [64, 10],
    "digits,\n50 units": [64, 50, 10],
    "CIFAR-10,\nlinear": [3072, 10],
    "CIFAR-10,\n100 units": [3072, 100, 10],
}
counts = [count_parameters(layers) for layers in sizes.values()]
ax = plots.bars(counts, list(sizes), fmt="{:,.0f}", ylabel="parameters")
ax.set_yscale("log")
ax.set_ylim(10, 2e6)
plots.powers_of_ten(ax.yaxis)
ax.tick_params(axis="x", labelsize=9)
ax.set_title("How many numbers does a net have to learn?")
plots.show(
    "Bars on a logarithmic scale: 26 parameters for 3-4-2, 41 for 3-4-4-1, 650 for a "
    "linear classifier of the digits, 3,760 with 50 hidden units, 30,730 for a linear "
    "classifier of CIFAR-10, 308,310 with 100 hidden units."
)

# %% [markdown]
# **Question.** Where do most of the 308,310 parameters of the last net lie, and why?
#
# <details><summary>Answer</summary>
#
# In W1: 3,072 · 100 = 307,200 of them. Every hidden unit looks at every pixel. Later
# lectures cut this down with units that look at a small patch and share their weights.
# </details>

# %% [markdown]
# ## 9. Tune a net
#
# **Goal.** Find settings that let the net classify digits neither you nor it has seen.
#
# **Idea.** A **hyperparameter** is a number that training does not learn: the size of
# the hidden layer, the learning rate and its decay, `reg`, the number of steps, the
# spread of the initial weights. Try several settings, compare them on the
# **validation** part, and take the best. For learning rate and `reg` only factors
# matter, so try 0.01, 0.1, 1 and not 0.1, 0.2, 0.3. Start with short runs and few
# settings, then search more finely around the best ones. The test set is not used for
# this.
#
# **Exercise 5 (5 points).** Train a `TwoLayerNet` on the digits and store it in
# `best_net`.
#
# - *What counts.* The grader reads `best_net.params`, computes the scores itself, and
#   measures the accuracy on new pictures: digits moved, rotated and stretched a little,
#   with more or less ink, drawn afresh for each course. They are harder than the
#   validation set; nets that read 96% there read 92 to 94% of them when we measured
#   it. You get no points at 75% or below and 5 points at 90% or above; in between the
#   points grow linearly.
# - *Input.* 64 pixels, ink from 0 to 1, as in `digits.X_train`, or the same with the
#   mean training picture subtracted. The net has 10 outputs and at most 500 hidden
#   units.
# - *Train it here.* The weights must come out of training in this notebook. A net that is
#   loaded from a file, typed in or unpacked from text counts as not trained: there are no
#   files and no network when the notebook is graded, and long rows of stored numbers are
#   refused.
# - *Time.* The cell may run for 30 seconds when it is graded; a second or two is enough.

# %% nbgrader={"grade": false, "grade_id": "l4_tune", "locked": false, "schema_version": 3, "solution": true, "task": false}
best_net = None  # a trained TwoLayerNet
### BEGIN SOLUTION
best_accuracy = 0.0
for hidden_size, learning_rate in ((30, 0.3), (40, 1.0)):
    net = TwoLayerNet(64, hidden_size, 10, std=0.1, rng=np.random.default_rng(0))
    history = net.train(
        digits.X_train,
        digits.y_train,
        digits.X_val,
        digits.y_val,
        learning_rate=learning_rate,
        reg=1e-3,
        num_iters=400,
        batch_size=100,
    )
    if history["val_acc_history"][-1] > best_accuracy:
        best_net, best_accuracy = net, history["val_acc_history"][-1]
### END SOLUTION

# %% [markdown]
# The check tests the form of `best_net` and its validation accuracy.

# %% nbgrader={"grade": true, "grade_id": "l4_tune_test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_tune") as check:
    names = ["W1", "W2", "b1", "b2"]
    check.equal(best_net and [n for n in names if n in best_net.params], names, "best_net")
    hidden_size = len(best_net.params["b1"])
    shapes = [best_net.params[name].shape for name in ("W1", "b1", "W2", "b2")]
    wanted = [(64, hidden_size), (hidden_size,), (hidden_size, 10), (10,)]
    check.true(shapes == wanted, f"the shapes are {shapes}, expected {wanted}")
    check.true(hidden_size <= 500, f"{hidden_size} hidden units, at most 500 are allowed")
    mean = digits.X_train.mean(axis=0)
    readings = [best_net.predict(digits.X_val - shift) for shift in (0, mean)]
    accuracy = max(np.mean(reading == digits.y_val) for reading in readings)
    print(f"{accuracy:.0%} of the validation digits are right")
    finite = all(np.isfinite(best_net.params[name]).all() for name in names)
    check.equal(finite, True, "whether all parameters are finite")
    pictures = digits.X_val[:50]
    on = pictures @ best_net.params["W1"] + best_net.params["b1"] > 0
    check.equal(on.any(), True, "whether any hidden unit is on for one of 50 digits")
    apart, middle = best_net.loss(pictures), best_net.loss(pictures.mean(axis=0)[None])
    linear = on.any() and np.allclose(apart.mean(axis=0), middle[0])
    check.equal(linear, False, "whether the scores are a linear function of the pixels")
    check.true(accuracy > 0.9, "fewer than 90% of the validation digits are right")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_tune", globals())
### END HIDDEN TESTS

# %%
below = None  # a number from 0 to 1: what fraction of draws of 10 ** rng.uniform(-5, -1) is below 1e-3?
checks.question(
    "a logarithmic scale", below, "2244ab886347",
    hint="What is uniform is the exponent.",
)  # fmt: skip

# %% [markdown]
# **What a search looks like.** We draw 25 settings at random, learning rate and `reg`
# each uniformly on a logarithmic scale, and train briefly with each. Random settings
# are better than a grid of the same size: a grid of 25 tries only five values of each
# number, this search tries 25.

# %% nbgrader={"grade": false, "grade_id": "l4_net_search_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
rng = np.random.default_rng(0)
trials = []
for _ in range(25):
    learning_rate, reg = 10 ** rng.uniform(-2.5, 0.3), 10 ** rng.uniform(-5, -0.5)
    net = TwoLayerNet(64, 20, 10, std=0.3, rng=np.random.default_rng(0))
    net.train(
        digits.X_train,
        digits.y_train,
        digits.X_val,
        digits.y_val,
        learning_rate=learning_rate,
        reg=reg,
        num_iters=40,
        batch_size=50,
    )
    trials.append((learning_rate, reg, np.mean(net.predict(digits.X_val) == digits.y_val)))
trials = np.array(trials)  # (25, 3)
fig, ax = plt.subplots(figsize=(7.4, 4.2))
shown = ax.scatter(
    trials[:, 0],
    trials[:, 1],
    s=20 + 230 * trials[:, 2] ** 2,
    c=trials[:, 2],
    cmap="cividis",
    vmin=0,
    vmax=1,
    edgecolor="black",
)
best = trials[np.argmax(trials[:, 2])]
ax.plot(*best[:2], "*", color=plots.COLORS["red"], markersize=11, label="best")
ax.legend(loc="lower center")
fig.colorbar(shown, label="validation accuracy")
ax.set(xscale="log", yscale="log", xlabel="learning rate", ylabel="reg")
plots.powers_of_ten(ax.xaxis, ax.yaxis)
ax.set_title("Which settings are good after 40 steps?")
plots.show(
    "25 points over learning rate (0.003 to 2) and reg (0.00001 to 0.3), larger and "
    "lighter for a higher validation accuracy. The good ones lie on the right, learning "
    "rate above about 0.1, and below reg = 0.03; small learning rates and large "
    "penalties do badly. A star marks the best, at a learning rate between 0.3 and 1."
)
print(f"lowest accuracy {trials[:, 2].min():.1f}, highest {trials[:, 2].max():.1f}")

# %% [markdown]
# The picture teaches two things. First, the learning rate matters most: it is the first
# thing to tune. Second, look at where the best settings are. If they are at the edge of
# the range, the range was too small. Here the star lies at the lower edge for `reg`:
# after only 40 steps a penalty that small changes nothing, so this says only that `reg`
# does not matter yet, and a longer run would have to decide. And because the best of 25
# was chosen *by* the validation set, its validation accuracy is slightly optimistic;
# the test set or, here, the grader's pictures give the honest number.
#
# **Question.** Why does the grader not use `digits.X_test`?
#
# <details><summary>Answer</summary>
#
# Because you have it. If you tune on the test set, or train on it, the accuracy on it
# says nothing about new pictures. You can promise to use the test set only once, at
# the end, but nobody can check it.
# </details>

# %% [markdown]
# ## 10. How far does the analogy go?
#
# **Goal.** Use the biological picture where it helps, and stop where it misleads.
#
# **Idea.** ([1:04:50](https://youtu.be/d14TUNcbn1k?t=3890)) The picture is as follows.
# A neuron receives signals $x_i$ through its **dendrites**; the **synapse** at each of
# them weakens or strengthens its signal by a factor $w_i$; the **cell body** adds up
# $\sum_i w_i x_i + b$; and if the sum is large, the neuron fires often, sending its
# signal down the **axon** to others. An activation function such as the sigmoid turns
# the sum into a firing rate. Take the weights of notebook 02, w = (2, -3) and b = -3.
# The cells below use its inputs, (-1, -2); try others first.

# %%
in_the_body = None  # a number: the sum in the cell body for the inputs (1, -1)
checks.question(
    "the cell body", in_the_body, "719092382961",
    hint="Two products and the bias.",
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l4_net_neuron", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
inputs, synapses, bias = np.array([-1.0, -2.0]), np.array([2.0, -3.0]), -3.0
cell_body = inputs @ synapses + bias
print(f"sum in the cell body {cell_body:.2f}")
print(f"firing rate as a sigmoid {1 / (1 + np.exp(-cell_body)):.2f} of the largest rate")
print(f"firing rate as a ReLU    {max(0.0, cell_body):.2f}")
with checks.numbers("one neuron") as check:
    check.equal(cell_body, 1.0, "sum")
    check.equal(1 / (1 + np.exp(-1.0)), 0.731059, "sigmoid", atol=5e-7)

# %% nbgrader={"grade": false, "grade_id": "l4_net_neuron_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
neuron = Circuit(
    {
        "x0": (),
        "w0": (),
        "x1": (),
        "w1": (),
        "dendrite 0": ("*", "x0", "w0"),
        "dendrite 1": ("*", "x1", "w1"),
        "bias": (),
        "cell body": ("+", "dendrite 0", "dendrite 1", "bias"),
        "axon": ("sigmoid", "cell body"),
    },
    shown={"w0": "synapse w0", "w1": "synapse w1"},
    inputs="near",
)
drawing = neuron.draw(
    {
        **dict(zip(("x0", "x1"), inputs, strict=True)),
        **dict(zip(("w0", "w1"), synapses, strict=True)),
        **{f"dendrite {i}": inputs[i] * synapses[i] for i in range(2)},
        "bias": bias,
        "cell body": cell_body,
        "axon": 1 / (1 + np.exp(-cell_body)),
    },
    title="Which part of a neuron does which part of the sum?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# The lecture itself calls this analogy loose, and warns against taking it literally. Each
# line of the table is a simplification. What is known of the brain is filled in for two
# of them; the lecture and the notes
# ([biological motivation](https://cs231n.github.io/neural-networks-1/#bio)) tell the rest.
#
# | in the net | in the brain |
# |---|---|
# | layers, for fast matrix products | connections that are far less regular |
# | trained by backpropagation | how the brain learns is not settled |
# | all units are of one kind | ? |
# | a weight is one number | ? |
# | a sum, then one function | ? |
# | a number stands for the firing rate | ? |
#
# What the analogy does give is a name for the field, the idea of many simple units that
# work together, and an early reason for saturating activations. That a net is "like the
# brain" explains neither why it works nor where it fails.

# %% [markdown] nbgrader={"grade": true, "grade_id": "l4_net_question", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# **Exercise 6 (2 points, graded by hand).**
#
# 1. In a net one hidden unit has a horse that looks left as its template, another a horse
#    that looks right. A picture shows two horses, one of each kind. Compare the score of
#    "horse" with that of a picture that shows only one of them: by the two layers of the
#    net, by a net whose second layer took the larger of its templates, and by a linear
#    classifier.
# 2. Name one thing that a hidden unit has in common with a neuron, and fill in two of the
#    four open lines of the table.
#
# Answer in four to eight sentences.
#
# ### BEGIN SOLUTION
# 1. A hidden unit is a template with a threshold: it is on if the picture resembles its
# column of `W1` enough. Both units have a positive weight in the column of `W2` for
# "horse". With one horse in the picture one of them is on, with two horses both are, and
# because the score is the weighted sum of all units, it is higher for two. If the second
# layer took the larger of the templates, the second horse would add nothing. A linear
# classifier has one template per class, in which both kinds are averaged into a horse with
# two heads; it fits one horse badly, and two horses, one looking each way, rather better.
#
# 2. In common: both form a weighted sum of their inputs and answer only from a threshold
# on (or with a rate that grows with the sum). Different, for example: there are many kinds
# of neurons; a synapse is a dynamic system and not one number; dendrites compute
# non-linearly before anything is summed; the timing of spikes can carry information that a
# rate loses.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Say why a net needs a non-linear function between its layers, and show it.
# - Write loss and gradients of a two-layer net, and test them in three quick ways: the
#   value at the start, numeric gradients, twenty pictures memorised.
# - Read loss and accuracy curves, and search for settings on a logarithmic scale.
# - Choose the penalty, not the number of units, to keep a net from overfitting.
# - Name nets, count their parameters, and use the word "neuron" with care.
#
# ## On your own
#
# - Train `best_net` on pictures that you move and rotate yourself. Does it read the
#   grader's kind of pictures better?
# - Replace the maximum by each activation of notebook 04. Which one learns the spiral
#   fastest?
# - Start the net of section 6 from ten seeds, with 3 units and with 50. How much do the
#   boundaries differ?
# - Add a third layer with its backward pass, and check its gradients.
#
# ## Further reading
#
# - [CS231n notes: neural networks, part 1](https://cs231n.github.io/neural-networks-1/),
#   with the neuron, the activations, the names and the two counts.
# - [CS231n notes: case study](https://cs231n.github.io/neural-networks-case-study/), the
#   spiral step by step.
# - J. Bergstra and Y. Bengio, *Random Search for Hyper-Parameter Optimization*, in JMLR
#   13, 2012.
# - M. London and M. Häusser, *Dendritic Computation*, Annual Review of Neuroscience 28
#   (2005), on what dendrites compute before the cell body adds up.

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l4_net_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
