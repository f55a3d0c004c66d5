"""``python -m autograder.adequacy [EXERCISE ...]``: measure, and write the page.

With exercises named, only these are measured and nothing is written; with
``--visible``, only what the visible checks refuse and name.
"""

from __future__ import annotations

import argparse
import sys

from autograder.adequacy.document import PAGE, page
from autograder.adequacy.measure import measure
from autograder.adequacy.visible import measure_visible
from autograder.course import exercises
from autograder.course.course import find_course
from autograder.course.handout import course_root
from autograder.errors import UserError


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m autograder.adequacy",
        description="Put the bank and the mutants of each exercise to its checks.",
    )
    parser.add_argument(
        "exercises",
        metavar="EXERCISE",
        nargs="*",
        help="measure only these and write nothing",
    )
    parser.add_argument(
        "--visible",
        action="store_true",
        help="put the bank to the visible checks alone, and write nothing",
    )
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Print one line an exercise and each finding; 1 if there is any."""
    known = exercises.all_exercises()
    given = make_parser().parse_args(arguments)
    chosen = given.exercises
    unknown = sorted(set(chosen) - {exercise.id for exercise in known})
    if unknown:
        print(f"no exercise has the id {unknown[0]}", file=sys.stderr)
        return 2
    if given.visible:
        try:
            return _show_visible(chosen)
        except UserError as error:
            print(error, file=sys.stderr)
            return 2
    measured, findings = [], 0
    for exercise in known:
        if chosen and exercise.id not in chosen:
            continue
        one = measure(exercise)
        measured.append(one)
        findings += len(one.findings)
        said = f"{one.refused} of {one.mutants} mutants refused"
        print(
            f"{'FAIL' if one.findings else 'ok  '}  {exercise.id}: {said}", flush=True
        )
        for line in one.findings:
            print(f"      {line}")
    if not chosen:
        visible = list(measure_visible(find_course()))
        for line in (line for seen in visible for line in seen.findings):
            findings += 1
            print(f"      {line}")
        path = course_root() / PAGE
        text = page(measured, visible)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {PAGE}")
    return 1 if findings else 0


def _show_visible(chosen: list[str]) -> int:
    """Print what the visible checks refuse and name; 1 if there is any finding."""
    judged = refused = named = findings = 0
    for one in measure_visible(find_course(), chosen):
        said = f"{one.refused} of {one.judged} misconceptions refused"
        sign = "FAIL" if one.findings else "ok  "
        print(f"{sign}  {one.exercise.id}: {said}, {one.named} named", flush=True)
        for line in (*one.findings, *(f"passes: {name}" for name in one.passing)):
            print(f"      {line}")
        for line in one.unnamed:
            print(f"      no reason: {line}")
        judged, refused = judged + one.judged, refused + one.refused
        named, findings = named + one.named, findings + len(one.findings)
    print(f"{refused} of {judged} refused, {named} of these named")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
