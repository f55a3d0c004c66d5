"""A name that is not defined, told by the cell that should have defined it."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from answer_checks.missing_name import explain_missing_name

LOSS = "import nosuchpackage\n\ndef loss(x):\n    return 0.0"
CHECK = """
from cs231n_lib import checks

with checks.exercise("l0_x") as check:
    check.call({name}, 2.0, expect=0.0)
"""


@pytest.fixture
def shell():
    shell = InteractiveShell()
    yield shell
    shell.history_manager.enabled = False
    InteractiveShell.clear_instance()


def told(shell, *cells, name="loss"):
    """Run cells as a notebook does, then a check; return what it says."""
    for cell in cells:
        shell.run_cell(cell, store_history=True, silent=False)
    done = shell.run_cell(CHECK.format(name=name), store_history=True)
    return str(done.error_in_exec)


def test_a_failed_import_above_an_answer_is_named(shell, capsys):
    assert told(shell, LOSS).splitlines() == [
        "l0_x: loss is not defined",
        "Likely reason: its cell stopped at `import nosuchpackage`: no package "
        "`nosuchpackage` is installed here.",
        "Next step: use NumPy and what the notebook imports, then run the cell again.",
    ]


def test_a_failed_import_of_what_an_answer_uses_is_named(shell, capsys):
    cells = "from nosuch.part import hinge", "def loss(x):\n    return hinge(x)"
    said = told(shell, *cells)
    assert "raised NameError: name 'hinge' is not defined" in said
    assert "its cell stopped at `import nosuch.part`: no package `nosuch`" in said


def test_a_cell_that_stopped_for_another_reason_is_to_be_run_again(shell, capsys):
    said = told(shell, "1 / 0\nimport math as m", "def loss(x):\n    return m.exp(x)")
    assert "a cell that was run gives `m` its meaning, and stopped before it" in said
    assert "installed" not in said


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ([], "f"),
        (["def g(): pass", "x ="], "f"),
        # What is local to a function is no name of the notebook.
        (["def g():\n    import nosuch as f"], "f"),
        (["def g():\n    f = 1"], "f"),
    ],
)
def test_what_no_cell_defines_gets_no_reason(cells, name):
    assert explain_missing_name(name, cells) is None


def test_a_name_that_was_never_run_keeps_its_plain_message(shell, capsys):
    assert told(shell).splitlines() == [
        "l0_x: loss is not defined",
        "Next step: run the cell that defines it.",
    ]


def test_a_package_that_is_installed_is_not_blamed():
    said = explain_missing_name("f", ["import math, numpy.linalg\ndef f(): pass"])
    assert "installed" not in said.likely
