"""``python -m autograder.adequacy [EXERCISE ...]``: measure, and write the page.

With exercises named, only these are measured and nothing is written.
"""

from __future__ import annotations

import argparse
import sys

from autograder.adequacy.document import PAGE, page
from autograder.adequacy.measure import measure
from autograder.course import exercises
from autograder.course.handout import course_root


def main(arguments: list[str] | None = None) -> int:
    """Print one line an exercise and each finding; 1 if there is any."""
    known = exercises.all_exercises()
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
    chosen = parser.parse_args(arguments).exercises
    unknown = sorted(set(chosen) - {exercise.id for exercise in known})
    if unknown:
        print(f"no exercise has the id {unknown[0]}", file=sys.stderr)
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
        path = course_root() / PAGE
        path.write_text(page(measured), encoding="utf-8", newline="\n")
        print(f"wrote {PAGE}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
