"""Build a course: read, validate, execute what changed, write the notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import nbformat
import nbformat.v4
from nbformat import NotebookNode

from autograder.authoring.execute import execute
from autograder.authoring.inputs import hash_inputs, hash_reason_inputs
from autograder.authoring.make_handout import make_handout
from autograder.authoring.notebook_files import (
    NotebookFiles,
    choose,
    find_notebooks,
    find_orphans,
)
from autograder.authoring.outputs import hash_outputs
from autograder.authoring.problems import Problem, refuse
from autograder.authoring.reasons import is_current, reasons_path, reasons_text
from autograder.authoring.source import NOTE, Source, read_source, to_notebook
from autograder.authoring.translation.edition import editions
from autograder.authoring.validate import Registry, validate
from autograder.authoring.visible_run import see
from autograder.course.course import Course, load_course
from autograder.course.exercises import find_exercises
from autograder.errors import UserError
from autograder.files import write_text


def build(
    course_root: Path,
    check: bool = False,
    only: Iterable[str] | None = None,
    echo: Callable[[str], object] = print,
    registry: Registry | None = None,
) -> list[Path]:
    """Make the solution and the handout of each notebook, and its file of reasons.

    Parameters
    ----------
    course_root : Path
        The course folder, which holds ``solutions``.
    check : bool
        Only say what is stale; write nothing, run nothing.
    only : iterable of str or None
        Notebooks to build, as `notebook_files.choose` takes them; all by default. The
        sources of the whole course are read in any case.
    echo : callable
        Takes each line of what there is to say.
    registry : Registry or None
        Where the exercises' records are found; those of the course by default.

    Returns
    -------
    list of Path
        The files that were written or, with `check`, that are stale.

    Raises
    ------
    UserError
        If a source breaks a convention, a notebook does not run, or a file cannot be
        read or written. Every problem of the course is listed, one per line.
    """
    course = load_course(course_root)
    root = course.root
    notebooks = find_notebooks(root)
    chosen = choose(notebooks, only)
    sources = _read(root, notebooks, chosen, registry)
    touched: list[Path] = []
    for files in chosen:
        try:
            touched += _build_one(sources[files], course, check, echo)
            touched += _build_editions(sources[files], course, check, echo)
            touched += _build_reasons(sources[files], course, check, echo)
        except OSError as error:
            where = error.filename or files.relative(files.source)
            raise UserError(f"{where}: {error.strerror or error}") from error
    if len(chosen) == len(notebooks):
        touched += _remove_orphans(course, notebooks, check, echo)
    if not touched:
        echo(f"{_count(chosen)} up to date")
    return touched


def _read(
    root: Path,
    notebooks: list[NotebookFiles],
    chosen: list[NotebookFiles],
    registry: Registry | None,
) -> dict[NotebookFiles, Source]:
    """Read and validate every source; refuse on problems in the chosen ones."""
    known: Registry = find_exercises(root) if registry is None else registry
    sources: dict[NotebookFiles, Source] = {}
    problems: list[Problem] = []
    for files in notebooks:
        source, found = read_source(files)
        problems += found
        if source is not None:
            sources[files] = source
    problems += validate(list(sources.values()), known)
    wanted = {files.relative(files.source) for files in chosen}
    refuse(problem for problem in problems if problem.file in wanted)
    return sources


def _build_one(
    source: Source, course: Course, check: bool, echo: Callable[[str], object]
) -> list[Path]:
    files = source.files
    fresh = to_notebook(source)
    fresh.metadata[NOTE]["inputs"] = hash_inputs(files, course)
    wanted: dict[Path, str | None] = {files.handout: _text(make_handout(fresh))}
    ran = _graft(files.solution, fresh)
    if not ran and not check:
        echo(f"running {files.name}")
        execute(source, fresh, environment=course.environment)
        fresh.metadata[NOTE]["outputs"] = hash_outputs(fresh)
        ran = True
    wanted[files.solution] = _text(fresh) if ran else None
    stale = sorted(path for path, text in wanted.items() if _content(path) != text)
    for path in stale:
        text = wanted[path]
        if not check and text is not None:
            write_text(path, text)
        echo(f"{'stale' if check else 'wrote'} {files.relative(path)}")
    return stale


def _build_editions(
    source: Source, course: Course, check: bool, echo: Callable[[str], object]
) -> list[Path]:
    """Write the students' notebook in the languages whose catalogue lacks nothing."""
    files, touched = source.files, []
    for edition in editions(source, course):
        name = f"{edition.language}/{files.name}"
        for one in edition.lacking if check and edition.path.exists() else ():
            echo(f"{name}: {one}")
        if edition.lacking:
            call = f"python -m autograder translations --check {edition.language}"
            echo(
                f"{name} is not translated: {len(edition.lacking)} entries of its "
                f"catalogue to do; `{call}` lists them"
            )
        handout = edition.handout()
        text = None if handout is None else _text(handout)
        if (text or "") == _content(edition.path):
            continue
        what = "stale"
        if not check and text is None:
            edition.path.unlink()
            what = "removed"
        elif not check and text is not None:
            edition.path.parent.mkdir(parents=True, exist_ok=True)
            write_text(edition.path, text)
            what = "wrote"
        echo(f"{what} {files.relative(edition.path)}")
        touched.append(edition.path)
    return touched


def _build_reasons(
    source: Source, course: Course, check: bool, echo: Callable[[str], object]
) -> list[Path]:
    """Write what the visible checks of a notebook can tell of known mistakes."""
    files, path = source.files, reasons_path(course, source.files)
    if path is None:
        return []
    inputs = hash_reason_inputs(files, course)
    if is_current(path, inputs):
        return []
    if not check:
        echo(f"asking the visible checks of {files.name}")
        known = find_exercises(course.root)
        exercises = [known[name] for name in known.ids_of(files.name)]
        exercises = [one for one in exercises if one.kind != "manual"]
        names = [one.id for one in exercises]
        seen = see(source, names, course.environment)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, reasons_text(inputs, seen, exercises))
    echo(f"{'stale' if check else 'wrote'} {files.relative(path)}")
    return [path]


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
    return str(nbformat.writes(notebook, version=4)) + "\n"


def _content(path: Path) -> str:
    """Read a generated file; one that is missing or is no text is empty."""
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _remove_orphans(
    course: Course,
    notebooks: list[NotebookFiles],
    check: bool,
    echo: Callable[[str], object],
) -> list[Path]:
    """Take away generated notebooks whose source is gone; keep what people made."""
    gone, root = [], course.root
    wanted = {reasons_path(course, files) for files in notebooks}
    reasons = set(course.reasons.glob("*/*.json") if course.reasons else ())
    orphans = find_orphans(root, notebooks, course.translations)
    for path in (*orphans, *sorted(reasons - wanted)):
        shown = path.relative_to(root).as_posix()
        if f'"{NOTE}"' not in _content(path) and path not in reasons:
            echo(f"left {shown}: it has no source and was not made by the build")
            continue
        if not check:
            path.unlink()
        echo(f"{'stale' if check else 'removed'} {shown}: its source is gone")
        gone.append(path)
    return gone


def _count(notebooks: list[NotebookFiles]) -> str:
    return f"{len(notebooks)} notebook{'s' * (len(notebooks) != 1)}"
