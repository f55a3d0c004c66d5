"""Equal mistakes together, each with the code of one who made it."""

import pytest

from autograder.course.exercises import get
from autograder.report.mistakes import (
    MOST_LINES,
    NO_MISTAKE,
    TRIES,
    WIDEST,
    Key,
    Mistake,
    excerpt,
    find_examples,
    mistakes_in,
)
from autograder.verdict import CheckResult, Status, Verdict

from .conftest import code, notebook

WRONG = CheckResult("a number", 1, 0, "value", "twice: too large")
ALSO = CheckResult("an array", 1, 0, "value", "twice: too large by far")


def verdict(status="wrong", checks=(), **fields):
    return Verdict("l3_svm_loss_i", 0, 2, status, list(checks), **fields)


def test_a_known_misconception_is_called_by_its_name():
    known = get("l3_svm_loss_i").known("counts_true_class")
    found = mistakes_in(verdict(checks=[WRONG], misconceptions=[known.name]))
    assert found == [Key(known.name, known.says)]
    both = mistakes_in(verdict(misconceptions=[known.name, "no_such", known.name]))
    assert [key.says for key in both] == [known.says, "no such"]


def test_without_a_name_the_checks_and_the_reason_make_it():
    (one,) = mistakes_in(verdict(checks=[WRONG, ALSO]))
    assert one == Key("", "a number: twice: too large", ("a number", "an array"))
    (other,) = mistakes_in(verdict(checks=[WRONG]))
    assert other != one


@pytest.mark.parametrize("status", sorted(NO_MISTAKE))
def test_no_answer_is_no_mistake(status):
    assert mistakes_in(verdict(status, [WRONG])) == []


def test_every_other_status_may_be_one():
    for status in set(Status) - NO_MISTAKE:
        assert mistakes_in(verdict(status, [WRONG]))


def test_a_cell_that_did_not_end_is_one_and_a_fault_of_the_grader_none():
    late = verdict("timeout", note="the cell did not end within the time limit")
    assert [k.says for k in mistakes_in(late)] == [late.note]
    assert mistakes_in(verdict("crashed", grader_failed=True)) == []
    assert mistakes_in(verdict()) == []


def mistake(small, students, alone=()):
    return Mistake(small.exercises[0], Key("", "x"), list(students), list(alone))


def test_who_made_no_other_mistake_serves_first(small):
    names = [f"s{i}" for i in range(20)]
    assert mistake(small, names, ["s7"]).candidates[0] == "s7"
    assert len(mistake(small, names).candidates) == TRIES


def test_no_alphabet_chooses_the_example(small):
    names = [f"s{i}" for i in range(20)]
    first = {
        Mistake(e, Key("", says), names, names).candidates[0]
        for e in small.exercises
        for says in "abcdef"
    }
    assert len(first) > 5
    again = mistake(small, reversed(names)).candidates
    assert again == mistake(small, names).candidates


def test_the_example_is_the_code_of_who_made_it(small):
    opened = []

    def load(student, name):
        opened.append((student, name))
        return notebook(code(f"# by {student}", grade_id="t_double"))

    one = mistake(small, ["ada"])
    assert find_examples([one], load, {}) == {("t_double", one.key): "# by ada"}
    assert opened == [("ada", "test/01_small")]


def test_an_untouched_or_missing_cell_is_no_example(small):
    cells = {"s1": "stub", "s2": None, "s3": "answer"}

    def load(student, _):
        source = cells[student]
        return notebook(*([code(source, grade_id="t_double")] if source else []))

    one = mistake(small, cells)
    found = find_examples([one], load, {"t_double": "  stub"})
    assert list(found.values()) == ["answer"]
    assert (
        find_examples([mistake(small, ["s1", "s2"])], load, {"t_double": "stub"}) == {}
    )


def test_a_notebook_is_read_once_for_all_its_mistakes(small):
    opened = []

    def load(student, name):
        opened.append(student)
        return notebook(code("a", grade_id="t_double"), code("b", grade_id="t_triple"))

    both = [Mistake(e, Key("", "x"), ["ada"], ["ada"]) for e in small.exercises[:2]]
    assert len(find_examples(both, load, {})) == 2
    assert opened == ["ada"]


def test_an_example_is_short():
    long = excerpt("\n".join(f"x{i} = " + "1 + " * 40 + "1" for i in range(60)))
    lines = long.split("\n")
    assert len(lines) == MOST_LINES + 1
    assert lines[-1] == f"# … {60 - MOST_LINES} more lines"
    assert all(len(line) <= WIDEST for line in lines)


DOCUMENTED = '''\
class A:
    """A class."""

    def f(self):
        r"""Two
        lines."""
        return "kept"


def g(): "beside"
'''


def test_docstrings_are_left_out_and_other_texts_stay():
    assert excerpt(DOCUMENTED) == (
        'class A:\n    def f(self):\n        return "kept"\n\n\ndef g(): "beside"'
    )


@pytest.mark.parametrize("source", ["def f(:", "x = '\0'", "(" * 90, "", "\n\n"])
def test_code_that_is_none_is_shown_as_it_is(source):
    assert excerpt(source) == source.strip()
