import numpy as np
import pytest

from autograder.exercise.backend import LocalBackend
from autograder.exercise.failure import CheckFailed, InDoubt
from autograder.exercise.hidden_check import Check
from autograder.exercise.record import Exercise
from autograder.judging.decide import check_rng, decide
from autograder.judging.explain import explain, lines
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.inside.wire import Opaque
from autograder.verdict import CheckResult, Status


@pytest.fixture
def exercise():
    made = Exercise("l0_double", "lecture0/01_x", 3, ("double",))

    @made.reference
    def double(x):
        return 2 * x

    @made.check("numbers", 1)
    def _numbers(student, rng):
        student.agrees("double", float(rng.standard_normal()))

    @made.check("arrays", 2)
    def _arrays(student, rng):
        student.agrees("double", rng.standard_normal(3))

    return made


def judged(exercise, double, secret=b"s"):
    return decide(exercise, LocalBackend({"double": double}), secret)[0]


def raises(error):
    def f(x):
        raise error

    return f


def only_numbers(x):
    return 2 * x if isinstance(x, float) else x


@pytest.mark.parametrize(
    ("double", "status", "score"),
    [
        (lambda x: x + x, "correct", 3),
        (only_numbers, "partial", 1),
        (lambda x: x, "wrong", 0),
        (lambda x: None, "wrong", 0),
        (raises(NotImplementedError()), "unanswered", 0),
        (raises(ZeroDivisionError()), "error", 0),
        (lambda: 1, "error", 0),
        (3, "error", 0),
    ],
)
def test_status_and_score(exercise, double, status, score):
    verdict = judged(exercise, double)
    assert (verdict.status, verdict.score, verdict.max_score) == (status, score, 3)
    assert verdict.status in Status
    assert [c.label for c in verdict.checks] == ["numbers", "arrays"]
    assert verdict.checks[1].passed is (score == 3)


class Anything:
    """Says yes to every question."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __float__(self):
        return 1.0

    def __array__(self, dtype=None, copy=None):
        return np.ones(3)


class Sub(np.ndarray):
    def __array_function__(self, *args, **kwargs):
        return True


ragged: list = [[1.0], [1.0, 2.0]]
deep: list = []
for _ in range(500):
    deep = [deep]

FORGED = [
    None,
    True,
    "2.0",
    b"2",
    1j,
    float("nan"),
    float("-inf"),
    10**400,
    -(10**400),
    Opaque("float"),
    Anything(),
    np.array(["a"]),
    np.array([None, 1], dtype=object),
    np.array(ragged, dtype=object),
    np.ones(3).view(Sub),
    np.ma.masked_array(np.ones(3), mask=True),
    np.array([1 + 1j] * 3),
    np.full(3, np.nan),
    np.ones((0, 3)),
    np.ones((2, 2, 2)),
    np.array("2020", dtype="datetime64[Y]"),
    ragged,
    deep,
    (),
    {},
    {"loss": 1.0},
    (1.0,) * 1000,
    {1, 2},
    iter([1]),
    print,
    type,
]


@pytest.mark.parametrize("value", FORGED, ids=lambda v: type(v).__name__)
def test_forged_answers_earn_nothing_and_stop_nothing(exercise, value):
    verdict = judged(exercise, lambda x: value)
    assert verdict.score == 0
    assert verdict.status in {"wrong", "error"}
    assert all(c.reason for c in verdict.checks)


class Forger:
    """A process that replies with something other than a reply."""

    def __init__(self, reply):
        self.reply = reply

    def run(self, steps):
        return self.reply

    def source(self, name):
        return None


@pytest.mark.parametrize(
    "reply",
    [
        None,
        [],
        {},
        {"value": []},
        {"value": 3},
        {"value": None, "after": None},
        {"value": [deep]},
        {"value": [1.0], "error": None},
        {"value": [1.0], "error": "ValueError"},
        {"error": {}},
        {"value": [2.0, 2.0], "after": [1]},
    ],
)
def test_forged_replies_earn_nothing_and_stop_nothing(exercise, reply):
    verdict, transcript = decide(exercise, Forger(reply), b"s")
    assert verdict.score == 0
    assert len(transcript.answers) == 2


class Dies:
    """Answers some questions, then is gone."""

    def __init__(self, kind, after, names):
        self.kind, self.left, self.local = kind, after, LocalBackend(names)
        self.asked = 0

    def run(self, steps):
        self.asked += 1
        if self.left == 0:
            raise BackendGone(self.kind)
        self.left -= 1
        return self.local.run(steps)

    def source(self, name):
        return None


@pytest.mark.parametrize("kind", [Status.TIMEOUT, Status.CRASHED])
def test_a_process_that_is_gone_loses_the_rest(exercise, kind):
    backend = Dies(kind, 1, {"double": lambda x: 2 * x})
    verdict, transcript = decide(exercise, backend, b"s")
    assert (verdict.status, verdict.score) == (kind, 1)
    assert verdict.checks[1].kind == kind
    assert len(transcript.answers) == 2


def test_nothing_is_asked_of_a_process_that_is_gone(exercise):
    backend = Dies(Status.TIMEOUT, 0, {})
    verdict, transcript = decide(exercise, backend, b"s")
    assert backend.asked == 1
    assert verdict.score == 0
    assert (
        verdict.checks[1].reason == "not asked, because an earlier check ended the run"
    )
    assert transcript.answers[1] == ["timeout"]


def part(result):
    made = Exercise("l0_part", "lecture0/01_x", 2, ("best",), kind="value")

    @made.check("how good it is", 2)
    def _good(student, rng):
        if isinstance(result, Exception):
            raise result
        return result

    return decide(made, LocalBackend({}), b"s")[0]


@pytest.mark.parametrize(
    ("result", "score", "status"),
    [
        (None, 2, "correct"),
        (1.0, 2, "correct"),
        (7.0, 2, "correct"),
        (0.25, 0.5, "partial"),
        (0.0, 0, "wrong"),
        (-1.0, 0, "wrong"),
        (float("nan"), 0, "wrong"),
        (float("inf"), 0, "wrong"),
        ("a", 0, "wrong"),
        (CheckFailed("half way", share=0.5), 1, "partial"),
        (CheckFailed("not right"), 0, "wrong"),
        (ZeroDivisionError(), 0, "wrong"),
        (AssertionError(), 0, "wrong"),
        (RecursionError(), 0, "wrong"),
        (MemoryError(), 0, "wrong"),
    ],
)
def test_partial_credit_lies_between_nothing_and_all(result, score, status):
    verdict = part(result)
    assert (verdict.score, verdict.status) == (score, status)


def test_what_fell_short_never_earns_all():
    assert part(CheckFailed("claims all", share=1.0)).score < 2


def test_shares_that_are_no_binary_fractions_add_up():
    made = Exercise("l0_thirds", "lecture0/01_x", 1, ("x",))
    for label in "abc":
        made.check(label, 1 / 3)(lambda student, rng: None)
    assert decide(made, LocalBackend({}), b"s")[0].score == 1.0


def test_the_same_secret_asks_the_same(exercise):
    def first(secret):
        backend = LocalBackend({"double": lambda x: x})
        return decide(exercise, backend, secret)[1].answers[0]

    assert first(b"a") == first(b"a")
    assert first(b"a") != first(b"b")


def test_each_check_draws_numbers_of_its_own():
    drawn = {
        check_rng(secret, name, index).integers(2**62)
        for secret in (b"a", b"b")
        for name in ("x", "y")
        for index in (0, 1)
    }
    assert len(drawn) == 8


def test_a_check_with_a_reason_has_not_passed():
    assert not CheckResult("a", 1.0, 1.0, "value", "no").passed
    assert not CheckResult("a", 1.0, 0.5).passed
    assert CheckResult("a", 1.0, 1.0).passed


def doubled_in_place(x):
    x *= 2
    return x


def tripled_in_place(x):
    x *= 3
    return x


def charged_once(share):
    """An exercise with one check of its own for changed arguments."""
    made = Exercise("l0_double", "lecture0/01_x", 3, ("double",))
    made.reference_names["double"] = lambda x: 2 * x

    def ask(student, rng):
        student.agrees("double", rng.standard_normal(3))

    made.checks.append(Check("values", 3 - share, ask))
    made.checks.append(Check("arguments", share, ask, inputs=share > 0))
    return made


@pytest.mark.parametrize(
    ("double", "share", "score", "kinds"),
    [
        (lambda x: 2 * x, 0.5, 3, [None, None]),
        (doubled_in_place, 0.5, 2.5, [None, "inputs"]),
        (tripled_in_place, 0.5, 0, ["value", "inputs"]),
        (doubled_in_place, 0, 0, ["inputs", "inputs"]),
    ],
)
def test_changed_arguments_cost_their_own_share(double, share, score, kinds):
    verdict = judged(charged_once(share), double)
    assert verdict.score == score
    assert [c.kind for c in verdict.checks] == kinds


def test_where_a_check_cannot_tell_a_person_decides(exercise):
    @exercise.check("a doubt", 4)
    def _doubt(student, rng):
        raise InDoubt("it could be either")

    exercise.points += 4
    verdict, transcript = decide(exercise, exercise.local(), b"s")
    assert (verdict.status, verdict.score) == (Status.MANUAL, 3)
    assert verdict.checks[2].kind == "doubt"
    explained = explain(exercise, verdict, transcript, b"s")
    assert not explained.hint
    assert lines(explained) == [
        "1 of 3 checks fell short: a doubt: it could be either."
    ]
