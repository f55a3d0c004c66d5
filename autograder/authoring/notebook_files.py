"""Where a course keeps each source and the two notebooks made from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError
from autograder.notebook_name import lecture_of


@dataclass(frozen=True, order=True)
class NotebookFiles:
    """The three files of one notebook.

    Parameters
    ----------
    root : Path
        The course folder.
    name : str
        Lecture and notebook, for example ``"lecture3/01_svm"``.
    """

    root: Path
    name: str

    @property
    def source(self) -> Path:
        """The text file that people edit."""
        return self.root / "solutions" / f"{self.name}.py"

    @property
    def solution(self) -> Path:
        """The executed notebook, for instructors."""
        return self.root / "solutions" / f"{self.name}.ipynb"

    @property
    def handout(self) -> Path:
        """The students' notebook."""
        return self.root / "notebooks" / f"{self.name}.ipynb"

    def in_language(self, language: str) -> Path:
        """Return where the students' notebook in another language lies."""
        return self.root / "notebooks" / language / f"{self.name}.ipynb"

    def relative(self, path: Path) -> str:
        """Write `path` as seen from the course folder, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def find_notebooks(root: Path) -> list[NotebookFiles]:
    """List the notebooks of a course, sorted by name.

    Raises
    ------
    UserError
        If the folder holds no ``solutions/<lecture>/NN_topic.py``.
    """
    if not (root / "solutions").is_dir():
        raise UserError(
            f"{root} holds no folder 'solutions': run this in the course folder"
        )
    sources = sorted((root / "solutions").glob("*/*.py"))
    if not sources:
        raise UserError(f"{root / 'solutions'} holds no <lecture>/NN_topic.py")
    return [NotebookFiles(root, f"{path.parent.name}/{path.stem}") for path in sources]


def choose(
    notebooks: list[NotebookFiles], wanted: Iterable[str] | None
) -> list[NotebookFiles]:
    """Keep the notebooks that were asked for; all of them if none was.

    Parameters
    ----------
    notebooks : list of NotebookFiles
        Every notebook of the course.
    wanted : iterable of str or None
        Names (``lecture3/01_svm``), lectures (``lecture3``) or paths of any of a
        notebook's files.

    Raises
    ------
    UserError
        If a name fits no notebook.
    """
    names = list(wanted or [])
    if not names:
        return notebooks
    chosen: set[NotebookFiles] = set()
    for name in names:
        fitting = [files for files in notebooks if _fits(files, name)]
        if not fitting:
            known = ", ".join(files.name for files in notebooks)
            raise UserError(f"no notebook '{name}' in this course; there are: {known}")
        chosen.update(fitting)
    return sorted(chosen)


def _fits(files: NotebookFiles, wanted: str) -> bool:
    plain = wanted.rstrip("/")
    if plain in (files.name, lecture_of(files.name)):
        return True
    path = Path(wanted)
    return any(
        candidate.resolve() == file.resolve()
        for candidate in (path, files.root / path)
        for file in (files.source, files.solution, files.handout)
    )


def find_orphans(
    root: Path, notebooks: list[NotebookFiles], languages: Iterable[str] = ()
) -> list[Path]:
    """List generated notebooks that no source, or no language, accounts for."""
    expected = {path for files in notebooks for path in (files.solution, files.handout)}
    expected |= {files.in_language(one) for files in notebooks for one in languages}
    found = [
        *(root / "solutions").glob("*/*.ipynb"),
        *(root / "notebooks").glob("*/*.ipynb"),
        *(root / "notebooks").glob("*/*/*.ipynb"),
    ]
    return sorted(set(found) - expected)
