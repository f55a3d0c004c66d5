"""Judge one notebook: the five steps, one after the other."""

from __future__ import annotations

import time
from typing import Any

from autograder.course.handout import Handout
from autograder.course.settings import Settings
from autograder.exercise.record import Exercise
from autograder.judging.ask import RemoteBackend
from autograder.judging.decide import Transcript, decide
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
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.session import Sandbox
from autograder.verdict import Judged, Judgement, Status, Verdict


def judge(
    handout: Handout,
    data: bytes | None,
    secret: bytes,
    sandbox: Sandbox,
    settings: Settings,
) -> Judged:
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
        return without_answers(handout, Status.MISSING, "no such file was handed in")
    try:
        notebook = sanitize(read(data, settings.limits.submission_bytes), handout)
    except Unreadable as reason:
        return without_answers(handout, Status.UNREADABLE, str(reason))
    runner = Runner(sandbox, notebook, handout, settings)
    try:
        verdicts = _verdicts(runner, notebook, handout, secret)
    finally:
        runner.close()
    run = runner.result
    stale = _stale(notebook, handout, run)
    judgement = Judgement(
        handout.name,
        verdicts,
        notes=notebook.notes + _remarks(notebook, run),
        stale=stale,
        seconds=time.monotonic() - started,
        demos=_demos(notebook, run),
    )
    shown = _shown(notebook, run, stale)
    return Judged(judgement, to_notebook(notebook, handout, shown))


def without_answers(handout: Handout, status: Status, note: str) -> Judged:
    """Judge a notebook that cannot be run: 0 points, and why."""
    verdicts = [
        Verdict(e.id, 0.0, float(e.points), status, note=note)
        for e in handout.exercises
    ]
    empty = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return Judged(Judgement(handout.name, verdicts, [note]), empty)


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
        if verdict.status in (Status.CRASHED, Status.ERROR):
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


def _gone(exercise: Exercise, kind: Status) -> Verdict:
    note = (
        "the cell did not end within the time limit"
        if kind is Status.TIMEOUT
        else "the cell ended the process that ran it"
    )
    return Verdict(exercise.id, 0.0, float(exercise.points), kind, note=note)


def _manual(exercise: Exercise, notebook: Sanitized, handout: Handout) -> Verdict:
    """Hand a text to a person; an untouched one is unanswered."""
    verdict = Verdict(exercise.id, 0.0, float(exercise.points), Status.MANUAL)
    text = next((c.source for c in notebook.cells if c.grade_id == exercise.id), "")
    cell = handout.cells.get(exercise.id)
    if exercise.id in notebook.missing:
        verdict.status = Status.MISSING
    elif cell is not None and text.split() == cell.source.split():
        verdict.status = Status.UNANSWERED
    return verdict


def _remarks(notebook: Sanitized, run: Run) -> list[str]:
    remarks = []
    for place, kind in sorted(run.ended.items()):
        name = notebook.cells[place].grade_id or f"number {place + 1}"
        what = "did not end in time" if kind is Status.TIMEOUT else "ended its process"
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
