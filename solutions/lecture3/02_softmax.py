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
# # Softmax and the cross-entropy loss
#
# CS231n, lecture 3 (2017 recording), [38:55](https://youtu.be/h7iBpEHGVNc?t=2335) to [50:13](https://youtu.be/h7iBpEHGVNc?t=3013). About two to three hours.
#
# The SVM loss asks only whether the true class is far enough ahead. This notebook reads
# the same scores as probabilities of the classes, and builds the loss that follows from
# that reading.
#
# **What you'll do**
#
# - Turn scores into probabilities, see the formula overflow, and fix it.
# - Compute the cross-entropy loss of one image by hand and in code.
# - Commit to answers for the lecture's questions, then settle them by experiments with
#   your own code.
# - Derive the gradient, write it with loops and with whole arrays, and check it
#   numerically.
# - Write the training, search for the best settings on handwritten digits, and compare
#   the result with the SVM.
#
# **What you'll learn**
#
# - Why adding the same number to all scores changes nothing, and how that prevents an
#   overflow.
# - How to tell from its first value whether a loss can be right.
# - Why the gradient is "probability minus one" at the true class.
# - Where the SVM loss and the softmax loss part ways.
#
# **What you'll need**
#
# - Notebook 01 of this lecture: scores, margins, loss and gradient.
# - The exponential function, the natural logarithm and their derivatives.
# - The [notes on linear classification](https://cs231n.github.io/linear-classify/#softmax)
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
# | `y` | `(N,)` int | the true class of each example, 0 to C - 1 |
# | `W` | `(D, C)` float64 | weights, one column per class |
# | `scores = X @ W` | `(N, C)` | row i holds the scores of example i |
# | `probs` | `(N, C)` | row i holds the probabilities of example i |
# | `dW` | `(D, C)` | gradient of the final loss with respect to `W`, same shape as `W` |
# | `reg` | number | strength of regularization, $\lambda$ in formulas |
#
# `log` and $\ln$ are the **natural** logarithm, as in `np.log`; the loss is measured in
# nats. The loss is the mean over the N examples plus `reg * np.sum(W * W)`; its gradient
# holds `2 * reg * W`, without a factor 1/2. With the bias trick of notebook 01 the last
# row of `W` holds the biases and is counted like the others. Functions never change
# their inputs.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import importlib.util
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np

from cs231n_lib import checks, plots, sliders
from cs231n_lib.data import load_images
from cs231n_lib.data.digits_svm import load_digits_svm
from cs231n_lib.gradient_check import check_gradient, forward_gradient

plots.use_style()

# %% [markdown]
# **To begin with**, a question on notebook 01: the cat image has the scores 3.2 (cat),
# 5.1 (car) and -1.7 (frog). What is its SVM loss, with the margin 1?

# %%
svm_loss_of_the_cat = None  # a number
checks.question(
    "SVM loss of the cat", svm_loss_of_the_cat, "a2d9de813f9d",
    hint="Two terms, the larger of 0 and s_j - s_cat + 1 for car and frog.",
)  # fmt: skip

# %% [markdown]
# ## 1. From scores to probabilities
#
# **Goal.** Turn the three scores of the cat image into three probabilities.
#
# **Idea.** Scores may be negative, and they can add up to anything. Two steps turn
# them into probabilities ([38:55](https://youtu.be/h7iBpEHGVNc?t=2335)): $e^s$ makes every number positive and keeps the
# order; dividing by the sum makes them add up to 1.
#
# $$ p_k = \frac{e^{s_k}}{\sum_{j} e^{s_j}} $$
#
# Here $s_k$ is the score of class $k$, $p_k$ its probability, and the sum runs over
# all C classes. The function that maps the C scores to the C probabilities is called
# **softmax**. We call $e^{s_k}$ the unnormalised probability of class $k$.
#
# **The lecture's example.** The cat image has the scores 3.2 (cat), 5.1 (car) and -1.7
# (frog).

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_cat", "locked": true, "schema_version": 3, "solution": false, "task": false}
class_names = ["cat", "car", "frog"]
cat_scores = np.array([3.2, 5.1, -1.7])  # (C,)
unnormalised = np.exp(cat_scores)
total = unnormalised.sum()
cat_probs = unnormalised / total
print("class   score     e^score   probability")
for row in zip(class_names, cat_scores, unnormalised, cat_probs, strict=True):
    print("{:5} {:7.1f} {:11.4f} {:13.5f}".format(*row))
print(f"sum {cat_scores.sum():9.1f} {total:11.4f} {cat_probs.sum():13.5f}")

with checks.numbers("the cat image") as check:
    four, five = {"atol": 5e-5}, {"atol": 5e-6}
    check.equal(unnormalised, np.array([24.5325, 164.0219, 0.18268]), "e^s", **four)
    check.equal(total, 188.7371, "sum", **four)
    check.equal(cat_probs, np.array([0.12998, 0.86905, 0.00097]), "p", **five)

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_steps_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(9.6, 3.0))
for ax, values, what, fmt in zip(
    axes,
    [cat_scores, unnormalised, cat_probs],
    ["score $s$", "$e^s$", "probability $p$"],
    ["{:.1f}", "{:.2f}", "{:.2f}"],
    strict=True,
):
    plots.bars(values, class_names, highlight=0, fmt=fmt, ylabel=what, ax=ax)
fig.suptitle(
    "What do the two steps do to the scores of the cat image?",
    x=0.01,
    ha="left",
    fontsize=12,
)
plots.show(
    "Three bar charts of cat, car and frog; the true class, cat, is hatched. Scores: "
    "3.2, 5.1, -1.7. After the exponential: 24.53, 164.02, 0.18. After the division by "
    "their sum: 0.13, 0.87, 0.00."
)

# %% [markdown]
# The slides round: 24.5, 164.0 and 0.18, then 0.13, 0.87 and 0.00. The frog's
# probability is not zero, only small. It can never be zero, because $e^s$ is
# positive.
#
# You will sometimes read that softmax *is* the exponential. It is not: 164.02 is not
# a probability. The exponential is the first step; softmax is that step **and** the
# division.
#
# The car leads the cat by 1.9 points. How many times as probable is it, to one decimal?

# %%
ratio = None  # a number
checks.question(
    "car against cat", ratio, "70e4e50d16c2", decimals=1,
    hint="Write both probabilities as fractions: what cancels?",
)  # fmt: skip

# %% [markdown]
# Only differences of scores count. Up to a number that is the same for all classes, a
# score is the logarithm of a probability.

# %% [markdown]
# ## 2. When the exponential overflows
#
# **Goal.** Compute softmax for scores of any size.
#
# **Idea.** The largest float64 is about $1.8 \cdot 10^{308}$. On a computer $e^s$ is
# therefore infinite from $s \approx 709.8$ on, and infinity divided by infinity is
# `nan`. The notes show it with the scores 123, 456 and 789:

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_overflow", "locked": true, "schema_version": 3, "solution": false, "task": false}
large = np.array([123.0, 456.0, 789.0])
with np.errstate(over="ignore", invalid="ignore"):
    unnormalised = np.exp(large)
    broken = unnormalised / unnormalised.sum()
print("e^score    ", "  ".join(f"{value:.3g}" for value in unnormalised))
print("probability", "  ".join(f"{value:.3g}" for value in broken))
print(f"e^s fits into float64 up to s = {np.log(np.finfo(float).max):.2f}")

# %% [markdown]
# **The cure.** Multiply numerator and denominator by the same number $e^{-m}$:
#
# $$ \frac{e^{s_k}}{\sum_j e^{s_j}} = \frac{e^{-m}\, e^{s_k}}{e^{-m} \sum_j e^{s_j}}
# = \frac{e^{s_k - m}}{\sum_j e^{s_j - m}} $$
#
# So, on paper, subtracting a number $m$ from **all** scores of an example does not
# change the probabilities. On a computer it pays to choose $m$ well: if $m$ is the
# highest score of the example, the largest exponent is 0, and nothing can overflow.
# 123, 456 and 789 become -666, -333 and 0. A very negative exponent does no harm:
# $e^{-666}$ is a tiny number, $e^{-1000}$ becomes 0, and the sum is still at least 1.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_shift", "locked": true, "schema_version": 3, "solution": false, "task": false}
shifted = np.array([123.0 - 789.0, 456.0 - 789.0, 789.0 - 789.0])
print("shifted    ", "  ".join(f"{value:.0f}" for value in shifted))
print("e^shifted  ", "  ".join(f"{value:.3g}" for value in np.exp(shifted)))
with checks.numbers("the shifted scores") as check:
    check.equal(shifted, np.array([-666.0, -333.0, 0.0]), "shifted")

# %% [markdown]
# **Exercise 1 (3 points).** Write softmax for one vector of scores `(C,)` and for rows
# of scores `(N, C)`. It must be **stable**, which means:
#
# - For any finite scores, however large or far apart, the result has no `inf` and no
#   `nan`; each row consists of numbers from 0 to 1 that add up to 1.
# - Adding a large number to all scores of a row changes nothing, even if each row
#   gets a different number.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities of the classes.

    Parameters
    ----------
    scores : (N, C) or (C,)
        Scores of N examples, one per row, or of one example; any numeric type.

    Returns
    -------
    probs : float64, same shape as `scores`
        Each example's probabilities add up to 1.
    """
    ### BEGIN SOLUTION
    shifted = scores - np.max(scores, axis=-1, keepdims=True)
    unnormalised = np.exp(shifted)
    return unnormalised / np.sum(unnormalised, axis=-1, keepdims=True)
    ### END SOLUTION

# %% [markdown]
# The checks use the cat image, the three images of notebook 01 as rows, the scores
# from the notes, and the three rows again with 1000, 0 and -2000 added. Then come a class
# that is 2000 behind, two rows of four equal scores, one row of two classes, whole
# numbers, and float32.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_three_images", "locked": true, "schema_version": 3, "solution": false, "task": false}
image_names = ["cat image", "car image", "frog image"]
scores_table = np.array(
    [
        [3.2, 5.1, -1.7],
        [1.3, 4.9, 2.0],
        [2.2, 2.5, -3.1],
    ]
)  # (N, C): one image per row
y_table = np.array([0, 1, 2])  # the true class of each
probs_table = np.array(
    [
        [0.129983, 0.869050, 0.000968],
        [0.025245, 0.923918, 0.050837],
        [0.424655, 0.573225, 0.002120],
    ]
)  # rounded to six digits

# %% nbgrader={"grade": true, "grade_id": "l3_softmax_test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_softmax") as check:
    near = {"atol": 1e-6}
    cat = scores_table[0]
    check.call(softmax, cat, expect=probs_table[0], label="cat image", **near)
    check.call(softmax, scores_table, expect=probs_table, label="three rows", **near)
    one_sided = np.array([0.0, 0.0, 1.0])
    check.call(softmax, large, expect=one_sided, label="123, 456, 789")
    moved = scores_table + np.array([[1000.0], [0.0], [-2000.0]])
    check.call(softmax, moved, expect=probs_table, label="each row shifted", **near)
    behind = np.array([-2000.0, 0.0, np.log(3)])
    expect = np.array([0.0, 0.25, 0.75])
    check.call(softmax, behind, expect=expect, label="a class far behind")
    equal = np.full((2, 4), 7.0)
    check.call(softmax, equal, expect=np.full((2, 4), 0.25), label="equal scores")
    two = np.array([[0.0, np.log(4)]])
    check.call(softmax, two, expect=np.array([[0.2, 0.8]]), label="two classes")
    whole = np.array([[800, 800], [-3, 900]])
    expect = np.array([[0.5, 0.5], [0.0, 1.0]])
    check.call(softmax, whole, expect=expect, label="whole numbers")
    single = scores_table[:2].astype(np.float32)
    expect = probs_table[:2]
    check.call(softmax, single, expect=expect, label="float32", atol=1e-5)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_softmax", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3. The cross-entropy loss of one example
#
# **Goal.** Turn the probabilities into one number that is small when the true class is
# probable.
#
# **Idea.** Ideally the true class would have probability 1. The loss is
# minus the logarithm of the probability that it actually gives ([38:55](https://youtu.be/h7iBpEHGVNc?t=2335)):
#
# $$ L_i = -\ln p_{y_i} = -\ln \frac{e^{s_{y_i}}}{\sum_j e^{s_j}}
# = \ln \sum_j e^{s_j} \;-\; s_{y_i} $$
#
# $y_i$ is the true class of example $i$. The loss is called **cross-entropy** because
# it is $-\sum_k q_k \ln p_k$ for the distribution $q$ that puts all its mass on the
# true class: only the term $k = y_i$ is left. The form on the right, a log-sum-exp
# minus the true score, is the same number. There too we may subtract a number $m$
# from all scores. Summed over the examples, the loss is minus the logarithm of the
# product of the true classes' probabilities. So the `W` with the smallest loss is the
# one under which the observed labels are most probable (maximum likelihood).
#
# **The lecture's example.** The three images, with the true class in bold:
#
# | score | cat image | car image | frog image |
# |---|---|---|---|
# | cat | **3.2** | 1.3 | 2.2 |
# | car | 5.1 | **4.9** | 2.5 |
# | frog | -1.7 | 2.0 | **-3.1** |
# | probability of the true class | 0.12998 | 0.92392 | 0.00212 |
# | cross-entropy | 2.04036 | 0.07913 | 6.15648 |
#
# The mean cross-entropy is 2.75865. For the cat image, $-\ln 0.13 = 2.04$.
#
# Another common mistake: "the output of $-\log$ is the probability". It is the other
# way round: the probability goes into $-\ln$, and a loss comes out. The frog image's
# 6.16 could not be a probability.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_table", "locked": true, "schema_version": 3, "solution": false, "task": false}
by_hand = {
    "cat image": -np.log(24.5325 / 188.7371),
    "car image": -np.log(134.2898 / (3.6693 + 134.2898 + 7.3891)),
    "frog image": -np.log(0.0450492 / (9.0250 + 12.1825 + 0.0450492)),
}
for name, loss in by_hand.items():
    print(f"{name:10}  loss {loss:.4f}")
mean = np.mean(list(by_hand.values()))
print(f"mean        loss {mean:.4f}")
with checks.numbers("the table") as check:
    expected = [2.04036, 0.07913, 6.15648]
    check.equal(list(by_hand.values()), expected, "cross-entropy", atol=2e-5)
    check.equal(mean, 2.75865, "mean", atol=1e-5)
    check.equal(round(-np.log(0.13), 2), 2.04, "-ln 0.13")

# %% [markdown]
# **Exercise 2 (2 points).** Write the loss of one example from its scores. It must be
# **stable**, which here means: adding a large number to every score changes nothing.
# Both forms above can be written that way, and both are accepted. Adding a small number
# inside the logarithm, as in $\ln(p + 10^{-12})$, is not.

# %% nbgrader={"grade": false, "grade_id": "l3_cross_entropy_i", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy_i(scores: np.ndarray, y: int) -> float:
    """Cross-entropy loss of one example, in nats.

    Parameters
    ----------
    scores : (C,) float64
        The score of each class.
    y : int
        The true class.

    Returns
    -------
    float
        Minus the natural logarithm of the probability of the true class.
    """
    ### BEGIN SOLUTION
    shifted = scores - np.max(scores)  # (C,)
    return float(np.log(np.sum(np.exp(shifted))) - shifted[y])
    ### END SOLUTION

# %% [markdown]
# The checks use the three images, the cat image with 1000 added to its scores, and the
# four-pixel figure of the notes: scores -2.85, 0.86 and 0.28, true class 2. There the
# probabilities are 0.01545, 0.63116 and 0.35339, and the cross-entropy is 1.04019; the
# SVM loss is 1.58. They also try a true class that is far behind, a wrong one that is
# 2000 behind, two classes, and float32.

# %% nbgrader={"grade": true, "grade_id": "l3_cross_entropy_i_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_cross_entropy_i") as check:
    near = {"atol": 1e-5}
    for name, s, label, loss in zip(
        image_names, scores_table, y_table, [2.04036, 0.07913, 6.15648], strict=True
    ):
        check.call(cross_entropy_i, s, label, expect=loss, label=name, **near)
    s = scores_table[0] + 1000
    check.call(cross_entropy_i, s, 0, expect=2.04036, label="1000 added", **near)
    s = np.array([-2.85, 0.86, 0.28])
    check.call(cross_entropy_i, s, 2, expect=1.04019, label="four pixels", **near)
    for lead in (28.0, 40.0):
        s, label = np.array([0.0, lead, -1.0]), f"true class {lead:.0f} behind"
        check.call(cross_entropy_i, s, 0, expect=lead, label=label)
    s = np.array([0.0, np.log(3), 0.0, -2000.0])
    check.call(cross_entropy_i, s, 1, expect=np.log(5 / 3), label="far behind")
    s = np.array([np.log(4), 0.0])
    check.call(cross_entropy_i, s, 1, expect=np.log(5), label="two classes")
    s = scores_table[2].astype(np.float32)
    check.call(cross_entropy_i, s, 2, expect=6.15648, label="float32", atol=1e-4)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_cross_entropy_i", globals())
### END HIDDEN TESTS

# %% [markdown]
# **From pixels to both losses.** Here is that figure in full, from the four pixels to
# the two losses. The last row of `W` holds the biases; the last entry of `x` is the 1
# that goes with them.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_four_pixels", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
W_pixels = np.array(
    [
        [0.01, 0.7, 0.0],
        [-0.05, 0.2, -0.45],
        [0.1, 0.05, -0.2],
        [0.05, 0.16, 0.03],
        [0.0, 0.2, -0.3],
    ]
)  # (D + 1, C)
x_pixels = np.array([-15.0, 22.0, -44.0, 56.0, 1.0])  # (D + 1,)
s_pixels = x_pixels @ W_pixels  # (C,)
p_pixels = softmax(s_pixels)
hinge_terms = [max(0, -2.85 - 0.28 + 1), max(0, 0.86 - 0.28 + 1)]
loss_pixels = cross_entropy_i(s_pixels, 2)
print("scores       ", "  ".join(f"{s:8.5f}" for s in s_pixels))
print("probabilities", "  ".join(f"{p:8.5f}" for p in p_pixels))
print(f"SVM loss      {sum(hinge_terms):8.5f}")
print(f"cross-entropy {loss_pixels:8.5f}")
with checks.numbers("the figure of four pixels") as check:
    check.equal(s_pixels, np.array([-2.85, 0.86, 0.28]), "scores")
    figure = np.array([0.01545, 0.63116, 0.35339])
    check.equal(p_pixels, figure, "probabilities", atol=5e-6)
    check.equal(sum(hinge_terms), 1.58, "SVM loss")
    check.equal(loss_pixels, 1.04019, "cross-entropy", atol=5e-6)

# %% [markdown]
# These two numbers must not be compared with each other: 1.58 is measured in units of
# score, 1.04 in nats. A loss can be compared only with values of the same loss.

# %% [markdown]
# ## 4. Predict, then run
#
# **Goal.** Answer the lecturer's questions to the audience, then put your answers to the
# test.
#
# **Idea.** A prediction that turns out wrong teaches you more than a number you merely
# read. Commit to an answer for each key. Answer before you read on: you will settle
# them by experiments with your own functions. "The loss" is the cross-entropy loss of
# one example.
#
# | time | key | question (form of the answer) |
# |---|---|---|
# | [43:05](https://youtu.be/h7iBpEHGVNc?t=2585) | `smallest_loss` | Which number can the loss approach as closely as you like, without ever falling below it? (number) |
# | [43:05](https://youtu.be/h7iBpEHGVNc?t=2585) | `smallest_loss_is_reached` | Is there a set of finite scores whose loss, computed exactly, equals that number? (True or False) |
# | [43:05](https://youtu.be/h7iBpEHGVNc?t=2585) | `largest_loss` | How large can the loss become? (number, `np.inf` for no bound) |
# | [45:09](https://youtu.be/h7iBpEHGVNc?t=2709) | `loss_at_start` | At the start all scores are about 0. What is the loss with C = 10 classes? (number) |
# | slides | `slide_logarithm` | The slides of 2016 print $-\log(0.13) = 0.89$ for the cat image. Which logarithm was that? (one of `"base 2"`, `"base e"`, `"base 10"`) |
# | notes | `halved_scores` | The scores 1, -2 and 0 are halved. What do the three probabilities become? (one of `"sharper"`, `"softer"`, `"the same"`) |
# | notes | `svm_prefers` | Three score vectors, true class 0: first (10, -2, 3), second (10, 9, 9), third (10, -100, -100). Which one has a strictly smaller SVM loss ($\Delta = 1$) than the other two? (one of `"first"`, `"second"`, `"third"`, `"none"`) |
# | notes | `softmax_prefers` | And the cross-entropy loss? (as above) |
# | [46:10](https://youtu.be/h7iBpEHGVNc?t=2770) | `svm_changes` | The first vector jiggles: its true score moves from 10 to 10.5. Does the SVM loss change? (True or False) |
# | [46:10](https://youtu.be/h7iBpEHGVNc?t=2770) | `softmax_changes` | Does the cross-entropy loss, computed exactly? (True or False) |
#
# **Exercise 3 (4 points).** Replace each `None`.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_predict_then_run", "locked": false, "schema_version": 3, "solution": true, "task": false}
softmax_answers = {
    "smallest_loss": None,  # a number
    "smallest_loss_is_reached": None,  # True or False
    "largest_loss": None,  # a number, or np.inf
    "loss_at_start": None,  # a number
    "slide_logarithm": None,  # "base 2", "base e" or "base 10"
    "halved_scores": None,  # "sharper", "softer" or "the same"
    "svm_prefers": None,  # "first", "second", "third" or "none"
    "softmax_prefers": None,  # "first", "second", "third" or "none"
    "svm_changes": None,  # True or False
    "softmax_changes": None,  # True or False
}
### BEGIN SOLUTION
softmax_answers = {
    "smallest_loss": 0,
    "smallest_loss_is_reached": False,
    "largest_loss": np.inf,
    "loss_at_start": 2.3026,
    "slide_logarithm": "base 10",
    "halved_scores": "softer",
    "svm_prefers": "none",
    "softmax_prefers": "third",
    "svm_changes": False,
    "softmax_changes": True,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_softmax_predict_then_run_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_softmax_predict_then_run") as check:
    vectors = ("first", "second", "third", "none")
    check.answers(
        softmax_answers,
        {
            "smallest_loss": float,
            "smallest_loss_is_reached": bool,
            "largest_loss": float,
            "loss_at_start": float,
            "slide_logarithm": ("base 2", "base e", "base 10"),
            "halved_scores": ("sharper", "softer", "the same"),
            "svm_prefers": vectors,
            "softmax_prefers": vectors,
            "svm_changes": bool,
            "softmax_changes": bool,
        },
    )
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_softmax_predict_then_run", globals())
### END HIDDEN TESTS

# %% [markdown]
# This check looks only at the form: every key answered, in the form asked for. Now put
# your answers to the test. Some experiments that settle a question or two:
#
# - Let the true class lead by -30, -10, 0, 10 and 30, and print the loss.
# - Give all classes the score 0, and change the number of classes.
# - Compare `np.log2`, `np.log` and `np.log10` of 0.13 with what the slide printed.
# - Print `softmax(s)` for some scores, and `softmax(s / 2)`.
# - Work out the SVM loss of the three vectors by hand, and their cross-entropy with your
#   function. Then move the true score of the first one to 9.5 and to 10.5.

# %%
# The true class leads by 1, by 2, by 3. Your experiments go below.
for lead in (1.0, 2.0, 3.0):
    print(f"lead {lead:.0f}: loss {cross_entropy_i(np.array([lead, 0.0, 0.0]), 0):.3f}")

# %% [markdown]
# **What I had wrong, and why** (for yourself, no points). *Replace this line: which
# answer did an experiment change, and what had you overlooked?*
#
# **How sure is sure?** In the picture below, all scores of the cat image are multiplied
# by the same number. The order of the classes never changes. Regularization has the
# same effect, because it shrinks the weights, so how sure a classifier *looks* depends
# on `reg`. As the notes say, these probabilities are better read as confidences: their
# order means something, their size depends on how `W` was trained.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_play_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
def scaled(scale: float) -> plt.Figure:
    """Draw the probabilities of the cat image with all its scores multiplied."""
    names = [f"{name}\n{scale * s:.1f}" for name, s in zip(class_names, cat_scores, strict=True)]
    ax = plots.bars(softmax(scale * cat_scores), names, highlight=0, ylabel="probability")
    ax.set(ylim=(0, 1.1), xlabel="class and score")
    ax.set_title(f"How probable is each class if all scores are multiplied by {scale:g}?")
    return ax.figure


sliders.play(
    scaled,
    "The cat image with its own scores: cat 0.13 (the true class, hatched), car 0.87, "
    "frog 0.00.",
    scale=sliders.Slider("all scores times", [k / 10 for k in range(41)], 1.0),
)

# %% [markdown]
# ## 5. The full loss and its gradient, with loops
#
# **Goal.** Compute the loss of a data set and the gradient with respect to every
# weight.
#
# **Idea.** The full loss is the mean over the examples plus the penalty:
#
# $$ L = \frac{1}{N} \sum_{i} \left( \ln \sum_j e^{s_{ij}} - s_{i y_i} \right)
# \;+\; \lambda \sum_{d, j} W_{dj}^2, \qquad s_{ij} = x_i W_j $$
#
# $x_i$ is row $i$ of `X` and $W_j$ is column $j$ of `W`.
#
# **Derivation.** Take one example and ask what each score does to
# $L_i = \ln \sum_j e^{s_j} - s_{y_i}$.
#
# 1. The first term contains every score. By the chain rule its slope with respect to
#    $s_k$ is $e^{s_k} / \sum_j e^{s_j}$, and that is $p_k$.
# 2. The second term contains only the true score, with slope -1.
# 3. $W_{dk}$ affects $s_k$ only, with the factor $x_d$.
#
# $$ \frac{\partial L_i}{\partial s_k} = p_k - \mathbb{1}[k = y_i], \qquad
# \frac{\partial L_i}{\partial W_{dk}} = x_d \left( p_k - \mathbb{1}[k = y_i] \right) $$
#
# $\mathbb{1}[\cdot]$ is 1 if the condition holds and 0 if not. The penalty adds $2
# \lambda W_{dk}$. So the slope is the probability that the model gives minus the one
# that it should give: every wrong class is pushed down by its probability, and the true
# class is pulled up by one minus its own. For a whole data set these gradients are
# averaged over the N examples.

# %%
# The probabilities are 0.2, 0.3 and 0.5, and the true class is class 1.
three_slopes = None  # a list of three numbers
checks.question(
    "slopes of three scores", three_slopes, "8e348fcc135d",
    hint="Which of the three loses 1?",
)  # fmt: skip

# %% [markdown]
# **The examples in numbers.** The slopes below were found without the formula, by
# moving each score a little and calling your `cross_entropy_i`.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_slopes", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
print("                     slopes of the loss, by finite differences")
slopes_table = np.zeros((3, 3))
for i, name in enumerate(image_names):
    slopes_table[i] = forward_gradient(
        lambda s, i=i: cross_entropy_i(s, i), scores_table[i]
    )
    print(f"{name:18}", "  ".join(f"{slope:7.4f}" for slope in slopes_table[i]))
with checks.numbers("the slopes") as check:
    check.equal(slopes_table[0], cat_probs - [1, 0, 0], "cat image", atol=1e-6)

# %% [markdown]
# Now one example in full, the four pixels of section 3: which weights does it move?

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_gradient_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
dW_pixels = forward_gradient(lambda W: cross_entropy_i(x_pixels @ W, 2), W_pixels)
ds_pixels = dW_pixels[-1]  # the bias has the factor 1: its slopes are the scores'
fig, (left, middle, right) = plt.subplots(
    1, 3, figsize=(10.4, 3.4), width_ratios=[3.0, 1, 3.4]
)
places = ["class 0", "class 1", "class 2\n(true)"]
plots.bars(ds_pixels, places, highlight=2, fmt="{:.3f}", ax=left)
left.set_ylabel(r"slope $p_k - 1[k = y]$")
left.set_ylim(-0.85, 0.85)
left.tick_params(axis="x", labelsize=9.5)
rows = ["pixel 1", "pixel 2", "pixel 3", "pixel 4", "bias"]
plots.matrix(x_pixels[:, None], rows, ["x"], fmt="{:.0f}", ax=middle)
plots.matrix(dW_pixels, None, places, fmt="{:.2f}", ax=right)
right.set_xlabel("gradient with respect to W")
fig.suptitle(
    "Which way does one image push each weight?", x=0.01, ha="left", fontsize=12
)
plots.show(
    "Left: slopes with respect to the scores, 0.015 for class 0, 0.631 for class 1 and "
    "-0.647 for the true class 2. Middle: the pixels and the 1 of the bias, -15, 22, "
    "-44, 56, 1. Right: the gradient with respect to W; each entry is the pixel of its "
    "row times the slope of its column."
)

# %% [markdown]
# Compare this with the same picture in notebook 01, where the slopes were 0, 1 and
# -1. The SVM counts classes; softmax weights them by their probability, and no column
# is exactly zero. A step *against* the gradient adds a multiple of the image to the
# template of the true class and subtracts multiples of it from the others, in
# proportion to their probabilities.
#
# **Exercise 4 (4 points).** Write loss and gradient with explicit loops over examples
# and classes. As in exercise 2, adding a large number to all scores of an example must
# change nothing, and no bound may be put on the loss. Derive the gradient: finite
# differences earn no points, and are too coarse for one of the checks.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_loss_naive", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_loss_naive(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Cross-entropy loss of a softmax classifier and its gradient, with loops.

    Parameters
    ----------
    W : (D, C) float64
        Weights.
    X : (N, D) float64
        Examples.
    y : (N,) int
        True classes.
    reg : float
        Strength of the penalty ``reg * np.sum(W * W)``.

    Returns
    -------
    loss : float
        Mean over the N examples, in nats, plus the penalty.
    dW : (D, C) float64
        Gradient of ``loss`` with respect to ``W``.
    """
    ### BEGIN SOLUTION
    num_train, num_classes = X.shape[0], W.shape[1]
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(num_train):
        scores = X[i] @ W  # (C,)
        shifted = scores - np.max(scores)
        log_sum = np.log(np.sum(np.exp(shifted)))
        loss += log_sum - shifted[y[i]]
        for k in range(num_classes):
            slope = np.exp(shifted[k] - log_sum) - (k == y[i])
            dW[:, k] += slope * X[i]
    loss = loss / num_train + reg * np.sum(W * W)
    dW = dW / num_train + 2 * reg * W
    return loss, dW
    ### END SOLUTION

# %% [markdown]
# The first check rebuilds the table of section 3. Image i is a row with a 1 at place i
# (and a last 1 for the bias), and `W` holds the scores, so that `X @ W` is the table.
# The slopes with respect to the scores are, rounded,
#
# | | cat | car | frog |
# |---|---|---|---|
# | cat image | -0.870 | 0.869 | 0.001 |
# | car image | 0.025 | -0.076 | 0.051 |
# | frog image | 0.425 | 0.573 | -0.998 |
#
# and `dW` is that table divided by N = 3, with the sums of its columns in the row of the
# bias.
#
# In that example N = C = 3, so a mix-up of the two would go unseen. Another has three
# examples, two features and four classes, and round probabilities: the scores are
# logarithms of whole numbers.
#
# | | p0 | p1 | p2 | p3 | true class |
# |---|---|---|---|---|---|
# | example 0 | 1/10 | 2/10 | 3/10 | 4/10 | 3 |
# | example 1 | 4/8 | 1/8 | 1/8 | 2/8 | 1 |
# | example 2 | 4/17 | 2/17 | 3/17 | 8/17 | 0 |

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_three_images_loss", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["hide-input"]
X_table = np.hstack([np.eye(3), np.ones((3, 1))])  # (N, D) = (3, 4)
W_table = np.vstack([scores_table, np.zeros(3)])  # (D, C) = (4, 3)
dW_table = np.array(
    [
        [-0.290006, 0.289683, 0.000323],
        [0.008415, -0.025361, 0.016946],
        [0.141552, 0.191075, -0.332627],
        [-0.140039, 0.455398, -0.315358],
    ]
)  # rounded to six digits

W_hand = np.log([[1.0, 2.0, 3.0, 4.0], [4.0, 1.0, 1.0, 2.0]])  # (D, C) = (2, 4)
X_hand = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])  # (N, D) = (3, 2)
y_hand = np.array([3, 1, 0])
loss_hand = -np.log(4 / 10 * 1 / 8 * 4 / 17) / 3
dW_hand = np.array(
    [
        [-113 / 510, 54 / 510, 81 / 510, -22 / 510],
        [-36 / 408, -103 / 408, 41 / 408, 98 / 408],
    ]
)
penalty_hand = np.log(2) ** 2 * 10 + np.log(3) ** 2
small_types = (
    W_hand.astype(np.float32),
    X_hand.astype(np.float32),
    y_hand.astype(np.uint8),
)
# A feature with the weight 1 for every class adds its value to all scores.
W_moved = np.vstack([W_hand, np.ones(4)])
X_moved = np.hstack([X_hand, [[0.0], [900.0], [-2000.0]]])
X_high = np.hstack([X_hand, np.full((3, 1), 900.0)])
high = 900 * np.array([-112, -379, 409, 82]) / 680
moved = 900 * np.array([4, -7, 1, 2]) / 8 - 2000 * np.array([-13, 2, 3, 8]) / 17
# Two examples with a feature each, whose true classes are 28 and 40 behind.
W_behind = np.array([[28.0, 0.0, 0.0, 0.0], [0.0, 40.0, 0.0, 0.0]])
y_behind = np.array([2, 3])
dW_behind = np.array([[1.0, 0.0, -1.0, 0.0], [0.0, 1.0, 0.0, -1.0]]) / 2
# A third feature, 1e-9 times the first: its row of dW is 1e-9 times the first row.
W_tiny = np.vstack([W_hand, np.zeros(4)])
X_tiny = np.hstack([X_hand, 1e-9 * X_hand[:, :1]])

# label, (W, X, y, reg), (loss, dW)
hand_cases = [
    ("three images, reg 0", (W_table, X_table, y_table, 0.0), (2.75865, dW_table)),
    (
        "by hand, reg 0.2",
        (W_hand, X_hand, y_hand, 0.2),
        (loss_hand + 0.2 * penalty_hand, dW_hand + 0.4 * W_hand),
    ),
    ("by hand, reg 0", (W_hand, X_hand, y_hand, 0.0), (loss_hand, dW_hand)),
    (
        "true classes 28 and 40 behind",
        (W_behind, np.eye(2), y_behind, 0.0),
        ((28 + 40) / 2, dW_behind),
    ),
    (
        "900 added to all scores",
        (W_moved, X_high, y_hand, 0.0),
        (loss_hand, np.vstack([dW_hand, high / 3])),
    ),
    (
        "0, 900 and -2000 added",
        (W_moved, X_moved, y_hand, 0.0),
        (loss_hand, np.vstack([dW_hand, moved / 3])),
    ),
    (
        "one example, two classes",
        (np.log([[4.0, 1.0]]), np.ones((1, 1)), np.array([1]), 0.0),
        (np.log(5), np.array([[0.8, -0.8]])),
    ),
    ("float32 and uint8", (*small_types, 0.0), (loss_hand, dW_hand)),
    (
        "a tiny feature",
        (W_tiny, X_tiny, y_hand, 0.0),
        (loss_hand, np.vstack([dW_hand, 1e-9 * dW_hand[:1]])),
    ),
]

# %% nbgrader={"grade": true, "grade_id": "l3_softmax_loss_naive_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_softmax_loss_naive") as check:
    form = {"parts": ("loss", "dW"), "shapes": {"dW": "(D, C)"}, "atol": 1e-5}
    for label, args, expect in hand_cases:
        loss, dW = check.call(
            softmax_loss_naive, *args, expect=expect, label=label, **form
        )
    check.equal(1e9 * dW[2], dW_hand[0], "dW of the tiny feature, times 1e9")
    rng = np.random.default_rng(3)
    W, X, y = rng.normal(size=(6, 4)), rng.normal(size=(5, 6)), rng.integers(4, size=5)
    loss, dW = check.call(softmax_loss_naive, W, X, y, 0.1)
    check.gradient(lambda W: softmax_loss_naive(W, X, y, 0.1)[0], dW, W, name="dW")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_softmax_loss_naive", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Question.** Each row of the table of slopes sums to 0. Why must it?
#
# <details><summary>Answer</summary>
#
# The probabilities add up to 1, and 1 is subtracted once. Or without the formula:
# adding the same number to all scores of an example does not change its loss, so the
# slope along "all scores together" is 0, and that slope is the sum of the row.
# </details>

# %% [markdown]
# ## 6. Whole arrays in place of loops
#
# **Goal.** Compute the same loss and gradient without a Python loop.
#
# **Idea.** Everything that the loops do one by one can be done in arrays of shape
# `(N, C)`: the scores, the probabilities, and the slopes of the loss with respect to
# the scores, which section 5 gave as a table for the three images. The way from the
# slopes to `dW` is the same as for the SVM:
#
# $$ \frac{\partial L}{\partial W} = \frac{1}{N}\, X^{\top} S' + 2 \lambda W $$
#
# where $S'$ is the array of slopes. The shapes allow no other order:
# `(D, N) @ (N, C)` is `(D, C)`.
#
# **The lecture's example.** For the three images these arrays are:

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_arrays_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, axes = plt.subplots(1, 3, figsize=(11, 2.4), width_ratios=[1.25, 1, 1])
probs = softmax(scores_table)
for ax, M, rows, fmt, what in zip(
    axes,
    [scores_table, probs, slopes_table],
    [image_names, None, None],
    ["{:.1f}", "{:.3f}", "{:.3f}"],
    ["scores", "probabilities: rows sum to 1", "slopes: rows sum to 0"],
    strict=True,
):
    plots.matrix(M, rows, class_names, fmt=fmt, ax=ax)
    ax.set_xlabel(what)
fig.suptitle("Which arrays lead from scores to slopes?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Three tables, images in rows and classes in columns: the scores, the "
    "probabilities, and the slopes. The slopes equal the probabilities except for the "
    "true classes, on the diagonal, where they are lower by 1: -0.870, -0.076, -0.998."
)

# %% [markdown]
# **Exercise 5 (6 points).** Write the same function without loops or comprehensions
# over examples or classes, in the function itself and in any that it calls, and without
# finite differences. It must be stable as before, even if a different number is added
# to the scores of each example.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_loss_vectorized", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_loss_vectorized(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Cross-entropy loss of a softmax classifier and its gradient, without loops.

    Parameters and returns are those of ``softmax_loss_naive``.
    """
    ### BEGIN SOLUTION
    num_train = X.shape[0]
    rows = np.arange(num_train)
    scores = X @ W  # (N, C)
    shifted = scores - np.max(scores, axis=1, keepdims=True)  # (N, C)
    log_sum = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))  # (N, 1)
    log_probs = shifted - log_sum  # (N, C)
    loss = -np.sum(log_probs[rows, y]) / num_train + reg * np.sum(W * W)

    slopes = np.exp(log_probs)  # (N, C)
    slopes[rows, y] -= 1
    dW = X.T @ slopes / num_train + 2 * reg * W  # (D, C)
    return loss, dW
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_softmax_loss_vectorized_test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_softmax_loss_vectorized") as check:
    form = {"parts": ("loss", "dW"), "shapes": {"dW": "(D, C)"}, "atol": 1e-5}
    for label, args, expect in hand_cases:
        loss, dW = check.call(
            softmax_loss_vectorized, *args, expect=expect, label=label, **form
        )
    check.equal(1e9 * dW[2], dW_hand[0], "dW of the tiny feature, times 1e9")
    rng = np.random.default_rng(5)
    W, X = rng.normal(size=(6, 4)), rng.normal(size=(20, 6))
    y = rng.integers(4, size=20)
    loss, dW = check.call(softmax_loss_vectorized, W, X, y, 0.1)
    check.gradient(
        lambda W: softmax_loss_vectorized(W, X, y, 0.1)[0], dW, W, name="dW"
    )
    check.no_loops(
        softmax_loss_vectorized,
        (W, X, y, 0.1),
        examples=(W, np.tile(X, (4, 1)), np.tile(y, 4), 0.1),
        classes=(np.tile(W, (1, 12)), X, y, 0.1),
    )
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_softmax_loss_vectorized", globals())
### END HIDDEN TESTS

# %% [markdown]
# **In PyTorch** this loss is `torch.nn.functional.cross_entropy`, which takes the scores,
# not the probabilities. Where PyTorch is installed, the next cell compares it with
# yours.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_pytorch", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "nbval-ignore-output"]
if importlib.util.find_spec("torch") is None:
    print("PyTorch is not installed here, and nothing in this course needs it.")
else:
    import torch

    weights = torch.tensor(W, requires_grad=True)
    scores = torch.tensor(X) @ weights  # (N, C)
    total = torch.nn.functional.cross_entropy(scores, torch.tensor(y))
    total = total + 0.1 * torch.sum(weights**2)
    total.backward()
    loss, dW = softmax_loss_vectorized(W, X, y, 0.1)
    with checks.numbers("PyTorch") as check:
        check.equal(loss, total.item(), "loss")
        check.equal(dW, weights.grad.numpy(), "dW")

# %% [markdown]
# **Question.** Suppose you compute the probabilities first, and then `-np.log` of
# those of the true classes. Where does the result differ from the log-sum-exp form?
#
# <details><summary>Answer</summary>
#
# If the true class is more than about 745 behind the best one, its probability is
# rounded to 0, and $-\ln 0$ is infinite, while the log-sum-exp form gives the
# distance itself, 745 and more. Both count as right here: scores so far apart are the
# sign of another problem, most often a step size that is too large.
# </details>

# %% [markdown]
# ## 7. Sanity, then training
#
# **Goal.** Train a linear classifier on real images with your own loss, and compare it
# with the SVM of notebook 01.
#
# **Idea.** With small random weights all scores are about 0, so the loss must start at
# the value you committed to as `loss_at_start`. The data are those of notebook 01:
# handwritten digits of 8 x 8 pixels (Alpaydin and Kaynak, UCI Machine Learning
# Repository, 1998, CC BY 4.0), with the mean image subtracted and a 1 appended for the
# bias.
#
# **With CIFAR-10 instead.** As in notebook 01, set `CS231N_DATASET` to `cifar10-small`
# (4,000 training images; 38% validation accuracy when we measured it) or to `cifar10`
# before Jupyter starts. The comparison with the SVM is then left out, and the text
# describes the digits.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_digits", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
data = load_images().centered().with_bias()
rng = np.random.default_rng(0)
W = W_start = 1e-4 * rng.normal(size=(data.X_train.shape[1], data.num_classes))
loss, dW = softmax_loss_vectorized(W, data.X_train, data.y_train, 0.0)
predicted = softmax_answers["loss_at_start"]
if predicted is None:
    print("First commit to loss_at_start, in section 4.")
elif abs(loss - predicted) < 0.01 * loss:
    print("The loss starts where you predicted.")
else:
    print(f"The loss does not start at {predicted}: look again at both.")

few = data.X_train[:5], data.y_train[:5]
for reg in (0.0, 0.1):
    _, dW = softmax_loss_vectorized(W, *few, reg)
    verdict = check_gradient(
        lambda W, reg=reg: softmax_loss_vectorized(W, *few, reg)[0], W, dW, name="dW"
    )
    print(f"reg {reg}: gradient {'accepted' if verdict else verdict.reason}")

# %% [markdown]
# **Practice (no points).** Write the training for any loss: gradient descent on all
# training images, as in notebook 01.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_descend", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def descend(
    loss_fn: Callable[..., tuple[float, np.ndarray]],
    W: np.ndarray,
    learning_rate: float,
    reg: float,
    num_iters: int,
) -> tuple[np.ndarray, dict[str, list[float]]]:
    """Gradient descent on all training images of ``data``.

    Parameters
    ----------
    loss_fn : callable
        ``loss_fn(W, X, y, reg)`` returns ``(loss, dW)``.

    Returns
    -------
    W : (D, C) float64
        The weights after the last step; the W that came in stays as it was.
    history : dict
        ``"training"`` and ``"validation"``: the loss on both parts before each step.
    """
    history = {"training": [], "validation": []}
    ### BEGIN SOLUTION
    for _ in range(num_iters):
        loss, dW = loss_fn(W, data.X_train, data.y_train, reg)
        history["training"].append(loss)
        history["validation"].append(loss_fn(W, data.X_val, data.y_val, reg)[0])
        W = W - learning_rate * dW
    return W, history
    ### END SOLUTION

# %% [markdown]
# The step size differs from the one in notebook 01, because the slopes of the two losses
# differ in size.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_train", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
learning_rate = 1.0 if data.name == "digits" else 0.05  # CIFAR-10 has far more pixels
W, history = descend(softmax_loss_vectorized, W_start, learning_rate, 1e-3, 300)
with checks.numbers("your training") as check:
    losses = history["training"]
    check.equal(len(losses), 300, "length of the history")
    if data.name == "digits":
        check.true(losses[-1] < 0.3 * losses[0], "the training loss has hardly fallen")

rivals = {"softmax": W}
if data.name == "digits":
    rivals["SVM"] = load_digits_svm()  # trained as in notebook 01
parts = {"training": "train", "validation": "val", "test": "test"}
print("accuracy     " + "".join(f"{name:>9}" for name in rivals))
for name, part in parts.items():
    shares = [data.accuracy(V, part) for V in rivals.values()]
    print(f"{name:13}" + "".join(f"{share:>9.0%}" for share in shares))

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_loss_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
ax = plots.loss_curve(
    history, ylabel="loss, nats", title="Does the loss also fall on images not used for training?"
)
ax.set_ylim(0, 2.6)
plots.show(
    "Training and validation loss fall steeply in the first 25 steps and slowly after "
    "that. The validation loss ends a little above the training loss."
)

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_templates_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
plots.templates(
    W,
    data.image_shape,
    data.class_names,
    title="Softmax: where does each class want "
    f"{'ink' if data.name == 'digits' else 'light'}, and where not?",
)
if data.name == "digits":
    plots.show(
        "Ten templates of 8 x 8 weights. Ink where a template is purple raises the score "
        "of its class; ink where it is orange, marked with dots, lowers it. They look "
        "much like those of the SVM in notebook 01."
    )
else:
    plots.show("One template per class, as a colour picture: bright where it adds.")

# %% [markdown]
# **Go on (no points).** Which learning rate and which `reg` do best on the validation
# images in 300 steps? Choose by validation accuracy, never by test accuracy. On the
# digits 95.5% is within reach.

# %%
rate, strength = None, None  # your choice
if rate is not None:
    W_own, _ = descend(softmax_loss_vectorized, W_start, rate, strength, 300)
    reached = data.accuracy(W_own, "val")
    print(f"validation accuracy {reached:.1%}")
    if data.name == "digits":
        print("target reached" if reached >= 0.955 else "the target is not reached yet")

# %% [markdown]
# Two losses, one family of classifiers: the accuracies hardly differ, as the notes say
# of SVM and softmax in general. What differs is how far each pushes the scores apart.
# The **lead** of a training image is the score of its true class minus the highest of
# the other scores.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_lead_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, axes = plt.subplots(
    1, len(rivals), figsize=(9.2, 3.4), sharey=True, squeeze=False
)
left = axes[0, 0]
bins = np.arange(-4, 8.01, 0.25)
ready = {}
for ax, name in zip(axes[0], sorted(rivals), strict=True):  # SVM first
    scores = data.X_train @ rivals[name]  # (N, C)
    is_true = np.arange(data.num_classes) == data.y_train[:, None]  # (N, C)
    true = np.max(np.where(is_true, scores, -np.inf), axis=1)
    best_other = np.max(np.where(is_true, -np.inf, scores), axis=1)
    ready[name] = np.mean(true - best_other >= 1)
    heights, _ = np.histogram(true - best_other, bins)
    ax.stairs(
        heights, bins, fill=True, facecolor=plots.COLORS["sky"], edgecolor="black", lw=0.8
    )
    ax.axvline(1, **plots.LINES[2])
    ax.set_title(name, fontsize=11)
    ax.set_xlabel("lead of the true class")
left.set_ylabel("training images")
left.annotate(
    "margin 1:\nno SVM loss beyond",
    (1, 0.75),
    (3.2, 0.67),
    xycoords=("data", "axes fraction"),
    arrowprops={"arrowstyle": "->"},
)
fig.suptitle(
    "How large a lead does each loss push for?", x=0.01, ha="left", fontsize=12
)
if data.name == "digits":
    plots.show(
        "Histograms of the lead over the 1,000 training images. Under the SVM most leads "
        "lie in a narrow heap from 1 to 2, just beyond the margin. Under softmax they "
        "spread from 0 to 6 with the middle near 3."
    )
else:
    plots.show("Histogram of the lead over the training images under softmax.")

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_still_pushing", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
still = softmax_loss_vectorized(W, data.X_train, data.y_train, 0.0)[0]
smallest = min(
    cross_entropy_i(s, label)
    for s, label in zip(data.X_train @ W, data.y_train, strict=True)
)
if "SVM" in ready:
    print(f"SVM: {ready['SVM']:.0%} of the training images have loss 0 and slope 0")
print(f"softmax: none; the smallest loss is {smallest:.3f}, the mean {still:.2f}")

# %% [markdown]
# How sure the classifier looks depends on `reg`; all runs start from the same weights:

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_confidence", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
start = 1e-4 * np.random.default_rng(0).normal(size=W.shape)
some = data.X_train[:4000], data.y_train[:4000]  # enough for this, of CIFAR-10 too
print("reg      validation accuracy   mean of the highest probability")
for reg in (1e-3, 1e-2, 1e-1):
    V = start
    for _ in range(75):
        V = V - learning_rate * softmax_loss_vectorized(V, *some, reg)[1]
    probs = softmax(data.X_val @ V)
    print(f"{reg:<8g} {data.accuracy(V):19.0%} {np.mean(np.max(probs, axis=1)):33.2f}")

# %% [markdown]
# A penalty that is a hundred times as strong costs a few points of accuracy, but the
# mean "confidence" falls from three quarters to one fifth: the probabilities depend on
# `reg` far more than the answers do.

# %% [markdown] nbgrader={"grade": true, "grade_id": "l3_softmax_question", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# **Exercise 6 (2 points, graded by hand).** Two training images are classified
# correctly. The true class of the first leads by 1.5, that of the second by 15.
#
# 1. What do the SVM loss and its gradient say about each of the two images? What does
#    the SVM ignore?
# 2. What do the cross-entropy loss and its gradient say? What follows for the weights,
#    and for the other images?
#
# Answer in four to eight sentences.
#
# ### BEGIN SOLUTION
# 1. Both leads exceed the margin of 1, so all terms of both images are 0, and so are
# their slopes. Neither image has a say in the gradient. The SVM ignores by how much the
# margin holds; it leaves its attention to the images whose margins are violated.
#
# 2. The cross-entropy is positive for both, and the slopes $p_k - 1[k = y]$ are never
#    exactly zero. The first image, with a true probability of about 0.82 against one
#    other class, still pulls noticeably; the second pulls too, with a force of about
#    $e^{-15}$. Softmax never stops raising the true score and lowering the others. If
#    all training images are classified correctly, a larger `W` always lowers the data
#    loss, so without regularization the weights grow without bound; and images that
#    are right already go on taking part in every step.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Turn scores into probabilities and cross-entropy by hand, and say which step is
#   which.
# - Compute them without overflow, and say why the shift is allowed.
# - Test a new loss by its value at the start, and recognise a wrong logarithm by it.
# - Derive the gradient p minus one at the true class, and write it with and without
#   loops.
# - Say where the two losses differ, and why these probabilities must be read with care.
#
# ## On your own
#
# - Train with reg = 0 for 3,000 steps. Does the sum of the squared weights settle?
# - Multiply all scores by 1000 and compare the two forms of the loss from section 6.
# - Show on paper that for two classes softmax is the sigmoid of the difference
#   between the scores.
# - Find the validation digit with the largest cross-entropy. Is it the one with the
#   largest SVM loss as well?
#
# ## Further reading
#
# - [CS231n notes: softmax classifier](https://cs231n.github.io/linear-classify/#softmax),
#   with the stability trick and the four-pixel example.
# - [CS231n notes: SVM against softmax](https://cs231n.github.io/linear-classify/#svmvssoftmax).
# - C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, *On Calibration of Modern Neural
#   Networks*, ICML 2017: when probabilities can be taken at their word.

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l3_softmax_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
