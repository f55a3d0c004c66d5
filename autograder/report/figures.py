"""Pictures of a class as inline SVG, told apart without colour, each with a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from autograder.report.page import one_line, points

WIDTH = 1010


@dataclass(frozen=True)
class Shade:
    """How a group is drawn.

    Attributes
    ----------
    name : str
        In words.
    fill, ink : str
        Colours of the bar and of the number in it. Neighbours differ in lightness.
    dashed : bool
        Whether it has a dashed outline.
    """

    name: str
    fill: str
    ink: str
    dashed: bool = False


SHADES = {
    "full": Shade("all points", "#0072b2", "#ffffff"),
    "part": Shade("some points", "#a6d5f2", "#1f2328"),
    "none": Shade("no points", "#b84a00", "#ffffff"),
    "nothing": Shade("no answer", "#d9dde1", "#1f2328"),
    "waits": Shade("waits for a person", "#ffffff", "#1f2328", dashed=True),
}


@dataclass(frozen=True)
class Bar:
    """One exercise in a picture.

    Attributes
    ----------
    label, note : str
        Left and right of the bar.
    counts : mapping
        Students by group.
    """

    label: str
    note: str
    counts: Mapping[str, int]


def share_bars(title: str, bars: Sequence[Bar]) -> Markup:
    """Draw for each exercise which share of the class has all, some or no points.

    Parameters
    ----------
    title : str
        The question that the picture answers, for those who do not see it.
    bars : sequence of Bar
        One an exercise, from top to bottom.
    """
    left, wide, step, top = 340, 420, 30, 34
    height = top + step * len(bars) + 8
    parts = [_legend(left)]
    told = []
    for i, bar in enumerate(bars):
        y = top + i * step
        total = sum(bar.counts.values())
        label = one_line(bar.label, 40)
        parts.append(_text(left - 12, y + 16, label, "end"))
        x = float(left)
        for key, shade in SHADES.items():
            count = bar.counts.get(key, 0)
            if not count:
                continue
            width = wide * count / total
            parts.append(_box(x, y, width, 22, shade))
            if width >= 8 + 8 * len(str(count)):
                parts.append(
                    _text(x + width / 2, y + 16, str(count), "middle", shade.ink)
                )
            x += width
        parts.append(_text(left + wide + 12, y + 16, one_line(bar.note, 40)))
        counts = ", ".join(
            f"{bar.counts[key]} {shade.name}"
            for key, shade in SHADES.items()
            if bar.counts.get(key)
        )
        told.append(f"{label}: {counts or 'nobody'}; {bar.note}.")
    return _picture("shares", title, " ".join(told), height, parts)


def histogram(title: str, percents: Sequence[float]) -> Markup:
    """Draw how the totals of a class spread, in ten steps of 10 percent.

    Parameters
    ----------
    title : str
        As for :func:`share_bars`.
    percents : sequence of float
        One a student, 0 to 100.
    """
    counts = [0] * 10
    for percent in percents:
        counts[min(max(int(percent // 10), 0), 9)] += 1
    left, wide, tall, top = 20, 660, 150, 20
    highest = max([*counts, 1])
    shade = SHADES["full"]
    step = wide / 10
    parts = []
    for i, count in enumerate(counts):
        size = tall * count / highest
        x = left + i * step
        if count:
            parts.append(_box(x + 3, top + tall - size, step - 6, size, shade))
            y = top + tall - size - 6
            parts.append(_text(x + step / 2, y, str(count), "middle"))
    base = top + tall
    parts.append(
        Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#57606a"/>').format(
            left, base, left + wide, base
        )
    )
    for i in range(11):
        parts.append(_text(left + i * step, base + 18, str(10 * i), "middle"))
    axis = "percent of all points; the number of students stands on each bar"
    parts.append(_text(left + wide / 2, base + 40, axis, "middle"))
    told = ", ".join(
        f"{10 * i} to {10 * i + 10} percent: {count}"
        for i, count in enumerate(counts)
        if count
    )
    told = f"Students by total. {told}." if told else "No students."
    return _picture("totals", title, told, base + 52, parts)


def mean_note(mean: float | None, most: float, unread: int = 0) -> str:
    """Say the mean of an exercise, for the end of its bar.

    Examples
    --------
    >>> mean_note(2.5, 4), mean_note(0, 2, unread=9), mean_note(None, 2, unread=3)
    ('mean 2.5 of 4', 'mean 0 of 2, 9 not read yet', 'not read yet')
    """
    if mean is None:
        return "not read yet"
    later = f", {unread} not read yet" if unread else ""
    return f"mean {points(mean)} of {points(most)}{later}"


def _picture(
    name: str, title: str, told: str, height: float, parts: Sequence[Markup]
) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-labelledby="{n}-title {n}-told" font-size="14" '
        'font-family="system-ui, sans-serif"><title id="{n}-title">{t}</title>'
        '<desc id="{n}-told">{d}</desc>{p}</svg>'
    ).format(
        w=WIDTH, h=round(height), n=name, t=title, d=told, p=Markup("\n").join(parts)
    )


def _legend(x: float) -> Markup:
    parts = []
    for shade in SHADES.values():
        parts.append(_box(x, 4, 14, 14, shade))
        parts.append(_text(x + 20, 16, shade.name))
        x += 44 + 7.2 * len(shade.name)
    return Markup("").join(parts)


def _box(x: float, y: float, width: float, height: float, shade: Shade) -> Markup:
    stroke = "#57606a" if shade.dashed else "none"
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" '
        'stroke="{}" stroke-dasharray="4 3"/>'
    ).format(x + 0.5, y + 0.5, max(width - 1, 0.5), height - 1, shade.fill, stroke)


def _text(
    x: float, y: float, text: str, anchor: str = "start", ink: str = "#1f2328"
) -> Markup:
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" fill="{}">{}</text>'
    ).format(x, y, anchor, ink, escape(text))
