"""Stored numbers are found in each place that can hold them; usual code is not."""

import ast
import base64
from pathlib import Path

import numpy as np
import pytest

from autograder.exercise.packed_numbers import stored_numbers

WEIGHTS = np.random.default_rng(0).standard_normal(1000)
TEXT = base64.b64encode(WEIGHTS.astype(np.float16).tobytes()).decode()
LINES = [TEXT[i : i + 25] for i in range(0, len(TEXT), 25)]
WIDE = [TEXT[i : i + 60] for i in range(0, len(TEXT), 60)]
SHORT = " ".join(
    "".join(chr(97 + int(w * 4) % 26) for w in WEIGHTS[i : i + 5])
    for i in range(0, 1000, 5)
)
SIGNS = dict.fromkeys(map(ord, "+/="), "")
SOLUTIONS = Path(__file__).parents[3] / "solutions"


@pytest.mark.parametrize(
    "source",
    [
        f"W = {WEIGHTS.round(3).tolist()}",
        f"W = {int.from_bytes(WEIGHTS.astype(np.float16).tobytes(), 'big'):#x}",
        f"W = '{TEXT}'",
        f"W = b'{TEXT}'",
        "W = (\n" + "\n".join(f"    {line!r}" for line in LINES) + "\n)",
        f"W = {LINES}",
        "\n".join(f"# {line}" for line in WIDE),
        f'"""{" ".join(LINES)}"""',
        f"W = '{''.join('+-0'[int(w > 0) + int(w > 1)] for w in WEIGHTS)}'",
        "\n".join(f"x{line.translate(SIGNS)} = 0" for line in WIDE),
        f"W = '{SHORT}'",
        f"def f():\n    '{SHORT}'\n\nW = f.__doc__",
        f"# {SHORT}\nW = In[-1]",
    ],
    ids=[
        "list",
        "integer",
        "text",
        "bytes",
        "lines",
        "list of text",
        "comments",
        "docstring",
        "signs",
        "names",
        "short words",
        "docstring that is read",
        "remark that is read",
    ],
)
def test_weights_are_found_wherever_they_stand(source):
    assert stored_numbers(source)


def test_a_search_over_settings_is_usual():
    source = '''
"""A docstring that explains the search at https://cs231n.github.io/a_long/address."""
# ------------------------------------------------------------------------------------
results = {}
for learning_rate in (0.01, 0.03, 0.1, 0.3, 1.0):
    for reg in (1e-5, 1e-4, 1e-3, 1e-2):
        print(f"learning rate {learning_rate:.0e} reg {reg:.0e}: {results}")
'''
    assert stored_numbers(source) == ""


def test_short_words_that_no_code_reads_are_prose():
    assert stored_numbers(f'def f():\n    """{SHORT}"""\n\n# {SHORT}') == ""


def test_what_cannot_be_read_is_not_judged():
    assert stored_numbers("def f(:") == ""


@pytest.mark.parametrize("path", sorted(SOLUTIONS.glob("*/*.py")), ids=lambda p: p.stem)
def test_our_own_answers_hold_few(path):
    cells = [cell.partition("\n") for cell in path.read_text().split("\n# %%")[1:]]
    solutions = [
        (head, body)
        for head, _, body in cells
        if '"solution": true' in head and "[markdown]" not in head
    ]
    # What is written for practice is judged as well, once.
    assert stored_numbers("\n".join(body for _, body in solutions)) == ""
    answers = [body for head, body in solutions if "practice" not in head]
    assert answers
    source = "\n".join(answers)
    ast.parse(source)
    # Two notebooks' worth of answers would pass as well.
    assert stored_numbers("\n".join([source] * 2)) == ""
