"""The settings in the file of a course."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from autograder.course.course import FILE_NAME, load_course
from autograder.course.settings import OWN_LIMITS, Settings
from autograder.errors import UserError
from autograder.sandbox.limits import Limits
from autograder.sandbox.rungs import RUNG_NAMES
from tests.conftest import give_exercises

GUIDE = Path(__file__).parents[3] / "docs" / "instructors.md"


GLOSSARY = '[languages]\n"en+ko" = "ko.toml"\n'


def load_settings(folder: Path) -> Settings:
    return load_course(folder).settings


def write(folder: Path, text: str) -> Path:
    if not (folder / "solutions").exists():
        give_exercises(folder)
    (folder / "ko.toml").write_text("[terms]\nloss = '손실'\n", "utf-8")
    (folder / FILE_NAME).write_text(text, "utf-8")
    return folder


def test_a_course_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings == Settings()
    assert settings.rungs == ("bubblewrap",)
    assert settings.limits_of("l3_svm_loss_i") == Limits()


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """
    lowest_rung = "landlock"
    language = "en+ko"
    demo_cells = "run"
    notebook_url = "https://hub.example.org/lab/tree/{notebook}.ipynb"
    [limits]
    cell_seconds = 5
    memory_mib = 512
    [exercises.l3_svm_loss_i]
    ask_seconds = 1.5
    """
    settings = load_settings(write(tmp_path, text + GLOSSARY))
    assert settings.rungs == ("bubblewrap", "landlock")
    assert settings.language.name == "en+ko"
    assert settings.language.say("the loss") == "the loss (손실)"
    assert settings.demo_cells == "run"
    assert settings.notebook_url.endswith("/lab/tree/{notebook}.ipynb")
    assert settings.limits == Limits(cell_seconds=5, memory_mib=512)
    own = settings.limits_of("l3_svm_loss_i")
    assert (own.ask_seconds, own.cell_seconds) == (1.5, 5)
    assert settings.limits_of("l3_softmax_probs").ask_seconds == Limits().ask_seconds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('notebook_url = "hub.example.org/{notebook}"', "must be an address with"),
        ('notebook_url = "https://hub.example.org/"', "with {notebook} in it"),
        ("notebook_url = 3", "got 3"),
        ("lowest_rung = 'none'", "'lowest_rung' must be one of bubblewrap, landlock"),
        ("language = ['ko']", "'language' must be one of en, got"),
        ("demo_cells = true", "'demo_cells' must be one of skip, run, got True"),
        ("timeout = 3", "no setting 'timeout'; there are: limits, exercises"),
        ("limits = 3", "'limits' must be a table, as in \\[limits\\]"),
        ("[limits]\nseconds = 3", "no limit 'seconds'; there are: cell_seconds"),
        ("[limits]\nfiles = 0", "'limits.files' must be a whole number above 0, got 0"),
        ("[limits]\nfiles = 1.5", "'limits.files' must be a whole number"),
        ("[limits]\ncell_seconds = true", "'limits.cell_seconds' must be a number"),
        ("[limits]\ncell_seconds = inf", "'limits.cell_seconds' must be a number"),
        ("[exercises]\nl3_svm_loss_i = 3", "'exercises.l3_svm_loss_i' must be a table"),
        ("[exercises.other]\nask_seconds = 3", "no exercise 'other'; there are: l3_"),
        ("[exercises.l3_svm_loss_i]\nmemory_mib = 3", "no limit 'memory_mib'"),
        ("this is no TOML", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        load_settings(write(tmp_path, text))
    assert FILE_NAME in str(caught.value)
    assert str(caught.value).count("\n") == 0


def test_the_guide_lists_every_setting_with_its_default(tmp_path: Path) -> None:
    example, *others = re.findall(
        r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL
    )
    # Blocks with sections of lectures are for a term's own file.
    others = [text for text in others if "[lecture" not in text]
    assert others
    assert all(load_settings(write(tmp_path, other + GLOSSARY)) for other in others)
    found = tomllib.loads(example)
    assert set(found) == {f.name for f in fields(Settings)}
    assert found["limits"] == Limits().as_dict()
    ((_, own),) = found["exercises"].items()
    assert sorted(own) == sorted(OWN_LIMITS)
    settings = load_settings(write(tmp_path, example))
    defaults = Settings()
    assert settings.limits == defaults.limits
    assert (settings.lowest_rung, settings.language) == (
        defaults.lowest_rung,
        defaults.language,
    )
    assert all(rung in GUIDE.read_text("utf-8") for rung in RUNG_NAMES)
