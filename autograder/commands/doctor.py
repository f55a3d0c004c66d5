"""``doctor``: say in plain words what this machine can do, and what to run if not."""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.course.course import FILE_NAME, find_course
from autograder.course.root import handouts_folder
from autograder.course.settings import Settings
from autograder.errors import UserError
from autograder.sandbox.course_code import NO_COURSE, CourseCode
from autograder.sandbox.rung import Rung
from autograder.sandbox.rungs import RUNGS
from autograder.sandbox.selftest import prove

NEEDED = ("numpy", "matplotlib", "nbgrader", "nbval", "jupytext", "nh3", "sqlalchemy")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``doctor`` takes no options."""


def run(args: argparse.Namespace) -> int:
    """Print one line per finding; the exit code is 0 if grading can begin."""
    fine = True
    for good, words in findings():
        print(f"{'ok  ' if good else 'FAIL'}  {words}")
        fine = fine and good
    print("This machine can grade." if fine else "This machine cannot grade yet.")
    return 0 if fine else 2


def findings() -> Iterator[tuple[bool, str]]:
    """Yield what was found, and in words what to do where it is not good."""
    version = platform.python_version()
    good = sys.version_info >= (3, 11)
    yield good, f"Python {version}" + ("" if good else "; install 3.11 or newer")
    missing = [name for name in NEEDED if not _installed(name)]
    if missing:
        yield False, f"packages missing: {', '.join(missing)}; run `make setup`"
    else:
        yield True, "packages of the grader are installed"
    try:
        yield True, f"course found: {len(_notebooks())} notebooks for students"
    except UserError as error:
        yield False, str(error)
    free = shutil.disk_usage(tempfile.gettempdir()).free / 2**30
    yield free > 1, f"{free:.0f} GiB free for temporary files"
    yield from sandbox_findings()


def sandbox_findings() -> Iterator[tuple[bool, str]]:
    """Yield what there is to know of the sandbox."""
    if platform.system() != "Linux":
        words = "no sandbox on this system; grade on Linux or in a Linux VM"
        yield False, f"{platform.system()}: {words}"
        return
    try:
        course = find_course()
        allowed, code = course.settings.rungs, course.code
    except UserError:  # said above, or by the command that needs the course
        allowed, code = Settings().rungs, NO_COURSE
    held: Rung | None = None
    found = []
    for rung in RUNGS:
        good, words = rung_finding(rung, code)
        if good and not held and rung.name not in allowed:
            words += (
                f'; to grade at it, write `lowest_rung = "{rung.name}"` in {FILE_NAME}'
            )
        if good and rung.name in allowed:
            held = held or rung
        found.append((good, rung, words))
    for good, rung, words in found:
        # A rung that does not hold is no fault where grading uses another.
        yield good or held is not None, f"rung {rung.name}: {words}"
    if held:
        yield True, f"submissions will be {held.words}"
    elif any(good for good, _, _ in found):
        yield False, "no rung of the sandbox that the course allows holds"


def rung_finding(rung: Rung, code: CourseCode = NO_COURSE) -> tuple[bool, str]:
    """Try one rung of the sandbox; say whether it holds, and what was found."""
    missing = rung.missing()
    if missing:
        return False, missing
    try:
        proof, sandbox = prove(rung, code)
    except UserError as error:
        advice = rung.advice()
        return False, f"{error}; {advice}" if advice else str(error)
    sandbox.close()
    if proof.sound:
        return True, f"refused all {len(proof.held)} attempts to escape"
    return False, proof.said


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _notebooks() -> list[Path]:
    return sorted(handouts_folder(find_course().root).glob("*/*.ipynb"))
