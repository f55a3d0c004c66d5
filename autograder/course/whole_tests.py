"""The tests of graded cells that have no exercise behind them, as nbgrader runs them.

A handout shows a test without its hidden regions. The instructor's edition has them:
``solutions/<lecture>/NN_topic.ipynb``, or nbgrader's ``source/<assignment>/``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from autograder.course.cells import HandoutCell, nbgrader_metadata
from autograder.course.exercise_folders import FOLDER
from autograder.course.exercises import find_exercises
from autograder.errors import UserError

HIDDEN_REGION = re.compile(
    r"^[ \t]*#+[ \t]*BEGIN HIDDEN TESTS.*?END HIDDEN TESTS[^\n]*",
    re.DOTALL | re.MULTILINE,
)
HIDDEN_CALL = re.compile(r"^[ \t]*hidden_tests\(", re.MULTILINE)
AUTOTEST = "AUTOTEST"


def source_of(root: Path, notebook: str) -> Path:
    """Return where the instructor's edition of a notebook lies, ours or nbgrader's."""
    folders = [root / name for name in (FOLDER, "source")]
    folder = next((f for f in folders if f.is_dir()), folders[0])
    return folder / f"{notebook}.ipynb"


def whole_tests(
    root: Path, notebook: str, cells: Iterable[HandoutCell]
) -> dict[str, str]:
    """Return the tests of graded cells that have no exercise behind them, whole.

    Parameters
    ----------
    root : Path
        The course folder.
    notebook : str
        The notebook's name.
    cells : iterable of HandoutCell
        The cells of its handout.

    Returns
    -------
    dict
        For the id of each such cell, its test; for a text, the text itself.

    Raises
    ------
    UserError
        A test asks for an exercise that is not there.
    """
    known = set()
    if (root / FOLDER).is_dir():
        known.update(find_exercises(root).ids_of(notebook))
    own = [c for c in cells if c.graded and c.exercise not in known]
    if not own:
        return {}
    sources = _sources(source_of(root, notebook))
    found = {}
    for cell in own:
        whole = sources.get(cell.grade_id, "")
        found[cell.grade_id] = _with_hidden(cell.source, whole)
        if HIDDEN_CALL.search(found[cell.grade_id]):
            raise UserError(
                f"the test {cell.grade_id} of {notebook} asks for the hidden checks "
                f"of an exercise, and {FOLDER}/{notebook} has no folder "
                f"{cell.exercise}"
            )
    return found


def _sources(path: Path) -> dict[str, str]:
    """Return the text of each cell of an instructor's edition that has an id."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return {
            meta["grade_id"]: "".join(cell["source"])
            for cell in cells
            if (meta := nbgrader_metadata(cell))
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None


def _with_hidden(released: str, source: str) -> str:
    """Return a test with its hidden regions, as nbgrader takes it from the source.

    Tests that nbgrader makes itself (``### AUTOTEST``) stand in what was released; a
    hidden region then follows them.
    """
    regions = HIDDEN_REGION.findall(source)
    if not regions:
        return released
    return "\n".join([released, *regions]) if AUTOTEST in source else source
