"""Numeric gradient, centred: reference and hidden checks."""

from typing import Any

import numpy as np

from autograder.exercise import CheckFailed, Exercise, Student, check, probe_argument

from ....probes import absolute, coupled_cubic

EXERCISE = Exercise(
    points=4,
    names=("numerical_gradient",),
    title="Numeric gradient, centred",
    size="loss",
)


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
        self.probe = probe_argument(coupled_cubic, A=self.A, B=self.B, c=self.c)

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


@check("the gradient of a function of a vector", 0.8)
def vector(student: Student, rng: np.random.Generator) -> None:
    for D in (1, 3, 6):
        f = _Cubic(rng, (D,))
        _expect_gradient(student, _numeric(student, f.probe, f.x), f.centred(1e-5))


@check("x as a matrix and as an array of three axes", 0.8)
def any_shape(student: Student, rng: np.random.Generator) -> None:
    for shape in ((3, 2), (1, 4), (2, 3, 2)):
        f = _Cubic(rng, shape)
        _expect_gradient(student, _numeric(student, f.probe, f.x), f.centred(1e-5))


@check("both sides of x count alike", 0.8)
def two_sided(student: Student, rng: np.random.Generator) -> None:
    # At a kink the slopes of the two sides cancel, whatever the step.
    a = rng.uniform(-2, 2, size=4)
    kinks = probe_argument(absolute, a=a)
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


@check("the step h that is asked for", 0.7)
def step_honoured(student: Student, rng: np.random.Generator) -> None:
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


@check("x without axes, and float32", 0.3)
def scalar_and_single(student: Student, rng: np.random.Generator) -> None:
    f = _Cubic(rng, ())
    _expect_gradient(student, _numeric(student, f.probe, f.x), f.centred(1e-5))
    f = _Cubic(rng, (3,))
    f.x = f.x.astype(np.float32)
    got = _numeric(student, f.probe, f.x, h=0.0625)
    _expect_step(student, got, f, 0.0625, rtol=2e-3)


@check("x is left as it was, to the last digit", 0.6, inputs=True)
def restored(student: Student, rng: np.random.Generator) -> None:
    # Enough entries that adding and taking off a step cannot restore all by luck.
    f = _Cubic(rng, (8, 6))
    got = student.call("numerical_gradient", f.probe, f.x)
    _expect_gradient(student, got, f.centred(1e-5))
