"""A notebook that nothing of runs where it is shown; a student's code stays as it is.

One function for each kind of cell, used by everything that writes a notebook for a
person to open or shows one: grading, nbgrader's commands and formgrader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from autograder.cleaning.html import LONGEST_HTML, clean_html, shows_nothing, too_deep
from autograder.cleaning.images import RASTER, picture
from autograder.cleaning.latex import clean_latex
from autograder.cleaning.markdown_text import clean_markdown
from autograder.cleaning.svg import clean_svg
from autograder.cleaning.visible_text import coloured, visible

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
KIND = re.compile(r"[\w.+/-]{1,60}")
KERNEL = {
    "name": "python3",
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
}
Json = dict[str, Any]


def notebook_metadata() -> Json:
    """Return the metadata of every notebook: no title, no author, no widget."""
    return {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}


def clean_notebook(notebook: Mapping[str, Any]) -> Json:
    """Clean a notebook of version 4 whose cells come from anywhere."""
    given = notebook.get("cells")
    cells = [
        clean_cell(cell)
        for cell in (given if isinstance(given, list) else [])
        if isinstance(cell, Mapping)
    ]
    ids = Counter(cell.get("id") for cell in cells)
    for index, cell in enumerate(cells):
        if "id" not in cell or ids[cell["id"]] > 1:
            cell["id"] = f"cell-{index}"
    return {
        "cells": cells,
        "metadata": notebook_metadata(),
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def clean_cell(cell: Mapping[str, Any]) -> Json:
    """Clean a cell: its text unless it is code, its outputs, pictures and metadata."""
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "markdown") else "raw"
    source = joined(cell.get("source"))
    clean: Json = {"cell_type": kind, "metadata": _metadata(cell.get("metadata"))}
    identity = cell.get("id")
    if isinstance(identity, str) and CELL_ID.fullmatch(identity):
        clean["id"] = identity
    if kind == "code":
        count = cell.get("execution_count")
        whole = isinstance(count, int) and not isinstance(count, bool)
        clean["execution_count"] = count if whole else None
        outputs = cell.get("outputs")
        clean["outputs"] = clean_outputs(outputs if isinstance(outputs, list) else [])
    elif kind == "markdown":
        source, attachments = clean_text(source, cell.get("attachments"))
        if attachments:
            clean["attachments"] = attachments
    else:
        source = clean_markdown(source)
    return clean | {"source": source}


def _metadata(value: Any) -> Json:
    """Keep what nbgrader and the pages need, where it has the form it should have."""
    found = value if isinstance(value, Mapping) else {}
    clean: Json = {}
    tags = found.get("tags")
    if isinstance(tags, list):
        clean["tags"] = [t for t in tags if isinstance(t, str) and NAME.fullmatch(t)]
    marks = found.get("nbgrader")
    if isinstance(marks, Mapping) and NAME.fullmatch(str(marks.get("grade_id"))):
        plain = (bool, int, float)
        clean["nbgrader"] = {
            key: item
            for key, item in marks.items()
            if isinstance(item, plain)
            or (isinstance(item, str) and NAME.fullmatch(item))
        }
    return clean


def clean_text(source: str, attachments: Any = None) -> tuple[str, Json]:
    """Clean a markdown cell: its text, and the pictures that are attached to it.

    Pictures are of pixels; what they are named by is plain, for readers of Markdown do
    not agree on other names.
    """
    kept: Json = {}
    names: dict[str, str] = {}
    given = attachments if isinstance(attachments, Mapping) else {}
    for name, bundle in given.items():
        found = _raster(bundle)
        if found:
            plain = NAME.fullmatch(name) and name not in kept
            names[name] = name if plain else f"picture-{len(kept) + 1}"
            kept[names[name]] = found
    return clean_markdown(source, names), kept


def _raster(bundle: Any) -> Json:
    """Return the first picture of pixels in a bundle, by its type."""
    given = bundle if isinstance(bundle, Mapping) else {}
    found = ((kind, picture(kind, given.get(kind))) for kind in RASTER)
    return next(({kind: data} for kind, data in found if data), {})


def clean_outputs(outputs: Iterable[Any]) -> list[Json]:
    """Clean outputs that have the form of a notebook's; others are left out."""
    return [clean for output in outputs for clean in _output(output)]


def _output(output: Any) -> Iterable[Json]:
    if not isinstance(output, Mapping):
        return
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        text = coloured(joined(output.get("text")))
        yield {"output_type": "stream", "name": name, "text": text}
    elif kind == "error":
        trace = output.get("traceback")
        lines = trace if isinstance(trace, list) else []
        yield {
            "output_type": "error",
            "ename": visible(joined(output.get("ename"))),
            "evalue": visible(joined(output.get("evalue"))),
            "traceback": [coloured(joined(line)) for line in lines],
        }
    elif kind in ("display_data", "execute_result"):
        data = output.get("data")
        clean = _data(data if isinstance(data, Mapping) else {})
        made: Json = {"output_type": kind, "data": clean, "metadata": {}}
        if kind == "execute_result":
            count = output.get("execution_count")
            whole = isinstance(count, int) and not isinstance(count, bool)
            made["execution_count"] = count if whole else None
        yield made


def _data(data: Mapping[str, Any]) -> Json:
    """Keep texts and pictures; of a type that is neither only say that it was there."""
    clean: Json = {}
    for kind, value in data.items():
        text = _shown(kind, value)
        if text:
            clean[kind] = text
    if data and not clean:
        told = ", ".join(sorted(k for k in data if KIND.fullmatch(k))[:5])
        clean["text/plain"] = f"(not shown: {told or 'an output without a type'})"
    return clean


def _shown(kind: str, value: Any) -> str:
    if kind in RASTER:
        return picture(kind, value)
    text = joined(value)
    if kind == "text/plain":
        return coloured(text)
    if kind == "text/html":
        short = len(text) <= LONGEST_HTML and not too_deep(text)
        cleaned = clean_html(text) if short else ""
        return "" if shows_nothing(cleaned) else cleaned
    if kind == "text/markdown":
        return clean_markdown(text)
    if kind == "text/latex":
        return clean_latex(visible(text))
    if kind == "image/svg+xml":
        return clean_svg(text)
    return ""


def joined(value: Any) -> str:
    """Return a text that a notebook may hold in parts; empty where it is none.

    Halves of characters, which JSON can hold and no file can, are replaced.
    """
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return whole(value) if isinstance(value, str) else ""


def whole(text: str) -> str:
    """Replace halves of a character, which JSON can hold and no file can."""
    return text.encode("utf-8", "replace").decode()
