"""The page that an instructor reads: who has what, and what to talk about."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from autograder.course import Master
from autograder.report.figures import Bar, histogram, mean_note, share_bars
from autograder.report.page import one_line, render_page
from autograder.report.summary import Summary, summarize
from autograder.report.tables import Results
from autograder.report.words import BY_PERSON, group, title
from autograder.sandbox.ladder import SAID
from autograder.sandbox.selftest import Proof

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


def render_report(
    lecture: str,
    masters: Sequence[Master],
    students: Sequence[str],
    results: Results,
    penalties: Mapping[str, float],
    proof: Proof | None,
) -> str:
    """Return the report of a class, complete in itself.

    Parameters
    ----------
    lecture : str
        The assignment.
    masters : sequence of Master
        Its notebooks.
    students : sequence of str
        Everybody, with or without a submission; any text.
    results : mapping
        Student -> notebook -> judgement.
    penalties : mapping
        Points lost for being late, by student.
    proof : Proof or None
        What the sandbox proved before the run; None where nothing was run.
    """
    summary = summarize(masters, students, results, penalties)
    return render_page(
        "class_report.html",
        lecture=lecture,
        masters=masters,
        summary=summary,
        title=title,
        handed_in=sum(bool(results.get(student)) for student in students),
        shares=_shares(summary),
        spread=histogram(
            "How do the totals spread?", [row.percent for row in summary.rows]
        ),
        median=_median([row.score for row in summary.rows]),
        tables=[_table(master, summary, results) for master in masters],
        late=any(row.penalty for row in summary.rows),
        reasons=[e for e in summary.exercises if e.reasons],
        who=_who,
        waiting=[(e.exercise, e.unread) for e in summary.exercises if e.unread],
        stale=_stale(students, results),
        notes=_notes(students, results),
        long=len(students) > LONG,
        proof=proof,
        said=SAID[proof.level] if proof else "",
        absent=[student for student in students if not results.get(student)],
    )


def _shares(summary: Summary) -> object:
    bars = [
        Bar(
            e.exercise.title or e.exercise.id,
            mean_note(e.mean, e.exercise.points, e.groups["waits"]),
            e.groups,
        )
        for e in summary.exercises
    ]
    return share_bars("How did the class do in each exercise?", bars)


def _table(master: Master, summary: Summary, results: Results) -> dict[str, object]:
    """Return one notebook's table: students times exercises."""
    rows = []
    for row in summary.rows:
        fields = []
        for e in master.exercises:
            verdict = row.verdicts[e.id]
            kind = group(verdict)
            plain = kind == "full" or verdict.status == "partial"
            status = "" if plain else "waits" if kind == "waits" else verdict.status
            fields.append(Entry(verdict.score, kind, status))
        link = ""
        if master.name in results.get(row.student, {}):
            link = feedback_link(row.student, master.name)
        rows.append((row.student, link, fields, row.notebooks[master.name]))
    return {
        "name": master.name.split("/")[1],
        "exercises": master.exercises,
        "most": sum(e.points for e in master.exercises),
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


def _median(scores: Sequence[float]) -> float | None:
    if not scores:
        return None
    ordered = sorted(scores)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def _stale(students: Sequence[str], results: Results) -> list[Note]:
    found = []
    for student in students:
        for name, judgement in results.get(student, {}).items():
            if judgement.stale:
                places = ", ".join(str(place + 1) for place in judgement.stale)
                found.append(Note(student, name.split("/")[1], places))
    return found


def _notes(students: Sequence[str], results: Results) -> list[Note]:
    found = []
    for student in students:
        for name, judgement in results.get(student, {}).items():
            texts = list(judgement.notes)
            texts += [
                f"{v.exercise}: {v.note}"
                for v in judgement.verdicts
                if v.note and v.note not in judgement.notes and v.note != BY_PERSON
            ]
            for text in dict.fromkeys(texts):
                found.append(Note(student, name.split("/")[1], text))
    return found
