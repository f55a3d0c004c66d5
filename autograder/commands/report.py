"""``report``: write tables, feedback and report again from the gradebook.

After a person has graded the texts, in formgrader or by a table of scores.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.commands.term import TERM, refuse_second_home
from autograder.course.course import find_course
from autograder.course.handout import load_handouts
from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.gradebook.database import database_url
from autograder.report.files import Reporter
from autograder.report.scores import enter_scores
from autograder.report.tables import Results


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``report``."""
    add_graded_arguments(parser)
    parser.add_argument(
        "--scores",
        type=Path,
        metavar="CSV",
        help="take in scores given by a person: columns student,exercise,score",
    )


def add_graded_arguments(parser: argparse.ArgumentParser) -> None:
    """Define what names a lecture that has been graded."""
    parser.add_argument("lecture", metavar="LECTURE", help="for example lecture3")
    parser.add_argument(
        "--out",
        type=Path,
        default=TERM,
        metavar="DIR",
        help="the folder that `grade` wrote (default: %(default)s)",
    )
    parser.add_argument("--db", metavar="URL", help="the gradebook, as for `grade`")


def run(args: argparse.Namespace) -> int:
    """Write everything again."""
    refuse_second_home(args.out, args.db)
    reporter, _ = rewrite(args.lecture, args.out, args.db, args.scores)
    print(f"Report: {reporter.report_path}")
    print(f"Texts side by side, and the table for their scores: {args.out / 'manual'}")
    return 0


def rewrite(
    lecture: str, out: Path, db: str | None = None, scores: Path | None = None
) -> tuple[Reporter, Results]:
    """Write tables, feedback and report from what the gradebook holds.

    Returns
    -------
    Reporter, mapping
        Where everything lies, and what the gradebook holds: student -> notebook ->
        judgement.

    Raises
    ------
    UserError
        Nothing has been graded there, or a table of scores has a mistake.
    """
    course = find_course()
    handouts = load_handouts(course.root, lecture)
    if db is None and not (out / "gradebook.db").is_file():
        raise UserError(f"no gradebook in {out}; run `grade {lecture}` first")
    with Book(database_url(db or out / "gradebook.db")) as book:
        if not book.has_results(lecture):
            raise UserError(f"nothing of {lecture} has been graded in {out}")
        if scores is not None:
            count = enter_scores(book, lecture, handouts, scores)
            print(f"{count} {'score' if count == 1 else 'scores'} entered")
        results = book.results(lecture)
        reporter = Reporter(
            book,
            lecture,
            handouts,
            out,
            course.root / "solutions",
            language=course.settings.language,
        )
        reporter.write_all_feedback(results)
        reporter.write(results, manual=True)
    return reporter, results
