"""The visible checks of the notebooks accept every right answer that is known."""

import contextlib
import hashlib
import io
import json
import linecache
from pathlib import Path

import pytest

from autograder.course.exercises import for_notebook
from autograder.demo_class import uses

pytestmark = [pytest.mark.slow, pytest.mark.long]

SOLUTIONS = Path(__file__).parents[1] / "solutions"
NOTEBOOKS = sorted(
    path.relative_to(SOLUTIONS).with_suffix("").as_posix()
    for path in SOLUTIONS.glob("*/*.ipynb")
)


def cells(name):
    """Yield what a notebook runs before a lecturer's hidden region, without demos."""
    notebook = json.loads((SOLUTIONS / f"{name}.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        meta = cell["metadata"]
        if cell["cell_type"] == "code" and "demo" not in meta.get("tags", []):
            text = "".join(cell["source"]).split("### BEGIN HIDDEN")[0]
            lines = [line for line in text.split("\n") if not line.startswith("%")]
            yield meta.get("nbgrader", {}).get("grade_id", ""), "\n".join(lines)


def execute(source, names):
    """Run a cell as a notebook does: the text of its functions can be read."""
    place = f"<cell {hashlib.sha256(source.encode()).hexdigest()}>"
    linecache.cache[place] = len(source), None, source.splitlines(True), place
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(source, place, "exec"), names)  # noqa: S102 - our own notebooks


@pytest.mark.filterwarnings("ignore")  # some variants divide by zero on purpose
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_right_variants_pass_the_visible_checks(name, monkeypatch):
    monkeypatch.setattr("matplotlib.pyplot.show", lambda: None)
    exercises = {f"{e.id}_test": e for e in for_notebook(name)}
    names = {"__name__": "__main__"}
    refused, asked = [], 0
    for grade_id, source in cells(name):
        exercise = exercises.get(grade_id)
        for variant in exercise.variants if exercise else ():
            asked += 1
            own = dict(names)
            try:
                execute(exercise.complete_source(variant), own)
                execute(source, own)
            except Exception as error:
                refused.append(f"{exercise.id}, {variant.name}: {error}")
        execute(source, names)
    assert asked
    assert refused == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_right_variants_pass_the_visible_checks_that_rest_on_them(name, monkeypatch):
    """An answer that uses another one is right with every right variant of that."""
    monkeypatch.setattr("matplotlib.pyplot.show", lambda: None)
    exercises = {e.id: e for e in for_notebook(name)}
    names = {"__name__": "__main__"}
    sources, refused = {}, []
    for grade_id, source in cells(name):
        own_id = grade_id.removesuffix("_test")
        if grade_id.endswith("_test") and own_id in sources:
            pair = sources[own_id], source
            for other in (exercises[i] for i in sources if i != own_id):
                if not any(uses(text, other.names) for text in pair):
                    continue
                for variant in other.variants:
                    own = dict(names)
                    try:
                        for text in (other.complete_source(variant), *pair):
                            execute(text, own)
                    except Exception as error:
                        refused.append(
                            f"{own_id} on {other.id}, {variant.name}: {error}"
                        )
        elif grade_id in exercises:
            sources[grade_id] = source
        execute(source, names)
    assert refused == []
