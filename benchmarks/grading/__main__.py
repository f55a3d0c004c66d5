"""Grade the same class with other graders and with this one; say what each cost.

    python -m benchmarks.grading [quick | standard | long] [--out DIR]

`quick` is a trial of a few notebooks, `standard` takes about half an hour on
two cores, `long` draws the curve on to 10,000 notebooks. Needs no server, and once the
package index, for otter-grader in an environment of its own; where that cannot be
had, the others are compared. Figures go to DIR/grading.json and from there into
``docs/performance.md``; the exit code is 1 where grades differ. `page` writes only that
page, from the figures of the last run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.grading import checks, contenders, draw, otter, page, students
from benchmarks.grading.machine import machine
from benchmarks.grading.material import (
    KINDS,
    LEFT_OUT,
    ROOT,
    make_class,
    make_course,
    make_kinds,
)
from benchmarks.grading.measure import Cost
from benchmarks.grading.page import CLIENT, DRAWN, FLOOR, OTTER
from benchmarks.grading.split import split

LECTURES = ("lecture3", "lecture4")
GROWTH_LECTURE = "lecture3"
GROWTH_NOTEBOOK = "01_svm"
QUICK = ("01_svm", "04_activations")  # one of each lecture


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Attributes
    ----------
    students : int
        Of the class that is graded without ``demo`` cells.
    with_demo : int
        Of the class in which they are run.
    lectures, notebooks : tuple of str
        What they hand in; no notebook means all.
    growth, growth_nbgrader : tuple of int
        Sizes of class, a notebook a student.
    """

    students: int
    with_demo: int
    lectures: tuple[str, ...]
    notebooks: tuple[str, ...]
    growth: tuple[int, ...]
    growth_nbgrader: tuple[int, ...]


SIZES = {
    "quick": Size(8, 1, LECTURES, QUICK, (10, 30), (5,)),
    "standard": Size(20, 10, LECTURES, (), (5, 10, 100, 1000), (5, 10)),
    "long": Size(20, 10, LECTURES, (), (5, 10, 100, 1000, 10000), (5, 10, 100)),
}


class Bench:
    """One run of the benchmark.

    Parameters
    ----------
    size : Size
        How much.
    place : Path
        A folder of its own, emptied first.
    jobs : int
        Processes of nbgrader at its best and of this grader.
    """

    def __init__(self, size: Size, place: Path, jobs: int) -> None:
        self.size = size
        self.place = place
        self.jobs = jobs
        self.otter: Path | None = None
        self.without_otter = ""
        self.differences: list[str] = []

    def install_otter(self, folder: Path) -> None:
        """Install otter-grader; where that fails, say so and go without it."""
        say(f"{otter.OTTER}, in an environment of its own")
        try:
            self.otter = otter.install(folder)
        except otter.NoOtterError as error:
            self.without_otter = str(error)
            say(f"otter-grader cannot be installed, the others go on: {error}")

    def compare(self, name: str, students: int, demo: str) -> dict[str, Any]:
        """Grade a class with all graders, in turn, and compare the grades."""
        place, lectures = self.place / name, self.size.lectures
        course = place / "course"
        handouts = make_course(course, lectures, self.size.notebooks, demo)
        contenders.set_up_nbgrader(course, lectures)
        kinds = KINDS[: max(students, 1)]
        make_kinds(handouts, place / "kinds", kinds)
        submitted = place / "submitted"
        names = make_class(place / "kinds", submitted, kinds, students)
        notebooks = len(names) * len(handouts)
        found: dict[str, Any] = {"students": len(names), "notebooks": notebooks}
        full, warned = {}, set()
        for label, jobs in (("nbgrader", 0), ("nbgrader at its best", self.jobs)):
            say(f"{name}: {label}, {notebooks} notebooks")
            costs, full[label] = contenders.nbgrader(
                course, lectures, submitted, names, place / label, jobs
            )
            found[label] = told(costs)
            warned |= contenders.warned(place / label)
        courses = {"ours": course}
        if demo == "run":
            courses[DRAWN] = place / "all drawn"
            make_course(courses[DRAWN], lectures, self.size.notebooks, "plain")
        for label, of_ours in courses.items():
            say(f"{name}: {label}, {notebooks} notebooks")
            costs, full[label] = contenders.ours(
                of_ours, lectures, submitted, place / label, self.jobs
            )
            found[label] = told(costs)
        if self.otter:
            say(f"{name}: {OTTER}, {notebooks} notebooks")
            costs, full[OTTER] = otter.grade(
                self.otter, handouts, submitted, names, place / "otter", self.jobs
            )
            found[OTTER] = told(costs)
        for label, way in ((CLIENT, "nbclient"), (FLOOR, "exec")):
            say(f"{name}: {label}, {notebooks} notebooks")
            found[label] = told(
                contenders.executed(
                    way, lectures, submitted, names, place / way, self.jobs
                )
            )
        found["by lecture"] = {
            lecture: len(names) * sum(h.lecture == lecture for h in handouts)
            for lecture in lectures
        }
        leant = contenders.leaning(course, handouts, full["ours"])
        found["set aside"] = len(leant & full["ours"].keys())
        found["warned"] = len((warned - leant) & full["ours"].keys())
        aside = leant | warned
        full = {
            label: {key: is_full for key, is_full in grades.items() if key not in aside}
            for label, grades in full.items()
        }
        compared = full["nbgrader"].keys() & full["ours"].keys()
        found["compared"] = len(compared)
        for label, grades in full.items():  # ours does not differ from itself
            differ = contenders.differences(grades, full["ours"])
            for student, exercise in differ:
                who = kinds[names.index(student) % len(kinds)].story
                self.differences.append(f"{name}, {label}: {exercise}, {who}")
        if demo == "out":
            say("where the time goes")
            few = names[: len(kinds)]
            found["split"] = {
                lecture: split(
                    course, [lecture], submitted, few, place / "split" / lecture
                )
                for lecture in lectures
            }
        return found

    def growth(self) -> dict[str, Any]:
        """Grade classes of growing size, a notebook a student."""
        place = self.place / "growth"
        course = place / "course"
        lectures = [GROWTH_LECTURE]
        handouts = make_course(course, lectures, [GROWTH_NOTEBOOK])
        contenders.set_up_nbgrader(course, lectures)
        make_kinds(handouts, place / "kinds", KINDS)
        found: dict[str, Any] = {"ours": [], "nbgrader": []}
        for number in self.size.growth:
            submitted = place / f"submitted-{number}"
            names = make_class(place / "kinds", submitted, KINDS, number)
            if number in self.size.growth_nbgrader:
                say(f"growth: nbgrader, {number} notebooks")
                costs, _ = contenders.nbgrader(
                    course, lectures, submitted, names, place / f"nbgrader-{number}"
                )
                found["nbgrader"].append({"notebooks": number, **told(costs)})
            say(f"growth: ours, {number} notebooks")
            out = place / f"ours-{number}"
            costs, _ = contenders.ours(course, lectures, submitted, out, self.jobs)
            found["ours"].append({"notebooks": number, **told(costs)})
            if number == max(n for n in self.size.growth if n <= 1000):
                say(f"growth: ours again, unchanged, {number} notebooks")
                costs, _ = contenders.ours(course, lectures, submitted, out, self.jobs)
                said = (out / "log").read_text("utf-8")
                if f"0 notebooks graded, {number} unchanged" not in said:
                    raise RuntimeError("an unchanged class was graded again")
                found["again"] = {"notebooks": number, **told(costs)}
            shutil.rmtree(submitted)
            shutil.rmtree(out)
        return found


def told(costs: Mapping[str, Cost]) -> dict[str, Any]:
    """Return the figures of all lectures together, and the CPU seconds of each."""
    each = {lecture: round(cost.cpu, 3) for lecture, cost in costs.items()}
    return {**Cost.of_all(costs).as_dict(), "cpu of": each}


def write_page(found: dict[str, Any]) -> None:
    """Write ``docs/performance.md`` and what the README repeats of it."""
    page.write(found, ROOT / "docs", ROOT / "README.md")


def say(text: str) -> None:
    """Tell what is done now."""
    print(f"  {text}", file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run; return 0, or 1 where grades differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", nargs="?", default="standard", choices=[*SIZES, "page"])
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    out = options.out.resolve()
    figures = out / "grading.json"
    if options.size == "page":
        write_page(json.loads(figures.read_text("utf-8")))
        return 0
    work = out / "grading"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    bench = Bench(SIZES[options.size], work, options.jobs)
    bench.install_otter(out / "otter")
    found: dict[str, Any] = {
        "size": options.size,
        "without otter": bench.without_otter,
        "machine": machine(),
        "jobs": options.jobs,
        "lectures": bench.size.lectures,
        "growth_notebook": GROWTH_NOTEBOOK,
        "left_out": [person.story for person in LEFT_OUT],
        "kinds": [person.story for person in KINDS],
    }
    found["like for like"] = bench.compare(
        "like for like", bench.size.students, demo="out"
    )
    found["with demo cells"] = bench.compare(
        "with demo cells", bench.size.with_demo, demo="run"
    )
    found["growth"] = bench.growth()
    say("visible checks")
    found["visible checks"] = checks.as_dict()
    say("Restart & Run All")
    found["restart"] = students.restart_and_run_all(work / "restart")
    found["differences"] = bench.differences
    figures.write_text(json.dumps(found, indent=1) + "\n")
    write_page(found)
    draw.curves(found, out)
    shutil.rmtree(work)
    print(page.summary(found))
    print(f"Figures: {figures}")
    for line in bench.differences:
        print(f"grades differ: {line}", file=sys.stderr)
    return 1 if bench.differences else 0


if __name__ == "__main__":
    sys.exit(main())
