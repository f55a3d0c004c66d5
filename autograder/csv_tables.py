"""Tables to and from a spreadsheet: quoted, safe to open, read in any dialect.

A table may come with a byte order mark or without, in UTF-8 or UTF-16, with columns
set off by comma, semicolon or tab, as spreadsheets of different languages save it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError
from autograder.files import replacing

# A cell that begins so is a formula for a spreadsheet; an apostrophe makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DELIMITERS = (",", ";", "\t")
LARGEST = 50 * 2**20  # bytes
LONGEST_SHOWN = 80  # characters of a header in a message


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Attributes
    ----------
    line : int
        Where it begins in the file, counted from 1.
    fields : tuple of str
        As they stand there, without blanks around them.
    """

    line: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What a file holds.

    Attributes
    ----------
    path : Path
        The file.
    names : tuple of str
        The columns, as the first line names them, without blanks around them.
    delimiter : str
        What sets the columns off.
    rows : tuple of Row
        The rows that are not empty.
    """

    path: Path
    names: tuple[str, ...]
    delimiter: str
    rows: tuple[Row, ...]


def plain_text(value: str) -> str:
    """Make a text safe for a spreadsheet and a terminal.

    Examples
    --------
    >>> plain_text("=HYPERLINK(1)"), plain_text("O'Brien, Anna")
    ("'=HYPERLINK(1)", "O'Brien, Anna")
    """
    shown = printable(value)
    return "'" + shown if value.startswith(FORMULA) else shown


def printable(value: str) -> str:
    r"""Put a space where a character controls instead of showing something.

    Examples
    --------
    >>> printable("Anna\nLee\u202e")
    'Anna Lee '
    """
    if value.isprintable():
        return value
    return "".join(c if c.isprintable() else " " for c in value)


def number(value: float) -> str:
    """Write a score without needless digits.

    Examples
    --------
    >>> number(4.0), number(1.25), number(2 / 3)
    ('4', '1.25', '0.6667')
    """
    return f"{value:.4f}".rstrip("0").rstrip(".")


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
) -> None:
    """Write a table in one step: a reader sees the old one or the new one.

    Parameters
    ----------
    path : Path
        The file.
    header : sequence of str
        The names of the columns.
    rows : iterable of sequence of str
        The rows.
    delimiter : str
        What sets the columns off.
    encoding : str
        By default with a mark at the start, which tells spreadsheets that names are
        in UTF-8.
    """
    with replacing(path, encoding) as file:
        writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def read_table(
    path: Path, accepts: Callable[[Sequence[str]], bool], wanted: str
) -> Table:
    """Read a table; what sets its columns off is found by the names in its first line.

    Parameters
    ----------
    path : Path
        The file.
    accepts : callable
        Tells by the columns' names, in lower case, whether they were set off rightly.
    wanted : str
        What the first line must do, for the message if no delimiter makes it so.

    Raises
    ------
    UserError
        The file cannot be read, is no text, or its first line is not accepted.
    """
    text = _text(path)
    head = next(io.StringIO(text, newline=""), "")
    for delimiter in DELIMITERS:
        names = _names(head, delimiter)
        if accepts([name.lower() for name in names]):
            break
    else:
        shown = printable(head.strip())[:LONGEST_SHOWN]
        raise UserError(f"{path}: the first line must {wanted}, got '{shown}'")
    rows = []
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    end = 0
    try:
        for fields in lines:
            line, end = end + 1, lines.line_num
            if line > 1 and any(field.strip() for field in fields):
                rows.append(Row(line, tuple(field.strip() for field in fields)))
    except csv.Error as error:
        raise UserError(f"{path}, line {lines.line_num}: {error}") from None
    return Table(path, tuple(names), delimiter, tuple(rows))


def as_wide(row: Row, names: Sequence[str]) -> tuple[str, ...]:
    """Return a row's fields, one for each column; one too many would shift the others.

    Raises
    ------
    ValueError
        There are more or fewer; the message has both numbers.
    """
    fields = list(row.fields)
    while len(fields) > len(names) and not fields[-1]:
        fields.pop()
    if len(fields) != len(names):
        raise ValueError(
            f"{len(fields)} fields, but the first line names {len(names)} columns"
        )
    return tuple(fields)


def _names(head: str, delimiter: str) -> list[str]:
    try:
        fields = next(csv.reader([head], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [field.strip() for field in fields]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > LARGEST:
        raise UserError(f"{path} is larger than {LARGEST // 2**20} MiB")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{path}, line {line}: not text in UTF-8; save it in the spreadsheet as "
            "'CSV UTF-8'"
        ) from None
