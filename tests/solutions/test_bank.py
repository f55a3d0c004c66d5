"""Every record of every lecture: its checks accept what is right and nothing else.

Everything is asked with the questions of a course, as ``grade`` would draw them.
``BANK_SECRETS=1000`` draws the questions of that many courses, and
``BANK_REGRADES=100`` grades an answer to each exercise that often again.
"""

import math
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from autograder.course.exercises import all_exercises
from autograder.exercise.backend import LocalBackend
from autograder.exercise.record import Exercise, Implementation
from autograder.judging.bank import BankMemory
from autograder.judging.decide import Transcript, decide
from autograder.judging.draw import choose_draw, seed_of
from autograder.judging.explain import MAX_LINES, explain, lines
from autograder.sandbox.inside import probes
from autograder.sandbox.inside.wire import LENGTH, pack, unpack
from autograder.verdict import Verdict

pytestmark = [pytest.mark.slow, pytest.mark.long]

COURSE = Path(__file__).resolve().parents[2]
SECRETS = int(os.environ.get("BANK_SECRETS", "2"))
# The exercises whose grading is repeated so often in every run: the quick ones.
QUICK = {"l3_l1_penalty", "l3_to_polar", "l4_xyz"}
# Whoever chooses a course's questions has asked them of the whole bank; in the first
# courses it is asked once more, as a student is.
ASKED_AGAIN = 1
REGRADES = int(os.environ.get("BANK_REGRADES", "1"))
# For a loss, gradient, layer or network; for a small function; for a value.
LEAST_WRONG = {"loss": 8, "small": 4, "value": 4}
LEAST_RIGHT = {"loss": 5, "small": 3, "value": 1}

GRADED = [e for e in all_exercises() if e.kind != "manual"]
MANUAL = [e for e in all_exercises() if e.kind == "manual"]

each_graded = pytest.mark.parametrize("exercise", GRADED, ids=lambda e: e.id)


@cache
def seed(exercise: Exercise, course: int = 0) -> bytes:
    """Return what an exercise is drawn from in one of the courses of these tests."""
    secret = f"bank {course}".encode()
    draw = choose_draw(exercise, secret)
    assert not draw.faults
    return seed_of(secret, exercise.id, draw.number)


@dataclass(frozen=True)
class Graded:
    """An answer of the bank, graded as a stranger's."""

    entry: Implementation | None
    transcript: Transcript
    before: Verdict
    verdict: Verdict


def grade(
    exercise: Exercise, entry: Implementation | None, memory: BankMemory | None = None
) -> Graded:
    own = seed(exercise)
    verdict, transcript = decide(exercise, exercise.local(entry), own)
    explained = explain(exercise, verdict, transcript, own, memory)
    return Graded(entry, transcript, verdict, explained)


@cache
def graded(exercise: Exercise) -> dict[str, Graded]:
    """Grade the reference and the whole bank of an exercise, once for all tests."""
    memory = BankMemory()
    bank = [*exercise.variants, *exercise.misconceptions]
    found = {f"{e.hint and 'wrong '}{e.name}": grade(exercise, e, memory) for e in bank}
    return {"": grade(exercise, None, memory), **found}


def right_ones(exercise: Exercise) -> list[Graded]:
    return [g for g in graded(exercise).values() if not (g.entry and g.entry.hint)]


def wrong_ones(exercise: Exercise) -> list[Graded]:
    return [g for g in graded(exercise).values() if g.entry and g.entry.hint]


def other_courses(exercise: Exercise) -> range:
    """Return the courses beside the first; fixed questions are those of every one."""
    fresh = any(check.fresh for check in exercise.checks)
    return range(1, SECRETS if fresh else 1)


@each_graded
def test_points_of_the_checks_add_up(exercise):
    assert math.fsum(c.points for c in exercise.checks) == pytest.approx(
        exercise.points, abs=1e-12
    )
    assert all(check.points > 0 and check.label for check in exercise.checks)
    assert len({check.label for check in exercise.checks}) == len(exercise.checks)


@each_graded
def test_the_reference_defines_every_name(exercise):
    assert set(exercise.names) <= set(exercise.reference_names)


@each_graded
def test_the_bank_is_large_enough(exercise):
    size = "value" if exercise.kind == "value" else exercise.size
    assert len(exercise.misconceptions) >= LEAST_WRONG[size]
    assert len(exercise.variants) >= LEAST_RIGHT[size]


@each_graded
def test_right_answers_get_full_points_and_no_hint(exercise):
    for one in right_ones(exercise):
        verdict = one.verdict
        assert verdict.status == "correct", (one.entry, verdict.checks)
        assert verdict.score == exercise.points
        assert not verdict.hint
        assert not verdict.misconceptions
        assert not lines(verdict)


@each_graded
def test_misconceptions_fall_short(exercise):
    for one in wrong_ones(exercise):
        assert one.verdict.score < exercise.points, one.entry.name
        assert one.verdict.status != "correct", one.entry.name


@each_graded
def test_no_course_draws_questions_that_tell_right_from_wrong_badly(exercise):
    for course in other_courses(exercise):
        own = seed(exercise, course)
        if course > ASKED_AGAIN:
            continue
        for entry in (None, *exercise.variants):
            verdict, _ = decide(exercise, exercise.local(entry), own)
            assert verdict.score == exercise.points, (course, entry, verdict.checks)
        for entry in exercise.misconceptions:
            verdict, _ = decide(exercise, exercise.local(entry), own)
            assert verdict.score < exercise.points, (course, entry.name)


def blind(exercise: Exercise) -> list[tuple[str, str]]:
    """Return pairs of what each misconception is and what it is named first."""
    says = {"": "", **{m.name: m.says for m in exercise.misconceptions}}
    return [
        (one.entry.says, says[next(iter(one.verdict.misconceptions), "")])
        for one in wrong_ones(exercise)
    ]


@each_graded
def test_most_misconceptions_are_named_blind(exercise):
    pairs = blind(exercise)
    missed = [pair for pair in pairs if pair[0] != pair[1]]
    # Two may take numbers of their own making, which nobody can foretell.
    assert len(missed) <= max(0.1 * len(pairs), 2), missed


@each_graded
def test_no_misconception_is_named_another(exercise):
    assert [pair for pair in blind(exercise) if pair[1] not in ("", pair[0])] == []


def test_nine_in_ten_of_the_bank_are_named_blind(record_property):
    pairs = [pair for exercise in GRADED for pair in blind(exercise)]
    rate = np.mean([found == name for name, found in pairs])
    record_property("named_blind", f"{rate:.3f} of {len(pairs)}")
    print(f"named blind: {rate:.1%} of {len(pairs)}")
    assert rate >= 0.9


@each_graded
def test_every_source_stands_alone_and_gets_the_same_verdict(exercise):
    for graded_one in graded(exercise).values():
        entry = graded_one.entry
        if entry is None:
            continue
        others = {
            name: value
            for name, value in exercise.reference_names.items()
            if name not in entry.names
        }
        space = {"np": np, **exercise.given, **others}
        exec(compile(entry.source, entry.name, "exec"), space)  # noqa: S102
        backend = LocalBackend(space, dict.fromkeys(entry.names, entry.source))
        alone, _ = decide(exercise, backend, seed(exercise))
        assert alone == graded_one.before, entry.name


@pytest.fixture(scope="module")
def known_probes():
    """The course's probes, as the sandbox loads them from its file."""
    probes.load((COURSE / "solutions" / "probes.py").read_text("utf-8"))
    yield
    probes.PROBES.clear()


class OverTheWire:
    """Answers as the sandbox does: questions and replies cross as bytes."""

    def __init__(self, local: LocalBackend) -> None:
        self.local = local

    def run(self, steps):
        reply = self.local.run(unpack(pack(steps)[LENGTH.size :]))
        return unpack(pack(reply)[LENGTH.size :])

    def source(self, name):
        return self.local.source(name)

    def may_loop(self, name):
        return self.local.may_loop(name)


@pytest.mark.usefixtures("known_probes")
@each_graded
def test_answers_that_cross_as_bytes_get_the_same_verdict(exercise):
    for name, one in graded(exercise).items():
        local = exercise.local(one.entry)
        across, _ = decide(exercise, OverTheWire(local), seed(exercise))
        known = one.before
        assert (across.score, across.status) == (known.score, known.status), name


@each_graded
def test_hints_are_short_and_hold_no_number(exercise):
    for entry in exercise.misconceptions:
        assert entry.says, entry.name
        assert entry.says[-1] not in ".!?", entry.says
        assert entry.hint[-1:] in {".", "?"}, entry.hint
        assert len(re.findall(r"[.?!](?=\s|$)", entry.hint)) <= 2, entry.hint
        assert not re.search(r"\d[\d.,]*\d", entry.says + entry.hint), entry.hint


@each_graded
def test_names_of_the_bank_are_unique(exercise):
    wrong = [entry.name for entry in exercise.misconceptions]
    right = [entry.name for entry in exercise.variants]
    assert len(set(wrong)) == len(wrong)
    assert len(set(right)) == len(right)
    # The same mistake in another form has the same words, all of them.
    words = {(entry.says, entry.hint) for entry in exercise.misconceptions}
    assert len({says for says, _ in words}) == len(words)


@each_graded
def test_what_the_student_reads_is_short_and_holds_no_hidden_number(exercise):
    for one in wrong_ones(exercise):
        said = lines(one.verdict)
        assert 1 <= len(said) <= MAX_LINES, said
        for line in said:
            assert "\n" not in line
            assert len(line) <= 300, line
            assert not re.search(r"\d+\.\d+", line), line


@each_graded
def test_grading_again_gives_the_same(exercise):
    name = min(name for name in graded(exercise) if name.startswith("wrong "))
    first = graded(exercise)[name]
    for _ in range(100 if exercise.id in QUICK else REGRADES):
        again = grade(exercise, first.entry)
        assert again.verdict == first.verdict
        assert lines(again.verdict) == lines(first.verdict)


GRADE_ELSEWHERE = """
from autograder.course.exercises import get
from autograder.judging.decide import decide
from autograder.judging.explain import explain

for name in {names}:
    exercise = get(name)
    for entry in sorted(exercise.misconceptions, key=lambda m: m.name)[:3]:
        verdict, transcript = decide(exercise, exercise.local(entry), b"elsewhere")
        print(explain(exercise, verdict, transcript, b"elsewhere"))
"""


def test_another_process_grades_the_same():
    code = GRADE_ELSEWHERE.format(names=sorted(QUICK))
    found = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]
    assert len(found[0].splitlines()) == 3 * len(QUICK)


@each_graded
def test_an_untouched_stub_is_unanswered(exercise):
    if exercise.kind == "value":
        value = exercise.reference_names[exercise.names[0]]
        if not isinstance(value, dict):
            pytest.skip("its unanswered form is the notebook's own")
        names = {exercise.names[0]: dict.fromkeys(value)}
    else:

        def stub(*args, **kwargs):
            raise NotImplementedError(exercise.id)

        names = dict.fromkeys(exercise.names, stub)
    verdict, transcript = decide(exercise, LocalBackend(names), seed(exercise))
    assert (verdict.status, verdict.score) == ("unanswered", 0.0)
    assert lines(explain(exercise, verdict, transcript, seed(exercise))) == [
        "Not answered yet."
    ]


@each_graded
def test_an_empty_notebook_earns_nothing(exercise):
    verdict, _ = decide(exercise, LocalBackend({}), seed(exercise))
    assert verdict.score == 0
    assert verdict.status == "error"


@pytest.mark.parametrize("exercise", MANUAL, ids=lambda e: e.id)
def test_a_text_question_has_a_rubric_and_no_checks(exercise):
    assert "point" in exercise.rubric
    assert exercise.points > 0
    assert not exercise.checks
