"""nbval skips a cell that was never executed, so that is looked at here."""

from pathlib import Path

import nbformat
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
