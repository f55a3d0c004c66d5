"""Read the programs of this folder: what each tries, where it stands, what it gets.

A program is the text of one or more cells of the notebook ``lecture3/01_svm``, with a
header that says what must come of it::

    # tries: make np.allclose say yes to everything
    # expects: l3_svm_loss_i wrong 0; others as honest
    # %% l3_svm_loss_i
    ...

A cell is named by its ``grade_id``, or is an extra one: ``first``, ``last``, ``before
<grade_id>`` or ``after <grade_id>``. Cells that no program names hold right answers.
"""

from __future__ import annotations

import copy
import json
import os
import pwd
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course.handout import Handout
from autograder.course.settings import Settings
from autograder.demo_class import TEXT, fill, right
from autograder.judging.decide import ask
from autograder.judging.draw import seed_of
from autograder.judging.judge import judge
from autograder.report.feedback import render_feedback
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Sandbox
from autograder.verdict import Judged

ROOT = Path(__file__).parents[2]
SEED = bytes.fromhex("5eed" * 16)
PROGRAMS = Path(__file__).parent / "programs"
HEADER = re.compile(r"# ([a-z ]+): (.*)")
# The rung of the sandbox at which every test here runs.
RUNG = os.environ.get("ATTACK_RUNG", "bubblewrap")
# Without that choice, what runs at the second rung too: whatever the rungs must stop,
# and of the rest a program for each way out of the process.
SECOND = re.compile(
    r"harm/|leaks/|points/(channel_|frames_|server_|shadow_)|"
    r"faults/(hard_exit|loop|endless_recursion|names_deleted)"
)


@dataclass(frozen=True)
class Attack:
    """A program of this folder.

    Attributes
    ----------
    name : str
        ``"points/patched_numpy_allclose"``.
    tries : str
        What it is after.
    expects : dict
        For an exercise, the statuses and the score that it must get.
    others : str
        ``"as honest"``, or ``"at most honest"`` where the program spoils its own
        notebook.
    prints : str
        What its cells must have printed; empty where nothing is asked.
    open : str
        What it prints where the sandbox is off, which shows that the sandbox stops it.
    second : str
        What it does at the second rung where that differs: ``"prints ..."`` or
        ``"ends"`` its process; and after a semicolon, why.
    cells : list of (str, str)
        Where a text stands, and the text.
    """

    name: str
    tries: str
    expects: dict[str, tuple[frozenset[str], float]]
    others: str
    prints: str
    open: str
    second: str
    cells: list[tuple[str, str]]


def load(path: Path) -> Attack:
    """Read one program; ``ValueError`` where its header is not complete."""
    head, *rest = re.split(r"^# %% ", path.read_text("utf-8"), flags=re.M)
    fields: dict[str, str] = {}
    key = ""
    for line in head.splitlines():
        match = HEADER.fullmatch(line)
        if match:
            key = match[1]
            fields[key] = match[2]
        elif key and line.startswith("#   "):
            fields[key] += " " + line[4:].strip()
    name = path.relative_to(PROGRAMS).with_suffix("").as_posix()
    if not {"tries", "expects"} <= fields.keys() or not rest:
        raise ValueError(f"{name}: a program needs 'tries', 'expects' and a cell")
    *stated, others = fields["expects"].split("; ")
    if others not in ("others as honest", "all as honest", "others at most honest"):
        raise ValueError(f"{name}: does not say what the other exercises get")
    expects = {}
    for part in stated:
        exercise, statuses, score = part.split()
        expects[exercise] = frozenset(statuses.split("|")), float(score)
    cells = []
    for part in rest:
        where, _, text = part.partition("\n")
        cells.append((where.strip(), text.rstrip() + "\n"))
    return Attack(
        name,
        fields["tries"],
        expects,
        others.split(" ", 1)[1],
        fields.get("prints", ""),
        fields.get("open", ""),
        fields.get("on landlock", ""),
        cells,
    )


def all_attacks() -> list[Attack]:
    """Read every program."""
    return [load(path) for path in sorted(PROGRAMS.rglob("*.py"))]


def honest_texts(handout: Handout) -> dict[str, str]:
    """Return right answers to every exercise, by id."""
    texts = {}
    for exercise in handout.exercises:
        found = right(0)(exercise, 0)
        texts[exercise.id] = exercise.complete_source(found) if found else TEXT
    return texts


def extra_cell(source: str, kind: str = "code") -> dict[str, Any]:
    """Return a cell that the course does not know."""
    cell = {"cell_type": kind, "id": "extra", "metadata": {}, "source": source}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    return cell


def place_of(notebook: dict[str, Any], grade_id: str) -> int:
    """Return the place of a cell of the course."""
    for place, cell in enumerate(notebook["cells"]):
        if (cell["metadata"].get("nbgrader") or {}).get("grade_id") == grade_id:
            return place
    raise KeyError(grade_id)


def notebook_of(handout: Handout, cells: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the notebook that a program stands for."""
    return put(copy.deepcopy(fill(handout, honest_texts(handout))), cells)


def put(notebook: dict[str, Any], cells: list[tuple[str, str]]) -> dict[str, Any]:
    """Put the cells of a program into a notebook."""
    for where, text in cells:
        if where == "first":
            notebook["cells"].insert(0, extra_cell(text))
        elif where == "last":
            notebook["cells"].append(extra_cell(text))
        elif where.startswith(("before ", "after ")):
            side, grade_id = where.split()
            place = place_of(notebook, grade_id) + (side == "after")
            notebook["cells"].insert(place, extra_cell(text))
        else:
            notebook["cells"][place_of(notebook, where)]["source"] = text
    return notebook


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for an `attack` with each program."""
    if "attack" in metafunc.fixturenames:
        pairs = [(RUNG, attack) for attack in all_attacks()]
        if "ATTACK_RUNG" not in os.environ:
            pairs += [("landlock", a) for _, a in pairs if SECOND.match(a.name)]
        ids = [f"{attack.name}-{rung}" for rung, attack in pairs]
        names = ("sandbox", "attack")
        # Of the session, or each test would start a sandbox of its own.
        one = {"indirect": ["sandbox"], "scope": "session"}
        metafunc.parametrize(names, pairs, ids=ids, **one)
    elif "sandbox" in metafunc.fixturenames:
        metafunc.parametrize("sandbox", [RUNG], indirect=True)
    if "opened" in metafunc.fixturenames:
        attacks = [a for a in all_attacks() if a.open]
        metafunc.parametrize("opened", attacks, ids=[a.name for a in attacks])


@pytest.fixture(scope="session")
def limits() -> Limits:
    """Limits under which an attack stays short."""
    return Limits(
        cell_seconds=3.0,
        notebook_seconds=60.0,
        ask_seconds=1.5,
        exercise_seconds=3.0,
        memory_mib=512,
    )


@pytest.fixture(scope="session")
def honest(svm: Handout) -> dict[str, Any]:
    """A notebook with right answers, to be edited by a test."""
    return notebook_of(svm, [])


@pytest.fixture(scope="session")
def hidden(svm: Handout) -> frozenset[str]:
    """Return the digits of every number that the hidden checks send or expect."""
    found: set[str] = set()
    for exercise in svm.exercises:
        if exercise.kind == "manual":
            continue
        seed = seed_of(SEED, exercise.id)
        for index in range(len(exercise.checks)):
            backend = _Listening(exercise.local(), found)
            _, answers = ask(exercise, index, backend, seed)
            _collect(answers, found)
    assert len(found) > 1000
    return frozenset(found)


class _Listening:
    """A backend that notes the numbers of the questions."""

    def __init__(self, backend: Any, found: set[str]) -> None:
        self.backend, self.found = backend, found

    def run(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        _collect([[s.get("args"), s.get("kwargs")] for s in steps], self.found)
        return self.backend.run(steps)

    def source(self, name: str) -> str | None:
        return self.backend.source(name)

    def may_loop(self, name: str) -> bool:
        return self.backend.may_loop(name)


def _collect(value: Any, found: set[str]) -> None:
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        value = value.ravel().tolist()
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            _collect(item, found)
    elif isinstance(value, float):
        digits = digits_of(repr(value))
        if digits:
            found.add(digits)


def digits_of(number: str) -> str:
    """Return the first eleven digits of a number; empty where there are fewer."""
    digits = re.sub(r"e.*|\D", "", number).lstrip("0")
    return digits[:11] if len(digits) >= 12 else ""


@pytest.fixture(scope="session")
def markers(hidden: frozenset[str]) -> Callable[[str], list[str]]:
    """Return a function that lists what a text tells and must not tell."""
    words = {SEED.hex(), str(ROOT), sys.prefix, tempfile.gettempdir() + "/pytest"}
    user = pwd.getpwuid(os.getuid()).pw_name
    words |= {user} if len(user) > 4 else set()
    words |= {"BEGIN HIDDEN", "END HIDDEN", "solutions/lecture"}

    def look(text: str) -> list[str]:
        found = [word for word in words if word in text]
        for number in re.findall(r"[0-9][0-9.d_]{10,}", text):
            found += [number] if digits_of(number) in hidden else []
        for shape in re.findall(r"\([0-9][0-9, ]{10,}\)", text):
            found += [shape] if digits_of(shape) in hidden else []
        return found

    return look


@pytest.fixture
def grade(
    svm: Handout,
    sandbox: Sandbox,
    limits: Limits,
    markers: Callable[[str], list[str]],
) -> Callable[..., Judged]:
    """Return a function that judges a notebook and looks for what it must not tell."""

    def run(notebook: dict[str, Any] | bytes, bounds: Limits = limits) -> Judged:
        data = notebook
        if isinstance(notebook, dict):
            data = json.dumps(notebook).encode()
        judged = judge(svm, data, SEED, sandbox, Settings(bounds))
        page = render_feedback(judged, "ada")
        told = json.dumps([asdict(judged), page], ensure_ascii=False)
        assert markers(told) == []
        told.encode()  # it can be written into a file
        return judged

    return run


@pytest.fixture
def as_honest(svm: Handout) -> Callable[..., None]:
    """Return a function that asserts full points, but for what it is told."""

    def check(judged: Judged, *, but: Mapping[str, Any] | None = None) -> None:
        verdicts = judged.judgement.verdicts
        for exercise, verdict in zip(svm.exercises, verdicts, strict=True):
            if exercise.id in (but or {}):
                statuses, score = (but or {})[exercise.id]
                assert verdict.status in statuses, verdict
                assert verdict.score == score, verdict
            elif exercise.kind == "manual":
                assert (verdict.status, verdict.score) == ("manual", 0.0), verdict
            else:
                assert verdict.status == "correct", verdict
                assert verdict.score == exercise.points

    return check


@pytest.fixture(scope="session")
def hand_in() -> Callable[[Path, str, dict[str, Any]], Path]:
    """Return a function that puts a notebook into a course's submissions."""

    def put_there(course: Path, name: str, notebook: dict[str, Any]) -> Path:
        place = course / "submitted" / name / "lecture3"
        place.mkdir(parents=True)
        (place / "01_svm.ipynb").write_text(json.dumps(notebook))
        return place / "01_svm.ipynb"

    return put_there


@pytest.fixture
def course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_course: Callable[[Path], Path]
) -> Path:
    """Return a course of one notebook, the working folder."""
    monkeypatch.chdir(tmp_path)
    return make_course(tmp_path)


@pytest.fixture
def build(svm: Handout) -> Callable[[Attack | None], dict[str, Any]]:
    """Return a function that makes the notebook of a program, or an honest one."""
    return lambda attack: notebook_of(svm, attack.cells if attack else [])


@pytest.fixture(scope="session")
def programs() -> list[Attack]:
    """Return every program."""
    return all_attacks()


@pytest.fixture(name="table", scope="session")
def table_fixture() -> str:
    """Return the table that the README must hold."""
    return table()


def table() -> str:
    """Return the programs as a table in Markdown, for the README."""
    from tests.attacks.defences import succeeds

    rows = ["| program | tries to | verdict | succeeds against |", "|---|---|---|---|"]
    for attack in all_attacks():
        stated = [
            f"`{exercise}` {' or '.join(sorted(statuses))}, {score:g} points"
            for exercise, (statuses, score) in attack.expects.items()
        ]
        others = f"all else {attack.others}" if stated else f"all {attack.others}"
        verdict = "; ".join([*stated, others])
        if attack.second:
            verdict += f"; at the second rung it {attack.second}"
        where = succeeds(attack.name, bool(attack.open))
        rows.append(f"| `{attack.name}` | {attack.tries} | {verdict} | {where} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.stdout.write(table())
