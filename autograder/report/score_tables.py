"""Tables that wait for a person's scores: what somebody wrote into one is never lost.

A table is written anew only where it is still as it was written, or where the gradebook
holds all that a person wrote into it. Else it stays, and the new one lies beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from autograder.csv_tables import Row, Table, as_wide, plain_text, write_csv
from autograder.errors import UserError
from autograder.files import write_text
from autograder.report.manual import SCORES
from autograder.report.scores import EXTRA, read_scores

NAME = "scores.csv"
# By what a table calls a student, and exercise: the score and the extra credit.
Given = Mapping[tuple[str, str], tuple[float | None, float]]
NEAR = 1e-4  # a table has four digits behind the point


def write_scores(
    folder: Path, lecture: str, rows: Iterable[Sequence[str]], given: Given
) -> tuple[Path, list[Path]]:
    """Write the table of a lecture's texts where it takes nothing from anybody.

    Parameters
    ----------
    folder : Path
        Receives the table.
    lecture : str
        The lecture.
    rows : iterable of sequence of str
        The table's.
    given : mapping
        What the gradebook holds of all lectures.

    Returns
    -------
    Path, list of Path
        Where the table lies, and the tables that stay as somebody filled them in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # As a table writes them.
    given = {(plain_text(who), exercise): of for (who, exercise), of in given.items()}
    kept = []
    for name in _names(lecture):
        path = folder / name
        if not holds_more(path, given):
            break
        kept.append(path)
    write_csv(path, SCORES, rows)
    write_text(_mark(path), _digest(path))
    return path, kept


def _names(lecture: str) -> Iterator[str]:
    yield NAME
    yield f"scores_{lecture}.csv"
    number = 2
    while True:
        yield f"scores_{lecture}_{number}.csv"
        number += 1


def holds_more(path: Path, given: Given) -> bool:
    """Tell whether a person wrote something into a table that is not entered."""
    if not path.exists():
        return False
    try:
        if _mark(path).read_text("utf-8") == _digest(path):
            return False
    except (OSError, UnicodeDecodeError):
        pass  # one of an earlier version
    try:
        table = read_scores(path)
    except UserError:
        return True  # nobody but a person made it so
    return any(_is_more(row, table, given) for row in table.rows)


def _is_more(row: Row, table: Table, given: Given) -> bool:
    names = [name.lower() for name in table.names]
    try:
        field = dict(zip(names, as_wide(row, names), strict=True))
    except ValueError:
        return True
    if any(text for name, text in field.items() if name not in SCORES):
        return True
    score, extra = given.get((field["student"], field["exercise"]), (None, 0.0))
    return _differs(field["score"], score) or _differs(field.get(EXTRA, ""), extra)


def _differs(text: str, number: float | None) -> bool:
    """Tell whether a field holds something else than a number; empty it says nothing.

    Examples
    --------
    >>> [_differs(text, 1.5) for text in ("", "1,5", "1.50", "2", "?")]
    [False, False, False, True, True]
    """
    if not text:
        return False
    try:
        found = float(text.replace(",", ".", 1))
    except ValueError:
        return True
    return number is None or not abs(found - number) <= NEAR


def _mark(path: Path) -> Path:
    return path.with_name(f".{path.stem}.written")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
