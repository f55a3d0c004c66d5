"""Count what the visible checks refuse of the bank, and whether they name it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from answer_checks.session import State
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.problems import refuse
from autograder.authoring.reasons import reasons_of
from autograder.authoring.source import read_source
from autograder.authoring.visible_run import Seen, see
from autograder.course.course import Course
from autograder.course.exercises import find_exercises
from autograder.exercise.kinds import ExerciseKind
from autograder.exercise.marks import Kind
from autograder.exercise.record import Exercise


@dataclass
class Visible:
    """What the visible checks of one exercise make of its bank.

    Attributes
    ----------
    exercise : Exercise
        The record.
    refused, named : int
        Misconceptions that fall short, and those whose reason is given.
    passing, unnamed : list of str
        Misconceptions that pass; those that are refused without a reason, with what is
        said instead.
    misnamed : list of str
        Misconceptions that get another one's reason.
    rejected, reasoned : list of str
        Right answers that are refused, and those that get a reason.
    """

    exercise: Exercise
    refused: int = 0
    named: int = 0
    passing: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    reasoned: list[str] = field(default_factory=list)

    @property
    def judged(self) -> int:
        """How many misconceptions the checks were put to."""
        return len(self.exercise.misconceptions)

    @property
    def findings(self) -> list[str]:
        """Say what must not be."""
        name = self.exercise.id
        return [
            *(f"{name}: names {m} wrongly" for m in self.misnamed),
            *(f"{name}: the visible checks refuse {m}" for m in self.rejected),
            *(f"{name}: gives a reason for {m}" for m in self.reasoned),
        ]


def judges_values(exercise: Exercise) -> bool:
    """Tell whether visible checks may judge more than the form of an answer.

    The right answers to questions are not in the notebook: their check sees whether
    each key has an answer of the right kind, and passes wrong ones.
    """
    if exercise.kind is ExerciseKind.CODE:
        return True
    first = exercise.reference_names.get(exercise.names[0]) if exercise.names else None
    return exercise.kind is ExerciseKind.VALUE and not isinstance(first, dict)


def measure_visible(course: Course, wanted: Sequence[str] = ()) -> Iterator[Visible]:
    """Put the bank to the visible checks, notebook by notebook, as the sources are.

    Parameters
    ----------
    course : Course
        The course.
    wanted : sequence of str
        The exercises; all by default.
    """
    known = find_exercises(course.root)
    for files in find_notebooks(course.root):
        names = [
            name for name in known.ids_of(files.name) if judges_values(known[name])
        ]
        names = [name for name in names if not wanted or name in wanted]
        if not names:
            continue
        source, problems = read_source(files)
        refuse(problems)
        if source is not None:
            seen = see(source, names, course.environment)
            yield from (count(known[name], seen) for name in names)


def count(exercise: Exercise, seen: Sequence[Seen]) -> Visible:
    """Count what was seen of one exercise."""
    reasons = reasons_of(exercise, seen)
    found = Visible(exercise)
    for one in seen:
        if one.exercise != exercise.id:
            continue
        given = reasons.get(one.key) if one.state is State.WRONG else None
        known = exercise.known(one.entry) if one.kind is Kind.MISCONCEPTION else None
        if known is None:
            name = one.entry or "the solution"
            found.rejected += [name] if one.state is not State.PASSED else []
            found.reasoned += [name] if given else []
        elif one.state is State.PASSED:
            found.passing.append(one.entry)
        else:
            found.refused += 1
            if given is None:
                found.unnamed.append(f"{one.entry}: {one.message.splitlines()[0]}")
            elif given == (known.says, known.hint):
                found.named += 1
            else:
                found.misnamed.append(one.entry)
    return found
