"""The parts of a picture as inline SVG, told apart without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 1100


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


def picture(
    name: str,
    title: str,
    told: str,
    height: float,
    parts: Sequence[Markup],
    width: float = WIDTH,
) -> Markup:
    """Put parts together into a picture with a title and a text that tells it."""
    return Markup(
        '<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-labelledby="{n}-title {n}-told" font-size="14" fill="#1f2328" '
        'font-family="system-ui, sans-serif"><title id="{n}-title">{t}</title>'
        '<desc id="{n}-told">{d}</desc>{p}</svg>'
    ).format(
        w=width,
        h=round(height),
        n=name,
        t=title,
        d=told,
        p=Markup("\n").join(parts),
    )


def legend(left: float, y: float) -> Markup:
    """Name the shades, in two lines."""
    parts = []
    x = left
    for shade in SHADES.values():
        if x > left + 220:
            x, y = left, y + 18
        parts.append(box(x, y, 12, 12, shade))
        parts.append(text(x + 17, y + 11, shade.name, size=12))
        x += 34 + 6.4 * len(shade.name)
    return Markup("").join(parts)


def box(x: float, y: float, width: float, height: float, shade: Shade) -> Markup:
    """Draw a bar."""
    stroke = "#57606a" if shade.dashed else "none"
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" '
        'stroke="{}" stroke-dasharray="4 3"/>'
    ).format(x + 0.5, y + 0.5, max(width - 1, 0.5), height - 1, shade.fill, stroke)


def text(
    x: float,
    y: float,
    text: str,
    anchor: str = "start",
    ink: str = "",
    size: int = 0,
    bold: bool = False,
) -> Markup:
    """Write a text; `anchor` says what of it stands at `x`."""
    extra = Markup("").join(
        Markup(' {}="{}"').format(name, value)
        for name, value in (
            ("text-anchor", "" if anchor == "start" else anchor),
            ("fill", ink),
            ("font-size", size),
            ("font-weight", "600" if bold else ""),
        )
        if value
    )
    return Markup('<text x="{:g}" y="{:g}"{}>{}</text>').format(
        round(x, 1), round(y, 1), extra, escape(text)
    )


def stacked(
    left: float, y: float, wide: float, counts: Mapping[str, int]
) -> list[Markup]:
    """Draw a bar of all groups side by side, with the number in each that has room.

    Parameters
    ----------
    left, y, wide : float
        Its corner and width.
    counts : mapping
        Students by group, a key of :data:`SHADES`.
    """
    total = sum(counts.values())
    parts, x = [], float(left)
    for key, shade in SHADES.items():
        count = counts.get(key, 0)
        if not count:
            continue
        width = wide * count / total
        parts.append(box(x, y, width, 21, shade))
        if width >= 8 + 8 * len(str(count)):
            parts.append(text(x + width / 2, y + 15, str(count), "middle", shade.ink))
        x += width
    return parts


def columns(
    counts: Sequence[int], left: float, wide: float, tall: float
) -> list[Markup]:
    """Draw a column for each count, with its number above, and the line they stand on.

    Parameters
    ----------
    counts : sequence of int
        What is counted, from left to right.
    left, wide : float
        Where the first begins, and how wide all of them are.
    tall : float
        The highest one; its number takes 20 more.
    """
    highest = max([*counts, 1])
    step, base = wide / len(counts), tall + 20
    parts = []
    for i, count in enumerate(counts):
        if count:
            x, size = left + i * step, tall * count / highest
            shade = SHADES["full"]
            parts.append(box(x + 3, base - size, step - 6, size, shade))
            parts.append(text(x + step / 2, base - size - 6, str(count), "middle"))
    parts.append(
        Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#57606a"/>').format(
            left, base, left + wide, base
        )
    )
    return parts
