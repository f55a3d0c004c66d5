"""Make the handout: no answers, no hidden tests, no outputs.

An exercise that is not answered yet must not stop a student who runs all cells: code
below the first answer cell that is no answer itself, locked or the student's own, is
tagged ``raises-exception``. Jupyter then shows the error of such a cell and goes on
with the next. It stays an error: nbgrader gives such a test 0 points, and its Validate
reports it.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ComputeChecksums,
    LockCells,
)

from autograder.authoring.cells import FORBIDDEN
from autograder.authoring.source import COMMAND, NOTE
from autograder.authoring.stubs import StubSolutions
from autograder.errors import UserError

# The steps of `nbgrader generate_assignment`, in its order, but for those that write
# to the gradebook or read files beside the notebook.
STEPS = (
    LockCells,
    StubSolutions,
    ClearOutput,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
)


GO_ON = "raises-exception"
"""The tag of a cell after whose error Jupyter runs the next one."""


def make_handout(notebook: NotebookNode) -> NotebookNode:
    """Make the notebook that is handed out.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook of a source that `validate` found right, executed or not.

    Returns
    -------
    NotebookNode
        A new notebook; `notebook` is left as it was.

    Raises
    ------
    UserError
        If a word that gives away the solution is still there.
    """
    made = deepcopy(notebook)
    made.metadata[NOTE] = NotebookNode(
        generated=f"Made by `{COMMAND}` from the course's sources."
    )
    resources: dict[str, Any] = {}
    for step in STEPS:
        made, resources = step().preprocess(made, resources)
    _go_on_after_errors(made)
    text = json.dumps(made)
    left = [word for word in FORBIDDEN if word in text]
    if left:
        raise UserError(f"the handout would hold {left[0]!r}")
    return made


def _go_on_after_errors(notebook: NotebookNode) -> None:
    """Tag the code that may lean on an answer."""
    answers = 0
    for cell in notebook.cells:
        own = cell.metadata.get("nbgrader", {})
        answers += own.get("solution", False)
        given = own.get("locked") or not own
        if cell.cell_type == "code" and given and answers:
            tags = cell.metadata.get("tags", [])
            cell.metadata["tags"] = [*tags, GO_ON] if GO_ON not in tags else tags
