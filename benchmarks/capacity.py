"""What a large class costs: measure a small one, and work out the rest by formula.

``python -m benchmarks.capacity --measure`` measures and writes ``capacity.json``;
without it, ``docs/capacity.md`` is written from that file. What counts is CPU time and
bytes, so that another load on the machine changes little.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import jinja2
from sqlalchemy import text

from answer_checks.language import ENGLISH
from autograder.classroom.class_run import ClassRun, Conditions
from autograder.classroom.cluster_worker import pack, unpack
from autograder.classroom.submissions import find_students
from autograder.classroom.task import Task
from autograder.classroom.warm_sandboxes import WARM, RungChoice
from autograder.classroom.worker import grade_task
from autograder.commands.demo import hand_in
from autograder.commands.grading import entry_of
from autograder.course.course import find_course
from autograder.course.handout import Handout, load_handouts
from autograder.demo_class import PEOPLE
from autograder.gradebook.batch import Batch
from autograder.gradebook.book import Book
from autograder.report.files import Reporter
from autograder.verdict import Graded
from benchmarks.grading.machine import machine
from benchmarks.grading.measure import cpu_with_ended

ROOT = Path(__file__).parents[1]
FIGURES = Path(__file__).with_name("capacity.json")
TEMPLATE = Path(__file__).with_name("capacity.md.jinja")
PAGE = ROOT / "docs" / "capacity.md"
LECTURES = ("lecture3", "lecture4")
KINDS = ("right", "third mistake", "half done")
COPIES = 8


@dataclass(frozen=True)
class Figures:
    """What one notebook, or one student with ten notebooks, costs.

    Attributes
    ----------
    machine : str
        Where it was measured.
    notebooks : int
        How many were judged.
    students : int
        How many were entered.
    worker_seconds : float
        CPU of judging a notebook, sandbox included.
    writer_seconds : float
        CPU that the grading process itself spends on a notebook.
    report_seconds : float
        CPU of tables and report, for a student.
    report_bytes : float
        Memory of a lecture's judgements while the report is made, for a student.
    task_bytes, result_bytes : float
        What travels to a worker and back, for a notebook with all its outputs.
    database_bytes : float
        What the gradebook grows by, for a student: an SQLite file.
    postgresql_bytes : float
        The same in PostgreSQL; 0 where it was not measured.
    disk_bytes : float
        Feedback and graded notebook, for a notebook with all its outputs.
    """

    machine: str
    notebooks: int
    students: int
    worker_seconds: float
    writer_seconds: float
    report_seconds: float
    report_bytes: float
    task_bytes: float
    result_bytes: float
    database_bytes: float
    postgresql_bytes: float
    disk_bytes: float


class Ready(Executor):
    """Gives results that are there already; only the packing is done again."""

    ahead = 64

    def __init__(self, results: dict[tuple[str, bytes], bytes]) -> None:
        self.results = results

    def executor(self) -> Ready:
        """Return itself: these are the workers, and what hands work to them."""
        return self

    def submit(self, function: Any, task: Task, /) -> Future[Graded]:  # type: ignore[override]
        """Return the result of an equal submission."""
        pack(task)
        future: Future[Graded] = Future()
        future.set_result(unpack(self.results[task.handout.name, task.data or b""]))
        return future


def submissions(handout: Handout, folder: Path) -> list[bytes]:
    """Return one submission of each kind; the right one has all its outputs."""
    found = [(ROOT / "solutions" / f"{handout.name}.ipynb").read_bytes()]
    for person in PEOPLE:
        if person.story in KINDS[1:]:
            hand_in(person, handout, folder, lambda notebook: notebook)
            place = folder / person.name / handout.lecture / handout.file_name
            found.append(place.read_bytes())
    return found


def judge_each(
    handouts: Iterable[Handout], folder: Path
) -> tuple[dict[tuple[str, bytes], bytes], list[tuple[int, int]], float]:
    """Judge the submissions; return judgements, bytes that travel, CPU of each."""
    results, travelled, spent = {}, [], 0.0
    course = find_course()
    rung = WARM.choose(RungChoice(course=course)).rung
    for handout in handouts:
        for number, data in enumerate(submissions(handout, folder)):
            task = Task(handout, data, b"seed", course, rung)
            if not results:
                grade_task(task)  # what a worker does slowly the first time
            before = cpu_with_ended(os.getpid())
            graded = grade_task(task)
            spent += cpu_with_ended(os.getpid()) - before
            packed = pack(graded)
            results[handout.name, data] = packed
            if number == 0:
                travelled.append((len(pack(task)), len(packed)))
            print(f"{handout.name} {KINDS[number]}", file=sys.stderr)
    return results, travelled, spent / len(results)


def enter_class(
    handouts: Sequence[Handout],
    results: dict[tuple[str, bytes], bytes],
    folder: Path,
    url: str,
) -> dict[str, float]:
    """Enter copies of the submissions as a class; return what that costs."""
    kinds: dict[str, list[bytes]] = {}
    for (name, data), _ in results.items():
        kinds.setdefault(name, []).append(data)
    submitted, out = folder / "class", folder / "out"
    for number in range(COPIES * len(KINDS)):
        for name, each in kinds.items():
            place = submitted / f"student-{number:04}" / f"{name}.ipynb"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(each[number % len(KINDS)])
    students = find_students(submitted)
    with Book(url) as book:
        size = database_size(book)
        grading = reporting = held = 0.0
        for lecture in LECTURES:
            of_lecture = [h for h in handouts if h.lecture == lecture]
            reporter = Reporter(book, lecture, of_lecture, out, ROOT / "solutions")
            before = time.process_time()
            book.set_up(lecture, of_lecture)
            conditions = Conditions(find_course(), "bubblewrap", book.seed())
            run = ClassRun(of_lecture, submitted, students, conditions, {})
            with Batch(book, lecture) as storing:
                for result in run.judge(Ready(results)):
                    reporter.write_graded(result.student, result.graded)
                    storing.add(entry_of(result, ENGLISH))
            grading += time.process_time() - before
            before = time.process_time()
            reporter.write()
            reporting += time.process_time() - before
            tracemalloc.start()
            kept = book.results(lecture)
            held = max(held, tracemalloc.get_traced_memory()[0] / len(kept))
            tracemalloc.stop()
        grown = database_size(book) - size
    right = students[:: len(KINDS)]
    places = [
        out / kind / name for kind in ("autograded", "feedback") for name in right
    ]
    files = [p for place in places for p in place.rglob("*") if p.is_file()]
    return {
        "writer_seconds": grading / (len(students) * len(kinds)),
        "report_seconds": reporting / len(students),
        "report_bytes": held,
        "database_bytes": grown / len(students),
        "disk_bytes": sum(p.stat().st_size for p in files) / (len(right) * len(kinds)),
    }


def database_size(book: Book) -> float:
    """Return the bytes that the database takes."""
    sqlite = book.engine.dialect.name == "sqlite"
    query = (
        "select page_count * page_size from pragma_page_count(), pragma_page_size()"
        if sqlite
        else "select pg_database_size(current_database())"
    )
    with book.engine.connect() as connection:
        return float(connection.scalar(text(query)) or 0)


def measure(postgresql: str | None = None) -> Figures:
    """Judge and enter a small class.

    Parameters
    ----------
    postgresql : str, optional
        URL of an empty database, to measure it too.
    """
    handouts = [h for lecture in LECTURES for h in load_handouts(ROOT, lecture)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results, travelled, worker = judge_each(handouts, folder / "kinds")
        found = enter_class(handouts, results, folder, f"sqlite:///{folder}/g.db")
        other = enter_class(handouts, results, folder, postgresql) if postgresql else {}
    return Figures(
        machine="{processor}, {cores} processors, Python {Python}".format(**machine()),
        notebooks=len(results),
        students=COPIES * len(KINDS),
        worker_seconds=worker,
        task_bytes=sum(t for t, _ in travelled) / len(travelled),
        result_bytes=sum(r for _, r in travelled) / len(travelled),
        postgresql_bytes=other.get("database_bytes", 0.0),
        **found,
    )


# The page -------------------------------------------------------------------------

CLASSES = (100, 1_000, 10_000, 50_000)
CORES = (2, 4, 8, 16, 64, 256)
GROWTH = (10, 100, 1_000, 10_000)
FEW = (1, 2, 4, 8, 16)
PER_STUDENT = 10


def page(figures: Figures) -> str:
    """Write the page from the figures."""
    f = figures
    values = {
        "f": f,
        "classes": CLASSES,
        "cores": CORES,
        "growth": GROWTH,
        "few": FEW,
        "kinds": KINDS,
        "n": PER_STUDENT,
        "large": CLASSES[-1],
        "bound": f.worker_seconds / f.writer_seconds,
        "pace": 1 / f.writer_seconds,
        "traffic": f.task_bytes + f.result_bytes,
        "size": size,
        "hours": hours,
    }
    loader = jinja2.FileSystemLoader(TEMPLATE.parent)
    environment = jinja2.Environment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,  # noqa: S701 - Markdown from our own numbers
    )
    return environment.get_template(TEMPLATE.name).render(values)


def size(number: float) -> str:
    """Return bytes in a unit that reads well."""
    for unit in ("B", "kB", "MB", "GB"):
        if number < 1000:
            return f"{number:.3g} {unit}"
        number /= 1000
    return f"{number:.3g} TB"


def hours(seconds: float) -> str:
    """Return a time in a unit that reads well."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def load() -> Figures:
    """Read what was measured."""
    return Figures(**json.loads(FIGURES.read_text("utf-8")))


def main(argv: Sequence[str] | None = None) -> int:
    """Measure where that is asked for, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--measure", action="store_true", help="measure again first")
    parser.add_argument(
        "--postgresql", metavar="URL", help="an empty database to measure too"
    )
    args = parser.parse_args(argv)
    if args.measure:
        figures = asdict(measure(args.postgresql))
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(load()), "utf-8")
    print(f"{PAGE.relative_to(ROOT)} is written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
