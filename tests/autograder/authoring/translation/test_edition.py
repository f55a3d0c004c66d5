"""A course in two languages: built, checked, released."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from autograder.authoring.translation.catalogue import read_catalogue, written
from autograder.cli import main

NAME = "lecture9/01_small"
KOREAN = f"notebooks/ko/{NAME}.ipynb"


@pytest.fixture
def course(course, no_run, monkeypatch):
    (course.root / "course.toml").write_text(
        'libraries = ["cs231n_lib"]\ntranslations = ["ko"]\n'
    )
    shutil.rmtree(course.source().with_suffix(""))  # its stand-in for an exercise
    monkeypatch.chdir(course.root)
    assert main(["translations", "ko"]) == 0
    return course


@pytest.fixture
def translate(course):
    path = course.root / f"solutions/locale/ko/{NAME}.po"

    def translate():
        catalogue = read_catalogue(path, "ko")
        for message in catalogue:
            if message.id and (message.fuzzy or not message.string):
                message.flags.discard("fuzzy")
                message.string = f"번역: {message.id}"
        path.write_text(written(catalogue, NAME), encoding="utf-8")

    return translate


def test_a_notebook_is_not_written_before_its_catalogue_is_complete(course, capsys):
    assert KOREAN not in course.build()
    (line,) = [line for line in course.said if line.startswith("ko/")]
    assert "is not translated" in line
    assert "translations --check ko" in line
    assert course.build(check=True) == []
    capsys.readouterr()
    assert main(["translations", "--check", "ko"]) == 1
    assert "cell l9_add: not translated: 'Add two numbers.'" in capsys.readouterr().out


def test_ids_points_and_code_are_those_of_the_english_edition(course, translate):
    translate()
    assert KOREAN in course.build()
    assert main(["translations", "--check", "ko"]) == 0
    korean = nbformat.read(course.root / KOREAN, as_version=4)
    english = nbformat.read(course.student(), as_version=4)
    assert korean.metadata.pop("course_language") == "ko"
    assert korean.metadata == english.metadata
    for one, other in zip(korean.cells, english.cells, strict=True):
        assert one.id == other.id
        ours = dict(one.metadata.get("nbgrader", {}))
        theirs = dict(other.metadata.get("nbgrader", {}))
        if one.source != other.source:  # nbgrader's checksum is of the text too
            assert ours.pop("checksum", "") != theirs.pop("checksum", " ")
        assert ours == theirs
    sources = {cell.id: cell.source for cell in korean.cells}
    assert sources["l9_add"].startswith('def add(a, b):\n    """번역: Add two numbers.')
    assert sources["l9_predict"].startswith('answers = {\n    "sum": None,  # 번역: a')
    assert "secret_total" not in str(korean)


def test_built_twice_it_is_the_same(course, translate):
    translate()
    course.build()
    before = course.bytes()
    assert course.build() == []
    assert course.bytes() == before


def test_a_changed_english_text_makes_its_notebook_stale(course, translate):
    translate()
    course.build()
    course.change("The sum of two numbers", "The sum of three numbers")
    assert KOREAN in course.build(check=True)
    assert any(line.startswith(f"ko/{NAME}: cell c") for line in course.said)
    assert main(["translations", "ko"]) == 0
    assert course.build(check=True)
    assert any("the English changed" in line for line in course.said)
    translate()
    assert KOREAN in course.build()
    assert KOREAN not in course.build(check=True)


def test_a_language_taken_out_of_the_course_takes_its_notebooks_along(
    course, translate
):
    translate()
    course.build()
    (course.root / "course.toml").write_text('libraries = ["cs231n_lib"]\n')
    assert KOREAN in course.build()
    assert not (course.root / KOREAN).exists()


def test_all_languages_are_brought_up_to_date_at_once(course, capsys):
    (course.root / "course.toml").write_text(
        'libraries = ["cs231n_lib"]\ntranslations = ["fr", "ko"]\n'
    )
    capsys.readouterr()
    assert main(["translations"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert any(line.startswith("wrote solutions/locale/fr/") for line in said)
    assert any(line.startswith(f"ko/{NAME}: ") for line in said)


def test_a_language_that_the_course_does_not_have(course, capsys):
    assert main(["translations", "fr"]) == 2
    assert "no translation 'fr' (it has: ko)" in capsys.readouterr().err


def test_a_course_with_checks_lets_them_speak_the_language(course, translate):
    (course.root / "answer_checks").mkdir()
    (course.root / "answer_checks" / "__init__.py").write_text("")
    (course.root / "course.toml").write_text(
        'libraries = ["answer_checks", "cs231n_lib"]\ntranslations = ["ko"]\n'
    )
    translate()
    course.build()
    korean = nbformat.read(course.root / KOREAN, as_version=4)
    english = nbformat.read(course.student(), as_version=4)
    first = next(cell for cell in korean.cells if cell.cell_type == "code")
    assert first.id == "course-language"
    assert 'set_language("ko")' in first.source
    others = [cell.id for cell in korean.cells if cell is not first]
    assert others == [cell.id for cell in english.cells]
