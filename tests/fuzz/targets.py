"""What is fuzzed: two functions of bytes that raise where a promise is broken.

``sanitiser`` reads a submitted file, ``channel`` a tape of replies to the hidden checks
of one exercise. Declared errors are caught here; everything else is a finding.
"""

from __future__ import annotations

import json
import os
import select
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import numpy as np

from autograder.course.cells import CellRole
from autograder.course.exercises import all_exercises
from autograder.course.handout import Handout, load_handouts
from autograder.course.settings import Settings
from autograder.demo_class import fill, right
from autograder.exercise.record import Exercise, Implementation
from autograder.judging.ask import RemoteBackend
from autograder.judging.budget import Budget
from autograder.judging.cell import Cell
from autograder.judging.decide import Transcript, decide
from autograder.judging.explain import explain, lines
from autograder.judging.outputs import clean_outputs, differs
from autograder.judging.run import Run
from autograder.judging.sanitize import (
    Sanitized,
    sanitize,
    to_notebook,
)
from autograder.judging.submitted_file import Unreadable, read
from autograder.sandbox import session as sessions
from autograder.sandbox.inside.wire import pack
from autograder.sandbox.limits import Limits
from autograder.verdict import Status, Verdict

ROOT = Path(__file__).parents[2]
SEED = b"a seed for replies that are changed"
NUMBER = 7
LIMIT = 2 * 2**20
# Cheap to ask, and of every kind: one function, several, a class, a dict.
EXERCISES = [e for e in all_exercises() if e.kind != "manual"]


# The sanitiser. ----------------------------------------------------------------------


@cache
def handout() -> Handout:
    """Return the notebook that the submissions claim to be."""
    return load_handouts(ROOT, "lecture3")[0]


def notebooks() -> Iterator[bytes]:
    """Yield files as students hand them in, and older and odd forms of them."""
    texts = {}
    for exercise in handout().exercises:
        found = right(0)(exercise, 0)
        if found:
            texts[exercise.id] = exercise.complete_source(found)
    whole = fill(handout(), texts)
    yield json.dumps(whole).encode()
    small = {**whole, "cells": whole["cells"][:12]}
    yield json.dumps(small).encode()
    old = nbformat.convert(nbformat.reads(json.dumps(small), as_version=4), 3)
    yield json.dumps(old).encode()
    stored = [
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
        {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["t"]},
        {
            "output_type": "execute_result",
            "data": {"text/plain": "1", "image/png": "aGFsbG8="},
            "metadata": {},
            "execution_count": 3,
        },
    ]
    cells = [dict(cell) for cell in small["cells"][:4]]
    cells += [
        {
            "cell_type": "code",
            "metadata": {"tags": ["skip-execution"]},
            "source": ["print(1)\r\n", "x"],
            "outputs": stored,
            "execution_count": 3,
        },
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": "![x](attachment:x.png)",
            "attachments": {"x.png": {"image/png": "aGFsbG8="}},
        },
    ]
    yield json.dumps({**small, "cells": cells}).encode()
    yield b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    yield b'{"worksheets": [{"cells": []}], "nbformat": 3, "metadata": {}}'


def sanitiser(data: bytes) -> None:
    """Read and sanitise a file; require a valid notebook with the course's cells."""
    try:
        clean = sanitize(read(data, LIMIT), handout())
    except Unreadable:
        return
    assert {c.grade_id for c in clean.cells if c.grade_id} == set(handout().cells)
    places = [c.grade_id for c in clean.cells if c.grade_id]
    assert len(places) == len(set(places)), "a cell of the course stands twice"
    for cell in clean.cells:
        if not cell.grade_id:
            assert cell.role == "plain"
            continue
        wanted = handout().cells[cell.grade_id]
        assert (cell.role, cell.cell_type) == (wanted.role, wanted.cell_type)
        assert not wanted.locked or cell.source == wanted.source
    notebook = to_notebook(clean, handout())
    text = json.dumps(notebook, ensure_ascii=False, allow_nan=False).encode()
    nbformat.validate(nbformat.from_dict(notebook))
    # What is sane stays as it is: nbgrader reads and sanitises twice.
    again = sanitize(read(text, 16 * LIMIT), handout())
    told = [(c.grade_id, c.cell_type, c.source) for c in again.cells]
    assert told == [
        (clean.cells[i].grade_id, cell["cell_type"], cell["source"])
        for i, cell in enumerate(notebook["cells"])
    ]
    for cell, made in zip(clean.cells, notebook["cells"], strict=True):
        assert cell.cell_type != "code" or cell.source == made["source"]
    assert to_notebook(again, handout()) == notebook
    for cell in clean.cells:
        differs(cell.stored, [])


# The answer channel. -----------------------------------------------------------------


class Tape:
    """The grader's end of a channel on which everything has been said already."""

    ready = os.open("/dev/zero", os.O_RDONLY)

    def __init__(self, data: bytes) -> None:
        self.data = data

    def fileno(self) -> int:
        """Give ``select`` something that can always be read."""
        return self.ready

    def settimeout(self, seconds: float) -> None:
        """Take no time."""

    def sendall(self, frame: bytes) -> None:
        """Drop the question."""

    def recv(self, most: int) -> bytes:
        """Return what comes next; nothing at the end."""
        part, self.data = self.data[:most], self.data[most:]
        return part

    def close(self) -> None:
        """Say nothing more."""
        self.data = b""


class _Recorder:
    """A backend that keeps what it answered, as frames."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend
        self.frames: list[bytes] = []

    def run(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        reply = dict(self.backend.run(steps))
        if "error" in reply:
            kind, name = reply["error"]["type"], reply["error"]["name"]
            reply["error"] = {"type": kind, "name": name, "cell": 0, "line": 1}
        self.frames.append(pack({**reply, "number": NUMBER}))
        return self.backend.run([]) | {k: v for k, v in reply.items() if k != "number"}

    def source(self, name: str) -> str | None:
        return None

    def may_loop(self, name: str) -> bool:
        return False  # as of a student's, whose replies these are to be


def record(exercise: Exercise, found: Implementation | None) -> tuple[bytes, Any]:
    """Return the tape of a known implementation, and its transcript."""
    recorder = _Recorder(exercise.local(found))
    _, transcript = decide(exercise, recorder, SEED)
    head = bytes([EXERCISES.index(exercise)])
    return head + b"".join(recorder.frames), transcript


def tapes() -> Iterator[bytes]:
    """Yield for each exercise what the reference says, and two misconceptions."""
    yield from _tapes(EXERCISES)


def few_tapes() -> Iterator[bytes]:
    """Yield those of every ninth exercise."""
    yield from _tapes(EXERCISES[::9])


def _tapes(exercises: list[Exercise]) -> Iterator[bytes]:
    for exercise in exercises:
        for found in (None, *exercise.misconceptions[:2]):
            yield record(exercise, found)[0]
    outputs = [{"output_type": "stream", "name": "stdout", "text": "a"}]
    reply = {"outputs": outputs, "fine": True, "number": NUMBER}
    yield bytes([255]) + pack(reply)


@cache
def expected(exercise: Exercise) -> tuple[Any, frozenset[int]]:
    """Return the right answers, and the checks to which there is one answer only."""
    _, transcript = record(exercise, None)
    others = [record(exercise, variant)[1] for variant in exercise.variants]
    single = {
        i
        for i, answers in enumerate(transcript.answers)
        if all(close(answers, other.answers[i]) for other in others)
    }
    return transcript, frozenset(single)


def channel(data: bytes) -> None:
    """Decide on the replies of a tape; require that points need the right values."""
    head = data[0] if data else 0
    with np.errstate(all="ignore"):
        if head == 255:
            _cell(data[1:])
        else:
            _decide(EXERCISES[head % len(EXERCISES)], data[1:], head >= 128)


def _decide(exercise: Exercise, data: bytes, explained: bool) -> None:
    cells = [
        Cell(CellRole.SOLUTION, "code", f"{name} = something", exercise.id)
        for name in exercise.names
    ]
    runner = SimpleNamespace(
        session=lambda: _session(data),
        settings=Settings(),
        notebook=Sanitized(cells),
        budget=Budget(100.0),
        names={},
        result=Run(),
        handout=SimpleNamespace(cells={}),
    )
    verdict, transcript = decide(exercise, RemoteBackend(runner, exercise.id), SEED)
    require_right(exercise, verdict, transcript)
    if explained:
        verdict = explain(exercise, verdict, transcript, SEED)
    told = lines(verdict)
    assert len(told) <= 5
    "".join(told).encode()


def require_right(exercise: Exercise, verdict: Verdict, transcript: Transcript) -> None:
    """Require that every check that brought all its points saw the right answers."""
    wanted, single = expected(exercise)
    assert verdict.status in Status
    assert 0 <= verdict.score <= verdict.max_score
    for i, check in enumerate(verdict.checks):
        if check.passed and i in single:
            got = [a for a in transcript.answers[i] if not _of_the_text(a)]
            want = wanted.answers[i]
            assert close(got, want), f"{exercise.id}, {check.label}: {got} for {want}"


def _of_the_text(answer: Any) -> bool:
    """Tell whether the grader read it in the notebook's text, not in a reply."""
    return isinstance(answer, tuple) and answer[:1] == ("loop",)


def _cell(data: bytes) -> None:
    """Take the outputs of a cell, as the runner does."""
    try:
        outputs, fine = _session(data).cell("1", 0, 1.0)
    except sessions.BackendGone:
        return
    assert isinstance(fine, bool)
    clean = clean_outputs(outputs)
    json.dumps(clean, ensure_ascii=False, allow_nan=False).encode()
    differs(outputs, outputs)
    cell = Sanitized([Cell(CellRole.PLAIN, "code", "1", stored=clean, count=1)])
    nbformat.validate(nbformat.from_dict(to_notebook(cell, handout(), {0: outputs})))


def _session(data: bytes) -> Any:
    sessions.secrets = SimpleNamespace(randbits=lambda _: NUMBER)
    assert select.select([Tape.ready], [], [], 0)[0]
    return sessions.Session(Tape(data), Limits(), lambda: None)


def close(got: Any, want: Any) -> bool:
    """Tell whether answers are the same up to a tolerance wider than any check's."""
    if isinstance(want, list | tuple):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(want)
            and all(map(close, got, want))
        )
    if isinstance(want, dict):
        return isinstance(got, dict) and all(
            key in got and close(got[key], want[key]) for key in want
        )
    if isinstance(want, np.ndarray | float | int | np.generic):
        try:
            got, want = np.asarray(got, float), np.asarray(want, float)
        except (TypeError, ValueError, OverflowError):
            return False
        scale = float(np.abs(want[np.isfinite(want)]).max(initial=0)) or 1.0
        return np.allclose(got, want, 1e-2, 1e-2 * scale, equal_nan=True) and (
            got.size == want.size
        )
    return type(got) is type(want)
