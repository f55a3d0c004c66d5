"""What course.toml says of a course, and what holds without it."""

import json
import shutil
from pathlib import Path

import pytest

from answer_checks.language import ENGLISH
from autograder.course.course import Course, find_course, load_course
from autograder.course.settings import Settings
from autograder.errors import UserError
from autograder.sandbox.inside.wire import Special
from autograder.sandbox.limits import Limits
from autograder.sandbox.rungs import UNSANDBOXED
from autograder.sandbox.selftest import prove
from autograder.sandbox.session import Sandbox

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path):
    """A course with a library, probes, a glossary and two lectures."""
    root = tmp_path / "A course"
    (root / "shapes").mkdir(parents=True)
    (root / "shapes" / "__init__.py").write_text("import numpy\nimport measures as m\n")
    (root / "measures").mkdir()
    (root / "measures" / "__init__.py").touch()
    (root / "unused").mkdir()
    (root / "unused" / "__init__.py").touch()
    (root / "data").mkdir()
    (root / "probes.py").write_text("def line(a):\n    return lambda x: a * x\n")
    (root / "bad.py").write_text("a = 1\nb =")
    (root / "words.toml").write_text("[terms]\nside = 'Seite'\n")
    for lecture in ("week2", "week10"):
        (root / "notebooks" / lecture).mkdir(parents=True)
        source = ["%matplotlib inline\n", "import shapes, json\n", "import data"]
        cell = {"cell_type": "code", "metadata": {}, "source": source}
        notebook = {"cells": [cell], "metadata": {}, "nbformat": 4}
        path = root / "notebooks" / lecture / "01_a.ipynb"
        path.write_text(json.dumps(notebook))
    return root


def write(root, text):
    (root / "course.toml").write_text(text)
    return root


def test_a_course_without_a_file_has_defaults(folder):
    course = load_course(folder)
    assert (course.title, course.id) == ("A course", "a-course")
    assert course.lectures == ("week10", "week2")
    assert course.settings == Settings()
    assert course.languages == (ENGLISH,)
    assert (course.probes, course.environment) == ("", {})


def test_what_the_notebooks_import_of_the_course_is_mounted_unless_it_is_named(folder):
    course = load_course(folder)
    assert course.library_names == ("measures", "shapes")
    assert course.libraries == (folder / "measures", folder / "shapes")
    named = load_course(write(folder, "libraries = ['unused']"))
    assert named.libraries == (folder / "unused",)
    assert load_course(write(folder, "libraries = []")).libraries == ()


def test_a_package_that_is_installed_in_place_is_mounted_and_the_grader_never(folder):
    path = folder / "notebooks" / "week2" / "01_a.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] = (
        "import numpy, autograder\nfrom answer_checks import x"
    )
    path.write_text(json.dumps(notebook))
    (folder / "notebooks" / "week10" / "01_a.ipynb").write_text("{broken")
    course = load_course(folder)
    assert course.library_names == ("answer_checks",)
    assert course.libraries == (ROOT / "answer_checks",)


def test_everything_is_read(folder):
    course = load_course(
        write(
            folder,
            """
            title = "Shapes and their measures"
            id = "shapes-101"
            lectures = ["week2", "week10", "week11"]
            libraries = ["shapes", "answer_checks"]
            probes = "probes.py"
            language = "en+de"
            [languages]
            "en+de" = "words.toml"
            [environment]
            DATA = "small"
            [limits]
            cell_seconds = 5
            """,
        )
    )
    assert (course.title, course.id) == ("Shapes and their measures", "shapes-101")
    assert course.lectures == ("week2", "week10")
    assert course.libraries == (folder / "shapes", ROOT / "answer_checks")
    assert course.code.probes.startswith("def line")
    assert course.code.libraries == course.libraries
    assert course.environment == {"DATA": "small"}
    assert [language.name for language in course.languages] == ["en", "en+de"]
    assert course.settings.language.say("a side") == "a side (Seite)"
    assert course.settings.limits == Limits(cell_seconds=5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("titel = 'x'", "no setting 'titel'; there are: limits, .*title, id, lectures"),
        ("title = 3", "'title' must be a text, got 3"),
        ("title = ' '", "'title' must be a text, got ' '"),
        ("id = 'a b'", "'id' must be letters, digits and hyphens, got 'a b'"),
        ("lectures = 'week2'", "'lectures' must be a list of names, got 'week2'"),
        ("lectures = ['a', 'a']", "'lectures' holds a name twice: a, a"),
        ("probes = 'none.py'", "'probes': none.py: No such file"),
        ("probes = 'bad.py'", "'probes': bad.py, line 2: "),
        (
            "languages = 'words.toml'",
            r"'languages' must be a table, as in \[languages\]",
        ),
        ("[languages]\nde = 3", "'languages.de' must be a text, got 3"),
        ("[languages]\nde = 'none.toml'", "'languages.de': none.toml: No such file"),
        ("[languages]\nde = 'probes.py'", "'languages.de': probes.py: "),
        ("[languages]\nen = 'words.toml'", "'languages.en': English needs no glossary"),
        ("[environment]\nA = 1", "'environment.A' must be a text, got 1"),
        ("language = 'de'", "'language' must be one of en, got 'de'"),
        ("title", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(folder, text, words):
    with pytest.raises(UserError, match=words) as caught:
        load_course(write(folder, text))
    assert "course.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_probes_that_no_sandbox_takes_are_refused(folder):
    (folder / "probes.py").write_text("# x\n" * 20_000)
    with pytest.raises(
        UserError, match=r"'probes': probes.py is longer than 60000 bytes"
    ):
        load_course(write(folder, "probes = 'probes.py'"))


def test_a_library_that_is_nowhere_is_told(folder):
    course = load_course(write(folder, "libraries = ['none_such']"))
    with pytest.raises(
        UserError, match=r"the library 'none_such' of course.toml is nei"
    ):
        course.libraries  # noqa: B018
    (folder / "bare").mkdir()
    course = load_course(write(folder, "libraries = ['bare']"))
    with pytest.raises(UserError, match=r"'bare' of course.toml is neither a package"):
        course.libraries  # noqa: B018


def test_an_old_file_still_counts_and_never_against_the_new_one(folder):
    old = folder / "autograder.toml"
    old.write_text("[limits]\ncell_seconds = 5\n")
    assert load_course(folder).settings.limits.cell_seconds == 5
    write(folder, "title = 'x'\ndemo_cells = 'run'")
    course = load_course(folder)
    assert course.settings.limits.cell_seconds == 5
    assert course.settings.demo_cells == "run"
    write(folder, "[limits]\nfiles = 3")
    with pytest.raises(
        UserError, match=r"autograder.toml: 'limits' stands in course.toml"
    ):
        load_course(folder)
    (folder / "course.toml").unlink()
    old.write_text("title = 'x'")
    with pytest.raises(UserError, match=r"autograder.toml: no setting 'title'; there"):
        load_course(folder)


def test_the_course_is_found_from_a_folder_below(folder, monkeypatch):
    write(folder, "title = 'Shapes'")
    monkeypatch.chdir(folder / "notebooks" / "week2")
    assert find_course().root == folder.resolve()
    monkeypatch.chdir(folder)
    assert find_course().title == "Shapes"


def test_this_course_names_what_there_is():
    course = load_course(ROOT)
    there = {path.parent.name for path in ROOT.glob("solutions/*/*.py")}
    assert set(course.lectures) == there
    assert course.libraries == (ROOT / "answer_checks", ROOT / "cs231n_lib")
    catalogues = {path.name for path in ROOT.glob("solutions/locale/*")}
    assert set(course.translations) == catalogues
    languages = {language.name: language for language in course.languages}
    assert set(languages) == {"en", "en+ko", *catalogues}
    korean = languages["ko"].messages
    assert korean.say("not answered yet") == "아직 답하지 않음"  # as a status
    for language in course.languages:
        assert language.for_edition("ko").code == "ko"
        assert language.for_edition("") is language
    assert ROOT / "solutions" in course.code.private


def test_what_a_sandbox_holds_of_a_course(folder, sandbox, limits):
    """Its libraries and its probes; no more of its folder."""
    (folder / "solutions").mkdir()
    shutil.copy(folder / "words.toml", folder / "solutions")
    write(folder, "libraries = ['shapes', 'measures']\nprobes = 'probes.py'")
    proof, box = prove(sandbox.rung, load_course(folder).code)
    with box, box.session(limits) as session:
        outputs, fine = session.cell(
            "import measures\nimport importlib.util\n"
            "print(importlib.util.find_spec('unused'))\n"
            "def twice(f):\n    return f(2)",
            0,
            10,
        )
        assert fine
        assert outputs[0]["text"] == "None\n"
        line = Special("probe", name="line", params={"a": 3})
        steps = [
            {"do": "call", "name": "twice", "args": [line], "slot": 1},
            {"do": "fetch", "args": [Special("slot", n=1)]},
        ]
        session.request(5, "bind", exercise="e", names=["twice"])
        reply = session.request(5, "ask", exercise="e", late=False, steps=steps)
    assert reply["value"] == [6]
    assert proof.sound


@pytest.mark.slow
def test_probes_that_fail_when_they_are_loaded_are_told(folder):
    (folder / "probes.py").write_text("import none_such\n")
    course = load_course(write(folder, "probes = 'probes.py'\nlibraries = []"))
    with pytest.raises(UserError, match=r"the sandbox ended unexpectedly: .*none_such"):
        Sandbox(UNSANDBOXED, course.code)


def test_a_course_by_hand_needs_a_folder_alone(tmp_path):
    course = Course(tmp_path)
    assert course.lectures == ()
    assert course.code.libraries == ()
