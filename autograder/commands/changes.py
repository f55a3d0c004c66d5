"""``changes``: say what students see differently since a commit."""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from autograder.authoring.changes import NotebookChange, compare, read_editions
from autograder.authoring.changes_page import page, write_pictures
from autograder.course.course import find_course
from autograder.errors import UserError
from autograder.files import write_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``changes``."""
    parser.add_argument(
        "--since",
        required=True,
        metavar="REV",
        help="the earlier state: a commit, branch or tag of the course's repository",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="receives changes.md, and in pictures/ the pictures that differ",
    )
    parser.epilog = (
        "Example: python -m autograder changes --since main --out build/changes. "
        "Markdown goes to standard output."
    )


def run(args: argparse.Namespace) -> int:
    """Print the page; 0 whether or not anything differs."""
    root = find_course().root
    found = find_changes(root, args.since, root)
    text = page(found, args.since)
    if args.out:
        write_page(found, text, args.out)
    print(text, end="")
    return 0


def find_changes(root: Path, since: str, now: Path) -> list[NotebookChange]:
    """Compare an earlier state of a course with a later one.

    Parameters
    ----------
    root : Path
        The course folder, in a git repository.
    since : str
        The earlier state: a commit of that repository.
    now : Path
        A course folder that holds the later one.

    Raises
    ------
    UserError
        git, the repository or the commit is missing, or a source cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="changes-") as folder:
        check_out(root, since, Path(folder))
        try:
            before = read_editions(Path(folder))
        except UserError as error:
            raise UserError(f"the course at {since}: {error}") from error
        return compare(before, read_editions(now))


def check_out(root: Path, rev: str, to: Path) -> None:
    """Write the course of a commit into an empty folder.

    Raises
    ------
    UserError
        git, the repository or the commit is missing.
    """
    git = shutil.which("git")
    if git is None:
        raise UserError("this needs the program git, which is not installed")
    # A name that begins with a hyphen would be an option.
    known = subprocess.run(
        [
            git,
            "rev-parse",
            "--quiet",
            "--verify",
            "--end-of-options",
            f"{rev}^{{commit}}",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if known.returncode:
        inside = "not a git repository" not in known.stderr
        raise UserError(
            f"{rev!r} names no commit of the repository in {root}: a shallow clone "
            "lacks older ones, fetch them"
            if inside
            else f"{root} is not in a git repository, so it has no earlier state"
        )
    done = subprocess.run(
        [git, "archive", "--format=tar", known.stdout.strip()],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise UserError(f"git archive: {(said or ['no reason given'])[-1]}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(to, filter="data")


def write_page(found: list[NotebookChange], text: str, folder: Path) -> None:
    """Write the page and its pictures into a folder; older pictures are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "pictures", ignore_errors=True)
    write_text(folder / "changes.md", text)
    write_pictures(found, folder / "pictures")
