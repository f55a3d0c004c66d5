"""Write what students see differently as Markdown, and its pictures side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from matplotlib.image import imsave

from answer_checks.pictures import read_png
from autograder.authoring.changes import (
    CellChange,
    NotebookChange,
    PicturePair,
    ShownCell,
)

MOST_LINES = 80
"""Lines of a cell's difference that are shown."""

MOST_CHARACTERS = 900_000
"""GitHub shows a summary of at most 1 MiB."""

_GAP = 24  # pixels between two pictures


def page(changes: Sequence[NotebookChange], since: str) -> str:
    """Write the page.

    Parameters
    ----------
    changes : sequence of NotebookChange
        What :func:`autograder.authoring.changes.compare` found.
    since : str
        How the earlier state is called.
    """
    lines = [f"# What students see differently since {_code(since)}", ""]
    if not changes:
        return "\n".join([*lines, "Nothing.", ""])
    lines += ["| notebook | cells | points | pictures |", "|---|---|---|---|"]
    lines += [_row(change) for change in changes]
    for change in changes:
        lines += ["", *_section(change)]
    text = "\n".join(lines) + "\n"
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS].rsplit("\n", 1)[0]
        fence = "`" * 9 if text.count("\n`") % 2 else ""
        text += f"\n{fence}\n\nThe rest is cut: the page would be too long.\n"
    return text


def _row(change: NotebookChange) -> str:
    if change.before is None:
        cells, pictures = "a new notebook", ""
    elif change.after is None:
        cells, pictures = "removed", ""
    else:
        cells = str(len(change.cells)) + (", reordered" if change.reordered else "")
        unknown = change.before.pictures is None or change.after.pictures is None
        pictures = "not compared" if unknown else str(len(change.pictures))
    before, after = (e.points if e else 0 for e in (change.before, change.after))
    points = f"{before:g}" if before == after else f"{before:g} → {after:g}"
    return f"| {_code(change.name)} | {cells} | {points} | {pictures} |"


def _section(change: NotebookChange) -> Iterator[str]:
    if change.before is None or change.after is None:
        return
    yield f"## {change.name}"
    if change.reordered:
        yield "\nCells that stay stand in another order."
    for cell in change.cells:
        yield from ("", f"**{_title(cell)}**", "", *_diff(cell))
    for pair in change.pictures:
        yield f"\n**Picture {pair.number} of {_code(pair.cell)}**: {_said(pair)}, "
        yield f"see {_code(f'pictures/{picture_name(change.name, pair)}')}."


def _title(change: CellChange) -> str:
    name = _code(change.cell)
    if change.before is None or change.after is None:
        one = change.after or change.before
        assert one is not None  # noqa: S101 - one of the two states has the cell
        what = "New" if change.before is None else "Removed"
        worth = f", {one.points:g} points" if one.points is not None else ""
        return f"{what}: {name} ({one.kind}{worth})"
    moved = _points(change.before, change.after)
    kind = ""
    if change.before.kind != change.after.kind:
        kind = f", {change.before.kind} → {change.after.kind}"
    return f"Changed: {name}{kind}{moved}"


def _points(before: ShownCell, after: ShownCell) -> str:
    if before.points == after.points:
        return ""
    shown = ("none" if p is None else f"{p:g}" for p in (before.points, after.points))
    return ", points " + " → ".join(shown)


def _diff(change: CellChange) -> list[str]:
    lines = change.diff()
    if not lines:
        return []
    left = len(lines) - MOST_LINES
    shown = lines[:MOST_LINES]
    # Longer than every fence in the text, so that none ends the block.
    runs = re.findall(r"`{3,}", "\n".join(shown))
    fence = "`" * max(3, *(len(run) + 1 for run in runs), 3)
    made = [f"{fence}diff", *shown, fence]
    return [*made, f"\n{left} more lines."] if left > 0 else made


def _said(pair: PicturePair) -> str:
    if pair.before is None:
        return "new"
    return "removed" if pair.after is None else "another one"


def _code(text: str) -> str:
    """Show a name as code, whatever it holds."""
    plain = re.sub(r"[`|<>\s]", "_", text)
    return f"`{plain}`"


def picture_name(notebook: str, pair: PicturePair) -> str:
    """Name the file that shows both states of a picture."""
    return re.sub(r"[^\w.-]+", "-", f"{notebook}-{pair.cell}-{pair.number}") + ".png"


def write_pictures(changes: Sequence[NotebookChange], folder: Path) -> list[Path]:
    """Write each picture that differs, before and after side by side.

    Returns
    -------
    list of Path
        The files.
    """
    made = []
    for change in changes:
        for pair in change.pictures:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / picture_name(change.name, pair)
            imsave(path, side_by_side(pair), format="png")
            made.append(path)
    return made


def side_by_side(pair: PicturePair) -> np.ndarray:
    """Put two pictures beside each other, what is missing as white.

    Returns
    -------
    (H, W, 3) float32
        From 0 to 1.
    """
    shown = [read_png(text) if text else None for text in (pair.before, pair.after)]
    there = [picture for picture in shown if picture is not None]
    height = max(picture.shape[0] for picture in there)
    width = max(picture.shape[1] for picture in there)
    made = np.ones((height, 2 * width + _GAP, 3), dtype=np.float32)
    made[:, width + _GAP // 2 - 1 : width + _GAP // 2 + 1] = 0.6
    for picture, left in zip(shown, (0, width + _GAP), strict=True):
        if picture is not None:
            rows, columns, _ = picture.shape
            made[:rows, left : left + columns] = picture
    return made
