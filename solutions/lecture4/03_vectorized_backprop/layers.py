"""Ask a layer by reference: a cache may be any object, and stays where it is."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from answer_checks.advice import changes
from autograder.exercise import Check, CheckFailed, Ref, Student, check

Draw = Callable[[np.random.Generator], tuple[Sequence[Any], Any]]


# Layers are asked by reference: a cache may be any object, and it stays where it is.
def hold(student: Student, value: Any) -> Ref:
    """Leave a copy of `value` on the other side, to be passed and looked at again."""
    return student.later({"do": "op", "name": "same"}, (value,))


def require_untouched(
    student: Student, name: str, before: Sequence[Any], after: Any
) -> None:
    if not student.guards_inputs:
        return
    for one, other in zip(before, after, strict=True):
        if not np.array_equal(one, other):
            student.transcript.append("inputs changed")
            raise CheckFailed(changes(name), "inputs")


def ask_forward(student: Student, name: str, *inputs: Any) -> Any:
    """Run a forward function and return its output; its inputs must stay."""
    held = [hold(student, value) for value in inputs]
    result = student.keep(name, *held)
    out, *after = student.fetch(result[0], *held)
    student.transcript[-1] = [out]
    require_untouched(student, name, inputs, after)
    return out


def ask_backward(student: Student, layer: str, inputs: Sequence[Any], dout: Any) -> Any:
    """Run forward and backward of a layer and return the gradients."""
    held = [hold(student, value) for value in inputs]
    result = student.keep(f"{layer}_forward", *held)
    upstream = hold(student, dout)
    kept = student.keep(f"{layer}_backward", upstream, result[1])
    gradients, *after = student.fetch(kept, *held, upstream)
    student.transcript[-1] = [gradients]
    require_untouched(student, f"{layer}_backward", [*inputs, dout], after)
    return gradients


def check_inputs_of(layer: str, inputs: Draw, points: float) -> Check:
    """Return the check that a layer leaves its inputs and `dout` as they were.

    Parameters
    ----------
    layer : str
        The name before ``_forward`` and ``_backward``.
    inputs : callable
        ``inputs(rng)`` draws the inputs of the layer and an upstream gradient.
    points : float
        What it is worth.
    """

    @check("the inputs and dout stay as they were", points, inputs=True)
    def untouched(student: Student, rng: np.random.Generator) -> None:
        given, dout = inputs(rng)
        out = ask_forward(student, f"{layer}_forward", *given)
        forward = student.reference[f"{layer}_forward"]
        want, cache = forward(*given)
        student.expect(out, want, "out")
        got = ask_backward(student, layer, given, dout)
        backward = student.reference[f"{layer}_backward"]
        student.expect(got, backward(dout, cache), f"{layer}_backward")

    return untouched


def one_part(student: Student, got: Any, names: Sequence[str], name: str) -> Any:
    """Take one gradient out of several; the others are not this check's matter."""
    if not isinstance(got, tuple | list) or len(got) != len(names):
        raise CheckFailed(f"backward does not return ({', '.join(names)})", "type")
    student.transcript[-1] = [got[list(names).index(name)]]
    return got[list(names).index(name)]


def two_passes(
    student: Student, layer: str, inputs: Sequence[Sequence[Any]], douts: Sequence[Any]
) -> tuple[Any, ...]:
    """Run two forward passes, then their backward passes."""
    caches = [student.keep(f"{layer}_forward", *given)[1] for given in inputs]
    return student.fetch(
        *(student.keep(f"{layer}_backward", douts[i], caches[i]) for i in (0, 1))
    )
