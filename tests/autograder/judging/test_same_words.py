"""Visible and hidden checks say the same of the same mistake."""

import numpy as np
import pytest

from autograder.course.exercises import get
from autograder.exercise.backend import LocalBackend
from autograder.exercise.record import Exercise
from autograder.judging.decide import decide
from autograder.judging.explain import explain, lines
from cs231n_lib import checks

W = np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]])
X = np.array([[2.0, -1.0], [0.5, 4.0]])


def right(W, X):
    return float((X @ W).sum()), X.T @ np.ones((2, 3))


def prints(W, X):
    print(right(W, X))


def writes(W, X):
    loss, dW = right(W, X)
    W *= 2
    return loss, dW


def loops(W, X):
    return sum(float(x @ w) for x in X for w in W.T), right(W, X)[1]


def spoiled(spoil):
    def linear(W, X):
        return spoil(*right(W, X))

    return linear


WRONG = {
    "sign": spoiled(lambda loss, dW: (-loss, dW)),
    "ratio": spoiled(lambda loss, dW: (loss / 3, dW)),
    "too large": spoiled(lambda loss, dW: (loss + 0.3, dW)),
    "not finite": spoiled(lambda loss, dW: (loss * np.inf, dW)),
    "string": spoiled(lambda loss, dW: (str(loss), dW)),
    "loss in an array": spoiled(lambda loss, dW: (np.array([loss]), dW)),
    "one value": spoiled(lambda loss, dW: loss),
    "three values": spoiled(lambda loss, dW: (loss, dW, dW)),
    "no gradient": spoiled(lambda loss, dW: (loss, None)),
    "transposed": spoiled(lambda loss, dW: (loss, dW.T)),
    "another shape": spoiled(lambda loss, dW: (loss, dW[0])),
    "zeros": spoiled(lambda loss, dW: (loss, 0 * dW)),
    "all the same": spoiled(lambda loss, dW: (loss, 0 * dW + 2)),
    "a gradient of nan": spoiled(lambda loss, dW: (loss, dW * np.nan)),
    "twice the gradient": spoiled(lambda loss, dW: (loss, 2 * dW)),
    "an offset": spoiled(lambda loss, dW: (loss, dW + 0.3)),
    "one entry": spoiled(lambda loss, dW: (loss, dW + np.eye(2, 3))),
    "inputs": writes,
}


@pytest.fixture
def exercise():
    made = Exercise(
        "l0_linear",
        "lecture0/01_x",
        1,
        ("linear",),
        returns={"linear": ("loss", "dW")},
    )
    made.reference_names["linear"] = right

    @made.check("the case", 1)
    def _case(student, rng):
        student.agrees("linear", W, X)

    return made


def visible(answer):
    answer.__name__ = "linear"
    with pytest.raises(checks.CheckFailed) as caught:
        with checks.exercise("l0_linear") as check:
            check.call(answer, W, X, expect=right(W, X), parts=("loss", "dW"))
    first, *rest = str(caught.value).splitlines()
    return first.removeprefix("l0_linear: "), rest


def hidden(exercise, answer):
    backend = LocalBackend({"linear": answer})
    verdict = explain(exercise, *decide(exercise, backend, b"s"), b"s")
    first, *rest = lines(verdict)
    return first.removeprefix("the case: ").removesuffix("."), rest


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG)
def test_the_same_mistake_is_told_in_the_same_words(exercise, answer):
    shown, advice = visible(answer)
    told, same = hidden(exercise, answer)
    # The visible check names the argument and shows the lecture's numbers.
    told = told.replace("one of its arguments", "its argument W")
    assert shown.startswith(told.removesuffix("?"))
    assert shown.removeprefix(told)[:6] in ("", " (got ")
    assert [line for line in advice if "exactly" not in line] == same


def test_a_loop_is_told_in_the_same_words(exercise):
    few = np.ones((4, 3)), np.ones((2, 4))
    more = np.ones((4, 60)), np.ones((2, 4))

    @exercise.check("loops", 1)
    def _loops(student, rng):
        student.without_loops("linear", few, columns=more)

    backend = LocalBackend({"linear": loops}, {"linear": "its source"})
    verdict, _ = decide(exercise, backend, b"s")
    with pytest.raises(checks.CheckFailed) as caught:
        checks.exercise("l0_loops").no_loops(loops, few, columns=more)
    shown = str(caught.value)
    assert "loops: there is a loop over the columns: `return sum(float(" in shown
    assert verdict.checks[-1].reason == (
        "linear: there is a loop over the columns; this exercise wants none"
    )
    assert lines(verdict)[-1] == shown.splitlines()[-1]


@pytest.mark.slow
def test_another_penalty_that_the_bank_does_not_know_is_told():
    exercise = get("l3_svm_loss_vectorized")
    reference = exercise.reference_names["svm_loss_vectorized"]

    def svm_loss_vectorized(W, X, y, reg):
        loss, dW = reference(W, X, y, reg)
        return loss + reg * np.sum(W * W) / 4, dW + reg * W / 2

    backend = LocalBackend({"svm_loss_vectorized": svm_loss_vectorized})
    verdict = explain(exercise, *decide(exercise, backend, b"s"), b"s")
    assert verdict.misconceptions == []
    reasons = {check.reason for check in verdict.checks if check.kind == "value"}
    phrase = "is right but for the regularization term"
    assert {f"loss: {phrase}", f"dW: {phrase}"} <= reasons
