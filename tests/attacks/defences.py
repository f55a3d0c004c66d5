"""In which way each program of this folder was seen to succeed.

A defence that no program needs is not proven. A program succeeds against our engine
without the sandbox (``open`` in its header), against our engine with one defence off
(``OFF``), or against nbgrader alone (``against_nbgrader.json``, written by
``against_nbgrader.py``). ``NOWHERE`` says why the others stay.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from answer_checks import compare
from autograder.exercise.student import Student
from autograder.judging.ask import RemoteBackend
from autograder.judging.judge import Examination

NBGRADER = Path(__file__).parent / "against_nbgrader.json"


def not_alone(examination: Any, exercise: Any, before: Any) -> Any:
    """Stand for the second question, in a process without other answers."""
    return before


def no_finding(*_: Any, **__: Any) -> None:
    """Stand for the search for loops."""


def any_number(value: Any) -> bool:
    """Stand for the test whether an answer is a number."""
    return isinstance(value, int | float)


def as_it_came(_: Any, value: Any) -> Any:
    """Stand for the filter of what is told of an answer."""
    return value


LOOPS = (
    "the steps of a call are not counted",
    ((Student, "without_loops"),),
    no_finding,
)
# Program -> what is switched off, in words; the functions; what stands there instead.
OFF: dict[str, tuple[str, tuple[tuple[Any, str], ...], Any]] = {
    "leaks/type_of_an_answer": (
        "types are told as they came",
        ((RemoteBackend, "plain_value"),),
        as_it_came,
    ),
    "leaks/shape_of_an_answer": (
        "shapes are told as they came",
        ((RemoteBackend, "plain_value"),),
        as_it_came,
    ),
    "leaks/name_of_an_error": (
        "errors are told as they came",
        ((RemoteBackend, "plain_error"),),
        as_it_came,
    ),
    "points/channel_with_number": (
        "an exercise is not asked alone",
        ((Examination, "ask_alone"),),
        not_alone,
    ),
    "faults/names_deleted": (
        "an exercise is not asked alone",
        ((Examination, "ask_alone"),),
        not_alone,
    ),
    **{
        f"points/loop_{name}": LOOPS
        for name in (
            *("behind_a_decoy", "beside_a_magic", "by_another_name"),
            *("by_exec", "by_globals"),
        )
    },
    "points/reply_bool_for_number": (
        "True counts as a number",
        ((compare, "is_number"),),
        any_number,
    ),
}
# Program -> the limit that is raised.
RAISED: dict[str, dict[str, int]] = {
    "harm/output_flood": {"output_bytes": 2**26},
}
# Programs that succeed where an earlier run of themselves left something behind.
TWICE = ("harm/survivors", "leaks/other_submissions", "leaks/inputs_in_files")
PLAIN = "a fault that costs its own exercise under nbgrader too; others keep theirs"
ONLY_OURS = "reaches parts that only this engine has, and what it exchanges is its own"
NOWHERE: dict[str, str] = {
    "faults/keyboard_interrupt": PLAIN,
    "faults/loop": PLAIN,
    "faults/output_of_controls": PLAIN,
    "faults/output_of_halves": PLAIN,
    "faults/repr_without_end": PLAIN,
    "faults/shell_broken": "nothing that runs after it needs the shell",
    "faults/syntax": PLAIN,
    "faults/waits_for_input": PLAIN,
    "harm/memory_bomb": "without a limit it would take the memory of this machine",
    "harm/memory_in_a_question": "as above",
    "leaks/compiled_files": "nbgrader has no compiled files of its own to hide",
    "leaks/length_of_an_answer": "no message ever told the length of a list",
    "points/answers_of_other_numbers": "most of these kinds cannot be compared at all",
    "points/memory_between_questions": "a second answer counts only where it is right",
    "points/name_exchanged_by_a_thread": "the answer put in place is no better",
    "points/printed_score": "nobody takes points from printed text, nbgrader neither",
    "points/reader_of_answers_exchanged": ONLY_OURS,
    "points/reply_changed_by_a_thread": ONLY_OURS,
    "points/reply_endless": ONLY_OURS,
    "points/reply_huge_array": ONLY_OURS,
    "points/reply_huge_integer": "an integer is compared as a float, or not at all",
    "points/reply_pickled": "nothing reads a pickle, here or in nbgrader",
    "points/reply_ragged": "the form of an answer is compared before its numbers",
    "points/reply_special": ONLY_OURS,
    "points/reply_too_many_entries": ONLY_OURS,
    "points/reply_tuple_subclass": "an ordinary test unpacks what the tuple holds",
    "points/server_searched": ONLY_OURS,
    "points/evaluator_exchanged": ONLY_OURS,
    "points/probes_exchanged": ONLY_OURS,
    "points/wire_exchanged": ONLY_OURS,
}


def nbgrader_results() -> dict[str, dict[str, str]]:
    """Return how each program succeeds against nbgrader alone, and with which tests.

    ``what`` is empty where it does not.
    """
    return dict(json.loads(NBGRADER.read_text("utf-8")))


def succeeds(name: str, opened: bool) -> str:
    """Say where a program succeeds, or why it stays, for the table of the README."""
    ways = []
    seen = nbgrader_results()[name]
    if seen["what"]:
        ways.append(f"nbgrader: {seen['what']}")
    if opened or name in TWICE:
        ways.append("here without the sandbox")
    if name in OFF:
        ways.append(f"here where {OFF[name][0]}")
    if name in RAISED:
        ways.append(f"here with more `{next(iter(RAISED[name]))}`")
    return "; ".join(ways) or f"nowhere: {NOWHERE[name]}"
