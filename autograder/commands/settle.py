"""Bring what the gradebook holds up to the settings of the term."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from autograder.course.course import Course
from autograder.course.handout import load_handouts
from autograder.gradebook.book import Book
from autograder.gradebook.late_penalties import late_rule
from autograder.gradebook.term_settings import (
    FILE_NAME,
    NO_TERM,
    LectureTerm,
    read_term,
)
from autograder.report.page import one_line

MOST_NAMED = 20  # students, on the terminal


def terms_of(out: Path, course: Course) -> dict[str, LectureTerm]:
    """Read the term's settings, which lie in the folder that everything goes to.

    Raises
    ------
    UserError
        The file cannot be read, or names what the course does not have.
    """

    def exercises_of(lecture: str) -> list[str] | None:
        if lecture not in course.lectures:
            return None
        handouts = load_handouts(course.root, lecture)
        return [exercise.id for handout in handouts for exercise in handout.exercises]

    return read_term(out, exercises_of)


def settle(
    book: Book, terms: Mapping[str, LectureTerm], course: Course, out: Path
) -> None:
    """Let due dates, extensions and penalties of every graded lecture be those of now.

    Says on stderr which extensions nobody uses: a name may be misspelt.
    """
    for lecture in book.lectures():
        term = terms.get(lecture, NO_TERM)
        unused = book.set_term(lecture, term)
        if unused:
            names = ", ".join(one_line(name, 60) for name in unused)
            print(
                f"term.toml: {lecture} has an extension for {names}, who handed in "
                "nothing",
                file=sys.stderr,
            )
        late = book.late_without_time(lecture)
        if late and term.late_hours is None:
            names = ", ".join(one_line(name, 60) for name in late[:MOST_NAMED])
            more = len(late) - MOST_NAMED
            print(
                f"{lecture}: late as the platform says, which does not tell by how "
                f"much: {names}{f' and {more} more' if more > 0 else ''}. They lose "
                "nothing: write the time to timestamp.txt, or late_hours to "
                f"{out / FILE_NAME}",
                file=sys.stderr,
            )
        book.settle_penalties(lecture, term, lambda: late_rule(course.root, out))
