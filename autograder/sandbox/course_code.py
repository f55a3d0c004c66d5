"""What a sandbox holds of a course."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CourseCode:
    """The code of a course that student code may use, and where the rest of it lies.

    Attributes
    ----------
    libraries : tuple of Path
        The packages that the notebooks import, a folder each; mounted read-only.
    probes : str
        The text of the course's file of probes; see
        :mod:`autograder.sandbox.inside.probes`.
    private : tuple of Path
        Folders that must not be seen; the self-test tries to read them.
    """

    libraries: tuple[Path, ...] = ()
    probes: str = ""
    private: tuple[Path, ...] = ()


NO_COURSE = CourseCode()
