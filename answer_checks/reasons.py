"""The likely reason of a wrong answer, found by what the visible checks saw of it.

A course that is built knows what each known mistake gives for the fixed inputs of its
visible checks. It writes a file with a key for each of them (see
:mod:`answer_checks.transcript`) and the words of its reason: no code, no value. A check
that falls short looks its own key up there.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from answer_checks.advice import Advice
from answer_checks.transcript import Transcript


def find_reason(
    folder: Path | None, exercise: str, transcript: Transcript
) -> Advice | None:
    """Return the reason of the one known mistake that leaves this transcript.

    Parameters
    ----------
    folder : Path or None
        Holds the files of reasons, one per notebook, in folders by lecture.
    exercise : str
        The id.
    transcript : Transcript
        What the checks saw.

    Returns
    -------
    Advice or None
        None where no known mistake leaves it, or more than one.
    """
    if folder is None or not transcript.telling:
        return None
    for path in sorted(folder.glob("*/*.json")):
        found = _read(path).get(exercise)
        if found:
            said = found.get(transcript.key(exercise))
            return Advice(*said) if said else None
    return None


@cache
def _read(path: Path) -> dict[str, Any]:
    """Return the exercises of a file; one that cannot be read has none."""
    try:
        exercises = json.loads(path.read_text("utf-8"))["exercises"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return exercises if isinstance(exercises, dict) else {}
