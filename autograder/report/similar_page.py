"""The page on similar answers, for the instructor alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from autograder.course.handout import Handout
from autograder.csv_tables import number, plain_text
from autograder.report.mistakes import excerpt, solutions
from autograder.report.page import render_page
from autograder.report.render_notebook import render_code
from autograder.report.similar import Pair, Similar

SIMILAR = ("student_1", "student_2", "percent", "exercises", "rare_mistakes")
SHOWN = 3  # exercises of a pair, each with both answers


def similar_rows(found: Similar) -> list[list[str]]:
    """Return one row for every pair."""
    return [
        [
            *map(plain_text, pair.students),
            number(100 * pair.likeness),
            " ".join(pair.exercises),
            plain_text("; ".join(pair.mistakes)),
        ]
        for pair in found.pairs
    ]


def render_similar(
    lecture: str,
    handouts: Sequence[Handout],
    found: Similar,
    load: Callable[[str, str], Mapping[str, Any]],
) -> str:
    """Return the page, complete in itself.

    Parameters
    ----------
    lecture : str
        The lecture.
    handouts : sequence of Handout
        Its notebooks.
    found : Similar
        The pairs.
    load : callable
        ``load(student, notebook)`` returns a graded notebook.
    """
    notebook_of = {e.id: h.name for h in handouts for e in h.exercises}

    def code(pair: Pair) -> list[tuple[str, Markup, Markup]]:
        shown = []
        for name in pair.exercises[:SHOWN]:
            one, other = (
                solutions(load(student, notebook_of[name])).get(name, "")
                for student in pair.students
            )
            shown.append((name, _code(one), _code(other)))
        return shown

    return render_page(
        "similar.html",
        lecture=lecture,
        found=found,
        code=code,
        percent=lambda share: f"{100 * share:.0f}",
    )


def _code(source: str) -> Markup:
    # render_code escapes what it colours.
    return Markup(render_code(excerpt(source)))  # noqa: S704
