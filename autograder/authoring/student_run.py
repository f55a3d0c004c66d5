"""Install a release as a student does, and run its notebooks with nothing answered."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import tempfile
import venv
from collections.abc import Set
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.errors import UserError

CELL_TIMEOUT = 300
"""Seconds that one cell may take."""

BROKEN = {"ImportError", "ModuleNotFoundError", "SyntaxError", "IndentationError"}
"""Errors that no missing answer explains."""


def install(release: Path, folder: Path, from_index: bool = False) -> Path:
    """Install a students' repository into an environment of its own.

    Parameters
    ----------
    release : Path
        What ``release`` wrote.
    folder : Path
        Receives the environment.
    from_index : bool
        Fetch the dependencies that the release names from the package index. Otherwise
        they are those of this interpreter, and nothing is fetched; the course's own
        packages come from the release in any case.

    Returns
    -------
    Path
        The environment's Python.

    Raises
    ------
    UserError
        It cannot be installed; the message holds pip's last line.
    """
    venv.create(folder, symlinks=os.name != "nt", with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install"]
    pip.append("--quiet")
    if from_index:
        words = [*pip, str(release), "ipykernel"]
    else:
        _lend(python, {"autograder", *(path.name for path in release.iterdir())})
        words = [*pip, "--no-index", "--no-deps", "--no-build-isolation", str(release)]
    done = subprocess.run(
        words, env=_plain(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise UserError(f"what students get cannot be installed: {said[-1]}")
    return python


def _lend(python: Path, hidden: Set[str]) -> None:
    """Let an environment see what is installed here, save the grader and the course.

    A ``.pth`` file, to which an editable install comes down, is not passed on: the
    course's folder stays out of sight.
    """
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    there = subprocess.run(
        [python, "-I", "-c", ask], capture_output=True, text=True, check=True
    )
    # Not among the packages: there it could be imported under its own name.
    lent = python.parents[1] / "lent"
    lent.mkdir()
    for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for path in Path(folder).iterdir():
            editable = "__editable__" in path.name or _is_editable(path)
            if path.suffix != ".pth" and not editable and path.name not in hidden:
                (lent / path.name).symlink_to(path)
    Path(there.stdout.strip(), "lent.pth").write_text(f"{lent}\n", "utf-8")


def _is_editable(path: Path) -> bool:
    """Tell whether these are the metadata of a package that lies elsewhere."""
    try:
        told = json.loads((path / "direct_url.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(told.get("dir_info", {}).get("editable"))


def _plain() -> dict[str, str]:
    """Return the environment without what leads Python elsewhere."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}


def run_as_student(python: Path, path: Path) -> list[str]:
    """Run a notebook as it was handed out; list what no missing answer explains.

    Parameters
    ----------
    python : Path
        Of the environment in which the release is installed.
    path : Path
        The notebook; the file is not changed.

    Returns
    -------
    list of str
        One line for each cell that fails though it needs no answer.
    """
    try:
        notebook = run_notebook(python, path, go_on=True)
    except (CellTimeoutError, DeadKernelError) as error:
        return [f"{path.name}: {str(error).strip().splitlines()[0]}"]
    return [f"{path.name}: {fault}" for fault in faults(notebook)]


def run_notebook(python: Path, path: Path, go_on: bool = False) -> NotebookNode:
    """Run a notebook in its folder with another environment's kernel.

    Parameters
    ----------
    python : Path
        Of that environment.
    path : Path
        The notebook; the file is not changed.
    go_on : bool
        Go on after every error. Otherwise only where the notebook says so, as *Run All
        Cells* does.

    Returns
    -------
    NotebookNode
        The notebook with its outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        A cell failed, and the notebook does not say to go on.
    nbclient.exceptions.CellTimeoutError
        A cell took longer than `CELL_TIMEOUT`.
    nbclient.exceptions.DeadKernelError
        The kernel died.
    """
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory(prefix="student-") as name:
        folder = Path(name)
        spec = folder / "kernels" / "student"
        spec.mkdir(parents=True)
        words = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        described = {"argv": words, "display_name": "student", "language": "python"}
        (spec / "kernel.json").write_text(json.dumps(described), "utf-8")
        specs = KernelSpecManager(kernel_dirs=[str(folder / "kernels")])
        transport = {"transport": "ipc", "ip": f"{folder}/s"} if os.name != "nt" else {}
        client = NotebookClient(
            notebook,
            km=AsyncKernelManager(
                kernel_spec_manager=specs, kernel_name="student", **transport
            ),
            timeout=CELL_TIMEOUT,
            allow_errors=go_on,
            resources={"metadata": {"path": str(path.parent)}},
        )
        # A manager that is handed over is left running unless this is said.
        client.execute(env=_plain(), cleanup_kc=True)
    return notebook


def faults(notebook: NotebookNode) -> list[str]:
    """List the cells of a notebook that fail though they need no answer.

    A cell below the first answer may rest on it, so that any error may follow from what
    is missing; only an import that fails, or text that is no Python, cannot.
    """
    found, answers = [], 0
    for number, cell in enumerate(notebook.cells, start=1):
        own = cell.metadata.get("nbgrader", {})
        answers += bool(own.get("solution"))
        for out in cell.get("outputs", []):
            if out.output_type == "error" and (not answers or out.ename in BROKEN):
                said = (out.evalue.strip().splitlines() or [""])[0]
                found.append(f"cell {number} raises {out.ename}: {said}")
    return found
