"""What nbval does not see: cells never executed, pictures that are cut off."""

import base64
import io
import re
from pathlib import Path

import matplotlib.image
import nbformat
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "solutions").glob("*/*.ipynb"))


def test_every_source_has_its_notebook() -> None:
    sources = sorted((ROOT / "solutions").glob("*/*.py"))
    assert sources
    assert [path.with_suffix(".ipynb") for path in sources] == NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_code_cell_was_executed_in_order(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    cells = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    assert cells
    counts = [cell.execution_count for cell in cells]
    assert counts == list(range(1, len(cells) + 1))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_only_a_marked_cell_ends_in_an_error(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells):
        outputs = cell.get("outputs", [])
        failed = any(output.output_type == "error" for output in outputs)
        marked = "raises-exception" in cell.metadata.get("tags", [])
        assert failed == marked, f"cell {number} of {path.name}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_picture_is_cut_off_at_its_edge(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            data = output.get("data", {}).get("image/png")
            if data is None:
                continue
            picture = matplotlib.image.imread(io.BytesIO(base64.b64decode(data)))
            edge = np.ones(picture.shape[:2], dtype=bool)
            edge[1:-1, 1:-1] = False
            assert (picture[edge] == 1).all(), f"cell {number} of {path.name}"


NOT_AN_ITEM = re.compile(r"^\s*\d{3,}[.)](\s|$)", re.MULTILINE)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_year_at_the_start_of_a_line_becomes_a_list(path: Path) -> None:
    """JupyterLab makes a list item of a line that begins with ``2005.``."""
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            assert not NOT_AN_ITEM.search(cell.source), f"cell {number} of {path.name}"


def test_a_year_at_the_start_of_a_line_is_noticed() -> None:
    assert NOT_AN_ITEM.search("- A. Author, *Title*, CVPR\n  2005.")
    assert not NOT_AN_ITEM.search("1. first\n2. second, in 2005.")
