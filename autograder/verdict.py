"""What a judgement says: the status of each exercise, its points, its reasons.

Plain data, known on every floor: judging fills it in, the gradebook keeps it, the
report shows it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How an exercise of a submission stands; written as it is read in ``grades.csv``.

    The order is that of the report's columns.
    """

    CORRECT = "correct"
    PARTIAL = "partial"
    WRONG = "wrong"
    ERROR = "error"
    UNANSWERED = "unanswered"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    MANUAL = "manual"


# With one of these, there was no answer to look at.
NO_ANSWER = frozenset({Status.UNANSWERED, Status.MISSING, Status.UNREADABLE})


class Counts(StrEnum):
    """What an exercise counts for in a term; written as it is read in ``term.toml``."""

    FULLY = "fully"
    TAKEN_OUT = "taken out"
    """For nobody: neither its points nor what can be had."""
    GIVEN = "given"
    """All of its points for everybody whose notebook could be read."""
    BONUS = "bonus"
    """What is earned counts; what can be had does not."""


class Failure(StrEnum):
    """In which way a check fell short; the visible checks use the same words."""

    UNANSWERED = "unanswered"
    ERROR = "error"
    TYPE = "type"
    SHAPE = "shape"
    FINITE = "finite"
    VALUE = "value"
    KEY = "key"
    INPUTS = "inputs"
    LOOPS = "loops"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    DOUBT = "doubt"
    """The grader cannot tell; a person decides."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found.

    Attributes
    ----------
    label : str
        What was checked.
    points, earned : float
        Points possible and points earned.
    kind : Failure or None
        In which way it fell short; None where it passed.
    reason : str
        Why it fell short, for the student.
    """

    label: str
    points: float
    earned: float
    kind: Failure | None = None
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Whether the check earned all its points."""
        return self.kind is None and self.earned >= self.points


@dataclass(slots=True)
class Verdict:
    """What an exercise of one submission earned, and why.

    Attributes
    ----------
    exercise : str
        The id.
    score, max_score : float
        Points earned and possible.
    status : Status
        How it stands.
    checks : list of CheckResult
        One for each hidden check that was asked, in order.
    hint : str
        The likely reasons and what to look at, in plain sentences; may be empty.
    misconceptions : list of str
        Slugs of the misconceptions that the answers match, the likeliest first.
    note : str
        A neutral remark for the instructor.
    comment : str
        What a person wrote to the student, as Markdown.
    by_person : bool
        Whether the score is one that a person entered.
    given : float or None
        What a person gave in the place of the automatic score, extra credit apart.
    extra : float
        The extra credit that a person gave; part of the score.
    grader_failed : bool
        Whether the grader failed to judge the answer, whatever that is worth.
    beside : bool
        Whether the test ran beside the student's code, as nbgrader's do: such a test
        can be fooled.
    answer : str
        A hash of the text of the answer, so that a change of it is seen; empty where
        it is not known.
    counts : Counts
        What the exercise counts for; known only where the term's settings are.
    """

    exercise: str
    score: float
    max_score: float
    status: Status
    checks: list[CheckResult] = field(default_factory=list)
    hint: str = ""
    misconceptions: list[str] = field(default_factory=list)
    note: str = ""
    comment: str = ""
    by_person: bool = False
    given: float | None = None
    extra: float = 0.0
    grader_failed: bool = False
    beside: bool = False
    answer: str = ""
    counts: Counts = Counts.FULLY

    def __post_init__(self) -> None:
        """Take a status that was read from a file."""
        self.status = Status(self.status)
        self.counts = Counts(self.counts)

    @property
    def counted(self) -> float:
        """The points that go into a sum."""
        return 0.0 if self.counts is Counts.TAKEN_OUT else self.score

    @property
    def counted_max(self) -> float:
        """The points that go into the sum of what can be had."""
        beside = self.counts in (Counts.TAKEN_OUT, Counts.BONUS)
        return 0.0 if beside else self.max_score


@dataclass
class Judgement:
    """Everything that grading one notebook found.

    Attributes
    ----------
    notebook : str
        ``"lecture3/01_svm"``.
    verdicts : list of Verdict
        One for each exercise, in order.
    notes : list of str
        Neutral remarks for the instructor.
    stale : list of int
        Indices of the cells whose stored outputs differ from the fresh ones.
    seconds : float
        Wall time.
    demos : list of int
        Indices of the ``demo`` cells that ran to their end.
    file : str
        A hash of the file that was handed in; empty where it is not known.
    edition : str
        A hash of the handout and its exercises by which it was judged; empty where it
        is not known.
    language : str
        Of the edition that the student took, such as ``"ko"``; empty for English.
    """

    notebook: str
    verdicts: list[Verdict]
    notes: list[str] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    seconds: float = 0.0
    demos: list[int] = field(default_factory=list)
    file: str = ""
    edition: str = ""
    language: str = ""


@dataclass(frozen=True)
class Judged:
    """A judgement with the notebook that was judged.

    Attributes
    ----------
    judgement : Judgement
        What was found.
    notebook : dict
        The notebook as it was run, with fresh outputs; JSON of version 4. It has no
        cells where nothing could be run.
    """

    judgement: Judgement
    notebook: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Graded:
    """A judgement with the files that are written from it.

    Attributes
    ----------
    judgement : Judgement
        What was found.
    notebook : str
        The notebook as it was run: a file's text.
    page : str
        The feedback page: a file's text.
    record : str
        The judgement as text, for the gradebook.
    """

    judgement: Judgement
    notebook: str
    page: str
    record: str


def to_text(judgement: Judgement) -> str:
    """Write a judgement as JSON."""
    fields = asdict(judgement)
    for verdict in fields["verdicts"]:
        for check in verdict["checks"]:
            check["kind"] = check["kind"] or ""
    return json.dumps(fields)


class JudgementReader:
    """Reads stored judgements, and keeps one object for equal results of a check.

    A class has few different results of a check, and each of them many times over.
    """

    def __init__(self) -> None:
        self._results: dict[tuple[Any, ...], CheckResult] = {}

    def read(self, text: str) -> Judgement:
        """Read what :func:`to_text` wrote."""
        fields: dict[str, Any] = json.loads(text)
        verdicts = [self._verdict(one) for one in fields.pop("verdicts")]
        return Judgement(verdicts=verdicts, **fields)

    def _verdict(self, fields: dict[str, Any]) -> Verdict:
        checks = [self._result(check) for check in fields.pop("checks")]
        return Verdict(checks=checks, **fields)

    def _result(self, fields: dict[str, Any]) -> CheckResult:
        kind = Failure(fields["kind"]) if fields["kind"] else None
        result = CheckResult(**fields | {"kind": kind})
        return self._results.setdefault(tuple(fields.values()), result)
