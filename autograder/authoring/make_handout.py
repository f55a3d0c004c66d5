"""Make the handout: no answers, no hidden tests, no outputs."""

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
    text = json.dumps(made)
    left = [word for word in FORBIDDEN if word in text]
    if left:
        raise UserError(f"the handout would hold {left[0]!r}")
    return made
