"""``python -m autograder build [--check] [NOTEBOOK ...]``."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "--check",
        action="store_true",
        help="say what is stale and change nothing; exit with 1 if anything is",
    )
    parser.add_argument(
        "notebooks",
        metavar="NOTEBOOK",
        nargs="*",
        help="a notebook (lecture3/01_svm), a lecture or a file; default: all",
    )


def run(args: argparse.Namespace) -> int:
    """Build the course in the working directory.

    Returns
    -------
    int
        0, or 1 where ``--check`` found something stale.

    Raises
    ------
    UserError
        If the course has problems; the message lists each with file and line.
    """
    from autograder.authoring.pipeline import build  # nbgrader takes a second to import

    touched = build(Path.cwd(), check=args.check, only=args.notebooks)
    return 1 if args.check and touched else 0
