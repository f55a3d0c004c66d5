"""Run notebooks from top to bottom, and say how their exercises stand.

What a notebook shows may rest on an order in which its cells were run, or on a cell
that is gone. It is run here in a new kernel, into a copy; the file is not changed.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm
from traitlets.config import Config

from answer_checks.failed import NotAnswered
from answer_checks.language import Language, in_language, language, language_of
from answer_checks.pictures import same_pictures
from answer_checks.progress import Row, row, table
from answer_checks.session import State

CELL_TIMEOUT = 600
"""Seconds that one cell may take."""

# Where a file or an object lies differs from run to run.
_VARYING = re.compile(r"0x[0-9a-f]{6,}|\S*ipykernel_\d+\S*")
_NOT_COMPARED = {"nbval-ignore-output", "nbval-skip"}


class Unusable(Exception):  # noqa: N818 - said to the user in one line
    """A file that cannot be run; the message says why."""


@dataclass(frozen=True)
class Progress:
    """What a fresh run of a notebook found.

    Attributes
    ----------
    rows : list of Row
        One for each exercise with a visible check.
    differing : list of str
        The cells whose stored outputs differ from the fresh ones.
    language : Language
        That of the notebook.
    """

    rows: list[Row]
    differing: list[str]
    language: Language = field(default_factory=language, repr=False)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return not self.differing and all(r.state is State.PASSED for r in self.rows)


def run_afresh(path: Path, bar: bool = True) -> Progress:
    """Run a notebook in a new kernel and compare.

    Parameters
    ----------
    path : Path
        The notebook; it is not changed.
    bar : bool
        Whether to show how far the run is.

    Raises
    ------
    Unusable
        It cannot be read, or a cell does not end.
    """
    try:
        stored = nbformat.read(path, as_version=4)
        fresh = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise Unusable(f"{path}: there is no such notebook") from None
    except (OSError, ValueError, AttributeError, KeyError) as error:
        said = (str(error).splitlines() or [""])[0]
        raise Unusable(f"{path} cannot be read as a notebook: {said}") from None
    code = sum(cell.cell_type == "code" for cell in fresh.cells)
    with (
        tempfile.TemporaryDirectory(prefix="progress-") as folder,
        tqdm(total=code, desc=path.stem, disable=not bar, leave=False) as shown,
    ):
        client = NotebookClient(
            fresh,
            timeout=CELL_TIMEOUT,
            kernel_name="python3",
            allow_errors=True,
            resources={"metadata": {"path": str(path.parent)}},
            config=_transport(Path(folder)),
            on_cell_complete=lambda cell, cell_index: shown.update(
                cell.cell_type == "code"
            ),
        )
        try:
            client.execute()
        except CellTimeoutError:
            raise Unusable(f"{path}: a cell takes more than {CELL_TIMEOUT} s") from None
        except DeadKernelError:
            raise Unusable(f"{path}: the kernel died; look for exit") from None
    spoken = language_of(stored.metadata)
    return Progress(list(_rows(fresh, spoken)), list(_differing(stored, fresh)), spoken)


def _transport(folder: Path) -> Config:
    """Let the kernel talk over sockets in a private folder where there are such."""
    if os.name == "nt":
        return Config()
    return Config({"AsyncKernelManager": {"transport": "ipc", "ip": f"{folder}/s"}})


def _rows(notebook: NotebookNode, spoken: Language) -> Iterator[Row]:
    for cell in notebook.cells:
        own = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not own.get("grade"):
            continue
        exercise = str(own.get("grade_id", "")).removesuffix("_test")
        errors = [out for out in cell.outputs if out.output_type == "error"]
        if not errors:
            yield row(exercise, State.PASSED, "")
            continue
        unanswered = {NotAnswered.__name__, NotImplementedError.__name__}
        name, said = errors[0].ename, errors[0].evalue
        if name in unanswered:
            yield row(exercise, State.OPEN, said)
        elif name == "CheckFailed":
            yield row(exercise, State.WRONG, said, spoken)
        else:
            yield row(exercise, State.WRONG, f"{name}: {said}")


def _differing(stored: NotebookNode, fresh: NotebookNode) -> Iterator[str]:
    for number, (old, new) in enumerate(
        zip(stored.cells, fresh.cells, strict=True), start=1
    ):
        if old.cell_type != "code" or _NOT_COMPARED & set(old.metadata.get("tags", [])):
            continue
        if old.execution_count is None and not old.outputs:
            continue  # it was not run: nothing is handed in as shown
        if _shown(old) != _shown(new) or not same_pictures(old.outputs, new.outputs):
            name = old.metadata.get("nbgrader", {}).get("grade_id", "")
            yield f"cell {number}{f' ({name})' if name else ''}"


def _shown(cell: NotebookNode) -> list[tuple[str, Any]]:
    """Return what a cell shows but for its pictures: streams whole."""
    streams: dict[str, str] = {}
    others: list[tuple[str, Any]] = []
    for out in cell.outputs:
        if out.output_type == "stream":
            streams[out.name] = streams.get(out.name, "") + out.text
        elif out.output_type == "error":
            others.append((out.ename, _plain(out.evalue)))
        elif out.output_type in ("execute_result", "display_data"):
            others.append(("result", _plain(out.data.get("text/plain", ""))))
    said = streams.pop("stdout", "")  # warnings on stderr name files and lines
    return [("stdout", _plain(said)), *others]


def _plain(text: str) -> str:
    return _VARYING.sub("...", text)


def find_notebooks(path: Path) -> list[Path]:
    """Return a notebook, or all those in a folder.

    Raises
    ------
    Unusable
        There is none.
    """
    if not path.is_dir():
        return [path]
    found = [p for p in sorted(path.rglob("*.ipynb")) if not _hidden(p, path)]
    if not found:
        raise Unusable(f"{path}: there is no notebook in this folder")
    return found


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def report(path: Path, progress: Progress) -> str:
    """Return what is said of one notebook."""
    spoken = progress.language
    lines = [f"{path}", table(progress.rows, spoken)]
    if progress.differing:
        cells = ", ".join(in_language(cell, spoken) for cell in progress.differing)
        stale = (
            f"Stored outputs that a fresh run does not give: {cells}. Restart the "
            "kernel and run all cells before you hand in."
        )
        lines.append(in_language(stale, spoken))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None, program: str = "") -> int:
    """Run the command; 0 where nothing is left to do, 1 where something is, 2 if not.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the command line.
    program : str
        How the command is called.
    """
    places = make_parser(program).parse_args(arguments).places
    try:
        language()
    except ValueError as error:  # an environment variable names none
        print(error, file=sys.stderr)
        return 2
    status = 0
    for place in places:
        try:
            for path in find_notebooks(place):
                found = run_afresh(path, bar=sys.stderr.isatty())
                print(report(path, found), flush=True)
                status = max(status, 0 if found.finished else 1)
        except Unusable as reason:
            print(in_language(str(reason)), file=sys.stderr)
            status = 2
    return status


def make_parser(program: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog=program or "python -m answer_checks.fresh_run",
        description="Run notebooks in a new kernel and say how their exercises stand: "
        "the visible checks alone, hidden tests run when the course is graded.",
    )
    parser.add_argument(
        "places", metavar="NOTEBOOK|FOLDER", nargs="+", type=Path, help="what to run"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
