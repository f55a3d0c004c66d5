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
# # Computational graphs
#
# CS231n, lecture 4 (2017 recording), [3:04](https://youtu.be/d14TUNcbn1k?t=184) to [18:39](https://youtu.be/d14TUNcbn1k?t=1119) and [30:57](https://youtu.be/d14TUNcbn1k?t=1857) to [37:07](https://youtu.be/d14TUNcbn1k?t=2227), with the
# forward/backward interface at [48:26](https://youtu.be/d14TUNcbn1k?t=2906). About two hours.
#
# A loss is a long formula. Once it is written as a graph of small gates, two rules are
# enough to compute its gradient with respect to everything at once. This notebook
# builds both.
#
# **What you'll do**
#
# - Run small graphs forwards and backwards by hand and in code, and see your own
#   numbers in their drawings.
# - Commit to answers for the lecture's questions, then run the cells that settle them.
# - Write add, multiply and max gates as classes with `forward` and `backward`.
# - Add up the gradients of a value that is used more than once.
#
# **What you'll learn**
#
# - What "local" and "upstream" gradient mean, and why a gate only has to multiply them.
# - What each kind of gate does to a gradient: distribute, switch, route.
# - What happens to the gradient of a value that is used more than once.
# - Why a gate needs a cache.
#
# **What you'll need**
#
# - Derivatives of one variable, the chain rule, Python functions and classes.
# - The [notes on backpropagation](https://cs231n.github.io/optimization-2/) if a term
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
# - A **gate** computes one number from one or two others. A **wire** carries a number
#   from the gate that computes it to the gate that uses it.
# - `q` is a value; `dq` is the gradient of the **final** output with respect to `q`,
#   $\partial f / \partial q$, and has the shape of `q`.
# - In the drawings a **value** is written above its wire, upright and green. A
#   **gradient** is written below it, italic, red and in brackets; the dashed arrow
#   shows that it travels backwards. A dashed box is a blank; a frame with $\ne$ marks a
#   number that is inconsistent with its neighbours.
# - The slope of `max(x, y)` at $x = y$ is not unique. We send the gradient to the first
#   operand there; every split between the two is accepted.
# - Functions never change their inputs.

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from cs231n_lib import checks, plots
from cs231n_lib.circuits import Circuit, attempt
from cs231n_lib.circuits.play import play
from cs231n_lib.gate_picture import one_gate
from cs231n_lib.sliders import Slider

plots.use_style()

# %% [markdown]
# **A warm-up (no points)**, to refresh the chain rule. Write your answer in
# place of `None` and run the cell.

# %%
outer = None  # a number: f = (2 x + 1)**2; what is df/dx at x = 1?
checks.question(
    "a warm-up", outer, "1991037274cd",
    hint="The slope of the square at 3, times the slope of 2 x + 1.",
)  # fmt: skip

# %% [markdown]
# ## 1. A loss is a graph
#
# **Goal.** Read a formula as a graph of gates.
#
# **Idea.** There are two ways to compute a gradient ([3:04](https://youtu.be/d14TUNcbn1k?t=184)). The **numeric** way moves
# each parameter a little and computes the loss again: slow and approximate, but easy to
# write. The **analytic** way derives a formula: fast and exact, but easy to get wrong.
# In practice we derive the formula and check it numerically. For a large network nobody
# derives the whole formula on paper; instead it is cut into gates whose derivatives are
# known.
#
# $$ s = xW, \qquad L = \underbrace{\sum_{j \ne y} \max(0,\, s_j - s_y + 1)}_{\text{hinge}} + \underbrace{\lambda \sum W^2}_{R} $$
#
# **The lecture's example** ([4:06](https://youtu.be/d14TUNcbn1k?t=246)) is the SVM loss
# of a linear classifier, here with the numbers of the notes: four pixels and a 1 for
# the bias, three classes, true class 2 (counted from 0). We add a penalty with $\lambda
# = 0.1$. It covers all of `W`, including the row of biases, as with the bias trick of
# lecture 3. (Where biases are arrays of their own, as in the notebook on the two-layer
# net, they are not penalised.)

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_linear_classifier", "locked": true, "schema_version": 3, "solution": false, "task": false}
x_pixels = np.array([-15.0, 22.0, -44.0, 56.0, 1.0])  # (D + 1,)
W_pixels = np.array(
    [
        [0.01, 0.7, 0.0],
        [-0.05, 0.2, -0.45],
        [0.1, 0.05, -0.2],
        [0.05, 0.16, 0.03],
        [0.0, 0.2, -0.3],
    ]
)  # (D + 1, C): the last row holds the biases
s_pixels = x_pixels @ W_pixels  # (C,)
hinge_pixels = max(0, -2.85 - 0.28 + 1) + max(0, 0.86 - 0.28 + 1)
penalty_pixels = 0.1 * np.sum(W_pixels * W_pixels)

with checks.numbers("the linear classifier") as check:
    check.equal(s_pixels, np.array([-2.85, 0.86, 0.28]), "scores")
    check.equal(hinge_pixels, 1.58, "hinge")

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_linear_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
linear_classifier = Circuit(
    {
        "x": (),
        "W": (),
        "s": ("@", "x", "W"),
        "data loss": ("hinge", "s"),
        "R": ("penalty", "W"),
        "L": ("+", "data loss", "R"),
    }
)
drawing = linear_classifier.draw(
    {
        "x": x_pixels,
        "W": W_pixels,
        "s": s_pixels,
        "data loss": hinge_pixels,
        "R": penalty_pixels,
        "L": hinge_pixels + penalty_pixels,
    },
    title="How is a loss built up? The linear classifier as a graph",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# Note the dot after `W`: it is used twice, in the scores and in the penalty. Section 6
# shows what that does to its gradient.

# %%
rise = None  # a number: the middle score, 0.86, rises by 0.1; how much does L rise?
checks.question(
    "score of class 1", rise, "cf79c1bd898f",
    hint="Which terms of the hinge are above 0, and does the penalty see the scores?",
)  # fmt: skip

# %% [markdown]
# **Question** ([11:20](https://youtu.be/d14TUNcbn1k?t=680)). The loss is a formula like any other. Why not use plain calculus
# and derive $\partial L / \partial W$ directly?
#
# <details><summary>Answer</summary>
#
# You can, and the result is the same: the graph only organises the chain rule. But the
# formula of a deep network fills pages, has to be derived again after every change, and
# computes the same parts many times over. In the graph each gate knows its own short
# derivative, and whatever is shared is computed once.
# </details>

# %% [markdown]
# ## 2. Forwards and backwards: (x + y) z
#
# **Goal.** Compute the gradient of a small graph with respect to each of its inputs.
#
# **Idea.** Forwards, each gate computes its output from its inputs. Backwards, start at
# the output with $\partial f / \partial f = 1$ and visit the gates in reverse order.
# Each gate receives one number, the **upstream gradient**: how the final output changes
# with the gate's own output. It knows the **local gradient** for each input: how its
# own output changes with that input. To each input it sends back the product of the two
# ([10:18](https://youtu.be/d14TUNcbn1k?t=618)).
#
# $$ \underbrace{\frac{\partial f}{\partial x}}_{\text{sent back}} = \underbrace{\frac{\partial f}{\partial q}}_{\text{upstream}} \cdot \underbrace{\frac{\partial q}{\partial x}}_{\text{local}} $$
#
# The picture shows the same for any gate: $L$ is the final output, $f$ the function of
# the gate and $z$ its output. (In the example below the names are other: there $z$ is
# an input, and $f$ the final output.) Backpropagation is this picture, once per gate.

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_one_gate_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
one_gate()
plots.show(
    "A gate z = f(x, y). Solid arrows carry x and y in and z out. Dashed arrows point back: "
    "the upstream gradient of L with respect to z arrives at the output, and at each input "
    "leaves the upstream gradient times the local gradient of that input."
)

# %%
sent_back = None  # a number: z = x**2 at x = 3, upstream gradient 5; what goes back to x?
checks.question(
    "one gate", sent_back, "d99f38a1cfd9",
    hint="The slope of x**2 at 3 is the local gradient; the upstream gradient is not added.",
)  # fmt: skip

# %% [markdown]
# **The lecture's example** ([5:09](https://youtu.be/d14TUNcbn1k?t=309)) is $f = (x + y)\, z$ at $x = -2$, $y = 5$, $z = -4$.
# Give the sum a name, $q = x + y$, so that $f = q z$.
#
# | step | local gradient | upstream | result |
# |---|---|---|---|
# | forwards | | | $q = 3$, $f = -12$ |
# | at the output | | | $\partial f / \partial f = 1$ |
# | product, towards $z$ | $\partial f / \partial z = q = 3$ | 1 | $\partial f / \partial z = 3$ |
# | product, towards $q$ | $\partial f / \partial q = z = -4$ | 1 | $\partial f / \partial q = -4$ |
# | sum, towards $x$ | $\partial q / \partial x = 1$ | -4 | $\partial f / \partial x = -4$ |
# | sum, towards $y$ | $\partial q / \partial y = 1$ | -4 | $\partial f / \partial y = -4$ |

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_xyz_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
xyz = Circuit(
    {"x": (), "y": (), "z": (), "q": ("+", "x", "y"), "f": ("*", "q", "z")}
)
drawing = xyz.draw(
    {"x": -2, "y": 5, "z": -4, "q": 3, "f": -12},
    {"x": -4, "y": -4, "z": 3, "q": -4, "f": 1},
    title="(x + y) z: which way does f move with each input?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# The gradient -4 at $x$ means: if $x$ rises a little, $f$ falls four times as much. The
# cell below checks this.

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_xyz_numbers", "locked": true, "schema_version": 3, "solution": false, "task": false}
step = 0.001
here = (-2 + 5) * -4
slopes = {
    "x": ((-2 + step + 5) * -4 - here) / step,
    "y": ((-2 + 5 + step) * -4 - here) / step,
    "z": ((-2 + 5) * (-4 + step) - here) / step,
}
for name, slope in slopes.items():
    print(f"{name} rises by {step}: f changes by {slope:.1f} times that")

with checks.numbers("(x + y) z") as check:
    check.equal(here, -12, "f")
    check.equal(slopes, {"x": -4.0, "y": -4.0, "z": 3.0}, "slopes", atol=1e-6)

# %% [markdown]
# **Exercise 1 (2 points).** Write the forward and the backward pass for any three
# numbers. Here and below, gradients measured with small steps, as in the cell above,
# earn no points: they are accurate to a few digits only.

# %% nbgrader={"grade": false, "grade_id": "l4_xyz", "locked": false, "schema_version": 3, "solution": true, "task": false}
def f_xyz(
    x: float, y: float, z: float
) -> tuple[float, tuple[float, float, float]]:
    """Compute f = (x + y) * z and its gradients.

    Parameters
    ----------
    x, y, z : float

    Returns
    -------
    f : float
    grads : tuple of three floats
        The gradients of f with respect to x, y and z, in this order.
    """
    ### BEGIN SOLUTION
    q = x + y
    f = q * z
    dq = z
    dz = q
    return f, (1.0 * dq, 1.0 * dq, dz)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_xyz_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_xyz") as check:
    parts = ("f", "(dx, dy, dz)")
    expect = (-12.0, (-4.0, -4.0, 3.0))
    args = (-2.0, 5.0, -4.0)
    check.call(f_xyz, *args, expect=expect, parts=parts, label="the lecture")
    expect = (2.0, (2.0, 2.0, 1.0))
    args = (3.0, -2.0, 2.0)
    check.call(f_xyz, *args, expect=expect, parts=parts, label="another point")
    expect, args = (5e8, (2.5, 2.5, 2e8)), (3e8, -1e8, 2.5)
    check.call(f_xyz, *args, expect=expect, parts=parts, label="large numbers")
    expect, args = (0, (7, 7, 0)), (4, -4, 7)
    check.call(f_xyz, *args, expect=expect, parts=parts, label="whole numbers")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_xyz", globals())
### END HIDDEN TESTS

# %% [markdown]
# Your numbers in the drawing, at another point. You did not return $q$ and its gradient,
# so they stay blank. What belongs there?

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_xyz_yours", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
f, grads = attempt(f_xyz, 3.0, -2.0, 2.0) or (None, [None] * 3)
drawing = xyz.draw(
    {"x": 3.0, "y": -2.0, "z": 2.0, "f": f},
    {**dict(zip("xyz", grads, strict=True)), "f": 1.0},
    title="Your numbers: what belongs in the blanks?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# <details><summary>Answer</summary>
#
# The value is $q = 3 + (-2) = 1$. Its gradient is $z = 2$, the number that reappears at
# $x$ and at $y$.
# </details>

# %% [markdown]
# ## 3. Predict, then run
#
# **Goal.** Commit to answers to the lecture's questions before you run the code.
#
# **Idea.** A prediction that turns out wrong teaches you more than a number you merely
# read. Commit to an answer for each key; the cells after the check show what is true.
# Four of the questions are about these single gates. The upstream gradient of each is
# given; what flows back to the inputs?

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_blanks_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
single_gates = Circuit(
    {
        "a": (),
        "b": (),
        "c": (),
        "d": (),
        "e": (),
        "g": (),
        "h": (),
        "sum": ("+", "a", "b"),
        "product": ("*", "c", "d"),
        "larger": ("max", "e", "g"),
        "first": ("copy", "h"),
        "second": ("copy", "h"),
    },
)
single_values = {"a": 3, "b": 4, "c": 2, "d": 3, "e": 4, "g": 5, "h": 7}
single_values |= {"sum": 7, "product": 6, "larger": 5, "first": 7, "second": 7}
upstream = {"sum": 2, "product": 5, "larger": 9, "first": 4, "second": 2}
drawing = single_gates.draw(
    single_values, upstream, title="What flows back to each input?"
)
plots.show(drawing.text, drawing)

# %% [markdown]
# | time | key | question (form of the answer) |
# |---|---|---|
# | [3:04](https://youtu.be/d14TUNcbn1k?t=184) | `cost_of_numeric_gradient` | A network has 1,000,000 parameters. How often must its loss be computed for one gradient by **forward** differences? (number) |
# | [11:20](https://youtu.be/d14TUNcbn1k?t=680) | `other_result_than_calculus` | Does backpropagation give a different gradient from plain calculus? (True or False) |
# | [13:28](https://youtu.be/d14TUNcbn1k?t=808) | `minus_four_at_z` | In the drawing of section 2: what is the -4 at `z`? (`"value"` or `"gradient"`) |
# |  | `gradient_at_f` | In the same drawing $f = -12$. What is $\partial f / \partial f$? (number) |
# |  | `f_if_x_is_minus_1` | In the same drawing `x` rises from -2 to -1. What does `f` become? (number) |
# | [30:57](https://youtu.be/d14TUNcbn1k?t=1857) | `add_gate_at_3` | Add gate, inputs 3 and 4, upstream 2: the gradient at the 3? (number) |
# | [33:01](https://youtu.be/d14TUNcbn1k?t=1981) | `multiply_gate_at_2` | Multiply gate, inputs 2 and 3, upstream 5: the gradient at the 2? (number) |
# | [31:59](https://youtu.be/d14TUNcbn1k?t=1919) | `max_gate_at_4` | Max gate, inputs 4 and 5, upstream 9: the gradient at the 4? (number) |
# | [34:01](https://youtu.be/d14TUNcbn1k?t=2041) | `copy_gate` | One value on two wires, with gradients 4 and 2 coming back: the gradient of the value? (number) |
# |  | `square_by_multiply_gate` | $f = x \cdot x$ with one multiply gate, $x = 3$, upstream 1: the gradient of `x`? (number) |
# | [36:04](https://youtu.be/d14TUNcbn1k?t=2164) | `backprop_multiplies_everything` | Is the gradient of an input always the product of **all** the local gradients in the graph? (True or False) |
# |  | `t_minus_f_is_a_loss` | A network's output `f` should come near the target `t`. Does minimising $t - f$ achieve that? (True or False) |

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_predict_then_run", "locked": false, "schema_version": 3, "solution": true, "task": false}
graph_answers = {
    "cost_of_numeric_gradient": None,  # a number
    "other_result_than_calculus": None,  # True or False
    "minus_four_at_z": None,  # "value" or "gradient"
    "gradient_at_f": None,  # a number
    "f_if_x_is_minus_1": None,  # a number
    "add_gate_at_3": None,  # a number
    "multiply_gate_at_2": None,  # a number
    "max_gate_at_4": None,  # a number
    "copy_gate": None,  # a number
    "square_by_multiply_gate": None,  # a number
    "backprop_multiplies_everything": None,  # True or False
    "t_minus_f_is_a_loss": None,  # True or False
}
### BEGIN SOLUTION
graph_answers = {
    "cost_of_numeric_gradient": 1_000_001,
    "other_result_than_calculus": False,
    "minus_four_at_z": "value",
    "gradient_at_f": 1,
    "f_if_x_is_minus_1": -16,
    "add_gate_at_3": 2,
    "multiply_gate_at_2": 15,
    "max_gate_at_4": 0,
    "copy_gate": 6,
    "square_by_multiply_gate": 6,
    "backprop_multiplies_everything": False,
    "t_minus_f_is_a_loss": False,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_graphs_predict_then_run_test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
graph_form = {
    "cost_of_numeric_gradient": int,
    "other_result_than_calculus": bool,
    "minus_four_at_z": ("value", "gradient"),
    "gradient_at_f": float,
    "f_if_x_is_minus_1": float,
    "add_gate_at_3": float,
    "multiply_gate_at_2": float,
    "max_gate_at_4": float,
    "copy_gate": float,
    "square_by_multiply_gate": float,
    "backprop_multiplies_everything": bool,
    "t_minus_f_is_a_loss": bool,
}
with checks.exercise("l4_graphs_predict_then_run") as check:
    check.answers(graph_answers, graph_form)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_graphs_predict_then_run", globals())
### END HIDDEN TESTS

# %% [markdown]
# This check looks only at the form: every key answered, numbers where numbers belong.
# The next cells show whether the answers are right: they move one input a little and
# see how much the output moves. They run only once all twelve keys are filled in. Their
# code is folded away, because it contains the answers.

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_truth", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["hide-input"]
with checks.numbers("your predictions") as check:
    check.answers(graph_answers, graph_form)  # first predict, then look

step = 1e-6
moved = {
    "3 of 3 + 4, upstream 2": 2 * ((3 + step + 4) - (3 + 4)) / step,
    "4 of 3 + 4, upstream 2": 2 * ((3 + 4 + step) - (3 + 4)) / step,
    "2 of 2 * 3, upstream 5": 5 * ((2 + step) * 3 - 2 * 3) / step,
    "3 of 2 * 3, upstream 5": 5 * (2 * (3 + step) - 2 * 3) / step,
    "4 of max(4, 5), upstream 9": 9 * (max(4 + step, 5) - max(4, 5)) / step,
    "5 of max(4, 5), upstream 9": 9 * (max(4, 5 + step) - max(4, 5)) / step,
    "7 on two wires, 4 and 2 back": (4 * (7 + step) + 2 * (7 + step) - 42) / step,
    "3 of 3 * 3, upstream 1": ((3 + step) * (3 + step) - 9) / step,
}
for what, slope in moved.items():
    print(f"{what:30} {slope:6.2f}")
print(f"{'f at x = -1':30} {(-1 + 5) * -4:6.2f}")

with checks.numbers("the single gates") as check:
    expect = [2.0, 2.0, 15.0, 10.0, 0.0, 9.0, 6.0, 6.0]
    check.equal(list(moved.values()), expect, "slopes", rtol=1e-5, atol=1e-5)

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_single_gates_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
back = {name: round(slope) for name, slope in zip("abcdegh", moved.values(), strict=False)}
drawing = single_gates.draw(
    single_values, {**upstream, **back}, title="What flows back to each input?"
)
plots.show(drawing.text, drawing)

# %% [markdown]
# **Which ones did you get wrong?** Go through the list once more, and change this
# sentence into your own: *I had believed that ..., but ..., because ....* This cell is
# for you and is not graded. Then open the explanations.

# %% [markdown]
# <details><summary>What the questions show</summary>
#
# - **Numeric gradients are expensive** ([3:04](https://youtu.be/d14TUNcbn1k?t=184)): one loss at the point itself and one
#   for each parameter, 1,000,001 in all. A backward pass gives the gradients of all
#   parameters together, and each gate does only a little more work in it than in the
#   forward pass.
# - **Calculus** ([11:20](https://youtu.be/d14TUNcbn1k?t=680)): the same gradient. Backpropagation *is* calculus, the chain
#   rule applied gate by gate.
# - **The -4 at z** ([13:28](https://youtu.be/d14TUNcbn1k?t=808)): the value that came
#   in. It is written above the wire. The gradient of `z` is the 3 below it. It is no
#   accident that the gradient of `q` is -4 as well: a multiply gate gives each input
#   the value of the other times the upstream gradient, which is 1 here.
# - **The gradient at the output** is 1, whatever the value is: $f$ changes exactly as
#   much as $f$ changes.
# - **One step in x**: the gradient is -4, so `f` goes from -12 to -16. The gradient
#   predicts it exactly here because `f` is a straight line in `x`; in general it does so
#   only for small steps.
# - **Gates**: sections 5 and 6.
# - **A loss**: section 4.
# </details>

# %% [markdown]
# **Try it.** Run the next cell for the circuit of section 2 with sliders for its three
# inputs (if ipywidgets is installed, as it is in the course's environment). Your
# function recomputes the numbers each time. Which inputs change a gradient, and which
# do not? (Values of x and y change the gradient of z, z changes those of x and y, and
# no input changes its own.)

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_xyz_play", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
def with_inputs(x: float, y: float, z: float):
    """Draw (x + y) z with these inputs; your function gives f and three gradients."""
    f, grads = attempt(f_xyz, x, y, z) or (None, [None] * 3)
    return xyz.draw(
        {"x": x, "y": y, "z": z, "q": x + y, "f": f},
        {**dict(zip("xyz", grads, strict=True)), "q": z, "f": 1.0},
        title="Which gradients change with which input?",
        digits=1,
    )


halves = [k / 2 for k in range(-12, 13)]
play(
    with_inputs,
    x=Slider("x", halves, -2.0),
    y=Slider("y", halves, 5.0),
    z=Slider("z", halves, -4.0),
)

# %%
deaf_at = None  # a number: for which z does a small change of x not change f at all?
checks.question(
    "a deaf circuit", deaf_at, "fc2419189f8b",
    hint="Where is the gradient of x equal to 0?",
)  # fmt: skip

# %% [markdown]
# ## 4. A graph that ends in a loss: (ax + by) cz
#
# **Goal.** Compute the gradients of a loss with respect to the parameters of a small
# network.
#
# **Idea.** Let $f = (ax + by)\, cz$. The inputs $x, y, z$ are data; $a, b, c$ are
# parameters; $t$ is the target that $f$ should reach. A loss must be smallest where $f$
# is right. The plain difference $t - f$ is not: it keeps falling as $f$ grows, so
# training would send $f$ to infinity. The squared difference has its smallest value, 0,
# exactly at $f = t$.
#
# $$ L = (t - f)^2 $$

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_loss_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
f_values = np.linspace(9, 21, 121)
fig, ax = plt.subplots()
ax.plot(f_values, (15 - f_values) ** 2, label="$(t - f)^2$", **plots.LINES[0])
ax.plot(f_values, 15 - f_values, label="$t - f$", **plots.LINES[1])
ax.plot([12, 12], [9, 3], "o", color=plots.COLORS["red"])
ax.annotate("now: f = 12", (12.1, 9.3), (12.4, 20), arrowprops={"arrowstyle": "->"})
ax.axvline(15, **plots.LINES[2])
ax.text(15.1, 30, "target t = 15")
ax.set(xlabel="output f of the network", ylabel="loss")
ax.set_title("Which of the two has a bottom at the target?")
ax.legend(loc="lower left")
plots.show(
    "Against the output f, the squared difference is a parabola with its lowest point, 0, "
    "at the target 15. The plain difference is a falling line that crosses 0 at the target "
    "and has no lowest point. At f = 12 they are 9 and 3."
)

# %% [markdown]
# **The example.** $a = 2$, $b = 5$, $c = 1$ and $(x, y, z) = (1, 2, 1)$ give $f = 12$. The
# target is $t = 15$. Give each gate's output a name:
#
# $$ u = ax, \quad v = by, \quad q = u + v, \quad r = cz, \quad f = q r, \quad e = t - f, \quad L = e^2 $$
#
# The drawing shows all values, and the gradients of the last three steps. With
# $\partial L / \partial e = 2e = 6$ and $\partial e / \partial f = -1$, the upstream
# gradient of $f$ is -6: raise $f$, and the loss falls.

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_axbycz_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
axbycz = Circuit(
    {
        **dict.fromkeys(("a", "x", "b", "y", "c", "z", "t"), ()),
        "u": ("*", "a", "x"),
        "v": ("*", "b", "y"),
        "q": ("+", "u", "v"),
        "r": ("*", "c", "z"),
        "f": ("*", "q", "r"),
        "e": ("-", "t", "f"),
        "L": ("**2", "e"),
    },
    inputs="near",
)
axbycz_values = {"a": 2, "x": 1, "b": 5, "y": 2, "c": 1, "z": 1, "t": 15}
axbycz_values |= {"u": 2, "v": 10, "q": 12, "r": 1, "f": 12, "e": 3, "L": 9}
drawing = axbycz.draw(
    axbycz_values,
    {"L": 1, "e": 6, "f": -6},
    title="How does each parameter change the loss? The first three steps back",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# **Exercise 2 (3 points).** Write the loss and its gradients with respect to the three
# parameters.

# %% nbgrader={"grade": false, "grade_id": "l4_axbycz", "locked": false, "schema_version": 3, "solution": true, "task": false}
def loss_axbycz(
    a: float, b: float, c: float, x: float, y: float, z: float, t: float
) -> tuple[float, tuple[float, float, float]]:
    """Compute L = (t - (a * x + b * y) * c * z) ** 2 and its gradients.

    Parameters
    ----------
    a, b, c : float
        The parameters.
    x, y, z : float
        The data.
    t : float
        The target.

    Returns
    -------
    L : float
    grads : tuple of three floats
        The gradients of L with respect to a, b and c, in this order.
    """
    ### BEGIN SOLUTION
    q = a * x + b * y
    r = c * z
    e = t - q * r
    df = -2 * e
    dq = df * r
    dr = df * q
    return e**2, (dq * x, dq * y, dr * z)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_axbycz_test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_axbycz") as check:
    parts = ("L", "(da, db, dc)")
    args = (2.0, 5.0, 1.0, 1.0, 2.0, 1.0, 15.0)
    expect = (9.0, (-6.0, -12.0, -72.0))
    check.call(loss_axbycz, *args, expect=expect, parts=parts, label="the example")
    args = (2.0, 5.0, 1.0, 1.0, 2.0, 1.0, 12.0)
    expect = (0.0, (0.0, 0.0, 0.0))
    check.call(loss_axbycz, *args, expect=expect, parts=parts, label="target met")
    args = (2, 5, 1, 1, 2, 1, 10**9 + 12)
    expect = (1e18, (-2e9, -4e9, -2.4e10))
    check.call(loss_axbycz, *args, expect=expect, parts=parts, label="target far away")
    point = np.array([0.5, -1.5, 2.0])  # a, b, c
    data = (3.0, -0.5, 0.25, 4.0)
    _, grads = check.call(loss_axbycz, *point, *data)
    check.gradient(
        lambda p: loss_axbycz(*p, *data)[0], np.array(grads), point, name="(da, db, dc)"
    )
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_axbycz", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_axbycz_yours", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
L, grads = attempt(loss_axbycz, 2, 5, 1, 1, 2, 1, 15) or (None, [None] * 3)
drawing = axbycz.draw(
    {**axbycz_values, "L": L},
    {"L": 1, "e": 6, "f": -6, **dict(zip("abc", grads, strict=True))},
    title="Your gradients: which parameter changes the loss most?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# With $t - f$ in place of its square, everything before $f$ stays the same. The
# upstream gradient of $f$ is -1 instead of -6, so the gradients are -1, -2 and -12.
# They would be the same if the target were far below $f$: $t - f$ never says "enough".

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_difference", "locked": true, "schema_version": 3, "solution": false, "task": false}
step = 1e-6
slopes = {"t - f": [], "its square": []}
for a, b, c in ((2 + step, 5, 1), (2, 5 + step, 1), (2, 5, 1 + step)):
    e = 15 - (a * 1 + b * 2) * c * 1
    slopes["t - f"].append((e - 3) / step)
    slopes["its square"].append((e**2 - 9) / step)
for what, numbers in slopes.items():
    print(f"{what:10} " + "  ".join(f"{number:6.1f}" for number in numbers))

with checks.numbers("t - f and its square") as check:
    check.equal(slopes["t - f"], [-1.0, -2.0, -12.0], "t - f", atol=1e-4)
    check.equal(slopes["its square"], [-6.0, -12.0, -72.0], "square", rtol=1e-4)
    check.equal(15 - (2 * 1 + 5 * 2) * 100 * 1, -1185, "t - f with c = 100")

# %% [markdown]
# **Question.** The gradient of $c$ is twelve times that of $a$. Which number in the
# drawing is the reason?
#
# <details><summary>Answer</summary>
#
# The value $q = 12$. At the last multiply gate the gradient is multiplied by the value
# of the other input: towards $r$ by $q = 12$, towards $q$ only by $r = 1$. A multiply
# gate gives a large gradient to the input whose partner is large. So the scale of the
# data affects the scale of the gradients, which is one reason to preprocess data: with
# the same upstream gradient, inputs 1,000 times as large make the gradients of the
# weights that they meet 1,000 times as large. (In a whole circuit the upstream gradient
# changes too.)
# </details>

# %% [markdown]
# ## 5. Gates: distribute, switch, route
#
# **Goal.** Write gates that know nothing about the graph around them.
#
# **Idea.** A gate needs two things for the backward pass: its upstream gradient and its
# local gradients ([30:57](https://youtu.be/d14TUNcbn1k?t=1857)).
#
# | gate | local gradients | what it does to a gradient |
# |---|---|---|
# | $x + y$ | 1 and 1 | **distributes** it: both inputs get all of it |
# | $x \cdot y$ | $y$ and $x$ | **switches**: each input gets it times the other input |
# | $\max(x, y)$ | 1 for the larger, 0 for the other | **routes** it: only the larger input gets it |
#
# The local gradients of the product and of the maximum depend on the inputs. By the
# time the gradient comes back, the forward pass is long over, so a gate has to remember
# what it will need. What it keeps is its **cache**.
#
# **Example.** A gate with one input, $q = x^2$, whose local gradient is $2x$:

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_square_gate", "locked": true, "schema_version": 3, "solution": false, "task": false}
class SquareGate:
    """q = x**2, as a gate with a cache."""

    def forward(self, x: float) -> float:
        """Return the output and keep what backward will need."""
        self.x = x
        return x**2

    def backward(self, dout: float) -> float:
        """Return upstream gradient times local gradient."""
        return dout * 2 * self.x


gate = SquareGate()
print(f"forward(4) = {gate.forward(4.0):.0f}, backward(1) = {gate.backward(1.0):.0f}")

# %% [markdown]
# **Exercise 3 (6 points).** Write three gates with two inputs. `forward(x, y)` takes
# and returns numbers; `backward(dout)` takes the upstream gradient and returns `(dx,
# dy)` for the inputs of the **latest** forward. Each gate object keeps its own cache: a
# graph may hold many gates of one kind. Where both inputs of a max gate are equal, any
# split of `dout` is accepted: all to one input, or part to each.

# %% nbgrader={"grade": false, "grade_id": "l4_gates", "locked": false, "schema_version": 3, "solution": true, "task": false}
class AddGate:
    """out = x + y."""

    def forward(self, x: float, y: float) -> float:
        """Return the output."""
        ### BEGIN SOLUTION
        return x + y
        ### END SOLUTION

    def backward(self, dout: float) -> tuple[float, float]:
        """Return (dx, dy) for the upstream gradient dout."""
        ### BEGIN SOLUTION
        return dout, dout
        ### END SOLUTION


class MultiplyGate:
    """out = x * y."""

    def forward(self, x: float, y: float) -> float:
        """Return the output."""
        ### BEGIN SOLUTION
        self.x, self.y = x, y
        return x * y
        ### END SOLUTION

    def backward(self, dout: float) -> tuple[float, float]:
        """Return (dx, dy) for the upstream gradient dout."""
        ### BEGIN SOLUTION
        return dout * self.y, dout * self.x
        ### END SOLUTION


class MaxGate:
    """out = max(x, y)."""

    def forward(self, x: float, y: float) -> float:
        """Return the output."""
        ### BEGIN SOLUTION
        self.x, self.y = x, y
        return max(x, y)
        ### END SOLUTION

    def backward(self, dout: float) -> tuple[float, float]:
        """Return (dx, dy) for the upstream gradient dout."""
        ### BEGIN SOLUTION
        return (dout, 0.0) if self.x >= self.y else (0.0, dout)
        ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_gates_test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_gates") as check:
    parts = ("dx", "dy")
    for kind, x, y, out, dout, grads in (
        (AddGate, 1.0, -6.0, -5.0, 3.0, (3.0, 3.0)),
        (MultiplyGate, 4.0, -3.0, -12.0, 2.0, (-6.0, 8.0)),
        (MaxGate, -1.0, 2.0, 2.0, 7.0, (0.0, 7.0)),
        (MaxGate, 4.0, -5.0, 4.0, 9.0, (9.0, 0.0)),
    ):
        gate, name = kind(), kind.__name__
        check.call(gate.forward, x, y, expect=out, label=f"{name} forward")
        back = check.call(gate.backward, dout, label=f"{name} backward")
        check.equal(back, grads, f"{name} backward", parts=parts)
    for kind, first, latest in (
        (MultiplyGate, (3.0, 2.0), (10.0, 30.0)),
        (MaxGate, (0.0, 1.0), (1.0, 0.0)),
    ):
        one, two, name = kind(), kind(), kind.__name__
        one.forward(2.0, 3.0)
        two.forward(20.0, 10.0)
        check.equal(one.backward(1.0), first, f"{name}, first of two", parts=parts)
        one.forward(30.0, 10.0)
        check.equal(one.backward(1.0), latest, f"{name}, forward twice", parts=parts)
    gate = MaxGate()
    gate.forward(2, 2)
    check.equal(sum(gate.backward(6.0)), 6.0, "MaxGate backward at a tie, dx + dy")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_gates", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Question.** The max gate gives its smaller input a gradient of 0. Does this mean that
# the input does not matter?
#
# <details><summary>Answer</summary>
#
# No. It means that a *small* change of it does not matter here. Raise it far enough,
# and it becomes the larger one; from then on it gets the whole gradient. A gradient
# describes only the immediate neighbourhood of a point.
# </details>

# %% [markdown]
# ## 6. Branches: a sum over paths
#
# **Goal.** Get the gradient right where a value is used more than once.
#
# **Idea.** Let $x$ go into several gates, with outputs $q_1, \dots, q_K$. If $x$
# changes, all of them change, and each of them changes $f$. The changes **add up**
# ([34:01](https://youtu.be/d14TUNcbn1k?t=2041)). This is the chain rule for several variables ([36:04](https://youtu.be/d14TUNcbn1k?t=2164)):
#
# $$ \frac{\partial f}{\partial x} = \sum_{k=1}^{K} \frac{\partial f}{\partial q_k}\, \frac{\partial q_k}{\partial x} $$
#
# A common summary is that backpropagation "multiplies all the local gradients". That is
# true only **along one path**. If an input reaches the output by several paths, there
# is one product for each path, and the gradient is their **sum**.
#
# **Example.** A value is copied to two wires, and the gradients 5 and -2 come back: the
# value gets 5 - 2 = 3. In $f = xy + x^2$, with the square as a multiply gate, $x$ feeds
# three wires.
#
# **Exercise 4 (2 points).** Write the backward pass of a branch, then the function
# $f = xy + x \cdot x$ with its gradients.

# %% nbgrader={"grade": false, "grade_id": "l4_branch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def branch_backward(upstream: list[float]) -> float:
    """Gradient of a value that is used on several wires.

    Parameters
    ----------
    upstream : sequence of K numbers
        The gradient that comes back along each wire: a list, a tuple or a (K,) array.

    Returns
    -------
    float
        The gradient of the value.
    """
    ### BEGIN SOLUTION
    return sum(upstream)
    ### END SOLUTION


def f_branch(x: float, y: float) -> tuple[float, tuple[float, float]]:
    """Compute f = x * y + x * x and its gradients.

    Parameters
    ----------
    x, y : float

    Returns
    -------
    f : float
    grads : tuple of two floats
        The gradients of f with respect to x and y, in this order.
    """
    ### BEGIN SOLUTION
    dx = branch_backward([y, x, x])
    return x * y + x * x, (dx, x)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_branch_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_branch") as check:
    check.call(branch_backward, [5.0, -2.0], expect=3.0, label="two wires")
    check.call(branch_backward, np.array([1.0, -2.0, 0.5]), expect=-0.5, label="three")
    check.call(branch_backward, (3,), expect=3, label="one wire")
    parts = ("f", "(dx, dy)")
    check.call(f_branch, 3.0, 2.0, expect=(15.0, (8.0, 3.0)), parts=parts, label="3, 2")
    expect = (6e16, (5e8, 2e8))
    check.call(f_branch, 2e8, 1e8, expect=expect, parts=parts, label="large numbers")
    point = np.array([-1.5, 0.5])
    _, grads = check.call(f_branch, *point)
    check.gradient(lambda p: f_branch(*p)[0], np.array(grads), point, name="(dx, dy)")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_branch", globals())
### END HIDDEN TESTS

# %% [markdown]
# In the drawing the small numbers at the gates are what comes back along each wire: 2
# through $xy$, and 3 twice through $x \cdot x$. Your gradient of $x$ is flagged if it
# is not their sum.

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_branch_yours", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
branch = Circuit(
    {
        "x": (),
        "y": (),
        "square": ("*", "x", "x"),
        "p": ("*", "x", "y"),
        "f": ("+", "square", "p"),
    }
)
f, (dx, dy) = attempt(f_branch, 3, 2) or (None, (None, None))
drawing = branch.draw(
    {"x": 3, "y": 2, "square": 9, "p": 6, "f": f},
    {"x": dx, "y": dy, "square": 1, "p": 1, "f": 1, ("x", "square"): (3, 3), ("x", "p"): 2},
    title="Which paths lead from x to f, and what does each bring back?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# **Question.** In section 1, what are the two paths from `W` to `L`, and which part of the
# gradient of the SVM loss comes along each?
#
# <details><summary>Answer</summary>
#
# One leads through the scores and the hinge and brings the gradient of the data loss. The
# other leads through the penalty and brings $2 \lambda W$. That is why the gradient of a
# regularized loss is a sum.
# </details>

# %% [markdown]
# ## 7. A circuit with three kinds of gates
#
# **Goal.** Put the rules together.
#
# **The example from the notes** is $f = 2\,(xy + \max(z, w))$ at $x = 3$, $y = -4$,
# $z = 2$, $w = -1$. Work it out on paper before you write code: the values from left to
# right, the gradients from right to left. $f$ is -20.

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_circuit_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
notes_circuit = Circuit(
    {
        **dict.fromkeys(("x", "y", "z", "w"), ()),
        "p": ("*", "x", "y"),
        "m": ("max", "z", "w"),
        "s": ("+", "p", "m"),
        "f": ("*2", "s"),
    }
)
drawing = notes_circuit.draw(
    {"x": 3, "y": -4, "z": 2, "w": -1, "f": -20},
    {"f": 1},
    title="What belongs in the blanks?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# **Exercise 5 (3 points).** Write the circuit for any four numbers. You may use your
# gates. Where $z = w$, every split of the gradient between the two counts, as in
# exercise 3.

# %% nbgrader={"grade": false, "grade_id": "l4_gate_circuit", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gate_circuit(
    x: float, y: float, z: float, w: float
) -> tuple[float, tuple[float, float, float, float]]:
    """Compute f = 2 * (x * y + max(z, w)) and its gradients.

    Parameters
    ----------
    x, y, z, w : float

    Returns
    -------
    f : float
    grads : tuple of four floats
        The gradients of f with respect to x, y, z and w, in this order.
    """
    ### BEGIN SOLUTION
    f = 2 * (x * y + max(z, w))
    ds = 2.0
    dz, dw = (ds, 0.0) if z >= w else (0.0, ds)
    return f, (ds * y, ds * x, dz, dw)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_gate_circuit_test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_gate_circuit") as check:
    parts = ("f", "(dx, dy, dz, dw)")
    args, expect = (3.0, -4.0, 2.0, -1.0), (-20.0, (-8.0, 6.0, 2.0, 0.0))
    check.call(gate_circuit, *args, expect=expect, parts=parts, label="the notes")
    args, expect = (2e8, 3e8, 0, 5), (1.2e17, (6e8, 4e8, 0, 2))
    check.call(gate_circuit, *args, expect=expect, parts=parts, label="large numbers")
    _, (_, _, dz, dw) = gate_circuit(1, 2, 3, 3)
    check.equal(dz + dw, 2, "dz + dw where z = w")
    point = np.array([0.5, 1.5, -2.0, 3.0])
    _, grads = check.call(gate_circuit, *point)
    check.gradient(
        lambda p: gate_circuit(*p)[0], np.array(grads), point, name="(dx, dy, dz, dw)"
    )
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_gate_circuit", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Question.** Describe the backward pass in the words of section 5: which gate
# distributes, which switches, which routes, and what does the gate that doubles do?
#
# <details><summary>Answer</summary>
#
# The doubling gate scales: it sends 2 back. The add gate distributes that 2 to $p$ and
# $m$. The multiply gate switches: $x$ gets $2 \cdot (-4) = -8$, $y$ gets $2 \cdot 3 = 6$.
# The max gate routes the 2 to $z$ and nothing to $w$.
# </details>

# %% [markdown]
# ## 8. Forward and backward as an interface
#
# **Goal.** Run any graph with gates that have only `forward` and `backward`.
#
# **Idea.** With gates as objects the code for the graph is short ([48:26](https://youtu.be/d14TUNcbn1k?t=2906)): call
# `forward` on all gates in order, then `backward` on all gates in reverse order, and
# add up the gradients of each value. These two loops do not need to know what the gates
# compute. Deep learning frameworks are libraries of such gates: in Caffe each layer,
# such as the sigmoid layer, has a forward and a backward function; in PyTorch a
# `torch.autograd.Function` has `forward`, `backward` and a context that holds the
# cache.

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_network", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
class Network:
    """Gates in the order of their computation: (output, gate, input, input)."""

    def __init__(self, steps: list[tuple]) -> None:
        self.steps = steps

    def forward(self, values: dict[str, float]) -> dict[str, float]:
        """Return the values of all wires."""
        values = dict(values)
        for out, gate, a, b in self.steps:
            values[out] = gate.forward(values[a], values[b])
        return values

    def backward(self, values: dict[str, float]) -> dict[str, float]:
        """Return the gradients of all wires; that of the last output is 1."""
        grads = dict.fromkeys(values, 0.0)
        grads[self.steps[-1][0]] = 1.0
        for out, gate, a, b in reversed(self.steps):
            da, db = gate.backward(grads[out])
            grads[a] += da
            grads[b] += db
        return grads


# %% [markdown]
# The next cell builds the circuit of section 7 out of **your** gates, each an object of
# its own, and runs both loops. The doubling becomes a multiply gate whose other input
# is the constant 2. Before you run it: suppose all gates of a kind were one object,
# with one cache.

# %%
clash = None  # a string such as "q and r": which two outputs would the shared object compute?
checks.question(
    "two gates, one object", clash, "67830383df3e",
    hint="The steps in their order are p, m, s, f; which of them multiply?",
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_network_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
network = Network(
    [
        ("p", MultiplyGate(), "x", "y"),
        ("m", MaxGate(), "z", "w"),
        ("s", AddGate(), "p", "m"),
        ("f", MultiplyGate(), "two", "s"),
    ]
)
network_inputs = {"two": 2, "x": 3, "y": -4, "z": 2, "w": -1}
network_values = attempt(network.forward, network_inputs)
network_grads = network_values and attempt(network.backward, network_values)

network_circuit = Circuit(
    {
        **dict.fromkeys(("two", "x", "y", "z", "w"), ()),
        "p": ("*", "x", "y"),
        "m": ("max", "z", "w"),
        "s": ("+", "p", "m"),
        "f": ("*", "two", "s"),
    },
    shown={"two": "2"},
)
drawing = network_circuit.draw(
    network_values or network_inputs,
    network_grads or {},
    title="Do your gates fill in the notes' circuit?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# With one shared cache, the second forward of the multiply gate would overwrite what the
# first backward needs.
#
# **Question.** A constant such as the 2 gets a gradient too. What is it good for?
#
# <details><summary>Answer</summary>
#
# Nothing, as long as it stays a constant: a gate computes the gradients of all its
# inputs because it does not know which of them will be trained. In frameworks you can
# mark constants and save the work. If the 2 were a weight, its gradient would be ready.
# </details>

# %% [markdown]
# ## What you can do now
#
# - Cut a formula into gates, run it forwards, and run gradients back through it.
# - Say what an add, a multiply and a max gate do to a gradient, and why.
# - Add up gradients over all paths, and explain why backpropagation is not one long
#   product.
# - Write a gate with a cache, and say what goes wrong when two gates share it.
#
# ## On your own
#
# - Write a `SubtractGate` and a `DivideGate`. What must each of them remember?
# - Draw the graph of $(x + y)(x - y)$ and find all paths from $x$. Is the sum over them
#   $2x$?
# - Use `Network` to compute the gradients of section 4.
# - Replace `+=` by `=` in `Network.backward`. Which of this notebook's graphs still come
#   out right?
#
# ## Further reading
#
# - [CS231n notes: backpropagation](https://cs231n.github.io/optimization-2/), with the
#   circuit of section 7.
# - [C. Olah, *Calculus on Computational
#   Graphs*](https://colah.github.io/posts/2015-08-Backprop/): sums over paths, counted
#   forwards and backwards.
# - [PyTorch: extending
#   autograd](https://pytorch.org/docs/stable/notes/extending.html): the same interface in
#   a framework.

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l4_graphs_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
