"""Write a drawing of a circuit as a table and as a sentence."""

from __future__ import annotations

import re

from answer_checks.columns import columns, padded
from cs231n_lib.circuits.labels import Labels
from cs231n_lib.picture_language import say

_BLANK = "__"


def as_table(labels: Labels) -> str:
    """Write the numbers as a table."""
    rows = [_row(labels, name) for name in labels.graph.ops]
    left = max(columns(row[0]) for row in rows)
    right = max(columns(row[1]) for row in rows)
    lines = [_heading(labels)]
    lines += [
        f"  {padded(a, left)}  {' ' * (right - columns(b))}{b}  {c}{d}".rstrip()
        for a, b, c, d in rows
    ]
    for (start, end), texts in labels.wires.items():
        along = " and ".join(map(_ascii, texts))
        lines.append("  " + say(f"wire {start} to {end}: {along}"))
    return "\n".join(lines)


def as_sentence(labels: Labels) -> str:
    """Say the drawing in words, node by node."""
    parts = []
    for name in labels.graph.ops:
        formula, value, grad, mark = _row(labels, name)
        said = f"{formula}: {_or_blank(value)}" if value else formula
        if grad:
            said += ", " + say(f"gradient {_or_blank(grad.strip('[]'))}")
        parts.append(said + mark.replace("   <-", ","))
    for (start, end), texts in labels.wires.items():
        along = " and ".join(map(_ascii, texts))
        parts.append(say(f"along the wire from {start} to {end}: {along}"))
    title = labels.title or say("A circuit")
    return f"{title}{'' if title[-1] in '?.' else '.'} {'; '.join(parts)}."


def _heading(labels: Labels) -> str:
    kinds = []
    if labels.values is not None:
        kinds.append("values")
    if labels.grads is not None:
        kinds.append("gradients in brackets")
    title = labels.title or say("a circuit")
    joined = say(", and ".join(kinds))
    return f"{title}{'' if title[-1] in '?.' else ':'} {joined}".rstrip(": ")


def _row(labels: Labels, name: str) -> tuple[str, str, str, str]:
    formula = _formula(labels, name)
    marks = [
        labels.misfits[kind, name]
        for kind in ("value", "gradient")
        if (kind, name) in labels.misfits
    ]
    mark = "   <- " + ", ".join(marks) if marks else ""
    value = "" if labels.values is None else _ascii(labels.values[name]) or _BLANK
    grad = "" if labels.grads is None else f"[{_ascii(labels.grads[name]) or _BLANK}]"
    return formula, value, grad, mark


def _or_blank(text: str) -> str:
    return say("blank") if text == _BLANK else text


def _formula(labels: Labels, name: str) -> str:
    """Say what a node is, ``q = x + y``; an input is its name."""
    shown, *used = (
        labels.shown[i] or say(f"node {i.lstrip('_')}")
        for i in (name, *labels.graph.inputs[name])
    )
    op = labels.ops[name]
    if not used:
        return shown
    sign = re.match(r"\*\*|[+*/-]", op)
    if op == "1/x":
        made = f"1 / {used[0]}"
    elif op.endswith(")"):
        made = op
    elif len(used) > 1 and not op[0].isalpha():
        made = f" {op} ".join(used)
    elif sign and len(op) > len(sign.group()):
        made = f"{used[0]} {sign.group()} {op[sign.end() :].strip()}"
    else:
        made = f"{op}({', '.join(used)})"
    return f"{shown} = {made}"


def _ascii(text: str) -> str:
    if "\n" in text:  # a matrix
        text = f"({'; '.join(', '.join(row.split()) for row in text.splitlines())})"
    return text.replace("\u2212", "-").replace("\u00d7", "x")
