"""What a stored result depends on."""

from pathlib import Path

import pytest

from answer_checks.language import Language
from autograder.classroom.digests import (
    conditions_digest,
    library_digest,
    result_digest,
    verdict_digest,
    worker_digest,
)
from autograder.course.course import Course
from autograder.course.handout import Handout
from autograder.course.settings import DemoCells, Settings
from autograder.sandbox.course_code import CourseCode
from autograder.sandbox.limits import Limits

OWN = {"t_double": {"ask_seconds": 1}}
OTHER = {"l3_svm_loss_i": {"ask_seconds": 1}}


def digest(small, data=b"x", rung="bubblewrap", seed=b"s", draws=None, **settings):
    course = Course(Path(), settings=Settings(**settings))
    conditions = conditions_digest(small, course, rung)
    return result_digest(conditions, data, seed, draws)


def test_the_digest_depends_on_all_that_matters(small):
    base = digest(small)
    others = [
        digest(small, data=None),
        digest(small, data=b"y"),
        digest(small, limits=Limits(cells=3)),
        digest(small, exercises=OWN),
        digest(small, demo_cells=DemoCells.RUN),
        digest(small, rung="none"),
        digest(small, seed=b"t"),
        digest(small, draws={"t_double": 1}),
    ]
    assert base not in others
    assert len(set(others)) == len(others)


def test_what_does_not_matter_changes_nothing(small):
    assert digest(small) == digest(small, exercises=OTHER)
    assert digest(small) == digest(small, language=Language("xx", {}))


CHECKS = """
from autograder.exercise import Exercise
{more}

EXERCISE = Exercise(points=1, names=("f",), kind="code")


def f(x):
    return x
"""


@pytest.fixture
def course(tmp_path):
    """Two lectures of one exercise each; the first one uses a shared file."""
    for lecture, more in (("one", "from ....shared import TOLERANCE"), ("two", "")):
        folder = tmp_path / "solutions" / lecture / "01_topic" / f"{lecture}_f"
        folder.mkdir(parents=True)
        (folder / "checks.py").write_text(CHECKS.format(more=more))
        (folder / "wrong.py").write_text("# hint: look at the sign\n")
    (tmp_path / "solutions" / "shared.py").write_text("TOLERANCE = 1e-6\n")
    return tmp_path


def exercises(course):
    """Return what the exercises of both lectures are made of, as hashes."""
    return [
        Handout(f"{lecture}/01_topic", {"cells": []}, course).exercises_digest
        for lecture in ("one", "two")
    ]


def append(path, text="# a comma, more or less\n"):
    path.write_text(path.read_text() + text)


def test_a_hint_of_one_lecture_regrades_nothing_in_another(course):
    one, two = exercises(course)
    append(course / "solutions" / "two" / "01_topic" / "two_f" / "wrong.py")
    assert exercises(course)[0] == one
    assert exercises(course)[1] != two


def test_a_shared_file_regrades_what_uses_it(course):
    one, two = exercises(course)
    append(course / "solutions" / "shared.py")
    assert exercises(course)[0] != one
    assert exercises(course)[1] == two


def test_a_library_regrades_what_it_is_mounted_for(tmp_path):
    (tmp_path / "library").mkdir()
    before = library_digest(CourseCode())
    (tmp_path / "library" / "__init__.py").write_text("")
    first = library_digest(CourseCode((tmp_path / "library",)))
    assert first != before
    assert library_digest(CourseCode((tmp_path / "library",), "probes")) != first


def test_reports_are_not_part_of_a_verdict_and_are_of_what_a_worker_returns():
    assert verdict_digest() != worker_digest()
