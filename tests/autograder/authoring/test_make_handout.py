"""The handout holds what students need, shown by its content."""

from __future__ import annotations

import copy
import io
import json
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum, determine_grade
from nbgrader.validator import Validator

from autograder.authoring.make_handout import GO_ON, make_handout
from autograder.authoring.notebook_files import NotebookFiles
from autograder.authoring.regions import SOLUTION, find_regions
from autograder.authoring.source import read_source, to_notebook


@pytest.fixture(scope="module")
def student(built):
    return nbformat.read(built.student(), as_version=4)


@pytest.fixture(scope="module")
def by_id(student):
    return {cell.id: cell for cell in student.cells}


@pytest.mark.slow
def test_no_line_of_an_answer_is_left(built, student):
    from autograder.authoring.notebook_files import NotebookFiles

    text = built.student().read_text()
    source, _ = read_source(NotebookFiles(built.root, "lecture9/01_small"))
    hidden = [
        line.strip()
        for cell in source.cells
        for region in find_regions(cell.lines, SOLUTION)[0]
        for line in region.body
    ]
    assert hidden == [
        "secret_total = a + b",
        "return secret_total",
        'answers["sum"] = 31337',
        "Because addition commutes.",
    ]
    for line in hidden:
        assert json.dumps(line)[1:-1] not in text


@pytest.mark.parametrize(
    "word",
    [
        "hidden_tests",
        "autograder",
        "BEGIN SOLUTION",
        "END SOLUTION",
        "HIDDEN TESTS",
        "solutions/",
        "01_small",
        "secret_total",
        "inputs",
    ],
)
def test_no_word_of_the_solution(built, word):
    assert word in built.solution().read_text()
    assert word not in built.student().read_text()


def test_no_outputs_and_no_counts(student):
    code = [cell for cell in student.cells if cell.cell_type == "code"]
    assert code
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_function_stub_raises_and_names_its_exercise(by_id):
    names: dict = {}
    exec(by_id["l9_add"].source, names)  # noqa: S102 - our own stub
    with pytest.raises(NotImplementedError, match=r"^l9_add: "):
        names["add"](1, 2)


def test_value_stub_leaves_the_first_values(by_id):
    names: dict = {}
    exec(by_id["l9_predict"].source, names)  # noqa: S102 - our own stub
    assert names["answers"] == {"sum": None}


def test_text_stub_keeps_the_question(by_id):
    assert by_id["l9_question"].source == (
        "**Question.** Why does the order not matter?\n\nYOUR ANSWER HERE"
    )


def test_visible_check_stays(by_id):
    assert by_id["l9_add_test"].source == "assert add(1, 2) == 3"


def test_locks(by_id):
    assert by_id["l9_add_test"].metadata.editable is False
    assert by_id["l9_setup"].metadata.editable is False
    assert "editable" not in by_id["l9_add"].metadata
    assert by_id["l9_add"].metadata.deletable is False


def test_nbgrader_agrees_with_metadata_and_checksums(student, by_id):
    MetadataValidator().validate_nb(student)
    for cell in student.cells:
        if "nbgrader" in cell.metadata:
            assert cell.metadata.nbgrader.checksum == compute_checksum(cell)
    assert determine_grade(by_id["l9_question"]) == (0, 1.5)


def test_nbgrader_clears_the_solution_alike(built, by_id):
    """With the same stub, nbgrader's own steps make the same but for our tag."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.preprocessors import (
        ClearSolutions,
        IncludeHeaderFooter,
        InstantiateTests,
        SaveCells,
    )

    from autograder.authoring.stubs import StubSolutions

    made = nbformat.read(built.solution(), as_version=4)
    resources = {"nbgrader": SimpleNamespace()}
    for step in GenerateAssignment.preprocessors.default():
        if step in (IncludeHeaderFooter, InstantiateTests, SaveCells):
            continue  # they need a gradebook or files beside the notebook
        chosen = StubSolutions if step is ClearSolutions else step
        made, resources = chosen().preprocess(made, resources)
    for cell in made.cells:
        ours = copy.deepcopy(by_id[cell.id])
        kept = [tag for tag in ours.metadata.pop("tags", []) if tag != GO_ON]
        assert cell.metadata.pop("tags", []) == kept
        assert cell == ours


def test_names_the_command_that_made_it(student):
    assert student.metadata.built == {
        "generated": "Made by `make build` from the course's sources."
    }


def test_code_below_the_first_answer_does_not_stop_a_run_of_all(student, by_id):
    tagged = {c.id for c in student.cells if GO_ON in c.metadata.get("tags", [])}
    assert tagged == {"l9_add_test", "l9_predict_test", "l9_demo"}
    assert by_id["l9_demo"].metadata.tags == ["demo", "raises-exception"]


def test_an_experiment_of_the_students_own_does_not_stop_it_either(course):
    course.write(course.source().read_text("utf-8") + "\n# %%\nprint(add(1, 2))\n")
    source, _ = read_source(NotebookFiles(course.root, "lecture9/01_small"))
    *_, own = make_handout(to_notebook(source)).cells
    assert own.metadata.tags == [GO_ON]


@pytest.mark.slow
def test_an_unanswered_exercise_reports_itself_and_still_earns_nothing(student):
    """nbclient, which runs notebooks for nbgrader, goes on where Jupyter does."""
    notebook = nbformat.from_dict(json.loads(json.dumps(student)))
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    cells = {cell.id: cell for cell in notebook.cells}
    (error,) = cells["l9_add_test"].outputs
    assert error.ename == "NotImplementedError"
    assert determine_grade(cells["l9_add_test"]) == (0, 2)


@pytest.mark.slow
def test_nbgrader_validates_no_exercise_that_is_not_answered(built):
    validator = Validator()
    validator.stream = io.StringIO()
    validator.validate_and_print(str(built.student()))
    said = validator.stream.getvalue()
    assert said.startswith("VALIDATION FAILED ON")
    assert "l9_add: not written yet" in said
