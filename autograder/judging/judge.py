"""Judge one notebook: the five steps, one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.course.cells import CellRole
from autograder.course.handout import Handout
from autograder.course.settings import DemoCells, Settings
from autograder.exercise.kinds import ExerciseKind
from autograder.exercise.record import Exercise
from autograder.judging.ask import RemoteBackend
from autograder.judging.bank import BankMemory
from autograder.judging.budget import USED_UP
from autograder.judging.cell import Cell
from autograder.judging.decide import decide
from autograder.judging.draw import Draws, seed_of
from autograder.judging.edition import edition_of
from autograder.judging.explain import explain
from autograder.judging.lend import Lender, lent_names
from autograder.judging.nbgrader_tests import judge_as_nbgrader
from autograder.judging.outputs import differs
from autograder.judging.run import Run, Runner, budget_of, part_to_ask
from autograder.judging.sanitize import Sanitized, sanitize, to_notebook
from autograder.judging.submitted_file import Unreadable, read
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.session import Sandbox
from autograder.verdict import Judged, Judgement, Status, Verdict


def judge(
    handout: Handout,
    data: bytes | None,
    seed: bytes,
    sandbox: Sandbox,
    settings: Settings,
    memory: BankMemory | None = None,
    draws: Draws | None = None,
    put_back: bool = False,
    size: int = 0,
) -> Judged:
    """Grade one submitted notebook.

    Parameters
    ----------
    handout : Handout
        The notebook as released.
    data : bytes or None
        The submitted file; None where there is none.
    seed : bytes
        The course's seed, which the inputs are drawn from.
    sandbox : Sandbox
        Where to run it.
    settings : Settings
        What it may use.
    memory : BankMemory, optional
        What is remembered from other submissions.
    draws : mapping, optional
        By which draw each exercise is graded, see :mod:`autograder.judging.draw`.
    put_back : bool
        Stop where the notebook has used up its first slice of time.
    size : int
        How many bytes the file has, where `data` is only its beginning.

    Raises
    ------
    PutBack
        It has, and others come before it.
    """
    started = time.monotonic()
    if data is None:
        return without_answers(handout, Status.MISSING, "no such file was handed in")
    try:
        raw = read(data, settings.limits.submission_bytes, size)
        handout = edition_of(raw, handout)
        notebook = sanitize(raw, handout)
    except Unreadable as reason:
        return without_answers(handout, Status.UNREADABLE, str(reason))
    limits = settings.limits
    first = limits.first_seconds if put_back else float("inf")
    budget = budget_of(handout, limits, first)
    sandbox.remember(_own_cells(handout, settings))
    runner = Runner(sandbox, notebook, handout, settings, budget)
    try:
        verdicts = Examination(
            runner, seed, memory or BankMemory(), draws or {}
        ).verdicts()
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
        language=handout.language,
    )
    shown = _shown(notebook, run, stale)
    return Judged(judgement, to_notebook(notebook, handout, shown))


def _own_cells(handout: Handout, settings: Settings) -> Iterator[str]:
    """Yield the texts of the course's own cells, stubs included, that are run."""
    demos = settings.demo_cells is DemoCells.RUN
    for cell in handout.cells.values():
        if cell.cell_type == "code" and (demos or cell.role is not CellRole.DEMO):
            yield cell.source


def without_answers(handout: Handout, status: Status, note: str) -> Judged:
    """Judge a notebook that cannot be run: 0 points, and why."""
    verdicts = [
        Verdict(e.id, 0.0, float(e.points), status, note=note)
        for e in handout.exercises
    ]
    empty = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    judgement = Judgement(handout.name, verdicts, [note], language=handout.language)
    return Judged(judgement, empty)


@dataclass(frozen=True)
class Examination:
    """All the questions to one notebook that runs.

    Attributes
    ----------
    runner : Runner
        Runs its cells and keeps the session to ask.
    seed : bytes
        The course's seed.
    memory : BankMemory
        What is remembered from other submissions.
    draws : mapping
        By which draw each exercise is graded.
    """

    runner: Runner
    seed: bytes
    memory: BankMemory
    draws: Draws = field(default_factory=dict)

    def verdicts(self) -> list[Verdict]:
        """Run the notebook and return a verdict on each exercise, in order."""
        with suppress(BackendGone):  # each exercise below says so
            self.runner.run()
        exercises = self.runner.handout.exercises
        beside = [e for e in exercises if e.kind is ExerciseKind.NBGRADER]
        found: dict[str, Verdict] = {}
        for exercise in exercises:
            if exercise not in beside:
                verdict = self._verdict(exercise)
                found[exercise.id] = self._with_lent(exercise, verdict, found)
                self.runner.budget.settle(part_to_ask(exercise.id))
        if beside:  # last, for its process then knows what is hidden
            more = judge_as_nbgrader(self.runner, beside)
            found |= {verdict.exercise: verdict for verdict in more}
        return [found[exercise.id] for exercise in exercises]

    def _verdict(self, exercise: Exercise) -> Verdict:
        if exercise.kind is ExerciseKind.MANUAL:
            return _manual(exercise, self.runner.notebook, self.runner.handout)
        # Without its answer there is nothing to ask. Its test cell decides nothing: it
        # may have called another answer, which does not end.
        answer, run = self._cell_of(exercise), self.runner.result
        gone = run.ended.get(answer)
        if answer in run.skipped:
            verdict = _gone(exercise, Status.TIMEOUT, USED_UP)
        elif gone:
            verdict = _gone(exercise, gone)
        else:
            verdict = self._ask(exercise, self.runner)
        if verdict.status in (Status.CRASHED, Status.ERROR):
            verdict = self.ask_alone(exercise, verdict)
        return verdict

    def _with_lent(
        self, exercise: Exercise, before: Verdict, found: Mapping[str, Verdict]
    ) -> Verdict:
        """Ask again with right answers where the exercise leans on ones that are not.

        A mistake costs once: the better of both readings counts.
        """
        if before.score >= before.max_score:
            return before
        stopped = self._cell_of(exercise) in self.runner.result.failed
        if before.status is Status.UNANSWERED and not stopped:
            return before
        shaky = [
            other
            for other in self.runner.handout.exercises
            if other.id in exercise.leans_on
            and other.id in found
            and found[other.id].score < found[other.id].max_score
            and lent_names(other)
        ]
        if not shaky:
            return before
        runner, part = self.runner, part_to_ask(exercise.id)
        limits = runner.settings.limits_of(exercise.id)
        lender = Lender(runner.sandbox, shaky, limits, runner.budget, part)
        lent = runner.with_lent(exercise.id, lender)
        try:
            verdict = self._ask(exercise, lent)
        finally:
            lent.close()
            lender.close()
        if verdict.score <= before.score:
            return before
        names = ", ".join(name for other in shaky for name in lent_names(other))
        note = f"asked with a right {names}, for the one handed in is not"
        return replace(verdict, note=note)

    def _cell_of(self, exercise: Exercise) -> int:
        """Return the index of the cell with the answer; -1 where there is none."""
        ids = [cell.grade_id for cell in self.runner.notebook.cells]
        return ids.index(exercise.id) if exercise.id in ids else -1

    def ask_alone(self, exercise: Exercise, before: Verdict) -> Verdict:
        """Ask again where no other answer ran: the fault may have been another's."""
        alone = self.runner.alone(exercise.id)
        try:
            verdict = self._ask(exercise, alone)
        finally:
            alone.close()
        return verdict if verdict.score > before.score else before

    def _ask(self, exercise: Exercise, runner: Runner) -> Verdict:
        """Ask at the test cell; where that is not full, at the notebook's end too."""
        try:
            backend = RemoteBackend(runner, exercise.id)
        except BackendGone as gone:
            return _gone(exercise, gone.kind, gone.reason)
        draw = self.draws.get(exercise.id, 0)
        seed = seed_of(self.seed, exercise.id, draw)
        known = self.memory.answers(exercise, seed).memory_of_a_student()
        verdict, transcript = decide(exercise, backend, seed, memory=known)
        if verdict.score < verdict.max_score and not backend.session.closed:
            with suppress(BackendGone):  # the first answers stand
                if backend.moved():
                    late = RemoteBackend(runner, exercise.id, late=True)
                    again = decide(exercise, late, seed, memory=known)
                    if again[0].score > verdict.score:
                        verdict, transcript = again
        return explain(exercise, verdict, transcript, seed, self.memory)


def _gone(exercise: Exercise, status: Status, reason: str = "") -> Verdict:
    note = reason or (
        "the cell did not end within the time limit"
        if status is Status.TIMEOUT
        else "the cell ended the process that ran it"
    )
    return Verdict(exercise.id, 0.0, float(exercise.points), status, note=note)


def _manual(exercise: Exercise, notebook: Sanitized, handout: Handout) -> Verdict:
    """Hand a text to a person; an untouched one is unanswered."""
    grade_id = handout.graded_cell(exercise.id)
    text = next((c.source for c in notebook.cells if c.grade_id == grade_id), "")
    cell = handout.cells.get(grade_id)
    status = Status.MANUAL
    if grade_id in notebook.missing:
        status = Status.MISSING
    elif cell is not None and cell.locked:
        pass  # what there is to read stands in cells of the student's own
    elif cell is not None and text.split() == cell.source.split():
        status = Status.UNANSWERED
    return Verdict(exercise.id, 0.0, float(exercise.points), status)


def _remarks(notebook: Sanitized, run: Run) -> list[str]:
    remarks = []
    for index, status in sorted(run.ended.items()):
        name = notebook.cells[index].grade_id or f"number {index + 1}"
        late = status is Status.TIMEOUT
        remarks.append(
            f"cell {name} {'did not end in time' if late else 'ended its process'}"
        )
    if run.skipped:
        remarks.append(f"{len(run.skipped)} cells were not run: a bound was reached")
    return remarks


def _stale(notebook: Sanitized, handout: Handout, run: Run) -> list[int]:
    """List the cells whose stored outputs are not what a fresh run gives."""
    return [
        index
        for index, outputs in sorted(run.outputs.items())
        if notebook.cells[index].count is not None
        and notebook.cells[index].role is not CellRole.TEST
        and index not in run.ended
        and not _varies(notebook.cells[index], handout)
        and differs(notebook.cells[index].stored, outputs)
    ]


def _varies(cell: Cell, handout: Handout) -> bool:
    """Tell whether the course marks a cell as one whose output varies."""
    if not cell.grade_id:
        return False
    own = handout.notebook["cells"][handout.cells[cell.grade_id].position]
    return "nbval-ignore-output" in own["metadata"].get("tags", [])


def _demos(notebook: Sanitized, run: Run) -> list[int]:
    ran = sorted(run.outputs.keys() - run.ended.keys())
    return [index for index in ran if notebook.cells[index].role is CellRole.DEMO]


def _shown(notebook: Sanitized, run: Run, stale: list[int]) -> dict[int, list[Any]]:
    """Return what the graded notebook shows: the outputs of this run.

    A ``demo`` cell that printed the same keeps the outputs that were handed in: the
    run did not draw its pictures.
    """
    shown = dict(run.outputs)
    for index in run.outputs:
        cell = notebook.cells[index]
        if cell.role is CellRole.DEMO and cell.count is not None and index not in stale:
            shown[index] = cell.stored
    return shown
