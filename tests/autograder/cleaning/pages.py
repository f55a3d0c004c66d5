"""Pages as formgrader makes them, and what in a page acts by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

ROOT = Path(__file__).parents[3]
RESOURCES = {
    "assignment_id": "lecture3",
    "notebook_id": "01_svm",
    "submission_id": "0",
    "index": 0,
    "total": 1,
    "base_url": "",
    "student": "ada",
    "last_name": None,
    "first_name": None,
    "notebook_path": "term/autograded/ada/lecture3/01_svm.ipynb",
}
LINKS = "src href action formaction data srcset poster background".split()
HARMLESS = re.compile(
    r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]*|https?://[^\s]*|mailto:.*|#.*"
)
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=]*")
ELEMENTS = (
    "script style link meta base iframe frame object embed applet form input button "
    "textarea select math svg foreignobject animate set use video audio source marquee "
    "template noscript title"
).split()
EXPORTERS: dict[str, HTMLExporter] = {}  # formgrader has one, too
MATH = re.compile(r"\\(?:href|cssId|class|style|require|unicode)\b")


def course_config() -> Config:
    """Return what ``nbgrader_config.py`` says of the pages."""
    found = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    return Config({"HTMLExporter": found.HTMLExporter})


def formgrader_page(
    notebook: dict[str, Any], config: Config | None = None, **resources: Any
) -> str:
    """Render a notebook as formgrader does, by a configuration or by none."""
    config = config.copy() if config else Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    return _page(notebook, config, RESOURCES | resources)


def lab_page(notebook: dict[str, Any]) -> str:
    """Render a notebook as ``jupyter nbconvert --to html`` does."""
    return _page(notebook, Config(), {})


def _page(notebook: dict[str, Any], config: Config, resources: dict[str, Any]) -> str:
    made = repr(config)
    if made not in EXPORTERS:
        EXPORTERS[made] = HTMLExporter(config=config)
    node = nbformat.from_dict(notebook)
    page: str = EXPORTERS[made].from_notebook_node(node, resources=dict(resources))[0]
    return page


@cache
def empty_page(kind: Any) -> str:
    """Return the page of a notebook without cells: all that is the template's own."""
    bare = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    page: str = kind(bare)
    return page


def acts(page: str, bare: str) -> list[str]:
    """List what acts by itself in a page and does not stand in its empty template."""
    found = Counter(_acts(page))
    found.subtract(_acts_of_template(bare))
    return sorted((+found).elements())


@cache
def _acts_of_template(bare: str) -> Counter[str]:
    return Counter(_acts(bare))


def _acts(page: str) -> Iterator[str]:
    soup = BeautifulSoup(page, "html.parser")
    for node in soup.find_all("wbr"):  # MathJax reads across it
        node.unwrap()
    soup.smooth()
    for node in soup.find_all(True):
        name = node.name.lower()
        inside = node.find_parent("svg") is not None
        if name in ELEMENTS and not inside:
            yield f"<{name}> {node.get('src') or node.get('id') or node.string or ''}"
        for key, value in node.attrs.items():
            said = " ".join(value) if isinstance(value, list) else str(value)
            yield from _attribute(name, key.lower(), said)
    for words in soup.find_all(string=MATH):
        if not words.find_parent(["pre", "code", "script", "style", "textarea"]):
            yield f"formula: {words.strip()[:80]}"


def _attribute(name: str, key: str, value: str) -> Iterator[str]:
    if key.startswith("on") or key in ("srcdoc", "style", "is"):
        yield f"<{name} {key}> {value}"
    elif key.rpartition(":")[2] in LINKS:
        allowed = PICTURE if name == "img" else HARMLESS
        if not allowed.fullmatch(value) or (name == "img" and key != "src"):
            yield f"<{name} {key}> {value}"
    elif key in ("id", "class") and value in ("l3_svm_loss_i_test", "score"):
        yield f"<{name} {key}> {value}"
