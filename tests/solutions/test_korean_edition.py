"""The Korean notebooks: the same ids, points and code, and they run."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from answer_checks.language import NOTEBOOK_KEY, in_language
from autograder import demo_class
from autograder.authoring.execute import execute
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.source import read_source
from autograder.authoring.translation.course_catalogues import lacking
from autograder.authoring.translation.edition import LANGUAGE_CELL, editions
from autograder.cli import main
from autograder.course.course import load_course
from autograder.course.handout import load_handouts
from cs231n_lib import checks

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT)
KOREAN = sorted((ROOT / "notebooks" / "ko").glob("*/*.ipynb"))
NAMES = [f"{path.parent.name}/{path.stem}" for path in KOREAN]


class _WithoutTexts(ast.NodeTransformer):
    def visit_JoinedStr(self, node):
        filled = [one for one in node.values if isinstance(one, ast.FormattedValue)]
        # Another language may fill in the same in another order.
        values = sorted((self.visit(one.value) for one in filled), key=ast.dump)
        return ast.Tuple(values, ast.Load())

    def visit_Constant(self, node):
        return ast.Constant("text") if isinstance(node.value, str) else node


def without_checksum(cell):
    own = dict(cell.metadata.get("nbgrader", {}))
    own.pop("checksum", None)  # it is of the text too
    return own


def code_of(text):
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("%")]
    return ast.dump(_WithoutTexts().visit(ast.parse("\n".join(lines))))


@pytest.mark.parametrize("name", NAMES)
def test_ids_points_and_code_are_those_of_the_english_edition(name):
    korean = nbformat.read(ROOT / "notebooks" / "ko" / f"{name}.ipynb", as_version=4)
    english = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    assert korean.metadata.course_language == "ko"
    cells = [cell for cell in korean.cells if cell.id != LANGUAGE_CELL]
    assert len(korean.cells) == len(cells) + 1
    for one, other in zip(cells, english.cells, strict=True):
        assert (one.id, one.cell_type) == (other.id, other.cell_type)
        assert without_checksum(one) == without_checksum(other)
        assert one.metadata.get("tags") == other.metadata.get("tags")
        if one.cell_type == "code":
            assert code_of(one.source) == code_of(other.source), one.id


def test_the_grader_knows_both_editions():
    for lecture in COURSE.lectures:
        for handout in load_handouts(ROOT, lecture):
            for language in handout.translations:
                other = handout.in_language(language)
                assert other.cells.keys() == handout.cells.keys()
                assert [e.id for e in other.exercises] == [
                    e.id for e in handout.exercises
                ]


def test_questions_on_the_way_are_called_in_korean(monkeypatch):
    """The name salts the digest of the answer, so it stays English in the code."""
    monkeypatch.setenv("COURSE_LANGUAGE", "en")  # set first, so that it is taken back
    checks.set_language("ko")
    asked = [
        name
        for path in sorted((ROOT / "notebooks").glob("lecture*/*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for name in re.findall(r'\bquestion\(\s*"([^"]+)"', cell.source)
    ]
    assert len(asked) > 40
    for name in asked:
        said = in_language(f"{name}: None is not it.")
        assert re.match("[^:]*[가-힣][^:]*: ", said), name


@pytest.mark.parametrize("lecture", COURSE.lectures)
def test_the_class_of_the_demo_mixes_languages(lecture, tmp_path):
    handout = load_handouts(ROOT, lecture)[0]
    taken = set()
    for person in demo_class.PEOPLE:
        demo_class.hand_in(person, handout, tmp_path, lambda notebook: notebook)
        path = tmp_path / person.name / f"{handout.name}.ipynb"
        try:
            notebook = json.loads(path.read_text("utf-8"))
        except ValueError:  # a file that is broken on purpose
            continue
        taken.add(notebook["metadata"].get(NOTEBOOK_KEY, "en"))
        texts = "".join("".join(cell["source"]) for cell in notebook["cells"])
        assert (len(re.findall("[가-힣]", texts)) > 1000) == (person.language == "ko")
    assert taken == {"en", "ko"}


def test_a_written_notebook_has_a_complete_catalogue():
    lacks = lacking(COURSE, "ko")
    assert {name: lacks[name] for name in NAMES if lacks[name]} == {}


# Notes what is written into pictures while they are drawn.
LISTEN = """\
import matplotlib.text as _text
def _draw(self, *arguments, _own=_text.Text.draw, **options):
    _drawn.add(self.get_text())
    return _own(self, *arguments, **options)
_drawn, _text.Text.draw = set(), _draw
"""
TELL = """
print("DRAWN", __import__("json").dumps(sorted(_drawn)))
"""
# Names of functions and methods, what code calls things, and English terms in brackets.
CODE_WORDS = re.compile(
    r"(?<=[가-힣])\([A-Za-z ]+\)|(?<![A-Za-z])"
    r"(CIFAR|SVM|ReLU|ELU|GELU|HoG|maxout|sigmoid|tanh|leaky|alpha|dout|out|reg|max|lambda|float(?=32|64))(?![A-Za-z])"
)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_solution_runs_in_korean_and_holds_its_numbers(name):
    """Every check passes, the numbers printed are those of the English edition, and
    what is drawn is in Korean.
    """
    files = next(one for one in find_notebooks(ROOT) if one.name == name)
    source, _ = read_source(files)
    made = next(e for e in editions(source, COURSE) if e.language == "ko").notebook
    language = next(c for c in made.cells if c.id == LANGUAGE_CELL)
    made.cells.remove(language)
    environment = {**COURSE.environment, "COURSE_LANGUAGE": "ko"}
    first, *_, last = (cell for cell in made.cells if cell.cell_type == "code")
    first.source, last.source = LISTEN + first.source, last.source + TELL
    execute(source, made, environment=environment)
    said, _, told = last.outputs[-1].text.partition("DRAWN ")
    last.outputs[-1].text = said
    for text in json.loads(told):
        words = CODE_WORDS.sub("", re.sub(r"\$[^$]*\$", "", text))
        assert not re.search(r"[A-Za-z]{3,}", words), text
    english = nbformat.read(files.solution, as_version=4)
    for one, other in zip(made.cells, english.cells, strict=True):
        if one.cell_type == "code" and "nbval-ignore-output" not in tags(one):
            # A word such as "zero" may be a number here.
            assert numbers(other) - numbers(one) == Counter(), one.id


@pytest.mark.slow
def test_it_is_handed_out(tmp_path, monkeypatch, capsys):
    """What students get holds the Korean notebooks, and was found to hold no answer."""
    monkeypatch.chdir(ROOT)
    folder = tmp_path / "handed-out"
    assert main(["release", "--to", str(folder), "--language", "ko"]) == 0
    assert "files for students into" in capsys.readouterr().out
    found = {p.relative_to(folder) for p in folder.rglob("*.ipynb")}
    assert found == {Path("notebooks") / f"{name}.ipynb" for name in NAMES}
    for path in found:
        shown = nbformat.read(folder / path, as_version=4)
        assert shown.metadata.course_language == "ko"
    assert "노트북" in (folder / "README.md").read_text("utf-8")
    # As a student's kernel, in which neither the grader nor the sources are.
    look = (
        "import json, pathlib\n"
        "from cs231n_lib import checks\n"
        "from answer_checks.language import in_language\n"
        "checks.set_language('ko')\n"
        "for path in sorted(pathlib.Path('cs231n_lib/reasons').glob('*/*.json')):\n"
        "    for reasons in json.loads(path.read_text())['exercises'].values():\n"
        "        for pair in reasons.values():\n"
        "            print(json.dumps([pair, [in_language(one) for one in pair]]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", look],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(said) > 500
    for english, korean in said:
        for one, other in zip(english, korean, strict=True):
            assert re.search("[가-힣]", other), one


def tags(cell):
    return cell.metadata.get("tags", [])


def numbers(cell):
    """Count the numbers that a cell prints."""
    text = " ".join(o.text for o in cell.outputs if o.output_type == "stream")
    return Counter(re.findall(r"\d+(?:\.\d+)?", text))
