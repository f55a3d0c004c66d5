"""``python -m autograder translations [--check] [LANGUAGE ...]``."""

from __future__ import annotations

import argparse

from autograder.authoring.translation.course_catalogues import (
    asked_languages,
    lacking,
    update_catalogues,
)
from autograder.course.course import find_course

EXAMPLE = """\
examples:
  python -m autograder translations ko           bring the Korean catalogues up to date
  python -m autograder translations --check ko   name what is missing, fuzzy or wrong
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--check",
        action="store_true",
        help="change nothing; name each entry that lacks something, and exit with 1",
    )
    parser.add_argument(
        "languages",
        metavar="LANGUAGE",
        nargs="*",
        help="a language of 'translations' in course.toml; default: all",
    )


def run(args: argparse.Namespace) -> int:
    """Update the catalogues of the course in the working directory, or check them.

    Returns
    -------
    int
        0, or 1 where ``--check`` found something.

    Raises
    ------
    UserError
        If the course has no such language, or a file cannot be used.
    """
    course = find_course()
    fell_short = False
    for language in asked_languages(course, args.languages):
        if not args.check:
            for path in update_catalogues(course, language):
                print(f"wrote {path.relative_to(course.root).as_posix()}")
        for name, found in lacking(course, language).items():
            fell_short = fell_short or bool(found)
            if args.check:
                for one in found:
                    print(f"{language}/{name}: {one}")
            count = f"{len(found)} to do" if found else "complete"
            print(f"{language}/{name}: {count}")
    return 1 if args.check and fell_short else 0
