"""Outputs as a notebook stores them: made whole and inert, and compared."""

from __future__ import annotations

import re
from typing import Any

from autograder.cleaning import notebook as cleaning

MAX_TEXT = 100_000
MAX_DATA = 4 * 2**20
MOST_OUTPUTS = 1000  # of one cell
# What nbval leaves out unless it is told otherwise, because machines differ in it.
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
    """Keep the outputs that have the form of a notebook's, bounded and inert.

    Parameters
    ----------
    outputs : list
        As they came from the sandbox or from a submitted file; nothing in them is
        trusted to have any form.
    """
    clean: list[dict[str, Any]] = []
    for output in outputs:
        if len(clean) >= MOST_OUTPUTS:
            break
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
    return cleaning.clean_outputs(clean)


def execution_count(holder: dict[str, Any]) -> int | None:
    """Return the execution count of a cell or an output where it can be one."""
    count = holder.get("execution_count")
    sound = isinstance(count, int) and not isinstance(count, bool) and count >= 0
    return count if sound else None


def _text(value: Any, most: int) -> str:
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return cleaning.whole(value[:most]) if isinstance(value, str) else ""


def _data(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    found = {
        cleaning.whole(str(key)): _text(item, MAX_DATA) for key, item in value.items()
    }
    return {key: text for key, text in found.items() if text and "/" in key}


def differs(stored: list[Any], fresh: list[Any]) -> bool:
    """Tell whether stored outputs differ from fresh ones, as nbval compares them.

    Outputs of different kinds may come in another order; those of one kind, such as
    what is printed to standard output, may not.
    """
    return _by_kind(stored) != _by_kind(fresh)


def _by_kind(outputs: list[Any]) -> dict[str, list[Any]]:
    """Return what is compared: for a stream's name, a field or a type, its values.

    A stream is one value, though something else was shown while it was written.
    """
    found: dict[str, list[Any]] = {}
    for output in clean_outputs(outputs):
        fields = dict(output)
        if fields["output_type"] == "stream":
            whole = found.pop(fields["name"], [""])
            fields[fields["name"]] = whole[0] + fields.pop("text")
        fields |= fields.pop("data", {})
        for key, value in fields.items():
            if key not in SKIPPED:
                plain = ADDRESS.sub("0x", value) if isinstance(value, str) else value
                found.setdefault(key, []).append(plain)
    return found
