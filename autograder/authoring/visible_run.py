"""Run the visible checks of a notebook on its solution and on the whole bank.

The cells run one after the other in this process, as a notebook runs them, with the
course's own answers; at each test cell the misconceptions and the right variants of its
exercise are put in the place of the answer in turn, and what stands between the two is
run again: its functions use the answer. What the checks saw is left by
:mod:`answer_checks.session`; a test that does not use these checks leaves no more than
whether it passed.

``python -m autograder.authoring.visible_run`` does so in a process of its own: it
reads an order as JSON and writes what was seen.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import linecache
import os
import random
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from answer_checks import session
from answer_checks.session import State
from autograder.authoring.regions import HIDDEN, find_regions, outside
from autograder.authoring.source import Source
from autograder.course.cells import TEST_SUFFIX
from autograder.course.exercises import find_exercises
from autograder.course.root import COURSE
from autograder.errors import UserError
from autograder.exercise.marks import Kind
from autograder.exercise.record import Exercise, Implementation

MOST_SECONDS = 900
"""What the run of one notebook may take."""

# An answer that may draw by itself gives other values in another run.
_DRAWS = ("random", "default_rng", "time", "hash(", "id(")


@dataclass(frozen=True)
class Seen:
    """What the visible checks of an exercise saw of one answer.

    Attributes
    ----------
    exercise : str
        The id.
    kind : Kind or None
        Whether the answer is a misconception or a right variant; None for the
        solution's own.
    entry : str
        Its name in the bank; empty for the solution's own.
    state : State
        How the checks left it.
    message : str
        What the student reads; empty where the checks passed.
    key : str
        What the checks saw, as one hash; empty where that is not known, or is another
        one in each run.
    telling : bool
        Whether they saw a wrong value.
    """

    exercise: str
    kind: Kind | None
    entry: str
    state: State
    message: str
    key: str
    telling: bool


def see(
    source: Source,
    exercises: Sequence[str],
    environment: Mapping[str, str] | None = None,
) -> list[Seen]:
    """Run the visible checks of some exercises of a notebook, in another process.

    Parameters
    ----------
    source : Source
        The notebook.
    exercises : sequence of str
        The ids of its exercises whose bank is put to the checks.
    environment : mapping, optional
        Environment variables of the course.

    Raises
    ------
    UserError
        The notebook does not run.
    """
    if not exercises:
        return []
    root = source.files.root.resolve()
    order = {"cells": visible_cells(source), "exercises": list(exercises)}
    paths = [str(root), os.environ.get("PYTHONPATH", "")]
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=MOST_SECONDS,
            env={
                **os.environ,
                **(environment or {}),
                COURSE: str(root),
                "MPLBACKEND": "agg",
                "PYTHONHASHSEED": "0",
                "PYTHONIOENCODING": "utf-8",
                "PYTHONPATH": os.pathsep.join(path for path in paths if path),
            },
        )
    except subprocess.TimeoutExpired:
        raise UserError(
            f"{source.file}: its visible checks take more than {MOST_SECONDS} s"
        ) from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise UserError(f"{source.file}: its visible checks cannot be run: {last}")
    return [_read(fields) for fields in json.loads(done.stdout)]


def _read(fields: dict[str, Any]) -> Seen:
    kind = Kind(fields["kind"]) if fields["kind"] else None
    return Seen(**{**fields, "kind": kind, "state": State(fields["state"])})


def visible_cells(source: Source) -> list[tuple[str, str]]:
    """Return id and text of the cells that run, without demos and hidden regions."""
    found = []
    for cell in source.cells:
        if cell.node.cell_type != "code" or "demo" in cell.tags:
            continue
        regions, _ = find_regions(cell.lines, HIDDEN)
        lines = [line for _, line in outside(cell.lines, regions)]
        lines = [line for line in lines if not line.startswith(("%", "!"))]
        found.append((str(cell.nbgrader.get("grade_id", "")), "\n".join(lines)))
    return found


def run_cells(
    cells: Sequence[tuple[str, str]], exercises: Mapping[str, Exercise]
) -> Iterator[Seen]:
    """Run the cells here; yield what the checks saw of the bank of `exercises`."""
    names: dict[str, Any] = {"__name__": "__main__"}
    tests = {f"{name}{TEST_SUFFIX}": name for name in exercises}
    left = set(exercises)
    since: list[str] = []  # the last answer
    for grade_id, text in cells:
        if not left:
            return
        exercise = exercises[tests[grade_id]] if grade_id in tests else None
        if exercise is None:
            _execute(text, names)
            since = [] if grade_id in exercises else [*since, text]
            continue
        left.discard(exercise.id)
        entries = [(Kind.MISCONCEPTION, entry) for entry in exercise.misconceptions]
        entries += [(Kind.VARIANT, entry) for entry in exercise.variants]
        for kind, entry in entries:
            yield _see(exercise, kind, entry, [*since, text], names)
        yield _judged(exercise, None, "", [text], names)


def _see(
    exercise: Exercise,
    kind: Kind,
    entry: Implementation,
    cells: Sequence[str],
    names: dict[str, Any],
) -> Seen:
    answer = exercise.complete_source(entry)
    seen = [
        _judged(exercise, kind, entry.name, [answer, *cells], names, seed)
        for seed in range(1 + any(word in answer for word in _DRAWS))
    ]
    same = len({one.key for one in seen}) == 1
    return seen[0] if same else Seen(**{**_fields(seen[0]), "key": ""})


def _judged(
    exercise: Exercise,
    kind: Kind | None,
    entry: str,
    cells: Sequence[str],
    names: dict[str, Any],
    seed: int = 0,
) -> Seen:
    """Run cells up to a test with one answer; what they leave behind stays with it."""
    own = dict(names) if kind else names
    session.forget()
    np.random.seed(seed)  # noqa: NPY002 - for answers that draw from it
    random.seed(seed)
    state, message = State.PASSED, ""
    try:
        for text in cells:
            _execute(text, own)
    except Exception as error:
        state, message = State.WRONG, str(error)
    found = session.finished().get(exercise.id)
    if found is None:
        return Seen(exercise.id, kind, entry, state, message, "", False)
    transcript = found.transcript
    state = found.state if found.state is not State.PASSED else state
    key = transcript.key(exercise.id)
    return Seen(exercise.id, kind, entry, state, message, key, transcript.telling)


def _execute(text: str, names: dict[str, Any]) -> None:
    """Run a cell as a notebook does: the text of its functions can be read."""
    place = f"<cell {hashlib.sha256(text.encode()).hexdigest()[:16]}>"
    linecache.cache[place] = len(text), None, text.splitlines(True), place
    printed = contextlib.redirect_stdout(io.StringIO())
    with printed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(text, place, "exec"), names)  # noqa: S102 - the course's own code


def _fields(seen: Seen) -> dict[str, Any]:
    return asdict(seen)


def main() -> int:
    """Carry out the order on standard input."""
    order = json.load(sys.stdin)
    known = find_exercises(Path(os.environ[COURSE]))
    exercises = {name: known[name] for name in order["exercises"]}
    seen = [_fields(one) for one in run_cells(order["cells"], exercises)]
    json.dump(seen, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
