"""Make stored outputs the same on every run and every machine."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from itertools import groupby

from nbformat import NotebookNode

_CELL_FILE = re.compile(r"[^\s\"'(]*[/\\]ipykernel_\d+[/\\]\d+\.py")
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
_SVG_DATE = re.compile(r"\s*<dc:date>[^<]*</dc:date>")
_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def settle(notebook: NotebookNode, paths: Mapping[str, str]) -> None:
    """Drop from the outputs, in place, what differs between two runs.

    Time stamps go, streams that follow each other become one, and absolute paths
    become what `paths` says.

    Parameters
    ----------
    notebook : NotebookNode
        An executed notebook.
    paths : mapping of str to str
        Absolute path and what to write instead.
    """
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata.pop("execution", None)
        cell.outputs = _merge(cell.outputs)
        for output in cell.outputs:
            output.pop("transient", None)
            _shorten(output, paths)


def _merge(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Make one text of neighbouring streams; standard error comes after output."""
    merged: list[NotebookNode] = []
    for is_stream, group in groupby(outputs, lambda out: out.output_type == "stream"):
        if not is_stream:
            merged += group
            continue
        streams: dict[str, NotebookNode] = {}
        for output in group:
            if output.name in streams:
                streams[output.name].text += output.text
            else:
                streams[output.name] = output
        merged += [streams[name] for name in sorted(streams, reverse=True)]
    return merged


def _shorten(output: NotebookNode, paths: Mapping[str, str]) -> None:
    if output.output_type == "stream":
        output.text = _plain(output.text, paths)
    elif output.output_type == "error":
        output.evalue = _plain(output.evalue, paths)
        output.traceback = [
            _plain(_ESCAPE.sub("", line), paths) for line in output.traceback
        ]
    else:
        for kind, content in output.data.items():
            if isinstance(content, str) and not kind.startswith("image/"):
                output.data[kind] = _plain(content, paths)
        if "image/svg+xml" in output.data:
            svg = output.data["image/svg+xml"]
            output.data["image/svg+xml"] = _SVG_DATE.sub("", svg)


def _plain(text: str, paths: Mapping[str, str]) -> str:
    text = _CELL_FILE.sub("<cell>", text)
    for path in sorted(paths, key=len, reverse=True):
        text = text.replace(path, paths[path])
    return text


def find_address(cell: NotebookNode) -> str:
    """Give the first memory address that a cell printed; empty where there is none.

    Examples
    --------
    >>> out = {"output_type": "stream", "name": "stdout", "text": "<f at 0x7f12ab34>"}
    >>> find_address(NotebookNode(outputs=[NotebookNode(out)]))
    'at 0x7f12ab34'
    """
    for output in cell.get("outputs", []):
        texts = [output.get("text", "")]
        data = output.get("data", {})
        texts += [data[kind] for kind in data if kind.startswith("text/")]
        for text in texts:
            match = _ADDRESS.search(text)
            if match:
                return match.group()
    return ""


def hash_outputs(notebook: NotebookNode) -> str:
    """Hash what the code cells put out, to notice a stored output that was edited."""
    shown = [
        (cell.id, cell.execution_count, cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
