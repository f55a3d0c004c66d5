"""``grade``: judge a lecture of a class and write tables, feedback and report."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from autograder.classroom.cluster import ClusterWorkers
from autograder.classroom.pool import LocalWorkers
from autograder.commands.grade_said import Said, report
from autograder.commands.grading import GradeRequest, grade, make_folder
from autograder.commands.term import TERM, refuse_second_home
from autograder.commands.watch import watch
from autograder.errors import UserError
from autograder.gradebook.database import without_password

__all__ = ["GradeRequest", "grade", "make_folder", "request_of", "run_request"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``grade``."""
    parser.add_argument("lecture", metavar="LECTURE", help="for example lecture3")
    parser.add_argument(
        "--submitted",
        type=Path,
        default=TERM / "submitted",
        metavar="DIR",
        help="holds <student>/<lecture>/NN_topic.ipynb (default: %(default)s)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=TERM,
        metavar="DIR",
        help="where grades, feedback and report go (default: %(default)s)",
    )
    parser.add_argument(
        "--db",
        metavar="URL",
        help="the gradebook (default: gradebook.db in the --out folder)",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="notebooks at a time (default: one per processor, %(default)s here)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="judge on the workers of a Dask cluster, tcp://HOST:PORT, not on this "
        "machine",
    )
    parser.add_argument(
        "--student", nargs="+", default=[], metavar="ID", help="grade only these"
    )
    parser.add_argument(
        "--regrade", action="store_true", help="grade also what has not changed"
    )
    parser.add_argument(
        "--allow-unsandboxed",
        action="store_true",
        help="run submissions with your own rights where no sandbox holds",
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on grading what arrives, until Ctrl-C",
    )
    said = parser.add_mutually_exclusive_group()
    said.add_argument(
        "--quiet", action="store_true", help="say nothing but what went wrong"
    )
    said.add_argument(
        "--json",
        action="store_true",
        help="one line of JSON on standard output instead of words (with --watch, one "
        "for each round)",
    )


def run(args: argparse.Namespace) -> int:
    """Grade and report, once or again and again."""
    request = request_of(args)
    return watch(request) if args.watch else run_request(request)


def request_of(args: argparse.Namespace) -> GradeRequest:
    """Return what the options ask for.

    Raises
    ------
    UserError
        An option makes no sense.
    """
    if args.jobs < 1:
        raise UserError(f"--jobs must be at least 1, got {args.jobs}")
    stay = "give `--out build --submitted build/submitted`"
    refuse_second_home(args.out, args.db, stay)
    local = LocalWorkers(args.jobs)
    return GradeRequest(
        args.lecture,
        submitted=args.submitted,
        out=args.out,
        db=args.db,
        students=args.student,
        regrade=args.regrade,
        allow_unsandboxed=args.allow_unsandboxed,
        workers=ClusterWorkers(args.scheduler) if args.scheduler else local,
        said=Said.QUIET if args.quiet else Said.JSON if args.json else Said.WORDS,
        options=_options(args),
    )


def _options(args: argparse.Namespace) -> tuple[str, ...]:
    """Return what tells another command where all this lies, if it must be told."""
    words = [] if args.out == TERM else ["--out", str(args.out)]
    return (*words, *(["--db", without_password(args.db)] if args.db else []))


def run_request(request: GradeRequest) -> int:
    """Grade, say what was done, and return the exit code."""
    tally, _ = grade(request)
    report(tally, request.said)
    return 1 if tally.failed else 0
