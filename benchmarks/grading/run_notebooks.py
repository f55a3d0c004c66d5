"""Run notebooks without grading them: with nbclient, or by nothing but ``exec``.

    python -m benchmarks.grading.run_notebooks {nbclient | exec} NOTEBOOK...

`nbclient` starts a kernel for each, as Restart & Run All does. `exec` is the floor
under any grader: one process loads what all notebooks import and forks a child for
each, which executes its cells, draws no picture and shuts nothing in; an error ends its
cell. It prints the CPU seconds of the children. Nothing else is written.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from typing import Any

import nbformat


def with_nbclient(path: str) -> None:
    """Execute a notebook in a kernel of its own."""
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, allow_errors=True).execute()


def with_exec(path: str) -> None:
    """Execute the cells of a notebook in a child of this process.

    Raises
    ------
    RuntimeError
        The child ended otherwise than it should.
    """
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            _cells(nbformat.read(path, as_version=4)["cells"])
            code = 0
        finally:
            os._exit(code)
    if status := os.waitpid(pid, 0)[1]:
        raise RuntimeError(f"{path} ended with status {status}")


def _cells(cells: Sequence[Any]) -> None:
    import __main__  # where a notebook's names are, for pickle and dataclasses

    with (
        open(os.devnull, "w") as nothing,
        redirect_stdout(nothing),
        redirect_stderr(nothing),
    ):
        for number, cell in enumerate(cells):
            if cell["cell_type"] == "code":
                # A cell may end as it likes: the next one is run all the same.
                with suppress(BaseException):
                    code = compile(cell["source"], f"cell {number}", "exec")
                    exec(code, vars(__main__))  # noqa: S102


def load_for_exec() -> None:
    """Load before the fork what every notebook imports."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot  # noqa: F401
    import numpy.random  # noqa: F401

    import cs231n_lib.checks
    import cs231n_lib.data
    import cs231n_lib.plots  # noqa: F401


def main(arguments: Sequence[str]) -> int:
    """Run the notebooks, one after the other."""
    way, *paths = arguments
    run: Callable[[str], None] = with_nbclient
    if way == "exec":
        load_for_exec()
        run = with_exec
    for path in paths:
        run(path)
    if way == "exec":
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"children: {used.ru_utime + used.ru_stime:.6f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
