"""Outputs as a notebook stores them: made whole, and compared with the stored ones."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import nbformat

MAX_TEXT = 100_000
MAX_DATA = 4 * 2**20
# What nbval leaves out unless it is told otherwise, for it differs between machines.
SKIPPED = (
    "metadata",
    "traceback",
    "text/latex",
    "prompt_number",
    "output_type",
    "name",
    "execution_count",
    "image/png",
    "image/svg+xml",
    "application/vnd.jupyter.widget-view+json",
)
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


def clean_outputs(outputs: list[Any]) -> list[dict[str, Any]]:
    """Keep the outputs that have the form of a notebook's, with bounded texts.

    Parameters
    ----------
    outputs : list
        As they came from the sandbox or from a submitted file; nothing in them is
        trusted to have any form.
    """
    clean: list[dict[str, Any]] = []
    for output in outputs:
        if not isinstance(output, dict):
            continue
        kind = output.get("output_type")
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            text = _text(output.get("text"), MAX_TEXT)
            last = clean[-1] if clean else {}
            if last.get("name") == name:  # Jupyter may store one stream in parts
                last["text"] = (last["text"] + text)[:MAX_TEXT]
            else:
                clean.append({"output_type": "stream", "name": name, "text": text})
        elif kind == "error":
            trace = output.get("traceback")
            lines = trace if isinstance(trace, list) else []
            clean.append(
                {
                    "output_type": "error",
                    "ename": _text(output.get("ename"), 200),
                    "evalue": _text(output.get("evalue"), MAX_TEXT),
                    "traceback": [_text(line, MAX_TEXT) for line in lines[:200]],
                }
            )
        elif kind in ("display_data", "execute_result"):
            item: dict[str, Any] = {
                "output_type": kind,
                "data": _data(output.get("data")),
                "metadata": {},
            }
            if kind == "execute_result":
                item["execution_count"] = execution_count(output)
            clean.append(item)
    return clean


def execution_count(holder: dict[str, Any]) -> int | None:
    """Return the execution count of a cell or an output where it can be one."""
    count = holder.get("execution_count")
    sound = isinstance(count, int) and not isinstance(count, bool) and count >= 0
    return count if sound else None


def _text(value: Any, most: int) -> str:
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return whole(value[:most]) if isinstance(value, str) else ""


def whole(text: str) -> str:
    """Replace halves of a character, which JSON can hold and no file can."""
    return text.encode("utf-8", "replace").decode()


def _data(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    found = {whole(str(key)): _text(item, MAX_DATA) for key, item in value.items()}
    return {key: text for key, text in found.items() if text and "/" in key}


def differs(stored: list[Any], fresh: list[Any]) -> bool:
    """Tell by nbval's comparison whether stored outputs differ from fresh ones."""
    from nbval.plugin import IPyNbCell, nocolors

    cell = SimpleNamespace(
        parent=SimpleNamespace(skip_compare=SKIPPED),
        colors=nocolors,
        sanitize=lambda text: (
            ADDRESS.sub("0x", text) if isinstance(text, str) else text
        ),
        format_output_compare=lambda *_: None,
    )
    both = [
        [nbformat.from_dict(o) for o in clean_outputs(outputs)]
        for outputs in (fresh, stored)
    ]
    return not IPyNbCell.compare_outputs(cell, *both)
