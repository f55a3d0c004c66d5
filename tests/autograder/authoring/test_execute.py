"""What a solution notebook holds after its run, and how a run fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.authoring import execute
from autograder.course.course import load_course


def cells(course):
    notebook = json.loads(course.solution().read_text())
    return {cell["id"]: cell for cell in notebook["cells"]}, notebook


def text_of(cell):
    return ["".join(output["text"]) for output in cell["outputs"]]


@pytest.mark.slow
def test_outputs_are_stored_and_every_code_cell_ran(built):
    by_id, notebook = cells(built)
    assert text_of(by_id["l9_setup"]) == ["ready\nsteady\n"]
    assert text_of(by_id["l9_add_test"]) == ["hidden tests of l9_add passed\n"]
    assert text_of(by_id["l9_demo"]) == ["42\n"]
    counts = [c["execution_count"] for c in notebook["cells"] if "outputs" in c]
    assert counts == list(range(1, len(counts) + 1))


def test_solution_names_its_source_and_command(built):
    _, notebook = cells(built)
    note = notebook["metadata"]["built"]
    assert note["source"] == "solutions/lecture9/01_small.py"
    assert note["command"] == "make build"
    assert "`make build`" in note["generated"]


def test_metadata_holds_nothing_of_this_machine(built):
    _, notebook = cells(built)
    text = built.solution().read_text()
    assert str(built.root) not in text
    assert "lines_to_next_cell" not in text
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert "version" not in notebook["metadata"]["language_info"]
    assert all("execution" not in cell["metadata"] for cell in notebook["cells"])
    assert "jupytext" not in notebook["metadata"]


def test_cell_ids_come_from_grade_ids_or_text_and_are_unique(built):
    _, notebook = cells(built)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert ids[1:8] == [
        "l9_setup",
        "l9_add",
        "l9_add_test",
        "l9_predict",
        "l9_predict_test",
        "l9_question",
        "l9_demo",
    ]
    assert ids[9] == f"{ids[8]}-2"
    assert len(set(ids)) == len(ids)


@pytest.mark.slow
def test_paths_streams_and_addresses(course):
    """One run for several habits: it starts a kernel."""
    course.change(
        "print(add(20, 22))",
        "import pathlib, warnings\n"
        "print(pathlib.Path(__import__('cs231n_lib').__file__))\n"
        "print(pathlib.Path.cwd())\n"
        "print('err', file=sys.stderr)\n"
        "print('out')\n"
        "warnings.warn('careful', stacklevel=1)",
    )
    course.build()
    by_id, _ = cells(course)
    out, err = text_of(by_id["l9_demo"])
    assert out.split("\n") == ["cs231n_lib/__init__.py", "<temporary>/work", "out", ""]
    assert err.startswith("err\n<cell>:6: UserWarning: careful")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("print(1 / 0)", "the cell raises ZeroDivisionError: division by zero"),
        ("import os; os._exit(1)", "the kernel died in this cell"),
        ("print(object())", "the output holds a memory address (at 0x"),
        ("import time; time.sleep(60)", "the cell takes more than 2 s"),
    ],
)
def test_failed_run_names_file_and_line(course, monkeypatch, code, reason):
    from autograder.authoring import execute as module

    monkeypatch.setattr(module.execute, "__defaults__", (2, None))
    course.change("print(add(20, 22))", code)
    (line,) = course.refusal()
    at = course.line(code) - 1
    assert line.startswith(f"solutions/lecture9/01_small.py:{at}: {reason}")
    assert not course.solution().exists()
    assert not course.student().exists()


@pytest.mark.slow
def test_expected_error_is_kept_without_paths(course):
    course.change('tags=["demo"]', 'tags=["demo", "raises-exception"]')
    course.change("print(add(20, 22))", "raise ValueError('on purpose')")
    course.build()
    by_id, _ = cells(course)
    (output,) = by_id["l9_demo"]["outputs"]
    assert output["ename"] == "ValueError"
    assert "\x1b" not in "".join(output["traceback"])


def test_a_build_takes_the_embedded_data_whatever_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("CS231N_DATASET", "cifar10")
    environment = load_course(Path(__file__).parents[3]).environment
    assert execute._environment(tmp_path, tmp_path, environment)["CS231N_DATASET"] == ""
