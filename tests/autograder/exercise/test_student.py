import sys

import numpy as np
import pytest

from autograder.course import exercises
from autograder.exercise.backend import LocalBackend
from autograder.exercise.failure import CheckFailed
from autograder.exercise.question import name_argument, probe_argument, rng_argument
from autograder.exercise.student import Student
from autograder.judging.decide import decide
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.inside.wire import Opaque
from autograder.verdict import Status
from cs231n_lib.penalty import BUT_FOR_PENALTY


def student(returns=None, reference=None, sources=None, **names):
    return Student(LocalBackend(names, sources), reference, returns)


class Forged:
    """Answers with whatever reply it was given."""

    def __init__(self, reply):
        self.reply = reply

    def run(self, steps):
        return self.reply

    def source(self, name):
        return None


# Asking ---------------------------------------------------------------------------


def test_a_call_returns_plain_values_and_is_written_down():
    asked = student(f=lambda x: (x.sum(), [x]))
    total, (same,) = asked.call("f", np.ones(3))
    assert total == 3
    np.testing.assert_array_equal(same, np.ones(3))
    assert len(asked.transcript) == 1


def in_place(x):
    x *= 2
    return x


def in_dict(params):
    params["W"] += 1


def replaced(params):
    params["W"] = params["W"] + 1


def removed(params):
    del params["W"]


def by_keyword(*, x):
    x[0] = 7.0


@pytest.mark.parametrize(
    ("function", "args", "kwargs"),
    [
        (in_place, (np.ones(3),), {}),
        (in_dict, ({"W": np.ones(3)},), {}),
        (replaced, ({"W": np.ones(3)},), {}),
        (removed, ({"W": np.ones(3)},), {}),
        (by_keyword, (), {"x": np.ones(3)}),
    ],
    ids=lambda v: getattr(v, "__name__", ""),
)
def test_changed_inputs_are_refused(function, args, kwargs):
    with pytest.raises(CheckFailed, match="work on a copy") as failed:
        student(f=function).call("f", *args, **kwargs)
    assert failed.value.kind == "inputs"


def test_the_inputs_of_the_grader_stay_as_they_are():
    x = np.ones(3)
    with pytest.raises(CheckFailed):
        student(f=in_place).call("f", x)
    np.testing.assert_array_equal(x, np.ones(3))


def test_what_a_check_does_with_a_wanted_value_is_not_remembered():
    asked = student(reference={"f": lambda x: {"dW": [2 * x]}})
    for _ in range(2):
        wanted = asked.wanted("f", np.ones(3))
        np.testing.assert_array_equal(wanted["dW"][0], np.full(3, 2.0))
        wanted["dW"][0] *= 0
        wanted["dW"].append(None)


def test_unchanged_inputs_with_nan_pass():
    asked = student(f=lambda x, y: None)
    assert asked.call("f", np.array([np.nan]), np.array([1, 2], np.uint8)) is None


def test_an_argument_that_stayed_inside_is_no_input_of_the_grader():
    asked = student(make=lambda: np.ones(2), f=in_place)
    kept = asked.keep("make")
    np.testing.assert_array_equal(asked.call("f", kept), [2.0, 2.0])


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (NotImplementedError("l0"), "unanswered", "not filled in"),
        (ValueError("secret 1.5"), "error", "it stops with a ValueError"),
        (IndexError(), "error", "it stops with an IndexError"),
        (SystemExit(), "error", "SystemExit"),
        (type("Mine", (KeyError,), {})(), "error", "a KeyError"),
    ],
)
def test_errors_have_kinds_and_hide_their_message(error, kind, words):
    def f():
        raise error

    with pytest.raises(CheckFailed, match=words) as failed:
        student(f=f).call("f")
    assert failed.value.kind == kind
    assert "secret" not in failed.value.reason


def test_an_undefined_name_is_named():
    with pytest.raises(CheckFailed, match="the name f is not defined"):
        student().call("f")


@pytest.mark.parametrize(
    "error",
    [
        {"type": "<b>x</b>", "name": "", "where": []},
        {"type": 3, "name": 4, "where": None},
        {"type": "NameError", "name": "no name\nat all", "line": "7"},
        {"type": "NotImplementedErrors" * 50},
    ],
)
def test_forged_errors_are_a_failed_check(error):
    with pytest.raises(CheckFailed) as failed:
        Student(Forged({"value": [], "error": error})).call("f")
    assert "\n" not in failed.value.reason
    assert "<" not in failed.value.reason


def test_a_reply_that_leaves_out_the_inputs_is_refused():
    with pytest.raises(CheckFailed, match="copy"):
        Student(Forged({"value": [1.0]})).call("f", np.ones(2))
    with pytest.raises(CheckFailed, match="copy"):
        Student(Forged({"value": [1.0], "after": 5})).call("f", np.ones(2))


def test_an_answer_does_not_change_after_it_was_given():
    state = np.zeros(2)

    def f():
        state[0] += 1
        return state

    asked = student(f=f)
    first = asked.call("f")
    asked.call("f")
    np.testing.assert_array_equal(first, [1.0, 0.0])
    np.testing.assert_array_equal(asked.transcript[0][0], [1.0, 0.0])


def test_what_is_printed_is_dropped(capsys):
    student(f=lambda: print("loud")).call("f")
    assert capsys.readouterr().out == ""


# References -----------------------------------------------------------------------


class Counter:
    def __init__(self, start):
        self.count = start

    def add(self, n):
        self.count += n
        return self.count


def test_objects_stay_where_they_are_and_answer_questions():
    asked = student(Counter=Counter)
    counter = asked.keep("Counter", 2)
    seen = counter.method("add", 3)
    assert asked.fetch(seen, counter.attr("count")) == (5, 5)
    assert asked.fetch(counter) == Opaque("Counter")


@pytest.mark.parametrize(
    ("make", "want"),
    [
        (lambda a: a + 1, 5),
        (lambda a: 1 + a, 5),
        (lambda a: a - 1, 3),
        (lambda a: 1 - a, -3),
        (lambda a: a * a, 16),
        (lambda a: 2 * a, 8),
        (lambda a: a / 2, 2),
        (lambda a: 2 / a, 0.5),
        (lambda a: a**2, 16),
        (lambda a: -a, -4),
    ],
)
def test_operators_of_references(make, want):
    asked = student(four=4)
    assert asked.fetch(make(asked.name("four"))) == want


def test_items_of_what_stayed_inside():
    asked = student(f=lambda: (1, {"k": 2.5}))
    assert asked.fetch(asked.keep("f")[1]["k"]) == 2.5


def bowl(A, b):
    return lambda x: float((A * x**2 + b * x).sum())


@pytest.mark.parametrize("maker", [lambda: abs, "quadratic", bowl.__call__])
def test_a_probe_is_made_by_a_function_of_a_module(maker):
    with pytest.raises(ValueError, match="made by a function of a module, got"):
        probe_argument(maker)


def test_generators_probes_and_names_are_made_inside():
    asked = student(
        draw=lambda rng: rng.standard_normal(3),
        apply=lambda f, x: f(x),
        twice=lambda x: 2 * x,
    )
    again = np.random.default_rng(5).standard_normal(3)
    np.testing.assert_array_equal(asked.call("draw", rng_argument(5)), again)
    A, b = np.ones(2), np.zeros(2)
    quadratic = probe_argument(bowl, A=A, b=b)
    assert asked.call("apply", quadratic, np.array([1.0, 2.0])) == 5
    assert asked.call("apply", name_argument("twice"), 4) == 8
    assert asked.fetch(asked.make(rng_argument(1))) == Opaque("Generator")
    assert asked.value("twice") == Opaque("function")


# Judging --------------------------------------------------------------------------


def loss(x):
    return float(x.sum()), 2 * x


def test_agreement_with_the_reference():
    asked = student({"f": ("loss", "dW")}, {"f": loss}, f=loss)
    asked.agrees("f", np.ones(3))
    asked.agrees("f", np.ones(3), only="dW")
    np.testing.assert_array_equal(asked.transcript[1][0], 2 * np.ones(3))


def test_only_one_part_is_judged_but_all_must_be_there():
    wrong = student({"f": ("loss", "dW")}, {"f": loss}, f=lambda x: (0.0, 2 * x))
    wrong.agrees("f", np.ones(3), only="dW")
    with pytest.raises(CheckFailed, match="loss"):
        wrong.agrees("f", np.ones(3), only="loss")
    alone = student({"f": ("loss", "dW")}, {"f": loss}, f=lambda x: 2 * x)
    with pytest.raises(CheckFailed, match="expected"):
        alone.agrees("f", np.ones(4), only="dW")


def test_a_reference_that_fails_is_an_error_of_the_course():
    asked = student(reference={"f": lambda: 1 / 0}, f=lambda: 1)
    with pytest.raises(RuntimeError, match="the reference of f failed"):
        asked.agrees("f")


def test_the_reference_is_asked_once_where_answers_are_kept():
    calls = []

    def counted(x):
        calls.append(x)
        return 2 * x

    memory = {}
    for _ in range(2):
        asked = Student(LocalBackend({"f": counted}), {"f": counted}, memory=memory)
        asked.agrees("f", 3.0)
        asked.agrees("f", 4.0)
    assert len(calls) == 4 + 2  # four as the student, two as the reference


@pytest.mark.parametrize("value", ["1", None, True, [1.0], np.ones(1), 1j, Opaque("x")])
def test_what_is_no_number(value):
    with pytest.raises(CheckFailed, match="expected a number"):
        student().number(value, "loss")


def test_numbers():
    asked = student()
    assert asked.number(np.array(2.5), "loss") == 2.5
    assert asked.number(3, "loss") == 3
    with pytest.raises(CheckFailed, match="not finite"):
        asked.number(float("nan"), "loss")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ([1.0, 2.0], "type"),
        (np.array(["a", "b"]), "type"),
        (np.ones(3), "shape"),
        (np.array([1.0, np.inf]), "finite"),
    ],
)
def test_what_is_no_array_of_this_shape(value, kind):
    with pytest.raises(CheckFailed) as failed:
        student().array(value, (2,), "x")
    assert failed.value.kind == kind


def test_a_loop_is_refused_where_it_is_forbidden():
    def f(x, weights):
        return [v * sum(weights) for v in x]

    few, rows, columns = (np.ones(3), [1]), (np.ones(60), [1]), (np.ones(3), [1] * 60)
    asked = student(sources={"f": "as written by a student"}, f=f)
    with pytest.raises(CheckFailed, match="f: there is a loop over the rows") as failed:
        asked.without_loops("f", few, columns=columns, rows=rows)
    assert failed.value.kind == "loops"
    assert asked.transcript == [("loop", True)]
    asked.without_loops("f", few, columns=columns)
    assert asked.transcript[1:] == [("loop", False)]


def test_the_reference_may_loop():
    student(f=lambda x: [v for v in x]).without_loops("f", [[1]], rows=[[1] * 60])


def test_who_stops_the_counting_has_something_to_hide():
    def f(x):
        sys.settrace(None)
        return [v for v in x]

    asked = student(sources={"f": ""}, f=f)
    with pytest.raises(CheckFailed, match="a loop over the rows"):
        asked.without_loops("f", [[1]], rows=[[1] * 60])


def test_a_process_that_is_gone_is_no_failed_check():
    class Gone:
        def run(self, steps):
            raise BackendGone(Status.TIMEOUT)

    with pytest.raises(BackendGone):
        Student(Gone()).call("f")


@pytest.mark.parametrize(
    ("exercise_id", "mistake", "part"),
    [
        ("l3_svm_loss_naive", "loss_without_regularization", "loss"),
        ("l3_svm_loss_vectorized", "gradient_without_regularization", "dW"),
        ("l3_softmax_loss_naive", "half_regularization", "loss"),
        ("l3_softmax_loss_vectorized", "regularization_gradient_halved", "dW"),
        ("l4_two_layer_loss", "half_the_penalty", "loss"),
        ("l4_two_layer_loss", "gradients_without_reg", "grads['W1']"),
    ],
)
def test_what_is_off_by_the_regularization_alone_is_named(exercise_id, mistake, part):
    exercise = exercises.get(exercise_id)
    verdict, _ = decide(exercise, exercise.local(exercise.known(mistake)), b"term")
    assert f"{part}: {BUT_FOR_PENALTY}" in {check.reason for check in verdict.checks}


@pytest.mark.parametrize("exercise_id", ["l3_svm_loss_naive", "l4_two_layer_loss"])
def test_another_difference_is_not_taken_for_it(exercise_id):
    exercise = exercises.get(exercise_id)
    known = exercise.local(exercise.known("sum_for_mean"))
    verdict, _ = decide(exercise, known, b"term")
    assert verdict.score < exercise.points
    assert not any(BUT_FOR_PENALTY in check.reason for check in verdict.checks)
