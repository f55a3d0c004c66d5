"""Pictures of a class, each with a title that asks and a text that tells the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from autograder.report.discrimination import Discrimination
from autograder.report.page import one_line, points
from autograder.report.phone_figures import phone_histogram, phone_mistakes, phone_rows
from autograder.report.svg import SHADES, box, columns, legend, picture, stacked, text

# How many of the class: the fill of a cell and the ink of the number in it, by the
# share of the class up to which it is used.
DEPTHS = (
    (0.0, "#ffffff", "#1f2328"),
    (0.1, "#e6f2fa", "#1f2328"),
    (0.25, "#b9dcf2", "#1f2328"),
    (0.5, "#74b8e0", "#1f2328"),
    (1.0, "#0072b2", "#ffffff"),
)


# Where the columns of the first picture begin, and how wide they are.
BARS, BARS_WIDE = 300, 260
SPREAD, CELL = 672, 38
AXIS, AXIS_WIDE = 932, 116
STEP = 28
LABEL = 34  # characters


@dataclass(frozen=True)
class Bar:
    """One exercise in a picture.

    Attributes
    ----------
    label, note : str
        Left and right of the bar.
    counts : mapping
        Students by group.
    spread : sequence of int
        Students by step of their share of the points.
    discrimination : Discrimination
        How well it separates strong from weak.
    """

    label: str
    note: str
    counts: Mapping[str, int]
    spread: Sequence[int]
    discrimination: Discrimination


def exercise_rows(
    title: str, groups: Mapping[str, Sequence[Bar]], steps: Sequence[str]
) -> Markup:
    """Draw one row per exercise: who got it, how points spread, how well it separates.

    Parameters
    ----------
    title : str
        The question that the picture answers, for those who do not see it.
    groups : mapping
        For each notebook its exercises, from top to bottom.
    steps : sequence of str
        The names of the steps in ``Bar.spread``.
    """
    parts = [
        text(BARS, 14, "How many got it? (and the mean)", bold=True),
        legend(BARS, 22),
        text(SPREAD, 14, "How do the points spread?", bold=True),
        text(AXIS, 14, "Does it separate?", bold=True),
        text(SPREAD, 36, "students by percent of the points", size=12),
        text(AXIS, 36, "correlation with the rest", size=12),
    ]
    for i, step in enumerate(steps):
        parts.append(text(SPREAD + CELL * (i + 0.5), 68, step, "middle", size=11))
    for value in (-1, 0, 1):
        x = AXIS + AXIS_WIDE * (value + 1) / 2
        parts.append(text(x, 68, str(value), "middle", size=11))
    y, told = 78, []
    for name, bars in groups.items():
        parts.append(text(0, y + 16, one_line(name, 40), bold=True))
        y += STEP - 4
        for bar in bars:
            parts += _shares(y, bar)
            parts += _spread(y, bar)
            parts += _dot(y, bar.discrimination)
            told.append(_told(bar, steps))
            y += STEP
        y += 6
    narrow = phone_rows(
        {name: [(b.label, b.note, b.counts) for b in g] for name, g in groups.items()}
    )
    return picture("exercises", title, " ".join(told), y, parts) + narrow


def _shares(y: float, bar: Bar) -> list[Markup]:
    return [
        text(BARS - 10, y + 15, one_line(bar.label, LABEL), "end"),
        *stacked(BARS, y, BARS_WIDE, bar.counts),
        text(BARS + BARS_WIDE + 10, y + 15, one_line(bar.note, 16), size=13),
    ]


def _spread(y: float, bar: Bar) -> list[Markup]:
    total = sum(bar.counts.values())
    parts = []
    for i, count in enumerate(bar.spread):
        fill, ink = depth(count / total if total else 0.0)
        x = SPREAD + CELL * i
        parts.append(
            Markup(
                '<rect x="{}" y="{}" width="{}" height="21" fill="{}" '
                'stroke="#d0d7de"/>'
            ).format(x + 0.5, y + 0.5, CELL - 2, fill)
        )
        if count:
            parts.append(text(x + CELL / 2, y + 15, str(count), "middle", ink, size=12))
    return parts


def depth(share: float) -> tuple[str, str]:
    """Return fill and ink of a cell that holds this share of the class.

    Examples
    --------
    >>> depth(0.0), depth(1.0)
    (('#ffffff', '#1f2328'), ('#0072b2', '#ffffff'))
    """
    return next((fill, ink) for most, fill, ink in DEPTHS if share <= most + 1e-9)


def _dot(y: float, found: Discrimination) -> list[Markup]:
    if found.value is None:
        return [text(AXIS, y + 15, found.why, ink="#57606a", size=11)]
    middle = AXIS + AXIS_WIDE / 2
    x = middle + AXIS_WIDE / 2 * found.value
    shade = SHADES["none" if found.value < 0 else "full"]
    line = Markup(
        '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" '
        'stroke-width="{}"/>'
    )
    return [
        line.format(AXIS, y + 11, AXIS + AXIS_WIDE, y + 11, "#d0d7de", 1),
        line.format(middle, y - 2, middle, y + 24, "#8c959f", 1),
        line.format(middle, y + 11, x, y + 11, shade.fill, 3),
        Markup('<circle cx="{:.1f}" cy="{:.1f}" r="5" fill="{}"/>').format(
            x, y + 11, shade.fill
        ),
        text(AXIS + AXIS_WIDE + 46, y + 15, f"{found.value:.2f}", "end", size=12),
    ]


def _told(bar: Bar, steps: Sequence[str]) -> str:
    """Say in words what a row shows."""
    counts = ", ".join(
        f"{bar.counts[key]} {shade.name}"
        for key, shade in SHADES.items()
        if bar.counts.get(key)
    )
    spread = ", ".join(
        f"{count} with {step} percent"
        for step, count in zip(steps, bar.spread, strict=True)
        if count
    )
    value = bar.discrimination.value
    apart = bar.discrimination.why if value is None else f"correlation {value:.2f}"
    parts = [counts or "nobody", bar.note, spread, apart]
    return f"{one_line(bar.label, 40)}: {'; '.join(p for p in parts if p)}."


def mistake_bars(title: str, mistakes: Sequence[tuple[int, str, str]]) -> Markup:
    """Draw the commonest mistakes of a class, a bar each.

    Parameters
    ----------
    title : str
        As for :func:`exercise_rows`.
    mistakes : sequence of (int, str, str)
        How many made it, what it is and in which exercise, the commonest first.
    """
    wide, step = 180, 44
    most = max([count for count, _, _ in mistakes], default=1)
    parts, told = [], []
    for i, (count, says, where) in enumerate(mistakes):
        y = i * step
        width = wide * count / most
        shade = SHADES["none"]
        parts.append(box(44, y + 6, width, 26, shade))
        parts.append(text(36, y + 24, str(count), "end", bold=True))
        parts.append(text(wide + 60, y + 17, one_line(says, 100)))
        parts.append(
            text(wide + 60, y + 34, one_line(where, 100), ink="#57606a", size=12)
        )
        told.append(f"{count} in {one_line(where, 100)}: {one_line(says, 100)}.")
    drawn = picture("mistakes", title, " ".join(told), step * len(mistakes) + 4, parts)
    return drawn + phone_mistakes(mistakes)


def histogram(title: str, percents: Sequence[float]) -> Markup:
    """Draw how the totals of a class spread, in ten steps of 10 percent.

    Parameters
    ----------
    title : str
        As for :func:`exercise_rows`.
    percents : sequence of float
        One a student, 0 to 100.
    """
    counts = [0] * 10
    for percent in percents:
        counts[min(max(int(percent // 10), 0), 9)] += 1
    left, wide, tall = 20, 660, 150
    parts = columns(counts, left, wide, tall)
    base = tall + 20
    for i in range(11):
        parts.append(text(left + i * wide / 10, base + 18, str(10 * i), "middle"))
    axis = "percent of all points; the number of students stands on each bar"
    parts.append(text(left + wide / 2, base + 40, axis, "middle"))
    told = ", ".join(
        f"{10 * i} to {10 * i + 10} percent: {count}"
        for i, count in enumerate(counts)
        if count
    )
    told = f"Students by total. {told}." if told else "No students."
    drawn = picture("totals", title, told, base + 52, parts, left + wide + 20)
    return drawn + phone_histogram(counts)


def mean_note(mean: float | None, most: float, unread: int = 0) -> str:
    """Say the mean of an exercise, for the end of its bar.

    Examples
    --------
    >>> mean_note(2.5, 4), mean_note(0, 2, unread=9)
    ('2.5 of 4', '9 unread')
    """
    if unread or mean is None:
        return f"{unread} unread"
    return f"{points(mean)} of {points(most)}"
