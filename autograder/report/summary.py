"""What a class did, counted once: the figures and tables of the report draw on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.course import Master
from autograder.exercises import get
from autograder.exercises.record import Exercise
from autograder.grading.decide import STATUSES, Verdict
from autograder.report.tables import Results, verdict_of
from autograder.report.words import group, waits

MOST_REASONS = 5


@dataclass
class ExerciseSummary:
    """What a class did in one exercise.

    Attributes
    ----------
    exercise : Exercise
        The record.
    groups, statuses : Counter
        Students by group (see :func:`autograder.report.words.group`) and by status.
    reasons : dict
        For each likely reason or difference, the students it was said to.
    scores : list of float
        Of the students whose exercise does not wait for a person.
    unread : list of str
        The students whose exercise does.
    """

    exercise: Exercise
    groups: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    scores: list[float] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def add(self, student: str, verdict: Verdict) -> None:
        """Count one verdict."""
        self.groups[group(verdict)] += 1
        self.statuses[verdict.status] += 1
        if waits(verdict):
            self.unread.append(student)
        else:
            self.scores.append(verdict.score)
        for reason in reasons(verdict):
            self.reasons.setdefault(reason, []).append(student)

    @property
    def mean(self) -> float | None:
        """The mean score; None where every text still waits."""
        return sum(self.scores) / len(self.scores) if self.scores else None

    @property
    def common(self) -> list[tuple[str, list[str]]]:
        """The most common reasons, the commonest first, each with its students."""
        order = sorted(self.reasons.items(), key=lambda item: (-len(item[1]), item[0]))
        return order[:MOST_REASONS]


@dataclass
class Row:
    """One student.

    Attributes
    ----------
    student : str
        The id.
    verdicts : dict
        By exercise id.
    notebooks : dict
        Points by notebook.
    score : float
        Points of all, the penalty taken off.
    penalty : float
        Points lost because it came late.
    percent : float
        Of what can be had.
    """

    student: str
    verdicts: dict[str, Verdict]
    notebooks: dict[str, float]
    score: float
    penalty: float
    percent: float


@dataclass
class Summary:
    """What a class did.

    Attributes
    ----------
    rows : list of Row
        One a student.
    exercises : list of ExerciseSummary
        One an exercise, in the order of the course.
    most : float
        The points that can be had.
    """

    rows: list[Row]
    exercises: list[ExerciseSummary]
    most: float

    @property
    def statuses(self) -> list[str]:
        """The statuses that occur, in the order in which they are always listed."""
        return [s for s in STATUSES if any(e.statuses[s] for e in self.exercises)]


def summarize(
    masters: Sequence[Master],
    students: Iterable[str],
    results: Results,
    penalties: Mapping[str, float],
) -> Summary:
    """Count what a class did; the work grows with students times exercises.

    Parameters
    ----------
    masters : sequence of Master
        The notebooks.
    students : iterable of str
        Everybody, with or without a submission.
    results : mapping
        Student -> notebook -> judgement.
    penalties : mapping
        Points lost for being late, by student.
    """
    counted = {e.id: ExerciseSummary(e) for m in masters for e in m.exercises}
    most = float(sum(c.exercise.points for c in counted.values()))
    rows = []
    for student in students:
        verdicts, sums = {}, {}
        for master in masters:
            for e in master.exercises:
                verdict = verdict_of(results, student, master.name, e.id, e.points)
                verdicts[e.id] = verdict
                counted[e.id].add(student, verdict)
            sums[master.name] = sum(verdicts[e.id].score for e in master.exercises)
        penalty = penalties.get(student, 0.0)
        score = max(sum(sums.values()) - penalty, 0.0)
        rows.append(
            Row(
                student,
                verdicts,
                sums,
                score,
                penalty,
                100 * score / most if most else 0.0,
            )
        )
    return Summary(rows, list(counted.values()), most)


def reasons(verdict: Verdict) -> list[str]:
    """Return what was said about a wrong answer, without repeating.

    The likely reasons where some are known, else what the first failed check found.
    """
    if verdict.status in ("correct", "unanswered", "missing", "unreadable", "manual"):
        return []
    named = [_says(verdict.exercise, slug) for slug in verdict.misconceptions]
    if named:
        return list(dict.fromkeys(named))
    first = next((c for c in verdict.checks if not c.passed and c.reason), None)
    return [f"{first.label}: {first.reason}"] if first else []


def _says(exercise: str, slug: str) -> str:
    try:
        known = get(exercise).known(slug)
    except KeyError:
        known = None
    return known.says if known else slug.replace("_", " ")
