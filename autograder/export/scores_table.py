"""What the formats share: the table that is written, its numbers and its texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.csv_tables import plain_text
from autograder.errors import UserError
from autograder.export.totals import Total

NUMBER = re.compile(r"[-+]?[0-9]*([.,][0-9]*)?%?")


@dataclass(frozen=True)
class ScoresTable:
    """What is written for a platform.

    Attributes
    ----------
    header : sequence of str
        The columns.
    rows : sequence of sequence of str
        What stands below them.
    column : str
        The one with the scores.
    encoding : str
        Of the file.
    remarks : list of str
        What the user should know, each a sentence.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    column: str
    encoding: str = "utf-8"
    remarks: list[str] = field(default_factory=list)


def safe(value: str) -> str:
    """Keep a text of the roster from being a formula where a spreadsheet opens it.

    Numbers stay numbers, and "-", which Moodle writes for nothing, stays as it is.

    Examples
    --------
    >>> safe("=HYPERLINK(1)"), safe("-"), safe("-0.5")
    ("'=HYPERLINK(1)", '-', '-0.5')
    """
    return value if NUMBER.fullmatch(value) else plain_text(value)


def score_text(value: float) -> str:
    """Write a score as both platforms show it, with at most two digits.

    Examples
    --------
    >>> score_text(83.0), score_text(61.81666), score_text(-0.001)
    ('83', '61.82', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def out_of(total: Total, most: float | None, scale: bool, where: str) -> float:
    """Return a score in the points that the platform gives.

    Parameters
    ----------
    total : Total
        What the student has.
    most : float or None
        The points there; None where they are not known or nothing needs them.
    scale : bool
        Whether scores are brought in proportion.
    where : str
        What has these points, for the message.

    Raises
    ------
    UserError
        The points differ, and scores are not to be scaled.
    """
    if most is None or abs(most - total.most) < 0.005:  # both show two digits
        return total.score
    if not scale or not total.most:
        raise UserError(
            f"{where} has {score_text(most)} points there and {score_text(total.most)} "
            "here: make them equal there, or give --scale for scores in proportion"
        )
    return total.score * most / total.most
