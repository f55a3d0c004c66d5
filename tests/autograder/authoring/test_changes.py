"""What students see differently: cells, points, order, pictures; as Markdown."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from markdown_it import MarkdownIt
from matplotlib.figure import Figure
from matplotlib.image import imread

from autograder import cli
from autograder.authoring.changes import (
    CellChange,
    Edition,
    ShownCell,
    compare,
    read_editions,
)
from autograder.authoring.changes_page import MOST_LINES, page, write_pictures

COURSE = Path(__file__).parents[2] / "fixtures" / "plane_figures"


def drawn(values):
    figure = Figure(figsize=(3, 2))
    figure.add_subplot().plot(values)
    made = io.BytesIO()
    figure.savefig(made, format="png")
    return base64.b64encode(made.getvalue()).decode()


RISES, FALLS = drawn([1, 4, 9]), drawn([9, 4, 1])
CELLS = {
    "title": ShownCell("markdown", "# Rectangles\n\nThe area is ab."),
    "area": ShownCell("code", "def area(a, b):\n    # YOUR CODE HERE"),
    "area_test": ShownCell("code", "check(area)", 2.0),
}
NAME = "week1/01_rectangles"


def found(after, pictures=None, before_pictures=None):
    before = Edition(CELLS, before_pictures)
    return compare({NAME: before}, {NAME: Edition(after, pictures)})


def test_the_same_course_is_no_change():
    assert found(dict(CELLS), {"area": [RISES]}, {"area": [RISES]}) == []
    assert "Nothing." in page([], "main")


def test_a_text_that_changed_is_shown_as_a_difference():
    text = "# Rectangles\n\nThe area is a times b."
    changes = found({**CELLS, "title": ShownCell("markdown", text)})
    (change,) = changes
    assert [one.cell for one in change.cells] == ["title"]
    assert change.cells[0].diff()[1:] == [
        " # Rectangles",
        " ",
        "-The area is ab.",
        "+The area is a times b.",
    ]
    shown = page(changes, "main")
    assert "| `week1/01_rectangles` | 1 | 2 | not compared |" in shown
    assert "```diff" in shown


def test_new_and_removed_cells_are_named_with_their_points():
    after = {k: v for k, v in CELLS.items() if k != "area_test"}
    after["more_test"] = ShownCell("code", "check(more)", 3.0)
    changes = found(after)
    shown = page(changes, "main")
    assert "**New: `more_test` (code, 3 points)**" in shown
    assert "**Removed: `area_test` (code, 2 points)**" in shown
    assert "| 2 → 3 |" in shown


def test_points_and_kind_of_a_cell():
    after = {**CELLS, "area_test": ShownCell("markdown", "check(area)", 2.5)}
    (change,) = found(after)
    assert change.cells[0].diff() == []
    assert "`area_test`, code → markdown, points 2 → 2.5" in page([change], "main")


def test_cells_that_changed_places():
    after = dict(reversed(CELLS.items()))
    (change,) = found(after)
    assert change.reordered
    assert not change.cells
    assert "| 0, reordered |" in page([change], "main")


def test_whole_notebooks():
    one = {NAME: Edition(CELLS)}
    assert "| a new notebook | 0 → 2 |" in page(compare({}, one), "main")
    assert "| removed | 2 → 0 |" in page(compare(one, {}), "main")


def test_pictures_that_differ_stand_side_by_side(tmp_path):
    changes = found(
        dict(CELLS),
        {"area": [FALLS, RISES], "title": [RISES]},
        {"area": [RISES, RISES], "area_test": [FALLS]},
    )
    (change,) = changes
    named = [(pair.cell, pair.number) for pair in change.pictures]
    assert named == [("area", 1), ("title", 1), ("area_test", 1)]
    files = write_pictures(changes, tmp_path / "pictures")
    shown = page(changes, "main")
    for path, said in zip(files, ("another one", "new", "removed"), strict=True):
        assert f"{said}, see `pictures/{path.name}`" in " ".join(shown.split())
        picture = imread(path)
        left, right = np.array_split(picture, 2, axis=1)
        assert (left.min() < 0.5) == (said != "new")
        assert (right[:, 20:].min() < 0.5) == (said != "removed")


def test_no_text_of_a_cell_leaves_its_block():
    text = "```\n</code><script>alert(1)</script>\n````\n# heading"
    changes = found({**CELLS, "title": ShownCell("markdown", text)})
    parsed = MarkdownIt().enable("table").parse(page(changes, "main"))
    (fence,) = [token for token in parsed if token.type == "fence"]
    assert "+# heading" in fence.content
    headings = [t for t in parsed if t.type == "heading_open"]
    assert [token.tag for token in headings] == ["h1", "h2"]
    assert not [token for token in parsed if token.type == "html_block"]


def test_a_long_difference_is_cut():
    before = ShownCell("code", "\n".join(map(str, range(500))))
    change = CellChange("x", before, ShownCell("code", ""))
    assert len(change.diff()) > 500
    changes = found({**CELLS, "long": before})
    shown = page(changes, "main")
    assert f"{len(changes[0].cells[0].diff()) - MOST_LINES} more lines." in shown
    huge = {f"c{i}": ShownCell("code", "x" * 30_000) for i in range(60)}
    cut = page(found({**CELLS, **huge}), "main")
    assert len(cut) < 2**20
    assert cut.endswith("The rest is cut: the page would be too long.\n")


def test_what_students_read_is_compared_and_no_answer():
    (edition,) = read_editions(COURSE).values()
    texts = "\n".join(cell.text for cell in edition.cells.values())
    assert "YOUR CODE HERE" in texts
    assert "hypot" not in texts
    assert edition.points == 5


@pytest.fixture
def repository(tmp_path, monkeypatch):
    course = tmp_path / "course"
    shutil.copytree(COURSE, course)
    monkeypatch.chdir(course)
    return course


def test_wrong_use_is_one_line(repository, capsys):
    assert cli.main(["changes", "--since", "main"]) == 2
    assert "not in a git repository" in capsys.readouterr().err
    subprocess.run(["git", "init", "--quiet"], check=True, capture_output=True)
    for rev in ("nowhere", "--output=x"):
        assert cli.main(["changes", f"--since={rev}"]) == 2
        said = capsys.readouterr().err
        assert "names no commit" in said
        assert said.count("\n") == 1
    assert not (repository / "x").exists()


def test_a_course_in_a_folder_of_a_repository(repository, capsys):
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for words in (["init", "--quiet"], ["add", "."], ["commit", "-qm", "A course"]):
        subprocess.run(["git", *who, *words], cwd=repository.parent, check=True)
    assert cli.main(["changes", "--since", "HEAD"]) == 0
    assert "Nothing." in capsys.readouterr().out
    source = repository / "solutions" / "week1" / "01_rectangles.py"
    source.write_text(source.read_text().replace("# # Rectangles", "# # Boxes"))
    assert cli.main(["changes", "--since", "HEAD", "--out", "out"]) == 0
    shown = capsys.readouterr().out
    assert "+# Boxes" in shown
    assert (repository / "out" / "changes.md").read_text("utf-8") == shown
