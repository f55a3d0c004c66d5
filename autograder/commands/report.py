"""``report``: write tables, feedback and report again from the gradebook.

After a person has graded the texts, in formgrader or by a table of scores.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from nbgrader.api import MissingEntry

from autograder.course import course_root, masters
from autograder.errors import UserError
from autograder.gradebook import Book, database_url
from autograder.report.files import Reporter


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
        default=Path("build"),
        metavar="DIR",
        help="the folder that `grade` wrote (default: %(default)s)",
    )
    parser.add_argument("--db", metavar="URL", help="the gradebook, as for `grade`")


def run(args: argparse.Namespace) -> int:
    """Write everything again."""
    reporter = rewrite(args.lecture, args.out, args.db, args.scores)
    print(f"Report: {reporter.report_path}")
    return 0


def rewrite(
    lecture: str, out: Path, db: str | None = None, scores: Path | None = None
) -> Reporter:
    """Write tables, feedback and report from what the gradebook holds.

    Raises
    ------
    UserError
        Nothing has been graded there, or a table of scores has a mistake.
    """
    editions = masters(course_root(), lecture)
    url = database_url(db or out / "gradebook.db")
    if db is None and not (out / "gradebook.db").is_file():
        raise UserError(f"no gradebook in {out}; run `grade {lecture}` first")
    with Book(url) as book:
        results = book.results(lecture)
        if not results:
            raise UserError(f"nothing of {lecture} has been graded in {out}")
        if scores is not None:
            enter_by_hand(book, lecture, scores)
            results = book.results(lecture)
        reporter = Reporter(book, lecture, editions, out)
        for student, judgements in results.items():
            for name, judgement in judgements.items():
                judgement.graded = reporter.load_graded(student, name)
                reporter.write_feedback(student, judgement)
        reporter.write()
    return reporter


def enter_by_hand(book: Book, lecture: str, path: Path) -> None:
    """Enter the scores of a table with columns student, exercise and score.

    Raises
    ------
    UserError
        A row is wrong; then no row is entered.
    """
    editions = {
        e.id: (m.name.split("/")[1], e)
        for m in masters(course_root(), lecture)
        for e in m.exercises
    }
    entries = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            where = f"{path}, line {number}"
            exercise = row.get("exercise") or ""
            if exercise not in editions:
                raise UserError(f"{where}: no exercise '{exercise}' in {lecture}")
            notebook, record = editions[exercise]
            try:
                score = float(row.get("score") or "")
            except ValueError:
                raise UserError(f"{where}: the score is not a number") from None
            if not 0 <= score <= record.points:
                raise UserError(f"{where}: the score must be 0 to {record.points:g}")
            cell = exercise if record.kind == "manual" else f"{exercise}_test"
            try:
                grade = book.nbgrader.find_grade(
                    cell, notebook, lecture, row.get("student") or ""
                )
            except MissingEntry:
                raise UserError(
                    f"{where}: no submission of student '{row.get('student')}'"
                ) from None
            entries.append((grade, score))
    for grade, score in entries:
        grade.manual_score = score
        grade.needs_manual_grade = False
    book.nbgrader.db.commit()
