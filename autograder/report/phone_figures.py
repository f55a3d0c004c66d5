"""The pictures of a class for a window as narrow as a phone's: one column of bars.

They stand beside the wide ones, which tell the same to those who do not see; the style
shows one of the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from autograder.report.page import one_line
from autograder.report.svg import SHADES, box, columns, legend, stacked, text

WIDE = 350  # units of the picture, about pixels
ROW, HEAD = 50, 24
LABEL, SAYS = 38, 52  # characters


def phone_rows(
    groups: Mapping[str, Sequence[tuple[str, str, Mapping[str, int]]]],
) -> Markup:
    """Draw who got each exercise, its name above its bar.

    Parameters
    ----------
    groups : mapping
        For each notebook its exercises: label, note, students by group.
    """
    parts = [legend(0, 2)]
    y = 46.0
    for name, rows in groups.items():
        parts.append(text(0, y + 14, one_line(name, 40), bold=True))
        y += HEAD
        for label, note, counts in rows:
            parts.append(text(0, y + 12, one_line(label, LABEL), size=13))
            parts.append(text(WIDE, y + 12, one_line(note, 16), "end", size=12))
            parts += stacked(0, y + 17, WIDE, counts)
            y += ROW
        y += 6
    return _picture(y, parts)


def phone_mistakes(mistakes: Sequence[tuple[int, str, str]]) -> Markup:
    """Draw the commonest mistakes, what each is below its bar.

    Parameters
    ----------
    mistakes : sequence of (int, str, str)
        How many made it, what it is and in which exercise, the commonest first.
    """
    most = max([count for count, _, _ in mistakes], default=1)
    parts = []
    for i, (count, says, where) in enumerate(mistakes):
        y = 62 * i
        parts.append(text(24, y + 16, str(count), "end", bold=True))
        parts.append(box(32, y, (WIDE - 32) * count / most, 21, SHADES["none"]))
        parts.append(text(0, y + 36, one_line(says, SAYS), size=12))
        parts.append(text(0, y + 51, one_line(where, SAYS), ink="#57606a", size=12))
    return _picture(62 * len(mistakes), parts)


def phone_histogram(counts: Sequence[int]) -> Markup:
    """Draw how the totals of a class spread.

    Parameters
    ----------
    counts : sequence of int
        Students by tenths of the points.
    """
    left, wide, tall = 12, WIDE - 24, 110
    parts = columns(counts, left, wide, tall)
    base = tall + 20
    for percent in range(0, 101, 20):
        x = left + wide * percent / 100
        parts.append(text(x, base + 16, str(percent), "middle", size=12))
    axis = ("percent of all points", "the number of students stands on each bar")
    for i, line in enumerate(axis):
        parts.append(text(WIDE / 2, base + 35 + 16 * i, line, "middle", size=12))
    return _picture(base + 60, parts)


def _picture(height: float, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="phone" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'aria-hidden="true" font-size="14" fill="#1f2328" '
        'font-family="system-ui, sans-serif">{p}</svg>'
    ).format(w=WIDE, h=round(height), p=Markup("\n").join(parts))
