"""``check``: prove that the grader grades rightly before a class depends on it.

The solution earns all points and the blank notebook none, through the sandbox. For a
few courses, each with a seed of its own, questions can be drawn that refuse every known
misconception and accept every right variant.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course.course import find_course
from autograder.course.handout import Handout, load_handouts
from autograder.course.root import handouts_folder
from autograder.course.settings import Settings
from autograder.course.whole_tests import source_of
from autograder.exercise.record import Exercise
from autograder.judging.draw import choose_draw
from autograder.judging.judge import judge
from autograder.sandbox.rungs import choose
from autograder.sandbox.session import Sandbox

SEED = b"seed of the command check"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the options of ``check``."""
    parser.add_argument(
        "lectures",
        metavar="LECTURE",
        nargs="*",
        help="lectures to check (default: all of the course)",
    )
    parser.add_argument(
        "--seeds",
        type=int,
        default=3,
        metavar="N",
        help="for how many courses questions are drawn (default: %(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Print one line per notebook and one per finding; 1 if there is any."""
    course = find_course()
    root, settings = course.root, course.settings
    _, sandbox = choose(allowed=settings.rungs, code=course.code)
    findings = 0
    with sandbox:
        for lecture in args.lectures or course.lectures:
            for handout in load_handouts(root, lecture):
                found = [
                    *check_notebooks(root, handout, sandbox, settings),
                    *check_records(handout.exercises, args.seeds),
                ]
                findings += len(found)
                bank = sum(
                    len(e.misconceptions) + len(e.variants) for e in handout.exercises
                )
                print(
                    f"{'ok  ' if not found else 'FAIL'}  {handout.name}: {bank} in bank"
                )
                for line in found:
                    print(f"      {line}")
    return 1 if findings else 0


def check_notebooks(
    root: Path, handout: Handout, sandbox: Sandbox, settings: Settings
) -> Iterator[str]:
    """Grade the solution and the blank notebook; yield what is not as it must be."""
    solution = source_of(root, handout.name)
    blank = handouts_folder(root) / f"{handout.name}.ipynb"
    for path, share in ((solution, 1.0), (blank, 0.0)):
        folder = path.relative_to(root).parts[0]
        data = path.read_bytes()
        judged = judge(handout, data, SEED, sandbox, settings)
        for verdict in judged.judgement.verdicts:
            due = verdict.max_score * share
            if verdict.status != "manual" and verdict.score != due:
                yield (
                    f"{folder}: {verdict.exercise} gets {verdict.score:g} "
                    f"({verdict.status}), due {due:g}"
                )


def check_records(exercises: Sequence[Exercise], seeds: int) -> Iterator[str]:
    """Draw the questions of some courses; yield what each would grade wrongly."""
    for exercise in exercises:
        for number in range(seeds):
            yield from choose_draw(exercise, SEED + bytes([number])).faults
