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
# # Image features
#
# CS231n, lecture 3 (2017 recording), from [1:06:35](https://youtu.be/h7iBpEHGVNc?t=3995): polar coordinates, colour
# histograms, histograms of oriented gradients, bags of visual words. About two hours.
#
# A linear classifier that sees only raw pixels gets most photographs wrong. For many
# years the answer was to compute other numbers from the pixels, by hand-made rules, and
# to give those to the same classifier. This notebook builds three such features, after
# a warm-up with points in the plane.
#
# **What you'll do**
#
# - Make two rings separable by a line, by changing the coordinates.
# - Count the hues of a picture, and the orientations of its edges in each region.
# - Find out why published code loses part of the gradient, and measure how much.
# - Build a vocabulary of small patches and describe a picture by its words.
# - Give raw pixels and your features to the same classifier, on several training sets.
#
# **What you'll learn**
#
# - What each feature keeps of a picture and what it throws away on purpose.
# - Why a representation can matter more than the classifier behind it.
# - Which of these hand-made choices a convolutional network learns.
#
# **What you'll need**
#
# - Linear scores and accuracy (notebooks 01 and 04), NumPy indexing, angles in radians
#   and degrees.

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
# | `image` | `(H, W, 3)` float64 | a picture; red, green, blue from 0 (none) to 1 (full) |
# | `gray` | `(H, W)` float64 | its brightness |
# | `image[i, j]` | | row i counted from the top, column j from the left |
# | x, y | | to the right (along j), **down** (along i) |
#
# Here `H` and `W` are height and width in pixels; `W` does not mean weights. A feature
# is a vector of numbers computed from a picture. Functions never change their inputs.
#
# Brightness is a weighted sum of the three colours, because the eye finds green
# brighter than blue:
#
# $$ \text{gray} = 0.299\,R + 0.587\,G + 0.114\,B $$

# %% nbgrader={"grade": false, "grade_id": "l3_features_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import importlib.util

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection

from cs231n_lib import checks, plots
from cs231n_lib.data import load_images, make_shapes

plots.use_style()

GRAY_WEIGHTS = np.array([0.299, 0.587, 0.114])
with checks.numbers("the grey weights") as check:
    check.equal(GRAY_WEIGHTS.sum(), 1.0, "sum of the grey weights")

# %%
# How bright is an orange pixel with R = 1, G = 0.5 and B = 0, to two decimals?
brightness = None  # a number
checks.question(
    "brightness of orange", brightness, "b52d9ad9ec55",
    hint="The weighted sum of the three colours.",
)  # fmt: skip

# %% [markdown]
# ## 1. Two rings
#
# **Goal.** Make two classes separable by a line, by changing the coordinates.
#
# **Idea.** The points of one class lie on an inner ring, those of the other on an outer
# one. No line in the plane has one ring on each side. But the classes differ in a
# single number, the distance from the centre. If that number is a coordinate, one line
# is enough.
#
# A point $(x, y)$ has polar coordinates $r \ge 0$ and $\theta$ with
#
# $$ x = r \cos\theta, \qquad y = r \sin\theta, \qquad -\pi < \theta \le \pi $$
#
# $r$ is the distance from the origin. $\theta$ is the angle in radians from the positive
# x axis, counted towards the positive y axis.
#
# | point | (3, 4) | (0, 2) | (-1, 0) | (-1, -1) | (1, -1) |
# |---|---|---|---|---|---|
# | $r$ | 5 | 2 | 1 | $\sqrt 2$ | $\sqrt 2$ |
# | $\theta$ | 0.9273 | $\pi/2$ | $\pi$ | $-3\pi/4$ | $-\pi/4$ |
#
# **Exercise 1 (2 points).** Turn points into polar coordinates. Useful: `np.arctan2`.
# Which of its two arguments comes first?

# %% nbgrader={"grade": false, "grade_id": "l3_to_polar", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_polar(X: np.ndarray) -> np.ndarray:
    """Polar coordinates of points in the plane.

    Parameters
    ----------
    X : (N, 2) float64
        One point (x, y) per row.

    Returns
    -------
    (N, 2) float64
        One row (r, theta) for each point; theta in (-pi, pi], in radians. At the
        origin r is 0 and theta any number in that range.
    """
    ### BEGIN SOLUTION
    x, y = X[:, 0], X[:, 1]
    return np.stack([np.hypot(x, y), np.arctan2(y, x)], axis=1)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_to_polar_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
points = np.array([(3.0, 4.0), (0.0, 2.0), (-1.0, 0.0), (-1.0, -1.0), (1.0, -1.0)])
expected = np.array(
    [
        (5, 0.92729522),
        (2, np.pi / 2),
        (1, np.pi),
        (2**0.5, -3 * np.pi / 4),
        (2**0.5, -np.pi / 4),
    ]
)
with checks.exercise("l3_to_polar") as check:
    polar = check.call(to_polar, points, expect=expected, shapes="(N, 2)")
    back = np.stack([polar[:, 0] * np.cos(polar[:, 1]), polar[:, 0] * np.sin(polar[:, 1])])
    check.equal(back.T, points, "the points computed back from r and theta")
    single = points[:1].astype(np.float32)
    check.call(to_polar, single, expect=expected[:1], label="float32", rtol=1e-5)
    polar = check.call(to_polar, np.zeros((1, 2)), label="the origin")
    check.true(np.isfinite(polar).all() and polar[0, 0] == 0, "the origin: r is not 0")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_to_polar", globals())
### END HIDDEN TESTS

# %% [markdown]
# **The lecture's example.** There are two rings of 100 points each. The line in each
# picture comes from a linear classifier: the score is $w_1$ times the first coordinate
# plus $w_2$ times the second plus $b$, and its sign decides the class. The weights are
# the least-squares solution.

# %% nbgrader={"grade": false, "grade_id": "l3_features_rings_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
rng = np.random.default_rng(0)
ring = np.repeat([0, 1], 100)  # 0 inside, 1 outside
radius = np.array([1.0, 2.0])[ring] + 0.12 * rng.standard_normal(200)
angle = rng.uniform(-np.pi, np.pi, size=200)
X_rings = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)

fig, axes = plt.subplots(1, 2, figsize=(8.6, 3.9))
for ax, X, name in zip(
    axes, (X_rings, to_polar(X_rings)), ("(x, y)", "(r, theta)"), strict=True
):
    columns = np.column_stack([X, np.ones(200)])
    w = np.linalg.lstsq(columns, 2.0 * ring - 1.0)[0]  # (3,)
    right = np.mean((columns @ w > 0) == ring)
    print(f"in {name:10} a line gets {right:.0%} of the points right")
    ax.plot(*X[ring == 0].T, "o", color=plots.COLORS["blue"], label="inner ring")
    ax.plot(
        *X[ring == 1].T, "^", color=plots.COLORS["orange"], mec="black", label="outer ring"
    )
    low, high = X.min(axis=0) - 0.3, X.max(axis=0) + 0.3
    grid = np.stack(np.meshgrid(np.linspace(low[0], high[0]), np.linspace(low[1], high[1])))
    score = np.tensordot(w[:2], grid, axes=1) + w[2]
    ax.contour(*grid, score, levels=[0], colors="black", linewidths=2)
    ax.grid(visible=False)
axes[0].set(xlabel="x", ylabel="y", title="Can a line separate the rings in (x, y)?")
axes[0].set_aspect("equal")
axes[1].set(xlabel="r, distance", ylabel=r"$\theta$, radians", title=r"And in (r, $\theta$)?")
axes[1].set_yticks([-np.pi, 0, np.pi], [r"$-\pi$", "0", r"$\pi$"])
fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
plots.show(
    "Left: an inner ring of dots and an outer ring of triangles around the origin; the "
    "best line cuts through both. Right: in distance and angle the rings are two upright "
    "bands, and a nearly upright line lies between them with no point on its wrong side."
)

# %% [markdown]
# The classifier is the same in both pictures, and so is its training. Only the numbers
# that describe a point have changed. The lecture uses the same trick for images
# ([1:06:35](https://youtu.be/h7iBpEHGVNc?t=3995)).
#
# **Question.** Which weight does the classifier on the right need for $\theta$? What would
# it do with a class that fills the left half of both rings?
#
# <details><summary>Answer</summary>
#
# A weight of about 0: the angle says nothing about the ring. The left half, $x < 0$, is
# $|\theta| > \pi/2$. In $(r, \theta)$ these are two separate strips, which no line
# separates from the middle; in $(x, y)$ it is one half-plane. A representation is good
# *for a task*, not in itself.
# </details>

# %% [markdown]
# ## 2. Pictures of shapes
#
# **Goal.** Look at the pictures that the features of this notebook have to describe.
#
# **Idea.** `make_shapes` draws colour pictures of 32 x 32 pixels from a seed. There are
# ten classes: five outlines, each in warm and in cool hues. Everything that does *not*
# define the class is random: position, size, a small rotation, the background, and
# whether the shape is lighter or darker than its background.

# %% nbgrader={"grade": false, "grade_id": "l3_features_pictures", "locked": true, "schema_version": 3, "solution": false, "task": false}
pictures = make_shapes(seed=0, num_train=100, num_val=1, num_test=1)
images = pictures.images("train")  # (100, 32, 32, 3)
grays = images @ GRAY_WEIGHTS  # (100, 32, 32)
names = pictures.class_names
first = [int(np.flatnonzero(pictures.y_train == k)[0]) for k in range(10)]
print("images", images.shape, " gray", grays.shape)

# %% nbgrader={"grade": false, "grade_id": "l3_features_pictures_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
second = [int(np.flatnonzero(pictures.y_train == k)[1]) for k in range(10)]
plots.images(
    images[first + second],
    [name.replace(" ", "\n") for name in names] * 2,
    columns=10,
    title="Which classes must be told apart? Two pictures of each",
)
plots.show(
    "Two rows of ten pictures: disk, square, triangle, cross and stripes in warm hues, "
    "then the same in cool hues. Position, size, background and brightness differ between "
    "the two pictures of a class."
)

# %% [markdown]
# ## 3. Which hues are there? The colour histogram
#
# **Goal.** Describe the colours of a picture by a few numbers that do not depend on where
# the colours are.
#
# **Idea.** Compute the hue of each pixel, cut the range of hues into equal bins, and
# count the pixels in each bin (after [1:06:35](https://youtu.be/h7iBpEHGVNc?t=3995)). **Hue** is the position of a colour on
# the colour circle: red, yellow, green, cyan, blue, magenta, red again. It does not
# change when a colour becomes paler or darker.
#
# **Formula.** Let $V = \max(R, G, B)$ and $\delta = V - \min(R, G, B)$. Hue as in HSV is
#
# $$ h = \frac16 \cdot \begin{cases}
# \left(\frac{G - B}{\delta}\right) \bmod 6 & \text{if } V = R \\[4pt]
# 2 + \frac{B - R}{\delta} & \text{if } V = G \\[4pt]
# 4 + \frac{R - G}{\delta} & \text{if } V = B
# \end{cases} \qquad 0 \le h < 1 $$
#
# The modulo closes the circle: a red with more blue than green lies just *before* red,
# at a hue just below 1. A grey pixel has $\delta = 0$ and no hue; by convention we set
# $h = 0$.
#
# | colour | orange | sea green | violet | rose |
# |---|---|---|---|---|
# | R, G, B | 1, 0.6, 0.2 | 0.2, 0.8, 0.6 | 0.5, 0.3, 0.9 | 0.9, 0.1, 0.5 |
# | $V$ | R | G | B | R |
# | $6h$ | 0.4 / 0.8 | 2 + 0.4 / 0.6 | 4 + 0.2 / 0.6 | (-0.4 / 0.8) mod 6 |
# | $h$ | 0.0833 | 0.4444 | 0.7222 | 0.9167 |
#
# **The bins.** With K bins, bin $k$ holds the hues $k/K \le h < (k+1)/K$.

# %% nbgrader={"grade": false, "grade_id": "l3_features_hues", "locked": true, "schema_version": 3, "solution": false, "task": false}
hues = np.array([0.4 / 0.8, 2 + 0.4 / 0.6, 4 + 0.2 / 0.6, (-0.4 / 0.8) % 6]) / 6
print("hues  ", "  ".join(f"{hue:.4f}" for hue in hues))
print("bins of 10 ", "  ".join(f"{int(10 * hue)}" for hue in hues))
with checks.numbers("the four hues") as check:
    check.equal(np.round(hues, 4), [0.0833, 0.4444, 0.7222, 0.9167], "hues")

# %% [markdown]
# **Exercise 2 (3 points).** Write the histogram. Each pixel counts once, whatever its
# saturation; the result holds shares, so it sums to 1. Avoid a division by zero at grey
# pixels.

# %% nbgrader={"grade": false, "grade_id": "l3_color_histogram", "locked": false, "schema_version": 3, "solution": true, "task": false}
def color_histogram(image: np.ndarray, num_bins: int) -> np.ndarray:
    """Histogram of the hues of a picture.

    Parameters
    ----------
    image : (H, W, 3) float64
        Red, green, blue in [0, 1].
    num_bins : int
        Number of equal bins of the hues from 0 to 1.

    Returns
    -------
    (num_bins,) float64
        The share of the pixels in each bin; grey pixels have hue 0.
    """
    ### BEGIN SOLUTION
    red, green, blue = np.moveaxis(image, -1, 0)  # (H, W) each
    top = image.max(axis=-1)
    spread = top - image.min(axis=-1)
    safe = np.where(spread > 0, spread, 1)  # grey: all differences are 0 anyway
    sixths = np.where(
        top == red,
        (green - blue) / safe % 6,
        np.where(top == green, 2 + (blue - red) / safe, 4 + (red - green) / safe),
    )
    bins = (sixths / 6 * num_bins).astype(int) % num_bins  # (H, W)
    return np.bincount(bins.ravel(), minlength=num_bins) / bins.size
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_color_histogram_test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
four = np.array([[(1, 0.6, 0.2), (0.2, 0.8, 0.6)], [(0.5, 0.3, 0.9), (0.9, 0.1, 0.5)]])
pure = np.array([[(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)]], float)
grey = np.array([[(0, 0, 0), (0.5, 0.5, 0.5)], [(1, 1, 1), (0.2, 0.8, 0.6)]])
with checks.exercise("l3_color_histogram") as check:
    form = {"shapes": "(num_bins,)"}
    expect = np.array([1, 0, 0, 0, 1, 0, 0, 1, 0, 1]) / 4
    check.call(color_histogram, four, 10, expect=expect, label="the table", **form)
    # Hues 0, 1/6, 1/3, 1/2, 2/3, 5/6 in fifths: red and yellow share the first.
    expect = np.array([2, 1, 1, 1, 1]) / 6
    check.call(color_histogram, pure, 5, expect=expect, label="pure colours", **form)
    expect = np.array([3, 1, 0]) / 4
    check.call(color_histogram, grey, 3, expect=expect, label="three greys", **form)
    check.call(color_histogram, four, 1, expect=np.ones(1), label="one bin", **form)
    single, expect = four[:1, 1:].astype(np.float32), np.array([0, 1, 0])
    check.call(color_histogram, single, 3, expect=expect, label="float32", **form)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_color_histogram", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l3_features_hues_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
shown = [first[0], second[0], first[5]]
fig, axes = plt.subplots(3, 2, figsize=(7.4, 5.2), width_ratios=[1, 3.2])
for (left, right), i in zip(axes, shown, strict=True):
    left.imshow(images[i])
    left.axis("off")
    left.set_title(names[pictures.y_train[i]], fontsize=10, loc="center")
    shares = color_histogram(images[i], 10)
    centres = (np.arange(10) + 0.5) / 10
    right.bar(centres, shares, width=0.1, color=plt.cm.hsv(centres), edgecolor="black")
    right.set(xlim=(0, 1), ylim=(0, 1), ylabel="share of pixels")
axes[2, 1].set_xlabel("hue (0 red, 1/3 green, 2/3 blue, 1 red again)")
fig.suptitle("Do pictures of one class share their hues?", x=0.01, ha="left", fontsize=12)
plots.show(
    "Three pictures beside their histograms of ten hue bins. Both warm disks have pixels "
    "in the first bin, hues below 0.1; the cool disk has some from 0.5 to 0.7. The taller bars "
    "are the backgrounds, whose hues are random in every class."
)

# %% [markdown]
# **Question.** Put the pixels of a picture in a random order. What happens to its colour
# histogram, and to its class?
#
# <details><summary>Answer</summary>
#
# The histogram stays the same: it counts pixels and ignores where they are. So it does
# not notice when a shape moves, which is what we want. But it cannot tell a disk from a
# square of the same area, which is not what we want. Apart from the area of the shape,
# it tells only warm from cool. The shuffled picture, on the other hand, no longer shows
# a shape, so it has lost its class.
# </details>

# %% [markdown]
# ## 4. Which way does it get brighter? The gradient of a picture
#
# **Goal.** Find at each pixel how steeply the brightness rises, and along which line.
#
# **Idea.** A picture is a function of two variables, known only at whole pixels. Its
# partial derivatives are differences of neighbours. The colour and the brightness of a
# shape change with the light; its outline remains visible as a line of steep slopes.
#
# **Formula.** Inside the picture take half the difference of the two neighbours; at the
# border, where one is missing, the difference between the pixel and its only neighbour:
#
# $$ d_x = \tfrac12\left(g_{i, j+1} - g_{i, j-1}\right), \qquad
#    d_y = \tfrac12\left(g_{i+1, j} - g_{i-1, j}\right) $$
#
# $$ \text{magnitude} = \sqrt{d_x^2 + d_y^2}, \qquad
#    \text{orientation} = \operatorname{atan2}(d_y, d_x) \bmod 180^{\circ} $$
#
# $g_{i,j}$ is `gray[i, j]`. $\operatorname{atan2}(d_y, d_x)$ is the angle of the vector
# $(d_x, d_y)$, like $\theta$ in section 1, but in degrees. The modulo turns a
# *direction* (which way is up) into an *orientation* (along which line). A dark disk on
# a light ground and a light disk on a dark ground have opposite directions all along
# their outline, but the same orientations.
#
# **Example by hand.** The row 0, 1, 4 has slopes 1, (4 - 0)/2 = 2 and 3. A plane that
# rises by 3 to the right and by 4 down has
#
# | $(d_x, d_y)$ | (3, 4) | (-3, -4) | (-3, 4) | (3, -4) |
# |---|---|---|---|---|
# | magnitude | 5 | 5 | 5 | 5 |
# | atan2 in degrees | 53.13 | -126.87 | 126.87 | -53.13 |
# | orientation | 53.13 | 53.13 | 126.87 | 126.87 |
#
# **Exercise 3 (2 points).** Write the gradient of a picture. Useful: `np.gradient`,
# which computes exactly these differences. For which axis does it return them first?

# %% nbgrader={"grade": false, "grade_id": "l3_image_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def image_gradient(gray: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Magnitude and orientation of the slope at each pixel.

    Parameters
    ----------
    gray : (H, W) float64
        Brightness; H and W are at least 2.

    Returns
    -------
    magnitude : (H, W) float64
        Brightness per pixel.
    orientation : (H, W) float64
        Degrees in [0, 180); y points down. Any finite value where the magnitude is 0.
    """
    ### BEGIN SOLUTION
    dy, dx = np.gradient(gray)  # (H, W) each
    orientation = np.degrees(np.arctan2(dy, dx)) % 180
    orientation[orientation == 180] = 0  # a tiny negative angle rounds up to 180
    return np.hypot(dx, dy), orientation
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_image_gradient_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
rows, columns = np.mgrid[:5.0, :6.0]
with checks.exercise("l3_image_gradient") as check:
    form = {"parts": ("magnitude", "orientation")}
    bent = np.array([[0.0, 1, 4], [0, 1, 4]])
    slopes = np.array([[1.0, 2, 3], [1, 2, 3]])
    for gray in (bent, bent.astype(np.float32), -bent):
        size, angle = check.call(image_gradient, gray, label="0, 1, 4")
        check.equal(size, slopes, "0, 1, 4: magnitude")
        check.equal(angle % 180, np.zeros((2, 3)), "0, 1, 4: orientation", atol=1e-4)
    for dx, dy, angle in (
        (3, 4, 53.13010235),
        (-3, -4, 53.13010235),
        (-3, 4, 126.86989765),
        (3, -4, 126.86989765),
        (0, -2, 90.0),
    ):
        size = np.hypot(dx, dy)
        expect = (np.full((5, 6), size), np.full((5, 6), angle))
        plane = dx * columns + dy * rows
        check.call(image_gradient, plane, expect=expect, label=f"{dx, dy}", **form)
    flat = np.full((2, 2), 0.5)
    size, angle = check.call(image_gradient, flat, label="a flat picture")
    check.equal(size, np.zeros((2, 2)), "a flat picture: magnitude")
    check.true(np.isfinite(angle).all(), "a flat picture: orientation is not finite")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_image_gradient", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l3_features_gradient_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
shown = first[2]
magnitude, orientation = image_gradient(grays[shown])
turn = np.radians(orientation)
fig, axes = plt.subplots(1, 3, figsize=(9, 3.4))
axes[0].imshow(images[shown])
axes[0].set_title(names[2], fontsize=10, loc="center")
axes[1].imshow(magnitude)
axes[1].set_title("magnitude: dark is steep", fontsize=10, loc="center")
axes[2].imshow(grays[shown], cmap="gray", alpha=0.35, vmin=0, vmax=1)
axes[2].quiver(
    *np.meshgrid(range(32), range(32)),
    magnitude * np.cos(turn),
    magnitude * np.sin(turn),
    angles="xy",
    scale=magnitude.max() / 2.2,
    scale_units="xy",
    pivot="mid",
    width=0.007,
    headwidth=0,
    headlength=0,
    headaxislength=0,
    color=plots.COLORS["blue"],
)
axes[2].set_title("orientation of the slope", fontsize=10, loc="center")
for ax in axes:
    ax.set_axis_off()
fig.suptitle("Where are the slopes, and along which line?", x=0.01, ha="left", fontsize=12)
plots.show(
    "A triangle; the magnitude of its gradient, which draws its outline on a faint "
    "ground of noise; and a line at each pixel along its slope, longest on the outline "
    "and at right angles to it."
)

# %% [markdown]
# ## 5. Histogram of oriented gradients
#
# **Goal.** Describe the outline of a shape by the orientations of its edges in each part
# of the picture.
#
# **Idea.** Cut the picture into cells of 8 x 8 pixels. In each cell count the
# orientations in 9 bins of 20 degrees, and let a steep pixel count more: it adds its
# magnitude (after [1:06:35](https://youtu.be/h7iBpEHGVNc?t=3995)). Within a cell the
# feature ignores where an edge is. So when an outline moves by a pixel or two, these
# numbers change much less than the pixels do, except where it crosses into another
# cell.
#
# **Formula.** With `bins` bins of width 180 / `bins` degrees
#
# $$ h_{c, k} = \sum_{(i, j) \in c} m_{i, j} \cdot
#    \mathbb{1}\left[\, k \cdot \tfrac{180}{\text{bins}} \le o_{i, j} < (k + 1) \cdot \tfrac{180}{\text{bins}} \right] $$
#
# where $c$ is a cell, $k$ a bin, and $m_{i,j}$ and $o_{i,j}$ are the magnitude and the
# orientation of a pixel, computed **in the whole picture**: a pixel at the edge of a
# cell has neighbours outside it. The feature is one vector: the cells row by row, and
# for each cell its bins. Pixels to the right of and below the last whole cell are left
# out. Nothing is normalised.
#
# **The lecture's sizes.** A picture of 32 x 32 pixels has 4 x 4 cells with 9 bins each,
# 144 numbers in place of 1,024 pixels; one of 320 x 240 has 40 x 30 cells and 10,800
# numbers. For the plane (3, 4) of the example above each of the 64 pixels of a cell adds
# 5 to bin 2 (40 to 60 degrees): 320.

# %% nbgrader={"grade": false, "grade_id": "l3_features_hog_sizes", "locked": true, "schema_version": 3, "solution": false, "task": false}
for width, height in ((32, 32), (320, 240)):
    cells = (height // 8) * (width // 8)
    print(f"{width} x {height} pixels: {cells} cells, {cells * 9:,} numbers")
with checks.numbers("the sizes") as check:
    check.equal(4 * 4 * 9, 144, "numbers for 32 x 32 pixels")
    check.equal(30 * 40 * 9, 10_800, "numbers for 320 x 240 pixels")
    check.equal(64 * np.hypot(3, 4), 320.0, "bin 2 of the plane")

# %% [markdown]
# **Exercise 4 (4 points).** Write the feature. You may call your `image_gradient`.

# %% nbgrader={"grade": false, "grade_id": "l3_hog", "locked": false, "schema_version": 3, "solution": true, "task": false}
def hog(gray: np.ndarray, cell: int = 8, bins: int = 9) -> np.ndarray:
    """Histogram of oriented gradients.

    Parameters
    ----------
    gray : (H, W) float64
        Brightness.
    cell : int
        Side of a square cell in pixels.
    bins : int
        Number of equal bins of the orientations from 0 to 180 degrees.

    Returns
    -------
    (H // cell * (W // cell) * bins,) float64
        The magnitude in each bin of each whole cell, cells row by row, then bins.
    """
    ### BEGIN SOLUTION
    magnitude, orientation = image_gradient(gray)
    rows, columns = gray.shape[0] // cell, gray.shape[1] // cell
    index = (orientation * bins / 180).astype(int) % bins  # (H, W)
    feature = np.zeros((rows, columns, bins))
    for i in range(rows):
        for j in range(columns):
            block = np.s_[i * cell : (i + 1) * cell, j * cell : (j + 1) * cell]
            feature[i, j] = np.bincount(
                index[block].ravel(), magnitude[block].ravel(), minlength=bins
            )
    return feature.ravel()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_hog_test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
rows, columns = np.mgrid[:11.0, :18.0]
with checks.exercise("l3_hog") as check:
    for dx, dy, k in ((3, 4, 2), (-3, -4, 2), (-3, 4, 6), (3, -4, 6)):
        plane = dx * columns + dy * rows  # one row of two whole cells
        expect = np.tile(320.0 * (np.arange(9) == k), 2)
        check.call(hog, plane, expect=expect, label=f"plane {dx, dy}")
    # The slope is the column number: 0.5, 1, 2, ..., 14, 14.5; all of it in bin 0.
    bent = np.arange(16.0) ** 2 / 2 * np.ones((8, 1))
    expect = np.zeros(18)
    expect[[0, 9]] = 8 * 28.5, 8 * 91.5
    check.call(hog, bent, expect=expect, label="two cells side by side")
    expect = np.zeros(18)
    expect[[4, 13]] = 8 * 28.5, 8 * 91.5
    check.call(hog, bent.T.copy(), expect=expect, label="two cells, one below")
    # Planes of 4 by 4 cells: 16 pixels, 6 bins of 30 degrees, bin 1 from 30 to 60.
    plane = (3 * columns + 4 * rows)[:8, :4]
    expect = np.tile(80.0 * (np.arange(6) == 1), 2)
    check.call(hog, plane, cell=4, bins=6, expect=expect, label="cell 4, bins 6")
    # Six cells of 2 by 2, three bins; a row and a column of pixels are left over.
    gray = np.array(
        [
            [3, 4, 2, 2, 5, 7, 5],
            [8, 5, 3, 1, 8, 8, 1],
            [7, 9, 1, 3, 0, 6, 3],
            [6, 9, 0, 0, 5, 0, 0],
            [0, 4, 4, 5, 4, 9, 9],
        ],
        np.float32,
    )
    expect = np.array(
        [
            *(0, 6.2171, 7.1411, 4.6111, 0, 3.217, 7.4407, 1, 4.3012),
            *(3.9051, 0, 10.4514, 6.7538, 0, 4.7434, 0, 6.272, 5.0368),
        ]
    )
    check.call(hog, gray, 2, 3, expect=expect, label="six cells", atol=1e-3)
    # Darker to the right: an orientation of 0 or 180, the first or the last bin.
    feature = check.call(hog, -3 * columns[:8, :8], label="darker to the right")
    check.equal(np.sum(feature), 192.0, "darker to the right: the sum of all bins")
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_hog", globals())
### END HIDDEN TESTS

# %% [markdown]
# **A picture of the feature.** In each cell we draw one line for each bin. It lies
# along the *edge*, at right angles to the slope, and its length is proportional to the
# bin.

# %% nbgrader={"grade": false, "grade_id": "l3_features_hog_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
def hog_lines(feature, left, top, cell=8, bins=9):
    """Lines (P, 2, 2) of a feature over its picture, which starts at (left, top)."""
    side = 32 // cell
    lengths = feature / feature.max() * cell * 0.55  # half a line, pixels
    i, j, k = np.unravel_index(np.arange(feature.size), (side, side, bins))
    centre = np.stack([left + (j + 0.5) * cell, top + (i + 0.5) * cell], axis=1)
    angle = np.radians((k + 0.5) * 180 / bins + 90)
    step = lengths[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return np.stack([centre - step, centre + step], axis=1)


features = np.array([hog(gray) for gray in grays])  # (100, 144)
strongest = features.max(axis=1)  # large where the outline is clear
left, top = 34 * (np.arange(10) % 5), 37 * (np.arange(10) // 5)  # of the ten pictures
sheet = np.ones((37 + 32, 4 * 34 + 32))  # all of them, on white
lines = []
fig, ax = plt.subplots(figsize=(9, 4.3))
for k in range(10):
    i = np.argmax(np.where(pictures.y_train == k, strongest, 0))
    sheet[top[k] : top[k] + 32, left[k] : left[k] + 32] = grays[i]
    lines.extend(hog_lines(features[i], left[k], top[k]))
    ax.text(left[k] + 16, top[k] - 1, names[k], fontsize=10, ha="center")
tall, wide = sheet.shape
ax.imshow(sheet, cmap="gray", alpha=0.45, vmin=0, vmax=1, extent=(0, wide, tall, 0))
ax.add_collection(LineCollection(lines, colors="white", linewidths=3.2))
ax.add_collection(LineCollection(lines, colors=plots.COLORS["blue"], linewidths=1.8))
for rim in (8, 16, 24):  # of the cells
    ax.hlines(top + rim, left, left + 32, color="black", linewidth=0.4)
    ax.vlines(left + rim, top, top + 32, color="black", linewidth=0.4)
ax.set(xlim=(0, wide), ylim=(tall, -4))
ax.set_axis_off()
fig.suptitle("Which edges does each cell see?", x=0.01, ha="left", fontsize=12)
plots.show(
    "One picture of each class, in grey, cut into 4 by 4 cells. In each cell blue lines lie "
    "along the edges: around the disk, horizontal and vertical on the square and "
    "the cross, slanted on the triangle, horizontal on the stripes; light and dark shapes give the same."
)

# %% [markdown]
# ### An error in circulation: lost gradients
#
# The starter code of the course's assignment on features computes
#
# ```python
# grad_ori = np.arctan2(gy, (gx + 1e-15)) * (180 / np.pi) + 90
# ```
#
# and then counts, for `bins` bins of width 180 / `bins`, the pixels whose `grad_ori` lies
# between 0 and 180.
#
# Before you read on: a full turn has 360 degrees. How many of them does the code count?

# %%
degrees = None  # a number
checks.question(
    "degrees that are counted", degrees, "c1e7023eeaef",
    hint="arctan2 gives -180 to 180 degrees; add 90, and see what lies in 0 to 180.",
)  # fmt: skip

# %% [markdown]
# <details><summary>Which pixels are dropped?</summary>
#
# `arctan2` gives angles above -180 and up to 180, so `grad_ori` runs from -90 to 270, a
# full turn. A pixel is counted if the angle lies between -90 and 90, that is, if
# $d_x > 0$: where the picture gets brighter **to the right**. Every pixel where it gets
# darker to the right is dropped.
# </details>
#
# How much is lost? A pixel is counted if its right neighbour is brighter than its left
# one. We measure it on the hundred pictures, inside their border and with our own
# differences:

# %% nbgrader={"grade": false, "grade_id": "l3_features_half", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
counted = total = everything = 0.0
for gray in grays:
    magnitude, _ = image_gradient(gray)
    inside = magnitude[:, 1:-1]
    to_the_right = gray[:, 2:] > gray[:, :-2]
    counted += inside[to_the_right].sum()
    total += inside.sum()
    everything += magnitude.sum()
print(f"counted by the starter code: {counted / total:.0%} of the magnitude")

print(f"counted by your function:    {features.sum() / everything:.0%} of the magnitude")

wrong_weights = np.array([0.299, 0.587, 0.144])
print(f"grey weights of the starter code: sum {wrong_weights.sum():.2f}")
print(f"grey weights of this notebook:    sum {GRAY_WEIGHTS.sum():.2f}")
print(f"share of blue too high by {wrong_weights[2] / GRAY_WEIGHTS[2] - 1:.0%}")

# %% nbgrader={"grade": false, "grade_id": "l3_features_half_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
gray = grays[first[5]]
magnitude, _ = image_gradient(gray)
kept = np.zeros_like(magnitude)
kept[:, 1:-1] = np.where(gray[:, 2:] > gray[:, :-2], magnitude[:, 1:-1], 0)
fig, axes = plt.subplots(1, 3, figsize=(8.4, 3.2))
axes[0].imshow(gray, cmap="gray", vmin=0, vmax=1)
axes[1].imshow(magnitude, vmax=magnitude.max())
axes[2].imshow(kept, vmax=magnitude.max())
for ax, title in zip(
    axes, ("grey picture", "magnitude, all", "counted by the starter code"), strict=True
):
    ax.set_title(title, fontsize=10, loc="center")
    ax.set_axis_off()
fig.suptitle("Which half of the outline is lost?", x=0.01, ha="left", fontsize=12)
plots.show(
    "A disk in grey; the magnitude of its gradient, a full ring; and the part of it that "
    "the starter code counts: only the side of the ring where the picture gets brighter "
    "to the right."
)

# %% [markdown]
# About half is lost; the number above is for our pictures. (On a sample of 2,000
# photographs of CIFAR-10 we measured 50%.) Worse, *which* half is lost depends on
# whether a shape is lighter or darker than its ground. The modulo of section 4 cures
# it: `% 180` in place of `+ 90`.
#
# The second slip is in the weights of the grey picture: .144 for blue in place of .114,
# so that white comes out as 1.03. It is a smaller slip, and just as easy to avoid:
# brightness weights must sum to 1.
#
# **Question.** Which test would have found the first slip at once?
#
# <details><summary>Answer</summary>
#
# The feature must add up to the magnitude of the pixels covered. A known total is the
# cheapest test of any histogram.
# </details>

# %% [markdown]
# ## 6. A bag of visual words
#
# **Goal.** Describe a picture by which small patches it holds, wherever they are.
#
# **Idea.** A text can be described by how often each word occurs in it, regardless of
# order: a bag of words. For pictures, cut out small patches. There are too many
# different ones, so group similar patches: the mean of each group, its **centroid**, is
# a *visual word*. Then count, for each word, the patches that are nearest to it.
#
# **Formula.** With P patches $p_1, \ldots, p_P$ and K centroids $c_1, \ldots, c_K$
#
# $$ b_k = \frac1P \sum_{i = 1}^{P} \mathbb{1}\left[\, k = \arg\min_{l} \lVert p_i - c_l \rVert_2 \right] $$
#
# **Example by hand.** Words (0, 0), (4, 0) and (0, 9); patches (1, 0), (3, 1), (5, -1) and
# (1, 1). Their squared distances to the three words are
#
# | patch | to (0, 0) | to (4, 0) | to (0, 9) | nearest |
# |---|---|---|---|---|
# | (1, 0) | 1 | 9 | 82 | first |
# | (3, 1) | 10 | 2 | 73 | second |
# | (5, -1) | 26 | 2 | 125 | second |
# | (1, 1) | 2 | 10 | 65 | first |
#
# so the bag is (1/2, 1/2, 0). A word that does not occur keeps its place, with share 0.
#
# **Exercise 5 (2 points).** Write the histogram. If a patch is equally near to several
# words, take the first.

# %% nbgrader={"grade": false, "grade_id": "l3_bag_of_words", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bag_of_words(patches: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """Histogram of the visual words of a picture.

    Parameters
    ----------
    patches : (P, D) float64
        One patch per row.
    centroids : (K, D) float64
        One visual word per row.

    Returns
    -------
    (K,) float64
        The share of the patches that are nearest to each word; sums to 1.
    """
    ### BEGIN SOLUTION
    differences = patches[:, None, :] - centroids  # (P, K, D)
    nearest = np.sum(differences**2, axis=2).argmin(axis=1)  # (P,)
    return np.bincount(nearest, minlength=len(centroids)) / len(patches)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l3_bag_of_words_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
dictionary = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 9.0]])
found = np.array([[1.0, 0.0], [3.0, 1.0], [5.0, -1.0], [1.0, 1.0]])
with checks.exercise("l3_bag_of_words") as check:
    form = {"shapes": "(K,)"}
    expect = np.array([0.5, 0.5, 0.0])
    check.call(bag_of_words, found, dictionary, expect=expect, label="table", **form)
    expect = np.array([0.0, 1.0, 0.0])
    check.call(bag_of_words, found[1:3], dictionary, expect=expect, label="one word", **form)
    expect = np.ones(3) / 3
    check.call(bag_of_words, dictionary, dictionary, expect=expect, label="itself", **form)
    # Squared distances 8, 9 and 50: one patch, nearest to the first word.
    words = np.array([[0.0, 0.0], [5.0, 2.0], [-3.0, 7.0]], np.float32)
    patch, expect = np.array([[2.0, 2.0]], np.float32), np.array([1.0, 0.0, 0.0])
    check.call(bag_of_words, patch, words, expect=expect, label="one patch", **form)
    expect = np.array([1.0])
    check.call(bag_of_words, found, words[:1], expect=expect, label="one centroid", **form)
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l3_bag_of_words", globals())
### END HIDDEN TESTS

# %% [markdown]
# **Where the words come from: k-means.** Begin with K patches as centroids. Then repeat
# two steps: assign each patch to its nearest centroid, and move each centroid to the
# mean of its patches. Neither step can increase the mean squared distance between a
# patch and its centroid, so the loop settles.
#
# For the first step we can use your function: the bag of a *single* patch is 1 at its
# word and 0 elsewhere. We cut the pictures into patches of 8 x 8 pixels, one every 4
# pixels. We subtract the mean of each patch and divide by its standard deviation, so
# that a word is about form, not brightness. (The 0.05 in the code keeps flat patches
# from being blown up to pure noise.)

# %% nbgrader={"grade": false, "grade_id": "l3_features_words", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
def patches_of(grays, size=8, step=4):
    """Patches (N, P, D) of N pictures, each with mean 0 and about the same contrast."""
    windows = np.lib.stride_tricks.sliding_window_view(grays, (size, size), axis=(1, 2))
    patches = windows[:, ::step, ::step].reshape(len(grays), -1, size * size)
    patches = patches - patches.mean(axis=2, keepdims=True)
    return patches / (patches.std(axis=2, keepdims=True) + 0.05)


def kmeans(patches, num_words, num_steps, rng):
    """Centroids (num_words, D) of the patches; prints how well they fit."""
    start = rng.choice(len(patches), size=num_words, replace=False)
    centroids = patches[start]
    for step in range(num_steps):
        member = np.array([bag_of_words(p[None, :], centroids) for p in patches])
        error = np.mean(np.sum((patches - member @ centroids) ** 2, axis=1))
        if step % 3 == 0:
            print(f"step {step:2}   mean squared distance {error:.1f}")
        size = member.sum(axis=0)[:, None]  # (K, 1)
        moved = member.T @ patches / np.maximum(size, 1)
        centroids = np.where(size > 0, moved, centroids)  # an empty group stays
    return centroids


rng = np.random.default_rng(0)
sample = np.concatenate(patches_of(grays))  # (4900, 64)
sample = sample[rng.choice(len(sample), size=1500, replace=False)]
centroids = kmeans(sample, num_words=40, num_steps=7, rng=rng)

# %% nbgrader={"grade": false, "grade_id": "l3_features_words_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
bags = [bag_of_words(patches, centroids) for patches in patches_of(grays[:40])]
usage = np.mean(bags, axis=0)
order = np.argsort(-usage, kind="stable")
limit = np.abs(centroids).max()
plots.images(
    0.5 - centroids[order].reshape(-1, 8, 8) / (2 * limit),
    columns=10,
    title="Which forty words make up the pictures? Most frequent first",
)
plots.show(
    "Forty patches of 8 by 8 pixels. The most frequent ones are nearly flat grey; then come "
    "edges at many angles between a dark and a light side, bars and corners."
)

# %% [markdown]
# Nobody drew these words: they come from the pictures. The most frequent ones are
# nearly flat, because most patches contain no outline. The others are edges, bars and
# corners, in two kinds, light on dark and dark on light, because nothing here takes
# angles modulo 180.
#
# **Question.** K is chosen by hand. What happens for K = 1, and for K as large as the
# number of patches?
#
# <details><summary>Answer</summary>
#
# With one word every picture has the same bag, (1,). With as many words as patches,
# each picture has words that no other picture has, so that two pictures of one class
# share nothing. Useful values lie in between, and validation data can choose among
# them.
# </details>

# %% [markdown]
# ## 7. Raw pixels against features
#
# **Goal.** Measure what the features are worth, with the classifier held fixed.
#
# **Idea.** A linear classifier is trained on several descriptions of the same pictures,
# always in the same way; only the rows of `X` differ. So that step sizes play no role,
# we train with a squared loss, whose best weights have a closed form:
#
# $$ \min_W \; \lVert X W - Y \rVert^2 + \lambda N \lVert W \rVert^2, \qquad
#    W = X^{\top} \left( X X^{\top} + \lambda N I \right)^{-1} Y
#    = \left( X^{\top} X + \lambda N I \right)^{-1} X^{\top} Y $$
#
# (The code solves the smaller of the two systems.) `Y` $(N, C)$ holds 1 at the true
# class and 0 elsewhere, minus the mean of its column. Each column of `X` is centred and
# scaled to standard deviation 1, with the mean and the deviation of the training set.
# The class with the highest score wins. $\lambda$ is chosen on validation data, for raw
# pixels and for features alike. The pictures are new ones: 500 for training, 100 for
# validation, 250 for the test.
#
# **With CIFAR-10.** As in notebook 01, set `CS231N_DATASET` to `cifar10` or
# `cifar10-small` before Jupyter starts, and the cells below use its first 4,000
# training and 1,000 test images. The visual words stay those of section 6, and the text
# describes the shapes.
#
# **Predict, then run (no points).** There are ten classes, so guessing gets 0.1. What
# accuracy do you expect from each description? The cell that measures them asks for
# your numbers.

# %% nbgrader={"grade": false, "grade_id": "l3_features_expected", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
expected_accuracy = {
    "raw pixels": None,
    "colour histogram": None,
    "HoG": None,
    "bag of words": None,
    "colour + HoG": None,
}
### BEGIN SOLUTION
# One guess among many: every description better than chance, the richer ones best.
expected_accuracy = {
    "raw pixels": 0.4,
    "colour histogram": 0.2,
    "HoG": 0.5,
    "bag of words": 0.5,
    "colour + HoG": 0.9,
}
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l3_features_classifier", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
def fit_and_test(X, y, X_val, y_val, X_test, y_test):
    """Train for several lambdas; test accuracy and weights of the best on validation."""
    mean, scale = X.mean(axis=0), X.std(axis=0) + 1e-8
    X, X_val, X_test = ((part - mean) / scale for part in (X, X_val, X_test))
    Y = np.eye(10)[y]
    prior = Y.mean(axis=0)  # (C,)
    N, D = X.shape
    products = X @ X.T if N < D else X.T @ X  # the smaller of (N, N) and (D, D)
    best = None
    for reg in (0.1, 1.0, 10.0):
        ridge = products + reg * N * np.eye(len(products))
        if N < D:
            W = X.T @ np.linalg.solve(ridge, Y - prior)  # (D, C)
        else:
            W = np.linalg.solve(ridge, X.T @ (Y - prior))  # (D, C), the same
        right = np.mean(np.argmax(X_val @ W + prior, axis=1) == y_val)
        if best is None or right > best[0]:
            best = (right, W)
    W = best[1]
    return np.mean(np.argmax(X_test @ W + prior, axis=1) == y_test), W


def color_and_hog(images):
    """Both features side by side, one row per picture."""
    return np.array(
        [
            np.concatenate([color_histogram(image, 10), hog(image @ GRAY_WEIGHTS)])
            for image in images
        ]
    )  # (N, 10 + 144)

# %% nbgrader={"grade": false, "grade_id": "l3_features_compare", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
data = load_images(
    lambda: make_shapes(seed=2, num_train=500, num_val=100, num_test=250), num_train=4000
)

parts, labels = {}, {}
for part, limit in (("train", 4000), ("val", 1000), ("test", 1000)):
    seen = data.images(part)[:limit]
    both = color_and_hog(seen)
    patches = patches_of(seen @ GRAY_WEIGHTS)  # (N, 49, 64)
    bags = np.array([bag_of_words(one, centroids) for one in patches])
    labels[part] = getattr(data, f"y_{part}")[:limit]
    parts[part] = {
        "raw pixels": seen.reshape(len(seen), -1),
        "colour histogram": both[:, :10],
        "HoG": both[:, 10:],
        "bag of words": bags,
        "colour + HoG": both,
        "all three": np.hstack([both, bags]),
    }

open_guesses = [name for name, guess in expected_accuracy.items() if guess is None]
if open_guesses:
    raise NotImplementedError(f"first say what you expect of {', '.join(open_guesses)}")

accuracy, weights = {}, {}
for name in parts["train"]:
    splits = [rows for part in parts for rows in (parts[part][name], labels[part])]
    accuracy[name], weights[name] = fit_and_test(*splits)
    guess = expected_accuracy.get(name)
    said = "" if guess is None else f"   you expected {guess:.0%}"
    print(f"{name:16}  {splits[0].shape[1]:5,} numbers   {accuracy[name]:4.0%}{said}")

# %% nbgrader={"grade": false, "grade_id": "l3_features_compare_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, ax = plt.subplots(figsize=(8.4, 3.8))
plots.bars(
    [100 * value for value in accuracy.values()],
    [name.replace(" ", "\n", 1) for name in accuracy],
    highlight=0,
    fmt="{:.0f}",
    ylabel="test accuracy, %",
    title="What does the same classifier get right from each description?",
    ax=ax,
)
ax.axhline(10, **plots.LINES[2])
ax.text(5.55, 11.5, "guessing")
ax.set_xlim(-0.7, 6.4)
if data.name == "shapes":
    plots.show(
        "Test accuracy of one linear classifier on six descriptions of the same pictures: "
        "about a quarter of the pictures from raw pixels or from the colour histogram, more "
        "from HoG or the bag of words, and more than half from colour and HoG together and "
        "from all three."
    )
else:
    plots.show(
        "Test accuracy on six descriptions of the same pictures, in percent: "
        + ", ".join(f"{name} {100 * value:.0f}" for name, value in accuracy.items())
    )

# %% [markdown]
# - **Raw pixels.** A linear classifier has one template per class, laid over the
#   picture in one place. A shape that may be anywhere, lighter or darker than its
#   ground, leaves only a blurred trace in the template, as the next picture shows. And
#   with 3,072 weights per class a small $\lambda$ would let it memorise the 500
#   training pictures.
# - **Colour alone** cannot see an outline. Five classes share each range of hues, so
#   hue alone would give 20%; the rest comes from the area of the shape, which also
#   changes the bars. **HoG alone** cannot tell warm from cool, two classes share each
#   outline, so 50% is its ceiling. **Together** they cover both things that define the
#   class, yet a linear classifier with one $\lambda$ for all numbers does not use both
#   fully.
# - **The bag of words** does not know where its patches are; HoG does, roughly.
#
# **What I had wrong, and why** (for yourself). *Replace this line: which number was
# furthest from your guess, and what had you overlooked?*
#
# **Go on (no points).** Put together your own description of a picture: other bins,
# other cells, several sizes side by side, features of your own. Compare versions by
# their accuracy on the *validation* pictures; look at the test pictures once, when you
# have finished. Changing a single number can already help.

# %%
def my_features(image: np.ndarray) -> np.ndarray:
    """Describe a picture (32, 32, 3) by one vector; change this as you like."""
    return np.concatenate([color_histogram(image, 10), hog(image @ GRAY_WEIGHTS)])


ready = False  # True: measure it on the validation pictures
finished = False  # True: and, once, on the test pictures
if ready:
    rows = {p: np.array([my_features(image) for image in data.images(p)[:1000]]) for p in parts}
    yours = [part for p in parts for part in (rows[p], labels[p][:1000])]
    ours = [part for p in parts for part in (parts[p]["colour + HoG"], labels[p])]
    for name, splits in (("your description", yours), ("colour + HoG", ours)):
        reached, _ = fit_and_test(*splits[:4], *splits[2:4])
        print(f"{name}: {reached:.0%} of the validation pictures")
    if finished:
        reached, _ = fit_and_test(*yours)
        print(f"test: {reached:.0%}, colour + HoG: {accuracy['colour + HoG']:.0%}")

# %% nbgrader={"grade": false, "grade_id": "l3_features_templates_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
plots.templates(
    weights["raw pixels"],
    data.image_shape,
    data.class_names,
    title="What is left of a shape that may be anywhere?",
)
if data.name == "shapes":
    plots.show(
        "Ten colour templates of 32 by 32 pixels from the classifier on raw pixels: warm or "
        "cool colours in the middle and blurred, noisy traces of the outlines, each laid over "
        "itself in many places."
    )
else:
    plots.show(
        "One colour template per class, from the classifier on raw pixels."
    )

# %% [markdown]
# **Is it luck?** One training run proves little. We repeat the comparison five times,
# each time with a different fifth of the training pictures, 100 of them. No picture is
# in two fifths; validation and test pictures stay the same. With fewer pictures to
# learn from, both accuracies drop.

# %% nbgrader={"grade": false, "grade_id": "l3_features_fifths", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
pairs = []  # accuracy on raw pixels and on features
for k in range(5):
    result = []
    for name in ("raw pixels", "colour + HoG"):
        X, X_val, X_test = (parts[part][name] for part in parts)
        fifth, y_fifth = X[k::5], labels["train"][k::5]  # no picture in two of them
        right, _ = fit_and_test(
            fifth, y_fifth, X_val, labels["val"], X_test, labels["test"]
        )
        result.append(right)
    pairs.append(result)
pairs = 100 * np.array(pairs)  # (5, 2)
margins = pairs[:, 1] - pairs[:, 0]
print(f"raw pixels:   {pairs[:, 0].min():.0f} to {pairs[:, 0].max():.0f} %")
print(f"colour + HoG: {pairs[:, 1].min():.0f} to {pairs[:, 1].max():.0f} %")
print(f"smallest margin {margins.min():.0f} points, mean {margins.mean():.0f}")
if data.name == "shapes":
    with checks.numbers("features against raw pixels") as check:
        check.true(margins.min() > 10, "the features win by 10 points or less, once")

# %% nbgrader={"grade": false, "grade_id": "l3_features_fifths_figure", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "hide-input"]
fig, ax = plt.subplots(figsize=(7.2, 3.6))
fifths = np.arange(1, 6)
ax.vlines(fifths, pairs[:, 0], pairs[:, 1], color="black", linewidth=1)
ax.plot(fifths, pairs[:, 0], "o", color=plots.COLORS["blue"], ms=8, label="raw pixels")
ax.plot(
    fifths,
    pairs[:, 1],
    "^",
    color=plots.COLORS["orange"],
    mec="black",
    ms=9,
    label="colour + HoG",
)
ax.axhline(10, **plots.LINES[2])
ax.text(5.2, 4, "guessing", ha="right")
ax.set(xlabel="fifth of the training pictures", ylabel="test accuracy, %", ylim=(0, 80))
ax.set_xticks(fifths)
ax.set_title("Do the features win every time?")
fig.legend(loc="outside lower center", ncols=2)
plots.show(
    "For each of five training sets the accuracy on raw pixels and that on colour and HoG, "
    f"joined by a line. Raw pixels get {pairs[:, 0].min():.0f} to {pairs[:, 0].max():.0f} %, "
    f"colour and HoG {pairs[:, 1].min():.0f} to {pairs[:, 1].max():.0f} %."
)

# %% [markdown]
# ## 8. From features to networks
#
# **Goal.** Say what is fixed in this pipeline, and what it would mean to learn it.
#
# **Idea.** The lecture ends with two pipelines side by side. In one, features are
# computed by a fixed rule, and training changes only the classifier behind them. In the
# other, a convolutional network (ConvNet), training changes everything, from the first
# filter to the scores. A ConvNet computes a weighted sum of each small patch of the
# picture, with the same weights everywhere, sets negative sums to 0, combines
# neighbouring results, and repeats this several times.
#
# **In PyTorch** your `image_gradient` is a convolution with fixed weights,
# `torch.nn.functional.conv2d`; `torch.nn.Conv2d` is the same with weights that are
# learned. Where PyTorch is installed, the next cell compares them, inside the border.

# %% nbgrader={"grade": false, "grade_id": "l3_features_pytorch", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo", "nbval-ignore-output"]
if importlib.util.find_spec("torch") is None:
    print("PyTorch is not installed here, and nothing in this course needs it.")
else:
    import torch

    picture = torch.tensor(grays[0])[None, None]  # (1, 1, H, W)
    right = torch.tensor([[[[-0.5, 0.0, 0.5]]]], dtype=torch.float64)
    dx = torch.nn.functional.conv2d(picture, right)[0, 0, 1:-1]  # (H - 2, W - 2)
    dy = torch.nn.functional.conv2d(picture, right.mT)[0, 0, :, 1:-1]
    magnitude, _ = image_gradient(grays[0])
    with checks.numbers("PyTorch") as check:
        check.equal(magnitude[1:-1, 1:-1], torch.hypot(dx, dy).numpy(), "magnitude")

# %% [markdown]
# Look again at your code: differences of neighbours are weighted sums of a small
# patch, the same everywhere; the bins classify each pixel; the sum over a cell combines
# neighbours. The steps are alike. What differs is who chose the numbers in them.

# %% [markdown] nbgrader={"grade": true, "grade_id": "l3_features_question", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# **Exercise 6 (2 points, graded by hand).** A ConvNet learns what these features fix by
# hand.
#
# 1. Take one of the features of this notebook and name at least two things in it that
#    were chosen by hand. What takes their place in a ConvNet, and what sets it?
# 2. Why can that lead to better accuracy, and what does it cost?
#
# Answer in four to eight sentences.
#
# ### BEGIN SOLUTION
# In HoG the filter is fixed (half the difference of two neighbours), and so are the nine
# bins of orientation, the cells of 8 x 8 pixels and the plain sum over a cell. A ConvNet
# has filters whose entries are weights: they start at random, and the gradient of the loss
# sets them, together with the classifier. What the second and later layers combine is
# learned too; of the sizes, some are still chosen by hand (of filters, of layers).
#
# The fixed features cannot adapt: if a task hangs on colour edges or on curves, HoG does
# not see them, and no training of the classifier brings back what a feature has thrown
# away. A ConvNet keeps what lowers the loss of its own task. First layers trained on
# photographs do look like oriented edges and colour blobs, so the hand-made choice was not
# a bad one; the gain comes from the layers above and from training all of them together.
# The price is more data, more computing, and features that are harder to read. With few
# training pictures fixed features can win.
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Choose coordinates in which a linear classifier can do its work.
# - Compute a hue histogram and a histogram of oriented gradients, and say what each is
#   blind to.
# - Test a histogram by its sum, and find what falls outside its bins.
# - Build visual words with k-means and describe a picture by them.
# - Compare two representations fairly: same classifier, same tuning, several training sets.
#
# ## On your own
#
# - Replace the modulo 180 of HoG by 360 and double the bins. Do the shapes get harder or
#   easier? Why?
# - Dalal and Triggs divide groups of neighbouring cells by their norm. Try it: how does
#   it help when the light comes from one side?
# - Move all shapes to the middle of the picture (change a copy of
#   `cs231n_lib/data/shapes.py`). How good are raw pixels then?
# - Count hues with a weight, the saturation of each pixel. When does that help?
# - With how many training pictures do raw pixels catch up?
#
# ## Further reading
#
# - N. Dalal and B. Triggs, *Histograms of Oriented Gradients for Human Detection*, in
#   CVPR 2005.
# - L. Fei-Fei and P. Perona, *A Bayesian Hierarchical Model for Learning Natural Scene
#   Categories*, CVPR 2005: bags of visual words.
# - D. Lowe, *Object Recognition from Local Scale-Invariant Features*, ICCV 1999.
# - A. Krizhevsky, I. Sutskever and G. Hinton, *ImageNet Classification with Deep
#   Convolutional Neural Networks*, NIPS 2012: figure 3 shows learned first-layer filters.

# %% [markdown]
# ## Your progress
#
# This cell lists the exercises whose visible checks have run since the kernel started.
# In a terminal, `python -m cs231n_lib.progress FILE` runs them all in a fresh kernel
# and also lists the stored outputs that are out of date.

# %% nbgrader={"grade": false, "grade_id": "l3_features_progress", "locked": true, "schema_version": 3, "solution": false, "task": false}
from cs231n_lib import progress

progress.show()
