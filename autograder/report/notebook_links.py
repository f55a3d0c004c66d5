"""Where students find an exercise again: the heading above it, in their notebook."""

from __future__ import annotations

import re
from urllib.parse import quote

from autograder.course.cells import nbgrader_metadata
from autograder.course.handout import Handout
from autograder.course.settings import NOTEBOOK

HEADING = re.compile(r"#{1,6} +(.+?) *#*")
FENCE = ("```", "~~~")
# What is not in the text that a heading shows, or not as it is written.
MARKUP = re.compile(r"[$<>\\[\]*_]")


def exercise_links(handout: Handout, url: str) -> dict[str, str]:
    """Return the address of each exercise of a notebook; nothing without a `url`.

    Parameters
    ----------
    handout : Handout
        The notebook.
    url : str
        Of any notebook, as the course's settings have it; may be empty.
    """
    if not url:
        return {}
    page = url.replace(NOTEBOOK, quote(handout.name))
    ids = {exercise.id for exercise in handout.exercises}
    links = {}
    heading = ""
    for cell in handout.notebook["cells"]:
        if cell["cell_type"] == "markdown":
            heading = last_heading("".join(cell["source"])) or heading
        name = str(nbgrader_metadata(cell).get("grade_id", ""))
        if name in ids:
            place = quote(anchor(heading))
            links[name] = f"{page}#{place}" if place else page
    return links


def last_heading(source: str) -> str:
    r"""Return the last heading of a Markdown cell; empty where it has none.

    Examples
    --------
    >>> last_heading("# A\n\n## B ##\n\n```\n# no heading\n```")
    'B'
    """
    found, fenced = "", False
    for line in source.splitlines():
        if line.lstrip().startswith(FENCE):
            fenced = not fenced
        match = HEADING.fullmatch(line)
        if match and not fenced:
            found = match[1]
    return found


def anchor(heading: str) -> str:
    """Return the anchor of a heading as Jupyter makes it; empty where that is not sure.

    Examples
    --------
    >>> anchor("3. The `hinge` loss"), anchor("Why $e^x$ grows")
    ('3.-The-hinge-loss', '')
    """
    if MARKUP.search(heading):
        return ""
    return heading.replace("`", "").replace(" ", "-")
