"""What a stored result depends on, as one hash: when it changes, judge again.

It is the submitted file, its seed, the handout, the exercises' own files, what a
notebook may use, the libraries that it imports, and the code that comes to a verdict.
Reports do not belong to it, nor do other exercises.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from autograder.classroom import worker
from autograder.course.course import Course
from autograder.course.digests import engine_digest, hash_files, package_files
from autograder.course.handout import Handout
from autograder.judging import judge
from autograder.judging.draw import Draws
from autograder.sandbox.course_code import CourseCode
from autograder.sandbox.rung import INSIDE

# What runs in the sandbox is not imported by the grader, but started.
_INSIDE = tuple(sorted(INSIDE.glob("*.py")))


def verdict_digest() -> str:
    """Hash the code that comes to a verdict."""
    return engine_digest(Path(judge.__file__), *_INSIDE)


def worker_digest() -> str:
    """Hash the code that a worker runs: verdicts, and the pages that it renders."""
    return engine_digest(Path(worker.__file__), *_INSIDE)


@lru_cache(maxsize=8)
def library_digest(code: CourseCode) -> str:
    """Hash what a sandbox holds of a course; read once in a process."""
    files = hash_files(package_files(code.libraries))
    return hashlib.sha256((files + code.probes).encode()).hexdigest()


def conditions_digest(handout: Handout, course: Course, rung: str) -> str:
    """Hash what a judgement of a notebook depends on, whoever handed it in."""
    bounds = course.settings.of_judging(exercise.id for exercise in handout.exercises)
    parts = [
        handout.digest,
        handout.exercises_digest,
        bounds,
        rung,
        library_digest(course.code),
        verdict_digest(),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def result_digest(
    conditions: str, data: bytes | None, seed: bytes, draws: Draws | None = None
) -> str:
    """Hash all that one judgement depends on.

    Parameters
    ----------
    conditions : str
        From :func:`conditions_digest`.
    data : bytes or None
        The submitted file; None where there is none.
    seed : bytes
        The course's seed, which hidden inputs are drawn from.
    draws : mapping, optional
        By which draw each of the notebook's exercises is graded.
    """
    digest = hashlib.sha256(conditions.encode())
    digest.update(b"absent" if data is None else hashlib.sha256(data).digest())
    digest.update(seed)
    digest.update(json.dumps(sorted((draws or {}).items())).encode())
    return digest.hexdigest()
