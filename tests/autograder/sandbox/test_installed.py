"""The grader installed from its wheels, as on a worker: both rungs hold, it grades."""

import csv
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from autograder.sandbox.rungs import RUNG_NAMES

pytestmark = [pytest.mark.slow, pytest.mark.long]

ROOT = Path(__file__).parents[3]
PROVE = """
import sys
import autograder
from autograder.sandbox.rungs import find_rung
from autograder.sandbox.selftest import prove

proof, sandbox = prove(find_rung(sys.argv[1]))
sandbox.close()
print(autograder.__file__)
print("sound" if proof.sound else proof.said)
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """Install the wheels in an environment of their own; return its interpreter.

    It finds all other packages in the environment of the tests.
    """
    folder = tmp_path_factory.mktemp("installed")
    built = folder / "wheels"
    words = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "-q"]
    students = folder / "students"
    release = (sys.executable, "-m", "autograder", "release", "--to", students)
    run(*release, cwd=ROOT)
    run(sys.executable, "-m", "pip", *words, "-w", built, ROOT, students)
    environment = folder / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    (site,) = environment.glob("lib/python*/site-packages")
    for wheel in built.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(site)
    others = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
    (site / "others.pth").write_text("\n".join(dict.fromkeys(others)))
    return environment / "bin" / "python"


def run(*words, cwd=None, **options):
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        check=True,
        capture_output=True,
        text=True,
        **options,
    ).stdout


def test_the_rung_holds(python, sandbox, tmp_path):
    # No course folder is near, and nothing leads to the checkout.
    said = run(python, "-I", "-c", PROVE, sandbox.rung.name, cwd=tmp_path).splitlines()
    assert Path(said[0]).is_relative_to(python.parents[1])
    assert said[1] == "sound"


def test_a_notebook_is_graded(python, sandbox, tmp_path):
    for name in ("notebooks", "solutions", "course.toml"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, tmp_path)
    # The glossary of messages that course.toml names; the library itself is installed.
    (tmp_path / "cs231n_lib").mkdir()
    shutil.copy(ROOT / "cs231n_lib" / "korean.toml", tmp_path / "cs231n_lib")
    notebook = "lecture3/01_svm.ipynb"
    theirs = tmp_path / "submitted" / "ada" / notebook
    theirs.parent.mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / notebook, theirs)
    environment = dict(os.environ)
    if sandbox.rung.name != RUNG_NAMES[0]:
        forbid_bubblewrap(tmp_path, environment)
    words = ["grade", "lecture3", "--submitted", "submitted", "--out", "out"]
    run(python, "-m", "autograder", *words, cwd=tmp_path, env=environment)
    with (tmp_path / "out" / "grades.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["notebook"] == "01_svm"]
    statuses = {row["exercise"]: row["status"] for row in rows}
    assert set(statuses.values()) <= {"correct", "manual"}, statuses
    assert statuses["l3_svm_loss_i"] == "correct"
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert sandbox.rung.words in report


def forbid_bubblewrap(folder, environment):
    """Let only the second rung be had, and allow it."""
    (folder / "autograder.toml").write_text(f'lowest_rung = "{RUNG_NAMES[1]}"\n')
    fake = folder / "programs" / "bwrap"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    environment["PATH"] = f"{fake.parent}:{environment['PATH']}"
