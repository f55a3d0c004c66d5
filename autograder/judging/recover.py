"""Find answers in words that an editor or a student put where they are not looked for.

A cell that lost its metadata and was answered is known neither by its id nor by its
text, but by what stands around it. An answer written below an untouched question
belongs to the question. Both may have become code: that is what a new cell is in
Jupyter.
"""

from __future__ import annotations

import ast
from collections import Counter

from answer_checks.parsing import parse_python
from autograder.course.handout import Handout, HandoutCell
from autograder.judging.cell import Cell


def squeeze(text: str) -> str:
    """Return a text without what editors add and take away."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def texts_of(handout: Handout) -> set[str]:
    """Return the texts of all cells of a handout, squeezed."""
    return {squeeze("".join(c["source"])) for c in handout.notebook["cells"]}


def find_by_place(cells: list[Cell], ids: list[str], handout: Handout) -> int:
    """Give texts without an id the id of the question that stood in their place.

    Parameters
    ----------
    cells : list of Cell
        The student's.
    ids : list of str
        Their ids; "" for none. Ids that are found are entered.
    handout : Handout
        The notebook as released.

    Returns
    -------
    int
        How many were found.
    """
    lost = [c for c in handout.cells.values() if _asks(c) and c.grade_id not in ids]
    if not lost:
        return 0
    given = [squeeze("".join(c["source"])) for c in handout.notebook["cells"]]
    own, known = [squeeze(cell.source) for cell in cells], set(given)
    times = Counter(given)
    # Only a text that stands once tells where something is.
    index_of = {
        text: index for index, text in reversed([*enumerate(own)]) if times[text] == 1
    }
    found = 0
    for wanted in lost:
        before, after = wanted.position - 1, wanted.position + 1
        neighbours = []
        if before >= 0 and given[before] in index_of:
            neighbours.append(index_of[given[before]] + 1)
        if after < len(given) and given[after] in index_of:
            neighbours.append(index_of[given[after]] - 1)
        for at in neighbours:
            if (
                0 <= at < len(cells)
                and not ids[at]
                and is_prose(cells[at])
                and (own[at] not in known or own[at] == squeeze(wanted.source))
            ):
                ids[at] = wanted.grade_id
                found += 1
                break
    return found


def join_answers(cells: list[Cell], handout: Handout) -> list[str]:
    """Put a text below an untouched question into the question's own cell.

    Returns
    -------
    list of str
        The ids of the questions that were answered so.
    """
    known = texts_of(handout)
    joined = []
    index = 0
    while index < len(cells):
        wanted = handout.cells.get(cells[index].grade_id)
        cell, index = cells[index], index + 1
        if wanted is None or not _asks(wanted):
            continue
        if squeeze(cell.source) != squeeze(wanted.source):
            continue
        while index < len(cells) and _is_own_text(cells[index], known):
            answer = cells.pop(index)
            cell.source = f"{cell.source.rstrip()}\n\n{answer.source}"
            cell.attachments |= answer.attachments
            if wanted.grade_id not in joined:
                joined.append(wanted.grade_id)
    return joined


def _asks(cell: HandoutCell) -> bool:
    return cell.cell_type == "markdown" and not cell.locked


def _is_own_text(cell: Cell, known: set[str]) -> bool:
    own = not cell.grade_id and squeeze(cell.source) not in known
    return own and bool(cell.source.strip()) and is_prose(cell)


def is_prose(cell: Cell) -> bool:
    """Tell whether a cell is for people: any that is not code, or none that runs.

    Prose in a cell of code is not Python, or only remarks, or a text that nothing is
    done with. IPython's own commands are code.
    """
    if cell.cell_type != "code":
        return True
    source = cell.source.strip()
    lines = [line.lstrip() for line in source.splitlines()]
    if not source or any(line.startswith(("%", "!", "?")) for line in lines):
        return False
    try:
        body = parse_python(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return not _is_broken_code(lines)
    return all(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for node in body
    )


def _is_broken_code(lines: list[str]) -> bool:
    """Tell code with a slip from prose: most of its lines are Python, or begin so."""
    written = [line for line in lines if line and not line.startswith("#")]
    return 2 * sum(map(_looks_like_code, written)) > len(written)


def _looks_like_code(line: str) -> bool:
    starts = ("def ", "class ", "return ", "import ", "for ", "while ", "@")
    if line.startswith(starts) and line.endswith((":", ")", "]")):
        return True
    try:
        body = parse_python(line).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    # A single word, or words with hyphens and commas, are Python too.
    return any(
        not isinstance(node, ast.Expr) or isinstance(node.value, ast.Call)
        for node in body
    )
