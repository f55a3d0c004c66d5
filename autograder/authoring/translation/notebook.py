"""What a source holds to translate, and a notebook in another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from nbformat import NotebookNode

from answer_checks.language import NOTEBOOK_KEY
from autograder.authoring.source import Source
from autograder.authoring.translation.catalogue import Entry
from autograder.authoring.translation.code_parts import code_parts
from autograder.authoring.translation.markdown_parts import markdown_parts
from autograder.authoring.translation.part import Part, replace_parts


def parts_of(cell: NotebookNode, shown: Sequence[str]) -> list[Part]:
    """List the parts of one cell.

    Parameters
    ----------
    cell : NotebookNode
        The cell.
    shown : sequence of str
        Which arguments are texts that people read; see `code_parts`.
    """
    if cell.cell_type == "markdown":
        return markdown_parts(cell.source)
    if cell.cell_type == "code":
        return code_parts(cell.source, shown)
    return []


def entries(source: Source, shown: Sequence[str]) -> Iterator[Entry]:
    """Yield what a source holds to translate, in its order."""
    for cell in source.cells:
        for part in parts_of(cell.node, shown):
            yield Entry(cell.node.id, part.text, part.kind)


def translated(
    notebook: NotebookNode,
    language: str,
    translations: Mapping[tuple[str, str], str],
    shown: Sequence[str],
) -> NotebookNode:
    """Return a notebook in another language; `notebook` is left as it was.

    Parameters
    ----------
    notebook : NotebookNode
        In English.
    language : str
        Its name, such as ``"ko"``.
    translations : mapping
        From a cell's id and a text to the text in that language.
    shown : sequence of str
        Which arguments are texts that people read; see `code_parts`.
    """
    made = deepcopy(notebook)
    made.metadata[NOTEBOOK_KEY] = language
    for cell in made.cells:
        known = {
            text: said for (id_, text), said in translations.items() if id_ == cell.id
        }
        if known:
            cell.source = replace_parts(cell.source, parts_of(cell, shown), known)
    return made
