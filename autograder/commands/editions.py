"""Keep points of two editions of one exercise out of one table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.course.handout import Handout
from autograder.gradebook.book import Book
from autograder.gradebook.standings import Results
from autograder.report.page import one_line

MOST_NAMED = 20  # students, on the terminal


def with_others(
    book: Book, submitted: Path, students: Sequence[str], handouts: Sequence[Handout]
) -> list[str]:
    """Add to some students those whose results an exercise's change made outdated.

    A table must not hold points of two editions of one exercise.
    """
    lecture = handouts[0].lecture
    edition = {handout.name: handout.edition for handout in handouts}
    outdated = {
        student
        for (student, name), judged_by in book.editions(lecture).items()
        if name in edition and judged_by != edition[name]
    }
    others = sorted(
        name for name in outdated.difference(students) if (submitted / name).is_dir()
    )
    if others:
        one = len(others) == 1
        print(
            f"{len(others)} other {'student was' if one else 'students were'} graded "
            f"by an earlier edition of {lecture} or of the grader: graded again too, "
            "so that no table mixes two",
            file=sys.stderr,
        )
    return [*students, *others]


def warn_of_editions(results: Results, handouts: Sequence[Handout]) -> None:
    """Name whose results are of an earlier edition, with no folder to grade again."""
    edition = {handout.name: handout.edition for handout in handouts}
    old = [
        student
        for student, of in results.items()
        if any(name in edition and j.edition != edition[name] for name, j in of.items())
    ]
    if old:
        names = ", ".join(one_line(student, 60) for student in old[:MOST_NAMED])
        more = f" and {len(old) - MOST_NAMED} more" if len(old) > MOST_NAMED else ""
        print(
            f"WARNING: the points of {names}{more} are of an earlier edition of the "
            "exercises or of the grader: no folder of theirs is among the submissions",
            file=sys.stderr,
        )
