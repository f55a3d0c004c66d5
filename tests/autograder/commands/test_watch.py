"""``grade --watch``, as a process that is ended by its number."""

import signal
import subprocess
import sys
import time

import pytest

from autograder import cli
from tests.plane_figures import RIGHT, WRONG, hand_in, totals


def wait_for(something, process, seconds=180):
    """Wait until something holds; it is not the speed that is tested here."""
    until = time.monotonic() + seconds
    while not something():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.2)


@pytest.mark.slow
def test_what_arrives_is_graded_until_the_process_is_told_to_end(term):
    hand_in(term, "ada", "week1", **RIGHT)
    page = term / "term" / "feedback" / "bob" / "week1" / "01_rectangles.html"
    half = term / "term" / "submitted" / "bob" / "week1" / "01_rectangles.ipynb"
    words = [sys.executable, "-m", "autograder", "grade", "week1", "--watch"]
    with subprocess.Popen(
        [*words, "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == (
            "Watching term/submitted; Ctrl-C ends it.\n"
        )
        said = process.stdout.readline()
        assert said.endswith("  ada: 1 notebook graded, 0 unchanged\n"), said
        # Somebody else may write meanwhile, and a file may come in two halves.
        assert cli.main(["report", "week1"]) == 0
        whole = hand_in(term, "cyd", "week1", **WRONG).read_bytes()
        half.parent.mkdir(parents=True)
        half.write_bytes(whole[: len(whole) // 2])
        wait_for(lambda: "cyd" in totals(term, "week1"), process)
        assert not page.exists()
        half.write_bytes(whole)
        wait_for(page.exists, process)
        wait_for(lambda: "bob" in totals(term, "week1"), process)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert out.splitlines()[-1] == "Ended: 3 notebooks graded and entered."
    assert totals(term, "week1") == {"ada": (5, 5), "bob": (0, 5), "cyd": (0, 5)}
    assert not (term / "term" / "gradebook.db.lock").exists()


@pytest.mark.usefixtures("term")
def test_a_folder_that_is_missing_is_said(capsys):
    words = ["grade", "week1", "--watch", "--submitted", "nowhere"]
    assert cli.main(words) == 2
    said = capsys.readouterr().err
    assert "the submissions folder nowhere is missing" in said
    assert said.count("\n") == 1
