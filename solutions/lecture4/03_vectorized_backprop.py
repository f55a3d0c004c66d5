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
# # Backpropagation with vectors and matrices
#
# CS231n, lecture 4 (2017 recording), [37:07](https://youtu.be/d14TUNcbn1k?t=2227) to [48:26](https://youtu.be/d14TUNcbn1k?t=2906). About two to three hours.
#
# So far the wires carried numbers. Here they carry vectors, matrices and whole
# minibatches. The chain rule is the same, the local gradients become Jacobian matrices,
# and their size is a surprise.
#
# **What you'll do**
#
# - Write a ReLU layer, and draw the Jacobian that it avoids.
# - Derive the gradient of $\lVert Wx \rVert^2$ element by element.
# - Write an affine layer for batches of images, and the softmax loss as a last layer.
# - Write a gradient check, connect your layers and check the whole chain.
#
# **What you'll learn**
#
# - What a Jacobian is, how large it is, and what a layer does about that.
# - A habit that finds many mistakes: a gradient has the shape of its variable.
# - How the shapes alone determine the order of the factors of a product.
# - What a cache is for.
#
# **What you'll need**
#
# - The chain rule on a graph, with its sums at branches, from
#   `01_computational_graphs`.
# - Matrix products and NumPy broadcasting.

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
# | $L$ | the number at the end of the graph, the loss |
# | `dq` | the gradient of $L$ with respect to `q`, with the **shape of** `q` |
# | `dout` | the gradient of $L$ with respect to the output of a layer: the upstream gradient |
# | `out, cache = layer_forward(...)` | the forward pass; `cache` holds what the backward pass will need |
# | `layer_backward(dout, cache)` | the backward pass: returns the gradients of the inputs |
# | $J_{ij} = \partial z_i / \partial x_j$ | the Jacobian of $z$ with respect to $x$ |
#
# **Rows of a Jacobian are outputs**, columns are inputs. The lecture of 2017 uses this
# layout; the slides of 2025 use the transposed one, with inputs in the rows. Both are
# right as long as you do not mix them.
#
# A cache may be anything: an array, a tuple, a dict. No test looks inside; it is only
# passed back to your own backward function. At 0 we take the slope of ReLU to be 0; the
# checks accept anything from 0 to 1. Functions never change their inputs. Finite
# differences check a gradient; as an answer they cost points.

# %% nbgrader={"grade": false, "grade_id": "l4_vec_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from cs231n_lib import checks, plots
from cs231n_lib.circuits import Circuit
from cs231n_lib.gradient_check import check_gradient, forward_gradient

plots.use_style()


def run_forward(check, layer_forward, *inputs):
    """Run a forward function inside visible checks; return its output and its cache."""
    result = check.call(layer_forward, *inputs)
    check.true(
        isinstance(result, tuple | list) and len(result) == 2,
        f"{layer_forward.__name__} has to return two things, out and cache",
    )
    return result

# %% [markdown]
# **A warm-up (no points).** Write your answer in place of `None` and run the cell.

# %%
entry = None  # a number: the second entry of [[1, 2], [3, 4]] times the column (5, 6)
checks.question(
    "a warm-up", entry, "94847fcd3b41",
    hint="Row 2 times the column.",
)  # fmt: skip

# %% [markdown]
# ## 1. A layer: forward, cache, backward
#
# **Goal.** Carry a gradient backward through a function of a whole array.
#
# **Idea.** Take the simplest layer of a network, ReLU: $z = \max(0, x)$, applied to
# each entry of $x$ separately. The rest of the graph has computed the upstream gradient
# $\partial L / \partial z$, one number for each entry of $z$. We want
# $\partial L / \partial x$. Because $z_i$ depends only on $x_i$, each entry is a max
# gate as in the first notebook: it routes its upstream gradient to $x_i$ if $x_i$ was
# the larger one, and drops it if 0 was.
#
# $$ \frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial z_i} \cdot
# \begin{cases} 1 & x_i > 0 \\ 0 & x_i \le 0 \end{cases} $$

# %%
through = None  # a list of two numbers: dx for x = (2, -3) and dout = (-7, 5)
checks.question(
    "a ReLU of two", through, "185c6a6ffb48",
    hint="It is the sign of x that decides, not that of dout.",
)  # fmt: skip

# %% [markdown]
# To tell which case applies, the backward pass must remember something from the forward
# pass. That is what the **cache** is for: the forward function returns it together with
# the output, and the backward function gets it back
# ([48:26](https://youtu.be/d14TUNcbn1k?t=2906)).
#
# **The example from the slides.** $x = (1, -2, 3, -1)$ gives $z = (1, 0, 3, 0)$. With
# the upstream gradient $(4, -1, 5, 9)$ the gradient of $x$ is $(4, 0, 5, 0)$. Note that
# even the 9 is dropped: a small change of $x_4$ has no influence on the loss.
#
# **Exercise 1 (2 points).** Write both directions of the ReLU layer, for an array of
# any shape.

# %% nbgrader={"grade": false, "grade_id": "l4_relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_forward(x: np.ndarray) -> tuple:
    """Larger of 0 and x, entry by entry.

    Parameters
    ----------
    x : ndarray of any shape, float64

    Returns
    -------
    out : ndarray of the shape of ``x``
    cache : object
        What ``relu_backward`` needs.
    """
    ### BEGIN SOLUTION
    return np.maximum(0, x), x
    ### END SOLUTION


def relu_backward(dout: np.ndarray, cache: object) -> np.ndarray:
    """Gradient of the loss with respect to the input of ``relu_forward``.

    Parameters
    ----------
    dout : ndarray of the shape of ``out``
        The upstream gradient.
    cache : object
        From ``relu_forward``.

    Returns
    -------
    dx : ndarray of the shape of ``x``
    """
    ### BEGIN SOLUTION
    return dout * (cache > 0)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_relu_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_relu") as check:
    x_slides = np.array([1.0, -2.0, 3.0, -1.0])
    dout_slides = np.array([4.0, -1.0, 5.0, 9.0])
    out, cache = run_forward(check, relu_forward, x_slides)
    check.equal(out, np.array([1.0, 0.0, 3.0, 0.0]), "out")
    expect = np.array([4.0, 0.0, 5.0, 0.0])
    check.call(relu_backward, dout_slides, cache, expect=expect, label="slides")
    relu_forward(-x_slides)  # must leave the cache of the call before alone
    check.call(relu_backward, dout_slides, cache, expect=expect, label="first cache")
    single, cache = np.float32([dout_slides]), relu_forward(np.float32([x_slides]))[1]
    label = "float32, one row"
    check.call(relu_backward, single, cache, expect=expect[None], label=label)
    cache = relu_forward(np.array([0.0]))[1]
    dx = check.call(relu_backward, np.array([2.0]), cache)
    check.true(0 <= dx[0] <= 2, "dx at x = 0 has to lie between 0 and dout")
    rng = np.random.default_rng(1)
    x, dout = rng.normal(size=(3, 2, 2)), rng.normal(size=(3, 2, 2))
    out, cache = run_forward(check, relu_forward, x)
    dx = check.call(relu_backward, dout, cache)
    check.gradient(lambda x: np.sum(relu_forward(x)[0] * dout), dx, x, name="dx")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_relu", globals())
### END HIDDEN TESTS

# %% [markdown]
# The last check tests a layer that has no loss of its own. It makes one up: the sum of
# `out * dout` over all entries. The gradient of this loss with respect to `out` is
# `dout`, so its numeric gradient with respect to `x` has to be `dx`. The upstream
# gradient is random on purpose: with ones everywhere, a backward pass that forgets to
# multiply by it would pass.

# %% nbgrader={"grade": false, "grade_id": "l4_vec_relu_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
x = np.array([1.0, -2.0, 3.0, -1.0])
dout = np.array([4.0, -1.0, 5.0, 9.0])
out, cache = relu_forward(x)
plots.matrix(
    np.stack([x, out, dout, relu_backward(dout, cache)]) + 0.0,  # no -0
    ["x", "out = max(0, x)", "upstream dout", "dx"],
    ["entry 1", "entry 2", "entry 3", "entry 4"],
    fmt="{:.0f}",
    title="Which upstream gradients get through a ReLU?",
)
plots.show(
    "A table of four columns. x: 1, -2, 3, -1; out: 1, 0, 3, 0; upstream gradient: 4, "
    "-1, 5, 9; dx: 4, 0, 5, 0. The gradient passes in the columns where x is positive."
)

# %% [markdown]
# **Question.** Suppose the cache holds `x`. Would `out` do as well?
#
# <details><summary>Answer</summary>
#
# Yes: `out > 0` holds exactly where `x > 0`. This is why frameworks can compute ReLU in
# place, which saves the memory of `x`. A boolean mask would need only one byte per
# entry.
# </details>

# %% [markdown]
# ## 2. The Jacobian behind it
#
# **Goal.** See the matrix of local gradients behind a layer.
#
# **Idea.** If $x$ has $n$ entries and $z$ has $m$, there are $m \cdot n$ local
# gradients, one for each pair ([37:07](https://youtu.be/d14TUNcbn1k?t=2227)). They form the Jacobian, with a row for each
# output:
#
# $$ J = \begin{pmatrix}
# \partial z_1 / \partial x_1 & \cdots & \partial z_1 / \partial x_n \\
# \vdots & & \vdots \\
# \partial z_m / \partial x_1 & \cdots & \partial z_m / \partial x_n
# \end{pmatrix} \qquad (m, n) $$
#
# $x_j$ acts on the loss through every output, and gradients add up at a branch:
#
# $$ \frac{\partial L}{\partial x_j} = \sum_{i} \frac{\partial L}{\partial z_i}\,
# \frac{\partial z_i}{\partial x_j}, \qquad \text{that is} \qquad
# \texttt{dx} = J^{\top}\, \texttt{dout} $$
#
# with `dx` and `dout` as columns. In the transposed layout of the 2025 slides the same
# line has no transpose sign.
#
# **Two examples.** For $z = Ax$ with a matrix $A$, the entries are
# $\partial z_i / \partial x_j = A_{ij}$: the Jacobian is $A$ itself, and every input
# may change every output. For ReLU, an input changes only its own output.
#
# **Exercise 2 (2 points).** Build the Jacobian of ReLU at a vector $x$.

# %% nbgrader={"grade": false, "grade_id": "l4_relu_jacobian", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_jacobian(x: np.ndarray) -> np.ndarray:
    """Jacobian of ``max(0, x)`` at ``x``; rows are outputs, columns are inputs.

    Parameters
    ----------
    x : (n,) float64

    Returns
    -------
    (n, n) ndarray
    """
    ### BEGIN SOLUTION
    return np.diag((x > 0).astype(float))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_relu_jacobian_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_relu_jacobian") as check:
    x = np.array([1.0, -2.0, 3.0, -1.0])
    J = check.call(relu_jacobian, x)
    check.equal(np.shape(J), (4, 4), "shape of the Jacobian")
    for i in range(4):
        slopes = forward_gradient(lambda x, i=i: max(0.0, x[i]), x)
        check.equal(J[i], slopes, f"row {i}, the slopes of output {i}", atol=1e-6)
    dout = np.array([4.0, -1.0, 5.0, 9.0])
    check.equal(J.T @ dout, np.array([4.0, 0.0, 5.0, 0.0]), "J.T @ dout")
    expect = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 1]])
    whole = np.array([-3, 2, 5])
    check.call(relu_jacobian, whole, expect=expect, label="whole numbers")
    single = whole.astype(np.float32)
    check.call(relu_jacobian, single, expect=expect, label="float32")
    check.call(relu_jacobian, np.array([7.0]), expect=np.array([[1]]), label="one input")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_relu_jacobian", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l4_vec_jacobian_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
A = np.array(
    [
        [0.5, -1.0, 0.3, 0.8],
        [-0.4, 0.7, 1.1, -0.2],
        [0.9, 0.2, -0.6, 0.4],
        [-1.2, 0.1, 0.5, 1.0],
    ]
)
outputs, inputs = ["z₁", "z₂", "z₃", "z₄"], ["x₁", "x₂", "x₃", "x₄"]
fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 2.8))
plots.matrix(A, outputs, inputs, fmt="{:.1f}", ax=left)
left.set_xlabel("Jacobian of z = A x: the matrix A")
J = relu_jacobian(np.array([1.0, -2.0, 3.0, -1.0]))
plots.matrix(J.astype(float), outputs, inputs, fmt="{:.0f}", ax=right)
right.set_xlabel("Jacobian of ReLU at (1, -2, 3, -1)")
fig.suptitle("Which input changes which output?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Two matrices with four outputs in rows and four inputs in columns. The Jacobian of "
    "a matrix product is full. The Jacobian of ReLU is zero except on the diagonal, which "
    "holds 1, 0, 1, 0."
)

# %% [markdown]
# ## 3. Predict, then run
#
# **Goal.** Answer the lecture's questions about shapes and sizes before you see the
# answers.
#
# **Idea.** Count outputs and inputs; the rest is multiplication. A float32 takes 4
# bytes, and here 1 GB means $2^{30}$ bytes.
#
# Four of the questions are about $q = Wx$ with $W$ of shape (M, D) and a column $x$:
#
# $$ q_k = \sum_{j} W_{kj}\, x_j $$
#
# The last two are about a worked example on the slides of 2025. With
#
# $$ x = \begin{pmatrix} 2 & 1 & -3 \\ -3 & 4 & 2 \end{pmatrix}, \quad
# w = \begin{pmatrix} 3 & 2 & 1 & -1 \\ 2 & 1 & 3 & 2 \\ 3 & 2 & 1 & -2 \end{pmatrix},
# \quad
# \texttt{dout} = \begin{pmatrix} 2 & 3 & -3 & 9 \\ -8 & 1 & 4 & 6 \end{pmatrix} $$
#
# the slide prints these three results, and one of them is wrong:
#
# $$ xw = \begin{pmatrix} 13 & 9 & -2 & -6 \\ 5 & 2 & 17 & 1 \end{pmatrix}, \quad
# \texttt{dx} = \begin{pmatrix} 0 & 16 & -9 \\ -24 & 9 & -30 \end{pmatrix}, \quad
# \texttt{dw} = \begin{pmatrix} 28 & 3 & -18 & 0 \\ -30 & 7 & 13 & 33 \\
# -22 & -7 & 17 & -15 \end{pmatrix} $$
#
# `dx` and `dw` are the gradients of a loss whose gradient with respect to $xw$ is
# `dout`, so of $L = \sum_{nm} (xw)_{nm}\, \texttt{dout}_{nm}$ for example.
#
# | time | key | question (form of the answer) |
# |---|---|---|
# | [37:07](https://youtu.be/d14TUNcbn1k?t=2227) | `rows_of_3_to_5` | A function takes 3 numbers and returns 5. How many rows does its Jacobian have in our layout? (number) |
# | [38:07](https://youtu.be/d14TUNcbn1k?t=2287) | `relu_entries` | ReLU on a vector of 4096 numbers: how many entries does its Jacobian have? (whole number) |
# | [39:11](https://youtu.be/d14TUNcbn1k?t=2351) | `relu_nonzero_at_most` | At most how many of them differ from 0? (number) |
# | [38:07](https://youtu.be/d14TUNcbn1k?t=2287) | `minibatch_rows` | A minibatch of 100 such vectors goes through at once. How many rows does the Jacobian have now? (number) |
# | [47:24](https://youtu.be/d14TUNcbn1k?t=2844) | `jacobian_is_formed` | Does a backward pass build this matrix? (True or False) |
# |  | `affine_gigabytes` | An affine layer takes 64 examples of 4096 numbers to 64 rows of 4096 outputs. How many GB does the Jacobian of all outputs with respect to all inputs take in float32? (number) |
# | [44:16](https://youtu.be/d14TUNcbn1k?t=2656) | `dq1_dW11` | What is $\partial q_1 / \partial W_{11}$? (`"0"`, `"1"`, `"x_1"` or `"W_11"`) |
# | [46:22](https://youtu.be/d14TUNcbn1k?t=2782) | `dq1_dW21` | $x = (0.2, 0.4)$. What is $\partial q_1 / \partial W_{21}$? (number) |
# | [46:22](https://youtu.be/d14TUNcbn1k?t=2782) | `dW_shape` | $L$ depends on $W$ through $q$. What is the shape of `dW`? (`"(M, D)"`, `"(D, M)"` or `"(M, M * D)"`) |
# | [40:13](https://youtu.be/d14TUNcbn1k?t=2413) | `l2_norm_of_q` | $q = (0.22, 0.26)$. What is its L2 norm? Three digits. (number) |
# |  | `misprinted` | Which of the three printed results is wrong? (`"x @ w"`, `"dx"` or `"dw"`) |
# |  | `first_entry` | What should its first entry be? (number) |
#
# **Exercise 3 (3 points).** Replace each `None`.

# %% nbgrader={"grade": false, "grade_id": "l4_vectorized_predict_then_run", "locked": false, "schema_version": 3, "solution": true, "task": false}
vectorized_answers = {
    "rows_of_3_to_5": None,  # a number
    "relu_entries": None,  # a number
    "relu_nonzero_at_most": None,  # a number
    "minibatch_rows": None,  # a number
    "jacobian_is_formed": None,  # True or False
    "affine_gigabytes": None,  # a number
    "dq1_dW11": None,  # "0", "1", "x_1" or "W_11"
    "dq1_dW21": None,  # a number
    "dW_shape": None,  # "(M, D)", "(D, M)" or "(M, M * D)"
    "l2_norm_of_q": None,  # a number
    "misprinted": None,  # "x @ w", "dx" or "dw"
    "first_entry": None,  # a number
}
### BEGIN SOLUTION
vectorized_answers = {
    "rows_of_3_to_5": 5,
    "relu_entries": 4096 * 4096,
    "relu_nonzero_at_most": 4096,
    "minibatch_rows": 100 * 4096,
    "jacobian_is_formed": False,
    "affine_gigabytes": 256,
    "dq1_dW11": "x_1",
    "dq1_dW21": 0,
    "dW_shape": "(M, D)",
    "l2_norm_of_q": 0.341,
    "misprinted": "x @ w",
    "first_entry": -1,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_vectorized_predict_then_run_test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
vectorized_form = {
    "rows_of_3_to_5": float,
    "relu_entries": float,
    "relu_nonzero_at_most": float,
    "minibatch_rows": float,
    "jacobian_is_formed": bool,
    "affine_gigabytes": float,
    "dq1_dW11": ("0", "1", "x_1", "W_11"),
    "dq1_dW21": float,
    "dW_shape": ("(M, D)", "(D, M)", "(M, M * D)"),
    "l2_norm_of_q": float,
    "misprinted": ("x @ w", "dx", "dw"),
    "first_entry": float,
}
with checks.exercise("l4_vectorized_predict_then_run") as check:
    check.answers(vectorized_answers, vectorized_form)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_vectorized_predict_then_run", globals())
### END HIDDEN TESTS

# %% [markdown]
# This check looks only at the form: every key answered, numbers where numbers belong.
# The next cells show whether the answers are right. They need all twelve answers; their
# code is folded away, because it holds the results. First the sizes:

# %% nbgrader={"grade": false, "grade_id": "l4_vec_sizes", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["hide-input"]
with checks.numbers("your predictions") as check:
    check.answers(vectorized_answers, vectorized_form)  # first predict, then look

KB, MB, GB = 2**10, 2**20, 2**30
layers = {  # name: (number of outputs, number of inputs)
    "ReLU, 1 x 4096": (4096, 4096),
    "ReLU, 100 x 4096": (100 * 4096, 100 * 4096),
    "affine, 64 x 4096 to 64 x 4096": (64 * 4096, 64 * 4096),
}
for name, (num_out, num_in) in layers.items():
    size = 4 * num_out * num_in
    unit, step = ("GB", GB) if size >= GB else ("MB", MB)
    print(
        f"{name:31} Jacobian {num_out:,} x {num_in:,} = {num_out * num_in:,} entries, "
        f"{size / step:.0f} {unit}; gradient {4 * num_in / KB:,.0f} KB"
    )

with checks.numbers("the sizes") as check:
    check.equal(4096 * 4096, 16_777_216, "entries for one vector")
    check.equal(100 * 4096, 409_600, "rows for a minibatch of 100")
    check.equal(4 * 4096**2 / MB, 64, "MB for one vector")
    check.equal(4 * 409_600**2 / GB, 625, "GB for a minibatch of 100")
    check.equal(4 * (64 * 4096) ** 2 / GB, 256, "GB for the affine layer")

# %% nbgrader={"grade": false, "grade_id": "l4_vec_sizes_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, ax = plt.subplots(figsize=(8, 3.0))
for row, (num_out, num_in) in enumerate(layers.values()):
    pair = ((4 * num_in, "sky", "", -0.2), (4 * num_out * num_in, "orange", "//", 0.2))
    for size, color, hatch, shift in pair:
        ax.barh(
            row + shift,
            size,
            height=0.36,
            color=plots.COLORS[color],
            edgecolor=plots.COLORS["black"],
            hatch=hatch,
            label=("Jacobian" if hatch else "gradient") if row == 0 else None,
        )
        step, unit = (GB, "GB") if size >= GB else (MB, "MB") if size >= MB else (KB, "KB")
        number = f"{size / step:.1f}".removesuffix(".0")
        ax.text(size * 1.4, row + shift, f"{number} {unit}", va="center")
ax.axvline(16 * GB, **plots.LINES[2])
ax.text(16 * GB * 0.8, -0.62, "memory of a laptop: 16 GB", ha="right", va="center", fontsize=10)
ax.set_xscale("log")
ax.set_xlim(KB, 3e17)
ax.set_ylim(2.6, -0.85)
ax.set_xticks([KB, MB, GB, 2**40], ["1 KB", "1 MB", "1 GB", "1 TB"])
ax.minorticks_off()
ax.set_yticks(range(3), layers)
ax.grid(axis="y", visible=False)
ax.set_xlabel("memory in float32 (logarithmic)")
ax.set_title("What would a Jacobian cost, compared with the gradient?")
ax.legend(loc="center right")
plots.show(
    "Bars on a logarithmic scale. The gradients take 16 KB, 1.6 MB and 1 MB. The "
    "Jacobians take 64 MB for one vector, 625 GB for a minibatch of 100 and 256 GB for "
    "the affine layer; the last two exceed the memory of a laptop, 16 GB."
)

# %% [markdown]
# **In practice these matrices are never formed** ([47:24](https://youtu.be/d14TUNcbn1k?t=2844)). For ReLU all but the diagonal is
# 0, and what is left is a mask. For a matrix product the Jacobian consists of copies of
# a matrix that we have anyway. **A layer's backward pass is a product with the
# transposed Jacobian, computed without the Jacobian.** Now the other questions:

# %% nbgrader={"grade": false, "grade_id": "l4_vec_truth", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["hide-input"]
with checks.numbers("your predictions") as check:
    check.answers(vectorized_answers, vectorized_form)

W_lecture = np.array([[0.1, 0.5], [-0.3, 0.8]])
x_lecture = np.array([0.2, 0.4])
slopes = forward_gradient(lambda W: W[0] @ x_lecture, W_lecture)  # of q_1
for (i, j), slope in np.ndenumerate(slopes):
    print(f"dq_1 / dW_{i + 1}{j + 1} = {slope:.2f}")
q_norm = np.sqrt(0.22**2 + 0.26**2)
print(f"L2 norm of q {q_norm:.6f}, its square {q_norm**2:.6f}\n")

x_slide = np.array([[2.0, 1.0, -3.0], [-3.0, 4.0, 2.0]])
w_slide = np.array(
    [[3.0, 2.0, 1.0, -1.0], [2.0, 1.0, 3.0, 2.0], [3.0, 2.0, 1.0, -2.0]]
)
dout_slide = np.array([[2.0, 3.0, -3.0, 9.0], [-8.0, 1.0, 4.0, 6.0]])
printed = {
    "x @ w": np.array([[13.0, 9.0, -2.0, -6.0], [5.0, 2.0, 17.0, 1.0]]),
    "dx": np.array([[0.0, 16.0, -9.0], [-24.0, 9.0, -30.0]]),
    "dw": np.array(
        [[28.0, 3.0, -18.0, 0.0], [-30.0, 7.0, 13.0, 33.0], [-22.0, -7.0, 17.0, -15.0]]
    ),
}
computed = {
    "x @ w": x_slide @ w_slide,
    "dx": forward_gradient(lambda x: np.sum((x @ w_slide) * dout_slide), x_slide),
    "dw": forward_gradient(lambda w: np.sum((x_slide @ w) * dout_slide), w_slide),
}
for name in printed:
    wrong = int(np.sum(~np.isclose(printed[name], computed[name], atol=1e-4)))
    print(f"{name:5}: {wrong} of {printed[name].size} printed entries are wrong")
print("x @ w is", computed["x @ w"].astype(int).tolist())

with checks.numbers("the other questions") as check:
    check.equal(slopes, np.array([[0.2, 0.4], [0.0, 0.0]]), "slopes of q_1", atol=1e-6)
    check.equal(q_norm, 0.340588, "L2 norm", atol=1e-6)
    check.equal(q_norm**2, 0.116, "squared norm")
    product = np.array([[-1.0, -1.0, 2.0, 6.0], [5.0, 2.0, 11.0, 7.0]])
    check.equal(computed["x @ w"], product, "x @ w")
    check.equal(computed["dx"], printed["dx"], "dx", atol=1e-4)
    check.equal(computed["dw"], printed["dw"], "dw", atol=1e-4)

# %% [markdown]
# **Which ones did you get wrong?** Change this sentence into your own: *I had
# believed that ..., but ..., because ....* The cell is yours and is not graded.

# %% [markdown]
# <details><summary>What the questions show</summary>
#
# - **Rows** ([37:07](https://youtu.be/d14TUNcbn1k?t=2227)): one for each output, so 5; the shape is (5, 3). In the layout of
#   the 2025 slides it is (3, 5).
# - **Size and structure** ([38:07](https://youtu.be/d14TUNcbn1k?t=2287), [39:11](https://youtu.be/d14TUNcbn1k?t=2351)): 4096 x 4096 entries, of which at most the
#   4096 on the diagonal differ from 0. With a minibatch of 100 there are 409,600 rows
#   and as many columns.
# - **The slope of $q_1$** ([44:16](https://youtu.be/d14TUNcbn1k?t=2656), [46:22](https://youtu.be/d14TUNcbn1k?t=2782)): $W_{11}$ is multiplied by $x_1$, so the
#   slope is $x_1$. $W_{21}$ does not occur in $q_1$, so its slope is 0.
# - **The norm** ([40:13](https://youtu.be/d14TUNcbn1k?t=2413)): the lecture says "L2 norm" of $Wx$ and computes the sum of the
#   squares, $\lVert Wx \rVert^2 = 0.116$. The norm itself is its root, 0.340588. The
#   square is the better loss: it has no root to differentiate, and no kink at 0.
# - **The slide**: the product is misprinted, in six of eight entries. The gradients are
#   right, because neither of them uses the product. A mistake in the forward pass can
#   leave the backward pass intact, so check both.
# </details>

# %% [markdown]
# ## 4. The squared norm of Wx, element by element
#
# **Goal.** Derive the gradient of a function of a matrix without any matrix calculus.
#
# **Idea.** If you do not know a rule, write the function with indices, take ordinary
# derivatives, and read off the matrix form at the end ([40:13](https://youtu.be/d14TUNcbn1k?t=2413)):
#
# $$ q_k = \sum_j W_{kj}\, x_j, \qquad f = \lVert q \rVert^2 = \sum_k q_k^2 $$
#
# **Derivation.**
#
# 1. The last step first: $\partial f / \partial q_k = 2 q_k$.
# 2. $W_{ij}$ occurs in $q_k$ only if $k = i$, with the factor $x_j$. We write this with
#    the indicator $\mathbb{1}_{k=i}$, which is 1 if $k = i$ and 0 otherwise ([46:22](https://youtu.be/d14TUNcbn1k?t=2782)): $$
#    \frac{\partial q_k}{\partial W_{ij}} = \mathbb{1}_{k=i}\; x_j $$
# 3. Sum over all paths from $W_{ij}$ to $f$, one through each $q_k$:
#    $$ \frac{\partial f}{\partial W_{ij}} = \sum_k \frac{\partial f}{\partial q_k}\,
#    \frac{\partial q_k}{\partial W_{ij}} = \sum_k 2 q_k\, \mathbb{1}_{k=i}\; x_j =
#    2 q_i x_j $$
#    The indicator leaves one term of the sum.
# 4. For $x_j$ no indicator is left: it occurs in every $q_k$, with the factor
#    $W_{kj}$.
#    $$ \frac{\partial f}{\partial x_j} = \sum_k 2 q_k\, W_{kj} $$
#
# So backpropagation multiplies the local gradients **along each path** and **sums over
# the paths**.
#
# **The lecture's example.** $W = \begin{pmatrix} 0.1 & 0.5 \\ -0.3 & 0.8 \end{pmatrix}$
# and $x = (0.2, 0.4)$, so that $q = (0.22, 0.26)$.

# %%
dW12 = None  # a number: entry (1, 2) of dW if q = (3, -1) and x = (1, 2)
checks.question(
    "dW12 of the example", dW12, "ccba2de50a42",
    hint="Step 3 with i = 1 and j = 2: which q and which x?",
)  # fmt: skip

# %% [markdown]
# **The habit.** A gradient has the shape of its variable: `dW` is (M, D) like $W$, `dx`
# is (D,) like $x$. So the entry $2 q_i x_j$ belongs in row $i$ and column $j$. Check
# this after every line of a backward pass; it costs nothing and finds many mistakes.
#
# The whole example in numbers:

# %% nbgrader={"grade": false, "grade_id": "l4_vec_norm_numbers", "locked": true, "schema_version": 3, "solution": false, "task": false}
q1 = 0.1 * 0.2 + 0.5 * 0.4
q2 = -0.3 * 0.2 + 0.8 * 0.4
dq1, dq2 = 2 * q1, 2 * q2
print(f"q  = ({q1:.2f}, {q2:.2f})   f = {q1**2 + q2**2:.3f}   dq = ({dq1:.2f}, {dq2:.2f})")
print(f"dW = ({dq1 * 0.2:.3f}, {dq1 * 0.4:.3f}), ({dq2 * 0.2:.3f}, {dq2 * 0.4:.3f})")
print(f"dx = ({dq1 * 0.1 + dq2 * -0.3:.3f}, {dq1 * 0.5 + dq2 * 0.8:.3f})")

with checks.numbers("the squared norm") as check:
    check.equal([q1, q2], [0.22, 0.26], "q")
    check.equal(q1**2 + q2**2, 0.116, "f")
    check.equal([dq1, dq2], [0.44, 0.52], "dq")
    check.equal([dq1 * 0.2, dq1 * 0.4], [0.088, 0.176], "first row of dW")
    check.equal([dq2 * 0.2, dq2 * 0.4], [0.104, 0.208], "second row of dW")
    check.equal([dq1 * 0.1 - dq2 * 0.3, dq1 * 0.5 + dq2 * 0.8], [-0.112, 0.636], "dx")

# %% nbgrader={"grade": false, "grade_id": "l4_vec_norm_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
W = np.array([[0.1, 0.5], [-0.3, 0.8]])
x = np.array([0.2, 0.4])
norm_circuit = Circuit(
    {"W": (), "x": (), "q": ("@", "W", "x"), "f": ("sum of squares", "q")},
    shown={"W": "W (M, D)", "x": "x (D,)", "q": "q (M,)"},
)
drawing = norm_circuit.draw(  # vectors as columns, as the lecture draws them
    {"W": W, "x": x[:, None], "q": np.array([[q1], [q2]]), "f": q1**2 + q2**2},
    {
        "W": np.array([[dq1 * 0.2, dq1 * 0.4], [dq2 * 0.2, dq2 * 0.4]]),
        "x": np.array([[dq1 * 0.1 - dq2 * 0.3], [dq1 * 0.5 + dq2 * 0.8]]),
        "q": np.array([[dq1], [dq2]]),
        "f": 1.0,
    },
    digits=3,
    title="Does every gradient have the shape of its value?",
)
plots.show(drawing.text, drawing)

# %% nbgrader={"grade": false, "grade_id": "l4_vec_indicator_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
local = np.stack(
    [forward_gradient(lambda W, k=k: W[k] @ x, W).reshape(-1) for k in range(2)]
)  # (2, 4): outputs q_k in rows, entries of W in columns
plots.matrix(
    np.round(local, 4) + 0.0,  # no -0
    ["q₁", "q₂"],
    ["W₁₁", "W₁₂", "W₂₁", "W₂₂"],
    fmt="{:.1f}",
    title="Which entries of W does each entry of q see? (the indicator)",
)
plots.show(
    "The Jacobian of q with respect to the four entries of W. Row q1: 0.2, 0.4, 0, 0. "
    "Row q2: 0, 0, 0.2, 0.4. Each output sees one row of W, with x as the slopes."
)

# %% [markdown]
# **Exercise 4 (4 points).** Write both directions as a layer. `f` need not be the end
# of the graph: the backward pass receives the gradient of the loss with respect to `f`,
# a number, which is 1 only if `f` itself is the loss.

# %% nbgrader={"grade": false, "grade_id": "l4_squared_norm", "locked": false, "schema_version": 3, "solution": true, "task": false}
def squared_norm_forward(W: np.ndarray, x: np.ndarray) -> tuple:
    r"""Squared L2 norm of ``W @ x``.

    Parameters
    ----------
    W : (M, D) float64
    x : (D,) float64

    Returns
    -------
    f : float
    cache : object
        What ``squared_norm_backward`` needs.
    """
    ### BEGIN SOLUTION
    q = W @ x  # (M,)
    return float(q @ q), (W, x, q)
    ### END SOLUTION


def squared_norm_backward(dout: float, cache: object) -> tuple[np.ndarray, np.ndarray]:
    """Gradients of the loss with respect to the inputs of ``squared_norm_forward``.

    Parameters
    ----------
    dout : float
        The upstream gradient, that of ``f``.
    cache : object
        From ``squared_norm_forward``.

    Returns
    -------
    dW : (M, D) ndarray
    dx : (D,) ndarray
    """
    ### BEGIN SOLUTION
    W, x, q = cache
    dq = dout * 2 * q  # (M,)
    return np.outer(dq, x), W.T @ dq
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_squared_norm_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_squared_norm") as check:
    form = {"parts": ("dW", "dx"), "shapes": {"dW": "(M, D)", "dx": "(D,)"}}
    W, x = np.array([[0.1, 0.5], [-0.3, 0.8]]), np.array([0.2, 0.4])
    f, cache = run_forward(check, squared_norm_forward, W, x)
    check.equal(f, 0.116, "f")
    expect = (np.array([[0.088, 0.176], [0.104, 0.208]]), np.array([-0.112, 0.636]))
    check.call(
        squared_norm_backward, 1.0, cache, expect=expect, label="lecture", **form
    )
    squared_norm_forward(2 * W, -x)  # must leave the cache of the call before alone
    check.call(
        squared_norm_backward, 1.0, cache, expect=expect, label="first cache", **form
    )
    cache = squared_norm_forward(np.float32(W), np.float32(x))[1]
    check.call(
        squared_norm_backward, 1.0, cache, expect=expect, label="float32", **form
    )
    f, cache = run_forward(check, squared_norm_forward, np.array([[3.0]]), np.array([2.0]))
    expect = (np.array([[12.0]]), np.array([18.0]))
    check.call(
        squared_norm_backward, 0.5, cache, expect=expect, label="one entry", **form
    )
    rng = np.random.default_rng(4)
    W, x, dout = rng.normal(size=(3, 4)), rng.normal(size=4), -1.7
    f, cache = run_forward(check, squared_norm_forward, W, x)
    dW, dx = check.call(squared_norm_backward, dout, cache)
    check.gradient(lambda W: dout * squared_norm_forward(W, x)[0], dW, W, name="dW")
    check.gradient(lambda x: dout * squared_norm_forward(W, x)[0], dx, x, name="dx")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_squared_norm", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Question.** What are `dW` and `dx` if $x = 0$? Does the answer make sense?
#
# <details><summary>Answer</summary>
#
# Then $q = 0$, so both are 0. $f$ is a sum of squares, and 0 is its smallest value: the
# surface is flat there, and to first order no small change of $W$ or $x$ changes $f$.
# Gradient descent that starts at $x = 0$ never moves. For the same reason a naive
# gradient check at $x = 0$ would accept a backward pass that returns zeros.
# </details>

# %% [markdown]
# ## 5. The affine layer, and what shapes can tell you
#
# **Goal.** Write the layer that most networks are built from, for a whole minibatch.
#
# **Idea.** An affine layer (also "fully connected") computes a weighted sum and a bias
# for each of M outputs, for each of N examples:
#
# $$ \texttt{out}_{nm} = \sum_{d} x_{nd}\, w_{dm} + b_m \qquad
# (N, D)\,(D, M) + (M) \to (N, M) $$
#
# An image comes as an array of shape $(d_1, \dots, d_k)$; its $D = d_1 \cdots d_k$
# numbers are first flattened into a row. That only rearranges numbers, so the backward
# pass only has to restore the old shape.
#
# **Derivation.** Use indices, as in section 4: $x_{nd}$ occurs only in row $n$ of the
# output, in each column $m$, with the factor $w_{dm}$. So
#
# $$ \texttt{dx}_{nd} = \sum_{m} \texttt{dout}_{nm}\, w_{dm} $$
#
# The sum runs over the **second** index of both factors. A matrix product does that
# when the second factor is transposed: `dx = dout @ w.T`.
#
# **Dimension analysis.** You could have guessed that. `dx` must have the shape of `x`,
# and it is a product of `dout` and `w`, because it is linear in both:
#
# | product | shapes | result |
# |---|---|---|
# | `dout @ w` | (N, M) (D, M) | impossible: M is not D |
# | `w @ dout` | (D, M) (N, M) | impossible |
# | `w.T @ dout` | (M, D) (N, M) | impossible |
# | `dout @ w.T` | (N, M) (M, D) | **(N, D), the shape of `x`** |
#
# Only one order fits. For `dw` the same argument leaves one product of `x` and `dout`.
# For `db` no product is needed: $b_m$ occurs in every row of column $m$ with the
# factor 1. It is used N times, so it receives N gradients, and gradients add up at a
# branch.
#
# The argument has two limits. With N = D = M every order fits, so test with sizes that
# all differ. And shapes do not show factors such as 2 or 1/N.

# %% nbgrader={"grade": false, "grade_id": "l4_vec_shapes_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
SIZES = {"N": 2, "D": 3, "M": 4}


def draw_product(ax, y, blocks) -> None:
    """Draw named blocks (name, rows, columns, colour) in a line; a string is a sign."""
    at = 0.0
    for block in blocks:
        if isinstance(block, str):
            ax.text(at + 0.1, y, block, ha="center", va="center", fontsize=13)
            at += 0.8
            continue
        name, rows, columns, color = block
        height, width = 0.55 * SIZES[rows], 0.55 * SIZES[columns]
        ax.add_patch(
            plt.Rectangle(
                (at, y - height / 2),
                width,
                height,
                facecolor=plots.COLORS[color],
                edgecolor=plots.COLORS["black"],
                alpha=0.55,
            )
        )
        ax.text(at + width / 2, y, name, ha="center", va="center")
        ax.text(at - 0.1, y, rows, ha="right", va="center", style="italic")
        ax.text(at + width / 2, y + height / 2 + 0.08, columns, ha="center", style="italic")
        at += width + 0.5


fig, ax = plt.subplots(figsize=(5.4, 4.4))
draw_product(
    ax,
    5.4,
    [("x", "N", "D", "sky"), "@", ("w", "D", "M", "orange"), "=", ("out", "N", "M", "green")],
)
draw_product(
    ax,
    2.7,
    [("dout", "N", "M", "green"), "@", ("w.T", "M", "D", "orange"), "=", ("dx", "N", "D", "sky")],
)
draw_product(ax, 0.3, ["?", "@", "?", "=", ("dw", "D", "M", "orange")])
ax.set(xlim=(-0.6, 9.4), ylim=(-0.8, 6.9), aspect="equal")
ax.axis("off")
ax.set_title("Which product has the shape of its variable?")
plots.show(
    "Three rows of rectangles with sides N, D and M. x (N by D) times w (D by M) is out "
    "(N by M). dout (N by M) times the transposed w (M by D) is dx (N by D). Two "
    "unknown factors, left open, have to give dw (D by M)."
)

# %% [markdown]
# **The example from the slides** is the one of section 3, without a bias. Entry by
# entry, the first row of `dx` is $(2, 3, -3, 9)$ times each row of $w$:
#
# - $2 \cdot 3 + 3 \cdot 2 - 3 \cdot 1 + 9 \cdot (-1) = 0$,
# - $2 \cdot 2 + 3 \cdot 1 - 3 \cdot 3 + 9 \cdot 2 = 16$,
# - $2 \cdot 3 + 3 \cdot 2 - 3 \cdot 1 + 9 \cdot (-2) = -9$.
#
# **Exercise 5 (5 points).** Write both directions, for examples of any shape.

# %% nbgrader={"grade": false, "grade_id": "l4_affine", "locked": false, "schema_version": 3, "solution": true, "task": false}
def affine_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> tuple:
    """Weighted sums and a bias for each example.

    Parameters
    ----------
    x : (N, d1, ..., dk) float64
        Examples; D = d1 * ... * dk.
    w : (D, M) float64
        Weights.
    b : (M,) float64
        Biases.

    Returns
    -------
    out : (N, M) ndarray
    cache : object
        What ``affine_backward`` needs.
    """
    ### BEGIN SOLUTION
    rows = x.reshape(x.shape[0], -1)  # (N, D)
    return rows @ w + b, (x, w)
    ### END SOLUTION


def affine_backward(
    dout: np.ndarray, cache: object
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients of the loss with respect to the inputs of ``affine_forward``.

    Parameters
    ----------
    dout : (N, M) float64
        The upstream gradient.
    cache : object
        From ``affine_forward``.

    Returns
    -------
    dx : (N, d1, ..., dk) ndarray
    dw : (D, M) ndarray
    db : (M,) ndarray
    """
    ### BEGIN SOLUTION
    x, w = cache
    rows = x.reshape(x.shape[0], -1)  # (N, D)
    dx = (dout @ w.T).reshape(x.shape)
    return dx, rows.T @ dout, dout.sum(axis=0)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_affine_test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_affine") as check:
    x, w = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [2.0, -1.0]])
    out, cache = run_forward(check, affine_forward, x, w, np.array([10.0, 20.0]))
    check.equal(out, np.array([[15.0, 18.0], [21.0, 16.0]]), "two by two: out")
    form = {"parts": ("dx", "dw", "db")}
    dout = np.array([[1.0, 2.0], [-1.0, 3.0]])
    expect = (np.array([[1.0, 0.0], [-1.0, -5.0]]), np.array([[-2.0, 11.0], [-2.0, 16.0]]))
    expect = (*expect, np.array([0.0, 5.0]))
    check.call(affine_backward, dout, cache, expect=expect, label="two by two", **form)

    x = np.array([[2.0, 1.0, -3.0], [-3.0, 4.0, 2.0]])
    w = np.array([[3.0, 2.0, 1.0, -1.0], [2.0, 1.0, 3.0, 2.0], [3.0, 2.0, 1.0, -2.0]])
    dout = np.array([[2.0, 3.0, -3.0, 9.0], [-8.0, 1.0, 4.0, 6.0]])
    out, cache = run_forward(check, affine_forward, x, w, np.zeros(4))
    expect = np.array([[row @ column for column in w.T] for row in x])
    check.equal(out, expect, "slides: out", shapes="(N, M)")
    dx, dw, db = check.call(affine_backward, dout, cache)
    expect = np.array([[0.0, 16.0, -9.0], [-24.0, 9.0, -30.0]])
    check.equal(dx, expect, "slides: dx", shapes="(N, D)")
    expect = np.array(
        [[28.0, 3.0, -18.0, 0.0], [-30.0, 7.0, 13.0, 33.0], [-22.0, -7.0, 17.0, -15.0]]
    )
    check.equal(dw, expect, "slides: dw", shapes="(D, M)")
    check.equal(db, np.array([-6.0, 4.0, 1.0, 15.0]), "slides: db", shapes="(M,)")
    affine_forward(-x, 2 * w, np.ones(4))  # must leave the cache of the call before alone
    again = check.call(affine_backward, dout, cache)
    parts = ("dx", "dw", "db")
    check.equal(again, (dx, dw, db), "with the first cache", parts=parts)
    single = [np.float32(a) for a in (x, w, np.zeros(4))]
    got = check.call(affine_backward, np.float32(dout), affine_forward(*single)[1])
    check.equal(got, (dx, dw, db), "float32", parts=parts, rtol=1e-5)
    out, cache = run_forward(check, affine_forward, x[:1, :1], w[:1, :1], np.array([0.5]))
    check.equal(out, np.array([[6.5]]), "one example, one input, one output: out")
    expect, dout = (np.array([[6.0]]), np.array([[4.0]]), np.array([2.0])), np.array([[2.0]])
    check.call(affine_backward, dout, cache, expect=expect, label="one of each", **form)

    rng = np.random.default_rng(5)
    x, w, b = rng.normal(size=(3, 1, 8)), rng.normal(size=(8, 5)), rng.normal(size=5)
    dout = rng.normal(size=(3, 5))
    out, cache = run_forward(check, affine_forward, x, w, b)
    check.equal(np.shape(out), (3, 5), "shape of out for images of 1 by 8 pixels")
    dx, dw, db = check.call(affine_backward, dout, cache)
    check.gradient(lambda x: np.sum(affine_forward(x, w, b)[0] * dout), dx, x, name="dx")
    check.gradient(lambda w: np.sum(affine_forward(x, w, b)[0] * dout), dw, w, name="dw")
    check.gradient(lambda b: np.sum(affine_forward(x, w, b)[0] * dout), db, b, name="db")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_affine", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Question.** The minibatch is twice as large, and the loss is a mean over it. Do
# `dw` and `db` become twice as large?
#
# <details><summary>Answer</summary>
#
# No. They are sums over N examples, but each row of `dout` already contains the factor
# 1/N of the mean. The layer itself must not divide by N: it does not know which loss
# follows.
# </details>

# %% [markdown]
# ## 6. The softmax loss as the last layer
#
# **Goal.** Start the backward pass: turn scores and labels into a loss and the first
# gradient.
#
# **Idea.** The upstream gradient of the last layer is just
# $\partial L / \partial L = 1$, so we do not have to wait for it: one function returns
# both the loss and the gradient of the scores, and no cache is needed.
#
# $$ p_{nc} = \frac{e^{s_{nc}}}{\sum_{k} e^{s_{nk}}}, \qquad
# L = -\frac{1}{N} \sum_n \ln p_{n, y_n} $$
#
# $s_{nc}$ is the score of class $c$ for example $n$, and $y_n$ is its true class.
#
# **Derivation** for one example: $L = -s_y + \ln \sum_k e^{s_k}$. The slope of the
# first part is $-1$ with respect to $s_y$ and 0 with respect to the others. The slope
# of the second part with respect to $s_c$ is $e^{s_c} / \sum_k e^{s_k} = p_c$. Together
#
# $$ \frac{\partial L}{\partial s_c} = p_c - \mathbb{1}_{c = y} $$
#
# The Jacobian of softmax,
# $\partial p_i / \partial s_j = p_i\,(\mathbb{1}_{i=j} - p_j)$, is full: each score
# changes each probability. Going through it costs more, loses digits and divides by
# $p_y$. If softmax and logarithm are treated as one layer, it never appears.
#
# **The example from the notes.** $p = (0.2, 0.3, 0.5)$ and $y = 1$, counted from 0,
# give the gradient $(0.2, -0.7, 0.5)$. A step against it raises the score of the true
# class and lowers each of the others in proportion to its probability.

# %% nbgrader={"grade": false, "grade_id": "l4_vec_softmax_numbers", "locked": true, "schema_version": 3, "solution": false, "task": false}
p = np.array([0.2, 0.3, 0.5])
scores = np.log(p) + 4.0  # any scores with these probabilities: a shift changes nothing
loss_one = -np.log(0.3)
slopes = forward_gradient(lambda s: -s[1] + np.log(np.sum(np.exp(s))), scores)
print(f"loss {loss_one:.4f}, gradient", "  ".join(f"{g:.1f}" for g in slopes))
with checks.numbers("the notes' example") as check:
    check.equal(slopes, np.array([0.2, -0.7, 0.5]), "gradient", atol=1e-5)
    check.true(abs(slopes.sum()) < 1e-5, "the gradient should sum to 0")

# %% [markdown]
# **Exercise 6 (4 points).** Write the loss and its gradient for a batch. The loss is
# the mean over the N examples; `dscores` is the gradient of that mean, one row per
# example. Keep it stable: adding a number to all scores of a row must change nothing,
# however large it is. There is no regularization here; it belongs to the weights, which
# this layer never sees.

# %% nbgrader={"grade": false, "grade_id": "l4_softmax_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_loss(scores: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Softmax loss and the gradient of the scores.

    Parameters
    ----------
    scores : (N, C) float64
        What is added to a whole row may be of any size; within a row no score is more
        than 700 above another.
    y : (N,) int
        True classes, 0 to C - 1.

    Returns
    -------
    loss : float
        Mean over N, in nats.
    dscores : (N, C) ndarray
        Gradient of ``loss`` with respect to ``scores``.
    """
    ### BEGIN SOLUTION
    num_train = scores.shape[0]
    rows = np.arange(num_train)
    shifted = scores - scores.max(axis=1, keepdims=True)  # (N, C)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -float(log_probs[rows, y].mean())
    dscores = np.exp(log_probs)
    dscores[rows, y] -= 1
    return loss, dscores / num_train
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l4_softmax_loss_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
with checks.exercise("l4_softmax_loss") as check:
    form = {"parts": ("loss", "dscores"), "shapes": {"dscores": "(N, C)"}}
    scores = np.log(np.array([[0.2, 0.3, 0.5]]))
    expect = (-np.log(0.3), np.array([[0.2, -0.7, 0.5]]))
    y = np.array([1])
    check.call(softmax_loss, scores, y, expect=expect, label="notes", **form)
    check.call(softmax_loss, scores + 1e4, y, expect=expect, label="shifted up", **form)
    scores = np.log(np.array([[0.2, 0.3, 0.5], [0.1, 0.6, 0.3]]))
    loss = -(np.log(0.3) + np.log(0.1)) / 2
    expect = (loss, np.array([[0.1, -0.35, 0.25], [-0.45, 0.3, 0.15]]))
    y = np.array([1, 0])
    check.call(softmax_loss, scores, y, expect=expect, label="two examples", **form)
    apart = scores + np.array([[5e3], [-5e3]])
    check.call(softmax_loss, apart, y, expect=expect, label="rows far apart", **form)
    single, small = scores.astype(np.float32), y.astype(np.uint8)
    check.call(softmax_loss, single, small, expect=expect, label="float32", **form)
    expect = (20.0, np.array([[0.5, -0.5], [0.0, 0.0]]))
    lead, y = np.array([[40.0, 0.0], [0.0, 40.0]]), np.array([1, 1])
    check.call(softmax_loss, lead, y, expect=expect, label="a lead of 40", **form)
    expect = (np.log(10), np.where(np.arange(10) == 3, 0.1 - 1, 0.1)[None, :])
    zeros, y = np.zeros((1, 10)), np.array([3])
    form |= {"rtol": 1e-12, "atol": 1e-12}  # finite differences are not that exact
    check.call(softmax_loss, zeros, y, expect=expect, label="equal scores", **form)
    rng = np.random.default_rng(6)
    scores, y = rng.normal(size=(5, 4)), rng.integers(4, size=5)
    loss, dscores = check.call(softmax_loss, scores, y)
    check.gradient(lambda s: softmax_loss(s, y)[0], dscores, scores, name="dscores")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l4_softmax_loss", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l4_vec_softmax_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
p = np.array([0.2, 0.3, 0.5])
_, push = softmax_loss(np.log(p)[None, :], np.array([1]))
names = ["class 0", "class 1 (true)", "class 2"]
fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.2), sharey=True)
plots.bars(p, names, highlight=1, fmt="{:.1f}", ylabel="probability", ax=left)
left.set_title("What does the net believe?")
plots.bars(push[0], names, highlight=1, fmt="{:.1f}", ylabel="gradient", ax=right)
right.tick_params(labelleft=True)
right.set_title("Which scores should fall, which rise?")
plots.show(
    "Left, the probabilities 0.2, 0.3 and 0.5; class 1 is the true one. Right, the "
    "gradient of the scores: 0.2, -0.7 and 0.5. It equals the probabilities except for the "
    "true class, where 1 is subtracted. The bars on the right sum to 0."
)

# %% [markdown]
# ## 7. A chain of layers
#
# **Goal.** Connect the layers and check the whole chain.
#
# **Idea.** Each layer passes the gradient of its input back as the upstream gradient of
# the layer before it. No layer knows its neighbours; it knows only its inputs, its
# cache and `dout`. That is all a deep learning framework asks of a layer ([48:26](https://youtu.be/d14TUNcbn1k?t=2906)).
#
# Even if every layer passes its own checks, mistakes *between* the layers remain
# possible: the cache of a wrong layer, a forgotten `dout`, a gradient in the wrong
# place. So this section has two ungraded tasks: write a gradient check, and the chain
# that it checks.
#
# **Write the check.** Move each entry of `x` up and down by `h`, one at a time, and
# compare the slope with the entry of `analytic`. The error of an entry is
#
# $$ \frac{|a - n|}{\max(|a|, |n|)}, \qquad 0 \text{ if } a = n = 0 , $$
#
# with the analytic value $a$ and the numeric value $n$; return the largest error, and
# leave `x` unchanged.

# %% nbgrader={"grade": false, "grade_id": "l4_vec_step_check", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def gradient_error(f, x: np.ndarray, analytic: np.ndarray, h: float = 1e-5) -> float:
    """Return the largest relative error of `analytic`, by centred differences.

    Parameters
    ----------
    f : callable
        Takes an array like `x`, returns a number.
    x : ndarray of any shape, float64
    analytic : ndarray of the shape of `x`
    h : float
        How far each entry is moved, up and down.
    """
    ### BEGIN SOLUTION
    worst = 0.0
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        a, n = analytic[index], (f(up) - f(down)) / (2 * h)
        if a != n:
            worst = max(worst, abs(a - n) / max(abs(a), abs(n)))
    return worst
    ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l4_vec_step_check_check", "locked": true, "schema_version": 3, "solution": false, "task": false}
x = np.array([[1.0, -2.0], [0.5, 3.0]])
with checks.numbers("your gradient check") as check:
    right = check.call(gradient_error, lambda x: np.sum(x**3), x, 3 * x**2)
    check.true(right < 1e-7, "the error of a right gradient is not small")
    wrong = check.call(gradient_error, lambda x: np.sum(x**3), x, 3.3 * x**2)
    check.equal(wrong, 1 / 11, "error of a gradient that is a tenth too large", rtol=1e-4)
    one = np.array([[0.0, 0.0], [0.0, 2.0]])
    late = check.call(gradient_error, lambda x: 1.0 * x[1, 1], x, one)
    check.equal(late, 0.5, "error where only the last entry is wrong", rtol=1e-4)
    flat = check.call(gradient_error, lambda x: 5.0, x, 0 * x)
    check.equal(flat, 0.0, "error where both are 0")

# %% [markdown]
# **Write the chain.** Four images of 3 x 3 pixels go through affine, ReLU and the
# softmax loss, and the gradients come back the same way. The drawing shows what each
# layer passes on. (A real classifier would have a second affine layer after the ReLU;
# this short chain is enough to test the connections.)

# %% nbgrader={"grade": false, "grade_id": "l4_vec_chain_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
chain_circuit = Circuit(
    {
        "x": (),
        "w": (),
        "b": (),
        "hidden": ("affine", "x", "w", "b"),
        "scores": ("relu", "hidden"),
        "loss": ("softmax loss", "scores"),
    }
)
chain_shapes = {"x": "(4, 3, 3)", "w": "(9, 5)", "b": "(5,)", "hidden": "(4, 5)"}
chain_shapes |= {"scores": "(4, 5)", "loss": "number"}
drawing = chain_circuit.draw(
    chain_shapes,
    {"loss": "1", **{name: "d" + name for name in ("scores", "hidden", "x", "w", "b")}},
    title="What does each layer hand back to the one before it?",
)
plots.show(drawing.text, drawing)

# %% nbgrader={"grade": false, "grade_id": "l4_vec_chain", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def chain(x: np.ndarray, w: np.ndarray, b: np.ndarray, y: np.ndarray) -> tuple:
    """Return the loss of affine, ReLU, softmax loss, and its gradients (dx, dw, db)."""
    ### BEGIN SOLUTION
    hidden, affine_cache = affine_forward(x, w, b)
    scores, relu_cache = relu_forward(hidden)
    loss, dscores = softmax_loss(scores, y)
    dhidden = relu_backward(dscores, relu_cache)
    return loss, affine_backward(dhidden, affine_cache)
    ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l4_vec_chain_check", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
rng = np.random.default_rng(8)
images, y = rng.normal(size=(4, 3, 3)), rng.integers(5, size=4)  # (N, d1, d2), (N,)
w, b = rng.normal(size=(9, 5)), rng.normal(size=5)
loss, (dx, dw, db) = chain(images, w, b, y)
print(f"loss {loss:.4f}")
for name, value, grad, others in (
    ("dx", images, dx, lambda x: (x, w, b)),
    ("dw", w, dw, lambda w: (images, w, b)),
    ("db", b, db, lambda b: (images, w, b)),
):

    def loss_of(value, others=others):
        """Return the loss with one of the three inputs replaced."""
        return chain(*others(value), y)[0]

    verdict = check_gradient(loss_of, value, grad, name=name)
    print(f"{name} {grad.shape}: {verdict}")
    same = gradient_error(loss_of, value, grad) < 1e-4
    print(f"  your own check agrees: {same == bool(verdict)}")

# %% [markdown]
# **Question.** The forward pass keeps the caches of the affine layer and the ReLU until
# the backward pass has used them. What does that mean for the memory that training
# needs, compared with predicting?
#
# <details><summary>Answer</summary>
#
# Training has to keep the input of every layer for the whole minibatch, so its memory
# grows with depth and with N. For a prediction each array can be thrown away as soon as
# the next one has been computed. The weights take the same memory for every N, so it is
# these caches that limit the batch size.
# </details>

# %% [markdown]
# ## 8. The same layer in a framework
#
# **Goal.** Recognise the two directions of a layer in the code of a framework.
#
# **Idea.** PyTorch computes the gradients of its own operations by itself. If you need
# an operation that it does not have, or a better backward pass, you write a
# `torch.autograd.Function`: the same two directions, with the cache kept on an object
# `ctx`. The lecture shows the same pair in the C++ code of Caffe
# ([48:26](https://youtu.be/d14TUNcbn1k?t=2906)).
#
# <details><summary>A layer that squares each entry, in PyTorch</summary>
#
# ```python
# import torch
#
#
# class Square(torch.autograd.Function):
#     @staticmethod
#     def forward(ctx, x):                # x of any shape
#         ctx.save_for_backward(x)        # the cache
#         return x**2
#
#     @staticmethod
#     def backward(ctx, dout):            # dout of the shape of x
#         (x,) = ctx.saved_tensors
#         return dout * 2 * x
#
#
# out = Square.apply(x)                   # out.sum().backward() then fills x.grad
# torch.autograd.gradcheck(Square.apply, (x,))        # float64, requires_grad=True
# ```
#
# | here | there |
# |---|---|
# | `out, cache = relu_forward(x)` | `forward(ctx, x)` returns `out` and saves on `ctx` |
# | `cache` | `ctx.save_for_backward(...)`, `ctx.saved_tensors` |
# | `relu_backward(dout, cache)` | `backward(ctx, dout)`: one gradient for each input of `forward`, in the same order |
# | `check_gradient` | `torch.autograd.gradcheck` |
# | the chain of section 7, by hand | the graph is recorded as the forward pass runs; `loss.backward()` walks it |
#
# An input that is not an array, such as a number of classes, gets `None` as its
# gradient.
# </details>

# %%
kept_in = None  # a string: where does backward(ctx, dout) above find x?
checks.question(
    "the cache in PyTorch", kept_in, "d0782f5e3421",
    hint="Open the fold: one line of backward unpacks it.",
)  # fmt: skip

# %% [markdown]
# In PyTorch each layer of this notebook is a single call. Where PyTorch is installed,
# the next cell compares values and gradients with yours; it is not needed for the
# course.
#
# | here | PyTorch |
# |---|---|
# | `relu_forward(x)` | `torch.relu(x)` |
# | `affine_forward(x, w, b)` | `torch.nn.functional.linear(x.flatten(1), w.T, b)` |
# | `softmax_loss(scores, y)` | `torch.nn.functional.cross_entropy(scores, y)` |

# %% nbgrader={"grade": false, "grade_id": "l4_vec_torch", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "nbval-ignore-output"]
try:
    import torch
except ImportError:
    print("PyTorch is not installed here: nothing to compare.")
else:
    there = [torch.tensor(a, requires_grad=True) for a in (images, w, b)]
    x_there, w_there, b_there = there
    scores = torch.nn.functional.linear(x_there.flatten(1), w_there.T, b_there)
    theirs = torch.nn.functional.cross_entropy(torch.relu(scores), torch.tensor(y))
    theirs.backward()
    apart = max(np.abs(t.grad.numpy() - g).max() for t, g in zip(there, (dx, dw, db), strict=True))
    print(f"loss: {theirs.item():.6f} there, {loss:.6f} here; gradients agree to {apart:.0e}")

# %% [markdown]
# ## What you can do now
#
# - Say what a Jacobian holds, in which layout, and how large it would be.
# - Derive a gradient by indices, with the indicator, and turn it into matrix form.
# - Use shapes to find the order of the factors, and know what shapes cannot tell you.
# - Write a layer with its cache, test it with a random upstream gradient, and connect
#   it to others.
#
# ## On your own
#
# - Write the layer `out = x / np.sqrt(np.sum(x * x))` for a vector. Its Jacobian is
#   full; can you still avoid forming it?
# - Write an affine layer without a transposed matrix in its backward pass, with
#   `np.einsum`. Which letters does `dw` need?
# - Multiply `relu_jacobian` of a vector of 2000 numbers by an upstream gradient, and
#   compare the time with that of `relu_backward`.
# - Split the softmax loss into three layers: exp, division by the sum, logarithm. For
#   which scores does the chain of three fail where the single layer works?
#
# ## Further reading
#
# - [CS231n notes: backpropagation](https://cs231n.github.io/optimization-2/), the part
#   on gradients for vectorised operations.
# - [CS231n notes: a small network](https://cs231n.github.io/neural-networks-case-study/),
#   with the softmax gradient of section 6.
# - E. Learned-Miller, *Vector, Matrix, and Tensor Derivatives*, handout of CS231n: the
#   method of section 4 in more detail.
# - [PyTorch: extending autograd](https://pytorch.org/docs/stable/notes/extending.html).

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l4_vec_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
