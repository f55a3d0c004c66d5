"""``export``: what the learning platform's gradebook imports."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.commands.grade import make_folder
from autograder.commands.report import rewrite
from autograder.commands.term import TERM, refuse_second_home
from autograder.csv_tables import printable, write_csv
from autograder.errors import UserError
from autograder.export.canvas import canvas_table
from autograder.export.moodle import moodle_table
from autograder.export.plain import plain_table
from autograder.export.totals import Matched, Total, match, read_totals
from autograder.report.scores import written_names
from autograder.roster import Roster, Student, read_roster

FORMATS = {"canvas": canvas_table, "moodle": moodle_table, "csv": plain_table}
EXAMPLE = """\
example:
  python -m autograder export lecture3 --format canvas --roster canvas_grades.csv

ROSTER is the platform's own list: Canvas, Grades > Export; Moodle, the assignment's
grading worksheet or Grades > Export > Plain text.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``export``."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLE
    parser.add_argument("lecture", metavar="LECTURE", help="for example lecture3")
    parser.add_argument(
        "--format", choices=FORMATS, required=True, help="who imports the table"
    )
    parser.add_argument(
        "--roster",
        type=Path,
        required=True,
        metavar="FILE",
        help="the platform's list of the students, a CSV file",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="the table (default: export/LECTURE_FORMAT.csv in the --term folder)",
    )
    parser.add_argument(
        "--student-column",
        metavar="NAME",
        help="the roster's column with the gradebook's ids (default: found out)",
    )
    parser.add_argument(
        "--column",
        metavar="NAME",
        help="the column of the scores, for example an assignment of Canvas",
    )
    parser.add_argument(
        "--scale",
        action="store_true",
        help="scores in proportion to the platform's points (csv: percent)",
    )
    parser.add_argument(
        "--zero",
        action="store_true",
        help="0 for students of the roster from whom nothing came",
    )
    parser.add_argument(
        "--pending",
        action="store_true",
        help="export although texts still wait for a person",
    )
    parser.add_argument(
        "--term",
        type=Path,
        default=TERM,
        metavar="DIR",
        help="the folder that `grade` wrote (default: %(default)s)",
    )
    parser.add_argument("--db", metavar="URL", help="the gradebook, as for `grade`")


def run(args: argparse.Namespace) -> int:
    """Write the table, and name everybody who is only here or only there."""
    refuse_second_home(args.term, args.db, "give `--term build`")
    roster = read_roster(args.roster, args.student_column)
    totals = current_totals(args.lecture, args.term, args.db, args.pending)
    matched = match(roster, totals)
    if args.zero:
        matched = with_zeros(matched, totals[0].most)
    table = FORMATS[args.format](roster, matched, args.lecture, args.column, args.scale)
    out = args.out or args.term / "export" / f"{args.lecture}_{args.format}.csv"
    make_folder(out.parent)
    write_csv(out, table.header, table.rows, encoding=table.encoding)
    count = len(matched.pairs)
    print(
        f"{count} {'score' if count == 1 else 'scores'} of {args.lecture} written to "
        f"{out}, column '{printable(table.column)}'."
    )
    for remark in table.remarks:
        print(remark)
    say_unmatched(matched, roster)
    return 0 if matched.whole else 1


def current_totals(
    lecture: str, term: Path, db: str | None, pending: bool
) -> list[Total]:
    """Write the tables again from the gradebook, and read the lecture's totals.

    Raises
    ------
    UserError
        Texts wait for a person, and `pending` was not asked for.
    """
    _, results = rewrite(lecture, term, db)
    totals = read_totals(term / "totals.csv", lecture, written_names(results))
    waiting = sum(total.waiting for total in totals)
    if waiting and not pending:
        raise UserError(
            f"{waiting} texts wait for a person; grade them in formgrader or with "
            "`report --scores`, or give --pending"
        )
    return totals


def with_zeros(matched: Matched, most: float) -> Matched:
    """Give 0 points to those from whom nothing came."""
    nothing = [(s, Total(s.student, 0.0, most, 0)) for s in matched.without_grade]
    pairs = sorted([*matched.pairs, *nothing], key=lambda pair: pair[0].line)
    return Matched(tuple(pairs), matched.not_in_roster, ())


def say_unmatched(matched: Matched, roster: Roster) -> None:
    """Name everybody who is only in the gradebook or only in the roster."""
    if matched.not_in_roster:
        _say(
            f"In the gradebook, not in {roster.table.path}; no score was written:",
            matched.not_in_roster,
        )
    if matched.without_grade:
        _say(
            f"In {roster.table.path}, not in the gradebook; no score was written "
            "(--zero writes 0):",
            [_called(student) for student in matched.without_grade],
        )


def _called(student: Student) -> str:
    name = f" ({student.name})" if student.name else ""
    return f"{student.student}{name}, line {student.line}"


def _say(head: str, names: Sequence[str]) -> None:
    print(head, file=sys.stderr)
    for name in names:
        print(f"  {printable(name)}", file=sys.stderr)
