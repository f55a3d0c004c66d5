"""Run the reference solutions out of their sources, `solutions/<lecture>/NN_topic.py`.

Nothing imports `solutions`; a benchmark takes single solution cells by their id, and
these see numpy and nothing else.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
METADATA = re.compile(r"^# %%.*?nbgrader=(\{.*?\})", re.MULTILINE)


def read_cells(source: str) -> dict[str, str]:
    """Split a source in py:percent form into its solution cells by ``grade_id``.

    Parameters
    ----------
    source : str
        The text of the file.

    Returns
    -------
    dict
        The code of each solution cell; cells of text are left out.
    """
    cells = {}
    for cell in re.split(r"^(?=# %%)", source, flags=re.MULTILINE):
        head, _, code = cell.partition("\n")
        found = METADATA.match(head)
        if found and "[markdown]" not in head:
            metadata = json.loads(found[1])
            if metadata["solution"]:
                cells[metadata["grade_id"]] = code
    return cells


def load_reference(notebook: str, *grade_ids: str, root: Path = ROOT) -> dict[str, Any]:
    """Run some solution cells of a notebook and return the names they bind.

    Parameters
    ----------
    notebook : str
        ``"lecture3/01_svm"`` and the like.
    *grade_ids : str
        The solution cells, in the order in which they are to be run.
    root : path
        The folder of the project.

    Returns
    -------
    dict
        Functions and classes by name.

    Raises
    ------
    LookupError
        If there is no such notebook or no such cell.

    Examples
    --------
    >>> svm = load_reference("lecture3/01_svm", "l3_svm_loss_i")
    >>> float(round(svm["svm_loss_i"](np.array([3.2, 5.1, -1.7]), 0), 2))
    2.9
    """
    path = root / "solutions" / f"{notebook}.py"
    if not path.is_file():
        raise LookupError(f"there is no solution of {notebook}")
    cells = read_cells(path.read_text(encoding="utf-8"))
    names: dict[str, Any] = {"np": np}
    for grade_id in grade_ids:
        if grade_id not in cells:
            raise LookupError(f"{notebook} has no solution cell {grade_id}")
        exec(compile(cells[grade_id], f"{notebook} {grade_id}", "exec"), names)  # noqa: S102 - our own source
    return names
