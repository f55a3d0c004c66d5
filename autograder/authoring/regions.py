"""Find the regions between ``### BEGIN ...`` and ``### END ...`` in a cell."""

from __future__ import annotations

from dataclasses import dataclass

SOLUTION = "SOLUTION"
HIDDEN = "HIDDEN TESTS"


@dataclass(frozen=True)
class Region:
    """A region of a cell.

    Parameters
    ----------
    begin, end : int
        Indices of the two delimiter lines in the cell, from 0.
    body : tuple of str
        The lines between them.
    indent : str
        The white space before the first delimiter.
    """

    begin: int
    end: int
    body: tuple[str, ...]
    indent: str


def find_regions(
    lines: list[str], what: str
) -> tuple[list[Region], list[tuple[int, str]]]:
    """Find the regions of one kind.

    Parameters
    ----------
    lines : list of str
        The cell's text.
    what : str
        `SOLUTION` or `HIDDEN`.

    Returns
    -------
    regions : list of Region
        The well-formed ones, in order.
    faults : list of (int, str)
        Index of a line and what is wrong with it.

    Examples
    --------
    >>> text = ["def f():", "    ### BEGIN SOLUTION", "    return 1",
    ...         "    ### END SOLUTION"]
    >>> find_regions(text, SOLUTION)[0]
    [Region(begin=1, end=3, body=('    return 1',), indent='    ')]
    """
    opening, closing = f"### BEGIN {what}", f"### END {what}"
    regions: list[Region] = []
    faults: list[tuple[int, str]] = []
    begin: int | None = None
    for index, line in enumerate(lines):
        plain = line.strip()
        if f"BEGIN {what}" in line:
            if plain != opening:
                faults.append((index, f"write the delimiter as '{opening}' alone"))
            if begin is not None:
                faults.append((index, f"a region begins inside another: '{closing}'"))
            begin = index
        elif f"END {what}" in line:
            if plain != closing:
                faults.append((index, f"write the delimiter as '{closing}' alone"))
            if begin is None:
                faults.append((index, f"'{closing}' without '{opening}' before it"))
            else:
                indent = lines[begin][: len(lines[begin]) - len(lines[begin].lstrip())]
                body = tuple(lines[begin + 1 : index])
                regions.append(Region(begin, index, body, indent))
            begin = None
    if begin is not None:
        faults.append((begin, f"'{opening}' without '{closing}' after it"))
    return regions, faults


def outside(lines: list[str], regions: list[Region]) -> list[tuple[int, str]]:
    """List the lines that stand in no region, each with its index."""
    hidden = {i for region in regions for i in range(region.begin, region.end + 1)}
    return [(index, line) for index, line in enumerate(lines) if index not in hidden]
