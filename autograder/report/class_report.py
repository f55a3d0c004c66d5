"""The page that an instructor shows: how a class did and what to talk about.

It names nobody; the names are on the page of :mod:`autograder.report.students`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from autograder.course.handout import Handout
from autograder.gradebook.standings import Standings
from autograder.notebook_name import stem_of
from autograder.report.discrimination import FEWEST
from autograder.report.figures import (
    Bar,
    exercise_rows,
    histogram,
    mean_note,
    mistake_bars,
)
from autograder.report.mistakes import Key
from autograder.report.page import render_page
from autograder.report.render_notebook import render_code
from autograder.report.summary import STEPS, Summary
from autograder.sandbox.rungs import RUNG_WORDS
from autograder.sandbox.selftest import Proof

COMMONEST = 10  # mistakes in the picture
SHOWN = 6  # mistakes of an exercise, each with an example

Examples = Mapping[tuple[str, Key], str]


def render_report(
    lecture: str,
    handouts: Sequence[Handout],
    summary: Summary,
    examples: Examples,
    proof: Proof | None,
    manual: bool = False,
    unused: int = 0,
    names: str = "students.html",
    term: bool = False,
    standings: Standings | None = None,
) -> str:
    """Return the report of a class, complete in itself.

    Parameters
    ----------
    lecture : str
        The lecture.
    handouts : sequence of Handout
        Its notebooks.
    summary : Summary
        What the class did.
    examples : mapping
        Code of a student for each mistake, by exercise id and key.
    proof : Proof or None
        What the sandbox proved before the run; None where nothing was run.
    manual : bool
        Whether the pages with the texts side by side have been written.
    unused : int
        How many files among the submissions were not used.
    names : str
        The address of the page by name.
    term : bool
        Whether ``report.html`` is the page of the term.
    standings : Standings or None
        Knows how many were late by a platform's word alone, and what that is taken for.
    """
    return render_page(
        "class_report.html",
        lecture=lecture,
        handouts=handouts,
        summary=summary,
        steps=STEPS,
        fewest=FEWEST,
        rows=_rows(handouts, summary),
        spread=histogram(
            "How do the totals spread?", [row.percent for row in summary.rows]
        ),
        commonest=_commonest(summary),
        wrong=[e for e in summary.exercises if e.mistakes],
        shown=SHOWN,
        example=_examples(examples),
        waiting=[e for e in summary.exercises if e.unread],
        beside=[e for e in summary.exercises if e.exercise.kind == "nbgrader"],
        texts=[
            e
            for e in summary.exercises
            if e.exercise.kind == "manual" or e.statuses["manual"]
        ],
        manual=manual,
        unused=unused,
        names=names,
        term=term,
        untimed=len(standings.untimed) if standings else 0,
        late_hours=standings.term.late_hours if standings else None,
        proof=proof,
        said=RUNG_WORDS[proof.rung] if proof else "",
    )


def _rows(handouts: Sequence[Handout], summary: Summary) -> Markup:
    groups: dict[str, list[Bar]] = {h.stem: [] for h in handouts}
    for e in summary.exercises:
        bar = Bar(
            e.exercise.title or e.exercise.id,
            mean_note(e.mean, e.exercise.points, len(e.unread)),
            e.groups,
            e.spread,
            e.discrimination,
        )
        groups[stem_of(e.exercise.notebook)].append(bar)
    return exercise_rows("How did the class do in each exercise?", groups, STEPS)


def _commonest(summary: Summary) -> Markup | None:
    found = [m for m in summary.mistakes if len(m.students) > 1][:COMMONEST]
    if not found:
        return None
    bars = [
        (len(m.students), m.key.says, m.exercise.title or m.exercise.id) for m in found
    ]
    return mistake_bars("Which mistakes are the commonest?", bars)


def _examples(examples: Examples) -> dict[tuple[str, Key], Markup]:
    # render_code escapes what it colours.
    return {key: Markup(render_code(code)) for key, code in examples.items()}  # noqa: S704
