"""The records of notebook ``lecture3/04_optimization``: searching, slopes, descent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from answer_checks.compare import is_number
from autograder.exercise.record import Exercise
from autograder.exercise.student import (
    CheckFailed,
    Student,
    probe_argument,
    rng_argument,
)

NOTEBOOK = "lecture3/04_optimization"
SINGLE = {"rtol": 1e-4, "atol": 1e-5}  # what float32 inputs allow


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))


# Random search ----------------------------------------------------------------------

random_search_record = Exercise(
    "l3_random_search",
    NOTEBOOK,
    2,
    ("random_search",),
    title="Random search",
    returns={"random_search": ("best_W", "best_loss", "history")},
)


@random_search_record.reference
def random_search(loss_fn, shape, num_tries, scale, rng):
    """Keep the best of num_tries draws; history[i] is the best loss after try i."""
    draws = [scale * rng.standard_normal(shape) for _ in range(num_tries)]
    losses = [loss_fn(W) for W in draws]
    best = losses.index(min(losses))
    return draws[best], losses[best], [min(losses[: i + 1]) for i in range(num_tries)]


def _bowl(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    A = rng.uniform(0.5, 2, size=shape)
    return probe_argument("quadratic", A=A, b=2 * rng.standard_normal(shape))


def _search(
    student: Student,
    rng: np.random.Generator,
    shape: tuple[int, ...],
    tries: int,
    scale: float,
    only: str,
) -> None:
    student.agrees(
        "random_search",
        _bowl(rng, shape),
        shape,
        tries,
        scale,
        rng_argument(_seed(rng)),
        only=only,
    )


@random_search_record.check("the best weights", 0.5)
def _best_weights(student: Student, rng: np.random.Generator) -> None:
    for tries in (12, 25, 40):
        _search(student, rng, (3, 2), tries, 1.0, "best_W")


@random_search_record.check("the best loss", 0.4)
def _best_loss(student: Student, rng: np.random.Generator) -> None:
    for tries in (12, 25, 40):
        _search(student, rng, (3, 2), tries, 1.0, "best_loss")


@random_search_record.check("the history: the best loss after each try", 0.6)
def _best_so_far(student: Student, rng: np.random.Generator) -> None:
    for tries in (12, 25, 40):
        _search(student, rng, (2, 3), tries, 1.0, "history")


@random_search_record.check("another scale and weights of other shapes", 0.3)
def _other_scale(student: Student, rng: np.random.Generator) -> None:
    for shape, scale in (((4,), 0.01), ((2, 5), 7.5), ((2, 3, 2), 0.3)):
        _search(student, rng, shape, 15, scale, "best_W")


@random_search_record.check("a single try", 0.2)
def _one_try(student: Student, rng: np.random.Generator) -> None:
    for part in ("best_W", "best_loss", "history"):
        _search(student, rng, (2, 3), 1, 0.7, part)


@random_search_record.misconception(
    "the history holds the loss of every try, not the best so far",
    "Can the best loss so far ever go up? Look at your history from left to right.",
)
def history_of_every_try(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(loss)
    return best_W, best_loss, history


@random_search_record.misconception(
    "the history grows only when a try is better",
    "How long must the history be, when it has one entry for each try?",
)
def history_of_improvements(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
            history.append(loss)
    return best_W, best_loss, history


@random_search_record.misconception(
    "scale is not used",
    "Call your function twice with different values of scale and the same seed. "
    "Should both results be the same?",
)
def scale_not_used(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@random_search_record.misconception(
    "each try starts from the best weights so far, which is local search",
    "Random search learns nothing from earlier tries. Where does your next try start?",
)
def searches_locally(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = np.zeros(shape), np.inf, []
    for _ in range(num_tries):
        W = best_W + scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@random_search_record.misconception(
    "the weights of the last try are returned, whatever their loss",
    "Evaluate loss_fn at the weights that you return: is it the best loss?",
)
def last_weights(loss_fn, shape, num_tries, scale, rng):
    best_loss, history = np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        best_loss = min(best_loss, loss_fn(W))
        history.append(best_loss)
    return W, best_loss, history


@random_search_record.misconception(
    "the largest loss is kept instead of the smallest",
    "Which is better, a high loss or a low one? Look at your comparison.",
)
def largest_loss_kept(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, -np.inf, []
    for _ in range(num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss > best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@random_search_record.misconception(
    "the weights are drawn uniformly from 0 to 1, not from the normal distribution",
    "Can a weight of your tries ever be negative? Compare your draw with the text.",
)
def uniform_draw(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(num_tries):
        W = scale * rng.random(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@random_search_record.misconception(
    "one try is missing",
    "Count how often your loop runs when num_tries is 1.",
)
def one_try_short(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, np.inf, []
    for _ in range(1, num_tries):
        W = scale * rng.standard_normal(shape)
        loss = loss_fn(W)
        if loss < best_loss:
            best_W, best_loss = W, loss
        history.append(best_loss)
    return best_W, best_loss, history


@random_search_record.variant("the loop of the lecture")
def lecture_loop(loss_fn, shape, num_tries, scale, rng):
    best_W, best_loss, history = None, float("inf"), []
    for _ in range(num_tries):
        W = rng.standard_normal(shape) * scale
        loss = loss_fn(W)
        if loss < best_loss:
            best_loss = loss
            best_W = W
        history.append(best_loss)
    return best_W, best_loss, history


@random_search_record.variant("all draws at once, minimum.accumulate, an array")
def draws_at_once(loss_fn, shape, num_tries, scale, rng):
    Ws = scale * rng.standard_normal((num_tries, *shape))
    losses = np.array([loss_fn(W) for W in Ws])
    best = np.argmin(losses)
    return [Ws[best].copy(), losses[best], np.minimum.accumulate(losses)]


@random_search_record.variant("rng.normal with its scale argument")
def normal_with_scale(loss_fn, shape, num_tries, scale, rng):
    history = []
    best_loss = None
    for _ in range(num_tries):
        W = rng.normal(0.0, scale, size=shape)
        loss = loss_fn(W)
        if best_loss is None or loss <= best_loss:
            best_W, best_loss = W.copy(), loss
        history.append(float(best_loss))
    return best_W, best_loss, history


# The numeric gradient ---------------------------------------------------------------

gradient_record = Exercise(
    "l3_numerical_gradient",
    NOTEBOOK,
    4,
    ("numerical_gradient",),
    title="Numeric gradient, centred",
    size="loss",
)


@gradient_record.reference
def numerical_gradient(f, x, h=1e-5):
    """Entry k is (f(x + h e_k) - f(x - h e_k)) / (2 h), with e_k made for each k."""
    x = np.asarray(x, dtype=float)
    grad = np.zeros(x.shape)
    for k in range(x.size):
        unit = np.zeros(x.size)
        unit[k] = h
        unit = unit.reshape(x.shape)
        grad[np.unravel_index(k, x.shape)] = (f(x + unit) - f(x - unit)) / (2 * h)
    return grad


class _Cubic:
    """The probe ``coupled_cubic`` with its slopes, worked out by hand."""

    def __init__(
        self, rng: np.random.Generator, shape: tuple[int, ...], size: float = 1.0
    ) -> None:
        self.A = np.array(rng.uniform(0.5, 2, size=shape))
        self.B = np.array(rng.uniform(0.5, 1.5, size=shape))
        self.c = size * float(rng.uniform(0.3, 1.0))
        self.x = np.array(size * rng.uniform(0.5, 1.5, size=shape))
        self.x *= rng.choice([-1.0, 1.0], size=shape)
        self.probe = probe_argument("coupled_cubic", A=self.A, B=self.B, c=self.c)

    def centred(self, h: float) -> np.ndarray:
        """Return what the centred difference gives: the slope and A * h**2."""
        x = self.x.astype(float)
        slope = 3 * self.A * x**2 + 2 * self.c * np.sum(self.B * x) * self.B
        return slope + self.A * h**2


def _numeric(student: Student, *args: Any, **kwargs: Any) -> Any:
    """Ask for the gradient; whether x is restored is a check of its own."""
    return student.fetch(student.keep("numerical_gradient", *args, **kwargs))


def _expect_gradient(
    student: Student, got: Any, want: np.ndarray, rtol: float = 1e-6
) -> None:
    scale = float(np.max(np.abs(want)))
    student.expect(got, want, "grad", rtol=rtol, atol=rtol * scale)


@gradient_record.check("the gradient of a function of a vector", 0.8)
def _vector(student: Student, rng: np.random.Generator) -> None:
    for D in (1, 3, 6):
        f = _Cubic(rng, (D,))
        _expect_gradient(student, _numeric(student, f.probe, f.x), f.centred(1e-5))


@gradient_record.check("x as a matrix and as an array of three axes", 0.8)
def _any_shape(student: Student, rng: np.random.Generator) -> None:
    for shape in ((3, 2), (1, 4), (2, 3, 2)):
        f = _Cubic(rng, shape)
        _expect_gradient(student, _numeric(student, f.probe, f.x), f.centred(1e-5))


@gradient_record.check("both sides of x count alike", 0.8)
def _two_sided(student: Student, rng: np.random.Generator) -> None:
    # At a kink the slopes of the two sides cancel, whatever the step.
    a = rng.uniform(-2, 2, size=4)
    kinks = probe_argument("absolute", a=a)
    for h in (1e-5, 1e-3):
        got = student.array(_numeric(student, kinks, a, h), a.shape, "grad")
        one_sided = np.allclose(np.abs(got), 1.0)
        student.require(
            not one_sided, "grad: it is the slope of one side of x alone at a kink"
        )
        student.expect(got, np.zeros(4), "grad at a kink", atol=1e-6)
    f = _Cubic(rng, (3,))
    _expect_gradient(student, _numeric(student, f.probe, f.x), f.centred(1e-5))


def _expect_step(
    student: Student, got: Any, f: _Cubic, h: float, rtol: float = 1e-6
) -> None:
    try:
        _expect_gradient(student, got, f.centred(h), rtol)
    except CheckFailed:
        # Some books go half a step to each side and divide by one step.
        _expect_gradient(student, got, f.centred(h / 2), rtol)


@gradient_record.check("the step h that is asked for", 0.7)
def _step_honoured(student: Student, rng: np.random.Generator) -> None:
    for number, h in enumerate((0.5, 0.1, float(rng.uniform(0.2, 0.9)))):
        f = _Cubic(rng, (2, 2))
        got = (
            _numeric(student, f.probe, f.x, h=h)
            if number
            else _numeric(student, f.probe, f.x, h)
        )
        _expect_step(student, got, f, h)
    # So near to zero that the usual step shows in the result.
    f = _Cubic(rng, (3,), size=1e-3)
    _expect_step(student, _numeric(student, f.probe, f.x), f, 1e-5)


@gradient_record.check("x without axes, and float32", 0.3)
def _scalar_and_single(student: Student, rng: np.random.Generator) -> None:
    f = _Cubic(rng, ())
    _expect_gradient(student, _numeric(student, f.probe, f.x), f.centred(1e-5))
    f = _Cubic(rng, (3,))
    f.x = f.x.astype(np.float32)
    got = _numeric(student, f.probe, f.x, h=0.0625)
    _expect_step(student, got, f, 0.0625, rtol=2e-3)


@gradient_record.check("x is left as it was, to the last digit", 0.6)
def _restored(student: Student, rng: np.random.Generator) -> None:
    # Enough entries that adding and taking off a step cannot restore all by luck.
    f = _Cubic(rng, (8, 6))
    got = student.call("numerical_gradient", f.probe, f.x)
    _expect_gradient(student, got, f.centred(1e-5))


@gradient_record.misconception(
    "the difference is one-sided: from x forward",
    "Your error shrinks like the step, not like its square. On which sides of x does "
    "the formula evaluate f?",
)
def forward_difference(f, x, h=1e-5):
    grad = np.zeros_like(x)
    fx = f(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + h
        grad[place] = (f(x) - fx) / h
        x[place] = old
    return grad


@gradient_record.misconception(
    "the difference is one-sided: from x backward",
    "The formula steps to two places around x. Which one is missing in your code?",
)
def backward_difference(f, x, h=1e-5):
    grad = np.zeros_like(x)
    fx = f(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old - h
        grad[place] = (fx - f(x)) / h
        x[place] = old
    return grad


@gradient_record.misconception(
    "the difference is divided by one step instead of two",
    "How far apart are the two points at which you evaluate f?",
)
def divided_by_one_step(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + h
        up = f(x)
        x[place] = old - h
        down = f(x)
        x[place] = old
        grad[place] = (up - down) / h
    return grad


@gradient_record.misconception(
    "the step is fixed in the code, whatever the argument says",
    "Call your function with a large h and with a small one. "
    "Should both give the same digits?",
)
def step_fixed(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + 1e-5
        up = f(x)
        x[place] = old - 1e-5
        down = f(x)
        x[place] = old
        grad[place] = (up - down) / 2e-5
    return grad


@gradient_record.misconception(
    "all entries are moved at once",
    "A gradient asks what one entry alone does to f. How many entries move in your "
    "f(x + h)?",
)
def all_at_once(f, x, h=1e-5):
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@gradient_record.misconception(
    "an entry that was moved is not put back",
    "Print x before and after one turn of your loop. Where does f look in the next "
    "turn?",
)
def not_put_back(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        x[place] += h
        up = f(x)
        x[place] -= 2 * h
        down = f(x)
        grad[place] = (up - down) / (2 * h)
    return grad


@gradient_record.misconception(
    "x is restored by adding and taking off the step, which rounds",
    "Is a + h - h always equal to a in floating point? Keep the old value instead.",
)
def restored_by_arithmetic(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        x[place] += h
        up = f(x)
        x[place] -= 2 * h
        down = f(x)
        x[place] += h
        grad[place] = (up - down) / (2 * h)
    return grad


@gradient_record.misconception(
    "the loop runs over the first axis only, so whole rows are moved",
    "What is x[i] when x is a matrix: a number or a row?",
)
def rows_moved(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up) - f(down)) / (2 * h)
    return grad


@gradient_record.misconception(
    "the gradient is returned as one long row, not in the shape of x",
    "Which shape does a gradient have, by the convention of the course?",
)
def flat_result(f, x, h=1e-5):
    grad = np.zeros(x.size)
    for k, place in enumerate(np.ndindex(x.shape)):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        grad[k] = (f(up) - f(down)) / (2 * h)
    return grad


@gradient_record.misconception(
    "the two values of f are subtracted the wrong way round",
    "If f grows with x, should its slope be positive or negative?",
)
def subtracted_backwards(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        grad[place] = (f(down) - f(up)) / (2 * h)
    return grad


@gradient_record.misconception(
    "the step is made proportional to each entry of x",
    "How large is your step at a large entry, and at an entry that is zero? Read what "
    "the text says about h.",
)
def relative_step(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        step = h * max(1e-12, abs(x[place]))
        up, down = x.copy(), x.copy()
        up[place] += step
        down[place] -= step
        grad[place] = (f(up) - f(down)) / (2 * step)
    return grad


@gradient_record.misconception(
    "the difference is not divided by the step",
    "A slope is a change of f for each unit of x. Which of the two do you return?",
)
def not_divided(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        grad[place] = f(up) - f(down)
    return grad


@gradient_record.variant("the iterator of the course, with the old value kept")
def course_nditer(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f(x)
        x[ix] = oldval - h
        fxmh = f(x)
        x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        it.iternext()
    return grad


@gradient_record.variant("two copies an entry, ndindex")
def two_copies(f, x, h=1e-5):
    grad = np.empty(x.shape)
    for place in np.ndindex(*x.shape):
        high, low = x.copy(), x.copy()
        high[place] = high[place] + h
        low[place] = low[place] - h
        grad[place] = 0.5 * (f(high) - f(low)) / h
    return grad


@gradient_record.variant("rows of an identity matrix as steps")
def identity_steps(f, x, h=1e-5):
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + step) - f(x - step)) / (2 * h) for step in steps]
    return np.array(slopes).reshape(x.shape)


@gradient_record.variant("a flat copy, reshaped for each call")
def flat_copy(f, x, h=1e-5):
    flat = x.astype(np.float64).flatten()
    grad = np.zeros(flat.size)
    for i in range(flat.size):
        keep = flat[i]
        values = []
        for sign in (1, -1):
            flat[i] = keep + sign * h
            values.append(f(flat.reshape(x.shape)))
        flat[i] = keep
        grad[i] = (values[0] - values[1]) / (2 * h)
    return grad.reshape(x.shape)


@gradient_record.variant("half a step to each side, divided by one step")
def half_steps(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h / 2
        down[place] -= h / 2
        grad[place] = (f(up) - f(down)) / h
    return grad


@gradient_record.variant("x.flat, restored in a finally clause")
def flat_iterator(f, x, h=1e-5):
    grad = np.zeros_like(x, dtype=float)
    for i in range(x.size):
        old = x.flat[i]
        try:
            x.flat[i] = old + h
            up = f(x)
            x.flat[i] = old - h
            down = f(x)
        finally:
            x.flat[i] = old
        grad.flat[i] = (up - down) / (2 * h)
    return grad


# The relative error -----------------------------------------------------------------

relative_error_record = Exercise(
    "l3_relative_error",
    NOTEBOOK,
    2,
    ("relative_error",),
    title="Relative error",
    returns={"relative_error": ("error",)},
)


@relative_error_record.reference
def relative_error(a, b):
    """Take the largest abs(a - b) / max(abs(a), abs(b)); both zero counts as 0."""
    worst = 0.0
    for one, other in zip(np.ravel(a), np.ravel(b), strict=True):
        one, other = float(one), float(other)
        if one != other:
            worst = max(worst, abs(one - other) / max(abs(one), abs(other)))
    return worst


def _near(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Any, Any]:
    """Draw two arrays, one nearly the other, neither always the larger."""
    a = rng.uniform(0.5, 20, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    b = a * (1 + rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.01, 0.3, shape))
    return a, b


@relative_error_record.check("arrays of one and more axes", 0.5)
def _relative_arrays(student: Student, rng: np.random.Generator) -> None:
    for shape in ((6,), (3, 4), (2, 2, 3)):
        student.agrees("relative_error", *_near(rng, shape))


@relative_error_record.check("whichever of the two is larger, one entry", 0.4)
def _relative_sizes(student: Student, rng: np.random.Generator) -> None:
    small, large = sorted(rng.uniform(0.5, 9, size=2))
    for a, b in ((small, large), (large, small), (-small, -large), (-large, -small)):
        student.agrees("relative_error", np.array([a]), np.array([b]))
        student.agrees("relative_error", np.array([a, a]), np.array([a, b]))


@relative_error_record.check("opposite signs, and one of the two is zero", 0.3)
def _relative_signs(student: Student, rng: np.random.Generator) -> None:
    a = rng.uniform(0.5, 3, size=4)
    student.agrees("relative_error", a, -a * rng.uniform(0.5, 2, size=4))
    b = a.copy()
    b[1] = 0
    student.agrees("relative_error", a, b)
    student.agrees("relative_error", b, a)


@relative_error_record.check("entries that are zero in both", 0.4)
def _relative_zeros(student: Student, rng: np.random.Generator) -> None:
    a, b = _near(rng, (5,))
    a[2] = b[2] = 0
    student.agrees("relative_error", a, b)
    student.agrees("relative_error", np.zeros((2, 3)), np.zeros((2, 3)))
    same = rng.standard_normal(4)
    student.agrees("relative_error", same, same.copy())


@relative_error_record.check("very small entries beside large ones", 0.4)
def _relative_small(student: Student, rng: np.random.Generator) -> None:
    a, b = _near(rng, (4,))
    student.agrees("relative_error", 1e-11 * a, 1e-11 * b)
    a, b = np.append(a, 1e-9), np.append(a * (1 + 1e-6), 3e-9)
    student.agrees("relative_error", a, b)
    a, b = _near(rng, (4,))
    student.agrees(
        "relative_error", a.astype(np.float32), b.astype(np.float32), **SINGLE
    )


@relative_error_record.misconception(
    "the sum of the two sizes stands below, instead of the larger one",
    "Take two numbers that differ only in sign: what should the formula of the text "
    "give?",
)
def sum_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.abs(a) + np.abs(b)
    size = np.where(size == 0, 1.0, size)
    return np.max(np.abs(a - b) / size)


@relative_error_record.misconception(
    "the sum of the two sizes stands below, and never less than a small number",
    "This is the form of the course's starter code. Compare its denominator with the "
    "one in the text.",
)
def starter_code(x, y):
    return np.max(np.abs(x - y) / (np.maximum(1e-8, np.abs(x) + np.abs(y))))


@relative_error_record.misconception(
    "the absolute error is returned",
    "Multiply both arrays by the same number: a relative error must not change.",
)
def absolute_error(a, b):
    return np.max(np.abs(np.asarray(a) - np.asarray(b)))


@relative_error_record.misconception(
    "the mean over the entries is taken instead of the largest",
    "One wrong entry among a thousand right ones should show. Does it in yours?",
)
def mean_over_entries(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.maximum(np.abs(a), np.abs(b))
    size = np.where(size == 0, 1.0, size)
    return np.mean(np.abs(a - b) / size)


@relative_error_record.misconception(
    "entries that are zero in both give zero divided by zero",
    "What is your result for two arrays of zeros? They agree, so the error should say "
    "so.",
)
def zero_by_zero(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))


@relative_error_record.misconception(
    "the first argument alone stands below",
    "Exchange the two arguments: should the error change?",
)
def first_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.where(a == 0, 1.0, np.abs(a))
    return np.max(np.abs(a - b) / size)


@relative_error_record.misconception(
    "the larger number stands below, not the larger size",
    "Try two negative numbers. Which of them has the larger absolute value?",
)
def signs_kept_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.maximum(a, b)
    size = np.where((a == 0) & (b == 0), 1.0, size)
    return np.max(np.abs(a - b) / size)


@relative_error_record.misconception(
    "a small number in the denominator hides small entries",
    "Try two arrays whose entries are far below your safety term. "
    "What does the error become?",
)
def floor_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    return np.max(np.abs(a - b) / np.maximum(1e-8, np.maximum(np.abs(a), np.abs(b))))


@relative_error_record.misconception(
    "the error of the whole arrays' norms is taken instead of entry by entry",
    "A small entry that is quite wrong hides beside large ones. "
    "What is compared with what in the text?",
)
def ratio_of_norms(a, b):
    a, b = np.ravel(a), np.ravel(b)
    size = max(np.linalg.norm(a), np.linalg.norm(b))
    return np.linalg.norm(a - b) / size if size > 0 else 0.0


@relative_error_record.misconception(
    "the errors of all entries are returned, not the largest",
    "The result is one number. What is the shape of what you return?",
)
def errors_returned(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(size == 0, 1.0, size)


@relative_error_record.variant("zeros replaced by one below")
def ones_below(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    size = np.maximum(abs(a), abs(b))
    size[size == 0] = 1.0
    return (abs(a - b) / size).max()


@relative_error_record.variant("division only where it is defined")
def divide_where(a, b):
    a, b = np.atleast_1d(a), np.atleast_1d(b)
    size = np.maximum(np.abs(a), np.abs(b))
    error = np.divide(np.abs(a - b), size, out=np.zeros(size.shape), where=size > 0)
    return float(error.max())


@relative_error_record.variant("0 / 0 replaced afterwards")
def nan_replaced(a, b):
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))
    return np.max(np.nan_to_num(error))


@relative_error_record.variant("the smallest positive float as safety term")
def tiny_below(a, b):
    tiny = np.finfo(np.float64).tiny
    return np.max(np.abs(a - b) / np.maximum(tiny, np.maximum(np.abs(a), np.abs(b))))


# Minibatches ------------------------------------------------------------------------

minibatch_record = Exercise(
    "l3_sample_minibatch",
    NOTEBOOK,
    2,
    ("sample_minibatch",),
    title="Minibatch with replacement",
)


@minibatch_record.reference
def sample_minibatch(X, y, batch_size, rng):
    """Draw batch_size row numbers, each from all N; the rows and their labels."""
    rows = [int(rng.integers(len(X))) for _ in range(batch_size)]
    return np.array([X[i] for i in rows]), np.array([y[i] for i in rows])


def _tagged(rng: np.random.Generator, N: int, D: int) -> tuple[Any, Any]:
    """Draw examples whose first feature and label both tell the row number."""
    X = rng.standard_normal((N, D))
    X[:, 0] = rng.permutation(N) + 1.0
    return X, (X[:, 0] * 3).astype(np.int64)


def _batch(
    student: Student, X: Any, y: Any, batch_size: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Ask for one batch and judge its form; any way of drawing is right."""
    got = student.call("sample_minibatch", X, y, batch_size, rng_argument(seed))
    if not isinstance(got, tuple | list) or len(got) != 2:
        raise CheckFailed("expected (X_batch, y_batch)", "type")
    X_batch = student.array(got[0], (batch_size, X.shape[1]), "X_batch")
    return X_batch, student.array(got[1], (batch_size,), "y_batch")


def _rows_of(X_batch: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return the row number in X of each row of the batch; -1 where there is none."""
    same = (X_batch[:, None, :] == X[None, :, :]).all(axis=2)  # (B, N)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1)


def _saw(student: Student, *facts: Any) -> None:
    """Keep facts instead of numbers: they are the same for every stream of draws."""
    student.transcript[:] = [list(facts)]


@minibatch_record.check("rows of X, each with its own label", 0.7)
def _pairs(student: Student, rng: np.random.Generator) -> None:
    for N, D, B in ((20, 3, 8), (9, 1, 5), (50, 4, 1)):
        X, y = _tagged(rng, N, D)
        X_batch, y_batch = _batch(student, X, y, B, _seed(rng))
        rows = _rows_of(X_batch, X)
        student.require(bool((rows >= 0).all()), "X_batch holds rows that X does not")
        right = bool((y[rows] == y_batch).all())
        student.require(right, "the labels are not those of the rows in X_batch")


@minibatch_record.check("with replacement: a row may come twice", 0.5)
def _replaced(student: Student, rng: np.random.Generator) -> None:
    repeats = 0
    for _ in range(12):
        X, y = _tagged(rng, 6, 2)
        rows = _rows_of(_batch(student, X, y, 6, _seed(rng))[0], X)
        repeats += len(np.unique(rows)) < len(rows)
    _saw(student, repeats > 0)
    student.require(repeats > 0, "no row comes twice in a batch, in any of many draws")
    X, y = _tagged(rng, 3, 2)
    _batch(student, X, y, 10, _seed(rng))


@minibatch_record.check("every row is as likely as any other", 0.5)
def _uniform(student: Student, rng: np.random.Generator) -> None:
    N, B = 5, 4000
    X, y = _tagged(rng, N, 2)
    rows = _rows_of(_batch(student, X, y, B, _seed(rng))[0], X)
    share = np.bincount(rows[rows >= 0], minlength=N) / B
    # 8 standard deviations: no right draw of a million fails here.
    fair = np.abs(share - 1 / N) < 8 * np.sqrt((1 / N) * (1 - 1 / N) / B)
    _saw(student, *(fair.tolist()), *(share > 0).tolist())
    student.require(bool((share > 0).all()), "some rows of X are never drawn")
    student.require(bool(fair.all()), "some rows of X are drawn more often than others")


@minibatch_record.check("the draw comes from rng", 0.3)
def _from_rng(student: Student, rng: np.random.Generator) -> None:
    X, y = _tagged(rng, 1000, 2)
    seed = _seed(rng)
    batches = [
        _rows_of(_batch(student, X, y, 20, s)[0], X) for s in (seed, seed, seed + 1)
    ]
    same = bool((batches[0] == batches[1]).all())
    other = bool((batches[0] != batches[2]).any())
    _saw(student, same, other)
    student.require(same, "the same rng gives two different batches")
    student.require(other, "two different rng give the same batch")


@minibatch_record.misconception(
    "the rows are drawn without replacement",
    "Ask for more rows than X has. With replacement, that is possible.",
)
def without_replacement(X, y, batch_size, rng):
    rows = rng.choice(len(X), batch_size, replace=False)
    return X[rows], y[rows]


@minibatch_record.misconception(
    "rows and labels are drawn separately",
    "Does each label in your batch still belong to the row beside it?",
)
def drawn_separately(X, y, batch_size, rng):
    return rng.choice(X, batch_size), rng.choice(y, batch_size)


@minibatch_record.misconception(
    "the first row can never be drawn",
    "Which row numbers are possible in your draw? Python counts from zero.",
)
def first_row_never(X, y, batch_size, rng):
    rows = rng.integers(1, len(X), batch_size)
    return X[rows], y[rows]


@minibatch_record.misconception(
    "the last row can never be drawn",
    "Look up whether the upper end of rng.integers is itself among the draws.",
)
def last_row_never(X, y, batch_size, rng):
    rows = rng.integers(0, len(X) - 1, batch_size)
    return X[rows], y[rows]


@minibatch_record.misconception(
    "the first rows are taken, without a draw",
    "Call your function twice with different seeds: do you see different rows?",
)
def first_rows(X, y, batch_size, rng):
    return X[:batch_size], y[:batch_size]


@minibatch_record.misconception(
    "a generator of its own is made inside the function",
    "Where does the randomness come from when rng is not used? Two different rng "
    "should give two different batches.",
)
def own_generator(X, y, batch_size, rng):
    rng = np.random.default_rng(0)
    rows = rng.integers(len(X), size=batch_size)
    return X[rows], y[rows]


@minibatch_record.misconception(
    "NumPy's global generator is used instead of rng",
    "Start twice from the same seed: a result that cannot be repeated cannot be "
    "debugged.",
)
def global_generator(X, y, batch_size, rng):
    rows = np.random.choice(len(X), batch_size)  # noqa: NPY002
    return X[rows], y[rows]


@minibatch_record.misconception(
    "the row numbers are returned, not the rows",
    "What are the two things that the caller wants to compute a loss with?",
)
def numbers_returned(X, y, batch_size, rng):
    rows = rng.integers(len(X), size=batch_size)
    return rows, y[rows]


@minibatch_record.misconception(
    "one random start and the rows that follow it",
    "Do your rows come in the order of X? Each of them should be drawn by itself.",
)
def rows_in_sequence(X, y, batch_size, rng):
    start = rng.integers(len(X))
    rows = (start + np.arange(batch_size)) % len(X)
    return X[rows], y[rows]


@minibatch_record.variant("rng.choice over the row numbers")
def by_choice(X, y, batch_size, rng):
    rows = rng.choice(X.shape[0], batch_size, replace=True)
    return X[rows], y[rows]


@minibatch_record.variant("rng.integers, np.take")
def by_integers(X, y, batch_size, rng):
    rows = rng.integers(0, len(y), size=batch_size)
    return np.take(X, rows, axis=0), np.take(y, rows)


@minibatch_record.variant("uniform numbers, scaled and cut to integers")
def by_uniform(X, y, batch_size, rng):
    rows = (rng.random(batch_size) * len(X)).astype(int)
    return [X[rows], y[rows]]


@minibatch_record.variant("rng.choice with equal probabilities, sorted")
def by_probabilities(X, y, batch_size, rng):
    rows = rng.choice(np.arange(len(X)), size=batch_size, p=np.ones(len(X)) / len(X))
    rows.sort()
    return X[rows, :], y[rows]


# The learning rate ------------------------------------------------------------------

rate_record = Exercise(
    "l3_learning_rate",
    NOTEBOOK,
    2,
    ("step_decay", "cosine_decay"),
    title="Step and cosine decay",
    returns={"step_decay": ("lr",), "cosine_decay": ("lr",)},
)


@rate_record.reference
def step_decay(lr0, step, drop, every):
    """Multiply lr0 by drop once for each full `every` steps."""
    lr = float(lr0)
    for t in range(1, int(step) + 1):
        if t % every == 0:
            lr *= drop
    return lr


@rate_record.reference
def cosine_decay(lr0, step, total_steps):
    """Go from lr0 to 0 along half a period of the cosine, by the half-angle."""
    return lr0 * np.cos(0.5 * np.pi * step / total_steps) ** 2


@rate_record.check("step decay inside a period and at its ends", 0.6)
def _step_ends(student: Student, rng: np.random.Generator) -> None:
    every = int(rng.integers(7, 15))
    lr0, drop = float(rng.uniform(0.1, 2)), float(rng.uniform(0.2, 0.8))
    for step in (0, 1, every - 1, every, every + 1, 2 * every - 1, 2 * every):
        student.agrees("step_decay", lr0, step, drop, every)


@rate_record.check("step decay after many periods, with other numbers", 0.4)
def _step_late(student: Student, rng: np.random.Generator) -> None:
    for every in (1, 3, 10):
        step = int(rng.integers(4 * every, 9 * every))
        lr0, drop = float(rng.uniform(1e-4, 1e-2)), float(rng.uniform(0.5, 0.95))
        student.agrees("step_decay", lr0, step, drop, every, atol=1e-12)


@rate_record.check("cosine decay at the start, in the middle and at the end", 0.5)
def _cosine_ends(student: Student, rng: np.random.Generator) -> None:
    total = 2 * int(rng.integers(10, 60))
    lr0 = float(rng.uniform(0.1, 2))
    for step in (0, total // 2, total):
        student.agrees("cosine_decay", lr0, step, total)


@rate_record.check("cosine decay in between", 0.5)
def _cosine_between(student: Student, rng: np.random.Generator) -> None:
    total = int(rng.integers(30, 200))
    lr0 = float(rng.uniform(0.1, 2))
    for step in (1, total // 5, total // 3, (3 * total) // 4, total - 1):
        student.agrees("cosine_decay", lr0, step, total)


@rate_record.misconception(
    "the rate drops a little in every step instead of once a period",
    "Draw your rate over the steps: is it a staircase or a smooth curve?",
    of="step_decay",
)
def smooth_exponential(lr0, step, drop, every):
    return lr0 * drop ** (step / every)


@rate_record.misconception(
    "the rate drops one step too early",
    "How many full periods lie behind the steps when step is one less than every?",
    of="step_decay",
)
def dropped_early(lr0, step, drop, every):
    return lr0 * drop ** ((step + 1) // every)


@rate_record.misconception(
    "the rate drops one step too late",
    "What should the rate be at the very step where a period is full?",
    of="step_decay",
)
def dropped_late(lr0, step, drop, every):
    return lr0 * drop ** (max(step - 1, 0) // every)


@rate_record.misconception(
    "the rate drops once and never again",
    "What should happen at twice the period, and at three times?",
    of="step_decay",
)
def dropped_once(lr0, step, drop, every):
    return lr0 * drop if step >= every else lr0


@rate_record.misconception(
    "the rate is divided by drop instead of multiplied",
    "With drop below one, does your rate fall or grow?",
    of="step_decay",
)
def divided_by_drop(lr0, step, drop, every):
    return lr0 / drop ** (step // every)


@rate_record.misconception(
    "the drops are added up instead of multiplied",
    "After many periods, can your rate become negative? Look up what stands in the "
    "exponent.",
    of="step_decay",
)
def drops_added(lr0, step, drop, every):
    return lr0 * (1 - (1 - drop) * (step // every))


@rate_record.misconception(
    "the factor one half is missing",
    "What is your rate at the first step? It should be the one you started with.",
    of="cosine_decay",
)
def half_missing(lr0, step, total_steps):
    return lr0 * (1 + np.cos(np.pi * step / total_steps))


@rate_record.misconception(
    "the cosine is not shifted up, so the rate becomes negative",
    "Can a learning rate be negative? Look at your value at the last step.",
    of="cosine_decay",
)
def cosine_not_shifted(lr0, step, total_steps):
    return lr0 * np.cos(np.pi * step / total_steps)


@rate_record.misconception(
    "a quarter of the cosine's period is used instead of half of it",
    "Draw both: the right curve is flat at its start and at its end.",
    of="cosine_decay",
)
def quarter_period(lr0, step, total_steps):
    return lr0 * np.cos(0.5 * np.pi * step / total_steps)


@rate_record.misconception(
    "a whole period of the cosine is used, so the rate comes back up",
    "What is your rate at the last step: nothing, or the one you started with?",
    of="cosine_decay",
)
def whole_period(lr0, step, total_steps):
    return 0.5 * lr0 * (1 + np.cos(2 * np.pi * step / total_steps))


@rate_record.misconception(
    "the rate falls in a straight line instead of along a cosine",
    "Compare the rate after a quarter of the steps with that of the formula.",
    of="cosine_decay",
)
def straight_line(lr0, step, total_steps):
    return lr0 * (1 - step / total_steps)


@rate_record.misconception(
    "the angle is in degrees",
    "NumPy's cosine takes radians. How large is your angle at the last step?",
    of="cosine_decay",
)
def angle_in_degrees(lr0, step, total_steps):
    return 0.5 * lr0 * (1 + np.cos(180 * step / total_steps))


@rate_record.variant("the formulas of the text")
class formulas_of_the_text:  # noqa: N801 - named like the functions of the record
    def step_decay(lr0, step, drop, every):  # noqa: N805
        return lr0 * drop ** (step // every)

    def cosine_decay(lr0, step, total_steps):  # noqa: N805
        return 0.5 * lr0 * (1 + np.cos(np.pi * step / total_steps))


@rate_record.variant("floor and math", of="step_decay")
def with_floor(lr0, step, drop, every):
    return np.float64(lr0) * np.power(drop, np.floor(step / every))


@rate_record.variant("a sine", of="cosine_decay")
def with_sine(lr0, step, total_steps):
    return lr0 * (1 - np.sin(np.pi / 2 * (step / total_steps)) ** 2)


@rate_record.variant("repeated multiplication", of="step_decay")
def repeated_multiplication(lr0, step, drop, every):
    lr = lr0
    while step >= every:
        lr = lr * drop
        step = step - every
    return lr


# Stochastic gradient descent ----------------------------------------------------------

sgd_record = Exercise(
    "l3_sgd",
    NOTEBOOK,
    4,
    ("sgd",),
    title="Minibatch gradient descent",
    size="loss",
)


@sgd_record.reference
def sgd(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    """Take num_iters steps against the gradient of a minibatch drawn for each."""
    loss_history = []
    for _ in range(num_iters):
        rows = [int(rng.integers(len(X))) for _ in range(batch_size)]
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = np.array(
            [w - learning_rate * d for w, d in zip(W.ravel(), dW.ravel(), strict=True)]
        ).reshape(W.shape)
    return W, loss_history


class _Descent:
    """One run of the student's sgd, seen through a loss that remembers its calls.

    Nothing here depends on how the rows are drawn: the steps are judged by the
    gradients that the student was given.
    """

    def __init__(
        self,
        student: Student,
        rng: np.random.Generator,
        *,
        N: int = 12,
        batch_size: int = 5,
        num_iters: int = 8,
        dtype: Any = np.float64,
        seed: int | None = None,
        data: tuple[Any, Any] | None = None,
    ) -> None:
        C, D = 3, 4
        self.X, self.y = data or (rng.standard_normal((N, D)), rng.integers(C, size=N))
        self.X = self.X.astype(dtype)
        self.W = (0.5 * rng.standard_normal((D, C))).astype(dtype)
        self.learning_rate = float(rng.uniform(0.02, 0.06))
        self.reg = float(rng.uniform(0.1, 0.9))
        self.batch_size, self.num_iters = batch_size, num_iters
        seen = student.make(probe_argument("recorded_squares"))
        result = student.keep(
            "sgd",
            seen,
            self.W,
            self.X,
            self.y,
            self.learning_rate,
            self.reg,
            num_iters,
            batch_size,
            rng_argument(_seed(rng) if seed is None else seed),
        )
        got, calls = student.fetch(result, seen.attr("calls"))
        if not isinstance(got, tuple | list) or len(got) != 2:
            raise CheckFailed("expected (W, loss_history)", "type")
        self.final = student.array(got[0], self.W.shape, "W")
        self.history = got[1]
        self.given = self._of_this_problem(calls)
        self.steps = self._steps()

    def _of_this_problem(self, calls: Sequence[Any]) -> list[dict[str, Any]]:
        """Keep the calls; loss and gradient are computed again, outside."""
        kept = []
        for call in calls:
            W, X, y = (np.asarray(call[k]) for k in ("W", "X", "y"))
            if W.shape != self.W.shape or X.ndim != 2 or len(X) != len(y):
                raise CheckFailed("loss_fn is called with arrays that do not fit")
            rest = X @ W - np.eye(W.shape[1])[y]
            reg = float(call["reg"])
            loss = np.sum(rest**2) / len(X) + reg * np.sum(W**2)
            dW = 2 * X.T @ rest / len(X) + 2 * reg * W
            kept.append({"W": W, "X": X, "y": y, "reg": reg, "loss": loss, "dW": dW})
        return kept

    def _steps(self) -> list[dict[str, Any]]:
        """Return the call before each step: the last one at each new W."""
        last: list[dict[str, Any]] = []
        for call in self.given:
            if last and np.array_equal(last[-1]["W"], call["W"]):
                last[-1] = call
            else:
                last.append(call)
        return last[: self.num_iters]

    def ratios(self) -> list[float]:
        """Each step as a multiple of what was asked; NaN where it goes elsewhere."""
        places = [*(call["W"].astype(float) for call in self.steps), self.final]
        found = []
        for t, call in enumerate(self.steps):
            want = -self.learning_rate * call["dW"].astype(float)
            step = places[t + 1] - places[t]
            ratio = float(np.sum(step * want) / np.sum(want * want))
            off = np.abs(step - ratio * want).max() > 1e-4 * np.abs(want).max()
            found.append(float("nan") if off else round(ratio, 3))
        return found

    def losses(self) -> np.ndarray:
        """Return the loss of the minibatch before each step."""
        return np.array([call["loss"] for call in self.steps])

    def rows(self) -> list[np.ndarray]:
        """Return the row numbers of each batch; -1 for a row that X does not hold."""
        return [_rows_of(call["X"], self.X) for call in self.steps]


def _loss_list(student: Student, history: Any, length: int) -> np.ndarray:
    if isinstance(history, np.ndarray) and history.ndim == 1:
        history = history.tolist()
    listed = isinstance(history, tuple | list) and all(map(is_number, history))
    student.require(listed, "loss_history is not a list of numbers", "type")
    right = len(history) == length
    student.require(right, "loss_history: it does not have one loss a step", "shape")
    return np.array(history, dtype=float)


@sgd_record.check("each step goes against the gradient, learning_rate times it", 1.2)
def _steps_against(student: Student, rng: np.random.Generator) -> None:
    for N, B, num_iters in ((12, 5, 8), (30, 1, 10), (7, 4, 1)):
        run = _Descent(student, rng, N=N, batch_size=B, num_iters=num_iters)
        ratios = run.ratios()
        starts = bool(run.steps) and np.allclose(run.steps[0]["W"], run.W)
        _saw(student, starts, len(run.steps) - num_iters, ratios)
        student.require(starts, "the first step does not start at the W it was given")
        student.require(len(ratios) == num_iters, "there are not num_iters steps")
        student.require(
            bool(np.all(np.isfinite(ratios))),
            "a step is no multiple of the gradient that loss_fn returned",
        )
        student.expect(
            np.array(ratios), np.ones(num_iters), "step", rtol=2e-3, atol=0.0
        )


@sgd_record.check("a new minibatch for every step: rows with their labels", 0.7)
def _new_batches(student: Student, rng: np.random.Generator) -> None:
    N, B = 15, 6
    X, y = _tagged(rng, N, 4)
    X[:, 0] /= N
    run = _Descent(student, rng, batch_size=B, num_iters=9, data=(X, y // 3 % 3))
    rows = run.rows()
    sizes = {len(r) for r in rows}
    known = all((r >= 0).all() for r in rows)
    belong = known and all(
        np.array_equal(run.y[r], call["y"])
        for r, call in zip(rows, run.steps, strict=True)
    )
    anew = len({r.tobytes() for r in rows}) > 1
    _saw(student, sorted(sizes), known, belong, anew)
    student.require(sizes == {B}, "loss_fn is not given batch_size examples")
    student.require(known, "loss_fn is given rows that X does not hold")
    student.require(belong, "the labels are not those of the rows")
    student.require(anew, "every step uses the same minibatch")


@sgd_record.check("the draw: with replacement, every row, from rng", 0.5)
def _fair_draw(student: Student, rng: np.random.Generator) -> None:
    seed = _seed(rng)
    data = rng.standard_normal((5, 4)), rng.integers(3, size=5)
    runs = [
        np.concatenate(
            _Descent(student, rng, batch_size=5, num_iters=40, data=data, seed=s).rows()
        )
        for s in (seed, seed, seed + 1)
    ]
    whole = all(len(r) == 200 for r in runs)
    repeats = whole and any(len(set(b)) < 5 for b in runs[0].reshape(-1, 5).tolist())
    share = np.bincount(runs[0][runs[0] >= 0], minlength=5) / max(len(runs[0]), 1)
    fair = bool((np.abs(share - 0.2) < 0.2).all() and (share > 0).all())
    same = np.array_equal(runs[0], runs[1])
    other = not np.array_equal(runs[0], runs[2])
    _saw(student, whole, repeats, fair, same, other)
    student.require(whole, "there are not num_iters minibatches of batch_size rows")
    student.require(repeats, "no row comes twice in a batch, in any of many draws")
    student.require(fair, "some rows of X are drawn far more often than others")
    student.require(same, "the same rng gives two different runs")
    student.require(other, "two different rng give the same run")
    _Descent(student, rng, N=3, batch_size=8, num_iters=2)


@sgd_record.check("loss_history: the minibatch loss before each step", 0.7)
def _history(student: Student, rng: np.random.Generator) -> None:
    for num_iters in (7, 1):
        run = _Descent(student, rng, num_iters=num_iters)
        want = run.losses()
        try:
            got = _loss_list(student, run.history, num_iters)
        except CheckFailed:
            size = len(run.history) if isinstance(run.history, list | tuple) else -1
            _saw(student, size - num_iters)
            raise
        before = len(want) == num_iters and np.allclose(got, want, rtol=1e-6)
        shifted = np.allclose(got[:-1], want[1:], rtol=1e-6) if num_iters > 1 else False
        after = [
            _squares(w, call["X"], call["y"], call["reg"])
            for w, call in zip(
                [*(c["W"] for c in run.steps[1:]), run.final], run.steps, strict=True
            )
        ]
        late = len(after) == num_iters and np.allclose(got, after, rtol=1e-6)
        size = "B" if np.allclose(got * run.batch_size, want) else ""
        _saw(student, before, shifted, late, size)
        student.require(
            before, "loss_history: it is not the loss of each minibatch before its step"
        )


def _squares(W: np.ndarray, X: np.ndarray, y: np.ndarray, reg: float) -> float:
    rest = X @ W - np.eye(W.shape[1])[y]
    return float(np.sum(rest**2) / len(X) + reg * np.sum(W**2))


@sgd_record.check("reg is handed on", 0.3)
def _reg_passed(student: Student, rng: np.random.Generator) -> None:
    run = _Descent(student, rng)
    ratios = [round(call["reg"] / run.reg, 6) for call in run.steps]
    _saw(student, ratios)
    student.require(bool(ratios), "loss_fn is never called")
    student.require(
        all(r == 1 for r in ratios), "loss_fn is not given the reg that sgd was given"
    )


@sgd_record.check("the W that was handed in is left alone", 0.4)
def _left_alone(student: Student, rng: np.random.Generator) -> None:
    W, X = rng.standard_normal((4, 3)), rng.standard_normal((9, 4))
    y = rng.integers(3, size=9)
    seed = rng_argument(_seed(rng))
    got = student.call(
        "sgd", probe_argument("recorded_squares"), W, X, y, 0.05, 0.1, 6, 4, seed
    )
    moved = (
        isinstance(got, tuple | list)
        and len(got) == 2
        and not np.allclose(student.array(got[0], W.shape, "W"), W)
    )
    _saw(student, moved)
    student.require(moved, "the W that is returned is the one it started with")


@sgd_record.check("float32 and other integer types", 0.2)
def _sgd_types(student: Student, rng: np.random.Generator) -> None:
    for dtype, labels in ((np.float32, np.int32), (np.float64, np.uint8)):
        data = rng.standard_normal((10, 4)), rng.integers(3, size=10).astype(labels)
        run = _Descent(student, rng, dtype=dtype, data=data, num_iters=4)
        ratios = run.ratios()
        _saw(student, len(run.steps), ratios)
        student.require(
            len(ratios) == 4 and bool(np.allclose(ratios, 1, atol=2e-3)),
            "the steps are not those of gradient descent for these number types",
        )


@sgd_record.misconception(
    "the step goes along the gradient, uphill",
    "Watch the loss over the steps: which way does it go? The gradient points to where "
    "the loss grows.",
)
def uphill(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    W, loss_history = W.copy(), []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W += learning_rate * dW
    return W, loss_history


@sgd_record.misconception(
    "the W that was handed in is changed",
    "What does W -= ... do to the array that the caller still holds?",
)
def changes_its_input(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W -= learning_rate * dW
    return W, loss_history


@sgd_record.misconception(
    "all the examples are used in every step",
    "What is batch_size for? Look at what you hand to loss_fn.",
)
def full_batch(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        loss, dW = loss_fn(W, X, y, reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@sgd_record.misconception(
    "one minibatch is drawn before the loop and used in every step",
    "How many different examples does your run ever see? "
    "Look at where the draw stands.",
)
def one_batch_for_all(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    rows = rng.integers(len(X), size=batch_size)
    loss_history = []
    for _ in range(num_iters):
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@sgd_record.misconception(
    "the loss is recorded after the step instead of before it",
    "Which W belongs to the first entry of loss_history: the one handed in, or the one "
    "after a step?",
)
def recorded_after(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        W = W - learning_rate * loss_fn(W, X[rows], y[rows], reg)[1]
        loss_history.append(loss_fn(W, X[rows], y[rows], reg)[0])
    return W, loss_history


@sgd_record.misconception(
    "reg is not handed on to loss_fn",
    "Your function takes reg: follow it through the code. Where is it used?",
)
def reg_lost(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], 0.0)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@sgd_record.misconception(
    "the gradient is divided by the batch size once more",
    "loss_fn returns a mean over its examples. What does your division do to it?",
)
def divided_again(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW / batch_size
    return W, loss_history


@sgd_record.misconception(
    "the learning rate is not used",
    "Run it with two different learning rates: should both end at the same place?",
)
def rate_not_used(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - dW
    return W, loss_history


@sgd_record.misconception(
    "the penalty is taken off the weights a second time",
    "The gradient of loss_fn already holds the slope of the penalty. What does your "
    "extra term add?",
)
def penalty_twice(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * (dW + 2 * reg * W)
    return W, loss_history


@sgd_record.misconception(
    "the step has the same length whatever the gradient",
    "How long is your step where the loss is almost flat? Compare it with the formula.",
)
def gradient_normalised(
    loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng
):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * np.sign(dW)
    return W, loss_history


@sgd_record.misconception(
    "the minibatch is drawn without replacement",
    "Ask for more examples a step than there are. With replacement, that is possible.",
)
def drawn_without_replacement(
    loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng
):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.permutation(len(X))[:batch_size]
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@sgd_record.misconception(
    "examples and labels are drawn separately",
    "Does each label in your minibatch still belong to the row beside it?",
)
def labels_drawn_apart(
    loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng
):
    loss_history = []
    for _ in range(num_iters):
        X_batch = X[rng.integers(len(X), size=batch_size)]
        y_batch = y[rng.integers(len(X), size=batch_size)]
        loss, dW = loss_fn(W, X_batch, y_batch, reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@sgd_record.misconception(
    "the last loss is returned, not the list of them",
    "loss_history has one entry a step. What is the type of what you return?",
)
def last_loss_only(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        W = W - learning_rate * dW
    return W, loss


@sgd_record.misconception(
    "a loss on all the examples is added at the end of the history",
    "Count the entries of loss_history and the steps. Do the numbers agree?",
)
def one_loss_too_many(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = rng.integers(len(X), size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    loss_history.append(loss_fn(W, X, y, reg)[0])
    return W, loss_history


@sgd_record.misconception(
    "NumPy's global generator is used instead of rng",
    "Start twice from the same seed: a run that cannot be repeated cannot be debugged.",
)
def global_draw(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    for _ in range(num_iters):
        rows = np.random.choice(len(X), batch_size)  # noqa: NPY002
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W = W - learning_rate * dW
    return W, loss_history


@sgd_record.variant("a copy first, then changed in place; rng.choice")
def copy_first(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    W = W.copy()
    loss_history = []
    for _ in range(num_iters):
        rows = rng.choice(X.shape[0], batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W -= learning_rate * dW
    return W, loss_history


@sgd_record.variant("uniform numbers cut to integers, the history as an array")
def by_uniform_numbers(
    loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng
):
    loss_history = np.zeros(num_iters)
    for t in range(num_iters):
        rows = (len(X) * rng.random(batch_size)).astype(int)
        loss_history[t], dW = loss_fn(W, X[rows], y[rows], reg)
        W = W - learning_rate * dW
    return W, loss_history


@sgd_record.variant("all draws before the loop")
def draws_before(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    history = []
    for rows in rng.integers(0, len(y), size=(num_iters, batch_size)):
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        history += [float(loss)]
        W = np.subtract(W, np.multiply(learning_rate, dW))
    return [W, history]


def _draw_for_step(X, y, batch_size, rng):
    rows = np.array([rng.choice(len(X)) for _ in range(batch_size)])
    return X[rows], y[rows]


@sgd_record.variant("a helper that draws, keywords, a while loop")
def with_helper(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    loss_history = []
    current = np.array(W)
    while len(loss_history) < num_iters:
        X_batch, y_batch = _draw_for_step(X, y, batch_size, rng)
        loss, dW = loss_fn(W=current, X=X_batch, y=y_batch, reg=reg)
        loss_history.append(loss)
        current = current + (-learning_rate) * dW
    return current, loss_history


@sgd_record.variant("the loss on all the examples looked at on the way")
def watches_full_loss(loss_fn, W, X, y, learning_rate, reg, num_iters, batch_size, rng):
    W = W.copy()
    loss_history, full = [], []
    for t in range(num_iters):
        if t % 5 == 0:
            full.append(loss_fn(W, X, y, reg)[0])
        rows = rng.integers(X.shape[0], size=batch_size)
        loss, dW = loss_fn(W, X[rows], y[rows], reg)
        loss_history.append(loss)
        W -= learning_rate * dW
    return W, loss_history


# Predicting with a linear classifier --------------------------------------------------

classifier_record = Exercise(
    "l3_linear_classifier",
    NOTEBOOK,
    2,
    ("predict", "accuracy"),
    title="Predictions and accuracy of a linear classifier",
    returns={"predict": ("labels",), "accuracy": ("accuracy",)},
)


@classifier_record.reference
def predict(W, X):
    """Return for each row the class of its highest score, the first at a tie."""
    labels = []
    for x in X:
        scores = [float(np.dot(x, W[:, c])) for c in range(W.shape[1])]
        labels.append(scores.index(max(scores)))
    return np.array(labels)


@classifier_record.reference
def accuracy(W, X, y):
    """Return the share of the rows whose prediction is their label."""
    right = sum(
        int(label == true) for label, true in zip(predict(W, X), y, strict=True)
    )
    return right / len(y)


def _classified(rng: np.random.Generator, N: int, D: int, C: int) -> tuple[Any, ...]:
    """Draw W, X and labels of which some are predicted right; no scores tie."""
    while True:
        W, X = rng.standard_normal((D, C)), rng.standard_normal((N, D))
        scores = np.sort(X @ W, axis=1)
        if (scores[:, -1] - scores[:, -2]).min() > 1e-3:
            break
    y = np.where(rng.random(N) < 0.6, np.argmax(X @ W, axis=1), rng.integers(C, size=N))
    return W, X, y


@classifier_record.check("the labels", 0.7)
def _labels(student: Student, rng: np.random.Generator) -> None:
    for N, D, C in ((8, 4, 3), (5, 3, 6), (4, 4, 4)):
        W, X, _ = _classified(rng, N, D, C)
        student.agrees("predict", W, X)


@classifier_record.check(
    "labels of one example, of two classes, scores of any size", 0.4
)
def _label_cases(student: Student, rng: np.random.Generator) -> None:
    for N, C in ((1, 5), (6, 2), (1, 2)):
        W, X, _ = _classified(rng, N, 3, C)
        student.agrees("predict", W, X)
        student.agrees("predict", 1e4 * W, X)
    W, X, _ = _classified(rng, 6, 3, 4)
    # A feature that is always 1 moves all scores of a row below 0.
    X = np.hstack([X, np.ones((6, 1))])
    student.agrees("predict", np.vstack([W, np.full((1, 4), -50.0)]), X)
    student.agrees("predict", W.astype(np.float32), X[:, :3].astype(np.float32))
    # All scores are too large for an exponential, which then takes the first class;
    # that of the first example is the last.
    rising = W[:, np.argsort(X[0, :3] @ W)]
    student.agrees("predict", 1e4 * np.vstack([rising, np.full((1, 4), 50.0)]), X)


@classifier_record.check("the accuracy", 0.6)
def _accuracy(student: Student, rng: np.random.Generator) -> None:
    for N, D, C in ((20, 4, 3), (33, 3, 5)):
        student.agrees("accuracy", *_classified(rng, N, D, C))


@classifier_record.check("accuracy where all, none or one is right", 0.3)
def _accuracy_cases(student: Student, rng: np.random.Generator) -> None:
    W, X, _ = _classified(rng, 7, 4, 3)
    right = np.argmax(X @ W, axis=1)
    student.agrees("accuracy", W, X, right)
    student.agrees("accuracy", W, X, (right + 1) % 3)
    student.agrees("accuracy", W, X[:1], right[:1].astype(np.uint8))


@classifier_record.misconception(
    "the highest score is sought down the columns, over the examples",
    "One label for each example: along which axis of the scores do the classes lie?",
    of="predict",
)
def over_the_examples(W, X):
    return np.argmax(X @ W, axis=0)


@classifier_record.misconception(
    "the highest score is returned, not its class",
    "A label is a class number. What does np.max give, and what its relative?",
    of="predict",
)
def score_returned(W, X):
    return np.max(X @ W, axis=1)


@classifier_record.misconception(
    "the class of the lowest score is taken",
    "Which score should the predicted class have, the highest or the lowest?",
    of="predict",
)
def lowest_score(W, X):
    return np.argmin(X @ W, axis=1)


@classifier_record.misconception(
    "the sign of the scores is dropped before they are compared",
    "Is a score far below zero a vote for a class or against it?",
    of="predict",
)
def size_of_scores(W, X):
    return np.argmax(np.abs(X @ W), axis=1)


@classifier_record.misconception(
    "the scores go through an exponential that overflows",
    "What is the exponential of a large score in floating point? Ask whether labels "
    "need it at all.",
    of="predict",
)
def overflowing_softmax(W, X):
    scores = np.exp(X @ W)
    return np.argmax(scores / scores.sum(axis=1, keepdims=True), axis=1)


@classifier_record.misconception(
    "the accuracy is in percent",
    "Between which two numbers does a share lie?",
    of="accuracy",
)
def in_percent(W, X, y):
    return 100 * np.mean(np.argmax(X @ W, axis=1) == y)


@classifier_record.misconception(
    "the right predictions are counted, not divided by their number",
    "The accuracy of twice the data should be the same. Is it in yours?",
    of="accuracy",
)
def count_returned(W, X, y):
    return int(np.sum(np.argmax(X @ W, axis=1) == y))


@classifier_record.misconception(
    "the share of wrong predictions is returned",
    "What should the accuracy be when every prediction is right?",
    of="accuracy",
)
def error_rate(W, X, y):
    return np.mean(np.argmax(X @ W, axis=1) != y)


@classifier_record.misconception(
    "the comparison of all the examples is returned, not their mean",
    "Accuracy is one number. What is the shape of what you return?",
    of="accuracy",
)
def comparison_returned(W, X, y):
    return np.argmax(X @ W, axis=1) == y


@classifier_record.variant("matmul and a list of labels", of="predict")
def listed(W, X):
    return [int(np.argmax(scores)) for scores in np.matmul(X, W)]


@classifier_record.variant("the transposed product", of="predict")
def transposed_product(W, X):
    return np.argmax(W.T.dot(X.T), axis=0)


@classifier_record.variant("a sum of truth values", of="accuracy")
def summed(W, X, y):
    return float((np.argmax(X.dot(W), axis=1) == y).sum()) / y.size


@classifier_record.variant("one minus the share of errors")
class one_minus_errors:  # noqa: N801 - named like the functions of the record
    def predict(W, X):  # noqa: N805
        return np.argsort(X @ W, axis=1)[:, -1]

    def accuracy(W, X, y):  # noqa: N805
        return 1 - np.count_nonzero(np.argmax(X @ W, axis=1) - y) / len(y)


# Predict, then run --------------------------------------------------------------------

answers_record = Exercise(
    "l3_optimization_predict_then_run",
    NOTEBOOK,
    3,
    ("optimization_answers",),
    title="Predictions about searching, slopes and steps",
    kind="value",
)

answers_record.answers(
    {
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
    },
    labels={
        "slope_first_weight": "the slope of the first weight",
        "slope_third_weight": "the slope of the third weight",
        "slope_along": "the slope in a given direction",
        "steepest_slope": "the slope in the direction of steepest descent",
        "evaluations": "evaluations for one numeric gradient",
        "smaller_h_is_always_better": "whether a smaller h is always more accurate",
        "best_h": "which h is most accurate",
        "small_enough_step_lowers_loss": "whether a small enough step lowers the loss",
        "any_step_lowers_loss": "whether a step of any size lowers the loss",
        "noise_factor": "what four times the batch size does to the noise",
        "sgd_steps_by_the_full_gradient": "whether SGD steps by the full gradient",
        "batch_size_must_be_power_of_two": "whether a batch must be a power of two",
    },
    rtol=1e-6,  # the number of evaluations is wanted exactly
)
answers_record.wrong_answer(
    "the change of the loss, not divided by the step",
    "A slope is a change for each unit of the weight. What is still to be divided by?",
    slope_first_weight=-0.00025,
)
answers_record.wrong_answer(
    "the sign of the slope is lost",
    "Does the loss rise or fall when the first weight grows?",
    slope_first_weight=2.5,
)
answers_record.wrong_answer(
    "the largest rise is given, not the steepest descent",
    "Steepest descent goes against the gradient. Which sign does the slope have there?",
    steepest_slope=5,
)
answers_record.wrong_answer(
    "the slopes are added up instead of the length of the gradient being taken",
    "How long is a vector with these two entries? Pythagoras knows.",
    steepest_slope=-7,
)
answers_record.wrong_answer(
    "the products are added without their signs",
    "Write the dot product out, with the sign of each term.",
    slope_along=5.0,
)
answers_record.wrong_answer(
    "one evaluation too few: the loss at W itself",
    "Each bumped loss is compared with something. How often is that evaluated?",
    evaluations=30730,
)
answers_record.wrong_answer(
    "two evaluations for each weight, as in the centred difference",
    "The question asks for the one-sided difference. How many evaluations can its "
    "entries share?",
    evaluations=61460,
)
answers_record.wrong_answer(
    "a smaller h is taken to be always better",
    "Mathematics takes the limit; a computer rounds. Look at the left arm of the V.",
    smaller_h_is_always_better=True,
    best_h="1e-12",
)
answers_record.wrong_answer(
    "the step of the hand calculation is taken for the most accurate one",
    "Both errors of the V count, truncation and rounding. Where do they balance?",
    best_h="1e-2",
)
answers_record.wrong_answer(
    "a step against the gradient is taken to lower the loss at any size",
    "The slope holds at the point where you stand. How far does it hold?",
    any_step_lowers_loss=True,
)
answers_record.wrong_answer(
    "four times the batch is taken to give a quarter of the noise",
    "The variance of a mean falls like the number of terms. What of its root?",
    noise_factor=0.25,
)
answers_record.wrong_answer(
    "the minibatch gradient is taken for the full one",
    "Draw two minibatches at the same W: do you get the same gradient?",
    sgd_steps_by_the_full_gradient=True,
)
answers_record.wrong_answer(
    "a habit of hardware is taken for a rule",
    "Does any line of the algorithm ask what kind of number the batch size is?",
    batch_size_must_be_power_of_two=True,
)
answers_record.right_answer(
    "whole numbers as floats",
    slope_third_weight=0.0,
    steepest_slope=-5.0,
    evaluations=30731.0,
)
answers_record.right_answer(
    "a slope with the rounding of the machine", slope_first_weight=-2.4999999
)
