"""The questions on the way: each digest is that of the answer its author states."""

import ast
import tomllib
from pathlib import Path

import pytest

from answer_checks.question import digest
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.source import read_source

pytestmark = pytest.mark.slow

ROOT = next(p for p in Path(__file__).parents if (p / "pyproject.toml").exists())
NOTEBOOKS = find_notebooks(ROOT)


def asked(files):
    """Yield each question of a notebook: its cell, and the call in it."""
    source, _ = read_source(files)
    for cell in source.cells:
        if cell.node.cell_type != "code" or "checks.question(" not in cell.node.source:
            continue
        for node in ast.walk(ast.parse(cell.node.source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ".question"
            ):
                yield cell, node


def stated(files):
    """Read what the author of a notebook's questions says of them."""
    path = files.source.with_suffix("") / "questions.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


@pytest.mark.parametrize("files", NOTEBOOKS, ids=lambda files: files.name)
def test_each_question_has_a_stated_answer_and_the_other_way_round(files):
    names = [call.args[0].value for _, call in asked(files)]
    assert len(set(names)) == len(names)
    assert set(names) == set(stated(files))


@pytest.mark.parametrize("files", NOTEBOOKS, ids=lambda files: files.name)
def test_the_digest_is_that_of_the_answer_and_of_no_likely_mistake(files):
    answers = stated(files)
    for _, call in asked(files):
        name, _, right = call.args
        options = {k.arg: ast.literal_eval(k.value) for k in call.keywords}
        options.pop("hint", None)
        one = answers[name.value]
        want = digest(name.value, one["right"], **options)
        assert right.value == want, f"{name.value}: write {want!r}"
        assert one["wrong"], f"{name.value}: state a likely mistake"
        for mistake in one["wrong"]:
            assert digest(name.value, mistake, **options) != want, (name.value, mistake)
        if isinstance(one["right"], float):  # what floating point leaves over
            for near in (one["right"] * (1 - 1e-9), one["right"] * (1 + 1e-9)):
                assert digest(name.value, near, **options) == want, name.value


@pytest.mark.parametrize("files", NOTEBOOKS, ids=lambda files: files.name)
def test_the_student_may_change_the_cell_and_no_answer_stands_in_it(files):
    for cell, call in asked(files):
        assert not cell.nbgrader, cell.line
        variable = call.args[1].id
        values = [
            node.value.value
            for node in ast.walk(ast.parse(cell.node.source))
            if isinstance(node, ast.Assign) and node.targets[0].id == variable
        ]
        assert values == [None], cell.line
