"""A second ``grade`` beside one that runs: one line, and nothing is touched."""

import subprocess
import sys

import pytest

from tests.plane_figures import RIGHT, hand_in, totals

HOLD = """
import sys, time
from pathlib import Path
from autograder.gradebook.lock import FileLock
assert FileLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
time.sleep(300)
"""


@pytest.mark.slow
def test_a_second_grade_names_the_first_and_ends_with_2(term, grade, capsys):
    hand_in(term, "ada", "week1", **RIGHT)
    lock = term / "term" / "gradebook.db.lock"
    words = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout.readline() == "held\n"
        grade(code=2)
        said = capsys.readouterr().err
        first.kill()
    assert said.count("\n") == 1
    assert f"another grader (process {first.pid}) is writing to the gradebook" in said
    assert not (term / "term" / "totals.csv").exists()
    grade()  # whoever was killed holds nothing
    assert totals(term, "week1") == {"ada": (5, 5)}
