"""The words of every misconception: short, plain, and no answer in them."""

import ast
import re

import pytest

from answer_checks.advice import ADVICE
from answer_checks.compare import is_number
from answer_checks.language import ENGLISH, in_language
from autograder.course.exercises import all_exercises
from autograder.exercise.backend import LocalBackend
from autograder.judging.decide import decide
from autograder.judging.explain import MAX_LINES, lines
from autograder.verdict import CheckResult, Failure, Verdict
from cs231n_lib.korean import KOREAN as KOREAN_TERMS

pytestmark = pytest.mark.slow

GRADED = [e for e in all_exercises() if e.kind != "manual"]
each_graded = pytest.mark.parametrize("exercise", GRADED, ids=lambda e: e.id)
LONGEST_HINT = 170  # two lines of a page
LONGEST_LINE = 240
CODE = re.compile(r"np\.\w+\(|\breturn \w+ ?[-+*/@(]|keepdims|axis ?=|\w\.T\b")
# A capital letter, or a name of the code.
START = re.compile(r"[A-Z]|\w{1,4}\b|\w+_\w+")
KOREAN = re.compile(r" \([^()]*[가-힣][^()]*\)")


def packed(text):
    return "".join(text.split())


def answers_of(exercise):
    """Return what right code assigns or returns, wherever it computes something."""
    sources = [entry.source for entry in exercise.variants]
    found = set()
    for node in ast.walk(ast.parse("\n".join(sources))):
        value = getattr(node, "value", None)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Return) and value:
            if isinstance(value, ast.BinOp | ast.Call | ast.Compare):
                found.add(packed(ast.unparse(value)))
    return {text for text in found if len(text) > 4}


@each_graded
def test_hints_are_plain_short_sentences(exercise):
    for entry in exercise.misconceptions:
        for text in (entry.says, entry.hint):
            assert text.isascii(), text
            assert text == " ".join(text.split()), text
        assert START.match(entry.hint), entry.hint
        assert len(entry.hint) <= LONGEST_HINT, (len(entry.hint), entry.hint)
        assert len(entry.says) <= LONGEST_HINT / 2, (len(entry.says), entry.says)


@each_graded
def test_hints_hold_no_code_of_an_answer(exercise):
    answers = answers_of(exercise)
    for entry in exercise.misconceptions:
        assert not CODE.search(entry.hint), entry.hint
        held = [text for text in answers if text in packed(entry.hint)]
        assert not held, (entry.hint, held)


@each_graded
def test_hints_hold_no_answer_to_a_question(exercise):
    right = exercise.reference_names[exercise.names[0]]
    if exercise.kind != "value" or not isinstance(right, dict):
        return
    for entry in exercise.misconceptions:
        wrong = entry.names[exercise.names[0]]
        for key, value in right.items():
            if wrong.get(key) == value or isinstance(value, bool):
                continue
            shown = re.escape(f"{value:g}" if isinstance(value, float) else str(value))
            asked = rf"(?<![\w.]){shown}(?![\w.])"
            assert not re.search(asked, entry.hint), (key, entry.hint)


@each_graded
def test_every_message_is_five_lines_in_every_language(exercise):
    reason = "dW: shape (10, 3073), expected (D, C) = (3073, 10); it looks transposed"
    for i, entry in enumerate(exercise.misconceptions):
        checks = [
            CheckResult(c.label, c.points, 0.0, "shape", reason)
            for c in exercise.checks
        ]
        other = exercise.misconceptions[i - 1].name
        for names in ([entry.name], [entry.name, other]):
            verdict = Verdict(exercise.id, 0.0, exercise.points, "wrong", checks)
            verdict.misconceptions = names
            said = lines(verdict)
            assert len(said) == 1 + 2 * len(names) <= MAX_LINES
            for language in (ENGLISH, KOREAN_TERMS):
                told = in_language("\n".join(said), language).split("\n")
                assert len(told) == len(said)
                assert all(len(line) <= LONGEST_LINE for line in told), told
                assert [KOREAN.sub("", line) for line in told] == said


@pytest.mark.parametrize("kind", [*ADVICE, "error"])
def test_what_no_misconception_explains_gets_the_advice_of_the_visible_checks(kind):
    check = CheckResult("the loss", 1.0, 0.0, Failure(kind), "loss: is too large")
    said = lines(Verdict("l0_x", 0.0, 1.0, "wrong", [check]))
    assert said[0] == "the loss: loss: is too large."
    assert len(said) <= MAX_LINES
    assert said[-1].startswith("Next step: ")
    if kind in ADVICE:
        likely = [ADVICE[kind].likely] if ADVICE[kind].likely else []
        expected = [f"Likely reason: {text}." for text in likely]
        assert said[1:] == [*expected, f"Next step: {ADVICE[kind].step}."]


@each_graded
def test_what_differs_from_a_fixed_answer_does_not_give_it_away(exercise):
    right = exercise.reference_names[exercise.names[0]]
    if exercise.kind != "value" or not isinstance(right, dict):
        return
    reasons = set()
    for change in (lambda v: 2 * v, lambda v: -v, lambda v: v + 1000):
        wrong = {
            key: change(value) if is_number(value) else value
            for key, value in right.items()
        }
        backend = LocalBackend({exercise.names[0]: wrong})
        verdict, _ = decide(exercise, backend, b"s")
        reasons |= {
            check.reason.partition(": ")[2]
            for check in verdict.checks
            if not check.passed
        }
    assert reasons <= {"is not right"}
