"""What ``grade`` says at its end: what it did, and what a person is to do next."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from autograder.gradebook.changes import Because, Change, gains_and_losses
from autograder.report.files import UNUSED
from autograder.report.page import one_line
from autograder.sandbox.rungs import RUNG_WORDS

MOST_NAMED = 20  # files or students, on the terminal


class Said(StrEnum):
    """In which form a command says what it did."""

    WORDS = "words"
    JSON = "json"
    QUIET = "quiet"


@dataclass
class Tally:
    """What a call of ``grade`` did.

    Attributes
    ----------
    lecture : str
        The lecture.
    graded, unchanged, failed : int
        Notebooks that were judged, that had not changed, and that the grader failed to
        judge.
    rung : str
        How submissions were isolated.
    unused : list of Path
        Files among the submissions that no notebook was read from, as seen from there.
    changes : list of Change
        Scores of notebooks that had been graded before and are others now.
    students : int
        Who is known, with or without a submission.
    waiting : int
        Texts that a person still has to read.
    report : Path
        The page that leads to everything.
    options : tuple of str
        What tells another command where all this lies.
    """

    lecture: str = ""
    graded: int = 0
    unchanged: int = 0
    failed: int = 0
    rung: str = ""
    unused: list[Path] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    students: int = 0
    waiting: int = 0
    report: Path = Path()
    options: tuple[str, ...] = ()

    @property
    def moved(self) -> tuple[list[str], list[str]]:
        """Who gains and who loses points by exercises that changed."""
        return gains_and_losses(
            c for c in self.changes if c.because is Because.EXERCISE
        )

    @property
    def next(self) -> str:
        """The command that comes next."""
        words = ["python", "-m", "autograder"]
        if self.failed:
            words += ["grade", self.lecture]
        elif self.waiting:
            words += ["report", self.lecture]
        else:
            words += ["publish", self.lecture, "--to", "DIR"]
        return shlex.join([*words, *self.options])


def report(tally: Tally, said: Said) -> None:
    """Say what was done, in the form that was asked for; failures in any."""
    if said is Said.WORDS:
        say(tally)
    elif said is Said.JSON:
        print(as_json(tally), flush=True)
    say_failures(tally)


def say(tally: Tally) -> None:
    """Print what a person wants to know."""
    print(
        f"{tally.graded} notebooks graded, {tally.unchanged} unchanged since the last"
    )
    print(f"Sandbox: {RUNG_WORDS[tally.rung]}.")
    _say_unused(tally.unused)
    _say_changes(*tally.moved)
    if tally.waiting:
        texts = "1 text" if tally.waiting == 1 else f"{tally.waiting} texts"
        print(f"Needs a person: {texts} to read.")
    print(f"Report: {tally.report}")
    print(f"Next: {tally.next}")


def say_failures(tally: Tally) -> None:
    """Say on stderr what the grader failed at."""
    if tally.failed:
        print(
            f"{tally.failed} notebooks could not be judged by a fault of the grader; "
            "the report says why, and the next call tries them again",
            file=sys.stderr,
        )


def as_json(tally: Tally) -> str:
    """Return the same for a program, on one line."""
    gain, lose = tally.moved
    return json.dumps(
        {
            "lecture": tally.lecture,
            "students": tally.students,
            "graded": tally.graded,
            "unchanged": tally.unchanged,
            "failed": tally.failed,
            "sandbox": tally.rung,
            "unused": [str(path) for path in tally.unused],
            "gain": gain,
            "lose": lose,
            "to_grade_by_hand": tally.waiting,
            "report": str(tally.report),
            "next": tally.next,
        }
    )


def _say_unused(unused: Sequence[Path]) -> None:
    """Name files that were handed in and not used; of many only the first."""
    if not unused:
        return
    print(f"{len(unused)} files among the submissions were not used:")
    for path in unused[:MOST_NAMED]:
        print(f"  {one_line(str(path))}")
    if len(unused) > MOST_NAMED:
        print(f"  and {len(unused) - MOST_NAMED} more, named in {UNUSED}")


def _say_changes(gain: Sequence[str], lose: Sequence[str]) -> None:
    """Name who gains and who loses by exercises that changed, of many the first."""
    for students, verb in ((gain, "gain"), (lose, "lose")):
        if students:
            one = len(students) == 1
            names = ", ".join(one_line(name, 60) for name in students[:MOST_NAMED])
            more = len(students) - MOST_NAMED
            print(
                f"{len(students)} {'student' if one else 'students'} "
                f"{verb}{'s' if one else ''} points by exercises that changed: "
                f"{names}{f' and {more} more' if more > 0 else ''}; see changes.csv"
            )
