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

from autograder.course import course_root
from autograder.errors import UserError
from autograder.sandbox.bubblewrap import find_bubblewrap
from autograder.sandbox.selftest import prove

NEEDED = ("numpy", "matplotlib", "nbgrader", "nbval", "jupytext", "nh3", "sqlalchemy")
SWITCH = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
MOST = Path("/proc/sys/user/max_user_namespaces")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``doctor`` takes no options."""


def run(args: argparse.Namespace) -> int:
    """Print one line a finding; the exit code is 0 if grading can begin."""
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
    bwrap = find_bubblewrap()
    if bwrap is None:
        yield (
            False,
            (
                "bubblewrap is missing; run `make setup`, or install the package "
                "bubblewrap of your system"
            ),
        )
        return
    yield True, f"bubblewrap: {bwrap}"
    try:
        proof = prove("bubblewrap")
    except UserError as error:
        yield False, f"{error}{advice()}"
        return
    if proof.sound:
        yield True, f"the sandbox refused all {len(proof.held)} attempts to escape"
    else:
        yield False, f"from inside the sandbox one could {', '.join(proof.escaped)}"


def advice() -> str:
    """Say what to run where the kernel keeps user namespaces shut."""
    if _number(SWITCH) == 1:
        return (
            "; this system restricts user namespaces: run `sudo sysctl "
            "kernel.apparmor_restrict_unprivileged_userns=0`"
        )
    if _number(MOST) == 0:
        return "; run `sudo sysctl user.max_user_namespaces=15000`"
    return ""


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _notebooks() -> list[Path]:
    return sorted((course_root() / "notebooks").glob("*/*.ipynb"))
