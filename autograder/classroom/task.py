"""One notebook to judge: all that a worker is given."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.course.course import Course
from autograder.course.handout import Handout
from autograder.judging.draw import Draws


@dataclass(frozen=True)
class Task:
    """All that a worker needs to judge one notebook; it reads nothing else.

    Attributes
    ----------
    handout : Handout
        The notebook as released.
    data : bytes or None
        The submitted file; None where nothing was handed in.
    seed : bytes
        The course's seed, which hidden inputs are drawn from.
    course : Course
        What a notebook may use, and what of the course the sandbox holds.
    rung : str
        How to isolate it.
    student : str
        The student's id, for the feedback page.
    note : str
        A neutral remark on the file, for the instructor.
    draws : mapping
        By which draw each exercise is graded.
    put_back : bool
        Stop where it has used up its first slice of time, for others come before it.
    size : int
        How many bytes the file has; `data` is the beginning of one that is too large.
    """

    handout: Handout
    data: bytes | None
    seed: bytes
    course: Course
    rung: str
    student: str = ""
    note: str = ""
    draws: Draws = field(default_factory=dict)
    put_back: bool = False
    size: int = 0
