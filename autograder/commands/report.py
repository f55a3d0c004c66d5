"""``report``: write tables, feedback and report again from the gradebook.

After a person has graded the texts, in formgrader or by a table of scores.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from autograder.commands.settle import settle, terms_of
from autograder.commands.term import TERM, refuse_second_home
from autograder.course.course import find_course
from autograder.course.handout import load_handouts
from autograder.csv_tables import write_csv
from autograder.errors import UserError
from autograder.files import write_text
from autograder.gradebook.book import Book
from autograder.gradebook.database import database_url
from autograder.gradebook.standings import Results
from autograder.gradebook.term_settings import NO_TERM
from autograder.report.files import Reporter
from autograder.report.scores import enter_scores
from autograder.report.similar import find_similar
from autograder.report.similar_page import SIMILAR, render_similar, similar_rows

# For a `grade` that is about to end, or a round of `grade --watch`.
WAIT_SECONDS = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``report``."""
    add_graded_arguments(parser)
    parser.add_argument(
        "--scores",
        type=Path,
        metavar="CSV",
        help="take in scores given by a person: columns student,exercise,score",
    )
    parser.add_argument(
        "--anonymous",
        action="store_true",
        help="also write the texts side by side without names, and a table for scores",
    )
    parser.add_argument(
        "--similar",
        action="store_true",
        help="also look for answers that are far closer than others, for a person",
    )


def add_graded_arguments(
    parser: argparse.ArgumentParser, folder: str = "--out"
) -> None:
    """Define what names a lecture that has been graded; `folder` is an option."""
    parser.add_argument("lecture", metavar="LECTURE", help="for example lecture3")
    parser.add_argument(
        folder,
        type=Path,
        default=TERM,
        metavar="DIR",
        help="the folder that `grade` wrote (default: %(default)s)",
    )
    parser.add_argument("--db", metavar="URL", help="the gradebook, as for `grade`")


def run(args: argparse.Namespace) -> int:
    """Write everything again."""
    refuse_second_home(args.out, args.db)
    reporter, results = rewrite(
        args.lecture, args.out, args.db, args.scores, args.anonymous
    )
    if args.similar:
        write_similar(reporter, results)
    print(f"Report: {reporter.report_path}")
    print(f"Texts side by side, and the table for their scores: {args.out / 'manual'}")
    return 0


def rewrite(
    lecture: str,
    out: Path,
    db: str | None = None,
    scores: Path | None = None,
    anonymous: bool = False,
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
    terms = terms_of(out, course)
    term = terms.get(lecture, NO_TERM)
    with (
        Book(database_url(db or out / "gradebook.db")) as book,
        book.only_writer(WAIT_SECONDS, partial(print, file=sys.stderr)),
    ):
        if not book.has_results(lecture):
            raise UserError(f"nothing of {lecture} has been graded in {out}")
        if scores is not None:
            count = enter_scores(book, lecture, handouts, scores, term)
            print(f"{count} {'score' if count == 1 else 'scores'} entered")
        settle(book, terms, course, out)
        reporter = Reporter(
            book,
            lecture,
            handouts,
            out,
            course.root / "solutions",
            language=course.settings.language,
            terms=terms,
            order=course.lectures,
            notebook_url=course.settings.notebook_url,
        )
        standings = reporter.write(manual=True)
        reporter.write_all_feedback(standings)
        if anonymous:
            print(f"Without names: {reporter.write_anonymous(standings)}")
    for remark in reporter.remarks:
        print(remark, file=sys.stderr)
    return reporter, standings.results


def write_similar(reporter: Reporter, results: Results) -> None:
    """Write ``similar_<lecture>.html`` and its table, and say how many pairs there are.

    Parameters
    ----------
    reporter : Reporter
        Of the lecture, which has been written.
    results : mapping
        Student -> notebook -> judgement.
    """
    lecture, handouts, out = reporter.lecture, reporter.handouts, reporter.out
    once = reporter.without_copies(results)
    found = find_similar(handouts, once, reporter.load_graded)
    page = out / f"similar_{lecture}.html"
    write_text(page, render_similar(lecture, handouts, found, reporter.load_graded))
    write_csv(out / f"similar_{lecture}.csv", SIMILAR, similar_rows(found))
    pairs = len(found.pairs) + found.more
    print(
        f"Similar answers: {pairs} {'pair' if pairs == 1 else 'pairs'} for a person to "
        f"look at, no proof of anything: {page}"
    )
