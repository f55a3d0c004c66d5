"""The page that names students: who has what, who waits, and notes on submissions."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from autograder.course.handout import Handout
from autograder.gradebook.standings import Results
from autograder.notebook_name import stem_of
from autograder.report.page import one_line, render_page
from autograder.report.status_text import group
from autograder.report.summary import Summary

LONG = 50  # students; longer tables are folded
NAMED = 3


@dataclass(frozen=True)
class Entry:
    """One field of the table of scores."""

    score: float
    group: str
    status: str  # empty where the score says it


@dataclass(frozen=True)
class Note:
    """A neutral remark on one submission."""

    student: str
    notebook: str
    text: str


def render_students(
    lecture: str,
    handouts: Sequence[Handout],
    summary: Summary,
    results: Results,
    plain: str = "report.html",
    term: bool = False,
) -> str:
    """Return the page of a class by name, complete in itself.

    Parameters
    ----------
    lecture : str
        The lecture.
    handouts : sequence of Handout
        Its notebooks.
    summary : Summary
        What the class did.
    results : mapping
        Student -> notebook -> judgement.
    plain : str
        The address of the page without names.
    term : bool
        Whether ``students.html`` is the page of the term.
    """
    students = [row.student for row in summary.rows]
    return render_page(
        "students.html",
        lecture=lecture,
        plain=plain,
        term=term,
        handouts=handouts,
        summary=summary,
        tables=[_table(handout, summary, results) for handout in handouts],
        late=any(row.penalty for row in summary.rows),
        who=_who,
        waiting=[(e.exercise, e.unread) for e in summary.exercises if e.unread],
        stale=_stale(students, results),
        notes=_notes(students, results),
        long=len(students) > LONG,
        absent=summary.absent,
    )


def _table(handout: Handout, summary: Summary, results: Results) -> dict[str, object]:
    """Return one notebook's table: students times exercises."""
    rows = []
    for row in summary.rows:
        fields = []
        for e in handout.exercises:
            verdict = row.verdicts[e.id]
            kind = group(verdict)
            plain = kind == "full" or verdict.status == "partial"
            status = "" if plain else "waits" if kind == "waits" else verdict.status
            fields.append(Entry(verdict.score, kind, status))
        link = ""
        if handout.name in results.get(row.student, {}):
            link = feedback_link(row.student, handout.name)
        rows.append((row.student, link, fields, row.notebooks[handout.name]))
    return {
        "name": handout.stem,
        "exercises": handout.exercises,
        "most": sum(
            e.points for e in handout.exercises if e.id not in summary.not_counted
        ),
        "rows": rows,
    }


def feedback_link(student: str, notebook: str) -> str:
    """Return where a feedback page lies, seen from the report.

    Examples
    --------
    >>> feedback_link('a "b"', "lecture3/01_svm")
    'feedback/a%20%22b%22/lecture3/01_svm.html'
    """
    return f"feedback/{quote(os.fsencode(student), safe='')}/{notebook}.html"


def _who(students: Sequence[str]) -> str:
    """Name a few students and count the others."""
    names = [one_line(student, 40) for student in students[:NAMED]]
    more = len(students) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _stale(students: Sequence[str], results: Results) -> list[Note]:
    found = []
    for student in students:
        for name, judgement in results.get(student, {}).items():
            if judgement.stale:
                places = ", ".join(str(place + 1) for place in judgement.stale)
                found.append(Note(student, stem_of(name), places))
    return found


def _notes(students: Sequence[str], results: Results) -> list[Note]:
    found = []
    for student in students:
        for name, judgement in results.get(student, {}).items():
            texts = list(judgement.notes)
            texts += [
                f"{v.exercise}: {v.note}"
                for v in judgement.verdicts
                if v.note and v.note not in judgement.notes
            ]
            for text in dict.fromkeys(texts):
                found.append(Note(student, stem_of(name), text))
    return found
