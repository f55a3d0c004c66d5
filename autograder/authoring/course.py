"""Where a course keeps the sources and the two notebooks made from each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError


@dataclass(frozen=True, order=True)
class Place:
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
    def student(self) -> Path:
        """The notebook that is handed out."""
        return self.root / "notebooks" / f"{self.name}.ipynb"

    def relative(self, path: Path) -> str:
        """Write `path` as seen from the course folder, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def find_places(root: Path) -> list[Place]:
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
    return [Place(root, f"{path.parent.name}/{path.stem}") for path in sources]


def choose(places: list[Place], wanted: Iterable[str] | None) -> list[Place]:
    """Keep the notebooks that were asked for; all of them if none was.

    Parameters
    ----------
    places : list of Place
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
        return places
    chosen: set[Place] = set()
    for name in names:
        fitting = [place for place in places if _fits(place, name)]
        if not fitting:
            known = ", ".join(place.name for place in places)
            raise UserError(f"no notebook '{name}' in this course; there are: {known}")
        chosen.update(fitting)
    return sorted(chosen)


def _fits(place: Place, wanted: str) -> bool:
    plain = wanted.rstrip("/")
    if plain in (place.name, place.name.split("/", maxsplit=1)[0]):
        return True
    path = Path(wanted)
    files = (place.source, place.solution, place.student)
    return any(
        candidate.resolve() == file.resolve()
        for candidate in (path, place.root / path)
        for file in files
    )


def find_orphans(root: Path, places: list[Place]) -> list[Path]:
    """List notebooks in the two generated places that no source accounts for."""
    expected = {path for place in places for path in (place.solution, place.student)}
    found = [
        *(root / "solutions").glob("*/*.ipynb"),
        *(root / "notebooks").glob("*/*.ipynb"),
    ]
    return sorted(set(found) - expected)
