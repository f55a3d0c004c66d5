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
# # Regularization: preferring simple weights
#
# CS231n, lecture 3 (2017 recording), [25:34](https://youtu.be/h7iBpEHGVNc?t=1534) to [38:55](https://youtu.be/h7iBpEHGVNc?t=2335), from the question whether a `W`
# with loss 0 is unique to the beginning of softmax. About two hours.
#
# A model can fit its training data perfectly and be useless on anything else. This
# notebook builds the second term of the loss, which does not depend on the data and
# keeps the weights simple.
#
# **What you'll do**
#
# - Watch a curve pass through every training point and swing wildly in between; cure
#   it.
# - Commit to answers for the lecture's questions, then settle them by experiments with
#   your own code.
# - Write the penalties L2, L1 and elastic net with their gradients, and the limit
#   max-norm.
# - Choose the strength of the penalty on validation data, for handwritten digits.
#
# **What you'll learn**
#
# - Which weights each penalty prefers, and why L1 makes some of them exactly zero.
# - How L2 follows from a Gaussian prior, and what that says about the amount of data.
# - Why the bias is not penalised, and why the strength cannot be chosen on the training
#   data.
#
# **What you'll need**
#
# - Notebook 01 of this lecture: loss, gradient, `W` of shape `(D, C)`.
# - Derivatives of $w^2$ and $|w|$; Bayes' rule for one short section.
# - The [notes on neural networks, part 2](https://cs231n.github.io/neural-networks-2/)
#   if a term is new.

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
# | `y` | `(N,)` | the label or the target of each example |
# | `W` | `(D, C)` float64 | weights, one column per class $c$; a single weight vector is a column, `(D, 1)` |
# | `R` | number | a penalty, not yet multiplied by `reg` |
# | `dW` | `(D, C)` | gradient of `R` with respect to `W`, same shape as `W` |
# | `reg` | number, 0 or more | strength of the penalty, $\lambda$ in formulas |
#
# We minimise the data loss, a mean over the N examples, plus `reg * R`. The L2 penalty
# is the plain sum of squares, `np.sum(W * W)`, **without** a factor 1/2; other courses
# and books include it. `W` holds only weights: biases are separate and are not
# penalised (section 8 shows why). At $w = 0$ the absolute value has a kink; every slope
# in $[-1, 1]$ is a valid *subgradient* there. We use 0, and the tests accept every
# valid one. Functions never change their inputs.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import importlib.util
from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np

from cs231n_lib import checks, plots
from cs231n_lib.data import load_images

plots.use_style()

# %% [markdown]
# **To begin with**, with `W` = [[1, -2], [0.5, 0]] and `reg` = 0.1: how much does the L2
# penalty add to the loss?

# %%
added = None  # a number, to three decimals
checks.question(
    "what L2 adds", added, "aaa9405b6246", decimals=3,
    hint="reg * np.sum(W * W), without a factor 1/2.",
)  # fmt: skip

# %% [markdown]
# ## 1. A perfect fit that is worth nothing
#
# **Goal.** See a model that has memorised its training data.
#
# **Idea.** We have twelve measurements of a smooth curve, each with a little noise. We
# fit a polynomial of degree $D$, that is, a linear model on the features
# $x, x^2, \dots, x^D$:
#
# $$f(x) = b + w_1 x + w_2 x^2 + \dots + w_D x^D .$$
#
# The data loss is the mean squared error
# $\frac1N \sum_i \left(f(x_i) - y_i\right)^2$. This problem has an exact solution, so
# nothing below depends on a step size. The function `fit_polynomial` finds the weights
# and the bias that minimise
#
# $$\frac1N \sum_{i=1}^N \left(f(x_i) - y_i\right)^2 + \lambda \sum_{d=1}^{D} w_d^2 .$$
#
# For now $\lambda = 0$: only the data count. Fifty more points of the same kind, the
# *validation* points, are not used for fitting; they show how good the curve is on
# points that it has not seen.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_given_polynomial", "locked": true, "schema_version": 3, "solution": false, "task": false}
def powers(x: np.ndarray, degree: int) -> np.ndarray:
    """Compute the features x, x**2, ..., x**degree: (N,) -> (N, degree)."""
    return x[:, None] ** np.arange(1, degree + 1)


def fit_polynomial(
    x: np.ndarray, y: np.ndarray, degree: int, reg: float
) -> tuple[np.ndarray, float]:
    """Minimise the mean squared error plus reg times the sum of squared weights.

    Returns w (degree,) and b. The bias is not penalised; it makes the mean error zero.
    Rows sqrt(N * reg) * I with target 0 under the features add N * reg * sum(w**2).
    """
    features = powers(x, degree)
    centre, level = features.mean(axis=0), y.mean()
    N = len(x)
    rows = np.vstack([features - centre, np.sqrt(N * reg) * np.eye(degree)])
    targets = np.concatenate([y - level, np.zeros(degree)])
    w = np.linalg.lstsq(rows, targets, rcond=None)[0]
    return w, level - centre @ w


def polynomial(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Evaluate the fitted curve: (N,) -> (N,)."""
    return powers(x, len(w)) @ w + b


def mean_squared_error(x: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> float:
    """Compute the data loss on some points."""
    return np.mean((polynomial(x, w, b) - y) ** 2)


def true_curve(x: np.ndarray) -> np.ndarray:
    """Compute the curve that was measured; in real life nobody knows it."""
    return np.sin(2.5 * x)


rng = np.random.default_rng(4)
x_train = np.linspace(-1, 1, 12)
y_train = true_curve(x_train) + 0.2 * rng.standard_normal(12)
x_val = np.sort(rng.uniform(-1, 1, 50))
y_val = true_curve(x_val) + 0.2 * rng.standard_normal(50)
x_line = np.linspace(-1, 1, 400)  # where curves are drawn

# %%
free = None  # how many free parameters does a fit of degree 7 have?
checks.question(
    "free numbers", free, "31c0bf11d37c", hint="Do not forget the bias.",
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l3_reg_demo_wiggle", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(9.6, 3.4), sharey=True)
print("degree  training error  validation error  largest weight")
for ax, degree in zip(axes, (1, 3, 11), strict=True):
    w, b = fit_polynomial(x_train, y_train, degree, reg=0.0)
    errors = [mean_squared_error(x_train, y_train, w, b)]
    errors.append(mean_squared_error(x_val, y_val, w, b))
    print(f"{degree:6d}{errors[0]:16.3f}{errors[1]:18.3f}{np.abs(w).max():16.1f}")
    ax.plot(x_line, true_curve(x_line), label="true curve", **plots.LINES[2])
    ax.plot(x_line, polynomial(x_line, w, b), label="fit", **plots.LINES[0])
    ax.plot(x_train, y_train, "o", color="black", label="training points")
    ax.set(title=f"degree {degree}", xlabel="x", ylim=(-3, 3))
axes[0].set_ylabel("y")
axes[0].legend(loc="upper left", fontsize=9)
fig.suptitle("Which fit would you trust between the points?", x=0.01, ha="left")
plots.show(
    "Three fits to the same twelve points. A straight line misses the bend; degree 3 "
    "follows the true curve; degree 11 passes through every point and swings far out of "
    "the picture between the outer ones."
)

# %% [markdown]
# Degree 11 has as many free parameters as there are points: its training error is zero,
# and its validation error is the worst of the three. This is **overfitting**: the
# polynomial has fitted the noise as if it belonged to the curve. Look at the last
# column. To swing between the points the polynomial needs huge weights that nearly
# cancel at the points themselves. Large weights are the symptom; a price on large
# weights is the cure.

# %% [markdown]
# ## 2. A price on weights
#
# **Goal.** State what is minimised, and say before any calculation which weights a
# penalty prefers.
#
# **Idea.** The lecture ([25:34](https://youtu.be/h7iBpEHGVNc?t=1534)) starts from an
# ambiguity: a `W` that makes the SVM loss zero is not unique. `2 * W` makes it zero as
# well, and the data do not say which one to choose. So the loss gets a second term that
# does not depend on the data:
#
# $$L(W) = \underbrace{\frac1N \sum_{i=1}^{N} L_i\big(f(x_i, W), y_i\big)}_{\text{data
# loss: fit the training data}} + \underbrace{\lambda R(W)}_{\text{regularization: keep
# } W \text{ simple}} .$$
#
# $\lambda \ge 0$, the *regularization strength*, sets the balance between the two. It
# is a hyperparameter: it is not learned from the training data. The choice of $R$
# decides what counts as simple ([30:41](https://youtu.be/h7iBpEHGVNc?t=1841)):
#
# | name | $R(W)$, summed over all entries $w$ of $W$ |
# |---|---|
# | L2 | $\sum w^2$ |
# | L1 | $\sum \lvert w \rvert$ |
# | elastic net | $\sum \left(\beta w^2 + \lvert w \rvert\right)$, with a number $\beta \ge 0$ |
#
# The lecture's example ([32:45](https://youtu.be/h7iBpEHGVNc?t=1965)) has one input and two weight vectors,
#
# $$x = [1, 1, 1, 1], \qquad w_1 = [1, 0, 0, 0], \qquad w_2 =
# [\tfrac14, \tfrac14, \tfrac14, \tfrac14],$$
#
# and here is a second pair, on another input:
#
# $$x' = [2, 1, 1, 1], \qquad v_1 = [\tfrac12, 0, 0, 0], \qquad v_2 =
# [\tfrac15, \tfrac15, \tfrac15, \tfrac15].$$
#
# A penalty *prefers* the vector on which it is smaller; equal penalties are a tie.

# %% [markdown]
# ### Predict, then run
#
# A prediction that turns out wrong teaches you more than a number you merely read. Work
# with pencil and paper and commit to an answer for each key. Answer before you read on:
# sections 3, 4, 5 and 8 give you the functions to settle them by experiments.
#
# | key | question (form of the answer) |
# |---|---|
# | `score_difference` | $w_2 \cdot x - w_1 \cdot x$, the scores by the lecture's two vectors (number) |
# | `l2_of_w2` | the L2 penalty of $w_2$ (number) |
# | `l2_prefers` | [32:45](https://youtu.be/h7iBpEHGVNc?t=1965): which of the two does L2 prefer? (`"w1"`, `"w2"` or `"tie"`) |
# | `l1_prefers` | [34:50](https://youtu.be/h7iBpEHGVNc?t=2090): and L1? (`"w1"`, `"w2"` or `"tie"`) |
# | `elastic_prefers` | and the elastic net with $\beta = 1$? (`"w1"`, `"w2"` or `"tie"`) |
# | `l2_of_v2` | the L2 penalty of $v_2$ (number) |
# | `l2_prefers_of_v` | which of $v_1, v_2$ does L2 prefer? (`"v1"`, `"v2"` or `"tie"`) |
# | `l1_prefers_of_v` | and L1? (`"v1"`, `"v2"` or `"tie"`) |
# | `l2_factor_of_double` | [25:34](https://youtu.be/h7iBpEHGVNc?t=1534): by what factor does the L2 penalty of `2 * W` exceed that of `W`? (number) |
# | `leaves_hypothesis_class` | [35:52](https://youtu.be/h7iBpEHGVNc?t=2152): the model is polynomials of degree 11. Does a penalty on its weights, $\lambda > 0$, rule some of them out, so that no data could ever lead to them? (`True` or `False`) |
#
# **Exercise 1 (3 points).** Replace each `None`.

# %% nbgrader={"grade": false, "grade_id": "l3_regularization_predict_then_run", "locked": false, "schema_version": 3, "solution": true, "task": false}
regularization_answers = {
    "score_difference": None,  # a number
    "l2_of_w2": None,  # a number
    "l2_prefers": None,  # "w1", "w2" or "tie"
    "l1_prefers": None,  # "w1", "w2" or "tie"
    "elastic_prefers": None,  # "w1", "w2" or "tie"
    "l2_of_v2": None,  # a number
    "l2_prefers_of_v": None,  # "v1", "v2" or "tie"
    "l1_prefers_of_v": None,  # "v1", "v2" or "tie"
    "l2_factor_of_double": None,  # a number
    "leaves_hypothesis_class": None,  # True or False
}
### BEGIN SOLUTION
regularization_answers = {
    "score_difference": 0.0,
    "l2_of_w2": 0.25,
    "l2_prefers": "w2",
    "l1_prefers": "tie",
    "elastic_prefers": "w2",
    "l2_of_v2": 0.16,
    "l2_prefers_of_v": "v2",
    "l1_prefers_of_v": "v1",
    "l2_factor_of_double": 4.0,
    "leaves_hypothesis_class": False,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_regularization_predict_then_run_test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_regularization_predict_then_run") as check:
    check.answers(
        regularization_answers,
        {
            "score_difference": float,
            "l2_of_w2": float,
            "l2_prefers": ("w1", "w2", "tie"),
            "l1_prefers": ("w1", "w2", "tie"),
            "elastic_prefers": ("w1", "w2", "tie"),
            "l2_of_v2": float,
            "l2_prefers_of_v": ("v1", "v2", "tie"),
            "l1_prefers_of_v": ("v1", "v2", "tie"),
            "l2_factor_of_double": float,
            "leaves_hypothesis_class": bool,
        },
    )
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_regularization_predict_then_run", globals())
### END HIDDEN TESTS

# %% [markdown]
# This check looks only at the form.

# %% [markdown]
# ## 3. L2: the squared price
#
# **Goal.** Write the L2 penalty and its gradient, and see what it prefers and where it
# comes from.
#
# **Idea.** Charge each weight the square of its size.
#
# $$R(W) = \sum_{d=1}^{D} \sum_{c=1}^{C} W_{dc}^2$$
#
# Each weight occurs in only one term of the sum, so each entry of the gradient is the
# derivative of that one term. A step down this gradient shrinks every weight in
# proportion to its size; hence the other name, *weight decay*.
#
# **Exercise 2 (2 points).** Write the L2 penalty and its gradient. In this exercise and
# the next two, derive the gradient: finite differences are too coarse for one of the
# checks, whose weights differ greatly in size.

# %% nbgrader={"grade": false, "grade_id": "l3_l2_penalty", "locked": false, "schema_version": 3, "solution": true, "task": false}
def l2_penalty(W: np.ndarray) -> tuple[float, np.ndarray]:
    """L2 penalty: the sum of the squares of all weights.

    Parameters
    ----------
    W : (D, C) float64
        Weights, without biases.

    Returns
    -------
    R : float
        The penalty, not yet multiplied by the regularization strength.
    dW : (D, C) float64
        Gradient of R with respect to W.
    """
    ### BEGIN SOLUTION
    R = np.sum(W * W)
    dW = 2 * W
    return R, dW
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l3_l2_penalty_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
rng = np.random.default_rng(3)
w_one = np.array([[0.0], [3.0], [0.0]])
w_spread = np.full((3, 1), 0.5)
with checks.exercise("l3_l2_penalty") as check:
    form = {"parts": ("R", "dW"), "shapes": {"dW": "(D, C)"}}
    W = np.array([[1.0, -2.0], [-0.5, 3.0], [0.25, -1.5]])
    want = np.array([[2.0, -4.0], [-1.0, 6.0], [0.5, -3.0]])
    check.call(l2_penalty, W, expect=(16.5625, want), label="by hand", **form)
    small = W.astype(np.float32)
    check.call(l2_penalty, small, expect=(16.5625, want), label="float32", **form)
    want = np.array([[0.0], [6.0], [0.0]])
    check.call(l2_penalty, w_one, expect=(9.0, want), label="one weight, 3", **form)
    want = np.full((3, 1), 1.0)
    check.call(l2_penalty, w_spread, expect=(0.75, want), label="equal weights", **form)
    W = rng.standard_normal((5, 3))
    R, dW = check.call(l2_penalty, W, label="random W")
    check.gradient(lambda W: l2_penalty(W)[0], dW, W, name="dW")
    zero = np.zeros((1, 1))
    check.call(l2_penalty, zero, expect=(0.0, zero), label="one weight, 0", **form)
    uneven = np.array([[1e6, 0.5], [-1e-6, -3.0]])
    R, dW = check.call(l2_penalty, uneven, label="uneven weights")
    want = np.array([1.0, -6.0])
    check.equal(dW[:, 1], want, "dW of 0.5 and -3, beside a weight of 1e6")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_l2_penalty", globals())
### END HIDDEN TESTS

# %% [markdown]
# **The lecture's vectors ([32:45](https://youtu.be/h7iBpEHGVNc?t=1965)).** The next cell
# defines the two pairs of your predictions. Below it, put the answers about L2 to the
# test: score and penalty of each vector, and of twice a vector.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_l2_example", "locked": true, "schema_version": 3, "solution": false, "task": false}
x, x_prime = np.ones((1, 4)), np.array([[2.0, 1.0, 1.0, 1.0]])
w1, w2 = np.array([[1.0], [0.0], [0.0], [0.0]]), np.full((4, 1), 0.25)
v1, v2 = np.array([[0.5], [0.0], [0.0], [0.0]]), np.full((4, 1), 0.2)

# %%
# A third vector for the first input. Your experiments go below.
w3 = np.array([[0.5], [0.5], [0.0], [0.0]])
print(f"w3: score {(x @ w3).item():.2f}, L2 penalty {l2_penalty(w3)[0]:.2f}")

# %% [markdown]
# Where two vectors give the same score, the data loss cannot tell them apart, and the
# penalty decides. The square makes the difference: moving weight from a large entry to a
# small one lowers the sum of squares, so L2 spreads the work over all the inputs. A
# classifier that uses every input a little does not depend on any single one.
#
# Of all weight vectors with score 1 on **five** inputs, x = [1, 1, 1, 1, 1], one has the
# smallest L2 penalty. How large is that?

# %%
smallest_l2 = None  # a number
checks.question(
    "smallest L2 penalty", smallest_l2, "06bc3eeefd8b",
    hint="How does L2 spread the work over five equal inputs?",
)  # fmt: skip

# %% [markdown]
# ### L2 is a Gaussian prior, in two lines ([35:52](https://youtu.be/h7iBpEHGVNc?t=2152))
#
# Suppose that, before we see any data, we believe each weight to be drawn from a
# Gaussian with mean 0 and standard deviation $\sigma$:
# $p(W) \propto \exp\!\big(-\sum w^2 / (2\sigma^2)\big)$. Let the data loss of one
# example be $L_i = -\ln p(y_i \mid x_i, W)$, as in softmax. By Bayes' rule the most
# probable `W` after seeing the data maximises
#
# $$p(W \mid \text{data}) \;\propto\; \prod_{i=1}^N p(y_i \mid x_i, W) \;\cdot\; p(W),$$
#
# and minus $\frac1N$ times its logarithm, which has its minimum where the product has
# its maximum, is
#
# $$\frac1N \sum_{i=1}^N L_i \;+\; \frac{1}{2 N \sigma^2} \sum w^2 \;+\; \text{const}.$$
#
# This is our loss with L2 and $\lambda = 1 / (2 N \sigma^2)$. Minimising it is called
# *maximum a posteriori* (MAP) estimation. A strong belief in small weights (small
# $\sigma$) means a large $\lambda$; with more examples (large $N$) the belief counts
# less. The same two lines with $p(w) \propto \exp(-|w|/s)$, the Laplace distribution,
# give L1. The next cell checks the second line: $-\frac1N \ln p(W)$ and the penalty
# must differ by the same constant for every `W`.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_prior", "locked": true, "schema_version": 3, "solution": false, "task": false}
rng = np.random.default_rng(4)
N, sigma = 50, 0.3
reg = 1 / (2 * N * sigma**2)
differences = []
for k in range(3):
    W = rng.normal(0, 1, (4, 3))
    density = np.exp(-(W**2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)
    from_prior = -np.log(density).sum() / N
    penalty = reg * l2_penalty(W)[0]
    differences.append(penalty - from_prior)
    print(
        f"W number {k}:  penalty {penalty:.4f}   -(1/N) ln p(W) {from_prior:.4f}   "
        f"difference {differences[-1]:.4f}"
    )

with checks.numbers("L2 as a Gaussian prior") as check:
    constant = -12 / N * np.log(np.sqrt(2 * np.pi) * sigma)  # W has 12 entries
    check.equal(differences, [constant] * 3, "differences")

# %% [markdown]
# ## 4. L1: few weights, the rest exactly zero
#
# **Goal.** Write the L1 penalty with a valid slope at the kink, and correct a claim that
# is often repeated.
#
# **Idea.** Charge each weight its absolute value: the price per unit is always the
# same.
#
# $$R(W) = \sum_{d,c} |W_{dc}|$$
#
# For $w \ne 0$ the slope of $|w|$ depends on the sign of $w$ but not on its size. At $w
# = 0$ there is no derivative. Every line through the kink with a slope in $[-1, 1]$
# never rises above the graph, and each such slope is a subgradient; use 0.
#
# **Exercise 3 (2 points).** Write the L1 penalty and a subgradient. The checks take any
# valid slope where a weight is zero.

# %% nbgrader={"grade": false, "grade_id": "l3_l1_penalty", "locked": false, "schema_version": 3, "solution": true, "task": false}
def l1_penalty(W: np.ndarray) -> tuple[float, np.ndarray]:
    """L1 penalty: the sum of the absolute values of all weights.

    Parameters
    ----------
    W : (D, C) float64
        Weights, without biases. Entries may be exactly zero.

    Returns
    -------
    R : float
        The penalty, not yet multiplied by the regularization strength.
    dW : (D, C) float64
        A subgradient of R with respect to W.
    """
    ### BEGIN SOLUTION
    R = np.sum(np.abs(W))
    dW = np.sign(W)
    return R, dW
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l3_l1_penalty_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
rng = np.random.default_rng(5)
with checks.exercise("l3_l1_penalty") as check:
    W = np.array([[1.0, -2.0], [-0.5, 3.0], [0.25, -0.25]])
    want = np.array([[1.0, -1.0], [-1.0, 1.0], [1.0, -1.0]])
    form = {"parts": ("R", "dW"), "shapes": {"dW": "(D, C)"}}
    check.call(l1_penalty, W, expect=(7.0, want), label="no zero in W", **form)
    small = W.astype(np.float32)
    check.call(l1_penalty, small, expect=(7.0, want), label="float32", **form)
    uneven, want = np.array([[1e6, 0.5], [-1e-6, -3.0]]), np.array([[1, 1], [-1, -1]])
    expect = (1000003.500001, want)
    check.call(l1_penalty, uneven, expect=expect, label="uneven weights", **form)
    one, want = np.array([[-2.0]]), np.array([[-1.0]])
    check.call(l1_penalty, one, expect=(2.0, want), label="one weight", **form)
    W = rng.standard_normal((5, 3))
    R, dW = check.call(l1_penalty, W, label="random W")
    check.gradient(lambda W: l1_penalty(W)[0], dW, W, name="dW")
    R, dW = check.call(l1_penalty, np.zeros((3, 2)), label="W = 0")
    check.equal(R, 0.0, "R at W = 0")
    check.true(np.shape(dW) == (3, 2), "dW at W = 0 does not have the shape of W")
    lost = np.sum(~np.isfinite(dW))
    check.equal(lost, 0, "entries of dW at W = 0 that are not finite")
    check.true(np.all(np.abs(dW) <= 1), "dW at W = 0 has an entry outside [-1, 1]")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_l1_penalty", globals())
### END HIDDEN TESTS

# %% [markdown]
# **The lecture's vectors again ([34:50](https://youtu.be/h7iBpEHGVNc?t=2090)).**
# Summaries of this lecture often say: "L1 prefers $[1, 0, 0, 0]$ over $[\frac14,
# \frac14, \frac14, \frac14]$". Check it with your function. Put your other answers
# about L1 to the test as well: what does it make of the pair on $x'$, where one input
# is worth more than the others?

# %%
# The third vector under L1. Your experiments go below.
print(f"w3: score {(x @ w3).item():.2f}, L1 penalty {l1_penalty(w3)[0]:.2f}")

# %% [markdown]
# Why does L1 reach zero and L2 not? Look at the slopes, drawn with your functions.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_demo_slopes", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
grid = np.linspace(-1.5, 1.5, 300)  # an even number of points: none is at the kink
fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.6))
for penalty, name, line in (
    (l2_penalty, "L2: $w^2$", plots.LINES[0]),
    (l1_penalty, "L1: $|w|$", plots.LINES[1]),
):
    values, slopes = zip(*(penalty(np.array([[w]])) for w in grid), strict=True)
    slopes = np.ravel(slopes)
    left.plot(grid, values, label=name, **line)
    for side in (grid < 0, grid > 0):
        right.plot(grid[side], slopes[side], label=name if side[0] else None, **line)
left.set(title="What does one weight cost?", xlabel="weight w", ylabel="penalty")
right.set(
    title="Which one keeps pulling on a small weight?",
    xlabel="weight w",
    ylabel="slope of the penalty",
)
left.legend()
right.legend()
plots.show(
    "Left: the parabola of L2 and the V of L1. Right: the slope of L2 is a line through "
    "zero, so its pull fades as the weight shrinks; the slope of L1 is -1 or +1 however "
    "small the weight is."
)

# %% [markdown]
# The pull of L2 fades as the weight approaches zero, so a weight that lowers the data
# loss even a little stays different from zero. The pull of L1 stays at $\lambda$
# however small the weight is. If the data loss pulls the other way with a slope smaller
# than $\lambda$, L1 wins at every point on the way, and the weight ends at exactly
# zero.

# %% [markdown]
# ## 5. Elastic net: some of each
#
# **Goal.** Combine the two penalties and see all three as shapes.
#
# **Idea.** Use L1 so that few weights are needed, and L2 so that inputs that carry the
# same information share the work.
#
# $$R(W) = \sum_{d,c} \left( \beta W_{dc}^2 + |W_{dc}| \right)$$
#
# $\beta$ multiplies only the squares; this is the lecture's form ([30:41](https://youtu.be/h7iBpEHGVNc?t=1841)). With
# $\beta = 0$ it is L1. Statistics packages often write it with two factors that add up
# to one; do not use their formula here.
#
# **Exercise 4 (2 points).** Write the elastic net and a subgradient.

# %% nbgrader={"grade": false, "grade_id": "l3_elastic_net", "locked": false, "schema_version": 3, "solution": true, "task": false}
def elastic_net(W: np.ndarray, beta: float) -> tuple[float, np.ndarray]:
    """Elastic net penalty: squares, weighted by beta, plus absolute values.

    Parameters
    ----------
    W : (D, C) float64
        Weights, without biases. Entries may be exactly zero.
    beta : float
        Weight of the squares, at least 0.

    Returns
    -------
    R : float
        The penalty, not yet multiplied by the regularization strength.
    dW : (D, C) float64
        A subgradient of R with respect to W.
    """
    ### BEGIN SOLUTION
    R = np.sum(beta * W**2 + np.abs(W))
    dW = 2 * beta * W + np.sign(W)
    return R, dW
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l3_elastic_net_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
rng = np.random.default_rng(6)
with checks.exercise("l3_elastic_net") as check:
    W = np.array([[1.0, -2.0], [-0.5, 3.0]])
    want = np.array([[2.0, -3.0], [-1.5, 4.0]])
    form = {"parts": ("R", "dW"), "shapes": {"dW": "(D, C)"}}
    check.call(elastic_net, W, 0.5, expect=(13.625, want), label="beta = 0.5", **form)
    W = np.array([[1.0, -2.0, 0.5], [-0.5, 3.0, 0.25]])
    want = np.array([[7.0, -13.0, 4.0], [-4.0, 19.0, 2.5]])
    expect = (7.25 + 3 * 14.5625, want)
    check.call(elastic_net, W, 3, expect=expect, label="beta = 3", **form)
    small = W.astype(np.float32)
    check.call(elastic_net, small, 3.0, expect=expect, label="float32", **form)
    expect = (7.25, np.sign(W))
    check.call(elastic_net, W, 0.0, expect=expect, label="beta = 0", **form)
    uneven = np.array([[1e6, 0.5], [-1e-6, -3.0]])
    R, dW = check.call(elastic_net, uneven, 2.0, label="uneven weights")
    expect = np.array([3.0, -13.0])
    check.equal(dW[:, 1], expect, "dW of 0.5 and -3, beside a weight of 1e6")
    W = rng.standard_normal((5, 3))
    R, dW = check.call(elastic_net, W, 2.0, label="random W, beta = 2")
    check.gradient(lambda W: elastic_net(W, 2.0)[0], dW, W, name="dW")
    R, dW = check.call(elastic_net, np.zeros((1, 3)), 2.0, label="W = 0")
    check.equal(R, 0.0, "R at W = 0")
    lost = np.sum(~np.isfinite(dW))
    check.equal(lost, 0, "entries of dW at W = 0 that are not finite")
    check.true(np.all(np.abs(dW) <= 1), "dW at W = 0 has an entry outside [-1, 1]")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_elastic_net", globals())
### END HIDDEN TESTS

# %% [markdown]
# **The shapes.** A penalty can also be read as a budget: minimise the data loss under
# the condition $R(w) \le t$. For every $\lambda$ there is a budget $t$ with the same
# solution. With two weights we can draw this. The closed curves are level sets of a
# data loss with its minimum at $w^* = (1.7, 0.45)$. The shaded shape is the budget, the
# set $R(w) \le t$, with $t$ chosen so that each shape passes through $(1, 0)$. Within
# the budget, the data loss is lowest where a growing level set first touches the shape.
# The shapes are computed with your three functions.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_demo_balls", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
w_best = np.array([1.7, 0.45])
curvature = np.array([[1.0, 0.2], [0.2, 0.7]])


def data_loss_2d(w: np.ndarray) -> np.ndarray:
    """Compute a bowl with its minimum at w_best: (..., 2) -> (...)."""
    return np.einsum("...i,ij,...j->...", w - w_best, curvature, w - w_best)


def budget_shape(penalty: Callable, budget: float, num_angles: int = 120) -> np.ndarray:
    """Find the points with penalty(w) = budget, one in each direction, by halving."""
    shape = []
    for angle in np.arange(num_angles) * 2 * np.pi / num_angles:
        direction = np.array([np.cos(angle), np.sin(angle)])
        low, high = 0.0, 2.0
        for _ in range(12):
            middle = (low + high) / 2
            R = penalty(middle * direction[:, None])[0]
            low, high = (middle, high) if R < budget else (low, middle)
        shape.append(low * direction)
    return np.array(shape)  # (num_angles, 2)


fig, axes = plt.subplots(1, 3, figsize=(9.6, 3.3), sharey=True)
first, second = np.meshgrid(np.linspace(-1.3, 2.9, 70), np.linspace(-1.3, 1.7, 50))
bowl = data_loss_2d(np.stack([first, second], axis=-1))
for ax, penalty, budget, name in (
    (axes[0], l1_penalty, 1.0, "L1: at its corner"),
    (axes[1], lambda w: elastic_net(w, 1.0), 2.0, "elastic net: near its corner"),
    (axes[2], l2_penalty, 1.0, "L2: both weights at work"),
):
    shape = budget_shape(penalty, budget)
    losses = data_loss_2d(shape)
    touch = shape[losses.argmin()]
    print(f"{name.split(':')[0]:11} touches at ({touch[0]:.2f}, {touch[1]:.2f})")
    fill, line = (plots.COLORS["sky"], 0.5), plots.COLORS["blue"]  # half transparent
    ax.fill(*shape.T, facecolor=fill, edgecolor=line, linewidth=1.5)
    levels = losses.min() * np.array([0.2, 1.0, 2.5, 5.0])
    widths = [1.0, 2.2, 1.0, 1.0]
    ax.contour(first, second, bowl, levels, colors="black", linewidths=widths)
    ax.plot(*w_best, "k+", markersize=9)
    ax.plot(*touch, "o", color=plots.COLORS["red"], markersize=8)
    ax.axhline(0, color="grey", linewidth=0.8)
    ax.axvline(0, color="grey", linewidth=0.8)
    ax.set(title=name, xlabel="first weight", aspect="equal")
    ax.grid(visible=False)
axes[0].set_ylabel("second weight")
fig.suptitle("Where does the data loss touch each budget? (red dot)", x=0.01, ha="left")
plots.show(
    "Three shapes with the level sets of one data loss. The diamond of L1 is touched at "
    "its corner (1, 0), where the second weight is zero. The rounder diamond of the "
    "elastic net is touched near its corner, with a small second weight. The circle "
    "of L2 is touched further up, with both weights at work."
)

# %% [markdown]
# The diamond of L1 has corners on the axes, where a weight is zero. From a whole range
# of directions a growing level set meets the corner first. The circle of L2 has no
# corners: it is touched on an axis only if the minimum lies exactly in the right
# direction. The elastic net still has a corner, but a blunter one; fewer directions
# lead to it.

# %%
# The third vector under the elastic net. Now settle `elastic_prefers`.
print(f"w3: elastic net with beta = 1: {elastic_net(w3, 1.0)[0]:.2f}")

# %% [markdown]
# **What I had wrong, and why** (for yourself, no points). *Replace this line: which
# answer did an experiment change, and what had you overlooked?*

# %% [markdown]
# ## 6. What happens to each weight as $\lambda$ grows
#
# **Goal.** Follow six weights from no penalty to a strong one, under L1 and L2.
#
# **Idea.** Forty examples have six features; the targets depend on the first three alone:
# $y = 2 x_1 - 1.2 x_2 + 0.6 x_3 + \text{noise}$. We minimise the mean squared error plus
# $\lambda R(w)$ for many $\lambda$.
#
# Plain gradient steps with the slope $\pm\lambda$ of L1 would jump back and forth
# across zero and never settle on it. The usual remedy, *proximal gradient descent*,
# splits each step in two: one half down the gradient of the data loss alone, then a
# half that handles the penalty exactly. With a step of size $\eta$ and $t = \eta
# \lambda$, the second half step replaces each weight $w$ by the $u$ that minimises
# $\frac12 (u - w)^2 + t\,R(u)$:
#
# - L1: move towards zero by $t$, but not beyond it (*soft threshold*);
# - L2: divide by $1 + 2t$; the weight becomes smaller, but not zero.

# %%
# A weight of 0.3 and t = 0.5: what does it become under L1, and under L2?
two_weights = None  # a list of two numbers
checks.question(
    "half steps", two_weights, "7bfa34ee8ce8",
    hint="L1 moves it by t, but not beyond zero; L2 divides it.",
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l3_reg_given_proximal", "locked": true, "schema_version": 3, "solution": false, "task": false}
def soft_threshold(w: np.ndarray, t: float | np.ndarray) -> np.ndarray:
    """Move each weight towards zero by t; what is nearer than t becomes zero."""
    return np.sign(w) * np.maximum(np.abs(w) - t, 0.0) + 0.0  # no -0.0


def shrink(w: np.ndarray, t: float | np.ndarray) -> np.ndarray:
    """Make each weight smaller by the factor 1 / (1 + 2 t)."""
    return w / (1 + 2 * t)


def weights_for(
    X: np.ndarray,
    y: np.ndarray,
    regs: np.ndarray,
    half_step: Callable,
    num_steps: int = 200,
) -> np.ndarray:
    """Minimise mean((X w - y)**2) + reg * R(w) by pairs of half steps, for each reg.

    X (N, D), y (N,), regs (L,); `half_step` is soft_threshold for L1, shrink for L2.
    Returns (L, D), the weights for one reg in each row.
    """
    N, D = X.shape
    step = 1 / (2 * np.linalg.eigvalsh(X.T @ X / N).max())
    t = step * regs[:, None]  # (L, 1)
    w = np.zeros((len(regs), D))
    for _ in range(num_steps):
        slope = 2 * (w @ X.T - y) @ X / N  # (L, D)
        w = half_step(w - step * slope, t)
    return w


# %% nbgrader={"grade": false, "grade_id": "l3_reg_demo_paths", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
rng = np.random.default_rng(7)
X_six = rng.standard_normal((40, 6))
w_true = np.array([2.0, -1.2, 0.6, 0.0, 0.0, 0.0])
y_six = X_six @ w_true + 0.5 * rng.standard_normal(40)

strengths = np.logspace(-2, 1.5, 36)
fig, axes = plt.subplots(1, 2, figsize=(9.4, 3.8), sharey=True)
for ax, half_step, name in (
    (axes[0], soft_threshold, "L1"),
    (axes[1], shrink, "L2"),
):
    path = weights_for(X_six, y_six, strengths, half_step)  # (36, 6)
    for d in range(6):
        used = d < 3
        ax.semilogx(
            strengths,
            path[:, d],
            label=f"weight {d + 1}" if used else ("weights 4 to 6" if d == 3 else None),
            **(plots.LINES[d] if used else plots.LINES[3] | {"linewidth": 1.2}),
        )
    ax.set(title=name, xlabel="λ (log scale)")
    plots.powers_of_ten(ax.xaxis)
    two = np.array([0.3, 2.5])
    for reg, w in zip(two, weights_for(X_six, y_six, two, half_step), strict=True):
        shown = " ".join(f"{value:6.2f}" for value in w)
        print(f"{name}, lambda = {reg:4.1f}: {shown}   exact zeros: {np.sum(w == 0)}")
    lengths = np.linalg.norm(path, axis=1)
    sizes = np.abs(path)
    grew = [d + 1 for d in range(6) if sizes[:, d].max() > sizes[0, d] + 0.01]
    print(f"{name}: length of w at λ = 0.01 {lengths[0]:.2f}, at the end {lengths[-1]:.2f}")
    print(f"{name}: does the length ever grow? {np.any(np.diff(lengths) > 1e-9)}")
    print(f"{name}: weights that are larger for some λ than at λ = 0.01: {grew}\n")
axes[0].set_ylabel("weight")
axes[0].legend(fontsize=9)
fig.suptitle("Which weights survive as λ grows?", x=0.01, ha="left")
plots.show(
    "Six weights against lambda. Under L1 they reach exactly zero one after the other, "
    "the three useless ones first and weight 1 last. Under L2 the two largest weights "
    "shrink steadily, the others grow a little or change sign before they shrink, and "
    "none of those drawn is exactly zero."
)

# %% [markdown]
# Under L1 the weights drop out one by one, the useless ones first: L1 chooses features.
# Under L2 it is the length of the whole weight vector that shrinks. A single weight
# need not: while the large ones are pulled down, a small one may take over part of
# their work and grow, or change its sign on the way. But none drops out. Note the price
# at $\lambda = 2.5$: the useful weights are pulled down as well, and L1 has dropped the
# third, which is useful.
#
# **Question.** The first feature is a length, and somebody enters it in millimetres
# instead of metres. What happens to its weight, and to the penalty on it?
#
# <details><summary>Answer</summary>
#
# For the same output the weight becomes a thousandth of what it was, its L1 penalty a
# thousandth and its L2 penalty a millionth: in effect, the feature is no longer
# regularized. A penalty compares weights with each other, so the features must have
# comparable units. Pixels do; other features are usually divided by their standard
# deviation first.
# </details>

# %% [markdown]
# ## 7. Max-norm: a limit instead of a price
#
# **Goal.** Put a ceiling on the length of each column of `W`.
#
# **Idea.** The lecture names one more method ([30:41](https://youtu.be/h7iBpEHGVNc?t=1841)). *Max-norm* adds nothing to the
# loss. After each step it looks at the weight vector of each class $j$, the column
# $w_j$ of `W`. If its length $\lVert w_j \rVert = \sqrt{\sum_d W_{dj}^2}$ is above the
# limit, `c` in the code, the column is scaled back to length `c`; its direction stays
# the same. Columns within the limit stay as they are. Dropout and batch normalisation,
# which come later in the course, regularize as well, by noise instead of by a term in
# the loss.
#
# **Exercise 5 (2 points).** Write this step for a whole matrix.

# %% nbgrader={"grade": false, "grade_id": "l3_max_norm", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_norm(W: np.ndarray, c: float) -> np.ndarray:
    """Limit the Euclidean norm of every column of W to c.

    Parameters
    ----------
    W : (D, C) float64
        Weights, one column per class. A column may be all zeros.
    c : float
        The limit, above 0.

    Returns
    -------
    (D, C) float64
        A new array. Columns longer than c have norm c and their old direction; the
        others are as they were.
    """
    ### BEGIN SOLUTION
    norms = np.sqrt(np.sum(W**2, axis=0))  # (C,)
    factors = np.ones(len(norms))
    long = norms > c
    factors[long] = c / norms[long]
    return W * factors
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l3_max_norm_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_max_norm") as check:
    W = np.array([[3.0, 0.3, 0.0], [-4.0, -0.4, 0.0]])  # columns of norm 5, 0.5 and 0
    want = np.array([[1.5, 0.3, 0.0], [-2.0, -0.4, 0.0]])
    check.call(max_norm, W, 2.5, expect=want, label="c = 2.5", shapes="(D, C)")
    check.call(max_norm, W, 5.0, expect=W, label="c = 5", shapes="(D, C)")
    check.call(
        max_norm,
        np.array([[1.0, 2.0], [2.0, 0.0], [2.0, 0.0], [0.0, 0.0]]),
        1.5,
        expect=np.array([[0.5, 1.5], [1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]),
        label="columns of norm 3 and 2, c = 1.5",
        shapes="(D, C)",
    )
    row, want = np.array([[-2.0, 0.5, 3e6]]), np.array([[-1.0, 0.5, 1.0]])
    check.call(max_norm, row, 1.0, expect=want, label="one row", shapes="(D, C)")
    single, want = np.array([[6.0], [-8.0]], np.float32), np.array([[3.0], [-4.0]])
    check.call(max_norm, single, 5, expect=want, label="float32", rtol=1e-5)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_max_norm", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l3_reg_demo_max_norm", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
W = np.array([[2.2, 0.5, -1.0, -0.6], [1.0, 0.6, 1.5, -0.5]])
limited = max_norm(W, 1.0)
fig, axes = plt.subplots(1, 2, figsize=(7.6, 3.6), sharex=True, sharey=True)
circle = np.linspace(0, 2 * np.pi, 200)
for ax, columns, name in ((axes[0], W, "before"), (axes[1], limited, "after")):
    ax.plot(np.cos(circle), np.sin(circle), color="grey", linestyle="--")
    for k, (column, color) in enumerate(
        zip(columns.T, ("blue", "orange", "green", "red"), strict=True)
    ):
        ax.annotate(
            "",
            column,
            (0, 0),
            arrowprops={
                "arrowstyle": "-|>",
                "color": plots.COLORS[color],
                "lw": 2.4,
                "shrinkA": 0,
                "shrinkB": 0,
            },
        )
        beside = column * (1 + 0.18 / np.linalg.norm(column))
        ax.text(*beside, f"{k}", ha="center", va="center")
    ax.set(title=name, xlabel="first weight", aspect="equal")
    ax.set(xlim=(-1.5, 2.6), ylim=(-1.2, 1.9))
    lengths = ", ".join(f"{v:.2f}" for v in np.linalg.norm(columns, axis=0))
    print(f"{name}: columns of length {lengths}")
axes[0].set_ylabel("second weight")
fig.suptitle("Which columns does max-norm with c = 1 change?", x=0.01, ha="left")
plots.show(
    "Four columns of W as arrows, with a circle of radius 1. Columns 0 and 2 reach "
    "beyond the circle and are cut back to it in the same direction; columns 1 and 3 lie "
    "inside and stay."
)

# %% [markdown]
# ## 8. The cure, and what it leaves alone
#
# **Goal.** Tame the wiggly curve with L2, and see what a penalty does not do.
#
# **Idea.** Back to the twelve points and degree 11, now with $\lambda > 0$.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_demo_cure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(9.6, 3.4), sharey=True)
print("lambda  training error  validation error  L2 penalty  largest weight")
for ax, reg, says in zip(
    axes, (0.0, 0.001, 1.0), ("too free", "about right", "too stiff"), strict=True
):
    w, b = fit_polynomial(x_train, y_train, 11, reg)
    errors = [mean_squared_error(x_train, y_train, w, b)]
    errors.append(mean_squared_error(x_val, y_val, w, b))
    R, dR = l2_penalty(w[:, None])
    print(
        f"{reg:6.3f}{errors[0]:16.3f}{errors[1]:18.3f}{R:12.2g}{np.abs(w).max():16.1f}"
    )
    # At the minimum the slopes of data loss and penalty cancel.
    residual = polynomial(x_train, w, b) - y_train
    data_slope = 2 * powers(x_train, 11).T @ residual / len(x_train)
    assert np.allclose(data_slope + reg * dR[:, 0], 0, atol=1e-6)
    ax.plot(x_line, true_curve(x_line), label="true curve", **plots.LINES[2])
    ax.plot(x_line, polynomial(x_line, w, b), label="fit", **plots.LINES[0])
    ax.plot(x_train, y_train, "o", color="black", label="training points")
    ax.set(title=f"λ = {reg:g}: {says}", xlabel="x", ylim=(-3, 3))
axes[0].set_ylabel("y")
axes[2].legend(loc="lower right", fontsize=9)
fig.suptitle("How strong must the penalty on degree 11 be?", x=0.01, ha="left")
plots.show(
    "Degree 11 with three strengths. Without a penalty the curve swings away between the "
    "points; with lambda 0.001 it follows the true curve; with lambda 1 it is almost "
    "flat."
)

# %% [markdown]
# With $\lambda = 0.001$ the polynomial of degree 11 does about as well on the
# validation points as degree 3 did, although nobody told it that degree 3 was enough.
# The training error went **up**, from zero to a little more; that is the price, and it
# is what we wanted.
#
# **Does regularization leave the hypothesis class?
# ([35:52](https://youtu.be/h7iBpEHGVNc?t=2152))** Cutting the degree to 3 does leave
# it. (A hard limit such as max-norm also rules weights out.) And a penalty? The next
# cell fits targets that are a hundred times as large with the same $\lambda$. Decide
# from its numbers, and look at your prediction again.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_class", "locked": true, "schema_version": 3, "solution": false, "task": false}
w, _ = fit_polynomial(x_train, y_train, 11, reg=0.001)
w_loud, _ = fit_polynomial(x_train, 100 * y_train, 11, reg=0.001)
print(f"largest weight {np.abs(w).max():.2f}")
print(f"largest weight for targets 100 times as large {np.abs(w_loud).max():.0f}")

with checks.numbers("louder data") as check:
    check.equal(w_loud, 100 * w, "weights")

# %% [markdown]
# ### What the bias does, and why it is not penalised
#
# A weight says how strongly the output follows an input; a bias follows no input. It
# moves the whole curve up or down and cannot make it wiggle, so a large bias is no sign
# of overfitting. A price on it only does harm: the answer then depends on where the
# zero of $y$ happens to be. Add 5 to every target; a sensible fit should move up by 5
# and otherwise stay the same.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_demo_bias", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
def fit_with_priced_bias(
    x: np.ndarray, y: np.ndarray, degree: int, reg: float
) -> tuple[np.ndarray, float]:
    """Fit as above, but with the bias as one more weight that is penalised too."""
    features = np.hstack([powers(x, degree), np.ones((len(x), 1))])
    rows = np.vstack([features, np.sqrt(len(x) * reg) * np.eye(degree + 1)])
    targets = np.concatenate([y, np.zeros(degree + 1)])
    w = np.linalg.lstsq(rows, targets, rcond=None)[0]
    return w[:-1], w[-1]


reg, shift = 0.1, 5.0
fig, ax = plt.subplots(figsize=(6.8, 3.8))
ax.plot(x_train, y_train + shift, "o", color="black", label="points, moved up by 5")
for fit, name, line in (
    (fit_polynomial, "bias not penalised", plots.LINES[0]),
    (fit_with_priced_bias, "bias penalised", plots.LINES[1]),
):
    w, b = fit(x_train, y_train + shift, 11, reg)
    w_before, b_before = fit(x_train, y_train, 11, reg)
    moved = polynomial(x_line, w, b) - polynomial(x_line, w_before, b_before)
    error = np.mean(polynomial(x_train, w, b) - y_train - shift)
    print(
        f"{name}: moved up by {moved.min():.2f} to {moved.max():.2f}, "
        f"mean error at the points {round(error, 2) + 0.0:.2f}"
    )
    ax.plot(x_line, polynomial(x_line, w, b), label=name, **line)
    if fit is fit_polynomial:
        assert np.allclose(moved, shift)
ax.set(
    xlabel="x",
    ylabel="y",
    title=r"What does a price on the bias do? ($\lambda = 0.1$, degree 11)",
)
ax.legend(loc="upper left")
plots.show(
    "The twelve points moved up by 5. The fit with a free bias passes through their "
    "middle; the fit with a penalised bias sags below most of them and bends to "
    "make up for it."
)

# %% [markdown]
# **In PyTorch** the L2 penalty is the argument `weight_decay` of an optimizer. It adds
# `weight_decay * w` to the gradient, so it is **twice** our `reg`. Where PyTorch is
# installed, the next cell takes one step along the penalty alone.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_pytorch", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "nbval-ignore-output"]
W = np.array([[1.0, -2.0], [0.5, 0.25]])
step_by_hand = W - 0.1 * 0.3 * l2_penalty(W)[1]  # learning rate 0.1, reg 0.3
if importlib.util.find_spec("torch") is None:
    print("PyTorch is not installed here, and nothing in this course needs it.")
else:
    import torch

    weights = torch.nn.Parameter(torch.tensor(W))
    optimizer = torch.optim.SGD([weights], lr=0.1, weight_decay=2 * 0.3)
    weights.grad = torch.zeros_like(weights)
    optimizer.step()
    with checks.numbers("PyTorch") as check:
        check.equal(weights.detach().numpy(), step_by_hand, "W after one step")

# %% [markdown]
# Notebook 01 penalises the whole of `W`, the row of biases that the bias trick appends
# included, because that keeps the code short. On centred data with small biases the
# difference is slight; in networks, where biases are arrays of their own, they are left
# out of `R`.

# %% [markdown]
# ## 9. Choosing $\lambda$
#
# **Goal.** Choose the strength with data that the fit has not seen.
#
# **Idea.** The training loss cannot choose $\lambda$: the data loss on the training set
# is never lower than at $\lambda = 0$, where nothing else counts. So train once for
# each candidate, on the training data alone, and compare the accuracies on the
# validation data. The test data wait until everything is decided, and are then used
# once.
#
# **Exercise 6 (4 points).** Write this selection for any classifier. The argument
# `train` is a function: `train(X, y, reg)` trains on these examples with this strength
# and returns another function, which maps an array of examples `(N, D)` to their
# predicted labels `(N,)`.

# %% nbgrader={"grade": false, "grade_id": "l3_select_reg", "locked": false, "schema_version": 3, "solution": true, "task": false}
def select_reg(
    train: Callable,
    X_train: np.ndarray,
    y_train: np.ndarray,
    X_val: np.ndarray,
    y_val: np.ndarray,
    regs: Sequence[float],
) -> tuple[float, list[float]]:
    """Choose the regularization strength by validation accuracy.

    Parameters
    ----------
    train : callable
        ``train(X, y, reg)`` returns a function from examples (N, D) to labels (N,).
    X_train : (N, D) float64
    y_train : (N,) int
    X_val : (M, D) float64
    y_val : (M,) int
    regs : sequence of float
        The candidates, in any order.

    Returns
    -------
    best_reg : float
        The candidate with the highest validation accuracy; the first of equals.
    val_accuracies : list of float
        The validation accuracy, from 0 to 1, of each candidate, in the order of `regs`.
    """
    ### BEGIN SOLUTION
    val_accuracies = []
    for reg in regs:
        classify = train(X_train, y_train, reg)
        val_accuracies.append(float(np.mean(classify(X_val) == y_val)))
    best_reg = regs[int(np.argmax(val_accuracies))]
    return best_reg, val_accuracies
    ### END SOLUTION


# %% [markdown]
# The visible check uses a classifier so small that you can follow it by hand: it
# answers 1 where $x$ is above the mean of its training examples plus `reg`, and 0
# elsewhere. Four of its seven candidates get everything right. Then come labels that no
# candidate can get right, and candidates and labels of other types.

# %% nbgrader={"grade": true, "grade_id": "l3_select_reg_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def train_threshold(X: np.ndarray, y: np.ndarray, reg: float) -> Callable:
    """Return a function that answers 1 where x is above the training mean plus reg."""
    threshold = X.mean() + reg
    return lambda X: (X[:, 0] > threshold).astype(int)


with checks.exercise("l3_select_reg") as check:
    parts = ("best_reg", "val_accuracies")
    X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])
    X_val, y_val = np.array([[1.6], [1.7], [2.0], [2.4]]), np.array([0, 0, 1, 1])
    split = (train_threshold, X, y, X_val, y_val)
    regs = [1.5, 0.0, 0.3, 1.0, 0.25, 0.35, 0.28, 2.0]
    expect = (0.3, [0.5, 0.5, 1.0, 0.5, 1.0, 1.0, 1.0, 0.5])
    check.call(select_reg, *split, regs, expect=expect, label="threshold", parts=parts)
    split = (train_threshold, X, y, X_val[1:], y_val[1:] + 5)
    expect = (0.3, [0.0, 0.0])
    label = "nothing right"
    check.call(select_reg, *split, [0.3, 0.0], expect=expect, label=label, parts=parts)
    y, y_val = y.astype(np.uint8), y_val.astype(np.uint8)
    split = (train_threshold, np.float32(X), y, np.float32(X_val[:1]), y_val[:1])
    expect = (0.25, [0.0, 1.0, 1.0])
    for regs in ((0.0, 0.25, 0.3), np.array([0.0, 0.25, 0.3])):
        label = "float32, uint8 labels, one example"
        check.call(select_reg, *split, regs, expect=expect, label=label, parts=parts)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_select_reg", globals())
### END HIDDEN TESTS

# %% [markdown]
# **The validation curve.** Now on images: the handwritten digits, 64 pixels, ten
# classes, and only 60 training examples, so that overfitting is easy. The linear
# classifier below is trained by least squares on targets that are 1 for the true class
# and 0 for the others, plus $\lambda$ times the L2 penalty on the weights. Like the
# polynomial it has an exact solution, so the curve shows the effect of $\lambda$ alone.
#
# **With CIFAR-10.** As in notebook 01, set `CS231N_DATASET` to `cifar10-small` before
# Jupyter starts, and the next cells use 1,000 of its training images. When we measured
# it, the validation accuracy was 18% at the left end and 33% at the best strength,
# 0.3. The cell then takes about a minute. The text describes the digits.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_demo_validation", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
def least_squares_weights(
    X: np.ndarray, y: np.ndarray, reg: float, num_classes: int = 10
) -> tuple[np.ndarray, np.ndarray]:
    """Minimise the mean squared error plus reg * sum(W * W): W (D, C), b (C,)."""
    targets = np.eye(num_classes)[y]  # (N, C)
    centre, level = X.mean(axis=0), targets.mean(axis=0)
    inputs = X - centre
    N, D = inputs.shape
    W = np.linalg.solve(
        inputs.T @ inputs / N + reg * np.eye(D), inputs.T @ (targets - level) / N
    )
    return W, level - centre @ W


def train_least_squares(X: np.ndarray, y: np.ndarray, reg: float) -> Callable:
    """Train, and return a function from examples to labels."""
    W, b = least_squares_weights(X, y, reg)
    return lambda X: (X @ W + b).argmax(axis=1)


data = load_images(num_train=1000)  # the digits, unless CIFAR-10 was asked for
few = 60 if data.name == "digits" else 1000
X_few, y_few = data.X_train[:few], data.y_train[:few]
regs = list(np.logspace(-6, 2, 17))
best_reg, val_accuracies = select_reg(
    train_least_squares, X_few, y_few, data.X_val, data.y_val, regs
)
# The same function with the training set in both places gives the other curve.
_, train_accuracies = select_reg(train_least_squares, X_few, y_few, X_few, y_few, regs)
fig, ax = plt.subplots(figsize=(7.0, 3.9))
ax.semilogx(regs, train_accuracies, label=f"training ({few} images)", **plots.LINES[1])
num_val = len(data.y_val)
ax.semilogx(
    regs, val_accuracies, label=f"validation ({num_val} images)", **plots.LINES[0]
)
plots.powers_of_ten(ax.xaxis)
ax.axvline(best_reg, color=plots.COLORS["red"], linewidth=1.2, linestyle=":")
ax.text(best_reg * 1.2, 0.03, f"chosen: {best_reg:.2g}")
ax.text(2e-6, 0.55, "overfitting")
ax.text(6.0, 0.5, "underfitting")
ax.set(
    xlabel="regularization strength λ (log scale)",
    ylabel="accuracy",
    ylim=(0, 1.08),
    title=f"Which strength is right for {few} images?",
)
ax.legend(loc="lower left", bbox_to_anchor=(0.0, 0.08))
if data.name == "digits":
    plots.show(
        "Accuracy against lambda. Training accuracy is 1 for small lambda and falls for "
        "large; validation accuracy starts near 0.4, has its maximum of nearly 0.8 at 0.1, "
        "and falls to little more than chance where the penalty drowns the data."
    )
else:
    plots.show(
        "Accuracy against lambda. Training accuracy falls as lambda grows; validation "
        "accuracy rises to its maximum and falls again."
    )

_, (test_accuracy,) = select_reg(
    train_least_squares, X_few, y_few, data.X_test, data.y_test, [best_reg]
)
print(f"smallest lambda {regs[0]:.0e}: validation {val_accuracies[0]:.2f}")
print(
    f"chosen lambda {best_reg:.1g}: validation {max(val_accuracies):.2f}, "
    f"test {test_accuracy:.2f}"
)

# %% [markdown]
# On the left the classifier has memorised its 60 images and is wrong on most others;
# on the right it hardly looks at the images. The training accuracy falls, while the
# validation accuracy rises and then falls again. Choosing by training accuracy would
# have picked the left end.
#
# **Question.** Is the validation accuracy of the chosen strength a fair estimate of the
# accuracy on new images?
#
# <details><summary>Answer</summary>
#
# It is a little too good: it is the best of 17 numbers, and part of what makes it the
# best is luck with these 297 images. The test images took no part in the choice, so the
# accuracy on them is fair, as long as nobody goes back and chooses again.
# </details>
#
# **Go on (no points).** How does the best strength move with the number of training
# images? Predict a direction, then try some numbers. Does the prior of section 3 explain
# what you find?

# %%
num_images = None  # for example 20, 60, 200 or 1000
if num_images is not None:
    some = data.X_train[:num_images], data.y_train[:num_images]
    best, shares = select_reg(train_least_squares, *some, data.X_val, data.y_val, regs)
    print(f"{num_images} images: best strength {best:.1g}, validation {max(shares):.2f}")

# %% [markdown]
# What the penalty does can be seen in the templates, the columns of `W` as pictures.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_demo_templates", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
for reg, says in ((regs[0], "almost no penalty"), (best_reg, "the chosen strength")):
    W, _ = least_squares_weights(X_few, y_few, reg)
    plots.templates(
        W,
        data.image_shape,
        data.class_names,
        title=f"What has each class learned with {says}? (λ = {reg:.1g})",
    )
    print(f"lambda = {reg:.1g}: L2 penalty {l2_penalty(W)[0]:.2g}")
if data.name == "digits":
    plots.show(
        "Templates of the ten digits, twice. With almost no penalty a few pixels carry "
        "large weights of both signs, mostly at the rim; at the chosen strength the weights "
        "are spread and neighbouring pixels form strokes."
    )
else:
    plots.show("One template per class, as a colour picture, twice: noise, then blurs.")

# %% [markdown]
# ## 10. Strength or size?
#
# A model can be made simpler in two ways: give it fewer features (a lower degree; later,
# fewer neurons), or keep it large and raise $\lambda$.

# %% [markdown] nbgrader={"grade": true, "grade_id": "l3_regularization_question", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# **Exercise 7 (2 points, graded by hand).** A friend's model overfits. The friend wants
# to cure it by using fewer features (or fewer neurons). You advise keeping the model
# and regularizing more strongly. Give one reason that concerns which functions the
# model can still represent, and one that concerns how the right amount is found; and
# name a case in which the friend is right all the same. Four to six sentences.
#
# ### BEGIN SOLUTION
# Fewer features take functions away for good: a polynomial of degree 3 has at most two
# turning points, whatever the data say. Regularization keeps the whole class and only
# states a preference; with more data, or data that call for it, the complex function is
# still within reach (section 8), since with more data the prior counts less (section
# 3). The strength is one continuous number that can be tuned finely on validation data,
# while the number of features or neurons is a coarse, discrete choice, and one has to
# know which ones to drop; in networks small ones are also harder to train well than
# large regularized ones. The friend is right where the size itself is the trouble: time
# and memory, features that cost money to measure, features known to be useless or
# misleading, or a wish for a model that people can read (L1 then does the choosing).
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - say why a training loss of zero does not prove quality, and show it;
# - write L2, L1 and elastic net with their gradients, and say which weights each prefers
#   and why;
# - derive L2 from a Gaussian prior and say how $\lambda$ depends on $\sigma$ and $N$;
# - limit the norm of columns; say why biases are not penalised;
# - choose $\lambda$ on validation data and read a validation curve.
#
# ## On your own
#
# - Draw the validation curve again with 20, 200 and 1,000 training images. Where does the
#   best $\lambda$ move, and does the prior explain the direction?
# - Replace `fit_polynomial` by one with L1, through `weights_for`. Which powers survive?
# - Write the half step for the elastic net and draw its paths.
# - Use `l2_penalty` in your SVM of notebook 01 and look at its templates for several
#   `reg`.
#
# ## Further reading
#
# - CS231n notes, *Linear classification* (regularization) and *Neural networks 2*
#   (L2, L1, max-norm, dropout).
# - CS231n notes, *Neural networks 1*, "Setting number of layers and their sizes": why
#   you should not regularize by using fewer neurons.
# - T. Hastie, R. Tibshirani, J. Friedman, *The Elements of Statistical Learning*, chapter
#   3.4: ridge, lasso and their pictures.

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l3_reg_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
