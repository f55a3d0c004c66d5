"""Write the file of reasons of a notebook: what its visible checks can tell by values.

The file holds no value and no code: for each known mistake that the checks refuse, a
hash of all that they saw of it, and the words that its graded feedback has. It goes
into the library that students are given; see :mod:`answer_checks.reasons`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from answer_checks.session import State
from answer_checks.transcript import KEY_LENGTH
from autograder.authoring.notebook_files import NotebookFiles
from autograder.authoring.source import COMMAND
from autograder.authoring.visible_run import Seen
from autograder.course.course import Course
from autograder.exercise.marks import Kind
from autograder.exercise.record import Exercise

Words = tuple[str, str]  # the likely reason and the next step
NOTE = f"Made by `{COMMAND}` from the course's sources."


def reasons_of(exercise: Exercise, seen: Sequence[Seen]) -> dict[str, Words]:
    """Return the words of each key that one mistake alone leaves.

    A key that another mistake leaves too, or a right answer, tells nothing, unless all
    that leave it have the same words.

    Parameters
    ----------
    exercise : Exercise
        The record.
    seen : sequence of Seen
        What its visible checks saw of its bank.
    """
    found: dict[str, set[Words] | None] = {}
    for one in seen:
        if one.exercise != exercise.id or not one.key:
            continue
        known = exercise.known(one.entry) if one.kind is Kind.MISCONCEPTION else None
        if known is None:
            found[one.key] = None
        elif one.state is State.WRONG and one.telling:
            words = found.setdefault(one.key, set())
            if words is not None:
                words.add((known.says, known.hint))
    return {
        key: next(iter(words))
        for key, words in found.items()
        if words is not None and len(words) == 1
    }


def reasons_text(
    inputs: str, seen: Sequence[Seen], exercises: Iterable[Exercise]
) -> str:
    """Return the text of the file.

    Parameters
    ----------
    inputs : str
        The hash of all that it is made from.
    seen : sequence of Seen
        What the visible checks saw.
    exercises : iterable of Exercise
        Those of the notebook.
    """
    by_id = {exercise.id: reasons_of(exercise, seen) for exercise in exercises}
    return _text(inputs, by_id)


def _text(inputs: str, by_id: Mapping[str, Mapping[str, Words]]) -> str:
    """Write one line for each key, so that a change shows as one line."""
    parts = []
    for name, reasons in by_id.items():
        lines = [
            f"   {json.dumps(key)}: {json.dumps(list(words))}"
            for key, words in sorted(reasons.items())
        ]
        if lines:
            parts.append(f"  {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n  }")
    body = "{\n" + ",\n".join(parts) + "\n }" if parts else "{}"
    content = hashlib.sha256(body.encode()).hexdigest()
    head = {"generated": NOTE, "inputs": inputs, "content": content}
    top = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    return "{\n" + ",\n".join([*top, f' "exercises": {body}']) + "\n}\n"


def reasons_path(course: Course, files: NotebookFiles) -> Path | None:
    """Return where the reasons of a notebook go; None where its course has none."""
    return course.reasons and course.reasons / f"{files.name}.json"


def is_current(path: Path, inputs: str) -> bool:
    """Tell whether a file was made from these inputs and has not been changed since."""
    try:
        text = path.read_text("utf-8")
        found: dict[str, Any] = json.loads(text)
        by_id = found["exercises"]
        return found["inputs"] == inputs and text == _text(inputs, by_id)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def faults(text: str, words: frozenset[Words]) -> list[str]:
    """List what a file of reasons holds that has no place in it.

    Parameters
    ----------
    text : str
        The file.
    words : frozenset of (str, str)
        The reasons and next steps of the course's bank.
    """
    try:
        found: dict[str, Any] = json.loads(text)
        by_id: dict[str, dict[str, Any]] = found.pop("exercises")
        extra = set(found) - {"generated", "inputs", "content"}
        wrong = [f"holds the entry {name!r}" for name in sorted(extra)]
        for name, reasons in by_id.items():
            for key, said in reasons.items():
                if not re.fullmatch(rf"[0-9a-f]{{{KEY_LENGTH}}}", key):
                    wrong.append(f"holds a key that is no hash: {name}, {key!r}")
                if tuple(said) not in words:
                    wrong.append(f"holds words that no misconception has: {name}")
    except (ValueError, KeyError, TypeError, AttributeError):
        return ["is no file of reasons"]
    return wrong
