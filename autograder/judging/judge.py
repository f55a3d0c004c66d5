"""Judge one notebook: the five steps, one after the other."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any

from autograder.course.handout import Handout
from autograder.course.settings import Settings
from autograder.exercise.record import Exercise
from autograder.exercise.student import BackendGone
from autograder.judging.ask import RemoteBackend
from autograder.judging.decide import CheckResult, Transcript, Verdict, decide
from autograder.judging.explain import explain
from autograder.judging.outputs import differs
from autograder.judging.run import Run, Runner
from autograder.judging.sanitize import (
    Cell,
    Sanitized,
    Unreadable,
    read,
    sanitize,
    to_notebook,
)
from autograder.sandbox.session import Sandbox


@dataclass
class Judgement:
    """Everything that grading one notebook brought.

    Attributes
    ----------
    notebook : str
        ``"lecture3/01_svm"``.
    verdicts : list of Verdict
        One for each exercise, in order.
    graded : dict
        The notebook as it was run, with fresh outputs; JSON of version 4.
    notes : list of str
        Neutral remarks for the instructor.
    stale : list of int
        Places of cells whose stored outputs differ from the fresh ones.
    seconds : float
        Wall time.
    demos : list of int
        Places of ``demo`` cells that were run to their end.
    """

    notebook: str
    verdicts: list[Verdict]
    graded: dict[str, Any]
    notes: list[str] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    seconds: float = 0.0
    demos: list[int] = field(default_factory=list)


def to_text(judgement: Judgement) -> str:
    """Write a judgement as JSON, without the notebook itself."""
    fields = asdict(replace(judgement, graded={}))
    del fields["graded"]
    return json.dumps(fields)


# A class has few different results of a check, and each of them many times over.
_shared = lru_cache(maxsize=10_000)(CheckResult)


def from_text(text: str) -> Judgement:
    """Read what :func:`to_text` wrote."""
    fields: dict[str, Any] = json.loads(text)
    verdicts = []
    for one in fields.pop("verdicts"):
        checks = [_shared(**check) for check in one.pop("checks")]
        verdicts.append(Verdict(checks=checks, **one))
    return Judgement(verdicts=verdicts, graded={}, **fields)


def judge(
    handout: Handout,
    data: bytes | None,
    secret: bytes,
    sandbox: Sandbox,
    settings: Settings,
) -> Judgement:
    """Grade one submitted notebook.

    Parameters
    ----------
    handout : Handout
        The notebook as released.
    data : bytes or None
        The submitted file; None where there is none.
    secret : bytes
        The seed of this submission.
    sandbox : Sandbox
        Where to run it.
    settings : Settings
        What it may use.
    """
    started = time.monotonic()
    if data is None:
        return without_answers(handout, "missing", "no such file was handed in")
    try:
        notebook = sanitize(read(data, settings.limits.submission_bytes), handout)
    except Unreadable as reason:
        return without_answers(handout, "unreadable", str(reason))
    runner = Runner(sandbox, notebook, handout, settings)
    try:
        verdicts = _verdicts(runner, notebook, handout, secret)
    finally:
        runner.close()
    run = runner.result
    stale = _stale(notebook, handout, run)
    return Judgement(
        handout.name,
        verdicts,
        to_notebook(notebook, handout, _shown(notebook, run, stale)),
        notebook.notes + _remarks(notebook, run),
        stale,
        time.monotonic() - started,
        _demos(notebook, run),
    )


def without_answers(handout: Handout, status: str, note: str) -> Judgement:
    """Return the judgement of a notebook that cannot be run: 0 points, and why."""
    verdicts = [
        Verdict(e.id, 0.0, float(e.points), status, note=note)
        for e in handout.exercises
    ]
    graded = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return Judgement(handout.name, verdicts, graded, [note])


def _verdicts(
    runner: Runner, notebook: Sanitized, handout: Handout, secret: bytes
) -> list[Verdict]:
    try:
        runner.run()
    except BackendGone:
        pass  # each exercise below says so
    places = {cell.grade_id: i for i, cell in enumerate(notebook.cells)}
    verdicts = []
    for exercise in handout.exercises:
        if exercise.kind == "manual":
            verdicts.append(_manual(exercise, notebook, handout))
            continue
        ended = [
            runner.result.ended.get(places[grade_id])
            for grade_id in (exercise.id, f"{exercise.id}_test")
            if grade_id in places
        ]
        gone = next((kind for kind in ended if kind), None)
        verdict = _gone(exercise, gone) if gone else _ask(exercise, runner, secret)
        if verdict.status in ("crashed", "error"):
            verdict = _ask_alone(exercise, runner, secret, verdict)
        verdicts.append(verdict)
    return verdicts


def _ask_alone(
    exercise: Exercise, runner: Runner, secret: bytes, before: Verdict
) -> Verdict:
    """Ask again where no other answer was run: the fault may have been another's."""
    alone = runner.alone(exercise.id)
    try:
        verdict = _ask(exercise, alone, secret)
    finally:
        alone.close()
        runner.spent = alone.spent
    return verdict if verdict.score > before.score else before


def _ask(exercise: Exercise, runner: Runner, secret: bytes) -> Verdict:
    """Ask at the test cell; where that is not full, at the end of the notebook too."""
    try:
        backend = RemoteBackend(runner, exercise.id)
    except BackendGone as gone:
        return _gone(exercise, gone.kind)
    verdict, transcript = decide(exercise, backend, secret)
    best: tuple[Verdict, Transcript] = verdict, transcript
    if verdict.score < verdict.max_score and not backend.session.closed:
        try:
            if backend.moved():
                late = RemoteBackend(runner, exercise.id, late=True)
                again = decide(exercise, late, secret)
                if again[0].score > verdict.score:
                    best = again
        except BackendGone:
            pass  # the first answers stand
    return explain(exercise, *best, secret)


def _gone(exercise: Exercise, kind: str) -> Verdict:
    note = (
        "the cell did not end within the time limit"
        if kind == "timeout"
        else "the cell ended the process that ran it"
    )
    return Verdict(exercise.id, 0.0, float(exercise.points), kind, note=note)


def _manual(exercise: Exercise, notebook: Sanitized, handout: Handout) -> Verdict:
    """Hand a text to a person; an untouched one is unanswered."""
    verdict = Verdict(exercise.id, 0.0, float(exercise.points), "manual")
    text = next((c.source for c in notebook.cells if c.grade_id == exercise.id), "")
    cell = handout.cells.get(exercise.id)
    if exercise.id in notebook.missing:
        verdict.status = "missing"
    elif cell is not None and text.split() == cell.source.split():
        verdict.status = "unanswered"
    return verdict


def _remarks(notebook: Sanitized, run: Run) -> list[str]:
    remarks = []
    for place, kind in sorted(run.ended.items()):
        name = notebook.cells[place].grade_id or f"number {place + 1}"
        what = "did not end in time" if kind == "timeout" else "ended its process"
        remarks.append(f"cell {name} {what}")
    if run.skipped:
        remarks.append(f"{len(run.skipped)} cells were not run: a bound was reached")
    return remarks


def _stale(notebook: Sanitized, handout: Handout, run: Run) -> list[int]:
    """List the cells whose stored outputs are not what a fresh run gives."""
    return [
        place
        for place, outputs in sorted(run.outputs.items())
        if notebook.cells[place].count is not None
        and notebook.cells[place].role != "test"
        and place not in run.ended
        and not _varies(notebook.cells[place], handout)
        and differs(notebook.cells[place].stored, outputs)
    ]


def _varies(cell: Cell, handout: Handout) -> bool:
    """Say whether the course marks a cell as one that prints other things each time."""
    if not cell.grade_id:
        return False
    own = handout.notebook["cells"][handout.cells[cell.grade_id].position]
    return "nbval-ignore-output" in own["metadata"].get("tags", [])


def _demos(notebook: Sanitized, run: Run) -> list[int]:
    ran = sorted(run.outputs.keys() - run.ended.keys())
    return [place for place in ran if notebook.cells[place].role == "demo"]


def _shown(notebook: Sanitized, run: Run, stale: list[int]) -> dict[int, list[Any]]:
    """Return what the graded notebook shows: the outputs of this run.

    A ``demo`` cell that printed the same keeps the outputs that were handed in: the
    run did not draw its pictures.
    """
    shown = dict(run.outputs)
    for place in run.outputs:
        cell = notebook.cells[place]
        if cell.role == "demo" and cell.count is not None and place not in stale:
            shown[place] = cell.stored
    return shown
