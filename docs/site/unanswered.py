"""Run a notebook as a student who has answered nothing, and keep what is right then."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping

from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

VARIES = {"nbval-ignore-output", "nbval-skip"}
"""Tags of cells whose outputs depend on the machine."""


def run_unanswered(
    notebook: NotebookNode, environment: Mapping[str, str]
) -> NotebookNode:
    """Run a notebook whose exercises are open; keep the outputs that need no answer.

    Parameters
    ----------
    notebook : NotebookNode
        As students get it; changed in place.
    environment : mapping
        Environment variables of the course.
    """
    with tempfile.TemporaryDirectory(prefix="site-") as folder:
        client = NotebookClient(
            notebook,
            timeout=300,
            kernel_name="python3",
            allow_errors=True,
            resources={"metadata": {"path": folder}},
            config=Config(
                {"AsyncKernelManager": {"transport": "ipc", "ip": f"{folder}/s"}}
            ),
        )
        client.execute(env={**os.environ, **environment})
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.execution_count = None
        failed = any(out.output_type == "error" for out in cell.outputs)
        if failed or VARIES & set(cell.metadata.get("tags", [])):
            cell.outputs = []
        cell.outputs = [out for out in cell.outputs if out.get("name") != "stderr"]
        for out in cell.outputs:
            if "execution_count" in out:
                out.execution_count = None
    return notebook
