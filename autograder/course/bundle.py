"""Send the exercises of a notebook to a machine that holds no course."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

from autograder.course.exercise_folders import FOLDER, files_of
from autograder.course.exercises import find_exercises

# The same for equal files, whenever and wherever they are packed.
_DATE = (1980, 1, 1, 0, 0, 0)


def pack_exercises(root: Path, notebook: str) -> bytes:
    """Pack what the exercises of a notebook are made of.

    Parameters
    ----------
    root : Path
        The course folder.
    notebook : str
        For example ``"lecture3/01_svm"``.

    Returns
    -------
    bytes
        A zip file. The notebook's source, by which the exercises are in order, is part
        of it where there is one.
    """
    exercises = find_exercises(root)
    folders = [exercises.folders[name] for name in exercises.ids_of(notebook)]
    files = {path for folder in folders for path in files_of(folder)}
    source = exercises.content / f"{notebook}.py"
    if source.is_file():
        files.add(source)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            name = path.relative_to(exercises.root).as_posix()
            archive.writestr(zipfile.ZipInfo(name, _DATE), path.read_bytes())
    return packed.getvalue()


def unpack_exercises(packed: bytes, root: Path) -> None:
    """Write what :func:`pack_exercises` packed, so that `root` is a course folder.

    Raises
    ------
    ValueError
        A name leads out of the folder of the exercises.
    """
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            parts = PurePosixPath(name).parts
            if parts[:1] != (FOLDER,) or ".." in parts:
                raise ValueError(f"{name!r} is no file of an exercise")
            path = root.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(name))


__all__ = ["pack_exercises", "unpack_exercises"]
