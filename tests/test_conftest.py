"""What the conftest.py above holds every test to."""

import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def run_tests(tmp_path):
    """Return a function that runs tests in files of their own."""

    def run(*words, **files):
        shutil.copy(ROOT / "conftest.py", tmp_path)
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(text)
        (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = slow")
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
        options = {"cwd": tmp_path, "capture_output": True, "text": True}
        return subprocess.run(command, **options, timeout=120).stdout

    return run


def test_a_test_that_takes_the_tracer_away_fails_and_the_next_has_it_again(run_tests):
    said = run_tests(
        "-v",
        test_a="""\
import sys
import pytest

def tracer(frame, event, arg): ...

@pytest.fixture(scope="module", autouse=True)
def traced():
    before = sys.gettrace()
    sys.settrace(tracer)
    yield
    sys.settrace(before)

def test_takes_it(): sys.settrace(None)
def test_has_it(): assert sys.gettrace() is tracer
def test_gives_it_back(): sys.settrace(None); sys.settrace(tracer)
""",
    )
    assert "test_takes_it FAILED" in said
    assert "the test leaves None as Python's tracer; it was <function tracer" in said
    assert "test_has_it PASSED" in said
    assert "test_gives_it_back PASSED" in said


def test_files_with_slow_tests_come_first_and_whole(run_tests):
    slow = "import pytest\ndef test_1(): ...\n@pytest.mark.slow\ndef test_2(): ...\n"
    files = {
        "test_a": "def test_1(): ...",
        "test_b": slow,
        "test_c": "def test_1(): ...",
        "test_d": slow,
    }
    order = ["b::test_1", "b::test_2", "d::test_1", "d::test_2", "a::test_1"]
    listed = run_tests("--collect-only", "-q", **files).splitlines()[:6]
    assert listed == [
        f"test_{name}".replace("::", ".py::") for name in [*order, "c::test_1"]
    ]
    # One worker takes them in the order in which all of them are handed out.
    words = ["-v", "--numprocesses=1", "--dist=loadfile"]
    said = run_tests(*words, **files)
    done = [line.split()[-1] for line in said.splitlines() if " PASSED " in line]
    assert done == listed


def test_numpy_computes_with_one_thread(run_tests):
    said = run_tests(
        test_a="import os\ndef test(): assert os.environ['OPENBLAS_NUM_THREADS'] == '1'"
    )
    assert "1 passed" in said


def test_a_file_for_all_is_made_once_and_never_seen_half_written(made_once, tmp_path):
    name, made = f"{tmp_path.name}.txt", []

    def fail(path):
        path.write_text("half")
        raise OSError("no room for it")

    with pytest.raises(OSError, match="no room"):
        made_once(name, fail)
    for _ in range(2):
        path = made_once(name, lambda path: made.append(path.write_text("whole")))
        assert path.read_text() == "whole"
    assert len(made) == 1
