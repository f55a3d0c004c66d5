"""Make a small class from the records: what each student hands in, and the grade due.

The submissions are the handout with cells filled in: right answers, right in
another way, known misconceptions, half done, blank, a broken file and a hostile one.
What each must get is worked out from the records, without a sandbox.
"""

from __future__ import annotations

import ast
import copy
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from answer_checks.parsing import parse_python
from autograder.course.exercise_folders import FOLDER
from autograder.course.exercises import for_notebook
from autograder.course.handout import Handout
from autograder.course.root import course_root
from autograder.errors import UserError
from autograder.exercise.record import Exercise, Implementation
from autograder.judging.decide import decide
from autograder.judging.draw import Draws, seed_of

FILE_NAME = "demo_class.toml"  # beside the notebooks' sources

TEXT = (
    "Multiplying W by a factor above 1 keeps a loss of zero at zero, so many W fit "
    "equally well. The penalty singles out one of them, the smallest."
)

# A cell that tries what a submission must not get away with; it answers nothing.
HOSTILE = """
import builtins, os, sys, pathlib, subprocess
import numpy as np
np.allclose = np.array_equal = lambda *a, **k: True
class Same(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
for folder in ("/", "..", "/root", "/home"):
    try:
        print(os.listdir(folder))
    except OSError as error:
        print(error)
for attempt in (
    lambda: next(pathlib.Path("/opt/course").glob("*/*.py")).write_text(""),
    lambda: subprocess.run(["sh", "-c", "echo out"], check=True),
    lambda: __import__("autograder"),
    lambda: os.kill(-1, 9),
):
    try:
        attempt()
        print("done")
    except BaseException as error:
        print(type(error).__name__)
print("<script>document.title = 'changed'</script>")
"""


@dataclass(frozen=True)
class Person:
    """A student of the demo class.

    Attributes
    ----------
    name : str
        The folder's name.
    story : str
        What the submission is.
    choose : callable
        For an exercise and its number, the implementation to hand in; None leaves the
        stub.
    spoil : callable
        Changes the bytes of the file at the end.
    extra : str
        A cell put in front.
    stale : bool
        Edit a cell after it was run.
    language : str
        Of the edition that is taken, where the course has it.
    """

    name: str
    story: str
    choose: Callable[[Exercise, int], Implementation | None]
    spoil: Callable[[bytes], bytes] = lambda data: data
    extra: str = ""
    stale: bool = False
    language: str = ""


@dataclass
class Due:
    """What a demo submission must get.

    Attributes
    ----------
    scores : dict
        For each exercise id, the points.
    misconceptions : dict
        For each exercise id that was filled with one, its slug.
    """

    scores: dict[str, float] = field(default_factory=dict)
    misconceptions: dict[str, str] = field(default_factory=dict)


@cache
def _listed(path: Path) -> dict[str, Any]:
    """Read what a course says of its demo class."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None


def _listed_here() -> dict[str, Any]:
    return _listed(course_root() / FOLDER / FILE_NAME)


def choices(exercise: Exercise, kind: str) -> list[Implementation]:
    """Return the known answers that the demo class takes turns with, by their names.

    Parameters
    ----------
    exercise : Exercise
        The exercise to answer.
    kind : str
        ``"wrong"`` or ``"right"``.

    Raises
    ------
    UserError
        The course's list names one that is not there.
    """
    wrong = kind == "wrong"
    bank = exercise.misconceptions if wrong else exercise.variants
    known = {entry.name: entry for entry in sorted(bank, key=lambda k: k.name)}
    names = _listed_here().get(exercise.id, {}).get(kind)
    if names is None:
        return [k for k in known.values() if wrong or keeps_to_itself(exercise, k)]
    for name in names:
        if name not in known:
            raise UserError(
                f"{FOLDER}/{FILE_NAME}: {exercise.id} has nothing {kind} named {name!r}"
            )
    return [known[name] for name in names]


def right(number: int) -> Callable[[Exercise, int], Implementation | None]:
    """Choose the right variant with this number, counted round."""

    def choose(exercise: Exercise, _: int) -> Implementation | None:
        found = choices(exercise, "right")
        return found[number % len(found)] if found else None

    return choose


def uses(source: str, names: Sequence[str]) -> bool:
    """Tell whether a source reads one of `names`."""
    return any(
        isinstance(node, ast.Name) and node.id in names
        for node in ast.walk(parse_python(source))
    )


def keeps_to_itself(exercise: Exercise, found: Implementation) -> bool:
    """Tell whether a source defines no name that another exercise asks for.

    Such a definition further down would answer the other exercise too.
    """
    others = {
        name
        for other in for_notebook(exercise.notebook)
        for name in other.names
        if other.id != exercise.id
    }
    defined = {
        node.name
        for node in ast.walk(parse_python(found.source))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    return not defined & others


def mistaken(
    number: int, half: int, way: int
) -> Callable[[Exercise, int], Implementation | None]:
    """Choose misconception `number` in the exercises that `half` of the class errs in.

    The others get right variant `way`. Two students may share a mistake, as those of a
    class do.
    """

    def choose(exercise: Exercise, index: int) -> Implementation | None:
        wrong = choices(exercise, "wrong")
        its = _listed_here().get(exercise.id, {}).get("half", index % 2 + 1)
        if wrong and its == half:
            return wrong[number % len(wrong)]
        return right(way)(exercise, index)

    return choose


def half_done(exercise: Exercise, index: int) -> Implementation | None:
    """Answer some exercises of a notebook; the first two where no list says which."""
    listed = _listed_here().get("answered_at_half")
    answered = index < 2 if listed is None else exercise.id in listed
    return right(0)(exercise, index) if answered else None


def nothing(exercise: Exercise, index: int) -> None:
    """Leave every stub."""


PEOPLE: tuple[Person, ...] = (
    Person("ada", "right", right(0)),
    Person("alan", "right, another way", right(1), stale=True),
    Person("barbara", "first mistake", mistaken(0, 1, 0)),
    Person("constance", "mistake elsewhere", mistaken(0, 2, 1)),
    Person("dorothy", "the same mistake", mistaken(0, 1, 2)),
    Person("edsger", "second mistake", mistaken(1, 2, 3)),
    Person("grace", "third mistake", mistaken(2, 1, 4)),
    Person("이하늘", "second mistake", mistaken(1, 2, 5), language="ko"),
    Person("john, j.", "half done", half_done),
    Person("katherine", "blank", nothing),
    Person(
        "leslie", "broken file", right(0), spoil=lambda data: data[: len(data) // 2]
    ),
    Person("mallory", "hostile", nothing, extra=HOSTILE),
)


def answers_of(
    person: Person, handout: Handout
) -> tuple[dict[str, str], dict[str, Implementation]]:
    """Return what `person` writes into the cells of a notebook, by exercise id."""
    texts: dict[str, str] = {}
    chosen: dict[str, Implementation] = {}
    code = [e for e in handout.exercises if e.kind not in ("manual", "nbgrader")]
    for index, exercise in enumerate(code):
        found = person.choose(exercise, index)
        if found is not None:
            chosen[exercise.id] = found
    for exercise in code:
        found = chosen.get(exercise.id)
        if found is None:
            continue
        others = [e for e in code if e is not exercise and e.id in chosen]
        tied = any(
            uses(chosen[e.id].source, exercise.names) or uses(found.source, e.names)
            for e in others
        )
        if found.hint and tied:
            # One answer rests on the other, and the grade due could not be told.
            found = chosen[exercise.id] = right(0)(exercise, 0) or found
        texts[exercise.id] = exercise.complete_source(found)
    if chosen:
        texts.update({e.id: TEXT for e in handout.exercises if e.kind == "manual"})
    return texts, chosen


def fill(handout: Handout, texts: Mapping[str, str], extra: str = "") -> dict[str, Any]:
    """Return the handout with `texts` written into its cells."""
    notebook = copy.deepcopy(handout.notebook)
    for cell in notebook["cells"]:
        grade_id = (cell["metadata"].get("nbgrader") or {}).get("grade_id", "")
        if grade_id in texts:
            cell["source"] = texts[grade_id]
    if extra:
        notebook["cells"].insert(
            0,
            {
                "cell_type": "code",
                "id": "extra",
                "metadata": {},
                "source": extra,
                "outputs": [],
                "execution_count": None,
            },
        )
    return notebook


def hand_in(
    person: Person,
    handout: Handout,
    folder: Path,
    run: Callable[[dict[str, Any]], dict[str, Any]],
) -> None:
    """Write the file of one student.

    Parameters
    ----------
    person : Person
        The student who hands it in.
    handout : Handout
        Which notebook.
    folder : Path
        The submissions folder.
    run : callable
        Runs a notebook and returns it with its outputs, as a student's file holds them.
    """
    texts, _ = answers_of(person, handout)
    taken = person.language in handout.translations
    edition = handout.in_language(person.language) if taken else handout
    notebook = run(fill(edition, texts, person.extra))
    if person.stale:
        _make_stale(notebook)
    path = folder / person.name / handout.name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = json.dumps(notebook, indent=1, ensure_ascii=False).encode()
    path.with_name(path.name + ".ipynb").write_bytes(person.spoil(data))


def _make_stale(notebook: dict[str, Any]) -> None:
    """Let the first printed output be that of an earlier run."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if output["output_type"] == "stream":
                output["text"] = "an output from before the cell was changed\n"
                return


def due(
    person: Person,
    handouts: Sequence[Handout],
    course_seed: bytes,
    draws: Draws | None = None,
) -> Due:
    """Work out from the records what `person` must get, by these draws."""
    result = Due()
    for handout in handouts:
        _, chosen = answers_of(person, handout)
        broken = person.spoil(b"{}") != b"{}"
        for exercise in handout.exercises:
            found = None if broken else chosen.get(exercise.id)
            result.scores[exercise.id] = 0.0
            if found is None:
                continue
            draw = (draws or {}).get(exercise.id, 0)
            seed = seed_of(course_seed, exercise.id, draw)
            verdict, _ = decide(exercise, exercise.local(found), seed)
            result.scores[exercise.id] = verdict.score
            if found.hint:
                result.misconceptions[exercise.id] = found.name
    return result
