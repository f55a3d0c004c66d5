"""``collect``: get a lecture's submissions from platforms' archives and folders."""

from __future__ import annotations

import argparse
import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from autograder.collecting.collector import Request, collect
from autograder.collecting.outcome import Collected, Fate, Line
from autograder.commands.grade import make_folder
from autograder.commands.term import TERM
from autograder.course.course import find_course
from autograder.errors import UserError
from autograder.report.page import one_line
from autograder.roster import read_roster

EXAMPLE = """\
examples:
  python -m autograder collect lecture3 submissions.zip
  python -m autograder collect lecture3 downloads/*.zip --roster roster.csv
"""
LONGEST = 160  # characters of a path in a line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``collect``."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("lecture", metavar="LECTURE", help="for example lecture3")
    parser.add_argument(
        "sources",
        nargs="+",
        type=Path,
        metavar="SOURCE",
        help="a zip or a folder, as Canvas, Moodle, Gradescope, Google Classroom, "
        "GitHub Classroom, Blackboard, nbgrader or a person made it",
    )
    parser.add_argument(
        "--submitted",
        type=Path,
        default=TERM / "submitted",
        metavar="DIR",
        help="receives <student>/<lecture>/NN_topic.ipynb (default: %(default)s)",
    )
    parser.add_argument(
        "--roster",
        type=Path,
        metavar="FILE",
        help="a CSV list of students as the platform exports it: it maps names and "
        "numbers to student ids",
    )
    parser.add_argument(
        "--student-column",
        metavar="NAME",
        help="the column of the roster with the ids by which the gradebook calls "
        "students (default: the first of student, SIS Login ID, SIS User ID, ID "
        "number, SID, Email)",
    )


def run(args: argparse.Namespace) -> int:
    """Collect, say what became of each file, and return the exit code."""
    if args.student_column and not args.roster:
        raise UserError("--student-column names a column of --roster, which is missing")
    roster = read_roster(args.roster, args.student_column) if args.roster else None
    course = find_course()
    request = Request(course, args.lecture, args.sources, args.submitted, roster)
    make_folder(args.submitted)
    done = collect(request)
    for line in done.lines:
        print(said(line))
    for text in summary(done, request):
        print(text)
    return 1 if done.needs_a_person else 0


def said(line: Line) -> str:
    """Say in one line what became of a file."""
    way = one_line(line.source, LONGEST)
    if line.fate is Fate.LEFT:
        return f"{line.fate:5}  {way}: {one_line(line.why)}"
    late = "late, and not told by how much" if line.late else ""
    marks = [line.platform, late, line.why]
    told = "; ".join(one_line(mark) for mark in marks if mark)
    place = f"{one_line(line.student)}/{line.notebook}"
    return f"{line.fate:5}  {place}  <-  {way}" + (f"  ({told})" if told else "")


def counted(number: int, what: str) -> str:
    """Return a number and what it counts.

    Examples
    --------
    >>> counted(1, "file"), counted(2, "file")
    ('1 file', '2 files')
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def summary(done: Collected, request: Request) -> Iterator[str]:
    """Say in a few lines what was done, what needs a person and what comes next."""
    fates = Counter(line.fate for line in done.lines)
    students = {line.student for line in done.lines if line.student}
    yield (
        f"{counted(len(done.lines), 'file')}: {fates[Fate.TAKEN]} taken, "
        f"{fates[Fate.SAME]} there already, {fates[Fate.ASIDE]} set aside, "
        f"{fates[Fate.LEFT]} left; {counted(len(students), 'student')}"
    )
    if done.passed_over:
        yield (
            f"{counted(done.passed_over, 'file')} of the course or of a system passed "
            "over"
        )
    platforms = Counter(line.platform for line in done.lines if line.platform)
    if platforms:
        yield "Recognised: " + ", ".join(f"{p} {n}" for p, n in platforms.most_common())
    late = sorted({line.student for line in done.lines if line.late})
    if late:
        yield f"Late, as the platform says: {', '.join(map(one_line, late))}"
        yield (
            "  It does not say when, and without a time nothing is lost: write it to "
            f"{request.submitted}/<student>/{request.lecture}/timestamp.txt, or what "
            f"late means to term.toml (late_hours, under [{request.lecture}])"
        )
    if request.roster is not None:
        missing = [
            s.student for s in request.roster.students if s.student not in students
        ]
        if missing:
            yield f"On the roster, without a file here: {', '.join(missing)}"
    yield from done.remarks
    if fates[Fate.ASIDE]:
        yield f"Other versions are kept in {done.aside}"
    troubled = sum(line.trouble and line.fate is not Fate.LEFT for line in done.lines)
    if troubled:
        yield f"{counted(troubled, 'file')} taken that cannot be graded: see above"
    if students:
        where = (
            ""
            if request.submitted == TERM / "submitted"
            else (f" --submitted {shlex.quote(str(request.submitted))}")
        )
        yield f"Next: python -m autograder grade {request.lecture}{where}"
