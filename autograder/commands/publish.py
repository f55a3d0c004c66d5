"""``publish``: copy feedback to where students read it."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from autograder.classroom.receipts import SECRET, TIMESTAMP
from autograder.commands.grade import make_folder
from autograder.commands.report import add_graded_arguments, rewrite
from autograder.commands.term import refuse_second_home
from autograder.errors import UserError
from autograder.report.status_text import waits

# How nbgrader's exchange finds the student: no part of the feedback.
RECEIPTS = shutil.ignore_patterns(TIMESTAMP, SECRET)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``publish``."""
    add_graded_arguments(parser)
    parser.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="DIR",
        help="receives <student>/<lecture>/NN_topic.html",
    )
    parser.add_argument(
        "--pending",
        action="store_true",
        help="publish although texts still wait for a person",
    )


def run(args: argparse.Namespace) -> int:
    """Write feedback with the latest scores, then copy it."""
    refuse_second_home(args.out, args.db)
    reporter, results = rewrite(args.lecture, args.out, args.db)
    waiting = sum(
        waits(verdict)
        for judgements in results.values()
        for judgement in judgements.values()
        for verdict in judgement.verdicts
    )
    if waiting and not args.pending:
        raise UserError(
            f"{waiting} texts wait for a person; grade them in formgrader or with "
            "`report --scores`, or give --pending"
        )
    make_folder(args.to)
    for student in results:
        source = args.out / "feedback" / student / args.lecture
        target = args.to / student / args.lecture
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=RECEIPTS)
        publish_index(source.parent, target.parent)
    print(
        f"Feedback of {len(results)} students is in {args.to}; report: "
        f"{reporter.report_path}"
    )
    return 0


def publish_index(source: Path, target: Path) -> None:
    """Copy a student's page over all lectures, once all of them have been published.

    It tells the points of each; what is not handed back yet stays with the instructor.
    """
    graded, published = (
        {path.name for path in place.iterdir() if path.is_dir()}
        for place in (source, target)
    )
    if graded <= published:
        shutil.copy(source / "index.html", target)
