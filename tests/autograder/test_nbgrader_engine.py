"""nbgrader's command, formgrader's call and our command give the same grades."""

import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.commands.demo import make_class
from autograder.commands.grade import GradeRequest, grade
from autograder.course.course import load_course
from autograder.course.handout import load_handouts
from autograder.demo_class import PEOPLE
from autograder.gradebook.book import Book
from tests.autograder.cleaning.vectors import VECTORS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NAMES = ("ada", "barbara", "katherine", "leslie", "mallory")


@pytest.fixture(scope="module")
def course(tmp_path_factory, settled_gradebook):
    """A course folder with one notebook and the submissions of five students."""
    root = tmp_path_factory.mktemp("course")
    for folder in ("solutions", "notebooks"):
        (root / folder / "lecture3").mkdir(parents=True)
        name = "01_svm.ipynb"
        shutil.copy(ROOT / folder / "lecture3" / name, root / folder / "lecture3")
    # A copy: nbgrader does not look behind a link.
    topic = Path("solutions", "lecture3", "01_svm")
    shutil.copytree(ROOT / topic, root / topic)
    for path in (ROOT / "solutions").glob("*.*"):
        shutil.copy(path, root / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "term").mkdir()
    shutil.copy(settled_gradebook, root / "term" / "gradebook.db")
    people = [p for p in PEOPLE if p.name in NAMES]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.commands.demo.PEOPLE", people)
        handouts = load_handouts(root, "lecture3")
        make_class(handouts, root / "term" / "submitted", load_course(root))
    return root


@pytest.fixture(scope="module")
def ours(course, tmp_path_factory):
    """The scores by our command, from a gradebook with the same seed."""
    out = tmp_path_factory.mktemp("ours")
    shutil.copy(course / "term" / "gradebook.db", out / "gradebook.db")
    with Book(f"sqlite:///{course / 'term' / 'gradebook.db'}") as book:
        book.seed()
    shutil.copy(course / "term" / "gradebook.db", out / "gradebook.db")
    submitted = course / "term" / "submitted"
    grade(GradeRequest("lecture3", submitted, out, course=load_course(course)))
    return scores(out / "gradebook.db")


def scores(path):
    with Book(f"sqlite:///{path}") as book:
        return {
            (submission.student.id, grade.name): (
                grade.auto_score,
                grade.needs_manual_grade,
            )
            for submission in book.nbgrader.assignment_submissions("lecture3")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def nbgrader(course, *words):
    command = [sys.executable, "-m", "nbgrader", *words]
    done = subprocess.run(
        command, cwd=course, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stderr


@pytest.fixture(scope="module")
def generated(course):
    nbgrader(course, "generate_assignment", "lecture3", "--force")
    return course


def test_generate_assignment_makes_our_handout(generated):
    released = generated / "term" / "release" / "lecture3"
    assert [p.name for p in released.iterdir()] == ["01_svm.ipynb"]
    made = json.loads((released / "01_svm.ipynb").read_text())
    own = json.loads((ROOT / "notebooks" / "lecture3" / "01_svm.ipynb").read_text())
    assert [c["source"] for c in made["cells"]] == [c["source"] for c in own["cells"]]
    for cell, other in zip(made["cells"], own["cells"], strict=True):
        assert cell["metadata"].get("nbgrader") == other["metadata"].get("nbgrader")


def test_nbgrader_autograde_gives_our_grades(generated, ours):
    nbgrader(generated, "autograde", "lecture3")
    assert scores(generated / "term" / "gradebook.db") == ours
    assert ours["ada", "l3_svm_loss_i_test"] == (2.0, False)
    assert ours["katherine", "l3_svm_loss_i_test"] == (0.0, False)
    assert ours["ada", "l3_svm_scale_question"] == (None, True)


def many_parts(version, size):
    """Return an old notebook of so many bytes, which nbformat would rewrite."""
    cell = b'{"cell_type": "code", "input": "", "outputs": [], "language": "python"}'
    cells = b", ".join([cell] * (size // len(cell)))
    form = b'{"nbformat": %d, "metadata": {}, "worksheets": [{"cells": [%b]}]}'
    return form % (version, cells)


def bounds():
    """Let the kernel end a process that computes too long or takes too much memory."""
    gib = 2**30
    resource.setrlimit(resource.RLIMIT_CPU, (90, 90))
    resource.setrlimit(resource.RLIMIT_DATA, (3 * gib // 2, resource.RLIM_INFINITY))


def test_nbgrader_autograde_is_bounded_over_hostile_files(generated, ours):
    honest = (generated / "term/submitted/ada/lecture3/01_svm.ipynb").read_text("utf-8")
    acting = json.loads(honest)
    acting["cells"] += [VECTORS[name] for name in sorted(VECTORS)[:30]]
    magics = json.loads(honest)
    empty = {"metadata": {}, "outputs": [], "execution_count": None}
    magic = {"cell_type": "code", "source": "%time x\n" * 480, **empty}
    magics["cells"].insert(0, magic)
    files = {
        "acts": json.dumps(acting).encode(),
        "magics": json.dumps(magics).encode(),
        "huge": honest.encode() + b" " * (40 * 2**20),
        "old": many_parts(2, 20 * 2**20),
        "parts": b'{"cells": [' + b",".join([b'{"a":{}}'] * (3 * 2**20)) + b"]}",
    }
    for name, data in files.items():
        folder = generated / "term" / "submitted" / f"hostile_{name}" / "lecture3"
        folder.mkdir(parents=True)
        (folder / "01_svm.ipynb").write_bytes(data)
    command = [sys.executable, "-m", "nbgrader", "autograde", "lecture3"]
    done = subprocess.run(
        [*command, "--student=hostile_*"],
        cwd=generated,
        capture_output=True,
        text=True,
        preexec_fn=bounds,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = scores(generated / "term" / "gradebook.db")
    due = {key[1]: score for key, (score, _) in ours.items() if key[0] == "ada"}
    assert any(due.values())
    for name in files:
        theirs = {k[1]: v[0] for k, v in found.items() if k[0] == f"hostile_{name}"}
        if name in ("acts", "magics"):
            assert theirs == due, name
        else:
            assert not any(theirs.values()), name


def test_formgraders_button_gives_our_grades(generated, ours):
    script = (
        "import json, os\n"
        "from nbgrader.apps import NbGrader\n"
        "from nbgrader.apps.api import NbGraderAPI\n"
        "from nbgrader.coursedir import CourseDirectory\n"
        "app = NbGrader(); app.load_config_file()\n"
        "api = NbGraderAPI(CourseDirectory(config=app.config), config=app.config)\n"
        "done = api.autograde('lecture3', 'barbara', force=True)\n"
        "print(json.dumps([done['success'], done.get('error')]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=generated,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [True, None], done.stderr
    got = scores(generated / "term" / "gradebook.db")
    mine = {k: v for k, v in ours.items() if k[0] == "barbara"}
    assert {k: v for k, v in got.items() if k[0] == "barbara"} == mine
    assert mine
