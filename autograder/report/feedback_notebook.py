"""A student's feedback on a lecture as a notebook, where a platform wants that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from answer_checks.language import ENGLISH, Language
from autograder.cleaning.markdown_text import clean_markdown
from autograder.notebook_name import lecture_of, stem_of
from autograder.report.feedback import Result
from autograder.report.page import one_line, points
from autograder.verdict import Judgement


def feedback_notebook(
    judgements: Mapping[str, Judgement], student: str, language: Language = ENGLISH
) -> str:
    """Return a notebook of texts alone: points, reasons and what to do next.

    It shows none of the student's own cells, and what it says is on the pages, too.

    Parameters
    ----------
    judgements : mapping
        Notebook -> judgement.
    student : str
        The student's id; any text.
    language : Language
        Of the messages.
    """
    lecture = lecture_of(next(iter(judgements), ""))
    taken = (one.language for one in judgements.values() if one.language)
    language = language.for_edition(next(taken, ""))
    say = language.messages.say
    parts = [f"# {say(f'Feedback, {lecture}')}\n\n{say('For')} {_plain(student)}"]
    for name, judgement in judgements.items():
        results = [Result(verdict, language) for verdict in judgement.verdicts]
        score = points(sum(verdict.counted for verdict in judgement.verdicts))
        most = points(sum(verdict.counted_max for verdict in judgement.verdicts))
        parts.append(f"## {stem_of(name)}: {say(f'{score} of {most} points')}")
        parts += [_about(result, judgement, say) for result in results]
    cells = [
        {
            "cell_type": "markdown",
            "id": hashlib.sha256(f"{i} {part}".encode()).hexdigest()[:8],
            "metadata": {},
            "source": part,
        }
        for i, part in enumerate(parts)
    ]
    made: dict[str, Any] = {
        "cells": cells,
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _about(result: Result, judgement: Judgement, say: Callable[[str], str]) -> str:
    if result.waits:
        score = f"up to {points(result.max_score)} points"
    else:
        score = f"{points(result.score)} of {points(result.max_score)} points"
    said = result.status
    lines = [
        f"### {_plain(result.title)}: {say(score)}",
        f"{said[:1].upper()}{said[1:]}.",
    ]
    lines += [f"- {_plain(line)}" for line in result.advice]
    lines += [
        f"- {_plain(check.label)}: {check.said}"
        + (f". {_plain(check.reason)}" if check.reason else "")
        for check in result.checks
    ]
    comment = next(
        (v.comment for v in judgement.verdicts if v.exercise == result.id), ""
    )
    if comment:
        lines.append(f"{say('Your reader writes:')}\n\n{clean_markdown(comment)}")
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:])


def _plain(text: str) -> str:
    return clean_markdown(one_line(text))
