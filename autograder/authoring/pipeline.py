"""Build a course: read, validate, execute what changed, write the notebooks."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import nbformat
import nbformat.v4
from nbformat import NotebookNode

from autograder.authoring.course import Place, choose, find_orphans, find_places
from autograder.authoring.execute import execute
from autograder.authoring.inputs import hash_inputs
from autograder.authoring.outputs import hash_outputs
from autograder.authoring.problems import Problem, refuse
from autograder.authoring.source import NOTE, Source, read_source, to_notebook
from autograder.authoring.student import make_handout
from autograder.authoring.validate import Registry, validate
from autograder.errors import UserError


def build(
    course_root: Path,
    check: bool = False,
    only: Iterable[str] | None = None,
    echo: Callable[[str], object] = print,
    registry: Registry | None = None,
) -> list[Path]:
    """Make the solution and the handout of each notebook.

    Parameters
    ----------
    course_root : Path
        The course folder, which holds ``solutions``.
    check : bool
        Only say what is stale; write nothing, run nothing.
    only : iterable of str or None
        Notebooks to build, as `autograder.authoring.course.choose` takes them; all by
        default. The sources of the whole course are read in any case.
    echo : callable
        Takes each line of what there is to say.
    registry : Registry or None
        Where the exercises' records are found; `autograder.exercises` by default.

    Returns
    -------
    list of Path
        The files that were written or, with `check`, that are stale.

    Raises
    ------
    UserError
        If a source breaks a convention, a notebook does not run, or a file cannot be
        read or written. Every problem of the course is listed, a line each.
    """
    root = Path(course_root).resolve()
    places = find_places(root)
    chosen = choose(places, only)
    sources = _read(places, chosen, registry)
    touched: list[Path] = []
    for place in chosen:
        try:
            touched += _build_one(sources[place], check, echo)
        except OSError as error:
            where = error.filename or place.relative(place.source)
            raise UserError(f"{where}: {error.strerror or error}") from error
    if len(chosen) == len(places):
        touched += _remove_orphans(root, places, check, echo)
    if not touched:
        echo(f"{_count(chosen)} up to date")
    return touched


def _read(
    places: list[Place], chosen: list[Place], registry: Registry | None
) -> dict[Place, Source]:
    """Read and validate every source; refuse on problems in the chosen ones."""
    if registry is None:
        from autograder import exercises as registry  # heavy, and not for --help
    sources: dict[Place, Source] = {}
    problems: list[Problem] = []
    for place in places:
        source, found = read_source(place)
        problems += found
        if source is not None:
            sources[place] = source
    problems += validate(list(sources.values()), registry)
    files = {place.relative(place.source) for place in chosen}
    refuse(problem for problem in problems if problem.file in files)
    return sources


def _build_one(
    source: Source, check: bool, echo: Callable[[str], object]
) -> list[Path]:
    place = source.place
    fresh = to_notebook(source)
    fresh.metadata[NOTE]["inputs"] = hash_inputs(place)
    wanted: dict[Path, str | None] = {place.student: _text(make_handout(fresh))}
    ran = _graft(place.solution, fresh)
    if not ran and not check:
        echo(f"running {place.name}")
        execute(source, fresh)
        fresh.metadata[NOTE]["outputs"] = hash_outputs(fresh)
        ran = True
    wanted[place.solution] = _text(fresh) if ran else None
    stale = sorted(path for path, text in wanted.items() if _content(path) != text)
    for path in stale:
        text = wanted[path]
        if not check and text is not None:
            _write(path, text)
        echo(f"{'stale' if check else 'wrote'} {place.relative(path)}")
    return stale


def _graft(path: Path, fresh: NotebookNode) -> bool:
    """Take over the outputs of an earlier run, if they still hold.

    They hold if the inputs' hash is the same and the outputs are those that were
    stored. Then nothing needs to run.
    """
    try:
        old = nbformat.v4.reads(_content(path))
        note = old.metadata[NOTE]
        if note.inputs != fresh.metadata[NOTE].inputs or note.outputs != hash_outputs(
            old
        ):
            return False
        shown = {cell.id: cell for cell in old.cells if cell.cell_type == "code"}
        code = [cell for cell in fresh.cells if cell.cell_type == "code"]
        if [cell.id for cell in code] != list(shown):
            return False
        for cell in code:
            cell.execution_count = shown[cell.id].execution_count
            cell.outputs = shown[cell.id].outputs
    except (ValueError, KeyError, AttributeError, TypeError):
        return False  # not a notebook that this build made
    fresh.metadata[NOTE]["outputs"] = note.outputs
    return True


def _text(notebook: NotebookNode) -> str:
    """Write a notebook out: keys sorted, one newline at the end."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook, version=4) + "\n"


def _content(path: Path) -> str:
    """Read a generated file; one that is missing or is no text is empty."""
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _write(path: Path, text: str) -> None:
    """Replace a file whole, so that an interrupted build leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _remove_orphans(
    root: Path, places: list[Place], check: bool, echo: Callable[[str], object]
) -> list[Path]:
    """Take away generated notebooks whose source is gone; keep what people made."""
    gone = []
    for path in find_orphans(root, places):
        shown = path.relative_to(root).as_posix()
        if f'"{NOTE}"' not in _content(path):
            echo(f"left {shown}: it has no source and was not made by the build")
            continue
        if not check:
            path.unlink()
        echo(f"{'stale' if check else 'removed'} {shown}: its source is gone")
        gone.append(path)
    return gone


def _count(places: list[Place]) -> str:
    return f"{len(places)} notebook{'s' * (len(places) != 1)}"
