"""What a class did, counted once: the figures and tables of the report draw on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from autograder.course.handout import Handout
from autograder.exercise.record import Exercise
from autograder.gradebook.standings import Results
from autograder.gradebook.term_settings import NO_TERM, LectureTerm
from autograder.report.discrimination import Discrimination, chance, discrimination
from autograder.report.mistakes import Key, Mistake, mistakes_in, rank
from autograder.report.status_text import group, waits
from autograder.report.tables import verdict_of
from autograder.verdict import Counts, Status, Verdict

# Steps of the share of an exercise's points, in percent.
STEPS = ("0", "1-24", "25-49", "50-74", "75-99", "100")
# With one of these, an exercise was looked at.
LOOKED_AT = frozenset(Status) - {"missing", "unreadable"}


@dataclass
class ExerciseSummary:
    """What a class did in one exercise.

    Attributes
    ----------
    exercise : Exercise
        The record.
    groups, statuses : Counter
        Students by group (see :func:`autograder.report.status_text.group`) and by
        status.
    mistakes : dict
        By key.
    scores : list of float
        Of the students whose exercise does not wait for a person.
    unread : list of str
        The students whose exercise does.
    discrimination : Discrimination
        How well it separates strong from weak.
    """

    exercise: Exercise
    groups: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    mistakes: dict[Key, Mistake] = field(default_factory=dict)
    scores: list[float] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    discrimination: Discrimination = field(
        default_factory=lambda: discrimination([], [])
    )

    def add(self, student: str, verdict: Verdict) -> None:
        """Count one verdict."""
        self.groups[group(verdict)] += 1
        self.statuses[verdict.status] += 1
        if waits(verdict):
            self.unread.append(student)
        else:
            self.scores.append(verdict.score)
        made = mistakes_in(verdict)
        for key in made:
            mistake = self.mistakes.setdefault(key, Mistake(self.exercise, key))
            mistake.students.append(student)
            if len(made) == 1:
                mistake.alone.append(student)

    @property
    def mean(self) -> float | None:
        """The mean score; None where every text still waits."""
        return sum(self.scores) / len(self.scores) if self.scores else None

    @property
    def median(self) -> float | None:
        """The median score; None where every text still waits."""
        return median(self.scores) if self.scores else None

    @property
    def spread(self) -> list[int]:
        """How many students have which share of the points, by ``STEPS``."""
        counts = [0] * len(STEPS)
        for score in self.scores:
            counts[_step(score / self.exercise.points)] += 1
        return counts

    @property
    def ranked(self) -> list[Mistake]:
        """The mistakes, the commonest first."""
        return rank(self.mistakes.values())


def _step(share: float) -> int:
    if share <= 0:
        return 0
    return len(STEPS) - 1 if share >= 1 else 1 + min(int(4 * share), 3)


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
        One per student.
    exercises : list of ExerciseSummary
        One per exercise, in the order of the course.
    most : float
        The points that can be had.
    compared : int
        Students of whom something could be looked at; discriminations rest on them.
    not_counted : set of str
        The exercises whose points cannot be had by everybody: bonus, or taken out.
    """

    rows: list[Row]
    exercises: list[ExerciseSummary]
    most: float
    compared: int = 0
    not_counted: frozenset[str] = frozenset()

    @property
    def median(self) -> float | None:
        """The median of the totals; None where there is nobody."""
        return median(row.score for row in self.rows) if self.rows else None

    @property
    def absent(self) -> list[str]:
        """Who handed in nothing, not even a file that could not be read."""
        return [
            row.student
            for row in self.rows
            if all(v.status == "missing" for v in row.verdicts.values())
        ]

    @property
    def handed_in(self) -> int:
        """How many handed in something."""
        return len(self.rows) - len(self.absent)

    @property
    def chance(self) -> float:
        """How far from 0 a discrimination may lie by chance, in 19 of 20 classes."""
        return chance(self.compared)

    @property
    def mistakes(self) -> list[Mistake]:
        """The mistakes in all exercises, the commonest first."""
        return rank(m for e in self.exercises for m in e.mistakes.values())

    @property
    def statuses(self) -> list[str]:
        """The statuses that occur, in the order in which they are always listed."""
        return [s for s in Status if any(e.statuses[s] for e in self.exercises)]


def summarize(
    handouts: Sequence[Handout],
    students: Iterable[str],
    results: Results,
    penalties: Mapping[str, float],
    term: LectureTerm = NO_TERM,
) -> Summary:
    """Count what a class did; the work grows with students times exercises.

    Parameters
    ----------
    handouts : sequence of Handout
        The notebooks.
    students : iterable of str
        Everybody, with or without a submission.
    results : mapping
        Student -> notebook -> judgement.
    penalties : mapping
        Points lost for being late, by student.
    term : LectureTerm
        Says which exercises count.
    """
    counted = {e.id: ExerciseSummary(e) for h in handouts for e in h.exercises}
    beside = (Counts.TAKEN_OUT, Counts.BONUS)
    not_counted = frozenset(n for n in counted if term.counts_of(n) in beside)
    most = float(
        sum(c.exercise.points for n, c in counted.items() if n not in not_counted)
    )
    rows = []
    for student in students:
        verdicts, sums = {}, {}
        for handout in handouts:
            for e in handout.exercises:
                verdict = verdict_of(
                    results, student, handout.name, e.id, e.points, term
                )
                verdicts[e.id] = verdict
                counted[e.id].add(student, verdict)
            sums[handout.name] = sum(verdicts[e.id].counted for e in handout.exercises)
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
    exercises = list(counted.values())
    return Summary(rows, exercises, most, _separate(rows, exercises), not_counted)


def _separate(rows: Sequence[Row], exercises: Sequence[ExerciseSummary]) -> int:
    """Say of each exercise how well it separates; return over how many students.

    Counted over those of whom something could be looked at. An exercise that still
    waits for a person does not count among the rest, for anybody.
    """
    here = [
        row for row in rows if any(v.status in LOOKED_AT for v in row.verdicts.values())
    ]
    settled = [e.exercise.id for e in exercises if not e.unread]
    sums = [sum(row.verdicts[name].score for name in settled) for row in here]
    for e in exercises:
        name = e.exercise.id
        own = name in settled
        full, rest = [], []
        for row, points in zip(here, sums, strict=True):
            verdict = row.verdicts[name]
            if not waits(verdict):
                full.append(verdict.score >= verdict.max_score)
                rest.append(points - verdict.score if own else points)
        e.discrimination = discrimination(full, rest)
        if e.discrimination.value is None and e.unread:
            e.discrimination = replace(e.discrimination, why="not read yet")
    return len(here)
