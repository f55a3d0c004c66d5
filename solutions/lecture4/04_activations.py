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
# # Activation functions
#
# CS231n, lecture 4 (2017 recording), [58:42](https://youtu.be/d14TUNcbn1k?t=3522) and [1:09:56](https://youtu.be/d14TUNcbn1k?t=4196), with the first part of the notes
# on neural networks. About two hours.
#
# Between its matrix products a network applies a function of one number to every entry.
# It looks like a detail, but it decides whether a gradient survives ten layers, whether
# a unit can die, and how straight the path to the minimum is.
#
# **What you'll do**
#
# - Write six activation functions and their slopes.
# - See why inputs of one sign make gradient descent zig-zag.
# - Follow a gradient back through twenty layers at several scales of the weights.
# - Count the dead units of a layer that looks at real images.
# - Find out why one faulty classifier can never be sure of its answer.
#
# **What you'll learn**
#
# - What saturation is and what it does to a product of slopes.
# - What ReLU cures, what it breaks, and what its relatives repair.
# - Why the scale of the initial weights depends on the choice of the activation.
#
# **What you'll need**
#
# - The chain rule; the sigmoid gate from `02_sigmoid_backprop`.
# - The backward pass of a matrix product from `03_vectorized_backprop`.

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
# | symbol | meaning |
# |---|---|
# | $z$ | what goes into an activation: a weighted sum, entry by entry |
# | $h = f(z)$ | what comes out, the input of the next layer |
# | `d_f(x)` | the slope $f'(x)$, at the **input** $x$ |
# | `h @ W` | the next weighted sum; examples are rows |
#
# Every function takes a number or an array of any shape and returns the same kind of
# thing. It works for inputs far from 0, where $e^x$ is too large for a float64 (above
# about 709). Functions never change their inputs.
#
# **At a kink**, $x = 0$ belongs to the lower branch: the slope of ReLU is 0 there, that
# of leaky ReLU is its small slope, that of ELU is $\alpha$. Every other slope between
# those of the two sides is accepted too.

# %% nbgrader={"grade": false, "grade_id": "l4_act_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math

import matplotlib.pyplot as plt
import numpy as np

from cs231n_lib import checks, plots
from cs231n_lib.circuits import Circuit
from cs231n_lib.data import load_digits

plots.use_style()

# %% [markdown]
# **A warm-up (no points).** Write your answer in place of `None` and run the cell.

# %%
slope_there = None  # a number: a sigmoid gate has the output 0.9; what is its slope there?
checks.question(
    "a warm-up", slope_there, "70208bac52a3",
    hint="The slope needs only the output.",
    decimals=3,
)  # fmt: skip

# %% [markdown]
# ## 1. Six functions and a seventh
#
# **Goal.** Write five of the six activations on the lecture's slide
# ([1:09:56](https://youtu.be/d14TUNcbn1k?t=4196); maxout is only drawn) and GELU, which
# joined the slides later.
#
# **Idea.** All of them are functions of one number. Without one, two layers collapse
# into a single matrix product, $(h W_1) W_2 = h\,(W_1 W_2)$, and so does any number of
# layers. Something between them has to be non-linear. Which one to choose depends on
# what it does to gradients.
#
# | name | $f(x)$ | values |
# |---|---|---|
# | sigmoid $s$ | $\dfrac{1}{1 + e^{-x}}$ | 0 to 1 |
# | tanh | $\dfrac{e^x - e^{-x}}{e^x + e^{-x}}$ | -1 to 1 |
# | ReLU | $\max(0, x)$ | 0 and up |
# | leaky ReLU | $x$ if $x > 0$, else $\text{slope} \cdot x$ | all |
# | ELU | $x$ if $x > 0$, else $\alpha\,(e^x - 1)$ | $-\alpha$ and up |
# | GELU, tanh form | $\dfrac{x}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,\left(x + 0.044715\,x^3\right)\right)\right)$ | about -0.17 and up |
# | maxout | $\max(w_1 x + b_1,\; w_2 x + b_2)$ | depend on its weights |
#
# Try one by hand before you write all of them:

# %%
leaky = None  # a number: leaky ReLU with slope 0.1 at x = -3
checks.question(
    "leaky at -3", leaky, "cd087e90d234",
    hint="Below 0 the function is slope times x.",
)  # fmt: skip

# %% [markdown]
# - **Leaky ReLU's slope** is 0.1 on the slides and 0.01 in the notes. Our default is
#   that of the notes, 0.01; the argument takes any other.
# - **GELU** (in more recent slides) is $x\,\Phi(x)$, that is, $x$ times the probability
#   that a standard normal number is below $x$. We use the tanh form, an approximation.
# - **Maxout** has weights of its own: it is the larger of two (or more) weighted sums.
#   ReLU and leaky ReLU are special cases. It doubles the number of parameters, so it is
#   rarely used; we only draw it.
#
# **A note on stability.** $e^{1000}$ is infinite in floating point. `1 / inf` is 0,
# which is right for the sigmoid at -1000; `inf / inf` is not a number.
#
# **Exercise 1 (5 points).** Write the six functions.

# %% nbgrader={"grade": false, "grade_id": "l4_activations", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(x):
    """Logistic function of a number or of each entry of an array."""
    ### BEGIN SOLUTION
    e = np.exp(-np.abs(x))  # never above 1
    return np.where(np.asarray(x) >= 0, 1, e) / (1 + e)
    ### END SOLUTION


def tanh(x):
    """Hyperbolic tangent of a number or of each entry of an array."""
    ### BEGIN SOLUTION
    return np.tanh(x)
    ### END SOLUTION


def relu(x):
    """Larger of 0 and x, for a number or each entry of an array."""
    ### BEGIN SOLUTION
    return np.maximum(0, x)
    ### END SOLUTION


def leaky_relu(x, slope=0.01):
    """ReLU with a small slope below 0, for a number or each entry of an array."""
    ### BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, x, slope * np.asarray(x))
    ### END SOLUTION


def elu(x, alpha=1.0):
    """Exponential linear unit of a number or of each entry of an array."""
    ### BEGIN SOLUTION
    below = alpha * np.expm1(np.minimum(x, 0))
    return np.where(np.asarray(x) > 0, x, below)
    ### END SOLUTION


def gelu(x):
    """GELU in its tanh form, of a number or of each entry of an array."""
    ### BEGIN SOLUTION
    inner = np.sqrt(2 / np.pi) * (x + 0.044715 * np.power(x, 3))
    return 0.5 * x * (1 + np.tanh(inner))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_activations_test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_activations") as check:
    x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    near = {"rtol": 1e-5, "atol": 1e-6}
    for function, values in (
        (sigmoid, [0.119203, 0.268941, 0.5, 0.731059, 0.880797]),
        (tanh, [-0.964028, -0.761594, 0.0, 0.761594, 0.964028]),
        (relu, [0.0, 0.0, 0.0, 1.0, 2.0]),
        (leaky_relu, [-0.02, -0.01, 0.0, 1.0, 2.0]),
        (elu, [-0.864665, -0.632121, 0.0, 1.0, 2.0]),
        (gelu, [-0.045402, -0.158808, 0.0, 0.841192, 1.954598]),
    ):
        name = function.__name__
        check.call(function, x, expect=np.array(values), label=name, **near)
        two_rows = np.array([values[3:], values[:2]])
        x2 = np.array([[1.0, 2.0], [-2.0, -1.0]])
        check.call(function, x2, expect=two_rows, label=f"{name}, two rows", **near)
        check.call(function, 1.0, expect=values[3], label=f"{name}, a number", **near)
        single, expect = np.float32(x), np.array(values)
        check.call(function, single, expect=expect, label=f"{name}, float32", **near)
    for slope in (0.1, 0.2):
        expect = np.array([-2 * slope, -slope, 0.0, 1.0, 2.0])
        label = f"leaky_relu, slope {slope}"
        check.call(leaky_relu, x, slope=slope, expect=expect, label=label)
    expect = np.array([-1.729329, -1.264241, 0.0, 1.0, 2.0])
    check.call(elu, x, alpha=2.0, expect=expect, label="elu, alpha 2", **near)
    far = np.array([-1000.0, 1000.0])
    with np.errstate(over="ignore"):
        for function, low in ((sigmoid, 0.0), (tanh, -1.0), (elu, -1.0), (gelu, 0.0)):
            high = 1.0 if function in (sigmoid, tanh) else 1000.0
            label = f"{function.__name__}, far out"
            check.call(function, far, expect=np.array([low, high]), label=label)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_activations", globals())
### END HIDDEN TESTS

# %% [markdown]
# **A common mistake.** "The sigmoid outputs values from -1 to 1." It does not: its
# values lie between 0 and 1; those of tanh lie between -1 and 1. The two are the same
# curve, stretched and shifted:
#
# $$ \tanh(x) = 2\,s(2x) - 1 $$

# %% nbgrader={"grade": false, "grade_id": "l4_act_ranges", "locked": true, "schema_version": 3, "solution": false, "task": false}
grid = np.linspace(-8, 8, 3201)
for function in (sigmoid, tanh, relu, leaky_relu, elu, gelu):
    values = function(grid)
    print(f"{function.__name__:10}  {values.min():7.4f} to {values.max():7.4f} on [-8, 8]")

exact_gelu = np.array([x / 2 * (1 + math.erf(x / math.sqrt(2))) for x in grid])
gap = np.abs(gelu(grid) - exact_gelu).max()
print(f"largest gap between the two forms of GELU: {gap:.5f}")
gelu_slopes = np.diff(gelu(grid)) / np.diff(grid)
print(f"slopes of GELU: about {gelu_slopes.min():.2f} to {gelu_slopes.max():.2f}")

with checks.numbers("the curves") as check:
    check.true(sigmoid(grid).min() > 0, "the sigmoid should stay above 0")
    check.true(sigmoid(grid).max() < 1, "the sigmoid should stay below 1")
    check.equal(2 * sigmoid(2 * grid) - 1, tanh(grid), "2 s(2x) - 1")
    check.equal(sigmoid(1.0), 0.731059, "s(1)", rtol=1e-5)
    check.equal(round(float(gelu(grid).min()), 3), -0.17, "smallest value of GELU")
    check.true(gap < 5e-4, "the two forms of GELU should differ by less than 0.0005")

# %% [markdown]
# **Question** ([58:42](https://youtu.be/d14TUNcbn1k?t=3522)). Which non-linearities could we use? Would $f(x) = x^2$ or
# $f(x) = \sin x$ do?
#
# <details><summary>Answer</summary>
#
# Both are bends, so both make a network more than linear. $x^2$ has a slope that grows
# without bound: large inputs make huge gradients. The slope of $\sin$ keeps changing
# its sign, so the same step in a weight may raise the output or lower it, depending on
# where the input happens to be. The six functions that you write are monotonic or
# nearly so, and their slopes stay between about -0.13 and 1.13: the cell above shows it
# for GELU, and the others, with their default arguments, lie between 0 and 1. (Maxout
# may have any two slopes.)
# </details>

# %% [markdown]
# ## 2. Their slopes
#
# **Goal.** Write the local gradients that a backward pass needs.
#
# **Idea.** Each one follows from the usual rules for derivatives. For the sigmoid you
# know the result:
#
# $$ s'(x) = s(x)\,(1 - s(x)) $$
#
# It is at most 0.25, at $x = 0$. For tanh use $2\,s(2x) - 1$, or differentiate the
# fraction. For GELU, write it as $x$ times a gate $g(x) = \frac12(1 + \tanh u)$ with
# $u = \sqrt{2/\pi}\,(x + 0.044715\,x^3)$, and use the product rule and the chain rule.
#
# The drawing shows where the slope is needed: it stands between the gradient that
# arrives at a neuron and everything that the neuron sends back.

# %% nbgrader={"grade": false, "grade_id": "l4_act_neuron_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
one_neuron = Circuit(
    {
        "w": (),
        "x": (),
        "w · x": ("dot", "w", "x"),
        "b": (),
        "z": ("+", "w · x", "b"),
        "h": ("f", "z"),
    },
    inputs="near",
)
drawing = one_neuron.draw(
    {"w": "(D,)", "x": "(D,)", "w \u00b7 x": "number", "b": "number", "z": "number", "h": "f(z)"},
    {
        "h": "dh",
        "z": "dz = dh f\u2032(z)",
        "b": "dz",
        "w · x": "dz",
        "w": "dz x",
        "x": "dz w",
    },
    title="Where does the slope of the activation enter?",
)
plots.show(drawing.text, drawing)

# %% [markdown]
# **Exercise 2 (5 points).** Write the six slopes. They take $x$, the input of the
# activation, not its output. Finite differences check a slope; as an answer they cost
# points.

# %% nbgrader={"grade": false, "grade_id": "l4_activation_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def d_sigmoid(x):
    """Slope of the sigmoid at x, a number or an array."""
    ### BEGIN SOLUTION
    e = np.exp(-np.abs(x))  # s(x) s(-x), never inf / inf
    return e / (1 + e) ** 2
    ### END SOLUTION


def d_tanh(x):
    """Slope of tanh at x, a number or an array."""
    ### BEGIN SOLUTION
    return 1 - np.tanh(x) ** 2
    ### END SOLUTION


def d_relu(x):
    """Slope of ReLU at x, a number or an array."""
    ### BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
    ### END SOLUTION


def d_leaky_relu(x, slope=0.01):
    """Slope of leaky ReLU at x, a number or an array."""
    ### BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1.0, slope)
    ### END SOLUTION


def d_elu(x, alpha=1.0):
    """Slope of ELU at x, a number or an array."""
    ### BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))
    ### END SOLUTION


def d_gelu(x):
    """Slope of GELU's tanh form at x, a number or an array."""
    ### BEGIN SOLUTION
    c, k = np.sqrt(2 / np.pi), 0.044715
    t = np.tanh(c * (x + k * np.power(x, 3)))
    du = c * (1 + 3 * k * np.square(x))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * du
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_activation_gradients_test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_activation_gradients") as check:
    x = np.array([-2.0, -1.0, 0.5, 1.0, 2.0])
    near = {"rtol": 1e-5, "atol": 1e-6}
    for function, values in (
        (d_sigmoid, [0.104994, 0.196612, 0.235004, 0.196612, 0.104994]),
        (d_tanh, [0.070651, 0.419974, 0.786448, 0.419974, 0.070651]),
        (d_relu, [0.0, 0.0, 1.0, 1.0, 1.0]),
        (d_leaky_relu, [0.01, 0.01, 1.0, 1.0, 1.0]),
        (d_elu, [0.135335, 0.367879, 1.0, 1.0, 1.0]),
        (d_gelu, [-0.086099, -0.082964, 0.867370, 1.082964, 1.086099]),
    ):
        name = function.__name__
        check.call(function, x, expect=np.array(values), label=name, **near)
        two_rows = np.array([values[3:], values[:2]])
        x2 = np.array([[1.0, 2.0], [-2.0, -1.0]])
        check.call(function, x2, expect=two_rows, label=f"{name}, two rows", **near)
        check.call(function, -2.0, expect=values[0], label=f"{name}, a number", **near)
        single, expect = np.float32(x), np.array(values)
        check.call(function, single, expect=expect, label=f"{name}, float32", **near)
    expect = np.array([0.1, 0.1, 1.0, 1.0, 1.0])
    check.call(d_leaky_relu, x, slope=0.1, expect=expect, label="slope 0.1")
    expect = np.array([0.270671, 0.735759, 1.0, 1.0, 1.0])
    check.call(d_elu, x, alpha=2.0, expect=expect, label="alpha 2", **near)
    far = np.array([-1000.0, 1000.0])
    with np.errstate(over="ignore"):
        for function, high in ((d_sigmoid, 0), (d_tanh, 0), (d_elu, 1), (d_gelu, 1)):
            label = f"{function.__name__}, far out"
            check.call(function, far, expect=np.array([0.0, high]), label=label)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_activation_gradients", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l4_act_curves_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
x = np.linspace(-4, 4, 401)
curves = {
    "sigmoid": (sigmoid(x), d_sigmoid(x)),
    "tanh": (tanh(x), d_tanh(x)),
    "ReLU": (relu(x), d_relu(x)),
    "leaky ReLU, slope 0.1": (leaky_relu(x, slope=0.1), d_leaky_relu(x, slope=0.1)),
    "ELU, alpha 1": (elu(x), d_elu(x)),
    "GELU, tanh form": (gelu(x), d_gelu(x)),
    "maxout of -0.5 x and x - 0.8": (
        np.maximum(-0.5 * x, x - 0.8),
        np.where(x - 0.8 > -0.5 * x, 1.0, -0.5),
    ),
}
fig, axes = plt.subplots(2, 4, figsize=(9.6, 5.2), sharex=True, sharey=True)
for ax, (name, (value, slope)) in zip(axes.flat, curves.items(), strict=False):
    ax.plot(x, value, label="value", **plots.LINES[0])
    ax.plot(x, slope, label="slope", **plots.LINES[1])
    ax.axhline(0, color=plots.COLORS["black"], linewidth=0.8)
    ax.set_title(name, fontsize=10)
axes[0, 0].set(ylim=(-1.3, 2.6), xticks=[-4, 0, 4])  # the panels share their axes
for ax in axes[1, :3]:
    ax.set_xlabel("input x")
axes[0, 3].tick_params(labelbottom=True)
axes[0, 3].set_xlabel("input x")
for ax in axes[:, 0]:
    ax.set_ylabel("value, slope")
axes[1, 3].axis("off")
handles, labels = axes[0, 0].get_legend_handles_labels()
axes[1, 3].legend(handles, labels, loc="center", fontsize=12)
fig.suptitle("Where is each activation steep, and where is it flat?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Seven panels with value and slope from -4 to 4. The slope of the sigmoid is a low "
    "bell of height 0.25, that of tanh a bell of height 1; both are near 0 at the "
    "edges. ReLU has slope 0 left and 1 right of zero, leaky ReLU 0.1 and 1. ELU's "
    "slope rises from near 0 to 1. GELU's slope dips a little below 0 and rises a "
    "little above 1. Maxout has slope -0.5, then 1."
)

# %% [markdown]
# **Question.** Leaky ReLU never loses the gradient entirely. Why must the slope below 0
# not be 1?
#
# <details><summary>Answer</summary>
#
# With slope 1 both branches form one straight line: the function is the identity, and
# the network is linear again. The closer the slope is to 1, the weaker the bend.
# </details>

# %% [markdown]
# ## 3. Saturation: what a product of slopes does
#
# **Goal.** See in numbers why deep networks of sigmoids are hard to train.
#
# **Idea.** A function **saturates** where it is almost flat: the sigmoid and tanh on
# both sides, ELU and GELU on the left. There the local gradient is almost 0, and so is
# every product with it. On its way back a gradient is multiplied by one slope per
# layer, and each sigmoid takes away at least three quarters of it.

# %%
at_most = None  # a number to four decimals: at most what share of a gradient passes three sigmoids?
checks.question(
    "three sigmoids", at_most, "5985fec6fd95",
    hint="The largest slope of a sigmoid, three times as a factor.",
    decimals=4,
)  # fmt: skip

# %% nbgrader={"grade": false, "grade_id": "l4_act_saturation", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
points = [0.0, 2.0, 5.0, 10.0]
print("slope at x =  " + "".join(f"{point:>10.0f}" for point in points))
for function in (d_sigmoid, d_tanh, d_relu):
    row = "".join(f"{float(function(point)):10.6f}" for point in points)
    print(f"{function.__name__:14}{row}")
print("\nat best, after so many sigmoids, a gradient is multiplied by")
for layers in (1, 2, 5, 10, 20):
    print(f"{layers:3}: {0.25**layers:.1e}")

with checks.numbers("the slopes of the sigmoid") as check:
    steepest = d_sigmoid(np.linspace(-8, 8, 1601)).max()
    check.equal(float(steepest), 0.25, "the largest slope of the sigmoid")
    check.equal(float(d_tanh(0.0)), 1.0, "the slope of tanh at 0")
    check.true(float(d_sigmoid(10.0)) < 5e-5, "at 10 the sigmoid should be flat")

# %% [markdown]
# A saturated unit is also stuck: its weights get almost no gradient, so it can hardly
# leave the flat part. This is why weights must not start too large.
#
# ## 4. Inputs of one sign, and the zig-zag
#
# **Goal.** See why it matters that an activation's outputs are centred around 0.
#
# **Idea.** Take one unit, $f = w \cdot x$, with upstream gradient $g$. The gradient of
# its weights is
#
# $$ \frac{\partial L}{\partial w_j} = g\, x_j $$
#
# Suppose that all $x_j$ are positive, as the outputs of a sigmoid always are.

# %%
raised = None  # a number: g = -1, and ten inputs above 0; how many weights does a step raise?
checks.question(
    "signs", raised, "ed203186b46d",
    hint="Which sign has g times an input? A step goes against the gradient.",
)  # fmt: skip

# %% [markdown]
# All entries of the gradient then have the **sign of** $g$: one example can only raise
# all weights or lower all of them. If one weight has to rise and another has to fall,
# the path must alternate: a zig-zag. With inputs of both signs the steps may point in
# any direction.
#
# **An example.** Two weights start at (0, 0); the target is (1.5, -1). Each step looks
# at one random example and moves the weights along its $x$, just far enough to halve
# the error on this example. First all inputs lie between 0.2 and 1; then 0.6 is
# subtracted from the same inputs.

# %% nbgrader={"grade": false, "grade_id": "l4_act_zigzag", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
best_w = np.array([1.5, -1.0])


def walk(shift: float, steps: int = 200) -> np.ndarray:
    """Weights after each step on one example; inputs are uniform, 0.8 wide."""
    rng = np.random.default_rng(3)
    w = np.zeros(2)
    path = [w]
    for _ in range(steps):
        x = rng.uniform(-0.4, 0.4, size=2) + shift
        w = w + 0.5 * (best_w @ x - w @ x) * x / (x @ x)
        path.append(w)
    return np.array(path)  # (steps + 1, 2)


paths = {"inputs from 0.2 to 1": walk(0.6), "inputs from -0.4 to 0.4": walk(0.0)}
for name, path in paths.items():
    near = int(np.argmax(np.linalg.norm(path - best_w, axis=1) < 0.1))
    print(f"{name}: within 0.1 of the target after {near} steps")
steps = np.diff(paths["inputs from 0.2 to 1"], axis=0)
same_sign = int(np.sum(steps[:, 0] * steps[:, 1] > 0))
print(f"steps that move both weights the same way: {same_sign} of {len(steps)}")

# %% nbgrader={"grade": false, "grade_id": "l4_act_zigzag_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, axes = plt.subplots(1, 2, figsize=(9, 4.2), sharex=True, sharey=True)
for ax, (name, path), line in zip(axes, paths.items(), plots.LINES, strict=False):
    ax.plot(*path[:41].T, marker=".", markersize=6, **{**line, "linewidth": 1.2})
    ax.plot(0, 0, "s", color=plots.COLORS["black"], markersize=7)
    ax.text(-0.45, 0.12, "start")
    ax.plot(*best_w, "*", color=plots.COLORS["red"], markersize=14)
    ax.text(1.35, -1.35, "target")
    ax.set_xlabel("weight w₁")
    ax.set_title(name, fontsize=11)
    ax.set_aspect("equal")
axes[0].set(ylabel="weight w₂", xlim=(-0.6, 2.1), ylim=(-1.6, 0.9))
fig.suptitle("How straight is the path of 40 steps?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Two paths from (0, 0) to the target at (1.5, -1). With positive inputs each step "
    "goes up and right or down and left; the path zig-zags and after 40 steps is still "
    "on its way. With centred inputs it comes close within ten steps."
)

# %% [markdown]
# The gradient of a minibatch is a sum over examples with upstream gradients of both
# signs, so it is not restricted in this way; the effect is weaker there but does not
# vanish. It is one reason to subtract the mean from the pixels, and to prefer tanh to
# the sigmoid in hidden layers. ReLU is not centred either: its outputs are never
# negative.
#
# **Question.** Which of the six activations have outputs of both signs?
#
# <details><summary>Answer</summary>
#
# tanh, leaky ReLU, ELU and GELU. Only tanh is symmetric about 0. ELU was designed for
# this: for inputs centred on 0 its mean output is closer to 0 than that of ReLU.
# </details>

# %% [markdown]
# ## 5. Gradients through depth
#
# **Goal.** Measure what arrives at the first layer of a deep network.
#
# **Idea.** Take a network of layers $z_k = h_{k-1} W_k$, $h_k = f(z_k)$, with random
# weights, as they are before training. Send a batch forward and a gradient of ones
# back, and look at its mean size at each layer:
#
# $$ \texttt{dz}_k = \texttt{dh}_k \cdot f'(z_k) \ \text{(entry by entry)}, \qquad
# \texttt{dh}_{k-1} = \texttt{dz}_k\, W_k^{\top} $$
#
# Each layer multiplies by slopes and sums over weights. If this shrinks a gradient on
# average, gradients **vanish** towards the input; if it enlarges it, they **explode**.
# Two knobs decide it: the activation, and the scale of the weights.
#
# **Exercise 3 (4 points).** Implement the measurement. Draw the random numbers in this
# order, so that results are comparable: the input `rng.standard_normal((64, width))`,
# then for each layer in turn `scale * rng.standard_normal((width, width))`. The
# gradient of ones is that of the last $h$.

# %% nbgrader={"grade": false, "grade_id": "l4_gradient_flow", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_flow(activation, d_activation, depth, width, scale, rng):
    """Mean absolute gradient of each layer of a random network.

    Parameters
    ----------
    activation, d_activation : callable
        An activation and its slope at x; both take and return arrays.
    depth : int
        Number of layers.
    width : int
        Units in each layer, and size of the input.
    scale : float
        Standard deviation of the weights.
    rng : np.random.Generator
        Source of input and weights, drawn in the order of the text.

    Returns
    -------
    (depth,) ndarray
        Entry k is the mean of ``|dz|`` of layer k, counted from 0 at the input.
    """
    ### BEGIN SOLUTION
    h = rng.standard_normal((64, width))
    caches = []
    for _ in range(depth):
        W = scale * rng.standard_normal((width, width))
        z = h @ W
        caches.append((W, z))
        h = activation(z)
    dh, flow = np.ones_like(h), np.zeros(depth)
    for k in reversed(range(depth)):
        W, z = caches[k]
        dz = dh * d_activation(z)
        flow[k] = np.mean(np.abs(dz))
        dh = dz @ W.T
    return flow
    ### END SOLUTION

# %% [markdown]
# The checks use $\sin$ with the slope $\cos$, and the identity with the slope 1, so
# that they do not depend on your other answers.

# %% nbgrader={"grade": true, "grade_id": "l4_gradient_flow_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_gradient_flow") as check:
    settings = (3, 4, 0.5)  # depth, width, scale
    near = {"rtol": 1e-5, "atol": 1e-6, "shapes": "(depth,)"}
    rng = np.random.default_rng(0)
    expect = np.array([0.832488, 0.662808, 1.0])
    identity = (np.positive, np.ones_like)
    label = "identity"
    check.call(gradient_flow, *identity, *settings, rng, expect=expect, label=label, **near)
    rng = np.random.default_rng(0)
    expect = np.array([0.376622, 0.454075, 0.811163])
    bent = (np.sin, np.cos)
    check.call(gradient_flow, *bent, *settings, rng, expect=expect, label="sine", **near)
    one, again = (gradient_flow(*bent, 2, 3, 1.5, np.random.default_rng(1)) for _ in range(2))
    same = np.array_equal(one, again)
    check.equal(same, True, "whether equal generators give equal results")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_gradient_flow", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l4_act_flow_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
depth, width = 20, 64
scales = {
    "0.02": 0.02,
    "√(1/width) = 0.125": np.sqrt(1 / width),
    "√(2/width) = 0.177": np.sqrt(2 / width),
    "0.4": 0.4,
}
pairs = {"sigmoid": (sigmoid, d_sigmoid), "tanh": (tanh, d_tanh), "ReLU": (relu, d_relu)}
flows = {
    (name, label): gradient_flow(*pair, depth, width, scale, np.random.default_rng(0))
    for name, pair in pairs.items()
    for label, scale in scales.items()
}
fig, axes = plt.subplots(1, 3, figsize=(9.6, 4.2), sharey=True)
for ax, name in zip(axes, pairs, strict=True):
    for line, label in zip(plots.LINES, scales, strict=False):
        ax.plot(np.arange(1, depth + 1), flows[name, label], label=label, **line)
    ax.set(xlabel="layer, 1 is next to the input", xticks=[1, 5, 10, 15, 20])
    ax.set_title(name, fontsize=11)
axes[0].set(ylabel="mean |gradient| of z", yscale="log", yticks=[1e-20, 1e-10, 1, 1e10])
plots.powers_of_ten(axes[0].yaxis)
handles, labels = axes[0].get_legend_handles_labels()
fig.legend(handles, labels, loc="outside lower center", ncols=4, title="scale of the weights")
fig.suptitle("What is left of a gradient after twenty layers?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Mean gradient by layer on a logarithmic axis, for four scales of the weights. With "
    "sigmoids it falls towards the input at every scale. With tanh it vanishes at scale "
    "0.02, falls slowly at 0.125, stays level at 0.177, and grows at 0.4. With ReLU it vanishes at 0.02 "
    "and falls slowly at 0.125, stays level at 0.177, and explodes at 0.4."
)

# %% nbgrader={"grade": false, "grade_id": "l4_act_flow_numbers", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
print("gradient at layer 1 over gradient at layer 20, as a power of ten")
for name in pairs:
    row = "".join(
        f"{round(np.log10(flows[name, label][0] / flows[name, label][-1])):8}" for label in scales
    )
    print(f"{name:8}{row}")
print("scales: " + "".join(f"{scale:8.3f}" for scale in scales.values()))

# %% [markdown]
# - **Sigmoid**: the slope is at most 0.25, and no scale in the picture saves it. A
#   larger scale makes the weights larger but the slopes smaller, because units
#   saturate.
# - **tanh** at $1/\sqrt{\text{width}}$ loses little: a sum of `width` terms with
#   weights of this size has about the size of its inputs, and the slope is about 1 near
#   0, but never above it. At $\sqrt{2/\text{width}}$ the larger weights make up for
#   that here.
# - **ReLU** needs twice the variance, $2/\text{width}$ (scale $\sqrt{2/\text{width}}$),
#   because it zeroes half of the entries. These are the initialisations named after
#   Glorot and He.
#
# **Question.** In the panel of ReLU, at scale 0.177, the gradients stay level. Does that
# hold for every seed?
#
# <details><summary>Answer</summary>
#
# Nearly, at this width: over 300 seeds we measured 0.8 to 7 times as large a gradient
# at layer 1 as at layer 20. Narrow networks vary far more: with `width` 10 and its own
# scale of $\sqrt{2/10}$ the factor was anything from 1/400 to 9. The rule holds on
# average over many units, and ten are not many.
# </details>

# %% [markdown]
# ## 6. Dead units
#
# **Goal.** Count the units of a layer that no image can activate.
#
# **Idea.** ReLU does not saturate above 0, but below 0 it is completely flat. If $z = x
# \cdot w + b \le 0$ for **every** training example, the unit's output is 0, and no
# example gives its weights a gradient, so training cannot bring it back: it is
# **dead**. One step that is too large can do that, by pushing the bias far down. A unit
# that is silent for *some* examples is healthy: being selective is its job.
#
# **An example by hand.** Two examples (1, 0) and (0, 1), three units:
#
# | unit | weights | bias | sums | |
# |---|---|---|---|---|
# | 1 | 1, -1 | 0 | 1 and -1 | alive |
# | 2 | -1, -2 | 0.5 | -0.5 and -1.5 | dead |
# | 3 | 2, 2 | -2 | 0 and 0 | dead: ReLU has slope 0 at 0 |
#
# **Exercise 4 (2 points).** Compute the share of dead units.

# %% nbgrader={"grade": false, "grade_id": "l4_dead_relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dead_fraction(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> float:
    """Share of the ReLU units that are 0 for every example.

    Parameters
    ----------
    X : (N, D) float64
        Examples.
    W : (D, H) float64
        Weights, one column per unit.
    b : (H,) float64
        Biases.

    Returns
    -------
    float
        From 0 to 1. A sum of exactly 0 does not activate a unit.
    """
    ### BEGIN SOLUTION
    z = X @ W + b  # (N, H)
    return float(np.mean(np.all(z <= 0, axis=0)))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_dead_relu_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_dead_relu") as check:
    X, b = np.eye(2), np.array([0.0, 0.5, -2.0, 0.0])
    W = np.array([[2.0, -1.0, 2.0, 1.0], [-1.0, -2.0, 2.0, -3.0]])
    check.call(dead_fraction, X, W, b, expect=0.5, label="by hand")
    check.call(dead_fraction, X, W, b + 10, expect=0.0, label="large biases")
    check.call(dead_fraction, X, W, b - 10, expect=1.0, label="small biases")
    check.call(dead_fraction, X[:1], W, b, expect=0.5, label="one example")
    check.call(dead_fraction, X[1:], W, b, expect=1.0, label="the other example")
    check.call(dead_fraction, X, W[:, :1], b[:1], expect=0.0, label="one unit")
    single = (np.float32(X), np.float32(W), np.float32(b))
    check.call(dead_fraction, *single, expect=0.5, label="float32")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_dead_relu", globals())
### END HIDDEN TESTS

# %% [markdown]
# **On real images.** A layer of 200 units with random weights of scale $\sqrt{2/64}$
# looks at 500 digits of 64 pixels. We push all biases down, as a bad step would, and
# count.

# %% nbgrader={"grade": false, "grade_id": "l4_act_dead_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
digits = load_digits()
X_sets = {
    "pixels as they are, 0 to 1": digits.X_train[:500],
    "mean image subtracted": digits.centered().X_train[:500],
}
W = np.sqrt(2 / 64) * np.random.default_rng(0).standard_normal((64, 200))
biases = np.linspace(-3, 1, 31)
fig, (left, right) = plt.subplots(1, 2, figsize=(9.4, 3.9))
for line, (name, X) in zip(plots.LINES, X_sets.items(), strict=False):
    shares = [dead_fraction(X, W, np.full(200, bias)) for bias in biases]
    left.plot(biases, shares, label=name, **line)
    awake = np.sort(np.mean(X @ W - 0.5 > 0, axis=0))
    right.plot(np.arange(1, 201), awake, label=name, **line)
left.set(xlabel="bias of all units", ylabel="share of dead units")
left.set_title("How many units does a shift kill?")
right.set(xlabel="unit, sorted", ylabel="share of images that activate it")
right.set_title("Which units are active at a bias of -0.5?")
right.legend(loc="upper left")
plots.show(
    "Left: the share of dead units is near 0 for biases of 0 and more and rises below. "
    "With raw pixels it rises early and slowly, with centred pixels late and steeply; the "
    "curves cross, and both are near 1 at -2.5. Right, at a bias of -0.5: with raw pixels "
    "about a fifth of the units respond to no image and some respond to nearly all; with "
    "centred pixels every unit responds to some images, and none to more than a quarter."
)

# %% nbgrader={"grade": false, "grade_id": "l4_act_dead_numbers", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
for name, X in X_sets.items():
    row = "   ".join(
        f"bias {bias:4.1f}: {dead_fraction(X, W, np.full(200, bias)):4.0%}"
        for bias in (0.0, -0.5, -1.0, -2.0)
    )
    print(f"{name:27} {row}")

# %% [markdown]
# Why do the two curves differ, and why do they cross? The sum of a unit is its sum for
# the mean image plus a deviation. With raw pixels the first part differs from unit to
# unit: where it is strongly negative, the unit is dead even without a bad step; where
# it is strongly positive, the unit survives even a large shift. Subtracting the mean
# image removes this part. All units then have sums around 0 and behave alike: a shift
# of -0.5 kills none of them, one of -1 about half, and from about -1.5 on all are dead.
# So centring makes the start safer, but it is no protection against a step that is far
# too large.
#
# **Question.** Would a leaky ReLU have dead units in this sense?
#
# <details><summary>Answer</summary>
#
# It can have units that are negative for every example, but none of them is stuck:
# below 0 the slope is 0.01 (or 0.1), so the weights still move, slowly. However, a unit
# that is on one side of 0 for all examples computes a linear function of its input and
# adds no bend.
# </details>

# %% [markdown]
# ## 7. A trap: softmax on top of sigmoids
#
# **Goal.** Find out why a network refuses to be sure.
#
# **Idea.** Suppose someone writes the last layers as follows. The loss falls from 2.30
# to about 1.5 and no further, whatever the learning rate. The accuracy is good, and yet
# the network is never sure.
#
# ```python
# scores = sigmoid(hidden @ W2 + b2)      # (N, 10)
# loss, dscores = softmax_loss(scores, y)
# ```
#
# What is wrong, and what is the lowest loss that this network can approach?

# %%
smallest = None  # a number to two decimals: the lowest loss with 1,000 classes instead of ten
checks.question(
    "smallest loss", smallest, "53a85c65b184",
    hint="The best scores are 1 for the true class and 0 for all others; then softmax.",
)  # fmt: skip

# %% [markdown]
# <details><summary>Answer</summary>
#
# The sigmoid squeezes the scores into (0, 1), and softmax turns **differences** of
# scores into probabilities. The best case is 1 for the true class and 0 for the nine
# others, which gives $p = e^1 / (e^1 + 9 e^0) = 0.232$ and a loss of
# $-\ln 0.232 = 1.461$. To get near it the sigmoids have to saturate, where their
# gradient vanishes. The last layer of a classifier has no activation: softmax needs
# scores that can take any value.
# </details>

# %% nbgrader={"grade": false, "grade_id": "l4_act_cap", "locked": true, "schema_version": 3, "solution": false, "task": false}
for num_classes in (2, 3, 10, 100):
    cap = math.e / (math.e + num_classes - 1)
    print(
        f"{num_classes:4} classes: probability at most {cap:.3f}, "
        f"loss at least {-math.log(cap):.3f}, start {math.log(num_classes):.3f}"
    )
with checks.numbers("the cap") as check:
    check.equal(round(math.e / (math.e + 9), 3), 0.232, "cap for 10 classes")
    check.equal(round(math.log(1 + 9 / math.e), 3), 1.461, "smallest loss")

# %% nbgrader={"grade": false, "grade_id": "l4_act_cap_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
z = np.linspace(0, 10, 201)  # the true class has z, the nine others -z
plain = np.exp(z) / (np.exp(z) + 9 * np.exp(-z))
top, low = np.exp(sigmoid(z)), np.exp(sigmoid(-z))
squeezed = top / (top + 9 * low)
fig, ax = plt.subplots()
ax.plot(z, plain, label="softmax of z", **plots.LINES[0])
ax.plot(z, squeezed, label="softmax of sigmoid(z)", **plots.LINES[1])
ax.axhline(math.e / (math.e + 9), **plots.LINES[2])
ax.text(10, 0.26, "e / (e + 9) = 0.232", ha="right")
ax.set(xlabel="z of the true class; the nine others have -z", ylabel="probability of the true class")
ax.set_title("How sure can the network become?")
ax.legend(loc="center right")
plots.show(
    "Probability of the true class against z. Softmax of z itself rises from 0.1 to 1 "
    "before z reaches 4. Softmax of the sigmoids rises from 0.1 to 0.232 and stays there."
)

# %% [markdown]
# ## 8. Your choice
#
# PyTorch provides all of them except maxout: `torch.sigmoid`,
# `torch.tanh`, `torch.relu`, `torch.nn.LeakyReLU(0.01)`, `torch.nn.ELU(alpha=1.0)`,
# `torch.nn.GELU(approximate="tanh")`. Their backward passes are your slopes. Only the
# choice is left to you. You have measured what speaks for each of them and what against
# it:
#
# | question | section |
# |---|---|
# | How steep is it, and where is it flat? | 2, 3 |
# | Are its outputs centred around 0? | 4 |
# | What arrives at the first layer of a deep network? | 5 |
# | Can its units die? | 6 |
#
# They also differ in cost: ReLU and leaky ReLU need only a comparison, the other four
# an exponential. GELU is the usual choice in transformers.
#
# The notes close their list of activations with a piece of advice
# ([commonly used activation functions](https://cs231n.github.io/neural-networks-1/#actfun)).
# Write your own answer first; then compare.

# %% [markdown] nbgrader={"grade": true, "grade_id": "l4_activations_question", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# **Exercise 5 (2 points, graded by hand).** You build a network of ten hidden layers
# for small images. Choose an activation for the hidden layers and defend it.
#
# 1. Which one, and why? Name what it does to the gradient, with a result of this
#    notebook.
# 2. What is its weakest point, how would you notice it in training, and what would you
#    do then?
#
# Answer in four to eight sentences.
#
# ### BEGIN SOLUTION
# I take ReLU with weights of scale sqrt(2 / width). Its slope is 1 for every positive
# input, so a gradient is not scaled down by the activation on the paths that are open;
# in section 5 it arrived at the first of twenty layers in full size, where sigmoids
# had left at most a ten-thousandth of it. It is also the cheapest of the six.
#
# Its weak point is units that die: after a step that is too large a unit may be at or
# below 0 for every image, and then gets no gradient any more. I would print the share
# of dead units of each layer every few hundred steps, as in section 6. If it grows, I
# lower the learning rate first; if that does not help, I use a leaky ReLU, whose slope
# of 0.01 below 0 lets such units come back.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Write six activations and their slopes so that they hold for any input.
# - Say where each saturates, which are centred, and which can die.
# - Predict from activation and scale whether gradients vanish or explode with depth.
# - Recognise the loss of 1.461 of a softmax that was put on top of sigmoids.
#
# ## On your own
#
# - Which scale keeps the gradients of `leaky_relu` with slope 0.1 level? Guess from
#   the rule for ReLU, then measure.
# - Write maxout with two pieces as a layer, forward and backward.
# - Shift and scale the sigmoid so that its outputs are centred and its slope at 0 is 1.
#   Which activation do you get?
# - Measure the mean output of each activation on normally distributed inputs.
#
# ## Further reading
#
# - [CS231n notes: neural networks, part 1](https://cs231n.github.io/neural-networks-1/),
#   with the list of activations and the advice.
# - Y. LeCun, L. Bottou, G. Orr and K.-R. Mueller, *Efficient BackProp*, 1998: centred
#   inputs and why.
# - X. Glorot and Y. Bengio, *Understanding the difficulty of training deep feedforward
#   neural networks*, AISTATS 2010; K. He and others, *Delving Deep into Rectifiers*,
#   ICCV 2015: the two scales of section 5.
# - D. Hendrycks and K. Gimpel, *Gaussian Error Linear Units (GELUs)*, 2016.

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l4_act_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
