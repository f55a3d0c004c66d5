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
# # The multiclass SVM loss
#
# CS231n, lecture 3 (2017 recording), [10:14](https://youtu.be/h7iBpEHGVNc?t=614) to [35:52](https://youtu.be/h7iBpEHGVNc?t=2152), with the recap of linear scores
# at [02:06](https://youtu.be/h7iBpEHGVNc?t=126). About two to three hours.
#
# A linear classifier gives each class a score. Here you build the number that says how
# bad those scores are, and the gradient that says how to improve them.
#
# **What you'll do**
#
# - Compute the multiclass SVM loss of one image by hand and in code.
# - Commit to answers for the lecture's questions, then settle them by experiments with
#   your own code.
# - Write the loss and its gradient for a whole data set, first with loops, then with
#   whole arrays.
# - Check your gradient numerically, write the training loop, and search for the
#   settings that classify handwritten digits best.
#
# **What you'll learn**
#
# - What the margin is for, and which images cost nothing.
# - How to derive a gradient from a picture of what each score does to the loss.
# - Why a gradient check has to be read with care: kinks, zeros, small steps.
# - What regularization adds, and why it is needed.
#
# **What you'll need**
#
# - Matrix products, derivatives of one variable, NumPy indexing.
# - The [notes on linear classification](https://cs231n.github.io/linear-classify/) if
#   a term is new.

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
# | `dW` | `(D, C)` | gradient of the final loss with respect to `W`, same shape as `W` |
# | `delta` | number | the margin $\Delta$, 1 unless said otherwise |
# | `reg` | number | strength of regularization, $\lambda$ in formulas |
#
# The lecture writes $f = Wx$ with one **row** of `W` for each class; here the examples
# are rows, so `W` is the lecture's transposed. The loss is the mean over the N
# examples plus `reg * np.sum(W * W)`; its gradient holds `2 * reg * W`, without a
# factor 1/2. At a margin of exactly 0 the loss has a kink; we use the slope 0 there.
# Functions never change their inputs.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import importlib.util
import time

import matplotlib.pyplot as plt
import numpy as np

from cs231n_lib import checks, hinge_picture, plots, sliders
from cs231n_lib.data import load_images
from cs231n_lib.gradient_check import check_gradient

plots.use_style()

# %% [markdown]
# ## 1. From pixels to scores
#
# **Goal.** Compute the scores of one image with a linear classifier.
#
# **Idea.** The score of a class is a weighted sum of the pixels plus a bias: a template laid over the image ([02:06](https://youtu.be/h7iBpEHGVNc?t=126)).
#
# $$ s_j = \sum_{d} x_d\, W_{dj} + b_j $$
#
# **The example from the notes.** An image of four pixels, 56, 231, 24 and 2, and three
# classes: cat, dog and ship. The true class is cat.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_linear_score", "locked": true, "schema_version": 3, "solution": false, "task": false}
W_figure = np.array(
    [
        [0.2, 1.5, 0.0],
        [-0.5, 1.3, 0.25],
        [0.1, 2.1, 0.2],
        [2.0, 0.0, -0.3],
    ]
)  # (D, C) = (4, 3)
b_figure = np.array([1.1, 3.2, -1.2])  # (C,)
x_figure = np.array([56.0, 231.0, 24.0, 2.0])  # (D,)

scores_figure = x_figure @ W_figure + b_figure  # (C,)
for name, score in zip(["cat", "dog"], scores_figure, strict=False):
    print(f"{name}: score {score:5.1f}")

with checks.numbers("the score figure") as check:
    check.equal(scores_figure[:2], np.array([-96.8, 437.9]), "cat and dog")

# %% [markdown]
# The ship is left to you:

# %%
ship_score = None  # a number
checks.question(
    "ship score", ship_score, "ea12727a9e7f",
    hint="It is the third column of W_figure times the pixels, plus something.",
)  # fmt: skip

# %% [markdown]
# If your number was refused and is the one printed in the notes, you are in good
# company: what did their figure forget?
#
# This is a bad classifier: the cat has the lowest score of all. A loss has to reflect
# that.
#
# **The bias trick.** Append a 1 to every example and put `b` under `W` as a last row.
# Then `X @ W` holds the biases, and there is one array to train. `Dataset.with_bias()`
# does it for the digits in section 8. With the trick, `np.sum(W * W)` counts the
# biases too; a bias kept apart is not regularized.
#
# **Question.** The pixel values are all at least 0. What would have to change in `W`
# for the cat to win?
#
# <details><summary>Answer</summary>
#
# The cat's score has to become the highest of the three. Its own weights can grow,
# especially those on the bright pixels: the second pixel (231) alone pulls the cat's
# score down by 115.5, because its weight is -0.5. Or the weights of dog and ship can
# shrink: the dog's 437.9 comes mainly from that same pixel, with a weight of 1.3. Or
# both. The loss in the next section says which weights to move, and in which direction.
# </details>

# %% [markdown]
# ## 2. The hinge loss of one example
#
# **Goal.** Turn the scores of one example into one number: 0 if the true class wins
# clearly, and larger the worse the scores are.
#
# **Idea.** The true class should beat every other class by at least a margin $\Delta$
# ([10:14](https://youtu.be/h7iBpEHGVNc?t=614)). A class that stays at least that far
# below costs nothing. Any other class costs exactly the amount by which it misses the
# margin.
#
# $$ L_i = \sum_{j \ne y_i} \max\left(0,\; s_j - s_{y_i} + \Delta\right) $$
#
# Here $s_j$ is the score of class $j$ and $y_i$ is the true class of example $i$. We
# call $s_j - s_{y_i} + \Delta$ the **margin term** of class $j$. The sum leaves out
# the true class. Plotted against the difference of the two scores, one term looks like a
# hinge:

# %% nbgrader={"grade": false, "grade_id": "l3_svm_hinge_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
hinge_picture.hinge()
plots.show(
    "The loss of one wrong class is 0 while its score lies at least 1 below that of the "
    "true class. From there it rises in a straight line of slope 1: it is 1 where both "
    "scores are equal."
)

# %% [markdown]
# **The lecture's example.** Three images, three classes. The score of the true class
# is in bold.
#
# | score | cat image | car image | frog image |
# |---|---|---|---|
# | cat | **3.2** | 1.3 | 2.2 |
# | car | 5.1 | **4.9** | 2.5 |
# | frog | -1.7 | 2.0 | **-3.1** |
# | loss | 2.9 | 0 | ? |
#
# On the cat image the car scores 5.1, which is too much: its term is 5.1 - 3.2 + 1
# = 2.9. The frog's term is negative and counts as 0. Here is the calculation for two
# of the images; the frog image is yours in section 4.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_table", "locked": true, "schema_version": 3, "solution": false, "task": false}
image_names = ["cat image", "car image", "frog image"]
class_names = ["cat", "car", "frog"]
scores_table = np.array(
    [
        [3.2, 5.1, -1.7],
        [1.3, 4.9, 2.0],
        [2.2, 2.5, -3.1],
    ]
)  # (N, C): one image per row
y_table = np.array([0, 1, 2])  # the true class of each

cat_terms = [5.1 - 3.2 + 1, -1.7 - 3.2 + 1]
car_terms = [1.3 - 4.9 + 1, 2.0 - 4.9 + 1]
for name, terms in zip(image_names, [cat_terms, car_terms], strict=False):
    costs = [max(0, term) for term in terms]
    print(
        f"{name}  terms {terms[0]:4.1f} and {terms[1]:4.1f}"
        f"  ->  loss {costs[0]:.1f} + {costs[1]:.1f} = {sum(costs):.1f}"
    )

with checks.numbers("the table") as check:
    check.equal(cat_terms, [2.9, -3.9], "terms of the cat image")
    check.equal(car_terms, [-2.6, -1.9], "terms of the car image")

# %% [markdown]
# **Something to play with.** The same loss as a picture, for the cat image: each wrong
# class stands on the hinge at its own score. If you run this cell in JupyterLab, VS
# Code or Colab, two sliders below the picture move the score of the true class and the
# margin.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_play_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
def cat_image(true: float, delta: float) -> plt.Figure:
    """Draw the cat image with another score of its true class, or another margin."""
    scores = [true, *scores_table[0, 1:]]
    return hinge_picture.hinge_terms(scores, 0, class_names, delta).figure


sliders.play(
    cat_image,
    "The hinge of the cat image rises in a straight line from a score of 2.2, which is "
    "the margin below the cat's 3.2. The car stands on it at 5.1 and costs 2.9; the frog "
    "stands far to the left, at -1.7, and costs nothing.",
    true=sliders.Slider("score of the cat", [k / 10 for k in range(-20, 71)], 3.2),
    delta=sliders.Slider("margin delta", [k / 4 for k in range(17)], 1.0),
)

# %%
enough = None  # a number: from which score of the cat on does the cat image cost 0?
checks.question(
    "enough for the cat", enough, "349473992748",
    hint="Where does the hinge have to begin, so that the car costs nothing?",
)  # fmt: skip

# %% [markdown]
# **Exercise 1 (2 points).** Write the loss of one example for any number of classes
# and any margin.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_loss_i", "locked": false, "schema_version": 3, "solution": true, "task": false}
def svm_loss_i(scores: np.ndarray, y: int, delta: float = 1.0) -> float:
    """Multiclass SVM loss of one example.

    Parameters
    ----------
    scores : (C,) float64
        The score of each class.
    y : int
        The true class.
    delta : float
        The margin.

    Returns
    -------
    float
        The sum over the wrong classes.
    """
    ### BEGIN SOLUTION
    margins = np.maximum(0, scores - scores[y] + delta)  # (C,)
    margins[y] = 0
    return float(margins.sum())
    ### END SOLUTION

# %% [markdown]
# The checks use the cat and the car image, an example from the notes with $\Delta = 10$
# (scores 13, -7 and 11, true class 0: 0 + 8 = 8), and the scores -2.85, 0.86 and 0.28
# of an image that we will meet again in section 5 (true class 2: 0 + 1.58). They also
# try equal scores, two classes, large scores, and the cat image in float32.

# %% nbgrader={"grade": true, "grade_id": "l3_svm_loss_i_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_svm_loss_i") as check:
    check.call(svm_loss_i, scores_table[0], 0, expect=2.9, label="cat image")
    check.call(svm_loss_i, scores_table[1], 1, expect=0.0, label="car image")
    s = np.array([13.0, -7.0, 11.0])
    check.call(svm_loss_i, s, 0, delta=10.0, expect=8.0, label="delta = 10")
    s = np.array([-2.85, 0.86, 0.28])
    check.call(svm_loss_i, s, 2, expect=1.58, label="notes, four pixels")
    s = np.array([0.5, 0.5, 0.5, 0.5])
    check.call(svm_loss_i, s, 1, 0.5, expect=1.5, label="four equal scores")
    s = np.array([-2.0, 2.5])
    check.call(svm_loss_i, s, 0, expect=5.5, label="two classes")
    s = np.array([-3e6, 2e6, 1e6, 2e6 + 1])
    check.call(svm_loss_i, s, 1, expect=2.0, label="large scores")
    s = scores_table[0].astype(np.float32)
    check.call(svm_loss_i, s, 0, expect=2.9, label="float32", rtol=1e-5)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_svm_loss_i", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Predict, then run
#
# **Goal.** Answer the lecturer's questions to the audience, then put your answers to the
# test.
#
# **Idea.** A prediction that turns out wrong teaches you more than a number you merely
# read. Commit to an answer for each key. Answer before you read on: you will settle
# them by experiments, with the function that you have just written.
#
# | time | key | question (form of the answer) |
# |---|---|---|
# | [13:19](https://youtu.be/h7iBpEHGVNc?t=799) | `true_score_frog` | What is $s_{y_i}$ for the frog image? (number) |
# | [17:24](https://youtu.be/h7iBpEHGVNc?t=1044) | `delta_only_sets_a_scale` | With reg = 0, does another $\Delta > 0$ only change the scale of the best `W` and of the loss? (True or False) |
# | [18:25](https://youtu.be/h7iBpEHGVNc?t=1105) | `car_loss_after_drop` | The car score of the car image drops from 4.9 to 4.4. What is its loss now? (number) |
# | [19:26](https://youtu.be/h7iBpEHGVNc?t=1166) | `smallest_loss` | What is the smallest value that the loss of one example can take? (number) |
# | [19:26](https://youtu.be/h7iBpEHGVNc?t=1166) | `largest_loss` | And the largest? (number, `np.inf` for no bound) |
# | [20:26](https://youtu.be/h7iBpEHGVNc?t=1226) | `loss_at_start` | At the start all scores are about 0. What is the loss with C = 10 classes? (number) |
# | [21:30](https://youtu.be/h7iBpEHGVNc?t=1290) | `rise_with_true_class` | By how much does the mean loss rise if the sum includes $j = y_i$ too? (number) |
# | [21:30](https://youtu.be/h7iBpEHGVNc?t=1290) | `mean_keeps_best_W` | With reg = 0, is the best `W` the same if we take the mean over the C - 1 wrong classes in place of the sum? (True or False) |
# | [22:31](https://youtu.be/h7iBpEHGVNc?t=1351) | `squaring_keeps_best_W` | Is the best `W` always the same if each term is squared, $\max(0, \cdot)^2$? (True or False) |
# | [25:34](https://youtu.be/h7iBpEHGVNc?t=1534) | `zero_loss_W_is_unique` | With reg = 0, some `W` has loss 0 on every example. Is it the only one? (True or False) |
# | [25:34](https://youtu.be/h7iBpEHGVNc?t=1534) | `car_loss_under_2W` | All weights are doubled, and with them all scores. What is the loss of the car image? (number) |
# | [25:34](https://youtu.be/h7iBpEHGVNc?t=1534) | `frog_loss_under_2W` | And that of the frog image? (number) |
#
# **Exercise 2 (4 points).** Replace each `None`.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_predict_then_run", "locked": false, "schema_version": 3, "solution": true, "task": false}
svm_answers = {
    "true_score_frog": None,  # a number
    "delta_only_sets_a_scale": None,  # True or False
    "car_loss_after_drop": None,  # a number
    "smallest_loss": None,  # a number
    "largest_loss": None,  # a number, or np.inf
    "loss_at_start": None,  # a number
    "rise_with_true_class": None,  # a number
    "mean_keeps_best_W": None,  # True or False
    "squaring_keeps_best_W": None,  # True or False
    "zero_loss_W_is_unique": None,  # True or False
    "car_loss_under_2W": None,  # a number
    "frog_loss_under_2W": None,  # a number
}
### BEGIN SOLUTION
svm_answers = {
    "true_score_frog": -3.1,
    "delta_only_sets_a_scale": True,
    "car_loss_after_drop": 0,
    "smallest_loss": 0,
    "largest_loss": np.inf,
    "loss_at_start": 9,
    "rise_with_true_class": 1,
    "mean_keeps_best_W": True,
    "squaring_keeps_best_W": False,
    "zero_loss_W_is_unique": False,
    "car_loss_under_2W": 0,
    "frog_loss_under_2W": 23.8,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_svm_predict_then_run_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_svm_predict_then_run") as check:
    check.answers(
        svm_answers,
        {
            "true_score_frog": float,
            "delta_only_sets_a_scale": bool,
            "car_loss_after_drop": float,
            "smallest_loss": float,
            "largest_loss": float,
            "loss_at_start": float,
            "rise_with_true_class": float,
            "mean_keeps_best_W": bool,
            "squaring_keeps_best_W": bool,
            "zero_loss_W_is_unique": bool,
            "car_loss_under_2W": float,
            "frog_loss_under_2W": float,
        },
    )
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_svm_predict_then_run", globals())
### END HIDDEN TESTS

# %% [markdown]
# This check looks only at the form: every key answered, numbers where numbers belong.
# Now put your answers to the test. Some experiments that settle a question or two:
#
# - Change one score of an image, or double all of them, and call `svm_loss_i` again.
# - Compare `svm_loss_i(10 * s, y, delta=10.0)` with `svm_loss_i(s, y)` for each image.
# - Give it `np.zeros(10)`, or scores in which one wrong class runs ahead.
# - Write a variant of it in one line: one that counts the true class, one that takes
#   the mean, one that squares each term. One image under two classifiers, with terms 3
#   and 0 under one of them and 1.6 and 1.6 under the other: which of the two does each
#   variant prefer?

# %%
# The cat image, and the cat image with all its scores halved. Your experiments go below.
for s in (scores_table[0], scores_table[0] / 2):
    print(f"scores {s}: loss {svm_loss_i(s, 0):.2f}")

# %% [markdown]
# **What I had wrong, and why** (for yourself, no points). *Replace this line: which
# answer did an experiment change, and what had you overlooked?*

# %% [markdown]
# ## 4. Find the slip
#
# **Goal.** Find an error in published numbers by knowing what each term is for.
#
# **Idea.** The course's slides of 2016 print these losses for the scores of section 2:
#
# | | cat image | car image | frog image | mean |
# |---|---|---|---|---|
# | published loss | 2.9 | 0 | 10.9 | 4.6 |
#
# One of the three losses is wrong, and the mean with it: (2.9 + 0 + 10.9) / 3 = 4.6 is
# computed correctly from a wrong number. Work out what each of the four mistakes below
# would have given.
#
# **Exercise 3 (2 points).** Give the wrong loss, the right one, and what was
# forgotten, as one of
#
# - `"max"`: the $\max(0, \cdot)$, so that negative terms were added;
# - `"delta"`: the margin $\Delta$;
# - `"true class"`: that $j = y_i$ is left out of the sum;
# - `"regularization"`: the penalty on `W`.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_find_the_slip", "locked": false, "schema_version": 3, "solution": true, "task": false}
frog_loss_slip = {
    "wrong_loss": None,  # a number: the published loss that is wrong
    "right_loss": None,  # a number: what it should be
    "forgotten_term": None,  # "max", "delta", "true class" or "regularization"
}
### BEGIN SOLUTION
frog_loss_slip = {
    "wrong_loss": 10.9,
    "right_loss": 12.9,
    "forgotten_term": "delta",
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_svm_find_the_slip_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_svm_find_the_slip") as check:
    check.answers(
        frog_loss_slip,
        {
            "wrong_loss": float,
            "right_loss": float,
            "forgotten_term": ("max", "delta", "true class", "regularization"),
        },
    )
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_svm_find_the_slip", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Question.** Would the same slip have shown on the car image?
#
# <details><summary>Answer</summary>
#
# No. Its terms are -2.6 and -1.9, and without the forgotten part they are lower still,
# so the loss is 0 either way. An error can hide on every easy example. That is why a
# check needs examples on both sides of a kink.
# </details>

# %% [markdown]
# ## 5. The full loss and its gradient, with loops
#
# **Goal.** Compute the loss of a data set and the gradient with respect to every
# weight.
#
# **Idea.** The full loss is the mean over the examples plus a penalty on large weights
# ([25:34](https://youtu.be/h7iBpEHGVNc?t=1534), [30:41](https://youtu.be/h7iBpEHGVNc?t=1841)):
#
# $$ L = \frac{1}{N} \sum_{i} \sum_{j \ne y_i} \max\left(0,\; x_i W_j - x_i W_{y_i} + \Delta\right) \;+\; \lambda \sum_{d, j} W_{dj}^2 $$
#
# $x_i$ is row $i$ of `X` and $W_j$ is column $j$ of `W`.
#
# **Derivation.** Take one example and ask what each score does to $L_i$.
#
# 1. A wrong class $j$ whose term is positive adds $s_j - s_{y_i} + \Delta$. Raise
#    $s_j$ by a little, and $L_i$ rises by as much: slope 1. If its term is negative,
#    nothing changes: slope 0.
# 2. The true score $s_{y_i}$ appears with a minus sign in **every** positive term. Its
#    slope is minus the number of positive terms.
# 3. $W_{dj}$ affects $s_j$ only, with the factor $x_d$.
#
# $$ \frac{\partial L_i}{\partial s_j} = \mathbb{1}\left[s_j - s_{y_i} + \Delta > 0\right] \quad (j \ne y_i) $$
#
# $$ \frac{\partial L_i}{\partial s_{y_i}} = -\sum_{j \ne y_i} \mathbb{1}\left[s_j - s_{y_i} + \Delta > 0\right] $$
#
# $$ \frac{\partial L_i}{\partial W_{dj}} = x_d\, \frac{\partial L_i}{\partial s_j} $$
#
# The symbol $\mathbb{1}[\cdot]$ is 1 where the condition holds and 0 elsewhere. For a
# whole data set these are averaged over the N examples, and the penalty adds $2 \lambda
# W_{dj}$.
#
# **The example from the notes.** Four pixels -15, 22, -44 and 56, true class 2, scores
# -2.85, 0.86 and 0.28. Class 0 has the term -2.13 and contributes nothing; class 1 has
# the term 1.58. So the slopes with respect to the scores are 0, 1 and -1.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_four_pixels", "locked": true, "schema_version": 3, "solution": false, "task": false}
W_pixels = np.array(
    [
        [0.01, 0.7, 0.0],
        [-0.05, 0.2, -0.45],
        [0.1, 0.05, -0.2],
        [0.05, 0.16, 0.03],
        [0.0, 0.2, -0.3],
    ]
)  # (D + 1, C): the last row holds the biases
x_pixels = np.array([-15.0, 22.0, -44.0, 56.0, 1.0])  # (D + 1,)
s_pixels = x_pixels @ W_pixels  # (C,)
print("scores ", "  ".join(f"{s:5.2f}" for s in s_pixels))
with checks.numbers("the notes' example") as check:
    check.equal(s_pixels, np.array([-2.85, 0.86, 0.28]), "scores")
    check.equal([-2.85 - 0.28 + 1, 0.86 - 0.28 + 1], [-2.13, 1.58], "terms")

# %%
# Suppose the true class had the score -2 in place of 0.28. What would be the slope of the
# loss with respect to the weight of pixel 1 (-15) for the true class?
slope = None  # a number
checks.question(
    "slope of one weight", slope, "ab3412105fb8",
    hint="How many terms are positive then? Steps 2 and 3 of the derivation.",
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l3_svm_gradient_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
slopes = np.array([0.0, 1.0, -1.0])  # of the loss with respect to each score
fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.4), width_ratios=[1, 3.2])
rows = ["pixel 1", "pixel 2", "pixel 3", "pixel 4", "bias"]
plots.matrix(x_pixels[:, None], rows, ["x"], fmt="{:.0f}", ax=left)
plots.matrix(
    np.array([[x * slope + 0.0 for slope in slopes] for x in x_pixels]),
    rows,
    ["class 0\nslope 0", "class 1\nslope 1", "class 2 (true)\nslope -1"],
    fmt="{:.0f}",
    ax=right,
)
fig.suptitle("Which weights does one image move?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Left the column x of the four pixels and the 1 of the bias: -15, 22, -44, 56, 1. "
    "Right the gradient of its loss: zeros in the column of class 0, x in the column of "
    "class 1, and -x in the column of the true class 2."
)

# %% [markdown]
# A step *against* the gradient subtracts the image from the template of the class that
# scored too high and adds it to the template of the true class.
#
# **Exercise 4 (4 points).** Write loss and gradient with explicit loops over examples
# and classes. Follow the formulas above; speed does not matter yet. Finite differences
# do not count: they are the subject of the next section, and too coarse for one of the
# checks.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_loss_naive", "locked": false, "schema_version": 3, "solution": true, "task": false}
def svm_loss_naive(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Multiclass SVM loss and its gradient, with loops. The margin is 1.

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
        Mean over the N examples, plus the penalty.
    dW : (D, C) float64
        Gradient of ``loss`` with respect to ``W``.
    """
    ### BEGIN SOLUTION
    num_train, num_classes = X.shape[0], W.shape[1]
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(num_train):
        scores = X[i] @ W  # (C,)
        for j in range(num_classes):
            margin = scores[j] - scores[y[i]] + 1.0
            if j != y[i] and margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss = loss / num_train + reg * np.sum(W * W)
    dW = dW / num_train + 2 * reg * W
    return loss, dW
    ### END SOLUTION

# %% [markdown]
# The first check rebuilds the table of section 2. Image i is a row with a 1 at place i
# (and a last 1 for the bias), and `W` holds the scores, so that `X @ W` is the table.
# According to the derivation the slopes with respect to the scores are
#
# | | cat | car | frog |
# |---|---|---|---|
# | cat image | -1 | 1 | 0 |
# | car image | 0 | 0 | 0 |
# | frog image | 1 | 1 | -2 |
#
# and `dW` is that table divided by N = 3, with the sums of its columns in the row of
# the bias.
#
# In that example N = C = 3, so a mix-up of the two would go unseen. A second data set
# has three examples, two features and four classes. The first example violates three
# margins, by 2.5, 2 and 4, the second none, and the third two, by 4 and 1; the data
# loss is 13.5 / 3.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_by_hand", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["hide-input"]
W_hand = np.array([[-0.5, 1.0, -0.5, 1.0], [0.5, 0.5, -0.5, -1.0]])  # (D, C) = (2, 4)
X_hand = np.array([[1.0, -1.0], [2.0, -1.0], [-2.0, 3.0]])  # (N, D) = (3, 2)
y_hand = np.array([0, 3, 2])
dW_hand = np.array([[-5, -1, 5, 1], [6, 2, -7, -1]]) / 3
X_table = np.hstack([np.eye(3), np.ones((3, 1))])  # (N, D) = (3, 4)
W_table = np.vstack([scores_table, np.zeros(3)])  # (D, C) = (4, 3)
dW_table = np.array([[-1, 1, 0], [0, 0, 0], [1, 1, -2], [0, 2, -2]]) / 3

small_types = (
    W_hand.astype(np.float32),
    X_hand.astype(np.float32),
    y_hand.astype(np.uint8),
)
# A third feature, 1e-9 times the first: its row of dW is 1e-9 times the first row.
W_tiny = np.vstack([W_hand, np.zeros(4)])
X_tiny = np.hstack([X_hand, 1e-9 * X_hand[:, :1]])

# label, (W, X, y, reg), (loss, dW)
hand_cases = [
    ("three images, reg 0", (W_table, X_table, y_table, 0.0), (15.8 / 3, dW_table)),
    (
        "by hand, reg 0.2",
        (W_hand, X_hand, y_hand, 0.2),
        (4.5 + 0.2 * 4.25, dW_hand + 0.4 * W_hand),
    ),
    ("by hand, reg 0", (W_hand, X_hand, y_hand, 0.0), (4.5, dW_hand)),
    (
        "one example, two classes",
        (W_hand[:, :2], X_hand[:1], y_hand[:1], 0.0),
        (2.5, np.array([[-1.0, 1.0], [1.0, -1.0]])),
    ),
    (
        "one feature",
        (np.array([[1.0, -1.0, 0.0]]), np.array([[0.25], [-3.0]]), np.array([0, 2]), 0.0),
        (2.625, np.array([[-0.25, -1.375, 1.625]])),
    ),
    ("float32 and uint8", (*small_types, 0.0), (4.5, dW_hand)),
    (
        "a tiny feature",
        (W_tiny, X_tiny, y_hand, 0.0),
        (4.5, np.vstack([dW_hand, 1e-9 * dW_hand[:1]])),
    ),
]

# %% nbgrader={"grade": true, "grade_id": "l3_svm_loss_naive_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_svm_loss_naive") as check:
    form = {"parts": ("loss", "dW"), "shapes": {"dW": "(D, C)"}}
    for label, args, expect in hand_cases:
        loss, dW = check.call(svm_loss_naive, *args, expect=expect, label=label, **form)
    check.equal(1e9 * dW[2], dW_hand[0], "dW of the tiny feature, times 1e9")
    rng = np.random.default_rng(3)
    W, X, y = rng.normal(size=(6, 4)), rng.normal(size=(5, 6)), rng.integers(4, size=5)
    loss, dW = check.call(svm_loss_naive, W, X, y, 0.1)
    check.gradient(lambda W: svm_loss_naive(W, X, y, 0.1)[0], dW, W, name="dW")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_svm_loss_naive", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Question.** Each row of the table of slopes sums to 0. Why must it?
#
# <details><summary>Answer</summary>
#
# Add the same number to all scores of an example: all differences stay, so the loss
# stays. The slope along "all scores together" is the sum of the row, and it is 0.
# </details>

# %% [markdown]
# ## 6. The gradient check, and how to read it
#
# **Goal.** Decide from numbers whether a gradient is right, and know when the numbers
# deceive.
#
# **Idea.** The analytic gradient is exact and easy to get wrong; the numeric one is
# approximate, slow, and hard to get wrong. So use the numeric one as a unit test of the
# analytic one, and train with the analytic one ([57:22](https://youtu.be/h7iBpEHGVNc?t=3442)). For one weight $w$:
#
# $$ \frac{\partial L}{\partial w} \approx \frac{L(w + h) - L(w - h)}{2h}, \qquad
# \text{relative error} = \frac{|a - n|}{\max(|a|, |n|)} $$
#
# with $a$ the analytic and $n$ the numeric slope. The notes give these bands, in
# double precision:
#
# | relative error | reading |
# |---|---|
# | above 1e-2 | the gradient is probably wrong |
# | 1e-2 to 1e-4 | be uneasy |
# | 1e-4 and less | fine where there are kinks, too much where there are none |
# | 1e-7 and less | be happy |
#
# **Before you go on.** A gradient has the wrong sign and is half as large as it should be,
# in every entry. Which relative error does the formula give?

# %%
wrong_sign = None  # a number
checks.question(
    "error of a wrong sign", wrong_sign, "bfbb7451a34c",
    hint="Put a = -1 and n = 2 into the formula.",
)  # fmt: skip

# %% [markdown]
# `check_gradient` is stricter: away from kinks it accepts a relative error of at most
# 1e-5, and it gives a verdict with its reason. Here it judges your gradient, then four
# gradients with deliberate mistakes.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_verdicts", "locked": true, "schema_version": 3, "solution": false, "task": false}
rng = np.random.default_rng(7)
W, X = rng.normal(size=(6, 4)), rng.normal(size=(8, 6))
y = rng.integers(4, size=8)
_, dW = svm_loss_naive(W, X, y, 0.1)


def loss_of(W: np.ndarray) -> float:
    """Loss as a function of the weights alone."""
    return svm_loss_naive(W, X, y, 0.1)[0]


for what, gradient in {
    "yours": dW,
    "half of it": dW / 2,
    "wrong sign": -dW,
    "regularization left out": dW - 0.2 * W,
    "never filled in": np.zeros_like(dW),
}.items():
    print(f"{what}:\n    {check_gradient(loss_of, W, gradient, name='dW')}")

# %% [markdown]
# Three ways in which a gradient check deceives:
#
# - **Zeros equal zeros.** A gradient that nobody filled in agrees with the numeric
#   gradient of a loss that nobody filled in. A check has to refuse both before it
#   compares.
# - **Regularization drowns the rest.** With a large `reg` the penalty's easy gradient
#   hides an error in the other part; with a tiny one (5e-6, say) an error in the
#   penalty hides. So check with reg = 0 first, then with reg > 0.
# - **Kinks.** Where a margin term is exactly 0 the loss has two slopes, not one: 0 on
#   one side, 1 on the other. Every value between the two is a valid *subgradient*; ours
#   is 0. The centred difference knows nothing of that. What does it return there?

# %%
at_kink = None  # a number
checks.question(
    "centred difference at the kink", at_kink, "aa57b40397b9",
    hint="One of the two steps goes up the slope, the other stays on the flat side.",
)  # fmt: skip

# %% [markdown]
# In numbers: one example with one pixel, x = 1, scores 0 and -1, true class 0, so that
# the term of class 1 is -1 - 0 + 1 = 0:

# %% nbgrader={"grade": false, "grade_id": "l3_svm_kink", "locked": true, "schema_version": 3, "solution": false, "task": false}
W_kink = np.array([[0.0, -1.0]])
x_kink, y_kink = np.array([[1.0]]), np.array([0])


def loss_at_kink(W: np.ndarray) -> float:
    """Loss of the one example as a function of the weights alone."""
    return svm_loss_naive(W, x_kink, y_kink, 0.0)[0]


for slope in (0.0, 0.5, 1.0, 1.5):
    gradient = np.array([[-slope, slope]])
    verdict = check_gradient(loss_at_kink, W_kink, gradient, name="dW")
    print(f"slope {slope}:\n    {verdict}")

# %% [markdown]
# **Question.** A smaller h makes the formula for the slope more exact. Why not use h
# = 1e-12?
#
# <details><summary>Answer</summary>
#
# A float64 holds about 16 digits. With so small an h, L(w + h) and L(w - h) differ only
# in the last few of them. Their difference is then mostly rounding error, and dividing
# by 2h makes that error large. The notebook on optimization plots the error against h.
# </details>

# %% [markdown]
# ## 7. Whole arrays in place of loops
#
# **Goal.** Compute the same loss and gradient without a Python loop.
#
# **Idea.** Everything that the loops do one at a time can be done with three arrays:
# the scores `(N, C)`, the margins `(N, C)`, and the slopes of the loss with respect to
# the scores, `(N, C)`, which section 5 gave as a table for the three images. Then
#
# $$ \frac{\partial L}{\partial W} = \frac{1}{N}\, X^{\top} G + 2 \lambda W $$
#
# where $G$ is the array of slopes. The shapes allow no other order: `(D, N) @ (N, C)`
# is `(D, C)`.
#
# **The lecture's example.** The margin terms of the three images, and the slopes that
# they lead to:

# %% nbgrader={"grade": false, "grade_id": "l3_svm_slopes_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
terms = np.array([[0, 2.9, -3.9], [-2.6, 0, -1.9], [6.3, 6.6, 0]])
slopes = np.array([[-1, 1, 0], [0, 0, 0], [1, 1, -2]])
fig, (left, right) = plt.subplots(1, 2, figsize=(8.2, 2.6))
plots.matrix(terms, image_names, class_names, fmt="{:.1f}", ax=left)
plots.matrix(slopes, image_names, class_names, fmt="{:.0f}", ax=right)
for i in range(3):
    left.texts[4 * i].set_text("left out")
left.set_xlabel("margin terms")
right.set_xlabel("slopes of the loss")
fig.suptitle("Which scores push, and which way?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Two tables, images in rows and classes in columns. Margin terms: 2.9 and -3.9 for "
    "the cat image, -2.6 and -1.9 for the car image, 6.3 and 6.6 for the frog image; the "
    "true class is left out. Slopes: -1, 1, 0 for the cat image, zeros for the car "
    "image, 1, 1, -2 for the frog image."
)

# %% [markdown]
# **Exercise 5 (6 points).** Write the same function without loops or comprehensions
# over examples or classes, and without finite differences. Useful: `np.arange(N)` as a
# row index beside `y`, `sum(axis=1)`, comparison of an array with 0. The checks are
# those of exercise 4, and one that looks for loops.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_loss_vectorized", "locked": false, "schema_version": 3, "solution": true, "task": false}
def svm_loss_vectorized(
    W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float
) -> tuple[float, np.ndarray]:
    """Multiclass SVM loss and its gradient, without loops. The margin is 1.

    Parameters and returns are those of ``svm_loss_naive``.
    """
    ### BEGIN SOLUTION
    num_train = X.shape[0]
    rows = np.arange(num_train)
    scores = X @ W  # (N, C)
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1.0)  # (N, C)
    margins[rows, y] = 0
    loss = margins.sum() / num_train + reg * np.sum(W * W)

    slopes = (margins > 0).astype(float)  # (N, C)
    slopes[rows, y] = -slopes.sum(axis=1)
    dW = X.T @ slopes / num_train + 2 * reg * W  # (D, C)
    return loss, dW
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_svm_loss_vectorized_test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l3_svm_loss_vectorized") as check:
    form = {"parts": ("loss", "dW"), "shapes": {"dW": "(D, C)"}}
    for label, args, expect in hand_cases:
        loss, dW = check.call(
            svm_loss_vectorized, *args, expect=expect, label=label, **form
        )
    check.equal(1e9 * dW[2], dW_hand[0], "dW of the tiny feature, times 1e9")
    rng = np.random.default_rng(5)
    W, X = rng.normal(size=(6, 4)), rng.normal(size=(20, 6))
    y = rng.integers(4, size=20)
    loss, dW = check.call(svm_loss_vectorized, W, X, y, 0.1)
    check.gradient(lambda W: svm_loss_vectorized(W, X, y, 0.1)[0], dW, W, name="dW")
    check.no_loops(
        svm_loss_vectorized,
        (W, X, y, 0.1),
        examples=(W, np.tile(X, (4, 1)), np.tile(y, 4), 0.1),
        classes=(np.tile(W, (1, 12)), X, y, 0.1),
    )
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_svm_loss_vectorized", globals())
### END HIDDEN TESTS

# %% [markdown]
# **How much faster?** The factor depends on the machine, the sizes and the libraries.
# On your machine:

# %% nbgrader={"grade": false, "grade_id": "l3_svm_timing", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "nbval-ignore-output"]
rng = np.random.default_rng(0)
X, y = rng.normal(size=(500, 64)), rng.integers(10, size=500)
W = rng.normal(size=(64, 10))
for function in (svm_loss_naive, svm_loss_vectorized):
    start = time.perf_counter()
    function(W, X, y, 0.0)
    milliseconds = 1000 * (time.perf_counter() - start)
    print(f"{function.__name__:20} {milliseconds:8.2f} ms")

# %% [markdown]
# **In PyTorch** this loss is `torch.nn.functional.multi_margin_loss`, which divides the
# sum by C, and the gradient comes from `loss.backward()`. Where PyTorch is installed,
# the next cell compares both with yours.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_pytorch", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "nbval-ignore-output"]
if importlib.util.find_spec("torch") is None:
    print("PyTorch is not installed here, and nothing in this course needs it.")
else:
    import torch

    weights = torch.tensor(W, requires_grad=True)
    scores = torch.tensor(X) @ weights  # (N, C)
    data_loss = torch.nn.functional.multi_margin_loss(scores, torch.tensor(y))
    total = data_loss * W.shape[1] + 0.1 * torch.sum(weights**2)
    total.backward()
    loss, dW = svm_loss_vectorized(W, X, y, 0.1)
    with checks.numbers("PyTorch") as check:
        check.equal(loss, total.item(), "loss")
        check.equal(dW, weights.grad.numpy(), "dW")

# %% [markdown]
# **Question.** In the array of slopes, what would go wrong if the entries of the true
# classes were left at 0?
#
# <details><summary>Answer</summary>
#
# The loss would be right and the gradient wrong: it would push wrong classes down and
# never pull the true class up. A gradient check finds that at once; a loss curve may go
# down even so.
# </details>

# %% [markdown]
# ## 8. Sanity, then training
#
# **Goal.** Train a linear classifier on real images with your own loss, and look at
# what it has learnt.
#
# **Idea.** Before a long run, test what you know in advance: with small random weights
# all scores are about 0, so the loss must start at the value that you have predicted as
# `loss_at_start`. If it starts anywhere else, either the code or the prediction is
# wrong.
#
# **The data.** 1,797 handwritten digits of 8 x 8 pixels (Alpaydin and Kaynak, UCI
# Machine Learning Repository, 1998, CC BY 4.0): 1,000 to train, 297 to validate, 500
# to test. We subtract the mean image of the training set and append a 1 to each row
# for the bias.
#
# **With CIFAR-10 instead.** Start Jupyter with the environment variable
# `CS231N_DATASET` set to `cifar10-small`, and this section trains on 4,000 colour
# images of 32 x 32 pixels (35% validation accuracy when we measured it); `cifar10`
# takes all 49,000. `load_cifar10(download=True)` from `cs231n_lib.data` fetches the
# files. The text describes the digits.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_digits", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
data = load_images().centered().with_bias()
print("X_train", data.X_train.shape, " y_train", data.y_train.shape)

rng = np.random.default_rng(0)
W_start = 1e-4 * rng.normal(size=(data.X_train.shape[1], data.num_classes))
loss, _ = svm_loss_vectorized(W_start, data.X_train, data.y_train, 0.0)
predicted = svm_answers["loss_at_start"]
if predicted is None:
    print("First commit to loss_at_start, in section 3.")
elif abs(loss - predicted) < 0.05 * loss:
    print("The loss starts where you predicted.")
else:
    print(f"The loss does not start at {predicted}: look again at both.")

# %% nbgrader={"grade": false, "grade_id": "l3_svm_digits_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
first = [int(np.argmax(data.y_train == k)) for k in range(data.num_classes)]
plots.images(
    data.images("train")[first],
    data.class_names,
    title="Which classes must be told apart? One training image of each class",
)
shape = " x ".join(str(n) for n in data.image_shape)
names = ", ".join(data.class_names)
plots.show(f"One picture of each class, {shape}: {names}.")

# %% [markdown]
# **Practice (no points).** Write the training: plain gradient descent. Compute loss and
# gradient on all training images, record the loss, take a step against the gradient,
# repeat. The notebook on optimization looks at the step size, the batches and the rest.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_descend", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def descend(
    W: np.ndarray, learning_rate: float, reg: float, num_iters: int
) -> tuple[np.ndarray, dict[str, list[float]]]:
    """Gradient descent on all training images of ``data``.

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
        loss, dW = svm_loss_vectorized(W, data.X_train, data.y_train, reg)
        history["training"].append(loss)
        loss, _ = svm_loss_vectorized(W, data.X_val, data.y_val, reg)
        history["validation"].append(loss)
        W = W - learning_rate * dW
    return W, history
    ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l3_svm_train", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
learning_rate = 0.1 if data.name == "digits" else 0.01  # CIFAR-10 has far more pixels
W, history = descend(W_start, learning_rate, 1e-3, 300)
for step in (10, 100, 299):
    print(f"step {step:3}   training loss {history['training'][step]:.2f}")
print(f"training accuracy   {data.accuracy(W, 'train'):.0%}")
print(f"validation accuracy {data.accuracy(W, 'val'):.0%}")
with checks.numbers("your training") as check:
    losses = history["training"]
    check.equal(len(losses), 300, "length of the history")
    check.equal(W_start, 1e-4 * np.random.default_rng(0).normal(size=W.shape), "W_start")
    if data.name == "digits":
        check.true(losses[-1] < 0.1 * losses[0], "the training loss has hardly fallen")

# %% nbgrader={"grade": false, "grade_id": "l3_svm_loss_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
ax = plots.loss_curve(history, title="Does the loss also fall on images not used for training?")
ax.set_ylim(0, 9.5)
plots.show(
    "Training and validation loss fall steeply at first and slowly after that. The "
    "validation loss stays above the training loss."
)

# %% nbgrader={"grade": false, "grade_id": "l3_svm_templates_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
plots.templates(
    W,
    data.image_shape,
    data.class_names,
    title=f"Where does each class want {'ink' if data.name == 'digits' else 'light'}, "
    "and where not?",
)
if data.name == "digits":
    plots.show(
        "Ten templates of 8 x 8 weights. Ink where a template is purple raises the score "
        "of its class; ink where it is orange, marked with dots, lowers it. The template "
        "of 0 is dark orange in the middle."
    )
else:
    plots.show("One template per class, as a colour picture: bright where it adds.")

# %% [markdown]
# Each column of `W` is a picture of what its class looks for, as the lecture shows for
# CIFAR-10 ([02:06](https://youtu.be/h7iBpEHGVNc?t=126)). The templates are not mean digits: a class also says where ink is
# evidence for another class. The 0 rejects ink in the middle, where most other digits
# have some.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_mistakes_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
wrong, answers = (part[:8] for part in data.mistakes(W, "val"))
plots.images(
    data.images("val")[wrong],
    [
        f"{data.class_names[data.y_val[i]]} read\nas {data.class_names[answer]}"
        for i, answer in zip(wrong, answers, strict=True)
    ],
    columns=8,
    title="Which images does it get wrong?",
)
plots.show(
    "Eight validation images with their true class and the class that got the highest "
    "score."
)

# %% [markdown]
# **Go on (no points).** Does another learning rate, or another strength of
# regularization, do better on the validation images in the same 300 steps? Choose by
# validation accuracy, never by test accuracy. On the digits 95.5% is within reach.

# %%
rate, strength = None, None  # your choice
if rate is not None:
    W_own, _ = descend(W_start, rate, strength, 300)
    reached = data.accuracy(W_own, "val")
    print(f"validation accuracy {reached:.1%}")
    if data.name == "digits":
        print("target reached" if reached >= 0.955 else "the target is not reached yet")

# %% [markdown]
# **Question.** There is one template per class. Some people write a 7 with a bar through
# it, some without. What does a linear classifier do about that?
#
# <details><summary>Answer</summary>
#
# It has to match both with a single template, a compromise, like the two-headed horse
# among the CIFAR-10 templates. A network with a hidden layer can have one template for
# each way of writing and combine them; that is lecture 4.
# </details>

# %% [markdown]
# ## 9. Scale and regularization
#
# **Goal.** See what a loss of 0 leaves open, and what settles it. A word that helps:
# the data loss is *convex* in `W` (at the mean of two weight matrices it is at most the
# mean of their losses), and the penalty is *strictly* convex (for two different
# matrices it is strictly less).
#
# **Idea.** Multiply `W` by a number $\alpha > 0$: all scores are multiplied by it and
# no decision changes, but the loss may ([25:34](https://youtu.be/h7iBpEHGVNc?t=1534)).
# The left picture shows the losses of the three images, the right one the car image
# alone, with and without a penalty $\lambda \alpha^2 \sum W^2$ (for the `W_table` of
# section 5 the squares of the weights sum to those of the scores; here $\lambda =
# 0.05$). "A larger `W` of the same direction leaves the loss unchanged" is often
# repeated: for which of the three images is it true?

# %% nbgrader={"grade": false, "grade_id": "l3_svm_scale_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
alphas = np.linspace(0, 1.5, 301)
fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6))
for line, name, s, label in zip(
    plots.LINES, image_names, scores_table, y_table, strict=False
):
    left.plot(alphas, [svm_loss_i(a * s, label) for a in alphas], label=name, **line)
left.set(xlabel=r"scale $\alpha$ of W", ylabel="loss of the image")
left.set_title("Does scaling W leave the loss alone?")
left.legend()

data_loss = np.array([svm_loss_i(a * scores_table[1], 1) for a in alphas])
penalty = 0.05 * alphas**2 * np.sum(scores_table[1] ** 2)
right.plot(alphas, data_loss, label="car image", **plots.LINES[1])
right.plot(alphas, penalty, label="penalty", **plots.LINES[2])
right.plot(alphas, data_loss + penalty, label="sum", **plots.LINES[0])
best = int(np.argmin(data_loss + penalty))
right.plot(alphas[best], (data_loss + penalty)[best], "o", color=plots.COLORS["red"])
right.set(xlabel=r"scale $\alpha$ of W", ylabel="loss", ylim=(0, 2.2))
right.set_title("Which scale is best with a penalty?")
right.legend()
plots.show(
    "Left: all three losses start at 2. With growing scale that of the frog image rises "
    "in a straight line, that of the cat image dips and then rises, that of the car image "
    "falls to 0 at a scale of about 0.34 and stays there. Right: the penalty rises as a "
    "parabola, and its sum with the loss of the car image has one lowest point, where "
    "that loss has just reached 0."
)

# %% [markdown] nbgrader={"grade": true, "grade_id": "l3_svm_scale_question", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# **Exercise 6 (2 points, graded by hand).** Suppose some `W` has data loss 0 on
# every training example.
#
# 1. Is it the only one? If not, name others, and say why their data loss is 0 too.
# 2. Explain why, with `reg > 0`, exactly one `W` is best. What does the penalty
#    prefer, and what keeps it from shrinking `W` to 0?
#
# Answer in four to eight sentences.
#
# ### BEGIN SOLUTION
# If all margins hold, every term $s_j - s_{y_i} + 1$ is at most 0, so
# $s_{y_i} - s_j \ge 1$ for all $j \ne y_i$. For $\alpha W$ with $\alpha \ge 1$ the
# differences are $\alpha (s_{y_i} - s_j) \ge 1$: the margins hold too and the data
# loss is 0. So a whole ray of weights has loss 0 (and, if there is room to spare,
# their neighbours as well).
#
# With `reg > 0` these weights are no longer equal: the penalty of $\alpha W$ is
# $\alpha^2$ times that of $W$, so the smaller one is preferred. It cannot shrink to 0,
# because then margins would break: at `W = 0` the data loss is C - 1. The best `W`
# balances the two. It is unique because the data loss is convex and the penalty is
# strictly convex: if two different weights were both best, their mean would have at
# most the same data loss and a smaller penalty, a contradiction.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Compute a multiclass SVM loss by hand, and say which examples cost nothing.
# - Derive its gradient from the slopes of the scores, and write it with and without
#   loops.
# - Read a gradient check, at kinks too, and distrust one that compares zeros.
# - Test a new loss by its value at the start.
# - Write the training, and choose its settings on validation images.
# - Say what zero loss leaves open about `W`, and what a penalty adds.
#
# ## On your own
#
# - Write the squared hinge loss and its gradient. Does it have kinks?
# - Train with reg = 1. What happens to the templates, and to the two losses?
# - Keep the bias out of the penalty: which line of your function changes?
# - Find the validation digit with the largest loss. Is it the one you would find
#   hardest?
#
# ## Further reading
#
# - [CS231n notes: linear classification](https://cs231n.github.io/linear-classify/),
#   with the four-pixel example of section 5.
# - [CS231n notes: gradient checks](https://cs231n.github.io/neural-networks-3/#gradcheck).
# - K. Crammer and Y. Singer, *On the Algorithmic Implementation of Multiclass
#   Kernel-based Vector Machines*, JMLR 2, 2001: a relative of this loss that keeps
#   only the worst wrong class.
# - J. Weston and C. Watkins, *Support Vector Machines for Multi-Class Pattern
#   Recognition*, ESANN 1999: the form used here.

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l3_svm_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
