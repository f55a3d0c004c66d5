"""Which stub stands for which region."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell

from autograder.authoring.stubs import StubSolutions, stub_faults


def clear(source: str) -> str:
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = {"grade_id": "l9_x", "solution": True, "grade": False}
    cell, _ = StubSolutions().preprocess_cell(cell, {"language": "python"}, 0)
    return cell.source


def region(*lines: str, indent: str = "") -> str:
    body = ["### BEGIN SOLUTION", *lines, "### END SOLUTION"]
    return "\n".join(indent + line for line in body)


def test_method_bodies_each_raise():
    text = clear(
        "class Gate:\n    def forward(self, x):\n"
        + region("return x", indent=" " * 8)
        + "\n\n    def backward(self, dout):\n"
        + region("return dout", indent=" " * 8)
    )
    assert text.count('raise NotImplementedError("l9_x: not written yet")') == 2
    assert stub_faults(text, "l9_x", ("Gate",)) == []


def test_whole_definition_hidden_raises_at_once():
    text = clear(region("def f():", "    return 1"))
    assert text.startswith("# YOUR CODE HERE\nraise NotImplementedError(")
    assert stub_faults(text, "l9_x", ("f",)) == []


@pytest.mark.parametrize(
    "change",
    ["net = Net()", "net.w = 1", "net.layers[0].w = 1", "net += 1", "net.train()"],
)
def test_new_value_for_a_given_name_leaves_it(change):
    text = clear(f"net = None\n{region(change)}")
    assert text == "net = None\n# YOUR CODE HERE: replace None."
    assert stub_faults(text, "l9_x", ("net",)) == []


def test_given_constant_does_not_make_a_definition_a_value():
    text = clear(f"SCALE = 3\n{region('def f():', '    return SCALE')}")
    assert "raise NotImplementedError" in text


def test_given_lines_before_and_after_stay():
    text = clear(
        "def f(x):\n    total = 0.0\n"
        + region("total = x", indent="    ")
        + "\n    return total"
    )
    assert text.startswith("def f(x):\n    total = 0.0\n    # YOUR CODE HERE")
    assert text.endswith("\n    return total")
    assert stub_faults(text, "l9_x", ("f",)) == []


def test_stub_of_another_exercise_is_a_fault():
    text = 'def f():\n    raise NotImplementedError("l9_y: not written yet")'
    assert len(stub_faults(text, "l9_x", ("f",))) == 1


def test_usual_stub_of_nbgrader_is_back_after_a_cell():
    step = StubSolutions()
    usual = step.code_stub
    cell = new_code_cell(region("x = 1"))
    cell.metadata["nbgrader"] = {"grade_id": "l9_x", "solution": True}
    step.preprocess_cell(cell, {"language": "python"}, 0)
    assert step.code_stub == usual
