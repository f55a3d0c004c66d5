"""Run a solution notebook from top to bottom and keep what it shows."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.authoring.outputs import find_address, settle
from autograder.authoring.problems import refuse
from autograder.authoring.source import Source
from autograder.course.root import COURSE

CELL_TIMEOUT = 120
"""Seconds that one cell may take."""

_MATPLOTLIBRC = "svg.hashsalt: notebook\n"


def execute(
    source: Source,
    notebook: NotebookNode,
    timeout: int = CELL_TIMEOUT,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run the notebook, in place, in an empty temporary folder.

    Parameters
    ----------
    source : Source
        Where the notebook comes from, for messages with file and line.
    notebook : NotebookNode
        The notebook without outputs.
    timeout : int
        Seconds that one cell may take.
    environment : mapping, optional
        Environment variables of the course.

    Raises
    ------
    UserError
        If a cell raises, takes too long, kills the kernel, or prints what differs from
        run to run.
    """
    metadata = dict(notebook.metadata)
    with tempfile.TemporaryDirectory(prefix="build-") as folder:
        home = Path(folder, "home")
        work = Path(folder, "work")
        home.mkdir()
        work.mkdir()
        (home / "matplotlibrc").write_text(_MATPLOTLIBRC)
        root = source.files.root.resolve()
        running: list[int] = []
        client = NotebookClient(
            notebook,
            timeout=timeout,
            startup_timeout=60,
            kernel_name="python3",
            record_timing=False,
            store_widget_state=False,
            resources={"metadata": {"path": str(work)}},
            config=_transport(home),
            on_cell_execute=lambda cell, cell_index: running.append(cell_index),
        )
        try:
            client.execute(env=_environment(root, home, environment or {}))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            line = source.cells[running[-1] if running else 0].line
            refuse([source.problem(line, _failure(error, timeout))])
        settle(notebook, _paths(root, Path(folder)))
    notebook.metadata.clear()
    notebook.metadata.update(metadata)
    refuse(
        source.problem(
            cell.line,
            f"the output holds a memory address ({found}), different on each run: "
            "print a value instead",
        )
        for cell, node in zip(source.cells, notebook.cells, strict=True)
        if (found := find_address(node))
    )


def _transport(home: Path) -> Config:
    """Let the kernel talk over sockets in a private folder where there are such."""
    if os.name == "nt":
        return Config()
    return Config({"AsyncKernelManager": {"transport": "ipc", "ip": str(home / "s")}})


def _environment(
    root: Path, home: Path, environment: Mapping[str, str]
) -> dict[str, str]:
    paths = [str(root), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        **environment,
        COURSE: str(root),  # whose hidden tests run in place
        "IPYTHONDIR": str(home),
        "MATPLOTLIBRC": str(home / "matplotlibrc"),
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "SOURCE_DATE_EPOCH": "0",
    }


def _paths(root: Path, folder: Path) -> dict[str, str]:
    """Say what to write for each absolute path that an output may show."""
    found: dict[str, str] = {}
    for path, name in (
        (folder, "<temporary>"),
        (Path(sys.prefix), "<python>"),
        (Path.home(), "~"),
    ):
        for form in {str(path), str(path.resolve())} - {path.anchor}:
            found[form] = name
    found[f"{root}{os.sep}"] = ""
    found[str(root)] = "."
    return found


def _failure(error: Exception, timeout: int) -> str:
    """Say how the run ended."""
    if isinstance(error, CellExecutionError):
        reason = error.evalue.strip().split("\n", maxsplit=1)[0]
        return f"the cell raises {error.ename}: {reason}".rstrip(": ")
    if isinstance(error, CellTimeoutError):
        return f"the cell takes more than {timeout} s: make it shorter"
    return "the kernel died in this cell"
