"""``ci``: everything that a course's continuous integration asks, by one command.

The course is copied, and each step works in the copy: the folder itself is left as it
is. A step that falls short does not keep the next one from running where that can.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.adequacy.document import PAGE
from autograder.authoring.changes_page import page
from autograder.authoring.student_run import install, run_as_student
from autograder.commands.changes import find_changes, write_page
from autograder.course.course import Course, find_course
from autograder.course.root import COURSE
from autograder.errors import UserError
from autograder.files import write_text

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable that names the file whose Markdown GitHub shows for a job."""

_LEFT = {".git", ".venv", "build", "dist", "term", "__pycache__", ".ipynb_checkpoints"}
_LINES = 40  # of a step's output that the summary shows


@dataclass(frozen=True)
class Step:
    """A step that was done.

    Attributes
    ----------
    name : str
        What it proves.
    said : str
        Its whole output.
    fell_short : bool
        Whether it proved something else.
    """

    name: str
    said: str
    fell_short: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``ci``."""
    parser.add_argument(
        "--since",
        metavar="REV",
        help="say also what students see differently since this commit",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("build", "ci"),
        metavar="DIR",
        help="receives summary.md, changes.md and pictures (default: %(default)s)",
    )
    parser.add_argument(
        "--from-index",
        action="store_true",
        help="install what students need from the package index; by default their "
        "packages are those installed here, and nothing is fetched",
    )
    parser.epilog = (
        "Example: python -m autograder ci --since origin/main. The summary is added to "
        f"the file that {SUMMARY} names, if it is set."
    )


def run(args: argparse.Namespace) -> int:
    """Do every step and print a line for each; 1 if one fell short."""
    course = find_course()
    done: list[Step] = []
    with tempfile.TemporaryDirectory(prefix="ci-") as name:
        folder = Path(name).resolve()
        copy = copy_course(course.root, folder / "course")
        for step in _steps(course, copy, folder, args.from_index):
            print(f"{'FAIL' if step.fell_short else 'ok  '}  {step.name}", flush=True)
            if step.fell_short:
                print(_tail(step.said), file=sys.stderr, flush=True)
            done.append(step)
        text = summary(course, done)
        args.out.mkdir(parents=True, exist_ok=True)
        if args.since:
            found = find_changes(course.root, args.since, copy)
            changes = page(found, args.since)
            write_page(found, changes, args.out)
            text += f"\n{changes}"
    write_text(args.out / "summary.md", text)
    print(f"Summary: {args.out / 'summary.md'}")
    if os.environ.get(SUMMARY):
        with Path(os.environ[SUMMARY]).open("a", encoding="utf-8") as file:
            file.write(text)
    return 1 if any(step.fell_short for step in done) else 0


def copy_course(root: Path, to: Path) -> Path:
    """Copy what belongs to a course: what git would commit, else all but leftovers."""
    git = shutil.which("git")
    words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = (
        subprocess.run(
            [git or "git", *words], cwd=root, capture_output=True, check=False
        )
        if git
        else None
    )
    if listed is None or listed.returncode or not listed.stdout:
        shutil.copytree(root, to, ignore=lambda _, names: _LEFT & set(names))
        return to
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if (root / name).is_file():  # a file that was removed is listed still
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, to / name)
    return to


def _steps(
    course: Course, copy: Path, folder: Path, from_index: bool
) -> Iterator[Step]:
    call = _Caller(course, copy)
    build = call("the sources build", "-m", "autograder", "build")
    yield build
    if build.fell_short:
        return  # all others work on what it makes
    yield _committed(course.root, copy)
    yield call("what is built is up to date", "-m", "autograder", "build", "--check")
    yield call("the grader grades rightly", "-m", "autograder", "check")
    settings = folder / "pytest.ini"
    settings.write_text("[pytest]\n", "utf-8")
    yield call(
        "stored outputs and pictures are true",
        *("-m", "pytest", "--nbval", "--nbval-current-env", "-q"),
        *("-p", "no:cacheprovider", "-p", "autograder.authoring.nbval_pictures"),
        *("-c", str(settings), "--rootdir", str(copy), "solutions"),
    )
    yield _adequacy(course.root, copy, call)
    release = folder / "students"
    step = call(
        "what students get holds no answer",
        *("-m", "autograder", "release", "--to", str(release)),
    )
    yield step
    if not step.fell_short:
        yield _as_student(release, folder / "environment", from_index)


@dataclass(frozen=True)
class _Caller:
    """Runs Python in the copy of a course, as a user of it would."""

    course: Course
    copy: Path

    def __call__(self, name: str, *words: str) -> Step:
        paths = [str(self.copy), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            **self.course.environment,
            COURSE: str(self.copy),
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        }
        environment.pop(SUMMARY, None)
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.copy,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            check=False,
        )
        return Step(name, done.stdout, done.returncode != 0)


def _committed(root: Path, copy: Path) -> Step:
    """Find what the build made anew though the course holds it already."""
    stale = [
        path.relative_to(copy).as_posix()
        for path in sorted(copy.rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and (root / path.relative_to(copy)).is_file()
        and (root / path.relative_to(copy)).read_bytes() != path.read_bytes()
    ]
    said = [f"{name} is older than its source: run build and commit" for name in stale]
    return Step(
        "what is committed is what its sources make", "\n".join(said), bool(said)
    )


def _adequacy(root: Path, copy: Path, call: _Caller) -> Step:
    """Measure the hidden checks, and compare with the page that is committed."""
    step = call("the hidden checks refuse what is wrong", "-m", "autograder.adequacy")
    old, new = root / PAGE, copy / PAGE
    if step.fell_short or not old.is_file() or old.read_bytes() == new.read_bytes():
        return step
    said = f"{PAGE.as_posix()} is not today's: run `python -m autograder.adequacy`"
    return Step(step.name, f"{step.said}\n{said} and commit it", True)


def _as_student(release: Path, folder: Path, from_index: bool) -> Step:
    name = "it installs, and its notebooks run with nothing answered"
    try:
        python = install(release, folder, from_index)
    except UserError as error:
        return Step(name, str(error), True)
    paths = sorted((release / "notebooks").rglob("*.ipynb"))
    found = [fault for path in paths for fault in run_as_student(python, path)]
    return Step(name, "\n".join(found), bool(found) or not paths)


def summary(course: Course, steps: list[Step]) -> str:
    """Write the outcome of every step as Markdown, what fell short with its output."""
    lines = [f"# {course.title}: continuous integration", ""]
    lines += ["| outcome | step |", "|---|---|"]
    lines += [
        f"| {'**fell short**' if step.fell_short else 'done'} | {step.name} |"
        for step in steps
    ]
    for step in steps:
        if step.fell_short:
            indented = [f"    {line}" for line in _tail(step.said).splitlines()]
            lines += ["", f"## {step.name}", "", *indented]
    return "\n".join(lines) + "\n"


def _tail(said: str) -> str:
    return "\n".join(said.strip().splitlines()[-_LINES:])
