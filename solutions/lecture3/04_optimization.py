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
# # Optimization: from guessing to following the slope
#
# CS231n, lecture 3 (2017 recording), [50:13](https://youtu.be/h7iBpEHGVNc?t=3013) to [1:06:35](https://youtu.be/h7iBpEHGVNc?t=3995). About two to three hours.
#
# A loss says how bad a `W` is. This notebook looks for a good one: first by guessing,
# then by guessing nearby, then by asking which way is down.
#
# **What you'll do**
#
# - Search at random, and see how far that gets you.
# - Write a numeric gradient, and find the step at which it is most accurate.
# - Write minibatch gradient descent, train a classifier on handwritten digits, with your
#   own losses too, and search for the best settings.
# - Commit to answers first, then put them to the test.
#
# **What you'll learn**
#
# - What a gradient says about directions that are not along an axis.
# - How to choose `h` for a numeric slope.
# - What the step size does, from too small to too large.
# - How much noise a minibatch brings, and what it buys.
#
# **What you'll need**
#
# - Derivatives of one variable, dot products, NumPy indexing.
# - The [notes on optimization](https://cs231n.github.io/optimization-1/) if a term is
#   new. The notebooks on the SVM and the softmax loss help but are not required.

# %% [markdown]
# ## How this notebook works
#
# Replace each `# YOUR CODE HERE` and the line that raises `NotImplementedError` with
# your answer. The locked cell below it runs **visible checks**: they report what
# differs and, where possible, why. When the course is graded, hidden tests run on other
# inputs. Short questions along the way are checked at once and carry no points. Code
# that only draws is folded away: click its bar to see it.
#
# ## Conventions
#
# | symbol | shape | meaning |
# |---|---|---|
# | `X` | `(N, D)` float64 | one example per row |
# | `y` | `(N,)` int | the true class of each example, 0 to C - 1 |
# | `W` | `(D, C)` float64 | weights, one column per class |
# | `scores = X @ W` | `(N, C)` | row i holds the scores of example i |
# | `dW` | `(D, C)` | gradient of the loss with respect to `W`, same shape as `W` |
# | `reg` | number | strength of regularization, $\lambda$ in formulas |
# | `h` | number | how far one entry is moved to measure a slope |
# | `learning_rate` | number | how far one step goes: the step size |
# | `rng` | `np.random.Generator` | where all randomness comes from |
#
# A loss function is called as `loss_fn(W, X, y, reg)` and returns `(loss, dW)`. The
# loss is a mean over the examples plus `reg * np.sum(W * W)`. Functions never change
# their inputs.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import importlib.util
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np

from cs231n_lib import checks, descent_picture, plots, sliders
from cs231n_lib.data import load_digits, load_images
from cs231n_lib.gradient_check import STEP, check_gradient

plots.use_style()
digits = load_digits().centered().with_bias()
X_train, y_train = digits.X_train, digits.y_train  # (1000, 65), (1000,)
X_val, y_val = digits.X_val, digits.y_val  # (297, 65), (297,)

# %% [markdown]
# **To begin with**: the loss of one weight is $L = (w - 1)^2$. What is its slope at
# $w = 3$?

# %%
slope_at_three = None  # a number
checks.question(
    "slope at three", slope_at_three, "2ee2c769be9c", hint="The derivative is 2 (w - 1).",
)  # fmt: skip

# %% [markdown]
# ## 1. A classifier and its loss
#
# **Goal.** Predict classes from scores, and measure how often the prediction is right.
#
# **Idea.** The predicted class is the one with the highest score. The **accuracy** is
# the share of examples whose predicted class is the true one: a number from 0 to 1.
#
# **The loss of this notebook.** Everything below works with any loss. It uses a third
# one beside the SVM and softmax losses, the **squared error**: the scores of an example
# should be 1 for its true class and 0 for the others.
#
# $$ L(W) = \frac{1}{N} \sum_i \sum_c \left(s_{ic} - t_{ic}\right)^2 + \lambda \sum_{d, c} W_{dc}^2,
# \qquad t_{ic} = 1 \text{ if } c = y_i, \text{ else } 0 $$
#
# As a function of `W` it is a bowl, a paraboloid in many dimensions. At `W = 0` each
# example costs exactly 1: a quick test of a new implementation.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_squared_loss", "locked": true, "schema_version": 3, "solution": false, "task": false}
def squared_loss(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Mean squared error of the scores against one-hot targets, and its gradient."""
    rest = X @ W - np.eye(W.shape[1])[y]  # (N, C)
    loss = np.sum(rest**2) / len(X) + reg * np.sum(W * W)
    dW = 2 * (X.T @ rest) / len(X) + 2 * reg * W  # (D, C)
    return float(loss), dW


W_start = 0.01 * np.random.default_rng(0).standard_normal((65, 10))
at_zero = squared_loss(np.zeros((65, 10)), X_train, y_train, 0.0)[0]
at_start = squared_loss(W_start, X_train, y_train, 0.0)[0]
print(f"loss at W = 0: {at_zero:.2f}, at small random weights: {at_start:.2f}")
with checks.numbers("the sanity value") as check:
    check.equal(at_zero, 1.0, "loss at W = 0")

# %% [markdown]
# The data are the 8 x 8 digits of the SVM notebook (Alpaydin and Kaynak, UCI Machine
# Learning Repository, 1998, CC BY 4.0), centred, with a 1 appended to each row for the
# bias: D = 65, C = 10, so `W` has 650 entries.
#
# **Exercise 1 (2 points).** Write `predict` and `accuracy`.

# %% nbgrader={"grade": false, "grade_id": "l3_linear_classifier", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict(W: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Predict the class of each example.

    Parameters
    ----------
    W : (D, C) float64
    X : (N, D) float64

    Returns
    -------
    (N,) int
        Class numbers, 0 to C - 1.
    """
    ### BEGIN SOLUTION
    return np.argmax(X @ W, axis=1)
    ### END SOLUTION


def accuracy(W: np.ndarray, X: np.ndarray, y: np.ndarray) -> float:
    """Share of the examples whose predicted class is ``y``, from 0 to 1."""
    ### BEGIN SOLUTION
    return float(np.mean(predict(W, X) == y))
    ### END SOLUTION

# %% [markdown]
# The check uses the lecture's cat, car and frog images, with their scores as the
# examples and the identity as `W`. The car wins on all three images and is right on
# one. Scores a thousand times as large, and one example with two classes, must not make
# a difference.

# %% nbgrader={"grade": true, "grade_id": "l3_linear_classifier_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
scores_table = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
with checks.exercise("l3_linear_classifier") as check:
    y_table = np.array([0, 1, 2])
    expect = np.array([1, 1, 1])
    check.call(predict, np.eye(3), scores_table, expect=expect, label="labels")
    check.call(
        accuracy, np.eye(3), scores_table, y_table, expect=1 / 3, label="accuracy"
    )
    W = np.array([[1.0, 0.0, 0.0, -3.0], [0.0, -1.0, 1.0, 1.0]])  # (D, C) = (2, 4)
    X = np.array([[2.0, 1.0], [-2.0, 1.0], [-1.0, -3.0]])  # (N, D) = (3, 2)
    expect = np.array([0, 3, 1])
    check.call(predict, W, X, expect=expect, label="four classes")
    check.call(predict, 1000 * W, X, expect=expect, label="large scores")
    single = W.astype(np.float32), X.astype(np.float32)
    check.call(predict, *single, expect=expect, label="float32")
    y = np.array([0, 3, 2], np.uint8)
    check.call(accuracy, W, X, y, expect=2 / 3, label="accuracy, uint8 labels")
    one = W[:, 1:3], X[:1]
    check.call(predict, *one, expect=np.array([1]), label="one example, two classes")
    check.call(accuracy, *one, np.array([1]), expect=1.0, label="accuracy, one example")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_linear_classifier", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Predict, then run
#
# **Goal.** Say what will happen before a cell shows it.
#
# **Idea.** A prediction that turns out wrong teaches you more than a number you merely
# read. The questions follow the lecture. Answer before you read on: you can work out
# the numbers, and sections 6 to 10 test the rest.
#
# | time | key | question (form of the answer) |
# |---|---|---|
# | [54:19](https://youtu.be/h7iBpEHGVNc?t=3259) | `slope_first_weight` | The loss is 1.25347. With the first weight raised by h = 0.0001 it is 1.25322. What is the slope? (number) |
# | [54:19](https://youtu.be/h7iBpEHGVNc?t=3259) | `slope_third_weight` | With the third weight raised by h it stays 1.25347. What is the slope? (number) |
# | [53:17](https://youtu.be/h7iBpEHGVNc?t=3197) | `slope_along` | The gradient is (3, 4). What is the slope in the direction (0.6, -0.8)? (number) |
# | [53:17](https://youtu.be/h7iBpEHGVNc?t=3197) | `steepest_slope` | What is the slope in the direction of steepest **descent**? Directions have length 1. (number) |
# | [54:19](https://youtu.be/h7iBpEHGVNc?t=3259) | `evaluations` | A CIFAR-10 classifier has 30,730 weights. How many times must the loss be evaluated for one numeric gradient, if each bumped loss is compared with the loss at `W` itself? (whole number) |
# | [57:22](https://youtu.be/h7iBpEHGVNc?t=3442) | `smaller_h_is_always_better` | On a computer, is a numeric slope always more accurate for a smaller `h`? (True or False) |
# | [57:22](https://youtu.be/h7iBpEHGVNc?t=3442) | `best_h` | Which `h` gives the most accurate centred difference in float64, for a smooth loss and values near 1? (`"1e-2"`, `"1e-5"` or `"1e-12"`) |
# | [58:22](https://youtu.be/h7iBpEHGVNc?t=3502) | `small_enough_step_lowers_loss` | Where the gradient is not 0, does a small enough step against it lower a smooth loss? (True or False) |
# | [58:22](https://youtu.be/h7iBpEHGVNc?t=3502) | `any_step_lowers_loss` | And does a step of any size? (True or False) |
# | [1:03:30](https://youtu.be/h7iBpEHGVNc?t=3810) | `noise_factor` | The noise of a minibatch gradient is its standard deviation around the full gradient. A batch four times as large multiplies the noise by which factor? (number) |
# | [1:03:30](https://youtu.be/h7iBpEHGVNc?t=3810) | `sgd_steps_by_the_full_gradient` | Does a step of SGD use the gradient of the full loss? (True or False) |
# | [1:03:30](https://youtu.be/h7iBpEHGVNc?t=3810) | `batch_size_must_be_power_of_two` | Must the batch size be a power of two? (True or False) |
#
# **Exercise 2 (3 points).** Replace each `None`.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_predict_then_run", "locked": false, "schema_version": 3, "solution": true, "task": false}
optimization_answers = {
    "slope_first_weight": None,  # a number
    "slope_third_weight": None,  # a number
    "slope_along": None,  # a number
    "steepest_slope": None,  # a number
    "evaluations": None,  # a whole number
    "smaller_h_is_always_better": None,  # True or False
    "best_h": None,  # "1e-2", "1e-5" or "1e-12"
    "small_enough_step_lowers_loss": None,  # True or False
    "any_step_lowers_loss": None,  # True or False
    "noise_factor": None,  # a number
    "sgd_steps_by_the_full_gradient": None,  # True or False
    "batch_size_must_be_power_of_two": None,  # True or False
}
### BEGIN SOLUTION
optimization_answers = {
    "slope_first_weight": -2.5,
    "slope_third_weight": 0,
    "slope_along": -1.4,
    "steepest_slope": -5,
    "evaluations": 30731,
    "smaller_h_is_always_better": False,
    "best_h": "1e-5",
    "small_enough_step_lowers_loss": True,
    "any_step_lowers_loss": False,
    "noise_factor": 0.5,
    "sgd_steps_by_the_full_gradient": False,
    "batch_size_must_be_power_of_two": False,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_optimization_predict_then_run_test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
optimization_form = {
    "slope_first_weight": float,
    "slope_third_weight": float,
    "slope_along": float,
    "steepest_slope": float,
    "evaluations": int,
    "smaller_h_is_always_better": bool,
    "best_h": ("1e-2", "1e-5", "1e-12"),
    "small_enough_step_lowers_loss": bool,
    "any_step_lowers_loss": bool,
    "noise_factor": float,
    "sgd_steps_by_the_full_gradient": bool,
    "batch_size_must_be_power_of_two": bool,
}
with checks.exercise("l3_optimization_predict_then_run") as check:
    check.answers(optimization_answers, optimization_form)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_optimization_predict_then_run", globals())
### END HIDDEN TESTS

# %% [markdown]
# This check looks only at the form: every key answered, numbers where numbers belong. The
# experiments of sections 6, 8 and 9 need your answers first.

# %% [markdown]
# **What I had wrong, and why** (for yourself, no points). *Replace this line, whenever an
# experiment below changes one of your answers: what had you overlooked?*

# %% [markdown]
# ## 3. Random search
#
# **Goal.** Measure how far pure guessing gets.
#
# **Idea.** You stand blindfolded in a hilly landscape and want to reach the valley:
# each place is a `W`, and its height is the loss ([50:13](https://youtu.be/h7iBpEHGVNc?t=3013)). The worst plan that works at
# all is to jump to random places and remember the lowest.
#
# $$ W^{(k)} = \sigma\, Z^{(k)}, \qquad Z^{(k)}_{dc} \sim \mathcal{N}(0, 1), \qquad k = 1, \dots, K $$
#
# $\sigma$ is `scale`, $K$ is `num_tries`, and $\mathcal{N}(0, 1)$ is the normal
# distribution with mean 0 and variance 1.
#
# **The number from the notes.** On CIFAR-10 the best of 1,000 such guesses reached an
# accuracy of 15.5% (notes optimization-1); chance is 10%.
#
# **Exercise 3 (2 points).** Write random search. Here `loss_fn` takes `W` alone and
# returns one number. Each try draws `scale * rng.standard_normal(shape)`.

# %% nbgrader={"grade": false, "grade_id": "l3_random_search", "locked": false, "schema_version": 3, "solution": true, "task": false}
def random_search(
    loss_fn: Callable[[np.ndarray], float],
    shape: tuple[int, ...],
    num_tries: int,
    scale: float,
    rng: np.random.Generator,
) -> tuple[np.ndarray, float, list[float]]:
    """Try random weights and keep the best.

    Parameters
    ----------
    loss_fn : callable
        Takes an array of the given shape, returns one number.
    shape : tuple of int
        Shape of the weights.
    num_tries : int
        At least 1.
    scale : float
        Standard deviation of each weight.
    rng : Generator

    Returns
    -------
    best_W : array of the given shape
    best_loss : float
        The loss at ``best_W``.
    history : list of num_tries floats
        ``history[i]`` is the best loss after try i.
    """
    ### BEGIN SOLUTION
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_random_search_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def distance_to_one(W: np.ndarray) -> float:
    """Squared distance of every entry from 1."""
    return float(np.sum((W - 1) ** 2))


with checks.exercise("l3_random_search") as check:
    rng = np.random.default_rng(0)
    losses = [distance_to_one(0.5 * rng.standard_normal((3, 2))) for _ in range(20)]
    rng = np.random.default_rng(0)
    best_W, best_loss, history = check.call(
        random_search, distance_to_one, (3, 2), 20, 0.5, rng, label="20 tries"
    )
    check.equal(len(history), 20, "length of history")
    step = "each try is scale * rng.standard_normal(shape), drawn from rng"
    drawn = np.isclose(losses, best_loss).any()
    check.true(drawn, f"best_loss belongs to none of the 20 tries: {step}")
    check.equal(history[0], losses[0], "history[0], the loss of the first try")
    check.equal(history[1], min(losses[:2]), "history[1], the better of two tries")
    check.equal(best_loss, min(losses), "best_loss, the lowest of the 20 losses")
    check.true(all(np.diff(history) <= 0), "history: the best loss so far goes up")
    check.equal(history[-1], best_loss, "the last entry of history")
    check.equal(distance_to_one(best_W), best_loss, "the loss at best_W")
    draw = np.random.default_rng(4).standard_normal(5)
    expect = (2.0 * draw, distance_to_one(2.0 * draw), [distance_to_one(2.0 * draw)])
    rng = np.random.default_rng(4)
    check.call(
        random_search, distance_to_one, (5,), 1, 2.0, rng,
        expect=expect, parts=("best_W", "best_loss", "history"), label="one try",
    )  # fmt: skip
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_random_search", globals())
### END HIDDEN TESTS

# %% [markdown]
# Now on the digits: 1,000 guesses, each judged by its loss on all 1,000 training
# images.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_random_search", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
targets = np.eye(10)[y_train]  # (N, C)


def train_loss(W: np.ndarray) -> float:
    """Loss on all training images, without regularization and without the gradient."""
    return float(np.linalg.norm(X_train @ W - targets) ** 2 / len(X_train))


W_random, _, random_history = random_search(
    train_loss, (65, 10), 1000, 0.02, np.random.default_rng(0)
)
random_accuracy = accuracy(W_random, X_val, y_val)
print(f"best loss after    1 try:   {random_history[0]:.2f}")
print(f"best loss after 1000 tries: {random_history[-1]:.2f}")
print(f"validation accuracy: {random_accuracy:.0%}, chance is 10%")

# %% [markdown]
# Better than chance, and hopeless: the best loss has hardly moved below the 1 of
# `W = 0`, which costs nothing to find.
#
# **Question.** Each try is independent of the others. After K tries, how many tries in
# total give an even chance of one more improvement?
#
# <details><summary>Answer</summary>
#
# $2K$. The best of $M$ independent tries is equally likely to be any of them, so it
# lies among the first $K$ with probability $K/M$, which is 1/2 at $M = 2K$. Every
# further improvement costs about as many tries as all those before it. The expected
# number of improvements in $K$ tries is
# $1 + \tfrac12 + \dots + \tfrac1K \approx \ln K + 0.58$: about 7.5 in 1,000 tries,
# and only 2.3 more by 10,000.
# </details>
#
# ## 4. Local search
#
# **Goal.** Use what has already been found.
#
# **Idea.** Do not jump to just anywhere: take a small random step from where you stand,
# and go back if it leads uphill.
#
# $$ W' = W + \sigma Z, \qquad W \leftarrow W' \text{ if } L(W') < L(W) $$
#
# **The number from the notes.** With 1,000 such tries the notes reach 21.4% on
# CIFAR-10.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_local_search", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
rng = np.random.default_rng(0)
W_local, lowest = W_start, train_loss(W_start)
local_history = []
num_kept = 0
for _ in range(1000):
    nearby = W_local + 0.003 * rng.standard_normal(W_local.shape)
    loss = train_loss(nearby)
    if loss < lowest:
        W_local, lowest = nearby, loss
        num_kept += 1
    local_history.append(lowest)
local_accuracy = accuracy(W_local, X_val, y_val)
print(f"loss {local_history[0]:.2f} -> {local_history[-1]:.2f}")
print(f"steps kept: about {round(num_kept, -1)} of 1000")
print(f"validation accuracy: {local_accuracy:.0%}")

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_search_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
ax = plots.loss_curve(
    {"random search": random_history, "local search": local_history},
    xlabel="tries",
    ylabel="best loss so far",
    title="Does it pay to search near the best place so far?",
)
ax.set_ylim(0, 1.1)
plots.show(
    "The best loss of random search falls a little below 1 in the first tries and stays "
    "there. That of local search falls steadily, to about 0.5 after 1,000 tries."
)

# %% [markdown]
# Many of the 1,000 steps led downhill, but each only a little: among the 650 dimensions
# of `W`, a random direction is almost at right angles to the one direction that leads
# straight down. Nobody would need to guess it if we could feel the slope of the ground
# under our feet.

# %% [markdown]
# ## 5. The slope
#
# **Goal.** Measure the slope of a loss in every direction, without calculus.
#
# **Idea.** In one dimension the slope is the derivative:
#
# $$ \frac{df}{dx} = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h} $$
#
# With several weights there is one such slope for each. Together they are the
# **gradient** $\nabla f$, an array of the shape of `W`. To measure one entry, move that
# entry alone by a small `h` and leave the others where they are.
#
# **The lecture's example** ([54:19](https://youtu.be/h7iBpEHGVNc?t=3259)). A loss of many weights, of which we see nine:
#
# `W = [0.34, -1.11, 0.78, 0.12, 0.55, 2.81, -3.1, -1.5, 0.33, ...]`, loss 1.25347.
#
# Bump one weight at a time by h = 0.0001, read the loss, put the weight back. Here is the
# second weight; the first and the third are among your predictions.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_ten_numbers", "locked": true, "schema_version": 3, "solution": false, "task": false}
loss_lecture, bumped_loss, h = 1.25347, 1.25353, 0.0001
slope = (bumped_loss - loss_lecture) / h
print(f"weight 2: -1.11 -> {-1.11 + h:.4f}   loss {loss_lecture} -> {bumped_loss}")
print(f"slope {slope:.1f}")
with checks.numbers("the numeric gradient by hand") as check:
    check.equal(slope, 0.6, "slope", atol=1e-6)

# %% [markdown]
# Five decimals of a loss leave at most two digits of a slope; section 6 comes back to
# that.
#
# **Both sides.** The calculation above moves to one side only: it is the **forward
# difference**. The **centred difference** moves to both sides and divides by the
# distance $2h$ between the two points. It costs twice as much and is far more accurate,
# so the notes recommend it:
#
# $$ \frac{\partial f}{\partial x_k} \approx \frac{f(x + h\, e_k) - f(x - h\, e_k)}{2h} $$
#
# $e_k$ has a 1 at entry $k$ and 0 elsewhere; $h$ is the distance to each side. For
# example $f(x) = x^3$ at $x = 1$ with $h = 0.1$: forward
# $(1.331 - 1)/0.1 = 3.31$, centred $(1.331 - 0.729)/0.2 = 3.01$, true slope 3.

# %%
# f(x) = x**2 at x = 1, with h = 0.1: the forward and the centred difference.
two_differences = None  # a list of two numbers
checks.question(
    "two differences", two_differences, "4230af46f509",
    hint="1.1 squared is 1.21, and 0.9 squared is 0.81.",
)  # fmt: skip

# %% [markdown]
# **Exercise 4 (4 points).** Write the centred difference for an `x` of any shape: a
# matrix, an array of three axes, or no axis at all (shape `()`). When the function is
# done, `x` must be exactly as it was. The default, `STEP`, is the library's; section 6
# looks for the best step.

# %% nbgrader={"grade": false, "grade_id": "l3_numerical_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, h: float = STEP
) -> np.ndarray:
    """Gradient of f at x by centred differences.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of x, returns one number.
    x : float array of any shape
        The point.
    h : float
        How far an entry is moved to each side.

    Returns
    -------
    array of the shape of x
    """
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)  # a copy: the caller's x is never touched
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + h
        above = f(x)
        x[place] = old - h
        below = f(x)
        x[place] = old
        grad[place] = (above - below) / (2 * h)
    return grad
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_numerical_gradient_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def cube(x: np.ndarray) -> float:
    """Sum of the third powers."""
    return float(np.sum(x**3))


def product(x: np.ndarray) -> float:
    """Product of all entries."""
    return float(np.prod(x))


with checks.exercise("l3_numerical_gradient") as check:
    x = np.array([2.0])
    (slope,) = check.call(numerical_gradient, cube, x, h=0.5, label="cube, h = 0.5")
    # 12.25, and 12.0625 for half a step to each side, divided by one step.
    right = 12.05 < slope < 12.26
    check.true(right, f"cube at 2, h = 0.5: got {slope:.6g}, expected 12.25")
    x = np.array([1.0, -2.0, 0.0])
    expect = np.array([3.0, 12.0, 0.0])
    check.call(numerical_gradient, cube, x, expect=expect, atol=1e-6, label="cube")
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    expect = 720 / x
    check.call(numerical_gradient, product, x, expect=expect, label="2 x 3 matrix")
    x, expect = x.reshape(1, 3, 2), expect.reshape(1, 3, 2)
    check.call(numerical_gradient, product, x, expect=expect, label="three axes")
    x, expect = np.array(2.0), np.array(12.0)
    check.call(numerical_gradient, cube, x, expect=expect, label="no axis")
    x, expect = np.array([3.0, -1.0], np.float32), np.array([27.0, 3.0])
    near = {"expect": expect, "atol": 0.01}
    check.call(numerical_gradient, cube, x, h=0.0625, label="float32", **near)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_numerical_gradient", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Every direction at once.** The gradient holds the slopes along the axes. The slope
# in any other direction needs no new measurement: for a direction $d$ of length 1 it is
# a dot product, the **directional derivative** ([53:17](https://youtu.be/h7iBpEHGVNc?t=3197)).
#
# $$ \left.\frac{d}{dt} f(x + t\, d)\right|_{t = 0} = \nabla f \cdot d = \lVert \nabla f \rVert \cos\varphi $$
#
# $\varphi$ is the angle between $d$ and the gradient. The cosine is largest at
# $\varphi = 0$ and smallest at 180 degrees: the gradient points to where $f$ grows
# fastest, and **minus the gradient is the direction of steepest descent**.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_direction", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
gradient = np.array([5.0, 12.0])
along = gradient @ np.array([0.8, 0.6])
print(f"gradient (5, 12), slope along (0.8, 0.6): 5 * 0.8 + 12 * 0.6 = {along:.1f}")


def tilted(p: np.ndarray) -> float:
    """Return 5 a + 12 b + a**2 - a b: its gradient at the origin is (5, 12)."""
    return float(5 * p[0] + 12 * p[1] + p[0] ** 2 - p[0] * p[1])


angles = np.linspace(0, 360, 73)  # degrees, counted from the gradient's own direction
turned = np.deg2rad(angles) + np.arctan2(12, 5)
directions = np.stack([np.cos(turned), np.sin(turned)], axis=1)  # (73, 2)
measured = [(tilted(STEP * d) - tilted(-STEP * d)) / (2 * STEP) for d in directions]
with checks.numbers("directional derivatives") as check:
    check.equal(along, 11.2, "slope along (0.8, 0.6)")
    g = numerical_gradient(tilted, np.zeros(2))
    check.equal(g, gradient, "gradient at the origin", atol=1e-7)
    check.equal(directions @ g, np.array(measured), "measured slopes", atol=1e-6)

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_direction_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, ax = plt.subplots()
ax.plot(angles, directions @ gradient, label="gradient times direction", **plots.LINES[0])
ax.plot(
    angles[::4],
    measured[::4],
    "o",
    color=plots.COLORS["orange"],
    markeredgecolor=plots.COLORS["black"],
    label="measured along the direction",
)
ax.axhline(0, color=plots.COLORS["black"], linewidth=0.8)
ax.text(215, -13.6, "steepest descent")
ax.text(98, 1.0, "along a contour line: 0")
ax.set_xticks([0, 90, 180, 270, 360])
ax.set_ylim(-15, 20)
ax.set(xlabel="angle between direction and gradient, degrees", ylabel="slope")
ax.set_title("Which direction leads down most steeply?")
ax.legend(loc="upper center", ncols=2)
plots.show(
    "The slope as a function of the angle between direction and gradient is a cosine: 13 "
    "along the gradient, 0 at right angles to it, -13 against it. Measured slopes lie on "
    "the curve."
)

# %%
# A gradient is (1, 2, 2). What is the slope in the direction of steepest descent?
descent_slope = None  # a number
checks.question(
    "steepest descent in three dimensions", descent_slope, "0184547cf326",
    hint="How long is the gradient? And does the loss rise or fall?",
)  # fmt: skip

# %% [markdown]
# **What it costs.** `W` has 650 entries here. The forward difference evaluates the loss
# once at `W` and once for each entry, the centred difference twice for each entry, all
# for **one** gradient. Nobody trains like this. Calculus gives all entries at once: the
# analytic gradient `dW` is fast and exact, and easy to get wrong. So we derive it by
# calculus and test it numerically.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_cost", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
seen = []


def counted(W: np.ndarray) -> float:
    """Loss on five images and ten features; counts its calls."""
    seen.append(1)
    return squared_loss(W, X_train[:5, 20:30], y_train[:5], 0.0)[0]


W_small = np.random.default_rng(1).standard_normal((10, 10))
dW_numeric = numerical_gradient(counted, W_small)
_, dW_small = squared_loss(W_small, X_train[:5, 20:30], y_train[:5], 0.0)
print(f"{W_small.size} weights: your function called the loss {len(seen)} times")
print("largest difference from the analytic gradient is below 1e-8:", end=" ")
print(bool(np.abs(dW_numeric - dW_small).max() < 1e-8))

# %% [markdown]
# ## 6. How small should h be?
#
# **Goal.** Find the `h` at which a numeric slope is most accurate, and say why.
#
# **Idea.** On paper we take the limit $h \to 0$, and a smaller `h` is always more
# accurate. On a computer two errors compete:
#
# - **Truncation.** The formula is not the limit. Expanding $f$ around $x$ shows that
#   the forward difference is off by about $\tfrac{h}{2} |f''|$, and the centred one by
#   about $\tfrac{h^2}{6} |f'''|$, because the even powers of $h$ cancel. This error
#   **shrinks** with `h`.
# - **Rounding.** $f$ itself is known only to a relative precision $\varepsilon$:
#   $2 \cdot 10^{-16}$ in float64, $10^{-7}$ in float32. When two nearly equal numbers
#   are subtracted, their leading digits cancel. What remains has an error of about
#   $\varepsilon |f|$, which is then divided by `h`. This error **grows** as `h`
#   shrinks.
#
# The sum of a falling and a rising line is a V on logarithmic axes. Its bottom lies
# near $h = \varepsilon^{1/3}$ for the centred difference and near $\varepsilon^{1/2}$
# for the forward one.
#
# **Measured.** We use a small softmax loss and its slope along random directions. To
# know the true slope without a subtraction we use complex numbers:
# $f(x + ih\,d) = f(x) + ih\, \nabla f \cdot d + \dots$, so the imaginary part divided by $h$ is the slope to
# all digits, even for $h = 10^{-30}$: for real $x$ both $f$ and its slope are real, the
# term with $h$ is purely imaginary, and nothing is subtracted.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_v", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
rng = np.random.default_rng(0)
X_v, y_v = rng.standard_normal((5, 4)), rng.integers(3, size=5)
w_v = rng.standard_normal(12)
directions_v = rng.standard_normal((40, 12))
directions_v /= np.linalg.norm(directions_v, axis=1, keepdims=True)


def loss_v(w: np.ndarray, dtype: type) -> np.ndarray:
    """Softmax loss of weights w (..., 12), one for each row of them: (...)."""
    s = X_v.astype(dtype) @ w.reshape(*w.shape[:-1], 4, 3)  # (..., N, C)
    losses = np.log(np.sum(np.exp(s), axis=-1)) - s[..., np.arange(5), y_v]
    return np.mean(losses, axis=-1)


exact_v = loss_v(w_v + 1e-30j * directions_v, np.float64).imag / 1e-30  # (40,)


def slope_errors(h: float, dtype: type, centred: bool) -> float:
    """Median relative error of the slope over 40 directions."""
    x, step = w_v.astype(dtype), (h * directions_v).astype(dtype)
    back = step if centred else np.zeros_like(step)
    rise = loss_v(x + step, dtype) - loss_v(x - back, dtype)
    slope = rise.astype(float) / (2 * h if centred else h)
    errors = abs(slope - exact_v) / np.maximum(abs(slope), abs(exact_v))
    return float(np.median(errors))


hs = 10.0 ** np.arange(-14, 0.1, 0.5)
curves = {
    "centred, float64": [slope_errors(h, np.float64, True) for h in hs],
    "forward, float64": [slope_errors(h, np.float64, False) for h in hs],
    "centred, float32": [slope_errors(h, np.float32, True) for h in hs],
    "forward, float32": [slope_errors(h, np.float32, False) for h in hs],
}

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_v_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
with checks.numbers("your predictions") as check:
    check.answers(optimization_answers, optimization_form)  # first predict, then look

fig, ax = plt.subplots(figsize=(7.6, 4.6))
for line, marker, (name, errors) in zip(
    plots.LINES, "os^v", curves.items(), strict=False
):
    ax.loglog(hs, errors, marker=marker, markersize=4, label=name, **line)
plots.powers_of_ten(ax.xaxis, ax.yaxis)
ax.text(2e-14, 3e-11, "rounding:\n$\\varepsilon\\,|f|\\,/\\,h$")
ax.text(3e-2, 1.2e-8, "truncation:\n$\\sim h^2$ or $h$")
ax.text(2e-14, 3, "float32: x + h is x")
ax.set(xlabel="step h", ylabel="relative error of the slope", ylim=(1e-12, 60))
ax.set_title("Is a smaller h always more accurate?")
fig.legend(loc="outside lower center", ncols=2)
plots.show(
    "Relative error against h on logarithmic axes: four curves in the form of a V. In "
    "float64 the centred difference is best a little above h = 1e-5, with an error below "
    "1e-10; the forward difference near 1e-8, with an error near 1e-8. In float32 both "
    "are worse by many orders and best at larger h, near 1e-2 and 1e-3; below about 1e-7 "
    "their error is 1."
)

# %% [markdown]
# Compare the picture with your predictions for `smaller_h_is_always_better` and
# `best_h`. In float32 a step below about 1e-7 is lost altogether: `x + h` rounds to `x`,
# and the slope comes out as 0.

# %%
# On the right arm of the centred curve h becomes 1,000 times as small. How many times as
# small does the error become?
factor = None  # a number
checks.question(
    "factor on the right arm", factor, "33ad8a378713",
    hint="The truncation error of the centred difference goes like h squared.",
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_v_numbers", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
centred = {h: slope_errors(h, np.float64, True) for h in (1e-2, 1e-4, 1e-5, 1e-12)}
print(f"centred, h = 1e-2: error about {centred[1e-2]:.0e}")
gain = centred[1e-2] / centred[1e-4]  # its last digits differ between machines
print(f"from 1e-2 to 1e-4 it falls by a factor of about 10^{np.log10(gain):.0f}")
least = {name: min(errors) for name, errors in curves.items()}
with checks.numbers("the V") as check:
    check.true(1e-6 < centred[1e-2] < 1e-3, "centred, 1e-2: error out of range")
    check.true(5e3 < gain < 2e4, "centred: the error does not shrink like h squared")
    check.true(centred[1e-5] < 1e-9, "centred, 1e-5: error too large")
    check.true(1e-6 < centred[1e-12] < 1e-1, "centred, 1e-12: error out of range")
    check.true(
        least["forward, float64"] > 10 * least["centred, float64"],
        "forward: at its best it is as good as centred",
    )
    check.true(
        1e-10 < least["forward, float64"] < 1e-6,
        "forward: its least error is out of its range",
    )
    check.true(least["centred, float32"] > 1e-7, "float32: the error is too small")

# %% [markdown]
# **Question.** The lecture's hand calculation printed five decimals of a loss near 1
# and used h = 0.0001. How accurate can its slopes be?
#
# <details><summary>Answer</summary>
#
# Each printed loss is off by up to 0.000005, so a difference of two is off by up to
# 0.00001. Divided by 0.0001 that is 0.1: each of the three slopes is uncertain by that
# much. Here it is the printing that rounds, not the computer, but the effect is the
# same.
# </details>

# %% [markdown]
# ## 7. The gradient check
#
# **Goal.** Compare an analytic gradient with a numeric one and judge the difference.
#
# **Idea.** Whether a difference of 0.0001 is large depends on the size of the numbers
# compared. So divide by the larger of the two (notes neural-networks-3):
#
# $$ e = \max_k \frac{|a_k - b_k|}{\max(|a_k|, |b_k|)}, \qquad \text{and } 0 \text{ for an entry where } a_k = b_k = 0 $$
#
# | relative error | usual meaning |
# |---|---|
# | above 1e-2 | the gradient is probably wrong |
# | 1e-2 to 1e-4 | be uneasy |
# | up to 1e-4 | acceptable if the loss has kinks; too high without |
# | 1e-7 and below | be happy |
#
# **Exercise 5 (2 points).** Write the relative error of two arrays of the same shape:
# the largest over the entries, with nothing added to the denominator.

# %% nbgrader={"grade": false, "grade_id": "l3_relative_error", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Largest relative error of two arrays.

    Parameters
    ----------
    a, b : float arrays of the same shape

    Returns
    -------
    float
        0 where they are equal, also where both are zero; at most 2.
    """
    ### BEGIN SOLUTION
    size = np.maximum(np.abs(a), np.abs(b))
    error = np.abs(a - b) / np.where(size == 0, 1.0, size)
    return float(np.max(error))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_relative_error_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_relative_error") as check:
    a, b = np.array([1.0, 200.0]), np.array([1.25, 200.0])
    check.call(relative_error, a, b, expect=0.2, label="1 against 1.25")
    a, b = np.array([0.0, -4.0]), np.array([0.0, -3.0])
    check.call(relative_error, a, b, expect=0.25, label="both zero, then -4 and -3")
    a, b = np.array([[3.0]]), np.array([[-3.0]])
    check.call(relative_error, a, b, expect=2.0, label="opposite signs")
    a, b = np.array([1e-12, 5.0]), np.array([4e-12, 5.0])
    check.call(relative_error, a, b, expect=0.75, label="tiny beside large")
    a, b = np.array([2.0, 0.0, 3.0]), np.array([2.0, 7.0, 3.0])
    check.call(relative_error, a, b, expect=1.0, label="0 against 7")
    zeros = np.zeros((2, 3))
    check.call(relative_error, zeros, zeros, expect=0.0, label="zeros")
    a, b = np.array([8.0, 3.0], np.float32), np.array([6.0, 3.0], np.float32)
    check.call(relative_error, a, b, expect=0.25, label="float32", atol=1e-6)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_relative_error", globals())
### END HIDDEN TESTS

# %% [markdown]
# **The rules of a good check** (notes neural-networks-3):
#
# 1. Use the centred difference, in float64, with `h` near the bottom of its V.
# 2. Compare relative errors; treat entries where both are zero separately.
# 3. Beware of **kinks**. Take max(0, x) at x = -1e-6, where the slope is 0. With
#    h = 1e-5 the numeric slope is 0.45: the step crosses the kink. (The notes print
#    x = -1e6 here, which is far from any kink; the exponent has lost its sign.)
# 4. Use few examples: fewer kinks, and less work.
# 5. First check the data loss alone, with **regularization off**; then switch it on,
#    strongly enough to matter. With `W` of size 1e-4 and reg = 5e-6, as in the course's
#    assignment, regularization adds 1.5e-9 to the loss (the next cell computes it), and
#    a gradient that forgets it passes.
# 6. Do not check only at the very start, and do not compare zeros with zeros.
#
# The library's `check_gradient` follows these rules and gives its reason. Here it
# checks a right gradient and one that forgets the regularization:

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_gradient_check", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
X_few = np.random.default_rng(1).uniform(-128, 128, size=(5, 65))  # like raw pixels
y_few = y_train[:5]
W_check = 1e-4 * np.random.default_rng(2).standard_normal((65, 10))
_, data_gradient = squared_loss(W_check, X_few, y_few, 0.0)
for reg in (0.0, 5e-6, 10.0):
    _, dW = squared_loss(W_check, X_few, y_few, reg)

    def loss_at(W: np.ndarray, reg: float = reg) -> float:
        """Loss on five made-up images."""
        return squared_loss(W, X_few, y_few, reg)[0]

    some = {"max_entries": 30, "seed": 1}  # of the 650 entries
    right = check_gradient(loss_at, W_check, dW, name="dW", **some)
    forgot = check_gradient(loss_at, W_check, data_gradient, name="dW", **some)
    print(
        f"reg {reg:7.0e}   right gradient: {'accepted' if right else 'refused'}"
        f"   without regularization: {'accepted' if forgot else 'refused'}"
    )

h, x = 1e-5, -1e-6
at_kink = (max(0, x + h) - max(0, x - h)) / (2 * h)
added = 5e-6 * 3073 * 10 * 1e-4**2
print(f"max(0, x) at x = -1e-6: numeric slope {at_kink:.2f}, true slope 0")
print(f"regularization of the assignment adds {added:.1e}")
with checks.numbers("rules of the gradient check") as check:
    check.equal(at_kink, 0.45, "slope across the kink")
    check.equal(added, 1.5e-9, "added to the loss", rtol=0.03)

# %% [markdown]
# The lecture sums it up: the numeric gradient is slow, approximate and easy to write;
# the analytic one is fast, exact and error-prone. In practice: **always use the
# analytic gradient, with the numeric one as its unit test** ([57:22](https://youtu.be/h7iBpEHGVNc?t=3442)).

# %% [markdown]
# ## 8. Following the slope: the step size
#
# **Goal.** See what one step of each size does to the loss.
#
# **Idea.** The gradient says which way is down, but not how far you can go. One step of
# **gradient descent** is
#
# $$ W \leftarrow W - \eta\, \nabla L(W) $$
#
# with the step size $\eta > 0$, also called the learning rate, `learning_rate` in code.
# The lecturer calls it the first thing to check ([58:22](https://youtu.be/h7iBpEHGVNc?t=3502)).
#
# **The notes' numbers** (optimization-1). One step from loss 2.200718 on CIFAR-10 gives
# the losses in the table. First a smaller case: the gradient is (3, 4), and the step
# size is 0.1. How much would the loss fall if the slope stayed the same along the whole
# step?

# %%
fall = None  # a number
checks.question(
    "fall of one step", fall, "e2486baae471",
    hint="The step is 0.1 times the gradient; the slope along it is its length.",
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_one_step", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
notes_start = 2.200718
notes_steps = 10.0 ** np.arange(-10, 0)
notes_losses = np.array(
    [
        2.200652,
        2.200057,
        2.194116,
        2.135493,
        1.647802,
        2.844355,
        25.558142,
        254.086573,
        2539.370888,
        25392.214036,
    ]
)
for step, loss in zip(notes_steps, notes_losses, strict=True):
    note = "  <- best" if loss == notes_losses.min() else ""
    print(f"step size {step:.0e}   loss {loss:12.6f}{note}")

squared_length = (notes_start - notes_losses[:3]) / notes_steps[:3]
print(f"fall of the loss per unit of step size: {squared_length[2]:,.0f}")
best_gain = notes_start - notes_losses.min()
steps_needed = best_gain / (notes_start - notes_losses[0])
print(f"steps of 1e-10 for the gain of the best step: about {round(steps_needed, -2):,.0f}")
print(f"loss that the slope promises at 1e-6: {notes_start - 1e-6 * squared_length[2]:.2f}")
with checks.numbers("the notes' table") as check:
    check.equal(notes_steps[notes_losses.argmin()], 1e-6, "best step size")
    check.equal(squared_length, np.full(3, 6.6e5), "first rows", rtol=0.01)
    check.equal(notes_losses[9] / notes_losses[8], 10.0, "last rows", rtol=1e-3)

# %% [markdown]
# The table shows three regimes.
#
# - **Too small.** The loss falls by $\eta \lVert \nabla L \rVert^2$, as the slope
#   promises: the first three rows all give about 660,000 for the squared length of the
#   gradient. But it takes thousands of steps of 1e-10 to gain what the best single step
#   gains.
# - **About right.** At 1e-6 the loss falls a little less than the slope promises,
#   because the slope changes on the way.
# - **Too large.** The step leaps over the valley and lands higher on the other side. In
#   the last rows the loss grows tenfold with the step, because this loss consists of
#   straight pieces.
#
# Here is the same experiment on the digits, from `W_start`. The best step is far larger
# than 1e-6: the pixels are small numbers, and the loss is a different one. A good step
# size depends on both.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_one_step_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
with checks.numbers("your predictions") as check:
    check.answers(optimization_answers, optimization_form)  # first predict, then look

our_steps = 10.0 ** np.arange(-4, 2.01, 0.25)
our_start, dW = squared_loss(W_start, X_train, y_train, 0.0)
our_losses = np.array([train_loss(W_start - step * dW) for step in our_steps])

fig, axes = plt.subplots(1, 2, figsize=(9.4, 3.7))
for ax, steps, losses, start, name in (
    (axes[0], notes_steps, notes_losses, notes_start, "CIFAR-10, numbers of the notes"),
    (axes[1], our_steps, our_losses, our_start, "digits, measured here"),
):
    ax.loglog(steps, losses, "o", markersize=5, **plots.LINES[0])
    ax.axhline(start, label="loss before the step", **plots.LINES[2])
    best = losses.argmin()
    ax.plot(
        steps[best],
        losses[best],
        "*",
        color=plots.COLORS["red"],
        markersize=14,
        markeredgecolor=plots.COLORS["black"],
        linestyle="none",
        label="lowest",
    )
    plots.powers_of_ten(ax.xaxis, ax.yaxis)
    ax.set(xlabel="step size", ylabel="loss after one step", title=name)
    ax.legend()
fig.suptitle("How far should one step go?", x=0.01, ha="left", fontsize=12)
print(f"digits: the best of these step sizes is {our_steps[our_losses.argmin()]:.2f}")
plots.show(
    "Loss after one step against the step size, logarithmic axes. Left the numbers of "
    "the notes: flat at 2.2 for small steps, lowest at 1e-6, then rising without end. "
    "Right the digits: flat, lowest near 0.6, then rising twice as steeply as left."
)

# %% [markdown]
# ## 9. Minibatches
#
# **Goal.** Estimate the gradient from a few examples, and measure how good that is.
#
# **Idea.** The loss is a mean over N examples, and so is its gradient. With a million
# examples, one exact step has to look at all million. But a mean can be estimated from
# a sample: draw B examples, a **minibatch**, and take the mean over those ([1:03:30](https://youtu.be/h7iBpEHGVNc?t=3810)).
#
# $$ \nabla L_{\text{batch}}(W) = \frac{1}{B} \sum_{i \in \text{batch}} \nabla L_i(W) + 2 \lambda W $$
#
# Each of the B examples is drawn independently from all N, so the same one may appear
# twice: this is drawing **with replacement**. Then the estimate is right on average,
# and its noise is easy to state: its standard deviation around the full gradient
# depends on $B$ alone, in a way that you will measure.
#
# **Exercise 6 (2 points).** Draw one minibatch. Any way of drawing with replacement is
# right, as long as every row is equally likely and the randomness comes from `rng`.

# %% nbgrader={"grade": false, "grade_id": "l3_sample_minibatch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sample_minibatch(
    X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw examples with replacement.

    Parameters
    ----------
    X : (N, D) float64
    y : (N,) int
    batch_size : int
        May be larger than N.
    rng : Generator

    Returns
    -------
    X_batch : (batch_size, D) float64
    y_batch : (batch_size,) int
        The labels of the rows in ``X_batch``.
    """
    ### BEGIN SOLUTION
    rows = rng.integers(len(X), size=batch_size)  # (B,)
    return X[rows], y[rows]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_sample_minibatch_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_sample_minibatch") as check:
    X_rows = np.arange(5.0)[:, None] * np.array([1.0, 10.0])  # row i is (i, 10 i)
    y_rows = np.arange(5)
    rng = np.random.default_rng(0)
    alike, sevens = np.ones((3, 2)), np.array([7, 7, 7])
    check.call(
        sample_minibatch, alike, sevens, 2, rng, expect=(np.ones((2, 2)), sevens[:2]),
        parts=("X_batch", "y_batch"), label="three rows that are alike",
    )  # fmt: skip

    def draw(batch_size: int, seed: int) -> tuple[np.ndarray, list[int]]:
        """Draw from rows that differ: their labels are their numbers."""
        rng = np.random.default_rng(seed)
        X_batch, y_batch = sample_minibatch(X_rows, y_rows, batch_size, rng)
        return np.asarray(X_batch), np.asarray(y_batch).tolist()

    batches = [draw(5, seed)[1] for seed in range(12)]
    repeats = sum(len(set(batch)) < 5 for batch in batches)
    found = "some" if repeats else "none"
    check.equal(found, "some", "batches of 5 out of 5 where a row comes twice")
    X_batch, y_batch = draw(40, 0)
    check.equal(len(y_batch), 40, "rows in a batch of 40")
    check.equal(sorted(set(y_batch)), [0, 1, 2, 3, 4], "different rows in it")
    found = "rows" if np.array_equal(X_batch, X_rows[y_batch]) else "other rows"
    check.equal(found, "rows", "the labels belong to the")
    found = "in order" if np.all(np.diff(y_batch) % 5 == 1) else "mixed"
    check.equal(found, "mixed", "the rows of a batch of 40")
    found = "same" if draw(40, 1)[1] == draw(40, 1)[1] else "different"
    check.equal(found, "same", "two batches from equal rng")
    found = "same" if draw(40, 1)[1] == draw(40, 2)[1] else "different"
    check.equal(found, "different", "two batches from different rng")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_sample_minibatch", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Measured.** At `W_start`, we draw 200 minibatches of each size and measure how far
# their gradients are from the full one (root of the mean squared distance). The sizes
# 3, 7, 30 and 100 are there on purpose.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_noise", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
with checks.numbers("your predictions") as check:
    check.answers(optimization_answers, optimization_form)  # first predict, then look

rng = np.random.default_rng(0)
_, full_gradient = squared_loss(W_start, X_train, y_train, 0.0)
singles = [
    squared_loss(W_start, X_train[i : i + 1], y_train[i : i + 1], 0.0)[1]
    for i in range(1000)
]
one_example = np.sqrt(np.mean([np.sum((g - full_gradient) ** 2) for g in singles]))

batch_sizes = [1, 2, 3, 7, 16, 30, 64, 100, 256]
noise, mean_off = [], []
for B in batch_sizes:
    gradients = np.array(
        [
            squared_loss(W_start, *sample_minibatch(X_train, y_train, B, rng), 0.0)[1]
            for _ in range(200)
        ]
    )  # (200, D, C)
    noise.append(np.sqrt(np.mean(np.sum((gradients - full_gradient) ** 2, axis=(1, 2)))))
    mean_off.append(np.linalg.norm(gradients.mean(axis=0) - full_gradient))
predicted = one_example / np.sqrt(batch_sizes)
print(f"length of the full gradient: {np.linalg.norm(full_gradient):.1f}")
for B, measured_noise, expected in zip(batch_sizes, noise, predicted, strict=True):
    print(f"B {B:3}   noise {measured_noise:.1f}   one example / sqrt(B) {expected:.1f}")
with checks.numbers("noise of a minibatch gradient") as check:
    check.equal(np.array(noise), predicted, "noise", rtol=0.1)
    check.true(mean_off[-1] < 0.1 * noise[0], "the mean of many is off the gradient")

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_noise_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, ax = plt.subplots()
ax.loglog(batch_sizes, predicted, label=r"one example $/\sqrt{B}$", **plots.LINES[0])
ax.loglog(
    batch_sizes,
    noise,
    "o",
    color=plots.COLORS["orange"],
    markeredgecolor=plots.COLORS["black"],
    linestyle="none",
    label="measured",
)
ax.axhline(
    np.linalg.norm(full_gradient), label="length of the full gradient", **plots.LINES[2]
)
ax.set_xticks(batch_sizes, [str(B) for B in batch_sizes])
ax.set_yticks([0.3, 1, 3], ["0.3", "1", "3"])
ax.minorticks_off()
ax.set(xlabel="batch size B", ylabel="distance from the full gradient")
ax.set_title("How noisy is the gradient of a minibatch?")
ax.legend()
plots.show(
    "Noise against batch size on logarithmic axes: the measured points lie on a falling "
    "straight line, the noise of one example divided by the root of the batch size. "
    "Powers of two and other sizes lie on the same line. Beyond about twenty examples "
    "the noise is smaller than the gradient itself."
)

# %% [markdown]
# Read your prediction for `noise_factor` off this line: compare B = 16 with B = 64. The
# noise falls like $1/\sqrt{B}$: a hundred times the work cuts it only to a tenth. That
# is the case for many rough steps instead of a few exact ones; section 10 tests it.
#
# Batch sizes such as 32, 64 and 128 are a **habit**: some hardware and libraries handle
# such sizes well. The algorithm does not care; 3, 7, 30 and 100 lie on the line like
# the others. In practice memory sets the limit.

# %% [markdown]
# ## 10. Stochastic gradient descent
#
# **Goal.** Train a classifier with minibatch steps.
#
# **Idea.** Repeat: draw a minibatch, compute the loss and the gradient on it, take one
# step against that gradient. This is **stochastic gradient descent**, SGD. "SGD
# computes gradients" is a common mistake: computing them is the job of `loss_fn`. SGD
# is the rule that **uses** a gradient, and a noisy one.
#
# **By hand.** One example $x = 1$ with target 1 and one weight: $L = (W - 1)^2$ and
# $dW = 2(W - 1)$. From $W = 3$ with learning rate 0.25:
#
# | step | loss before it | dW | W after it |
# |---|---|---|---|
# | 1 | 4 | 4 | 3 - 0.25 * 4 = 2 |
# | 2 | 1 | 2 | 2 - 0.25 * 2 = 1.5 |
# | 3 | 0.25 | 1 | 1.5 - 0.25 * 1 = 1.25 |
#
# **Exercise 7 (4 points).** Write SGD. Each step draws its own minibatch, as
# `sample_minibatch` does (call yours, or draw here), and passes `reg` on to `loss_fn`.
# Record the minibatch loss **before** each step. Do not change the `W` that is passed
# in.

# %% nbgrader={"grade": false, "grade_id": "l3_sgd", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sgd(
    loss_fn: Callable[..., tuple[float, np.ndarray]],
    W: np.ndarray,
    X: np.ndarray,
    y: np.ndarray,
    learning_rate: float,
    reg: float,
    num_iters: int,
    batch_size: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, list[float]]:
    """Minibatch gradient descent.

    Parameters
    ----------
    loss_fn : callable
        ``loss_fn(W, X, y, reg)`` returns ``(loss, dW)``.
    W : array
        Where to start.
    X : (N, D) float64
    y : (N,) int
    learning_rate, reg : float
    num_iters : int
        Number of steps.
    batch_size : int
        Examples per step, drawn with replacement.
    rng : Generator

    Returns
    -------
    W : array
        The weights after the last step.
    loss_history : list of num_iters floats
        The minibatch loss before each step.
    """
    ### BEGIN SOLUTION
    loss_history = []
    for _ in range(num_iters):
        X_batch, y_batch = sample_minibatch(X, y, batch_size, rng)
        loss, dW = loss_fn(W, X_batch, y_batch, reg)
        loss_history.append(loss)
        W = W - learning_rate * dW  # a new array: the caller keeps the old one
    return W, loss_history
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_sgd_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_sgd") as check:
    W_one, X_one, y_one = np.array([[3.0]]), np.ones((2, 1)), np.array([0, 0])
    parts = ("W", "loss_history")
    rng = np.random.default_rng(0)
    check.call(
        sgd, squared_loss, W_one, X_one, y_one, 0.25, 0.0, 3, 2, rng,
        expect=(np.array([[1.25]]), [4.0, 1.0, 0.25]), parts=parts, label="by hand",
    )  # fmt: skip
    single = (W_one.astype(np.float32), X_one.astype(np.float32), np.uint8([0, 0]))
    check.call(
        sgd, squared_loss, *single, 0.25, 0.5, 2, 1, rng,
        expect=(np.array([[0.8125]]), [8.5, 0.84375]), parts=parts, label="reg 0.5",
    )  # fmt: skip

    def run(seed: int) -> tuple[list[list[int]], list[float], list[float]]:
        """Train on five rows; return the minibatches' labels and losses, and history."""
        labels, losses = [], []

        def watched(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> tuple:
            loss, dW = squared_loss(W, X, y, reg)
            if len(y) == 4:  # a minibatch, not all five rows
                belong.append(np.array_equal(X, X_five[y]))
                labels.append(y.tolist())
                losses.append(loss)
            return loss, dW

        rng = np.random.default_rng(seed)
        y = np.arange(5)
        _, history = sgd(watched, np.zeros((2, 5)), X_five, y, 0.1, 0.1, 20, 4, rng)
        return labels, losses, np.asarray(history, dtype=float).tolist()

    belong, X_five = [], np.arange(10.0).reshape(5, 2) / 10
    labels, losses, history = run(1)
    check.equal(len(labels), 20, "calls of loss_fn with batch_size = 4 examples")
    found = "rows" if all(belong) else "other rows"
    check.equal(found, "rows", "the labels belong to the")
    found = "different" if any(batch != labels[0] for batch in labels) else "same"
    check.equal(found, "different", "the minibatches of the 20 steps")
    found = "some" if any(len(set(batch)) < 4 for batch in labels) else "none"
    check.equal(found, "some", "minibatches of 4 out of 5 where an example comes twice")
    check.equal(len(history), 20, "length of loss_history")
    recorded = len(history) == len(losses) and np.allclose(history, losses)
    found = "of the minibatches" if recorded else "others"
    check.equal(found, "of the minibatches", "the losses in loss_history")
    found = "same" if run(1)[0] == labels else "different"
    check.equal(found, "same", "the minibatches of two runs with equal rng")
    found = "same" if run(2)[0] == labels else "different"
    check.equal(found, "different", "the minibatches of two runs with different rng")
    rng = np.random.default_rng(0)
    W, _ = sgd(squared_loss, W_start.copy(), X_train, y_train, 0.1, 1e-4, 200, 32, rng)
    after = squared_loss(W, X_train, y_train, 0.0)[0]
    check.true(after < 0.5, "digits: the loss on all images is still above 0.5")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_sgd", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_train", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
W_sgd, sgd_history = sgd(
    squared_loss, W_start, X_train, y_train, 0.1, 1e-4, 1000, 32, np.random.default_rng(0)
)
sgd_accuracy = accuracy(W_sgd, X_val, y_val)
smooth = np.convolve(sgd_history, np.ones(50) / 50, mode="valid")
fig, ax = plt.subplots()
ax.plot(sgd_history, color=plots.COLORS["sky"], linewidth=0.8, label="minibatch loss")
ax.plot(np.arange(25, 25 + len(smooth)), smooth, label="mean over 50 steps", **plots.LINES[0])
ax.plot(local_history, label="local search", **plots.LINES[1])
ax.plot(random_history, label="random search", **plots.LINES[2])
ax.set(xlabel="step or try", ylabel="loss", ylim=(0, 1.25))
ax.set_title("How do guessing and following the slope compare?")
ax.legend(ncols=2)
plots.show(
    "The minibatch loss of SGD jitters around a mean that falls to about 0.35 within the "
    "first 100 steps. Local search reaches 0.5 after 1,000 tries, random search stays "
    "just below 1."
)

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_table", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
print("                       digits, validation   CIFAR-10, notes   images looked at")
print(f"random search          {random_accuracy:16.0%}   {'15.5%':>15}   {1_000_000:16,}")
print(f"random local search    {local_accuracy:16.0%}   {'21.4%':>15}   {1_000_000:16,}")
print(f"following the slope    {sgd_accuracy:16.0%}   {'':>15}   {1000 * 32:16,}")
with checks.numbers("three ways to search") as check:
    check.true(0.1 < random_accuracy < 0.4, "random search is out of its range")
    check.true(random_accuracy + 0.3 < local_accuracy, "local search gains too little")
    check.true(local_accuracy < sgd_accuracy, "the slope gains nothing")
    check.true(sgd_accuracy > 0.88, "following the slope gains too little")
print(f"SGD looked at 1/{1_000_000 / 32_000:.0f} of the images that each search looked at")

# %% [markdown]
# SGD is the best of the three although it has looked at far fewer images.
#
# **Question.** The jagged curve never becomes smooth, however long the training runs.
# Why?
#
# <details><summary>Answer</summary>
#
# Each entry is the loss on another minibatch; some minibatches are harder than others
# even for the best `W`. And near the bottom the full gradient goes to 0 while the noise
# does not, so `W` keeps jittering in a cloud whose size grows with the step size.
# Section 13 shrinks the step.
# </details>

# %% [markdown]
# **Go on (no points).** `sgd` takes any loss. Copy your SVM or softmax loss into the next
# cell, pass it in place of `squared_loss`, and search for the step size, the strength of
# regularization and the batch size. The target is a validation accuracy of 95% within
# 1,000 steps. With the squared error no setting that we tried came above 93%.

# %%
rate, strength, size = None, None, None  # your choice
if rate is not None:
    rng = np.random.default_rng(0)
    W_own, _ = sgd(squared_loss, W_start, X_train, y_train, rate, strength, 1000, size, rng)
    reached = accuracy(W_own, X_val, y_val)
    print(f"validation accuracy {reached:.1%}")
    print("target reached" if reached >= 0.95 else "the target is not reached yet")

# %% [markdown]
# **With CIFAR-10.** As in notebook 01, set `CS231N_DATASET` to `cifar10` or
# `cifar10-small` before Jupyter starts, and the next cell also trains on the first 4,000
# images of CIFAR-10. When we measured it, these 1,000 steps gave 36 to 38%
# on the validation images, where random search reached 15% and local search 23 to
# 26%, close to the notes. The step size is smaller: 3,072 pixels make a steeper bowl than
# 64 do.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_cifar10", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
asked = load_images(num_train=4000)
if asked.name == "CIFAR-10":
    cifar = asked.centered().with_bias()  # X_train (4000, 3073)
    start = 1e-3 * np.random.default_rng(0).standard_normal((3073, 10))
    W_cifar, _ = sgd(
        squared_loss, start, cifar.X_train, cifar.y_train, 0.002, 1e-3, 1000, 64,
        np.random.default_rng(0),
    )  # fmt: skip
    share = accuracy(W_cifar, cifar.X_val, cifar.y_val)
    print(f"CIFAR-10, validation accuracy: {share:.0%}")
else:
    print("The data are the digits; CIFAR-10 is not used.")

# %% [markdown]
# ## 11. From too small to too large
#
# **Goal.** Recognise a bad step size by its loss curve.
#
# **Idea.** Use the same start, the same number of steps, and full batches so that noise
# hides nothing; change only the step size. Your `sgd` can do full batches: pass it a
# loss that looks at all images whatever minibatch it is given.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_rates", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
def on_all_images(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Squared loss on all training images; the minibatch is ignored."""
    return squared_loss(W, X_train, y_train, reg)


def descend(learning_rate: float, num_iters: int) -> list[float]:
    """Loss before each step of full-batch descent from W_start."""
    rng = np.random.default_rng(0)
    return sgd(
        on_all_images, W_start, X_train, y_train, learning_rate, 0.0, num_iters, 1, rng
    )[1]


labels = {
    0.001: "far too small",
    0.02: "too small",
    0.5: "good",
    1.0: "at the limit",
    1.04: "too large",
}
rate_curves = {f"{rate:g}: {what}": descend(rate, 80) for rate, what in labels.items()}
for name, losses in rate_curves.items():
    print(f"{name:22} loss after 79 steps {losses[-1]:8.2g}")

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_rates_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, ax = plt.subplots(figsize=(8.4, 3.8))
plots.loss_curve(
    rate_curves,
    xlabel="step",
    title="What does the loss curve say about the step size?",
    ax=ax,
)
ax.set_ylim(0, 2)
ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), title="step size")
plots.show(
    "Loss against steps for five step sizes from the same start. 0.001 hardly moves; "
    "0.02 falls slowly; 0.5 falls at once and ends lowest; 1.0 falls and then stays "
    "clearly above the best; 1.04 falls for some steps, then grows without end."
)

# %% [markdown]
# **Where does "too large" begin?** For a bowl there is an exact answer. Along each of
# its axes the loss is a parabola $\tfrac{1}{2} \kappa u^2$ with curvature $\kappa$,
# and a step turns $u$ into $(1 - \eta \kappa)\, u$. That shrinks if $\eta < 2/\kappa$,
# jumps to the mirror image and back at $\eta = 2/\kappa$, and grows beyond. The largest
# curvature decides for all.
#
# **Something to play with.** The valley of the picture has curvature 1 along it and 10
# across it. If you run the cell in JupyterLab, VS Code or Colab, a slider below the
# picture moves the learning rate.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_play_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
sliders.play(
    descent_picture.step_size,
    "Left a long valley with contour lines: with a learning rate of 0.05 the path runs "
    "down into the valley without crossing it, and then creeps along the floor towards "
    "the lowest place, which it has not reached after 25 steps. Right the loss on a "
    "logarithmic axis: it falls all the way.",
    learning_rate=sliders.Slider("learning rate", [k / 200 for k in range(45)], 0.05),
)

# %%
# The largest learning rate at which the path does not diverge:
largest_rate = None  # a number
checks.question(
    "largest learning rate", largest_rate, "e9ff49c72b72",
    hint="Which of the two curvatures decides? Try it with the slider.",
)  # fmt: skip

# %% [markdown]
# For the digits the curvatures are twice the eigenvalues of $X^{\top} X / N$.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_limit", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
largest = 2 * np.linalg.eigvalsh(X_train.T @ X_train / len(X_train)).max()
limit = 2 / largest
print(f"largest curvature {largest:.2f}, so the limit is a step size of {limit:.2f}")
reached = {factor: descend(factor * limit, 200)[-1] for factor in (0.98, 1.02)}
for factor, loss in reached.items():
    print(f"step size {factor:.2f} x limit: loss after 199 steps {loss:.1g}")
with checks.numbers("the limit of the step size") as check:
    check.equal(limit, 1.0, "limit")
    check.true(reached[0.98] < 0.32, "just below the limit it does not arrive")
    check.true(reached[1.02] > 1e3, "just above the limit it does not run away")

# %% [markdown]
# The limit is 1 here because of the column of ones: centred pixels are orthogonal to
# it, so it is an axis of the bowl on its own, with curvature 2.
#
# ## 12. The loss surface and the path over it
#
# **Goal.** See the steps of full-batch and minibatch descent.
#
# **Idea.** With two weights the loss can be drawn as a map with contour lines. We make
# 200 points with two correlated features, so that the valley is elongated and slanted,
# and a loss of two weights. A wrapper remembers where `sgd` has been.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_surface", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
rng = np.random.default_rng(3)
y_two = rng.integers(2, size=200)
shared = rng.standard_normal(200)
X_two = np.stack([shared, 0.8 * shared + 0.6 * rng.standard_normal(200)], axis=1)
X_two += 0.6 * (2 * y_two - 1)[:, None] * np.array([1.0, -0.3])


def two_weight_loss(
    w: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Squared error of X @ w against -1 for class 0 and 1 for class 1; w (2,)."""
    rest = X @ w - (2 * y - 1)  # (N,)
    return float(np.mean(rest**2) + reg * w @ w), 2 * X.T @ rest / len(X) + 2 * reg * w


def path_of(batch_size: int | None, learning_rate: float, num_iters: int) -> np.ndarray:
    """Places that sgd visits; a batch size of None means all the examples."""
    visited = []

    def remembering(w: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> tuple:
        visited.append(w.copy())
        if batch_size is None:
            return two_weight_loss(w, X_two, y_two, reg)
        return two_weight_loss(w, X, y, reg)

    start, rng = np.array([-0.9, 0.6]), np.random.default_rng(1)
    rate, size = learning_rate, batch_size or 1
    end, _ = sgd(remembering, start, X_two, y_two, rate, 0.0, num_iters, size, rng)
    return np.array([*visited, end])


a, b = np.meshgrid(np.linspace(-1.2, 1.6, 50), np.linspace(-1.7, 1.1, 50))
grid = np.stack([a, b], axis=-1)  # (50, 50, 2)
heights = np.mean((grid @ X_two.T - (2 * y_two - 1)) ** 2, axis=-1)
levels = heights.min() + np.array([0.02, 0.1, 0.3, 0.7, 1.3, 2.2, 3.5, 5.5])
best = np.linalg.lstsq(X_two, 2.0 * y_two - 1, rcond=None)[0]


def draw_map(ax: plt.Axes, title: str) -> None:
    """Contour lines of the loss on all examples, and its lowest place."""
    ax.contour(a, b, heights, levels, colors="0.55", linewidths=0.9)
    ax.plot(*best, "*", color=plots.COLORS["red"], markersize=14, linestyle="none")
    ax.set(xlabel="weight 1", ylabel="weight 2", title=title)
    ax.set_aspect("equal")
    ax.grid(visible=False)


fig, axes = plt.subplots(1, 2, figsize=(9.4, 4.6), sharey=True)
for ax, size, name in ((axes[0], None, "all 200 examples"), (axes[1], 4, "4 examples")):
    draw_map(ax, f"{name} per step")
    path = path_of(size, 0.15, 60)
    ax.plot(path[:, 0], path[:, 1], "o-", color=plots.COLORS["blue"], markersize=3)
    ax.plot(*path[0], "s", color=plots.COLORS["black"], markersize=7, linestyle="none")
fig.suptitle("What path do 60 steps take to the bottom?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Two maps of the same long valley with contour lines, the start marked by a square "
    "and the lowest place by a star. With all examples in each step the path runs straight "
    "down into the valley and then along it. With 4 examples it staggers down and ends "
    "in a cloud around the lowest place."
)

# %% [markdown]
# The left path starts at a right angle to the contour lines, as steepest descent must,
# and then creeps along the valley floor, where the slope is small. The right path does
# the same on average. It never settles: at the bottom the full gradient is 0, but that
# of a minibatch is not. Each of its steps uses 4 examples, a fiftieth of the 200 of a
# left one.

# %% [markdown]
# ## 13. Learning rate schedules
#
# **Goal.** Begin with large steps and end with small ones.
#
# **Idea.** Large steps reach the valley fast; small ones settle in it. **Step decay**
# multiplies the rate by a factor after every so many steps. **Cosine decay** lowers it
# to 0 along half a wave:
#
# $$ \eta_{\text{step}}(t) = \eta_0\, \delta^{\lfloor t / T \rfloor}, \qquad
# \eta_{\cos}(t) = \frac{\eta_0}{2} \left(1 + \cos\frac{\pi t}{t_{\max}}\right) $$
#
# $\eta_0$ is `lr0`, $t$ is `step` counted from 0, $\delta$ is `drop`, $T$ is `every`,
# $t_{\max}$ is `total_steps`, and $\lfloor\ \rfloor$ rounds down.
#
# **By hand.** With $\eta_0$ = 0.1 and a drop of 0.5 every 5 steps, the rate is 0.1 for
# steps 0 to 4, 0.05 from step 5 and 0.025 from step 10. The cosine over 10 steps gives
# 0.1 at step 0, 0.0905 at step 2, 0.05 at step 5, 0.0024 at step 9 and 0 at step 10.
#
# **Exercise 8 (2 points).** Write both.

# %% nbgrader={"grade": false, "grade_id": "l3_learning_rate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step_decay(lr0: float, step: int, drop: float, every: int) -> float:
    """Learning rate at ``step``: lr0, multiplied by ``drop`` every ``every`` steps."""
    ### BEGIN SOLUTION
    return lr0 * drop ** (step // every)
    ### END SOLUTION


def cosine_decay(lr0: float, step: int, total_steps: int) -> float:
    """Learning rate at ``step`` from 0 to ``total_steps``: from lr0 to 0."""
    ### BEGIN SOLUTION
    return lr0 * 0.5 * (1 + np.cos(np.pi * step / total_steps))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_learning_rate_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_learning_rate") as check:
    for step, rate in ((0, 0.1), (4, 0.1), (5, 0.05), (10, 0.025)):
        check.call(step_decay, 0.1, step, 0.5, 5, expect=rate, label=f"step {step}")
    check.call(step_decay, 2.0, 35, 0.1, 7, expect=2e-5, label="step 35, every 7")
    for step, rate in ((0, 0.1), (2, 0.09045), (5, 0.05), (9, 0.00245), (10, 0.0)):
        label = f"cosine, step {step}"
        check.call(cosine_decay, 0.1, step, 10, expect=rate, label=label, atol=1e-5)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_learning_rate", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_schedules", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
total_steps, piece = 600, 20
schedules = {
    "constant": lambda t: 0.15,
    "step decay": lambda t: step_decay(0.15, t, 0.3, 150),
    "cosine decay": lambda t: cosine_decay(0.15, t, total_steps),
}
fig, (left, right) = plt.subplots(1, 2, figsize=(9.4, 3.7))
for line, (name, rate) in zip(plots.LINES, schedules.items(), strict=False):
    left.plot([rate(t) for t in range(total_steps + 1)], label=name, **line)
    W, rng, losses = W_start, np.random.default_rng(0), []
    for t in range(0, total_steps, piece):
        W, _ = sgd(squared_loss, W, X_train, y_train, rate(t), 0.0, piece, 8, rng)
        losses.append(train_loss(W))
    right.plot(np.arange(piece, total_steps + 1, piece), losses, label=name, **line)
    print(f"{name:13} loss on all training images, mean of the last 100 steps: ", end="")
    print(f"{np.mean(losses[-5:]):.2f}")
left.set(xlabel="step", ylabel="learning rate", ylim=(0, 0.17))
right.set(xlabel="step", ylabel="loss on all training images", ylim=(0.29, 0.45))
left.legend()
right.legend()
fig.suptitle("Do smaller steps at the end settle lower?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Left three learning rates over 600 steps: constant, a staircase that falls three "
    "times, and half a cosine wave from 0.15 to 0. Right the loss on all training "
    "images with minibatches of 8: the constant rate keeps jittering highest, both "
    "decays settle lower and calmly."
)

# %% [markdown]
# **In PyTorch** the three pieces of this notebook are `torch.autograd.gradcheck` for the
# gradient check, `torch.optim.SGD` for the step, and `torch.optim.lr_scheduler` for the
# schedule. Where PyTorch is installed, the next cell compares a step and your schedules
# with them.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_pytorch", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "nbval-ignore-output"]
if importlib.util.find_spec("torch") is None:
    print("PyTorch is not installed here, and nothing in this course needs it.")
else:
    import torch

    weights = torch.nn.Parameter(torch.tensor([[3.0]], dtype=torch.float64))
    optimizer = torch.optim.SGD([weights], lr=0.25)
    torch.sum((weights - 1) ** 2).backward()
    optimizer.step()
    after_one_step = weights.item()
    scheduler = torch.optim.lr_scheduler
    rates = {"step": [], "cosine": []}
    for name, make in (
        ("step", lambda optimizer: scheduler.StepLR(optimizer, 5, gamma=0.5)),
        ("cosine", lambda optimizer: scheduler.CosineAnnealingLR(optimizer, 10)),
    ):
        optimizer = torch.optim.SGD([weights], lr=0.1)
        schedule = make(optimizer)
        for _ in range(11):
            rates[name].append(schedule.get_last_lr()[0])
            optimizer.step()
            schedule.step()
    with checks.numbers("PyTorch") as check:
        check.equal(after_one_step, 2.0, "W after the first step by hand")
        own = [step_decay(0.1, step, 0.5, 5) for step in range(11)]
        check.equal(own, rates["step"], "step decay")
        own = [cosine_decay(0.1, step, 10) for step in range(11)]
        check.equal(own, rates["cosine"], "cosine decay")

# %% [markdown]
# ## 14. Outlook: momentum
#
# **Goal.** See what a memory of earlier steps adds.
#
# **Idea.** In a long valley the slope across is steep and may change sign at every
# step, while the slope along is small and keeps its sign. Let a velocity $v$ add up the
# gradients and lose a fraction of itself in each step: what changes sign cancels, what
# keeps its sign grows.
#
# $$ v \leftarrow \mu v - \eta\, \nabla L(W), \qquad W \leftarrow W + v $$
#
# $\mu$ is the momentum, often 0.9; with $\mu = 0$ it is plain gradient descent. The
# valley of the picture is $L = \tfrac{1}{2}(u_1^2 + 30\, u_2^2)$: thirty times steeper
# across than along. Later lectures compare momentum with its relatives.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_momentum", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
curvature = np.array([1.0, 30.0])
a, b = np.meshgrid(np.linspace(-5, 1.6, 90), np.linspace(-1.2, 1.2, 90))
heights = 0.5 * (a**2 + 30 * b**2)
fig, axes = plt.subplots(2, 1, figsize=(8.0, 5.2), sharex=True)
remaining = []
for ax, momentum in ((axes[0], 0.0), (axes[1], 0.7)):
    u, v = np.array([-4.5, 0.8]), np.zeros(2)
    places = [u]
    for _ in range(20):
        v = momentum * v - 0.06 * curvature * u
        u = u + v
        places.append(u)
    remaining.append(0.5 * np.sum(curvature * u**2))
    path = np.array(places)
    ax.contour(a, b, heights, [0.05, 0.5, 2, 5, 9, 14, 20], colors="0.55", linewidths=0.9)
    ax.plot(path[:, 0], path[:, 1], "o-", color=plots.COLORS["blue"], markersize=4)
    ax.plot(*path[0], "s", color=plots.COLORS["black"], markersize=7, linestyle="none")
    ax.plot(0, 0, "*", color=plots.COLORS["red"], markersize=14, linestyle="none")
    ax.set(ylabel="$u_2$, across", title=f"momentum {momentum:g}")
    ax.grid(visible=False)
axes[1].set_xlabel("$u_1$, along the valley")
fig.suptitle(
    "Which run is nearer the bottom after 20 steps?", x=0.01, ha="left", fontsize=12
)
print(f"loss after 20 steps: {remaining[0]:.3f} without, {remaining[1]:.3f} with momentum")
plots.show(
    "Two maps of the same narrow valley, 20 steps each with the same step size. Without "
    "momentum the path zigzags across the valley and creeps along it, and stops short of "
    "the lowest place. With momentum it runs along the valley, swings a little past the "
    "lowest place and ends nearer."
)

# %% [markdown]
# ## What you can do now
#
# - Say why guessing fails in many dimensions, with numbers.
# - Measure a gradient, and read a slope in any direction off it.
# - Choose `h` for a gradient check and explain the V.
# - Train with SGD, and tell a bad step size from its loss curve.
# - Say how the noise of a minibatch depends on its size.
#
# ## On your own
#
# - Where is the bottom of the V for a loss near 1,000 instead of 1? Multiply the small
#   loss by 1,000, then add 1,000 to it, and compare.
# - Draw minibatches **without** replacement. How does the noise depend on B as B
#   approaches N?
# - Local search looked at 1,000 images for each try. Does it still work when each try
#   looks at 32?
#
# ## Further reading
#
# - [CS231n notes: optimization](https://cs231n.github.io/optimization-1/), with the
#   tables of sections 3, 4 and 8.
# - [CS231n notes: gradient checks and schedules](https://cs231n.github.io/neural-networks-3/).
# - The lecture's interactive demo with three classes ([1:04:32](https://youtu.be/h7iBpEHGVNc?t=3872)):
#   [linear classifier demo](http://vision.stanford.edu/teaching/cs231n-demos/linear-classify/).
# - L. Bottou, F. E. Curtis and J. Nocedal, *Optimization Methods for Large-Scale
#   Machine Learning*, SIAM Review 60, 2018.

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l3_optimization_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
