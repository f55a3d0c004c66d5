"""What a source says of a cell reaches the notebooks."""

import pytest

from autograder.authoring.make_handout import make_handout
from autograder.authoring.notebook_files import NotebookFiles
from autograder.authoring.source import read_source, to_notebook
from autograder.authoring.validate import validate

PRACTICE = """
# %% nbgrader={"grade": false, "grade_id": "l9_twice", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["practice"]
def twice(a):
    ### BEGIN SOLUTION
    return add(a, a)
    ### END SOLUTION
"""  # noqa: E501


@pytest.mark.parametrize("hidden", [True, False])
def test_code_is_folded_away_where_only_its_picture_is_to_be_read(course, hidden):
    if hidden:
        course.change('tags=["demo"]', 'tags=["demo", "hide-input"]')
    source, problems = read_source(NotebookFiles(course.root, "lecture9/01_small"))
    assert problems == []
    for notebook in (to_notebook(source), make_handout(to_notebook(source))):
        folded = {
            cell.id
            for cell in notebook.cells
            if cell.metadata.get("jupyter", {}).get("source_hidden")
        }
        assert folded == ({"l9_demo"} if hidden else set())


def test_a_practice_needs_no_record_and_its_answer_is_not_handed_out(course):
    course.write(course.source().read_text(encoding="utf-8") + PRACTICE)
    source, problems = read_source(NotebookFiles(course.root, "lecture9/01_small"))
    assert problems + validate([source], course.registry) == []
    handout = make_handout(to_notebook(source))
    (cell,) = [one for one in handout.cells if one.id == "l9_twice"]
    assert cell.source.endswith(
        'raise NotImplementedError("l9_twice: not written yet")'
    )
    assert "add(a, a)" not in cell.source
