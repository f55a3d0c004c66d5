"""The reasons that students are given: what their files hold, and what is said."""

import os
import re
from pathlib import Path

import pytest

from answer_checks.advice import sentence
from answer_checks.session import State
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.reasons import faults, reasons_of, reasons_text
from autograder.authoring.source import read_source
from autograder.authoring.visible_run import run_cells, visible_cells
from autograder.course.course import load_course
from autograder.course.exercises import all_exercises, get
from autograder.exercise.marks import Kind
from autograder.judging.explain import lines
from autograder.verdict import CheckResult, Failure, Verdict
from cs231n_lib import checks

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT)
FILES = sorted(COURSE.reasons.glob("*/*.json"))
WORDS = frozenset((m.says, m.hint) for e in all_exercises() for m in e.misconceptions)
# One whose answers are tuples, and one whose functions are several.
SAMPLE = ("l4_xyz", "l3_svm_loss_i")


def test_every_notebook_has_its_file():
    names = [files.name for files in find_notebooks(ROOT)]
    found = [path.relative_to(COURSE.reasons).with_suffix("") for path in FILES]
    assert [path.as_posix() for path in found] == names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_holds_hashes_and_words_alone(path):
    """No value, no code, no name of a misconception: nothing that leads on."""
    text = path.read_text("utf-8")
    assert faults(text, WORDS) == []
    # But for the words there is no number in it, and no text but ids.
    rest = re.sub(r"\[.*\]", "", text)
    hashes = re.findall(r'"[0-9a-f]{16,64}"', rest)
    rest = re.sub(r'"[0-9a-f]{16,64}"', "", rest)
    ids = {f'"{exercise.id}"' for exercise in all_exercises()}
    texts = set(re.findall(r'"[^"]*"', rest)) - ids
    generated = '"Made by `make build` from the course\'s sources."'
    keys = {'"generated"', '"inputs"', '"content"', '"exercises"'}
    assert texts == {*keys, generated}
    assert re.sub(r'"[^"]*"', "", rest).strip("{}[] ,:\n") == ""
    assert len(hashes) == len(set(hashes))


@pytest.mark.parametrize("exercise_id", SAMPLE)
def test_a_visible_check_says_what_the_feedback_says(
    exercise_id, tmp_path, monkeypatch
):
    exercise = get(exercise_id)
    (files,) = [f for f in find_notebooks(ROOT) if f.name == exercise.notebook]
    cells = visible_cells(read_source(files)[0])
    for name, value in COURSE.environment.items():
        monkeypatch.setitem(os.environ, name, value)
    bank = {exercise_id: exercise}
    first = list(run_cells(cells, bank))
    path = tmp_path / f"{files.name}.json"
    path.parent.mkdir()
    path.write_text(reasons_text("", first, [exercise]))
    monkeypatch.setattr(checks.Check, "reasons", tmp_path)
    named = 0
    for one in run_cells(cells, bank):
        said = one.message.splitlines()
        if one.kind is not Kind.MISCONCEPTION:
            assert (one.state, said) == (State.PASSED, [])
            continue
        assert len(said) <= 5
        if one.key in reasons_of(exercise, first) and one.state is State.WRONG:
            named += 1
            assert said[1:] == graded(exercise, one.entry)
    assert named >= 0.8 * len(exercise.misconceptions)


def graded(exercise, name):
    """Return reason and next step as the feedback of the grader says them."""
    known = exercise.known(name)
    check = CheckResult("a check", 1.0, 0.0, Failure.VALUE, "is too large")
    verdict = Verdict(exercise.id, 0.0, 1.0, "wrong", [check], misconceptions=[name])
    found = lines(verdict)[1:]
    assert found == [f"Likely reason: {known.says}.", f"Next step: {known.hint}"]
    return [found[0], f"Next step: {sentence(known.hint)}"]
