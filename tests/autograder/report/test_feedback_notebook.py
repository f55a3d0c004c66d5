"""Feedback as a notebook: it says what the page says, and does nothing."""

import json

import nbformat

from autograder.report.feedback_notebook import feedback_notebook

from .conftest import ATTACKS, HOSTILE_NAME


def test_it_says_what_the_page_says(judged, judgement):
    judgement.verdicts[0].comment = "Look at the case **0**."
    made = feedback_notebook({judgement.notebook: judgement}, "ada")
    notebook = nbformat.reads(made, as_version=4)
    nbformat.validate(notebook)
    said = "\n\n".join(cell.source for cell in notebook.cells)
    assert said.startswith("# Feedback, test\n\nFor ada")
    assert "## 01_small: 1 of 5 points" in said
    assert "### t_double: 1 of 2 points\n\nPartly correct." in said
    assert "- an array: not passed. twice: has the wrong sign" in said
    assert "Next step: work a small case by hand" in said
    assert "Your reader writes:\n\nLook at the case **0**." in said
    assert made == feedback_notebook({judgement.notebook: judgement}, "ada")


def test_it_holds_nothing_of_the_students_and_nothing_that_runs(hostile):
    verdict = hostile.judgement.verdicts[0]
    verdict.hint = verdict.comment = "".join(ATTACKS)
    made = feedback_notebook({"test/01_small": hostile.judgement}, HOSTILE_NAME)
    notebook = json.loads(made)
    assert {cell["cell_type"] for cell in notebook["cells"]} == {"markdown"}
    said = "".join(cell["source"] for cell in notebook["cells"]).lower()
    for begins in ("<script", "<img", "<svg", "<iframe", "<a", "<form"):
        assert begins not in said
