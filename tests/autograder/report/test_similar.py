"""Pairs far closer than the class's others are found; what all share is none."""

import pytest

from autograder.report.similar import find_similar, passages_of
from autograder.report.similar_page import render_similar, similar_rows
from autograder.verdict import CheckResult, Judgement, Status, Verdict

OWN = """def double(x):
    \"\"\"Twice.\"\"\"
    total = 0.0
    for step in range({0}):
        total = total + x * ({1} ** step) - step / {0}
        total -= [{0}, {1}][step % 2] if step > {0} else -{1}
    return total * {1} / {0}
"""
TEXTBOOK = "def double(x):\n    pieces = [x, x]\n    return sum(pieces) / 1.0 + 0 * x\n"


def renamed(source):
    """Give the variables other names, and the lines other remarks."""
    for old, new in (("total", "acc"), ("step", "i"), ("x", "value")):
        source = source.replace(old, new)
    return source.replace("\n    return", "  # done\n    return").replace(
        "Twice.", "My own."
    )


@pytest.fixture
def look(small):
    """Return a function that compares a class: code of t_double, by student."""

    def compare(codes, mistakes=None):
        def load(student, notebook):
            meta = {"nbgrader": {"grade_id": "t_double"}}
            cell = {"cell_type": "code", "metadata": meta, "source": codes[student]}
            return {"cells": [cell]}

        results = {
            student: {small.name: judgement(small, (mistakes or {}).get(student))}
            for student in codes
        }
        return find_similar([small], results, load), load

    return compare


def judgement(small, said):
    verdict = Verdict("t_double", 2.0, 2.0, Status.CORRECT)
    if said:
        checks = [CheckResult("a number", 2.0, 0.0, "value", said)]
        verdict = Verdict("t_double", 0.0, 2.0, Status.WRONG, checks)
    return Judgement(small.name, [verdict])


def a_class(size=12):
    return {f"student-{n}": OWN.format(n + 3, 7 * n + 5) for n in range(size)}


def test_a_class_without_copies_has_no_pairs(look):
    found, _ = look(a_class())
    assert found.pairs == []
    assert found.compared == 12
    assert found.cutoff >= 0.5


def test_a_copy_with_other_names_and_remarks_is_found(look, small):
    codes = a_class()
    codes["copy"] = renamed(codes["student-4"])
    assert passages_of(codes["copy"]) == passages_of(codes["student-4"])
    found, load = look(codes)
    (pair,) = found.pairs
    assert pair.students == ("copy", "student-4")
    assert pair.likeness == 1.0
    assert pair.exercises == ["t_double"]
    page = render_similar("test", [small], found, load)
    assert "This proves nothing." in page
    assert "<bdi>copy</bdi> and <bdi>student-4</bdi>: 100 percent" in page
    assert similar_rows(found) == [["copy", "student-4", "100", "t_double", ""]]


def test_what_many_share_and_what_was_handed_out_is_nothing(look, small):
    codes = a_class() | {f"reader-{n}": TEXTBOOK for n in range(6)}
    stub = small.cells["t_double"].source
    codes |= {f"blank-{n}": stub for n in range(2)}
    found, _ = look(codes)
    assert found.pairs == []
    assert found.compared == 12


def test_a_rare_mistake_in_common_comes_first(look):
    codes = a_class(30)
    codes["one"] = renamed(codes["student-1"])
    codes["two"] = renamed(codes["student-2"])
    wrong = {"two": "is 3 times too large", "student-2": "is 3 times too large"}
    common = {f"student-{n}": "has the wrong sign" for n in range(10, 20)}
    found, _ = look(codes, wrong | common)
    first, second = found.pairs
    assert first.students == ("student-2", "two")
    assert any("3 times too large" in mistake for mistake in first.mistakes)
    assert (second.students, second.mistakes) == (("one", "student-1"), [])


def test_code_that_is_no_python_is_compared_up_to_there(look):
    codes = a_class() | {"broken": OWN.format(99, 98) + "\n   return ('"}
    codes["copy"] = codes["broken"]
    found, _ = look(codes)
    assert [pair.students for pair in found.pairs] == [("broken", "copy")]


def test_an_empty_class_is_compared_too(look, small):
    found, load = look({})
    assert (found.pairs, found.compared) == ([], 0)
    assert "there is nothing to compare" in render_similar("test", [small], found, load)
