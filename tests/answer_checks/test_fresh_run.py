"""A fresh run says how exercises stand, and what is shown and no longer true."""

from __future__ import annotations

import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from answer_checks import session
from answer_checks.checks import Check
from answer_checks.failed import CheckFailed
from answer_checks.fresh_run import (
    Progress,
    Unusable,
    find_notebooks,
    main,
    report,
    run_afresh,
)
from answer_checks.language import NOTEBOOK_KEY, VARIABLE, language_of
from answer_checks.progress import LONGEST, Row, row, show, table
from answer_checks.session import State


def test_a_cell_after_an_exercise(capsys) -> None:
    session.forget()
    show()
    assert "run all cells" in capsys.readouterr().out
    with Check.exercise("l0_right") as check:
        check.equal(1.0, 1.0)
    with pytest.raises(CheckFailed), Check.exercise("l0_wrong") as check:
        check.equal(1.0, 2.0, "loss")
    with pytest.raises(CheckFailed), Check.exercise("l0_open") as check:
        check.equal(None, 2.0, "loss")
    capsys.readouterr()
    show()
    assert capsys.readouterr().out.splitlines() == [
        "l0_right  passed",
        "l0_wrong  wrong   loss: is too small (got 1, expected 2)",
        "l0_open   open",
        "1 of 3 exercises passed, 1 wrong, 1 open",
    ]


def test_the_likely_reason_is_shown_where_there_is_one() -> None:
    said = "l0_x: loss: too large\nLikely reason: a sum for a mean.\nNext step: look."
    assert row("l0_x", State.WRONG, said).said == "Likely reason: a sum for a mean."
    assert row("l0_x", State.PASSED, said).said == ""
    long = row("l0_x", State.WRONG, "l0_x: " + "long " * 99).said
    assert len(long) == LONGEST
    assert table([]) == "0 of 0 exercises passed, 0 wrong, 0 open"


def graded(exercise: str, source: str):
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = {"grade": True, "grade_id": f"{exercise}_test"}
    return cell


def ran(source: str, shown: str, *tags: str):
    cell = new_code_cell(source, execution_count=1)
    cell.outputs = [new_output("stream", name="stdout", text=shown)]
    cell.metadata["tags"] = list(tags)
    return cell


BLOCK = "with Check.exercise('{0}') as check:\n    check.equal({1}, 2.0, 'loss')"
CELLS = [
    new_code_cell("from answer_checks.checks import Check\nx = 2.0"),
    graded("l0_right", BLOCK.format("l0_right", "x")),
    graded("l0_wrong", BLOCK.format("l0_wrong", "x + 1")),
    graded("l0_open", BLOCK.format("l0_open", "None")),
    graded("l0_stub", "raise NotImplementedError('l0_stub: not written yet')"),
    graded("l0_error", "1 / 0"),
    ran("print(x)", "2.0\n"),
    ran("print(x)", "3.0\n"),
    ran("print(object())", "<object object at 0x7f00000000>\n"),
    ran("import time; print(time.time())", "1.5\n", "nbval-ignore-output"),
    new_code_cell("print(x)"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    file = tmp_path_factory.mktemp("term") / "01_x.ipynb"
    nbformat.write(new_notebook(cells=CELLS), file)
    return file


@pytest.fixture(scope="module")
def found(path):
    before = path.read_bytes()
    made = run_afresh(path, bar=False)
    assert path.read_bytes() == before
    return made


def test_every_exercise_has_its_row(found) -> None:
    states = {one.exercise: one.state for one in found.rows}
    assert states == {
        "l0_right": State.PASSED,
        "l0_wrong": State.WRONG,
        "l0_open": State.OPEN,
        "l0_stub": State.OPEN,
        "l0_error": State.WRONG,
    }
    said = {one.exercise: one.said for one in found.rows}
    assert said["l0_wrong"] == "loss: is too large (got 3, expected 2)"
    assert said["l0_error"] == "ZeroDivisionError: division by zero"


def test_what_a_fresh_run_does_not_give_is_said(found, path) -> None:
    assert found.differing == ["cell 8"]
    assert not found.finished
    text = report(path, found)
    assert "Stored outputs that a fresh run does not give: cell 8. Restart" in text


def test_nothing_is_left_to_do() -> None:
    passed = Row("l0_x", State.PASSED)
    assert Progress([passed], []).finished
    assert not Progress([passed, Row("l0_y", State.OPEN)], []).finished
    assert not Progress([passed], ["cell 2"]).finished


def test_a_folder_stands_for_its_notebooks(tmp_path) -> None:
    for name in ("b/02.ipynb", "a/01.ipynb", "a/.ipynb_checkpoints/01.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    names = [p.relative_to(tmp_path).as_posix() for p in find_notebooks(tmp_path)]
    assert names == ["a/01.ipynb", "b/02.ipynb"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unusable, match="no notebook in this folder"):
        find_notebooks(tmp_path / "empty")


@pytest.mark.parametrize("content", [None, "", "no JSON", "[]"])
def test_a_file_that_cannot_be_run_is_said_in_one_line(
    tmp_path, capsys, content
) -> None:
    path = tmp_path / "x.ipynb"
    if content is not None:
        path.write_text(content)
    assert main([str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert str(path) in captured.err


@pytest.mark.slow
def test_the_command_of_the_course(path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cs231n_lib.progress", str(path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert "1 of 5 exercises passed, 2 wrong, 2 open" in done.stdout
    assert not re.search("WARNING|Traceback", done.stderr)


@pytest.fixture(scope="module")
def korean(tmp_path_factory):
    """The same notebook, with the cell that sets its language, as students have it."""
    cell = new_code_cell(
        "from answer_checks.language import set_language\nset_language('ko')"
    )
    file = tmp_path_factory.mktemp("term") / "01_x.ipynb"
    notebook = new_notebook(cells=[cell, *CELLS], metadata={"course_language": "ko"})
    nbformat.write(notebook, file)
    return file


@pytest.mark.parametrize("terminal", [None, "en", "ko"])
def test_a_notebook_is_told_of_in_its_language(korean, monkeypatch, terminal) -> None:
    if terminal is None:
        monkeypatch.delenv(VARIABLE, raising=False)
    else:
        monkeypatch.setenv(VARIABLE, terminal)
    lines = report(korean, run_afresh(korean, bar=False)).splitlines()
    assert lines[1:] == [
        "l0_right  통과",
        "l0_wrong  오답    loss: 너무 큽니다(받은 값 3, 요구되는 값 2)",
        "l0_open   미완성",
        "l0_stub   미완성",
        "l0_error  오답    ZeroDivisionError: division by zero",
        "연습 문제 5개 가운데 1개 통과, 2개 오답, 2개 미완성",
        "새로 실행하면 나오지 않는 출력이 저장되어 있습니다: 9번 셀. 제출하기 전에 "
        "커널을 다시 시작하고 모든 셀을 실행하십시오.",
    ]


def test_the_likely_reason_is_found_in_another_language() -> None:
    korean = language_of({NOTEBOOK_KEY: "ko"})
    said = "l0_x: loss: 너무 큽니다\n추정 원인: 평균 대신 합.\n다음 단계: 보기."
    assert row("l0_x", State.WRONG, said, korean).said == "추정 원인: 평균 대신 합."


def test_the_terminal_speaks_the_language_that_is_set(
    tmp_path, capsys, monkeypatch
) -> None:
    nothing = tmp_path / "x.ipynb"
    monkeypatch.setenv(VARIABLE, "ko")
    assert main([str(nothing)]) == 2
    assert capsys.readouterr().err == f"{nothing}: 그런 노트북이 없습니다\n"
    monkeypatch.setenv(VARIABLE, "fr")
    assert main([str(nothing)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{VARIABLE} must be one of en, ko")
