"""What a source says of a cell reaches the notebooks."""

import pytest

from autograder.authoring.make_handout import make_handout
from autograder.authoring.notebook_files import NotebookFiles
from autograder.authoring.source import read_source, to_notebook


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
