"""Run: the cells of a notebook in order, in a sandbox, whatever they do.

A cell that ends its process or does not end costs itself: a new process runs the others
again, without it. Cells without points that train and draw are run where the settings
say so; they have a time of their own, and what they do costs no other cell anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from autograder.course.cells import TEST_SUFFIX, CellRole
from autograder.course.handout import Handout
from autograder.course.settings import DemoCells, Settings
from autograder.exercise.kinds import ExerciseKind
from autograder.judging.budget import Budget
from autograder.judging.cell import Cell
from autograder.judging.lend import Lender
from autograder.judging.sanitize import Sanitized
from autograder.sandbox.gone import BackendGone, Ending
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Sandbox, Session
from autograder.verdict import Status


def part_to_run(answer: str) -> str:
    """Name the part of a budget that is kept for running the cell of an answer."""
    return f"run {answer}"


def part_to_ask(exercise: str) -> str:
    """Name the part of a budget that is kept for asking about an exercise."""
    return f"ask {exercise}"


def budget_of(handout: Handout, limits: Limits, first: float = float("inf")) -> Budget:
    """Return the whole budget of a notebook.

    Parameters
    ----------
    handout : Handout
        The notebook as released.
    limits : Limits
        What it may use.
    first : float
        As of :class:`autograder.judging.budget.Budget`.
    """
    asked = [e.id for e in handout.exercises if e.kind is not ExerciseKind.MANUAL]
    answers = [c for c in handout.cells.values() if c.role is CellRole.SOLUTION]
    parts = [part_to_run(cell.grade_id) for cell in answers if cell.cell_type == "code"]
    parts += map(part_to_ask, asked)
    return Budget(limits.notebook_seconds, parts, first)


@dataclass
class Run:
    """What happened when the cells ran; cells are named by their index.

    Attributes
    ----------
    outputs : dict
        The outputs of each cell, as the sandbox sent them.
    ended : dict
        The cells that lost their process, and how.
    failed : set of int
        The cells that stopped with an error.
    skipped : set of int
        The cells that were not run, because a bound was reached.
    """

    outputs: dict[int, list[Any]] = field(default_factory=dict)
    ended: dict[int, Ending] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)


class Runner:
    """Runs a notebook and keeps a session alive for the questions that follow.

    Parameters
    ----------
    sandbox : Sandbox
        Where to run.
    notebook : Sanitized
        What to run.
    handout : Handout
        The notebook as released, for the names of the exercises.
    settings : Settings
        Bounds on time and number, of the notebook and of each exercise.
    budget : Budget, optional
        The time that is left for it; by default all of it.
    scored : bool
        Its test cells are asked for points, and may use what is kept for that.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        notebook: Sanitized,
        handout: Handout,
        settings: Settings,
        budget: Budget | None = None,
        scored: bool = False,
    ) -> None:
        self.sandbox = sandbox
        self.scored = scored
        self.settings = settings
        self.limits = settings.limits
        self.notebook = notebook
        self.handout = handout
        self.names = {e.id: list(e.names) for e in handout.exercises}
        demos = settings.demo_cells is DemoCells.RUN
        indices = [
            index
            for index, cell in enumerate(notebook.cells)
            if cell.runs or (demos and cell.role is CellRole.DEMO)
        ]
        extra = [i for i in indices if notebook.cells[i].role is CellRole.PLAIN]
        self.restarts = 0
        self.budget = budget or budget_of(handout, self.limits)
        self.demo_budget = Budget(self.limits.notebook_seconds)
        # The course's own cells are run, however many stand in front of them.
        self.result = Run(skipped=set(extra[self.limits.cells :]))
        self.indices = [i for i in indices if i not in self.result.skipped]
        self.lender: Lender | None = None
        self.first = ""  # a cell of the course's in front of all others
        self._session: Session | None = None

    def run(self) -> Run:
        """Run every cell once, and again in a new process where one was lost."""
        self.session()
        return self.result

    def session(self) -> Session:
        """Return a live session in which the cells have been run.

        Raises
        ------
        BackendGone
            The notebook has used up its new processes.
        """
        while self._session is None or self._session.closed:
            if self.restarts > self.limits.restarts:
                ended = list(self.result.ended.values())
                raise BackendGone(ended[-1] if ended else Status.CRASHED)
            self.restarts += 1
            self._session = self.sandbox.session(self.limits)
            if self.lender is not None:
                self._session.lender = self.lender.answer
            if self.first:
                self._session.cell(self.first, -1, self.limits.cell_seconds)
            self._run_cells(self._session)
        return self._session

    def alone(self, exercise: str) -> Runner:
        """Return a runner of the cells that one exercise needs, in a new process.

        Those are the cells up to its test without the answers to other exercises, so
        that what another answer leaves behind does not reach it.
        """
        other = Runner(
            self.sandbox, self.notebook, self.handout, self.settings, self.budget
        )
        cells = self.notebook.cells
        test = f"{exercise}{TEST_SUFFIX}"
        ids = [cell.grade_id for cell in cells]
        last = ids.index(test) if test in ids else len(ids)
        other.indices = [
            index
            for index in other.indices
            if index <= last
            and (
                cells[index].role in (CellRole.PLAIN, CellRole.GIVEN)
                or ids[index] in (exercise, test)
            )
        ]
        other.restarts = self.limits.restarts  # one process, no more
        return other

    def with_lent(self, exercise: str, lender: Lender) -> Runner:
        """Return a runner of the answers up to one exercise, with some names lent."""
        other = self._answers_up_to(exercise)
        other.lender = lender
        return other

    def preceded(self, exercise: str, first: str) -> Runner:
        """Return a runner of the answers up to one exercise, with a cell in front."""
        other = self._answers_up_to(exercise)
        other.lender = self.lender
        other.first = first
        return other

    def _answers_up_to(self, exercise: str) -> Runner:
        """Return a runner of the cells up to an answer, without tests, in a process."""
        other = Runner(
            self.sandbox, self.notebook, self.handout, self.settings, self.budget
        )
        cells = self.notebook.cells
        ids = [cell.grade_id for cell in cells]
        last = ids.index(exercise) if exercise in ids else len(ids)
        other.indices = [
            index
            for index in other.indices
            if index <= last and cells[index].role is not CellRole.TEST
        ]
        # Its own answer may have waited for one that is lent.
        other.result.ended = {i: s for i, s in self.result.ended.items() if i != last}
        other.restarts = self.limits.restarts  # one process, no more
        return other

    def _run_cells(self, session: Session) -> None:
        done = self.result
        for index in self.indices:
            cell = self.notebook.cells[index]
            if index in done.ended or index in done.skipped:
                self._lend(session, cell.grade_id)
                if cell.role is CellRole.TEST:
                    # What a test cell does decides nothing: its exercise is asked.
                    self._bind(session, cell.grade_id.removesuffix(TEST_SUFFIX))
                continue
            demo = cell.role is CellRole.DEMO
            budget = self.demo_budget if demo else self.budget
            exercise = cell.grade_id.removesuffix(TEST_SUFFIX)
            limits = self.settings.limits_of(exercise)
            seconds = budget.allows(limits.cell_seconds, self._part(cell))
            if seconds <= 0:
                done.skipped.add(index)
                continue
            before = session.account.spent
            try:
                outputs, fine = session.cell(
                    cell.source, index, seconds, limits.output_bytes, not demo
                )
                if index not in done.outputs:
                    done.outputs[index] = outputs
                    if not fine:
                        done.failed.add(index)
                if cell.role is CellRole.TEST:
                    self._bind(session, exercise)
                self._lend(session, exercise)
            except BackendGone as gone:
                done.ended[index] = gone.kind
                done.outputs[index] = []
                if demo:
                    self._leave_demos()
                return
            finally:
                budget.spend(session.account.spent - before, self._part(cell))

    def _part(self, cell: Cell) -> str:
        """Name the part of the budget that a cell may use beside what all may use."""
        if cell.role is CellRole.SOLUTION:
            return part_to_run(cell.grade_id)
        if self.scored and cell.grade_id in self.handout.without_exercise:
            return part_to_ask(self.handout.cells[cell.grade_id].exercise)
        return ""

    def _leave_demos(self) -> None:
        """Run no ``demo`` cell any more; do not count the process that follows."""
        cells = self.notebook.cells
        self.indices = [i for i in self.indices if cells[i].role is not CellRole.DEMO]
        self.restarts -= 1

    def _lend(self, session: Session, answer: str) -> None:
        """Put what is lent in the place of what a cell has defined."""
        names = self.lender.names.get(answer) if self.lender else None
        if self.lender and names:
            operators = self.lender.classes
            classes = {name: operators[name] for name in names if name in operators}
            session.request(
                self.limits.ask_seconds, "lend", names=names, classes=classes
            )

    def _bind(self, session: Session, exercise: str) -> None:
        """Note what the exercise's names mean where its test cell stands."""
        session.request(
            self.settings.limits_of(exercise).ask_seconds,
            "bind",
            exercise=exercise,
            names=self.names.get(exercise, []),
        )

    def close(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.close()
