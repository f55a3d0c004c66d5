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
# # Backpropagation through a sigmoid neuron
#
# CS231n, lecture 4 (2017 recording), [18:39](https://youtu.be/d14TUNcbn1k?t=1119) to [30:57](https://youtu.be/d14TUNcbn1k?t=1857), with the staged example of the
# notes. About three hours.
#
# One neuron: thirteen numbers forwards and thirteen back. Then the same neuron with a
# single sigmoid gate, and finally a class that runs the backward pass of any expression
# by itself.
#
# **What you'll do**
#
# - Run the lecture's sigmoid circuit gate by gate, and find the values that go wrong
#   when rounded numbers are passed on.
# - Write the sigmoid as one gate that does not overflow.
# - Split a longer formula into stages and bring the gradients back through them.
# - Write `Value`, a small autograd, build neurons, layers and a network out of it, and
#   train that network.
#
# **What you'll learn**
#
# - Why $(1 - s)\, s$ is the slope of the sigmoid, and where it vanishes.
# - That gates may be as fine or as coarse as you like.
# - Why rounding belongs at the end.
# - In which order the backward pass must visit the nodes, and why gradients are added.
#
# **What you'll need**
#
# - The notebook on computational graphs: local and upstream gradients, branches, caches.
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
# | symbol | shape | meaning |
# |---|---|---|
# | `w` | `(3,)` float64 | two weights and, **last**, the bias |
# | `x` | `(2,)` float64 | the inputs of the neuron |
# | `f` | number | its output |
# | `dq` | as `q` | gradient of the final output with respect to `q` |
# | `dout` | as the output of a gate | the upstream gradient |
#
# In the drawings a **value** is written above its wire, upright and green; a
# **gradient** below it, italic, red and in brackets, with a dashed arrow that points
# back. A dashed box is a blank; a frame with $\ne$ marks a number that is inconsistent
# with its neighbours. At a kink (`relu` at 0, a tie in `maximum`) every valid
# subgradient is accepted. Functions never change their inputs.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

from cs231n_lib import checks, plots
from cs231n_lib.circuits import Circuit, attempt, trace
from cs231n_lib.gradient_check import forward_gradient

plots.use_style()

# %% [markdown]
# **A warm-up (no points).** Write your answer in place of `None` and run the cell.

# %%
slope_of_one_over = None  # a number: the slope of 1 / d at d = 2
checks.question(
    "a warm-up", slope_of_one_over, "e7b52c9bcd09",
    hint="1 / d is d to the power of -1.",
)  # fmt: skip

# %% [markdown]
# ## 1. The circuit, gate by gate
#
# **Goal.** Compute every value and every gradient of a sigmoid neuron.
#
# **Idea.** A neuron adds its weighted inputs and a bias, and squashes the sum into the
# range from 0 to 1 ([18:39](https://youtu.be/d14TUNcbn1k?t=1119)):
#
# $$ f(w, x) = \frac{1}{1 + e^{-(w_0 x_0 + w_1 x_1 + w_2)}} $$
#
# We cut it into the smallest gates and give each output a name:
#
# | node | gate | local gradient |
# |---|---|---|
# | `p0`, `p1` | $w_0 x_0$, $w_1 x_1$ | the other factor |
# | `a` | $p_0 + p_1$ | 1 and 1 |
# | `s` | $a + w_2$ | 1 and 1 |
# | `n` | $-s$ | $-1$ |
# | `e` | $e^{n}$ | $e^{n}$, the output itself |
# | `d` | $1 + e$ | 1 |
# | `f` | $1 / d$ | $-1 / d^2$ |
#
# **The lecture's example.** $w = (2, -3, -3)$ and $x = (-1, -2)$. Read the values from
# left to right, then the gradients from right to left. The gradients of the five inputs
# are left to you.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_lecture_numbers", "locked": true, "schema_version": 3, "solution": false, "task": false}
lecture_values = {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}
lecture_values |= {"p0": -2, "p1": 6, "a": 4, "s": 1, "n": -1}
lecture_values |= {"e": 0.367879, "d": 1.367879, "f": 0.731059}
lecture_grads = {"f": 1, "d": -0.534447, "e": -0.534447, "n": -0.196612, "s": 0.196612}
lecture_grads |= {"a": 0.196612, "p0": 0.196612, "p1": 0.196612}

neuron = Circuit(
    {
        **dict.fromkeys(("w0", "x0", "w1", "x1", "w2"), ()),
        "p0": ("*", "w0", "x0"),
        "p1": ("*", "w1", "x1"),
        "a": ("+", "p0", "p1"),
        "s": ("+", "a", "w2"),
        "n": ("*-1", "s"),
        "e": ("exp", "n"),
        "d": ("+1", "e"),
        "f": ("1/x", "d"),
    },
    inputs="near",
)


def output_of(w0: float, x0: float, w1: float, x1: float, w2: float) -> float:
    """Return the output of the neuron, in one formula."""
    return 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + w2)))


inputs = np.array([2.0, -1.0, -3.0, -2.0, -3.0])
input_names = ("w0", "x0", "w1", "x1", "w2")
input_slopes = forward_gradient(lambda p: output_of(*p), inputs)
for name, slope in zip(input_names, input_slopes, strict=True):
    print(f"{name} rises a little: f rises" if slope > 0 else f"{name} rises a little: f falls")

with checks.numbers("the sigmoid circuit") as check:
    check.equal(neuron.misfits(lecture_values), {}, "values that do not fit")
    check.equal(output_of(*inputs), 0.731059, "f", rtol=1e-5)
    for name, f_of, value in (
        ("d", lambda d: 1 / d[0], 1.367879),
        ("e", lambda e: 1 / (1 + e[0]), 0.367879),
        ("n", lambda n: 1 / (1 + np.exp(n[0])), -1.0),
        ("s", lambda s: 1 / (1 + np.exp(-s[0])), 1.0),
    ):
        slope = forward_gradient(f_of, np.array([value]))
        check.equal(slope, np.array([lecture_grads[name]]), name, rtol=1e-5)

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_circuit_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
drawing = neuron.draw(
    lecture_values,
    lecture_grads,
    title="How does each number of a sigmoid neuron change its output?",
)
plots.show(drawing.text, drawing)

# %%
all_zero = None  # a number: the gradient of the bias w2 where w0, w1 and w2 are all 0
checks.question(
    "a neuron without weights", all_zero, "adeae232e0fd",
    hint="First f, then the rows f, e and n of the table above; or wait for section 3.",
)  # fmt: skip

# %% [markdown]
# **Exercise 1 (4 points).** Compute all values and gradients. `values` and `grads` are
# dicts with the thirteen names of the drawing: `w0 x0 w1 x1 w2 p0 p1 a s n e d f`.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_circuit", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_circuit(
    w: np.ndarray, x: np.ndarray
) -> tuple[float, dict[str, float], dict[str, float]]:
    """Run the sigmoid circuit forwards and backwards, gate by gate.

    Parameters
    ----------
    w : (3,) float64
        Two weights and, last, the bias.
    x : (2,) float64
        The inputs.

    Returns
    -------
    f : float
        The output.
    values : dict
        The value of each node, by the names in the drawing.
    grads : dict
        The gradient of f with respect to each node, by the same names.
    """
    ### BEGIN SOLUTION
    v = {"w0": w[0], "x0": x[0], "w1": w[1], "x1": x[1], "w2": w[2]}
    v["p0"], v["p1"] = v["w0"] * v["x0"], v["w1"] * v["x1"]
    v["a"] = v["p0"] + v["p1"]
    v["s"] = v["a"] + v["w2"]
    v["n"] = -v["s"]
    v["e"] = np.exp(v["n"])
    v["d"] = 1 + v["e"]
    v["f"] = 1 / v["d"]

    g = {"f": 1.0}
    g["d"] = -1 / v["d"] ** 2 * g["f"]
    g["e"] = g["d"]
    g["n"] = v["e"] * g["e"]
    g["s"] = -g["n"]
    g["a"] = g["w2"] = g["s"]
    g["p0"] = g["p1"] = g["a"]
    g["w0"], g["x0"] = v["x0"] * g["p0"], v["w0"] * g["p0"]
    g["w1"], g["x1"] = v["x1"] * g["p1"], v["w1"] * g["p1"]
    return v["f"], v, g
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_sigmoid_circuit_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_sigmoid_circuit") as check:
    parts = ("f", "values", "grads")
    w, x = np.array([2.0, -3.0, -3.0]), np.array([-1.0, -2.0])
    all_grads = lecture_grads | dict(zip(input_names, input_slopes, strict=True))
    expect = (0.731059, lecture_values, all_grads)
    options = {"parts": parts, "rtol": 1e-5, "atol": 1e-6}
    check.call(sigmoid_circuit, w, x, expect=expect, label="the lecture", **options)
    w, x = np.array([2, -3, -3]), np.array([-1, -2])
    check.call(sigmoid_circuit, w, x, expect=expect, label="whole numbers", **options)
    w, x = np.array([0.5, -1.0, 0.25]), np.array([1.5, 0.8])
    f, _, grads = check.call(sigmoid_circuit, w, x)
    point = np.array([w[0], x[0], w[1], x[1], w[2]])
    got = np.array([grads[name] for name in input_names])
    check.gradient(lambda p: output_of(*p), got, point, name="(w0, x0, w1, x1, w2)")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_sigmoid_circuit", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_circuit_yours", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
answer = attempt(sigmoid_circuit, np.array([2.0, -3.0, 3.0]), np.array([-1.0, -2.0]))
_, values, grads = answer or (None, {}, {})
drawing = neuron.draw(values, grads, title="Your numbers: what if the bias is +3?")
plots.show(drawing.text, drawing)

# %% [markdown]
# **Question.** With a bias of +3 the sum is 7, the output is almost 1, and all gradients
# are almost 0. Which gate is to blame?
#
# <details><summary>Answer</summary>
#
# The exponential: its local gradient $e^{-7}$ is less than 0.001, and every gradient
# that passes through it is multiplied by that. The neuron is **saturated**: right or
# wrong, it is sure of its answer and learns next to nothing. Section 3 draws this.
# </details>

# %% [markdown]
# ## 2. .39 or .40? Find the slip
#
# **Goal.** See what rounding on the way does to a result.
#
# **Idea.** The lecture reads its numbers off a slide with two decimals and continues
# with them: the slope at the sum is 0.20, so the gradient of $x_0$ is
# $2 \cdot 0.20 = 0.40$. The notes print 0.39 for the same number. Suppose a text passes
# rounded values on throughout:
#
# | node | s | w0 | x0 | w1 | x1 | w2 |
# |---|---|---|---|---|---|---|
# | printed gradient | 0.20 | -0.20 | 0.40 | -0.40 | -0.60 | 0.20 |
#
# **Exercise 2 (2 points).** Give the gradient of each of the five inputs **to three
# decimals**, and say which of the printed values are slips: those that differ from the
# exact value rounded to two decimals.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_find_the_slip", "locked": false, "schema_version": 3, "solution": true, "task": false}
sigmoid_slips = {
    "w0": None,  # a number, three digits after the point
    "x0": None,  # a number, three digits after the point
    "w1": None,  # a number, three digits after the point
    "x1": None,  # a number, three digits after the point
    "w2": None,  # a number, three digits after the point
    "slips": None,  # "none", "x0", "x0 and w1", "x0, w1 and x1" or "all five"
}
### BEGIN SOLUTION
sigmoid_slips = {
    "w0": -0.197,
    "x0": 0.393,
    "w1": -0.393,
    "x1": -0.590,
    "w2": 0.197,
    "slips": "x0, w1 and x1",
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_sigmoid_find_the_slip_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
slips_form = {
    **dict.fromkeys(("w0", "x0", "w1", "x1", "w2"), float),
    "slips": ("none", "x0", "x0 and w1", "x0, w1 and x1", "all five"),
}
with checks.exercise("l4_sigmoid_find_the_slip") as check:
    check.answers(sigmoid_slips, slips_form)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_sigmoid_find_the_slip", globals())
### END HIDDEN TESTS

# %% [markdown]
# The next cell shows the exact values, by your `sigmoid_circuit`, beside the printed
# ones. It runs only once all six answers are filled in.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_rounding", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["hide-input"]
with checks.numbers("your table") as check:
    check.answers(sigmoid_slips, slips_form)  # first answer, then look

_, _, exact = sigmoid_circuit(np.array([2.0, -3.0, -3.0]), np.array([-1.0, -2.0]))
print(f"slope at the sum: {exact['s']:.6f}, and 0.20 is {0.2 / exact['s'] - 1:.1%} more")
printed = dict(zip(input_names, (-0.20, 0.40, -0.40, -0.60, 0.20), strict=True))
print("     exact      rounded at the end   rounded on the way")
for name, chained in printed.items():
    print(f"{name}  {exact[name]:9.6f}  {exact[name]:12.2f}  {chained:19.2f}")

with checks.numbers("rounding") as check:
    check.equal(exact["s"], 0.196612, "slope at the sum", rtol=1e-5)
    found = np.array([exact[name] for name in input_names])
    check.equal(found, input_slopes, "gradients of the inputs", rtol=1e-5)

# %% [markdown]
# *Which answers did you get wrong, and why? Replace this line with your own note; it is
# not graded.*
#
# Every product inherits the rounding error of the slope. Only where the factor is 1 or
# -1 is the printed value still right. **Keep full precision to the end; round only what
# you print.**
#
# **Question.** You compare your gradients with a printed table, and they differ in the
# second decimal. How do you find out which is right?
#
# <details><summary>Answer</summary>
#
# Trust neither. Check yours with finite differences in double precision, as in the
# first code cell of section 1: they agree with the exact values to six digits.
# </details>

# %% [markdown]
# ## 3. One gate instead of four
#
# **Goal.** Treat the sigmoid as a single gate.
#
# **Idea.** How fine the gates are is our choice ([25:52](https://youtu.be/d14TUNcbn1k?t=1552)). Any part of a graph whose
# local gradient we know can be one gate. The sigmoid $s(x) = 1 / (1 + e^{-x})$ replaces
# the four gates `n`, `e`, `d` and `f` of section 1:
#
# $$ \frac{ds}{dx} = \frac{e^{-x}}{(1 + e^{-x})^2} = \frac{(1 + e^{-x}) - 1}{1 + e^{-x}} \cdot \frac{1}{1 + e^{-x}} = (1 - s)\, s $$
#
# The slope needs only the **output**, which the forward pass has just computed: a good
# cache.
#
# **The example.** $s = 0.731059$ gives $(1 - 0.731059) \cdot 0.731059 = 0.196612$, the
# same as the four gates of section 1 in a row.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_gate_numbers", "locked": true, "schema_version": 3, "solution": false, "task": false}
with checks.numbers("the sigmoid gate") as check:
    check.equal((1 - 0.731059) * 0.731059, 0.196612, "slope", rtol=1e-5)
    four = -0.534447 * 1 * 0.367879 * -1  # of 1/x, +1, exp and *-1
    check.equal(four, 0.196612, "four gates", rtol=1e-5)
    check.equal((1 - 0.5) * 0.5, 0.25, "slope at 0")

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_one_gate_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
one_gate = Circuit(
    {
        **dict.fromkeys(("w0", "x0", "w1", "x1", "w2"), ()),
        "p0": ("*", "w0", "x0"),
        "p1": ("*", "w1", "x1"),
        "s": ("+", "p0", "p1", "w2"),
        "f": ("sigmoid", "s"),
    }
)
both = lecture_grads | dict(zip(input_names, input_slopes, strict=True))
drawing = one_gate.draw(
    {name: lecture_values[name] for name in one_gate.ops},
    {name: both[name] for name in one_gate.ops},
    title="What is left of the circuit with one adder and one sigmoid gate?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# **Question** ([27:54](https://youtu.be/d14TUNcbn1k?t=1674)). In section 1 two gates add up `p0`, `p1` and `w2`. Why not one adder
# for all three?
#
# <details><summary>Answer</summary>
#
# There is no reason not to, and the drawing above does it: an adder with three inputs
# sends its upstream gradient to all three. Fine gates have derivatives that everybody
# knows; coarse gates need some work on paper once, and from then on they save
# computation and memory.
# </details>

# %% [markdown]
# **Large inputs.** $e^{1000}$ is not a float64: `np.exp(1000.0)` is `inf` (with a
# warning) and `math.exp(1000.0)` raises an error. A formula that divides `inf` by `inf`
# gives `nan`. The sigmoid itself is well behaved there: 1 or 0. Find a formula that is
# right for every float64; warnings cost no points.
#
# **Exercise 3 (3 points).** Write the gate. `x` is a number or an array of any shape;
# the sigmoid is applied entry by entry. What goes into `cache` is up to you.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_gate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_forward(x: np.ndarray) -> tuple[np.ndarray, object]:
    """Sigmoid of each entry.

    Parameters
    ----------
    x : float or ndarray of any shape

    Returns
    -------
    out : as x
        Between 0 and 1.
    cache : object
        Whatever `sigmoid_backward` needs.
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(x))  # never above 1
    out = np.where(np.asarray(x) >= 0, 1.0, small) / (1 + small)
    return out, out
    ### END SOLUTION


def sigmoid_backward(dout: np.ndarray, cache: object) -> np.ndarray:
    """Gradient of the final output with respect to the input of the gate.

    Parameters
    ----------
    dout : as out
        The upstream gradient.
    cache : object
        From `sigmoid_forward`.

    Returns
    -------
    dx : as x
    """
    ### BEGIN SOLUTION
    return dout * (1 - cache) * cache
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_sigmoid_gate_test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_sigmoid_gate") as check:
    out, cache = check.call(sigmoid_forward, 1.0)
    check.equal(out, 0.7310585786, "forward of 1", rtol=1e-9)
    check.equal(sigmoid_backward(1.0, cache), 0.1966119332, "backward of 1", rtol=1e-9)
    out, cache = check.call(sigmoid_forward, np.array([0.0, 1000.0, -1000.0]))
    check.equal(out, np.array([0.5, 1.0, 0.0]), "forward of 0, 1000 and -1000")
    dx = check.call(sigmoid_backward, np.array([4.0, 1.0, 1.0]), cache)
    check.equal(dx, np.array([1.0, 0.0, 0.0]), "backward of 0, 1000 and -1000")
    out, cache = check.call(sigmoid_forward, np.array([0, 1]))
    check.equal(out, np.array([0.5, 0.7310585786]), "forward of whole numbers", rtol=1e-9)
    sigmoid_forward(np.array([2.0, 3.0]))  # must leave the cache of the call before alone
    dx = sigmoid_backward(np.array([4.0, 1.0]), cache)
    check.equal(dx, np.array([1.0, 0.1966119332]), "backward with the first cache", rtol=1e-9)
    x = np.array([[-2.0, -0.5], [0.3, 1.7]])
    dout = np.array([[1.0, -2.0], [0.5, 3.0]])
    out, cache = check.call(sigmoid_forward, x)
    dx = check.call(sigmoid_backward, dout, cache)
    check.gradient(lambda x: np.sum(dout * sigmoid_forward(x)[0]), dx, x, name="dx")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_sigmoid_gate", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_slope_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
xs = np.linspace(-8, 8, 321)
out, cache = sigmoid_forward(xs)
slope = sigmoid_backward(np.ones_like(xs), cache)
fig, ax = plt.subplots()
ax.plot(xs, out, label="s, the output", **plots.LINES[0])
ax.plot(xs, slope, label="(1 - s) s, the slope", **plots.LINES[1])
ax.axhline(0.25, **plots.LINES[2])
ax.text(-7.9, 0.27, "never more than 0.25")
for left, right in ((-8, -4), (4, 8)):
    ax.axvspan(left, right, color=plots.COLORS["yellow"], alpha=0.3, linewidth=0)
ax.text(-7.9, 0.5, "saturated: slope\nbelow 0.02")
ax.text(4.2, 0.5, "saturated")
ax.set(xlabel="input x of the gate", ylabel="output, slope")
ax.set_title("Where does a sigmoid gate let a gradient through?")
ax.legend(loc="upper left")
plots.show(
    "The output rises from 0 to 1 in an S, through 0.5 at x = 0. The slope is a bump with "
    "its highest point, 0.25, at x = 0; beyond 4 on either side it is below 0.02."
)

# %% [markdown]
# Do not confuse it with `tanh`: the sigmoid goes from **0 to 1**, `tanh` from -1 to 1.
# And remember that its slope is at most **0.25**: every sigmoid gate on a path shrinks
# the gradient to a quarter or less, and a saturated one to almost nothing.
#
# **Exercise 4 (2 points).** Write the neuron with the single sigmoid gate: return `f`,
# `dw` of shape `(3,)` and `dx` of shape `(2,)`. Finite differences do not count: use the
# chain rule.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_neuron", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_neuron(
    w: np.ndarray, x: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """Output of a sigmoid neuron and its gradients.

    Parameters
    ----------
    w : (3,) float64
        Two weights and, last, the bias.
    x : (2,) float64
        The inputs.

    Returns
    -------
    f : float
    dw : (3,) float64
    dx : (2,) float64
    """
    ### BEGIN SOLUTION
    f, cache = sigmoid_forward(w[:2] @ x + w[2])
    ds = sigmoid_backward(1.0, cache)
    return f, ds * np.append(x, 1.0), ds * w[:2]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_sigmoid_neuron_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_sigmoid_neuron") as check:
    parts, shapes = ("f", "dw", "dx"), {"dw": "(3,)", "dx": "(2,)"}
    w, x = np.array([2.0, -3.0, -3.0]), np.array([-1.0, -2.0])
    dw, dx = input_slopes[[0, 2, 4]], input_slopes[[1, 3]]  # of section 1
    options = {"parts": parts, "shapes": shapes, "rtol": 1e-5, "atol": 1e-6}
    expect = (0.731059, dw, dx)
    check.call(sigmoid_neuron, w, x, expect=expect, label="the lecture", **options)
    w, x = w.astype(np.float32), x.astype(np.float32)
    check.call(sigmoid_neuron, w, x, expect=expect, label="float32", **options)
    expect = (1.0, np.zeros(3), np.zeros(2))
    check.call(sigmoid_neuron, 1000 * w, x, expect=expect, label="saturated", **options)
    w, x = np.zeros(3), np.array([1e6, -2e6])
    expect = (0.5, np.array([2.5e5, -5e5, 0.25]), np.zeros(2))
    check.call(sigmoid_neuron, w, x, expect=expect, label="w of zeros", **options)
    w, x = np.array([0.5, -1.0, 0.25]), np.array([1.5, 0.8])
    _, dw, dx = check.call(sigmoid_neuron, w, x)
    check.gradient(lambda w: sigmoid_neuron(w, x)[0], dw, w, name="dw")
    check.gradient(lambda x: sigmoid_neuron(w, x)[0], dx, x, name="dx")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_sigmoid_neuron", globals())
### END HIDDEN TESTS

# %% [markdown]
# ## 4. A formula in stages
#
# **Goal.** Bring gradients back through a formula that is too long to differentiate in
# one go.
#
# **Idea.** Give every part a name in the forward pass, and for each line of the forward
# pass write one line of the backward pass, in reverse order. Where a variable is used
# more than once, add with `+=`.
#
# **The example from the notes** is $f = \dfrac{x + s(y)}{s(x) + (x + y)^2}$ with the
# sigmoid $s$. In stages:
#
# | stage | formula |
# |---|---|
# | `sigy` | $s(y)$ |
# | `num` | $x + \mathtt{sigy}$ |
# | `sigx` | $s(x)$ |
# | `xpy` | $x + y$ |
# | `xpysqr` | $\mathtt{xpy}^2$ |
# | `den` | $\mathtt{sigx} + \mathtt{xpysqr}$ |
# | `invden` | $1 / \mathtt{den}$ |
# | `f` | $\mathtt{num} \cdot \mathtt{invden}$ |
#
# **Exercise 5 (4 points).** Write `staged`. At $x = 3$, $y = -4$ it gives 1.545645, with
# gradients 2.059570 and 1.592233. Finite differences do not count: the stages are the
# exercise.

# %% nbgrader={"grade": false, "grade_id": "l4_staged", "locked": false, "schema_version": 3, "solution": true, "task": false}
def staged(x: float, y: float) -> tuple[float, tuple[float, float]]:
    """Compute f = (x + s(y)) / (s(x) + (x + y)**2) and its gradients.

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
    sigy, sigx = 1 / (1 + np.exp(-y)), 1 / (1 + np.exp(-x))
    num = x + sigy
    xpy = x + y
    den = sigx + xpy**2
    invden = 1 / den
    f = num * invden

    dnum, dinvden = invden, num
    dden = -1 / den**2 * dinvden
    dxpy = 2 * xpy * dden
    dx = dnum + dxpy + (1 - sigx) * sigx * dden
    dy = dxpy + (1 - sigy) * sigy * dnum
    return f, (dx, dy)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_staged_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_staged") as check:
    parts = ("f", "(dx, dy)")
    expect = (1.545645, (2.059570, 1.592233))
    options = {"parts": parts, "rtol": 1e-6}
    check.call(staged, 3.0, -4.0, expect=expect, label="the notes", **options)
    expect = (1.206372, (-0.818486, -1.178294))
    check.call(staged, 2, -1, expect=expect, label="whole numbers", **options)
    expect = (9.999995e-8, (-9.999990e-15, -1.954822e-14))
    check.call(staged, 1e7, 3.0, expect=expect, label="a large x", atol=0, **options)
    point = np.array([-0.5, 1.25])
    _, grads = check.call(staged, *point)
    check.gradient(lambda p: staged(*p)[0], np.array(grads), point, name="(dx, dy)")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_staged", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_staged_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
stages = Circuit(
    {
        "y": (),
        "x": (),
        "sigy": ("sigmoid", "y"),
        "xpy": ("+", "x", "y"),
        "sigx": ("sigmoid", "x"),
        "num": ("+", "x", "sigy"),
        "xpysqr": ("**2", "xpy"),
        "den": ("+", "sigx", "xpysqr"),
        "invden": ("1/x", "den"),
        "f": ("*", "num", "invden"),
    }
)
f, (dx, dy) = attempt(staged, 3.0, -4.0) or (None, (None, None))
drawing = stages.draw(
    {"x": 3.0, "y": -4.0, "f": f},
    {"x": dx, "y": dy, "f": 1.0},
    title="By which paths does x reach f? Your three numbers, and blanks for the rest",
)
plots.show(drawing.text, drawing)

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_tangent_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
f, grads = staged(3.0, -4.0)
steps = np.linspace(-0.8, 0.8, 161)
fig, axes = plt.subplots(1, 2, figsize=(8.6, 3.4), sharey=True)
curves = [
    ("x", 3.0, [staged(3.0 + h, -4.0)[0] for h in steps]),
    ("y", -4.0, [staged(3.0, -4.0 + h)[0] for h in steps]),
]
for ax, (name, start, curve), slope in zip(axes, curves, grads, strict=True):
    ax.plot(start + steps, curve, label="f", **plots.LINES[0])
    ax.plot(start + steps, f + slope * steps, label="your gradient", **plots.LINES[1])
    ax.plot([start], [f], "o", color=plots.COLORS["red"])
    ax.set_xlabel(f"{name}, the other one fixed")
axes[0].set_ylabel("f")
axes[0].legend()
fig.suptitle("Is the line with your slope tangent to the curve?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Left f against x, right f against y, near the point of the notes where f is 1.55. Both "
    "curves rise there; a straight line with the slope of the gradient touches each curve at "
    "the point and separates from it farther out."
)

# %% [markdown]
# **Question.** From which gates does a gradient come back to $x$, and how many terms does
# that make in `dx`?
#
# <details><summary>Answer</summary>
#
# From `num`, `sigx` and `xpy`: three wires, three terms. For $y$ there are two, from
# `sigy` and `xpy`. If you write `=` instead of `+=`, all but the last are lost, without
# an error message.
# </details>

# %% [markdown]
# ## 5. Value: let the machine do it
#
# **Goal.** Write a number that remembers how it was made and can find its own gradients.
#
# **Idea.** Let each operation on a `Value` return a new `Value` that keeps
#
# - `data`, the number, and `grad`, the gradient, 0.0 at first;
# - `parents`, the Values it was made from, and `op`, a short text for drawings;
# - `local_grads`, its own derivative with respect to each parent, computed right away.
#
# An expression then builds its graph while it is computed. `backward()` on the result
# sets its `grad` to 1.0 and walks the graph from there to the inputs. For each of its
# parents a node multiplies the local gradient by its own gradient and **adds** the
# product to what the parent already has.
#
# $$ \mathtt{parent.grad} \mathrel{+}= \mathtt{local} \cdot \mathtt{node.grad} $$
#
# We take it in three small steps, each with a check of its own and without points, and
# then put them together. The steps use a bare `Node`; it has no operators yet.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_node", "locked": true, "schema_version": 3, "solution": false, "task": false}
class Node:
    """A number, what it was made of, and its slope with respect to each of these."""

    def __init__(self, data, parents=(), local_grads=()):
        self.data, self.grad = float(data), 0.0
        self.parents, self.local_grads = parents, local_grads

# %% [markdown]
# **Step 1: an operation.** It returns a new node with the number, the parents, and the
# derivative with respect to each parent. For a sum that is
# `Node(a.data + b.data, (a, b), (1.0, 1.0))`. Write the product and the exponential.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_step_operations", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def times(a: Node, b: Node) -> Node:
    """Return a * b, with its two parents and its two slopes."""
    ### BEGIN SOLUTION
    return Node(a.data * b.data, (a, b), (b.data, a.data))
    ### END SOLUTION


def exponential(a: Node) -> Node:
    """Return e to the power of a, with its one parent and its one slope."""
    ### BEGIN SOLUTION
    out = math.exp(a.data)
    return Node(out, (a,), (out,))
    ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_step_operations_check", "locked": true, "schema_version": 3, "solution": false, "task": false}
a, b = Node(2.0), Node(-3.0)
with checks.numbers("step 1, operations") as check:
    product = check.call(times, a, b)
    check.equal(product.data, -6.0, "data of the product")
    check.equal(list(product.local_grads), [-3.0, 2.0], "slopes of the product")
    check.equal(len(product.parents), 2, "parents of the product")
    power = check.call(exponential, a)
    check.equal(power.data, math.exp(2), "data of the exponential")
    check.equal(list(power.local_grads), [math.exp(2)], "slope of the exponential")

# %% [markdown]
# **Step 2: the order.** A node may pass its gradient on only when all parts of it have
# arrived, that is, after every node that uses it. So we need a list in which each node
# comes **after its parents** (a *topological order*); the backward pass walks it from
# the end. A node that is used twice stands in it once.
#
# By default Python stops a recursion after about 1,000 nested calls, and graphs may have
# 10,000 nodes in a row. So keep a list of nodes still to visit and use a loop.
#
# <details><summary>A hint</summary>
#
# Take a node from the end of that list. If you meet it for the first time, put it back,
# to come once more *after* its parents, and put its parents on top of it.
# </details>

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_step_order", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def in_order(end: Node) -> list[Node]:
    """List the nodes that `end` was made of, and `end`: each once, after its parents."""
    ### BEGIN SOLUTION
    order, seen, to_visit = [], set(), [(end, False)]
    while to_visit:
        node, parents_done = to_visit.pop()
        if parents_done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            to_visit.append((node, True))
            to_visit.extend((parent, False) for parent in node.parents)
    return order
    ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_step_order_check", "locked": true, "schema_version": 3, "solution": false, "task": false}
def add(a: Node, b: Node) -> Node:
    """Return a + b, the example of step 1."""
    return Node(a.data + b.data, (a, b), (1.0, 1.0))


a, b = Node(2.0), Node(3.0)
u = add(a, b)
v = add(u, a)
f = add(v, u)  # u and a are used twice
chain = Node(0.0)
for _ in range(10_000):
    chain = add(chain, a)
with checks.numbers("step 2, the order") as check:
    order = list(in_order(f))
    names = ["abuvf"[[a, b, u, v, f].index(node)] for node in order]
    check.equal(len(order), 5, "nodes of f, each once")
    late = all(order.index(p) < order.index(n) for n in order for p in n.parents)
    check.true(late, f"a node stands before one of its parents: {' '.join(names)}")
    check.equal(len(in_order(chain)), 10_002, "nodes of a long chain")

# %% [markdown]
# **Step 3: one node passes on.** For each of its parents a node multiplies the local
# gradient by its own gradient and adds the product to what the parent already has.
# Gradients also add up over calls, as in PyTorch: if you use inputs in another
# expression, first set their `grad` back to 0.0. Call the backward pass once on each
# expression; what a second call on the same graph does is not specified.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_step_pass_on", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def pass_on(node: Node) -> None:
    """Add to the gradient of each parent what comes back through this node."""
    ### BEGIN SOLUTION
    for parent, local in zip(node.parents, node.local_grads, strict=True):
        parent.grad += local * node.grad
    ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_step_pass_on_check", "locked": true, "schema_version": 3, "solution": false, "task": false}
a, b = Node(2.0), Node(3.0)
square, both = Node(4.0, (a, a), (2.0, 2.0)), Node(6.0, (a, b), (3.0, 2.0))
square.grad, both.grad = 10.0, 1.0
with checks.numbers("step 3, passing on") as check:
    pass_on(square)
    check.equal(a.grad, 40.0, "gradient of a, which the square uses twice")
    pass_on(both)
    check.equal([a.grad, b.grad], [43.0, 2.0], "gradients after the product, too")

# %% [markdown]
# **Exercise 6 (8 points).** Now the class with all of its operations. `backward()` sets
# the gradient of the result to 1.0 and then does steps 2 and 3. You may call `in_order`
# and `pass_on`, or copy their lines. The given methods build subtraction, negation and
# division from the others and allow plain numbers on either side. `maximum(other)` and
# `+`, `*` take a number or a `Value`; `**` takes a number. You may change anything in
# the class except its interface: `Value(number)`, `data`, `grad`, the operators and the
# methods. (The drawings below also need `parents` and `op`.)

# %% nbgrader={"grade": false, "grade_id": "l4_value", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Value:
    """A number that remembers how it was made.

    Parameters
    ----------
    data : float
        The number.
    parents : tuple of Value
        What it was made of; empty for an input.
    local_grads : tuple of float
        The derivative of data with respect to the data of each parent.
    op : str
        The operation, for drawings.
    """

    def __init__(self, data, parents=(), local_grads=(), op=""):
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.local_grads = local_grads
        self.op = op

    @staticmethod
    def lift(other):
        """Make a Value of a number; leave a Value as it is."""
        return other if isinstance(other, Value) else Value(other)

    def __add__(self, other):
        """Return self + other."""
        other = Value.lift(other)
        ### BEGIN SOLUTION
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")
        ### END SOLUTION

    def __mul__(self, other):
        """Return self * other."""
        other = Value.lift(other)
        ### BEGIN SOLUTION
        local = (other.data, self.data)
        return Value(self.data * other.data, (self, other), local, "*")
        ### END SOLUTION

    def __pow__(self, n):
        """Return self ** n for a number n."""
        ### BEGIN SOLUTION
        local = (n * self.data ** (n - 1),)
        return Value(self.data**n, (self,), local, f"**{n}")
        ### END SOLUTION

    def exp(self):
        """Return e to the power of self."""
        ### BEGIN SOLUTION
        out = math.exp(self.data)
        return Value(out, (self,), (out,), "exp")
        ### END SOLUTION

    def log(self):
        """Return the natural logarithm of self."""
        ### BEGIN SOLUTION
        return Value(math.log(self.data), (self,), (1 / self.data,), "log")
        ### END SOLUTION

    def maximum(self, other):
        """Return the larger of self and other."""
        other = Value.lift(other)
        ### BEGIN SOLUTION
        local = (1.0, 0.0) if self.data >= other.data else (0.0, 1.0)
        return Value(max(self.data, other.data), (self, other), local, "max")
        ### END SOLUTION

    def relu(self):
        """Return the larger of self and 0."""
        ### BEGIN SOLUTION
        local = (1.0 if self.data > 0 else 0.0,)
        return Value(max(self.data, 0.0), (self,), local, "relu")
        ### END SOLUTION

    def sigmoid(self):
        """Return 1 / (1 + e to the power of -self)."""
        ### BEGIN SOLUTION
        out = float(sigmoid_forward(self.data)[0])
        return Value(out, (self,), ((1 - out) * out,), "sigmoid")
        ### END SOLUTION

    def tanh(self):
        """Return the hyperbolic tangent of self; its slope is 1 - tanh**2."""
        ### BEGIN SOLUTION
        out = math.tanh(self.data)
        return Value(out, (self,), (1 - out**2,), "tanh")
        ### END SOLUTION

    def backward(self):
        """Add the gradient of self with respect to every node of its graph."""
        ### BEGIN SOLUTION
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, parents_done = stack.pop()
            if parents_done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((parent, False) for parent in node.parents)
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad += local * node.grad
        ### END SOLUTION

    # Given: everything else in terms of the above.

    def __neg__(self):
        """Return -self."""
        return self * -1.0

    def __sub__(self, other):
        """Return self - other."""
        return self + (-Value.lift(other))

    def __truediv__(self, other):
        """Return self / other."""
        return self * Value.lift(other) ** -1

    def __radd__(self, other):
        """Return other + self, for a number on the left."""
        return self + other

    def __rmul__(self, other):
        """Return other * self, for a number on the left."""
        return self * other

    def __rsub__(self, other):
        """Return other - self, for a number on the left."""
        return (-self) + other

    def __rtruediv__(self, other):
        """Return other / self, for a number on the left."""
        return self**-1 * other

# %% [markdown]
# The checks try one operation after the other, then values that are used twice, random
# expressions against finite differences, and a chain of 10,000 nodes.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_value_helpers", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["hide-input"]
def slopes_by_value(expression, point):
    """Return the value of an expression of Values and its gradients."""
    leaves = [Value(number) for number in point]
    out = expression(*leaves)
    out.backward()
    return out.data, np.array([leaf.grad for leaf in leaves])


def random_expression(rng):
    """Return a function of three Values that uses each of them several times."""
    made = (
        lambda a, b: a * b - 2,
        lambda a, b: a.tanh() + 0.5 * b,
        lambda a, b: 1 - a / (b * b + 1),
        lambda a, b: (a * a + 1.5).log() * b.sigmoid(),
        lambda a, b: (a * 0.3).exp().maximum(b) + b**2,
    )
    choices = rng.integers(5, size=8)
    pairs = rng.integers(3, size=(8, 2))

    def expression(*leaves):
        nodes = list(leaves)
        for choice, (i, j) in zip(choices, pairs, strict=True):
            nodes.append(made[choice](nodes[-1 - i], nodes[-1 - j]).tanh())
        return sum(nodes[1:], nodes[0])

    return expression

# %% nbgrader={"grade": true, "grade_id": "l4_value_test", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_value") as check:
    for name, expression, data, grads in (
        ("a + b", lambda a, b: a + b, 5.0, [1.0, 1.0]),
        ("a * b", lambda a, b: a * b, 6.0, [3.0, 2.0]),
        ("a - b", lambda a, b: a - b, -1.0, [1.0, -1.0]),
        ("a / b", lambda a, b: a / b, 2 / 3, [1 / 3, -2 / 9]),
        ("a ** 3 + b", lambda a, b: a**3 + b, 11.0, [12.0, 1.0]),
        ("3 - 2 * a + 1 / b", lambda a, b: 3 - 2 * a + 1 / b, -2 / 3, [-2.0, -1 / 9]),
        ("a.exp() + b", lambda a, b: a.exp() + b, 10.389056, [7.389056, 1.0]),
        ("a.log() + b", lambda a, b: a.log() + b, 3.693147, [0.5, 1.0]),
        ("a.maximum(b)", lambda a, b: a.maximum(b), 3.0, [0.0, 1.0]),
        ("(-a).relu() + b.relu()", lambda a, b: (-a).relu() + b.relu(), 3.0, [0.0, 1.0]),
        ("(a - b).tanh()", lambda a, b: (a - b).tanh(), -0.761594, [0.419974, -0.419974]),
        ("(b - a).sigmoid()", lambda a, b: (b - a).sigmoid(), 0.731059, [-0.196612, 0.196612]),
        ("a + a, which add up", lambda a, b: a + a, 4.0, [2.0, 0.0]),
        ("a * a + a * b", lambda a, b: a * a + a * b, 10.0, [7.0, 2.0]),
        ("a.maximum(0.5) - b**-2", lambda a, b: a.maximum(0.5) - b**-2, 17 / 9, [1.0, 2 / 27]),
    ):
        got_data, got_grads = slopes_by_value(expression, [2.0, 3.0])
        check.equal(got_data, data, f"data of {name}", rtol=1e-5)
        check.equal(got_grads, np.array(grads), f"gradients of {name}", rtol=1e-5)

    a, b = Value(2.0), Value(2.0)
    a.maximum(b).backward()
    check.equal(a.grad + b.grad, 1.0, "maximum of equals, both gradients together")
    a, b = Value(2.0), Value(3.0)
    (a * b).backward()
    (a * a + b).backward()
    check.equal([a.grad, b.grad], [7.0, 3.0], "gradients after a second expression")

    rng = np.random.default_rng(4)
    for _ in range(5):
        expression = random_expression(rng)
        point = rng.uniform(0.5, 2, size=3) * rng.choice([-1, 1], size=3)
        grads = slopes_by_value(expression, point)[1]
        check.gradient(
            lambda p, expression=expression: expression(*map(Value, p)).data,
            grads,
            point,
            name="a random expression",
        )

    a = Value(1.0)
    end = a
    for _ in range(10_000):
        end = end + 0.001
    end.backward()
    check.equal(a.grad, 1.0, "a chain of 10,000 nodes")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_value", globals())
### END HIDDEN TESTS

# %%
nodes = None  # a number: how many nodes does 1 / (1 + (-s).exp()) make, s not counted?
checks.question(
    "nodes of a fine sigmoid", nodes, "7ffbdb0d6818",
    hint="Follow the given methods: a number such as 1 becomes a node, and 1 / d is two steps.",
)  # fmt: skip

# %% [markdown]
# Here is the neuron of section 1 once more. Only the formula is written down; your
# class finds all the gradients, and `trace` follows `parents` to draw them.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_value_neuron_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
w0, x0, w1, x1, w2 = (Value(v) for v in (2.0, -1.0, -3.0, -2.0, -3.0))
p0, p1 = w0 * x0, w1 * x1
a = p0 + p1
s = a + w2
n = -s
e = n.exp()
d = 1 + e
f = 1 / d
f.backward()
names = {"w0": w0, "x0": x0, "w1": w1, "x1": x1, "w2": w2, "p0": p0, "p1": p1}
names |= {"a": a, "s": s, "n": n, "e": e, "d": d, "f": f}
circuit, values, grads = trace(f, names)
fine_nodes = len(values)
drawing = circuit.draw(values, grads, title="The neuron of section 1, as your Value sees it")
plots.show(drawing.text, drawing)

# %% [markdown]
# Numbers such as -1 and 1 became nodes of their own, with gradients that nobody asked
# for: the price of fine gates. Here is the same neuron with `sigmoid()`:

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_value_gate_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
w0, x0, w1, x1, w2 = (Value(v) for v in (2.0, -1.0, -3.0, -2.0, -3.0))
p0, p1 = w0 * x0, w1 * x1
a = p0 + p1
s = a + w2
f = s.sigmoid()
f.backward()
names = {"w0": w0, "x0": x0, "w1": w1, "x1": x1, "w2": w2, "p0": p0, "p1": p1}
names |= {"a": a, "s": s, "f": f}
circuit, values, grads = trace(f, names)
print(f"{fine_nodes} nodes with fine gates, {len(values)} with the sigmoid gate")
drawing = circuit.draw(values, grads, title="How much does one sigmoid gate save?")
plots.show(drawing.text, drawing)

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_value_staged_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
x, y = Value(3.0), Value(-4.0)
sigy, xpy, sigx = y.sigmoid(), x + y, x.sigmoid()
num = x + sigy
xpysqr = xpy**2
den = sigx + xpysqr
invden = den**-1
f = num * invden
f.backward()
print(f"f {f.data:.6f}   dx {x.grad:.6f}   dy {y.grad:.6f}")
with checks.numbers("the staged example") as check:
    check.equal(f.data, 1.545645, "f", rtol=1e-6)
    check.equal([x.grad, y.grad], [2.059570, 1.592233], "gradients", rtol=1e-6)

named = {"x": x, "y": y, "sigy": sigy, "xpy": xpy, "sigx": sigx, "num": num}
named |= {"xpysqr": xpysqr, "den": den, "invden": invden, "f": f}
grads = {name: node.grad for name, node in named.items()}
wires = {("x", "num"): num.grad, ("x", "xpy"): xpy.grad}  # what comes back along each
wires[("x", "sigx")] = (1 - sigx.data) * sigx.data * sigx.grad
drawing = stages.draw(
    {name: node.data for name, node in named.items()},
    grads | wires,
    title="The blanks of section 4, filled in by your Value: three terms for x",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# **In PyTorch** a tensor with `requires_grad=True` does what your `Value` does, for whole
# arrays. Where PyTorch is installed, the next cell compares the two.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_torch", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "nbval-ignore-output"]
try:
    import torch
except ImportError:
    print("PyTorch is not installed here: nothing to compare.")
else:
    x_there = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
    y_there = torch.tensor(-4.0, dtype=torch.float64, requires_grad=True)
    top = x_there + torch.sigmoid(y_there)
    (top / (torch.sigmoid(x_there) + (x_there + y_there) ** 2)).backward()
    print(f"there  dx {x_there.grad.item():.6f}   dy {y_there.grad.item():.6f}")
    print(f"here   dx {x.grad:.6f}   dy {y.grad:.6f}")

# %% [markdown]
# **Question.** Why does each node not simply call `backward` of its parents, without
# any sorting?
#
# <details><summary>Answer</summary>
#
# Take $u = ab$ and $f = u \cdot (u + a)$. Two wires lead back to $u$. Suppose $u$
# passes on its gradient when the first wire delivers, and again, now with the sum of
# both, when the second wire delivers. Then the first part is counted twice. And where
# every node is used twice, the number of paths doubles with each step: after 30 steps
# there are a billion. In topological order each node passes its gradient on once, when
# the sum is complete.
# </details>

# %% [markdown]
# ## 6. Two moons, trained with your own Value
#
# **Goal.** Train a small network with nothing but your class.
#
# **Idea.** What a framework calls a *module* is a small class that holds parameters and
# computes an output from them. Three of them make a network out of your `Value`:
#
# - a **neuron** holds one weight per input and a bias, and returns
#   $\tanh(w \cdot x + b)$, or the sum itself if it is linear;
# - a **layer** is a list of neurons that all look at the same inputs;
# - a **multilayer perceptron** (MLP) is a list of layers, each fed with the outputs of the
#   one before.
#
# `parameters()` lists, in order, every Value that training changes. PyTorch divides the
# work in the same way: `torch.nn.Linear`, `torch.nn.Sequential`, `parameters()`.
#
# **Build it (no points).** Fill in the three classes. The initial weights are given, so
# that everybody starts from the same numbers.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_modules", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
class Neuron:
    """One unit: tanh of a weighted sum and a bias, or the sum alone."""

    def __init__(self, num_inputs: int, rng: np.random.Generator, linear: bool = False):
        scale = 0.5 if linear else 3.0
        self.w = [Value(scale * rng.normal()) for _ in range(num_inputs)]
        self.b = Value(scale * rng.normal())
        self.linear = linear

    def __call__(self, x):
        """Return the output for a list of numbers or Values, as a Value."""
        ### BEGIN SOLUTION
        total = self.b
        for weight, number in zip(self.w, x, strict=True):
            total = total + weight * number
        return total if self.linear else total.tanh()
        ### END SOLUTION

    def parameters(self):
        """Return the weights and, last, the bias."""
        ### BEGIN SOLUTION
        return [*self.w, self.b]
        ### END SOLUTION


class Layer:
    """Neurons that share their inputs."""

    def __init__(self, num_inputs: int, num_units: int, rng: np.random.Generator, **form):
        self.neurons = [Neuron(num_inputs, rng, **form) for _ in range(num_units)]

    def __call__(self, x):
        """Return the list of the neurons' outputs."""
        ### BEGIN SOLUTION
        return [neuron(x) for neuron in self.neurons]
        ### END SOLUTION

    def parameters(self):
        """Return the parameters of all neurons, one after the other."""
        ### BEGIN SOLUTION
        return [value for neuron in self.neurons for value in neuron.parameters()]
        ### END SOLUTION


class MLP:
    """Layers in a row; the last one is linear."""

    def __init__(self, sizes: list[int], rng: np.random.Generator):
        pairs = list(pairwise(sizes))
        self.layers = [Layer(m, n, rng) for m, n in pairs[:-1]]
        self.layers.append(Layer(*pairs[-1], rng, linear=True))

    def __call__(self, x):
        """Return the list of the last layer's outputs."""
        ### BEGIN SOLUTION
        for layer in self.layers:
            x = layer(x)
        return x
        ### END SOLUTION

    def parameters(self):
        """Return the parameters of all layers, one after the other."""
        ### BEGIN SOLUTION
        return [value for layer in self.layers for value in layer.parameters()]
        ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_modules_check", "locked": true, "schema_version": 3, "solution": false, "task": false}
with checks.numbers("the modules") as check:
    neuron = Neuron(2, np.random.default_rng(0))
    for value, number in zip([*neuron.w, neuron.b], (2.0, -3.0, -3.0), strict=True):
        value.data = number
    out = check.call(neuron, [-1.0, -2.0])
    check.equal(out.data, math.tanh(1.0), "the neuron of section 1, with tanh")
    out.backward()
    slopes = [value.grad for value in neuron.parameters()]
    expect = np.array([-1.0, -2.0, 1.0]) * (1 - math.tanh(1.0) ** 2)
    check.equal(np.array(slopes), expect, "gradients of its parameters")
    net = MLP([2, 3, 1], np.random.default_rng(1))
    check.equal(len(net.parameters()), 13, "parameters of a net with 2, 3 and 1 units")
    hidden = [unit([0.5, -0.2]).data for unit in net.layers[0].neurons]
    last = [value.data for value in net.layers[1].neurons[0].parameters()]
    score = net([0.5, -0.2])[0].data
    check.equal(score, np.dot(last[:3], hidden) + last[3], "the score of the net")

# %% [markdown]
# **The data and the loss.** Two half circles of 15 points each, with labels
# $t = \pm 1$. The loss is the mean hinge $\max(0, 1 - t \cdot \text{score})$, a margin
# loss for two classes, plus a small L2 penalty on all parameters (biases included, to
# keep the code short).

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_moons_data", "locked": true, "schema_version": 3, "solution": false, "task": false}
def two_moons(count: int, noise: float, rng: np.random.Generator):
    """Return points (2 * count, 2) on two half circles, and labels +1 and -1."""
    angle = np.pi * rng.uniform(size=count)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.4 - np.sin(angle)])
    points = np.vstack([upper, lower]) + noise * rng.standard_normal((2 * count, 2))
    return points, np.repeat([1, -1], count)


def moons_loss(net, points, labels):
    """Return the mean hinge of the scores plus the penalty, as a Value."""
    loss = Value(0.0)
    for point, label in zip(points, labels, strict=True):
        loss = loss + (1 - int(label) * net(point)[0]).relu()
    loss = loss * (1 / len(points))
    for value in net.parameters():
        loss = loss + 1e-4 * value * value
    return loss


points, labels = two_moons(15, 0.08, np.random.default_rng(15))

# %% [markdown]
# **Train it (no points).** Each step recomputes the loss, which rebuilds its graph;
# runs `backward()` once; moves each parameter against its gradient; and sets the
# gradients back to 0. The target: at least 95% of the points on the right side after
# 60 steps.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_train", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def train(net, points, labels, num_steps, learning_rate):
    """Train the net and return the loss before each step, a list of floats."""
    ### BEGIN SOLUTION
    history = []
    for _ in range(num_steps):
        loss = moons_loss(net, points, labels)
        history.append(loss.data)
        loss.backward()
        for value in net.parameters():
            value.data -= learning_rate * value.grad
            value.grad = 0.0
    return history
    ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_moons", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
net = MLP([2, 8, 1], np.random.default_rng(0))
history = train(net, points, labels, num_steps=60, learning_rate=2.0)
scores = np.array([net(point)[0].data for point in points])
right = np.mean((scores > 0) == (labels > 0))
with checks.numbers("the moons") as check:
    check.equal(len(history), 60, "entries of the history")
    check.true(history[-1] < history[0] / 4, "the loss does not fall to a quarter")
    check.true(right >= 0.95, "fewer than 95% of the points are on the right side")

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_moons_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
grid_x, grid_y = np.meshgrid(np.linspace(-1.6, 2.6, 85), np.linspace(-1.2, 1.6, 57))
grid = np.stack([grid_x.ravel(), grid_y.ravel(), np.ones(grid_x.size)])
numbers = np.array([value.data for value in net.parameters()])
first, second = numbers[:24].reshape(8, 3), numbers[24:]  # (8, 3), (9,)
scores = second[:8] @ np.tanh(first @ grid) + second[8]

fig, (left, middle) = plt.subplots(1, 2, figsize=(9, 3.4))
plots.loss_curve(history, xlabel="step", title="Does the loss go down?", ax=left)
middle.contourf(
    grid_x, grid_y, scores.reshape(grid_x.shape), levels=[-99, 0, 99], colors=["#FBE3C0", "#CFE5F3"]
)
middle.contour(grid_x, grid_y, scores.reshape(grid_x.shape), levels=[0], colors="black")
for label, marker, color in ((1, "o", "blue"), (-1, "x", "red")):
    chosen = points[labels == label]
    middle.plot(*chosen.T, marker, color=plots.COLORS[color], label=f"t = {label:+d}")
middle.set(xlabel="first input", ylabel="second input")
middle.set_title("Which region gets which label?")
middle.legend(loc="lower right", frameon=True)
plots.show(
    "Left the loss falls from about 1.3 to nearly 0 in 60 steps. Right two crescents of 15 "
    "points each, circles above and crosses below, that interlock; the line between the two "
    "regions bends around both."
)

# %% [markdown]
# The spikes are no mistake: with a learning rate of 2 a step overshoots now and then,
# and the loss recovers.
#
# **Question.** What happens to the training if the gradients are not set back to 0?
#
# <details><summary>Answer</summary>
#
# The gradients of all steps so far add up, and the weights move along that sum. This
# behaves like momentum without friction: steps grow and overshoot, and the loss climbs
# instead of falling. Forgetting to reset the gradients is a classic mistake in PyTorch
# as well.
# </details>

# %% [markdown]
# ## What you can do now
#
# - Run a circuit of a dozen nodes forwards and backwards and check it numerically.
# - Say why the slope of a sigmoid is $(1 - s)\, s$, how large it can be and where it
#   vanishes.
# - Choose the size of a gate, and keep a sigmoid from breaking at large inputs.
# - Split a formula into stages, and add up what comes back.
# - Explain what a framework does when you call `backward()`.
#
# ## On your own
#
# - Give `Value` a `sin`. How many lines does it take, and which check would you write?
# - Let `trace` draw $f = u (u + a)$ with $u = ab$. Leave the sorting out of `backward` and
#   draw it again: which gradient changes?
# - Train the moons with `sigmoid` in place of `tanh`. How many steps does it take now?
# - Give the `MLP` two hidden layers of four units. Does it still learn the moons?
# - How many nodes does the loss of the moons have? Count them by following `parents`.
#
# ## Further reading
#
# - [CS231n notes: backpropagation](https://cs231n.github.io/optimization-2/), with the
#   staged example.
# - [A. Karpathy, micrograd](https://github.com/karpathy/micrograd): a `Value` in 94 lines.
# - [A. G. Baydin et al., *Automatic Differentiation in Machine Learning: a
#   Survey*](https://arxiv.org/abs/1502.05767), JMLR 18, 2018.

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l4_sigmoid_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
