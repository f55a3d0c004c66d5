import numpy as np
import pytest

from autograder.exercise import (
    Exercise,
    check_each_key,
    right_answer,
    wrong_answer,
)
from autograder.exercise.backend import LocalBackend
from autograder.judging.decide import decide


def twice(x):
    return _factor() * x


def _factor():
    return 2


def make(**options):
    return Exercise("l0_x", "lecture0/01_x", 2, **options)


def run(source):
    space = {"np": np}
    exec(source, space)  # noqa: S102
    return space


def test_the_source_has_the_name_of_the_exercise_and_the_helpers_it_uses():
    exercise = make(names=("double",))
    exercise.variant("with a helper")(twice)
    (entry,) = exercise.variants
    assert "def double" in entry.source
    assert "@" not in entry.source
    assert run(entry.source)["double"](4) == 8


def test_a_function_that_calls_itself_is_renamed_inside_too():
    exercise = make(names=("total",))

    @exercise.variant("recursive")
    def recursive(n):
        return n + recursive(n - 1) if n else 0

    assert run(exercise.variants[0].source)["total"](4) == 10


def test_one_function_serves_two_exercises():
    one, other = make(names=("first",)), make(names=("second",))

    @one.misconception("it is one", "Is it?")
    @other.misconception("it is one", "Is it?")
    def ones(x):
        return 1

    assert "def first" in one.misconceptions[0].source
    assert "def second" in other.misconceptions[0].source
    assert one.known("ones").says == "it is one"
    assert one.known("twos") is None


def test_with_several_names_an_entry_says_which_it_is_of():
    exercise = make(names=("forward", "backward"))
    with pytest.raises(ValueError, match="must say which name"):
        exercise.misconception("wrong", "Why?")(twice)
    exercise.misconception("wrong", "Why?", of="backward")(twice)
    assert list(exercise.misconceptions[0].names) == ["backward"]


def test_a_group_defines_several_names_and_brings_its_helpers():
    exercise = make(names=("forward", "backward"))

    @exercise.variant("as a group")
    class grouped:  # noqa: N801 - named like the functions of the record
        def forward(x):  # noqa: N805
            return _factor() * x

        def backward(d):  # noqa: N805
            return 2 * d

    (entry,) = exercise.variants
    space = run(entry.source)
    assert (space["forward"](3), space["backward"](5)) == (6, 10)
    assert entry.names["forward"](3) == 6


def test_a_known_implementation_keeps_the_other_names_right():
    exercise = make(names=("forward", "backward"))
    exercise.reference_names.update(forward=abs, backward=abs)
    exercise.misconception("wrong", "Why?", of="backward")(twice)
    backend = exercise.local(exercise.misconceptions[0])
    assert backend.evaluator.namespace["forward"] is abs
    assert backend.evaluator.namespace["backward"] is twice


def test_a_constant_in_a_misconception_may_have_other_sizes():
    exercise = make(names=("loss",))

    @exercise.misconception("capped", "Is it?", sizes=(1e-12, 1e-5, 0.5))
    def guarded(p):
        return np.log(p + 1e-12)

    first, *others = exercise.misconceptions
    assert [m.name for m in others] == ["guarded_1e_05", "guarded_0_5"]
    assert [m.size_of for m in others] == ["guarded", "guarded"]
    assert {m.says for m in others} == {first.says}
    for entry, size in zip(exercise.misconceptions, (1e-12, 1e-5, 0.5), strict=True):
        for function in (entry.names["loss"], run(entry.source)["loss"]):
            assert function(0.0) == np.log(size)


def test_a_constant_that_is_not_in_the_code_is_named():
    exercise = make(names=("double",))
    with pytest.raises(ValueError, match=r"twice: there is no 0\.25 in its code"):
        exercise.misconception("wrong", "Why?", sizes=(0.25, 0.5))(twice)


@pytest.fixture
def quiz():
    exercise = make(names=("quiz",), kind="value")
    right = {"size": 4, "bound": float("inf"), "unique": False, "word": "delta"}
    exercise.reference_names["quiz"] = right
    exercise.checks += check_each_key("quiz", right, 2, {"size": "how large"})
    return exercise


def answer(exercise, value):
    verdict, _ = decide(exercise, LocalBackend({"quiz": value}), b"s")
    return verdict


def test_each_key_of_a_dict_has_its_share(quiz):
    assert [c.points for c in quiz.checks] == [0.5] * 4
    assert quiz.checks[0].label == "how large"
    assert quiz.checks[1].label == "bound"
    right = quiz.reference_names["quiz"]
    assert answer(quiz, right).score == 2
    assert answer(quiz, {**right, "size": 5}).score == 1.5


@pytest.mark.parametrize(
    ("key", "value", "passes"),
    [
        ("size", 4.001, True),
        ("size", np.float32(4), True),
        ("size", np.array(4), True),
        ("size", True, False),
        ("size", "4", False),
        ("size", 10**400, False),
        ("bound", np.inf, True),
        ("bound", 1e308, False),
        ("bound", -np.inf, False),
        ("unique", np.False_, True),
        ("unique", 0, False),
        ("unique", "False", False),
        ("word", "delta", True),
        ("word", "max", False),
        ("word", np.nan, False),
    ],
)
def test_forms_of_an_answer(quiz, key, value, passes):
    right = quiz.reference_names["quiz"]
    verdict = answer(quiz, {**right, key: value})
    assert (verdict.score == 2) is passes
    assert verdict.score in (1.5, 2)


def test_an_answer_left_open_is_unanswered(quiz):
    verdict = answer(quiz, dict.fromkeys(quiz.reference_names["quiz"]))
    assert verdict.status == "unanswered"
    half = answer(quiz, {"size": 4})
    assert (half.status, half.score) == ("partial", 0.5)
    assert {c.kind for c in half.checks[1:]} == {"unanswered"}


@pytest.mark.parametrize("value", [None, [1, 2], "size", {"size": {}}, {1: 2}, {}])
def test_what_is_no_dict_of_answers_earns_nothing(quiz, value):
    assert answer(quiz, value).score == 0


def test_sources_of_values_run_with_infinity_and_arrays():
    exercise = make(names=("quiz",), kind="value")
    right = {"bound": float("inf"), "shape": np.array([2, 3])}
    exercise.reference_names["quiz"] = right
    exercise.add(wrong_answer("it has a bound, of (10)", "Has it?", bound=10.0))
    exercise.add(right_answer("numpy", bound=np.float64(np.inf)))
    assert exercise.misconceptions[0].name == "it_has_a_bound_of_10"
    for entry in (exercise.misconceptions[0], exercise.variants[0]):
        value = run(entry.source)["quiz"]
        assert value["bound"] == entry.names["quiz"]["bound"]
        assert isinstance(value["shape"], np.ndarray)


def test_a_value_that_is_an_object_has_the_code_that_makes_it():
    exercise = make(names=("best",), kind="value")

    @exercise.variant("made")
    def made():
        class Net:
            size = _factor()

        return Net()

    assert run(exercise.variants[0].source)["best"].size == 2
