"""Nothing slow is loaded, and nothing is left behind in another's process."""

import subprocess
import sys

import pytest

from autograder.start_up import GRAMMAR, without_address_grammar


def loaded(text, cwd=None):
    """Run `text` and return which packages of the grammar it has loaded or blocked."""
    show = f"print([n for n in ({GRAMMAR!r}, 'lark') if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{text}\n{show}"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=cwd,
    )
    return done.stdout.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "import autograder",
        "from autograder import cli; cli.main(['grade', '--help'])",
        "import autograder.classroom.worker, autograder.classroom.cluster_worker",
    ],
)
def test_the_grammar_is_not_loaded_and_not_blocked_afterwards(text):
    assert loaded(text) == "[]"


@pytest.mark.slow
def test_an_instructors_kernel_is_left_as_it_is():
    text = "from autograder import hidden_tests\nimport rfc3987_syntax"
    assert loaded(text) == f"[{GRAMMAR!r}, 'lark']"


def test_what_has_been_loaded_stays(monkeypatch):
    here = object()
    monkeypatch.setitem(sys.modules, GRAMMAR, here)
    with without_address_grammar():
        assert sys.modules[GRAMMAR] is here
    assert sys.modules[GRAMMAR] is here
