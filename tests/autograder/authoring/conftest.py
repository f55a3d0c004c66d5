"""A small course, written anew for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from autograder.authoring import build
from autograder.authoring.source import HEADER
from autograder.errors import UserError

NAME = "lecture9/01_small"

SOURCE = (
    HEADER
    + '''
# %% [markdown]
# # A small notebook
#
# The sum of two numbers, $a + b$, and $\\alpha$.

# %% nbgrader={"grade": false, "grade_id": "l9_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import sys

print("ready", flush=True)
print("steady", flush=True)

# %% nbgrader={"grade": false, "grade_id": "l9_add", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add(a, b):
    """Add two numbers."""
    ### BEGIN SOLUTION
    secret_total = a + b
    return secret_total
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l9_add_test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
assert add(1, 2) == 3
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l9_add", globals())
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "l9_predict", "locked": false, "schema_version": 3, "solution": true, "task": false}
answers = {
    "sum": None,  # a number
}
### BEGIN SOLUTION
answers["sum"] = 31337
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "l9_predict_test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
print(sorted(answers))
### BEGIN HIDDEN TESTS
from autograder import hidden_tests
hidden_tests("l9_predict", globals())
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade": true, "grade_id": "l9_question", "locked": false, "points": 1.5, "schema_version": 3, "solution": true, "task": false}
# **Question.** Why does the order not matter?
#
# ### BEGIN SOLUTION
# Because addition commutes.
# ### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "l9_demo", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["demo"]
print(add(20, 22))

# %% [markdown]
# The end.

# %% [markdown]
# The end.
'''  # noqa: E501
)


@dataclass
class Exercise:
    """Stands in for a record."""

    id: str
    points: float
    names: tuple[str, ...]
    kind: str = "code"
    notebook: str = NAME


@dataclass
class Registry:
    """Stands in for the exercises of a course."""

    exercises: list[Exercise] = field(
        default_factory=lambda: [
            Exercise("l9_add", 2, ("add",)),
            Exercise("l9_predict", 1, ("answers",)),
            Exercise("l9_question", 1.5, (), kind="manual"),
        ]
    )

    def all_exercises(self) -> Iterator[Exercise]:
        return iter(self.exercises)


@dataclass
class Course:
    """A course folder and what was said while it was built."""

    root: Path
    registry: Registry = field(default_factory=Registry)
    said: list[str] = field(default_factory=list)

    def source(self, name: str = NAME) -> Path:
        return self.root / "solutions" / f"{name}.py"

    def solution(self, name: str = NAME) -> Path:
        return self.root / "solutions" / f"{name}.ipynb"

    def student(self, name: str = NAME) -> Path:
        return self.root / "notebooks" / f"{name}.ipynb"

    def write(self, text: str, name: str = NAME) -> None:
        self.source(name).parent.mkdir(parents=True, exist_ok=True)
        self.source(name).write_text(text, encoding="utf-8")

    def change(self, old: str, new: str) -> None:
        """Replace a piece of the source that occurs in it once."""
        text = self.source().read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        self.write(text.replace(old, new))

    def line(self, piece: str) -> int:
        """Give the line of the source that holds `piece`, from 1."""
        lines = self.source().read_text(encoding="utf-8").split("\n")
        return next(i for i, line in enumerate(lines, start=1) if piece in line)

    def build(self, check: bool = False, only: list[str] | None = None) -> list[str]:
        """Build, and give the touched paths as seen from the course folder."""
        self.said.clear()
        touched = build(self.root, check, only, self.said.append, self.registry)
        return [path.relative_to(self.root.resolve()).as_posix() for path in touched]

    def refusal(self) -> list[str]:
        """Build, expect a refusal, and give its lines."""
        with pytest.raises(UserError) as caught:
            self.build()
        return str(caught.value).split("\n")

    def bytes(self) -> dict[str, bytes]:
        """Read every file of the course."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


def write_course(root: Path) -> Course:
    course = Course(root)
    course.write(SOURCE)
    (root / "cs231n_lib").mkdir()
    (root / "cs231n_lib" / "__init__.py").write_text("")
    (root / "course.toml").write_text('libraries = ["cs231n_lib"]\n')
    (root / "requirements.lock").write_text("numpy==2.0\n")
    package = root / "autograder"
    package.mkdir()
    exercise = course.source().with_suffix("") / "l9_add"
    exercise.mkdir(parents=True)
    (exercise / "checks.py").write_text("from ..numbers import POINTS\n")
    (exercise.parent / "numbers.py").write_text("POINTS = 2\n")
    (package / "__init__.py").write_text(
        "def hidden_tests(exercise, names):\n"
        "    print('hidden tests of', exercise, 'passed')\n"
    )
    return course


@pytest.fixture
def make_course() -> Callable[[Path], Course]:
    """Write the course into a folder that is not there yet."""
    return write_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course with one notebook, not built yet."""
    return write_course(tmp_path / "course")


@pytest.fixture
def no_run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace execution: each run only adds the notebook's name to this list."""
    runs: list[str] = []

    def pretend(source: object, notebook: object, **options: object) -> None:
        runs.append(source.files.name)
        for number, cell in enumerate(notebook.cells, start=1):
            if cell.cell_type == "code":
                cell.execution_count = number

    monkeypatch.setattr("autograder.authoring.pipeline.execute", pretend)
    return runs


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course that was really executed, for tests that only look at it."""
    course = write_course(tmp_path_factory.mktemp("built") / "course")
    course.build()
    return course
