"""Mean gradient of each layer of a deep net: reference and hidden checks."""

import math

import numpy as np

from autograder.exercise import Exercise, Student, check, probe_argument, rng_argument

from ....probes import leaning_tanh, leaning_tanh_slope

EXERCISE = Exercise(
    points=4,
    names=("gradient_flow",),
    title="Mean gradient of each layer of a deep net",
    size="loss",
    returns={"gradient_flow": ("flow",)},
)


def gradient_flow(activation, d_activation, depth, width, scale, rng):
    """Follow single entries forward and back, with sums written out."""
    h = rng.standard_normal((64, width))
    weights, slopes = [], []
    for _ in range(depth):
        W = scale * rng.standard_normal((width, width))
        z = np.array([[math.fsum(row * column) for column in W.T] for row in h])
        h = np.asarray(activation(z), dtype=float)
        weights.append(W)
        slopes.append(np.asarray(d_activation(z), dtype=float))
    found = [0.0] * depth
    dh = np.ones(h.shape)
    for k in range(depth - 1, -1, -1):
        dz = dh * slopes[k]
        found[k] = math.fsum(np.abs(dz).reshape(-1)) / dz.size
        dh = np.array([[math.fsum(row * line) for line in weights[k]] for row in dz])
    return np.array(found)


def _flow(
    student: Student,
    rng: np.random.Generator,
    depth: int,
    width: int,
    scale: float,
    lean: float = 0.2,
) -> None:
    given = {"a": float(rng.uniform(0.5, 1.5)), "b": lean}
    student.agrees(
        "gradient_flow",
        probe_argument(leaning_tanh, **given),
        probe_argument(leaning_tanh_slope, **given),
        depth,
        width,
        scale,
        rng_argument(int(rng.integers(2**31))),
    )


@check("one layer", 0.5)
def flow_one(student: Student, rng: np.random.Generator) -> None:
    for width in (5, 3):
        _flow(student, rng, 1, width, float(rng.uniform(0.4, 0.8)))


@check("two layers", 0.8)
def flow_two(student: Student, rng: np.random.Generator) -> None:
    for width in (4, 6):
        _flow(student, rng, 2, width, float(rng.uniform(0.4, 0.8)))


@check("several layers", 1.1)
def flow_many(student: Student, rng: np.random.Generator) -> None:
    for depth, width in ((5, 4), (4, 6)):
        _flow(student, rng, depth, width, float(rng.uniform(0.3, 0.7)))


@check("small and large scales", 0.6)
def flow_scales(student: Student, rng: np.random.Generator) -> None:
    for scale in (0.05, 1.3):
        _flow(student, rng, 4, 5, scale)


@check("a width of one, slopes of both signs", 0.3)
def flow_narrow(student: Student, rng: np.random.Generator) -> None:
    _flow(student, rng, 3, 1, 0.8)
    _flow(student, rng, 3, 4, 0.6, lean=-0.4)


@check("layers whose activation is the identity", 0.4)
def flow_linear(student: Student, rng: np.random.Generator) -> None:
    student.agrees(
        "gradient_flow",
        probe_argument(leaning_tanh, a=0.0, b=1.0),
        probe_argument(leaning_tanh_slope, a=0.0, b=1.0),
        4,
        5,
        float(rng.uniform(0.3, 0.6)),
        rng_argument(int(rng.integers(2**31))),
    )


@check("all random numbers from rng", 0.3)
def flow_rng(student: Student, rng: np.random.Generator) -> None:
    seed = int(rng.integers(2**31))
    probes = [
        probe_argument(make, a=1.0, b=0.2)
        for make in (leaning_tanh, leaning_tanh_slope)
    ]
    one, again, other = (
        np.asarray(
            student.call("gradient_flow", *probes, 3, 4, 0.5, rng_argument(number)),
            dtype=float,
        )
        for number in (seed, seed, seed + 1)
    )
    same, differ = np.array_equal(one, again), not np.array_equal(one, other)
    student.transcript[:] = [("flows", same, differ)]
    student.require(
        same, "two calls with equal generators differ: not all is drawn from rng"
    )
    student.require(differ, "the generator that is passed in makes no difference")
