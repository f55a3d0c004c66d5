"""``export``: what the learning platform's gradebook imports."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from answer_checks.language import Language
from autograder.commands.grade import make_folder
from autograder.commands.report import add_graded_arguments, rewrite
from autograder.commands.term import refuse_second_home
from autograder.course.course import find_course
from autograder.csv_tables import printable, write_csv
from autograder.errors import UserError
from autograder.export.canvas import canvas_table
from autograder.export.feedback_zip import Feedback, canvas_zip, moodle_zip, write_zip
from autograder.export.moodle import moodle_table
from autograder.export.plain import plain_table
from autograder.export.totals import Matched, Total, match, read_totals
from autograder.files import replacing
from autograder.gradebook.standings import Results
from autograder.notebook_name import stem_of
from autograder.report.feedback_notebook import feedback_notebook
from autograder.report.scores import written_names
from autograder.roster import Roster, Student, read_roster
from autograder.verdict import Judgement

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
    add_graded_arguments(parser, "--term")
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
        "--feedback",
        type=Path,
        metavar="ZIP",
        help="write the class's feedback, too, as the platform takes it back",
    )
    parser.add_argument(
        "--submissions",
        type=Path,
        metavar="ZIP",
        help="canvas: the submissions as downloaded; feedback goes back by their names",
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


def run(args: argparse.Namespace) -> int:
    """Write the table, and name everybody who is only here or only there."""
    refuse_second_home(args.term, args.db, "give `--term build`")
    roster = read_roster(args.roster, args.student_column)
    check_feedback(args)
    totals, results = current_totals(args.lecture, args.term, args.db, args.pending)
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
    whole = matched.whole
    if args.feedback:
        whole &= write_feedback(args, roster, matched, results)
    return 0 if whole else 1


def check_feedback(args: argparse.Namespace) -> None:
    """Refuse what cannot be meant before anything is written.

    Raises
    ------
    UserError
        The format takes no feedback, or Canvas's names are missing or needless.
    """
    if args.feedback and args.format == "csv":
        raise UserError("--feedback is for canvas and moodle; else use `publish`")
    if bool(args.submissions) != bool(args.feedback and args.format == "canvas"):
        raise UserError(
            "--submissions goes with --format canvas --feedback: Canvas takes feedback "
            "back by the names of the files that it gave"
        )


def write_feedback(
    args: argparse.Namespace, roster: Roster, matched: Matched, results: Results
) -> bool:
    """Write the zip with feedback, and tell whether it holds everybody's."""
    language = find_course().settings.language
    feedback = {}
    for student, total in matched.pairs:
        judgements = results.get(total.student, {})
        place = args.term / "feedback" / total.student / args.lecture
        pages = [place / f"{stem_of(name)}.html" for name in judgements]
        feedback[student.student] = Feedback(
            [page for page in pages if page.is_file()],
            partial(_notebook, judgements, total.student, language),
        )
    if args.format == "canvas":
        zipped = canvas_zip(roster, feedback, args.submissions)
    else:
        zipped = moodle_zip(roster, feedback)
    make_folder(args.feedback.parent)
    with replacing(args.feedback) as file:
        write_zip(file.buffer, zipped.entries)
    size = args.feedback.stat().st_size / 2**20
    count = len(zipped.students)
    print(
        f"Feedback of {count} {'student' if count == 1 else 'students'} is in "
        f"{args.feedback}, {size:.1f} MiB."
    )
    if zipped.left:
        _say(f"Without feedback in {args.feedback}:", zipped.left)
    return not zipped.left


def _notebook(
    judgements: Mapping[str, Judgement], student: str, language: Language
) -> bytes:
    return feedback_notebook(judgements, student, language).encode()


def current_totals(
    lecture: str, term: Path, db: str | None, pending: bool
) -> tuple[list[Total], Results]:
    """Write the tables again from the gradebook, and read the lecture's totals.

    Returns
    -------
    list of Total, mapping
        The totals, and what the gradebook holds: student -> notebook -> judgement.

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
    return totals, results


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
