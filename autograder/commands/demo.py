"""``demo``: make a small class, grade it, and compare with the grades that are due."""

from __future__ import annotations

import argparse
import functools
import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.classroom.pool import LocalWorkers
from autograder.commands.grade import GradeRequest, grade
from autograder.course.cells import CellRole
from autograder.course.course import Course, find_course
from autograder.course.handout import Handout, load_handouts
from autograder.course.settings import Settings
from autograder.csv_tables import number
from autograder.demo_class import PEOPLE, Due, due, hand_in
from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.gradebook.database import database_url
from autograder.gradebook.standings import Results
from autograder.judging.run import Runner
from autograder.judging.sanitize import sanitize, to_notebook
from autograder.report.tables import verdict_of
from autograder.sandbox.rungs import RUNG_WORDS, choose
from autograder.sandbox.session import Sandbox


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``demo``."""
    parser.add_argument(
        "lectures",
        metavar="LECTURE",
        nargs="*",
        help="lectures to grade (default: all of the course)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("build/demo"),
        metavar="DIR",
        help="made anew each time (default: %(default)s)",
    )
    parser.add_argument("--jobs", type=int, default=2, metavar="N")


def run(args: argparse.Namespace) -> int:
    """Make the class, grade it, print what it got and what was due."""
    course = find_course()
    wanted = args.lectures or course.lectures
    released = {lecture: load_handouts(course.root, lecture) for lecture in wanted}
    exercises = [e for of in released.values() for m in of for e in m.exercises]
    if not any(exercise.variants for exercise in exercises):
        raise UserError(
            "no exercise here has right variants to make a class from; see "
            "docs/add-an-exercise.md"
        )
    if args.out.exists():
        if any(args.out.iterdir()) and not (args.out / ".demo").exists():
            raise UserError(f"{args.out} is not empty and was not made by a demo")
        shutil.rmtree(args.out)
    args.out.mkdir(parents=True)
    (args.out / ".demo").write_text("made by the demo, which replaces this folder\n")
    short = 0
    for lecture in wanted:
        handouts = released[lecture]
        out = args.out / lecture
        make_class(handouts, out / "submitted", course)
        tally, reporter = grade(
            GradeRequest(
                lecture,
                submitted=out / "submitted",
                out=out,
                workers=LocalWorkers(args.jobs),
                course=course,
            )
        )
        with Book(database_url(out / "gradebook.db")) as book:
            results = book.results(lecture)
            draws = {name: draw.number for name, draw in book.draws().items()}
            dues = {p.name: due(p, handouts, book.seed(), draws) for p in PEOPLE}
        print(f"\n{lecture}: {tally.graded} notebooks of {len(PEOPLE)} students")
        short += print_table(handouts, results, dues)
        print(f"Sandbox: {RUNG_WORDS[tally.rung]}.")
        print(f"Report: {reporter.report_path}")
        print(f"Feedback: {out / 'feedback'}")
    return 1 if short else 0


def make_class(handouts: Sequence[Handout], folder: Path, course: Course) -> None:
    """Write the submissions of the demo class, with outputs as a student's run left."""
    _, sandbox = choose(allowed=course.settings.rungs, code=course.code)
    with sandbox:
        for handout in handouts:
            for person in PEOPLE:
                # In one file the training cells have been run too, to show pictures.
                whole = person is PEOPLE[0] and handout is handouts[0]
                run = functools.partial(
                    run_notebook,
                    handout=handout,
                    sandbox=sandbox,
                    whole=whole,
                    settings=course.settings,
                )
                hand_in(person, handout, folder, run)


def run_notebook(
    notebook: dict[str, Any],
    handout: Handout,
    sandbox: Sandbox,
    whole: bool,
    settings: Settings,
) -> dict[str, Any]:
    """Run a notebook and return it with its outputs, as a student would save it."""
    clean = sanitize(notebook, handout)
    for cell in clean.cells:
        if whole and cell.role is CellRole.DEMO:
            cell.role = CellRole.GIVEN
    runner = Runner(sandbox, clean, handout, settings)
    try:
        outputs = runner.run().outputs
    finally:
        runner.close()
    for count, place in enumerate(sorted(outputs), 1):
        clean.cells[place].count = count
    return to_notebook(clean, handout, outputs)


def print_table(
    handouts: Sequence[Handout], results: Results, dues: dict[str, Due]
) -> int:
    """Print who got what; return how many scores differ from what was due."""
    wrong = 0
    names = [handout.stem for handout in handouts]
    print("notebooks: " + ", ".join(names))
    heads = " ".join(f"{name[:2]:>5}" for name in names)
    print(f"{'student':<10} {'hands in':<18} {heads}  {'total':>6} {'due':>6}  named")
    for person in PEOPLE:
        cells, total, expected, named, mistakes = [], 0.0, 0.0, 0, 0
        for handout in handouts:
            score = 0.0
            for e in handout.exercises:
                verdict = verdict_of(results, person.name, handout.name, e.id, e.points)
                goal = dues[person.name].scores[e.id]
                wrong += abs(verdict.score - goal) > 1e-9
                score += verdict.score
                expected += goal
                slug = dues[person.name].misconceptions.get(e.id)
                if slug:
                    mistakes += 1
                    named += slug in verdict.misconceptions
            cells.append(f"{number(round(score, 2)):>5}")
            total += score
        line = f"{padded(person.name, 10)} {person.story:<18} {' '.join(cells)}"
        line += f"  {number(round(total, 2)):>6} {number(round(expected, 2)):>6}"
        print(line + (f"  {named} of {mistakes}" if mistakes else ""))
    print(
        "every score is the one that is due" if not wrong else f"{wrong} scores differ"
    )
    return wrong


def padded(text: str, width: int) -> str:
    """Fill `text` up to `width` columns of a terminal, where some letters take two."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return text + " " * (width - len(text) - wide)
