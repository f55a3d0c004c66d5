"""What a student has after installing the release: the notebooks run, no answer."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.make_handout import make_handout
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.release_scan import Private, find_leaks, load_private
from autograder.authoring.source import read_source, to_notebook
from autograder.authoring.student_run import install, run_notebook
from autograder.cli import main
from autograder.course.course import load_course
from autograder.course.handout import Handout
from autograder.course.settings import Settings
from autograder.judging.judge import judge

pytestmark = [pytest.mark.slow, pytest.mark.long]

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = "https://github.com/someone/handed-out"
NOTEBOOKS = [files.name for files in find_notebooks(ROOT)]
PACKAGES = ("answer_checks", "cs231n_lib")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course, published somewhere, with handouts of today's sources."""
    root = tmp_path_factory.mktemp("course")
    for name in (
        "solutions",
        "docs",
        *PACKAGES,
        "environment.yml",
        "LICENSE",
        "course.toml",
    ):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "handout", root / "handout")
    project = root / "handout" / "pyproject.toml"
    text = project.read_text("utf-8")
    urls = '# [project.urls]\n# Repository = "https://github.com/OWNER/NAME"\n'
    assert urls in text
    urls = f'[project.urls]\nRepository = "{ADDRESS}"\n'
    project.write_text(
        re.sub(r"# \[project\.urls\]\n# Repository = .*\n", urls, text), "utf-8"
    )
    for files in find_notebooks(ROOT):
        source, _ = read_source(files)
        path = root / "notebooks" / f"{files.name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        made = make_handout(to_notebook(source))
        path.write_text(nbformat.writes(made, version=4) + "\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def released(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The students' repository, in a folder with a blank in its name."""
    folder = tmp_path_factory.mktemp("students") / "handed out"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course)
        # The handouts are of today's sources; the reasons are as they were built.
        patch.setattr("autograder.commands.release.stale_reasons", lambda course: [])
        assert main(["release", "--to", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def private() -> Private:
    return load_private(load_course(ROOT))


@pytest.fixture(scope="module")
def python(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment in which the release was installed, without a network."""
    return install(released, tmp_path_factory.mktemp("environment") / "venv")


def ran(*words: str | Path, cwd: Path | None = None) -> str:
    """Run a program to its end and return what it printed."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "VIRTUAL_ENV", "COVERAGE_PROCESS_CONFIG")
    }
    done = subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_grader_is_not_there(python: Path, tmp_path: Path) -> None:
    code = "import importlib.util as u; print([n for n in {!r} if u.find_spec(n)])"
    names = ("autograder", "solutions", *PACKAGES)
    found = ran(python, "-c", code.format(names), cwd=tmp_path)
    assert found.strip() == repr(list(PACKAGES))
    code = "import importlib.metadata as m; print(m.version('cs231n-companion'))"
    assert ran(python, "-c", code, cwd=tmp_path).strip() == "0.1.0"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_and_its_first_stub_reports_itself(
    python: Path, released: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "desk top" / f"{name.replace('/', '-')}.ipynb"
    path.parent.mkdir()
    shutil.copy(released / "notebooks" / f"{name}.ipynb", path)
    # What the notebook says of errors counts: Run All Cells comes to its end.
    done = run_notebook(python, path)
    code = [c for c in done.cells if c.cell_type == "code"]
    assert all(c.execution_count is not None for c in code)
    at, error = next(
        (i, o)
        for i, c in enumerate(code)
        for o in c.outputs
        if o.output_type == "error"
    )
    stub = next(
        i for i, c in enumerate(code) if c.metadata.get("nbgrader", {}).get("solution")
    )
    grade_id = code[stub].metadata.nbgrader.grade_id
    assert at > stub
    # Before it stand cells that are given, and questions on the way.
    assert all(
        "locked" in c.metadata.get("nbgrader", {}) or "checks.question(" in c.source
        for c in code[1:stub]
    )
    # The visible check of that exercise says that there is no answer yet.
    practice = "practice" in code[stub].metadata.get("tags", [])
    suffix = "check" if practice else "test"
    assert code[at].metadata.nbgrader.grade_id == f"{grade_id}_{suffix}"
    assert error.ename == "NotAnswered"
    named = "" if practice else grade_id
    assert re.match(rf"{named}.*: not answered yet", error.evalue)


def test_the_cell_for_colab_installs_where_the_library_is_missing(
    released: Path,
) -> None:
    notebook = nbformat.read(released / "notebooks" / "lecture3" / "01_svm.ipynb", 4)
    cell = next(c for c in notebook.cells if c.cell_type == "code")
    magic = re.search(r"^    %pip (.*)$", cell.source, re.M)
    assert magic
    assert magic[1].split()[-1] == f"git+{ADDRESS}"
    code = cell.source.replace(magic[0], "    installed = True")
    here = code.replace('find_spec("answer_checks")', 'find_spec("json")')
    away = code.replace('find_spec("answer_checks")', 'find_spec("not_there")')
    assert len({code, here, away}) == 3
    for text, release_tag, installed in [
        (here, "x", False),
        (away, "x", True),
        (away, "", False),
    ]:
        with pytest.MonkeyPatch.context() as patch:
            if release_tag:
                patch.setenv("COLAB_RELEASE_TAG", release_tag)
            else:
                patch.delenv("COLAB_RELEASE_TAG", raising=False)
            names: dict[str, object] = {}
            exec(text, names)  # noqa: S102 - the cell as the release writes it
            assert ("installed" in names) == installed


def test_the_grader_takes_a_released_notebook(
    course: Path, released: Path, sandbox
) -> None:
    """The cell that only the release has counts as a cell of the student's own."""
    name = "lecture3/01_svm"
    given = json.loads((course / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
    solved = json.loads((ROOT / "solutions" / f"{name}.ipynb").read_text("utf-8"))
    answers = {
        cell["id"]: cell["source"]
        for cell in solved["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    submission = json.loads((released / "notebooks" / f"{name}.ipynb").read_text())
    assert len(submission["cells"]) == len(given["cells"]) + 1
    for cell in submission["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    data = json.dumps(submission).encode()
    handout = Handout(name, given)
    judgement = judge(handout, data, b"seed", sandbox, Settings()).judgement
    scores = {v.exercise: v.score for v in judgement.verdicts if v.status != "manual"}
    due = {v.exercise: v.max_score for v in judgement.verdicts if v.status != "manual"}
    assert scores == due
    assert len(due) > 3
    assert judgement.notes == []


# What is built from a release -------------------------------------------------------


@pytest.fixture(scope="module")
def built(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution and the wheel, as `make dist` builds them."""
    out = tmp_path_factory.mktemp("dist")
    ran(sys.executable, "-m", "hatchling", "build", "--directory", out, cwd=released)
    return out


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())
    else:
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                file = archive.extractfile(member)
                yield member.name, file.read() if file else b""


@pytest.mark.parametrize("kind", [".whl", ".tar.gz"])
def test_what_is_built_holds_the_library_and_no_answer(
    built: Path, private: Private, kind: str
) -> None:
    (path,) = built.glob(f"*{kind}")
    files = dict(members(path))
    assert find_leaks(files, private) == []
    tops = {name.split("/")[1 if kind == ".tar.gz" else 0] for name in files}
    assert set(PACKAGES) <= tops
    assert not {"autograder", "solutions"} & tops
    data = [name for name in files if name.endswith("cs231n_lib/data/digits.npz")]
    assert len(data) == 1
    reasons = [name for name in files if "/reasons/" in name]
    assert len(reasons) == len(NOTEBOOKS)
    if kind == ".whl":
        assert len(tops) == len(PACKAGES) + 1  # and its metadata


def test_the_search_finds_an_answer_in_what_is_built(private: Private) -> None:
    answer = (ROOT / "solutions" / "lecture3" / "01_svm.ipynb").read_bytes()
    cells = json.loads(answer)["cells"]
    texts = ["".join(cell["source"]) for cell in cells]
    leaking = [text for text in texts if "BEGIN SOLUTION" in text]
    for text in leaking:
        bare = re.sub(r"### .*", "", text)
        assert find_leaks({"cs231n_lib/x.py": bare.encode()}, private), bare


def test_every_function_of_the_bank_would_be_found(private: Private) -> None:
    """A single reference, check or known answer that slips out is a find."""
    own = {files.source for files in find_notebooks(ROOT)}
    missed, tried = [], 0
    for path in sorted(set((ROOT / "solutions").rglob("*.py")) - own):
        lines = path.read_text("utf-8").splitlines()
        for node in ast.parse("\n".join(lines)).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                slip = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                tried += 1
                if not find_leaks({"x.py": slip.encode()}, private):
                    missed.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert missed == []
    assert tried > 1000


def test_the_editable_install_of_a_release_finds_its_own_packages(
    released: Path, tmp_path: Path
) -> None:
    """`pip install -e .`, which environment.yml does, leads to the release."""
    code = (
        "from hatchling.build import build_editable; "
        f"print(build_editable({str(tmp_path)!r}))"
    )
    ran(sys.executable, "-c", code, cwd=released)
    (path,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        (link,) = [n for n in archive.namelist() if n.endswith(".pth")]
        assert archive.read(link).decode().split("\n")[0] == str(released)
