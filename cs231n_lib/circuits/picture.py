"""Draw a circuit from left to right, as SVG.

The SVG stands alone (no style sheet, no font file, no id), and the same circuit with
the same numbers gives the same bytes on every machine: widths come from counting
characters. Values are green and upright above the wire; gradients are red, italic and
in brackets below it, with a dashed arrow that points back, so that they are told apart
without colour too. A wide drawing keeps its size: a page lets it scroll.
"""

from __future__ import annotations

from html import escape

from answer_checks.columns import columns
from cs231n_lib.circuits.labels import Labels
from cs231n_lib.circuits.layout import Layout
from cs231n_lib.circuits.words import as_sentence
from cs231n_lib.picture_language import say

VALUE, GRADIENT, MARK = "#00694D", "#B02E00", "#8A0000"
ROW, RADIUS, GAP, MARGIN, LINE = 66, 17, 24, 14, 18  # pixels
SIZE, SMALL = 15, 13  # of the letters
_SHOWN = {"*": "\u00d7", "-": "\u2212", "sigmoid": "\u03c3", "/": "\u00f7"}


def as_svg(labels: Labels) -> str:
    """Write a drawing as a document of its own."""
    plan = _Plan(labels)
    ink = [
        *plan.wires(),
        *(part for name in plan.x for part in _node(labels, plan, name)),
    ]
    width, height = plan.width, plan.height
    words = escape(as_sentence(labels), quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{words}" '
        f'font-family="sans-serif" font-size="{SIZE}">'
    )
    name = escape(labels.title or say("a circuit"))
    lines = [head, f"<title>{name}</title>", f"<desc>{words}</desc>"]
    lines.append(f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>')
    if labels.title:
        lines.append(_text(MARGIN, 24, labels.title, "#000000", anchor="start"))
    return "\n".join([*lines, *ink, "</svg>"])


def _node(labels: Labels, plan: _Plan, name: str) -> list[str]:
    x, y, wide = plan.x[name], plan.y[name], plan.wide[name]
    op, shown = labels.ops[name], labels.shown[name]
    end = plan.stub_end(name)
    ink = [_line(x + wide, y, end, y)]
    if op:
        ink.append(
            f'<rect x="{x}" y="{y - RADIUS}" width="{wide}" height="{2 * RADIUS}" '
            f'rx="{RADIUS}" fill="#F4F4F4" stroke="#000000" stroke-width="1.5"/>'
        )
        ink.append(_text(x + wide / 2, y + 5, _op_text(op), "#000000"))
        ink.append(_text(x + wide / 2, y - RADIUS - 5, shown, "#444444", SMALL))
    else:
        ink.append(_text(x + wide - 6, y + 5, shown, "#000000", anchor="end"))
    if len(labels.graph.uses(name)) > 1:
        ink.append(f'<circle cx="{end}" cy="{y}" r="3.5" fill="#000000"/>')
    middle = (x + wide + end) / 2
    if labels.values is not None:
        ink += _label(labels, "value", name, middle, y - 8, labels.values[name])
    if labels.grads is not None:
        ink += _label(labels, "gradient", name, middle, y + 22, labels.grads[name])
        if labels.grads[name]:
            ink += _arrow_back(x + wide + 4, end - 5, y + 6)
    return ink


def _arrow_back(left: float, right: float, y: float) -> list[str]:
    """Draw the way of a gradient, from right to left."""
    return [
        f'<line x1="{left + 6:.1f}" y1="{y}" x2="{right:.1f}" y2="{y}" '
        f'stroke="{GRADIENT}" stroke-width="1.2" stroke-dasharray="4 2"/>',
        f'<polygon points="{left + 7:.1f},{y - 3} {left:.1f},{y} '
        f'{left + 7:.1f},{y + 3}" fill="{GRADIENT}"/>',
    ]


def _label(
    labels: Labels, kind: str, name: str, x: float, y: float, text: str
) -> list[str]:
    color = VALUE if kind == "value" else GRADIENT
    ink = []
    wide = max(26, _width(text) + 8)
    if not text:
        ink.append(
            f'<rect x="{x - 13}" y="{y - 12}" width="26" height="15" fill="none" '
            f'stroke="{color}" stroke-dasharray="3 2"/>'
        )
    elif "\n" in text:
        ink += _matrix(x, y, text, color, below=kind == "gradient")
    elif kind == "value":
        ink.append(_text(x, y, text, color))
    else:
        ink.append(_text(x, y, f"[{text}]", color, italic=True))
        wide += 10
    if (kind, name) in labels.misfits:
        ink.append(
            f'<rect x="{x - wide / 2}" y="{y - 14}" width="{wide}" height="18" '
            f'fill="none" stroke="{MARK}" stroke-width="2"/>'
        )
        ink.append(_text(x + wide / 2 + 8, y, "\u2260", MARK, bold=True))
    return ink


def _matrix(x: float, y: float, text: str, color: str, *, below: bool) -> list[str]:
    """Write the rows of a matrix between brackets, up from y or down from it."""
    rows = text.split("\n")
    top = y if below else y - LINE * (len(rows) - 1)
    ink = [
        _text(x, top + LINE * i, row, color, italic=below) for i, row in enumerate(rows)
    ]
    high, low = top - 14, top + LINE * (len(rows) - 1) + 4
    for side in (-1, 1):
        edge = x + side * (_width(rows[0]) / 2 + 2)
        ink.append(
            f'<path d="M{edge - side * 4:.1f} {high:.1f} H{edge:.1f} V{low:.1f} '
            f'H{edge - side * 4:.1f}" fill="none" stroke="{color}"/>'
        )
    return ink


class _Plan:
    """Where everything stands, in pixels."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.inputs = labels.graph.inputs
        layout = Layout(labels.graph)
        self.column = layout.column
        self.last = max(self.column.values())
        above, below = _lines(labels.values), _lines(labels.grads)
        row = ROW + LINE * (above + below)
        top = (68 if labels.title else 42) + LINE * above
        self.y: dict[str, float] = {}
        self.bends: dict[tuple[str, int], float] = {}
        for (name, column), rows in layout.height.items():
            y = round(top + row * rows, 1)
            if column == self.column[name]:
                self.y[name] = y
            else:
                self.bends[name, column] = y
        lowest = max([*self.y.values(), *self.bends.values()])
        self.height = int(lowest + 38 + LINE * below)
        self._across()

    def _height(self, name: str, column: int) -> float:
        return self.bends.get((name, column), self.y[name])

    def _across(self) -> None:
        labels, graph = self.labels, self.labels.graph
        self.x: dict[str, float] = {}
        self.wide: dict[str, float] = {}
        self.start: dict[int, float] = {}
        self.end: dict[int, float] = {}
        self.lead: dict[int, float] = {}
        x: float = MARGIN
        for column in range(self.last + 1):
            here = [name for name in graph.ops if self.column[name] == column]
            for name in here:
                op, shown = labels.ops[name], labels.shown[name]
                plain = _width(shown) + 8 if shown else 0
                self.wide[name] = (
                    max(2 * RADIUS, _width(_op_text(op)) + 18) if op else plain
                )
            widest = max(self.wide[name] for name in here)
            texts = [
                t[name] for name in here for t in (labels.values, labels.grads) if t
            ]
            marked = any(
                (k, n) in labels.misfits for n in here for k in ("value", "gradient")
            )
            label = max([26 if texts else 8, *(_width(t) + 10 for t in texts)])
            along = [
                _width(f"[{t}]")
                for (_, gate), grads in labels.wires.items()
                if self.column[gate] == column
                for t in grads
            ]
            names = [  # what stands above a gate and is wider than it
                (0.61 * SMALL * columns(labels.shown[name]) - self.wide[name]) / 2 + 4
                for name in here
                if graph.ops[name]
            ]
            self.lead[column] = max([0.0, *names, *(a + 6 for a in along)])
            x += self.lead[column]
            for name in here:
                free = widest - self.wide[name]
                self.x[name] = round(x + (free / 2 if graph.ops[name] else free), 1)
            self.start[column] = x
            self.end[column] = round(x + widest + label + 12 + (22 if marked else 0), 1)
            x = self.end[column] + GAP
        self.width = int(max(self.end[self.last] + MARGIN, _width(labels.title) + 40))

    def stub_end(self, name: str) -> float:
        """Where the straight piece behind a node ends."""
        return self.end[self.column[name]]

    def wires(self) -> list[str]:
        """Draw each wire from the piece behind its source to the edge of its gate."""
        ink: dict[str, None] = {}  # an ordered set: a shared piece is drawn once
        for gate, used in self.inputs.items():
            before = self.column[gate] - 1
            heights = [
                (self._height(source, before), i) for i, source in enumerate(used)
            ]
            order = [i for _, i in sorted(heights)]
            for place, i in enumerate(order):
                off = 0.0 if len(used) == 1 else 18 * (place / (len(used) - 1) - 0.5)
                self._wire(ink, used[i], gate, off, used[:i].count(used[i]))
        return list(ink)

    def _wire(
        self, ink: dict[str, None], source: str, gate: str, off: float, nth: int
    ) -> None:
        x, y = self.stub_end(source), self.y[source]
        for column in range(self.column[source] + 1, self.column[gate]):
            there = self.bends[source, column]
            ink[_curve(x, y, self.start[column], there)] = None
            x, y = self.end[column], there
            ink[_line(self.start[column], y, x, y)] = None
        column = self.column[gate]
        lead = self.start[column] - self.lead[column]
        tip_y = self.y[gate] + off
        # The ends of a gate are half circles.
        tip_x = self.x[gate] + RADIUS - (RADIUS**2 - off**2) ** 0.5
        ink[_curve(x, y, min(lead, tip_x - 8), tip_y)] = None
        ink[_line(min(lead, tip_x - 8), tip_y, tip_x - 4, tip_y)] = None
        tip = f"{tip_x - 8:.1f},{tip_y - 4:.1f} {tip_x:.1f},{tip_y:.1f} "
        ink[f'<polygon points="{tip}{tip_x - 8:.1f},{tip_y + 4:.1f}"/>'] = None
        texts = self.labels.wires.get((source, gate), [])
        if nth < len(texts):
            below = tip_y + 17 if off >= 0 else tip_y - 7
            middle = lead + (self.start[column] - lead) / 2 - 4
            label = f"[{texts[nth]}]" if texts[nth] else "[  ]"
            ink[_text(middle, below, label, GRADIENT, SMALL, italic=True)] = None


def _op_text(op: str) -> str:
    if op in _SHOWN:
        return _SHOWN[op]
    if op.startswith("**"):
        power = op[2:].strip()
        squares = {"2": "x\u00b2", "3": "x\u00b3", "-1": "1/x"}
        return squares.get(power, f"x^{power}").replace("-", "\u2212")
    return op.replace("*", "\u00d7").replace("-", "\u2212")


def _width(text: str) -> float:
    return round(0.61 * SIZE * max(map(columns, text.split("\n"))), 1)


def _lines(texts: dict[str, str] | None) -> int:
    """How many lines more than one the longest text has."""
    return max((text.count("\n") for text in (texts or {}).values()), default=0)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        'stroke="#000000" stroke-width="1.5"/>'
    )


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return (
        f'<path d="M{x1:.1f} {y1:.1f} C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} '
        f'{x2:.1f} {y2:.1f}" fill="none" stroke="#000000" stroke-width="1.5"/>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    color: str,
    size: int = SIZE,
    anchor: str = "middle",
    italic: bool = False,
    bold: bool = False,
) -> str:
    if not text:
        return ""
    style = ' font-style="italic"' if italic else ""
    style += ' font-weight="bold"' if bold else ""
    style += f' font-size="{size}"' if size != SIZE else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{color}" text-anchor="{anchor}"{style}>'
        f"{escape(text)}</text>"
    )
