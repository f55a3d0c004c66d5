"""nbgrader's exchange, there and back: our page reaches who handed the notebook in."""

import json
import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from nbgrader.apps.nbgraderapp import NbGraderApp
from nbgrader.auth import Authenticator
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeFetchAssignment,
    ExchangeFetchFeedback,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
    ExchangeSubmit,
)
from nbgrader.utils import get_username

from autograder import cli
from tests.conftest import ROOT, give_exercises

LECTURE = "lecture3"
# nbgrader's release_feedback leaves a file open.
pytestmark = [
    pytest.mark.slow,
    *(
        pytest.mark.filterwarnings(f"ignore:{said}")
        for said in (
            "unclosed file",
            "Exception ignored in:pytest.PytestUnraisableExceptionWarning",
        )
    ),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory, svm, settled_gradebook):
    """A course of one notebook, a student's folder and an exchange of their own."""
    root = tmp_path_factory.mktemp("exchange")
    course = root / "course"
    for folder in (course / "notebooks", course / "term" / "release"):
        (folder / LECTURE).mkdir(parents=True)
        (folder / LECTURE / "01_svm.ipynb").write_text(json.dumps(svm.notebook))
    give_exercises(course)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    shutil.copy(settled_gradebook, course / "term" / "gradebook.db")
    for name in ("inbox", "student"):
        (root / name).mkdir()
        (root / name).chmod(0o777)
    return root


@pytest.fixture(scope="module")
def step(place):
    """Return a function that carries out a step of nbgrader's, as its command does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place / "course")
        patch.delenv("COURSE_OUT", raising=False)
        patch.delenv("COURSE_DB", raising=False)
        app = NbGraderApp()
        app.load_config_file()
        config = app.config

    def carry_out(kind, student="", **traits):
        made = deepcopy(config)
        made.Exchange.root = str(place / "inbox")
        made.Exchange.cache = str(place / f"cache{student}")
        made.Exchange.assignment_dir = str(place / f"student{student}")
        if student:
            made.CourseDirectory.student_id = student
        made.CourseDirectory.assignment_id = LECTURE
        folders = CourseDirectory(config=made)
        more = {} if kind is GenerateFeedback else {"authenticator": Authenticator()}
        kind(coursedir=folders, config=made, **more, **traits).start()

    return carry_out


@pytest.fixture(scope="module")
def handed_in(place, step):
    """Release, fetch, submit, collect, grade; beside a student from elsewhere."""
    step(ExchangeReleaseAssignment)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place / "student")
        step(ExchangeFetchAssignment)
        step(ExchangeSubmit)
    step(ExchangeCollect)
    submitted = place / "course" / "term" / "submitted"
    mine = submitted / get_username() / LECTURE
    assert (mine / "submission_secret.txt").is_file()
    shutil.copytree(mine, submitted / "by-mail" / LECTURE)
    for name in ("timestamp.txt", "submission_secret.txt"):
        (submitted / "by-mail" / LECTURE / name).unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place / "course")
        assert cli.main(["grade", LECTURE, "--jobs", "1"]) == 0
    return place


def page_of(place: Path, student: str) -> Path:
    return place / "course" / "term" / "feedback" / student / LECTURE / "01_svm.html"


def fetched(place: Path) -> list[str]:
    folder = place / "student" / LECTURE / "feedback"
    return [path.read_text("utf-8") for path in folder.rglob("01_svm.html")]


def test_our_page_reaches_the_student(handed_in, step):
    ours = page_of(handed_in, get_username()).read_text("utf-8")
    assert "Content-Security-Policy" in ours
    step(ExchangeReleaseFeedback)
    step(ExchangeFetchFeedback)
    assert fetched(handed_in) == [ours]
    # The one who did not come through the exchange holds up nobody, and what was
    # released for them has a name that nobody knows.
    released = list((handed_in / "inbox").rglob("feedback/*.html"))
    assert len(released) == 2


@pytest.mark.parametrize("force", [False, True])
def test_generate_feedback_leaves_our_page_as_it_is(handed_in, step, force):
    page = page_of(handed_in, get_username())
    before = page.read_text("utf-8")
    step(GenerateFeedback, force=force)
    assert page.read_text("utf-8") == before
    assert (page.parent / "submission_secret.txt").is_file()
    step(ExchangeReleaseFeedback)


def test_grading_again_writes_no_receipt_anew(handed_in, monkeypatch):
    term = handed_in / "course" / "term"
    names = ("timestamp.txt", "submission_secret.txt")
    receipts = [
        p for kind in ("autograded", "feedback") for p in (term / kind).rglob("*")
    ]
    receipts = {
        p: (p.stat().st_ino, p.read_text()) for p in receipts if p.name in names
    }
    assert len(receipts) == 8
    monkeypatch.chdir(handed_in / "course")
    assert cli.main(["grade", LECTURE, "--jobs", "1"]) == 0
    assert {p: (p.stat().st_ino, p.read_text()) for p in receipts} == receipts


def test_what_is_published_holds_no_receipt(handed_in, monkeypatch):
    monkeypatch.chdir(handed_in / "course")
    assert cli.main(["publish", LECTURE, "--to", "back", "--pending"]) == 0
    files = {p.name for p in (handed_in / "course" / "back").rglob("*") if p.is_file()}
    assert files == {"01_svm.html", "index.html"}


def test_each_student_of_a_group_finds_its_page(handed_in, step, monkeypatch):
    """Two submit, one of them a copy that counts; the third never used the exchange."""
    course = handed_in / "course"
    for student in ("grace", "katherine"):
        (handed_in / f"student{student}").mkdir()
        monkeypatch.chdir(handed_in / f"student{student}")
        step(ExchangeFetchAssignment, student)
        step(ExchangeSubmit, student)
    step(ExchangeCollect)
    (course / "term" / "term.toml").write_text(
        f'[{LECTURE}.groups]\nteam = ["grace", "joan", "katherine"]\n'
        f'[{LECTURE}.exercises]\nl3_svm_loss_i = "given"\n'
    )
    monkeypatch.chdir(course)
    assert cli.main(["grade", LECTURE, "--jobs", "1"]) == 0
    pages = {
        student: page_of(handed_in, student).read_text("utf-8")
        for student in ("grace", "joan", "katherine")
    }
    assert all("all points were given to everybody" in p for p in pages.values())
    secrets = {
        (page_of(handed_in, student).parent / "submission_secret.txt").read_text()
        for student in pages
    }
    assert len(secrets) == 3
    step(GenerateFeedback, force=True)
    for student, page in pages.items():
        assert page_of(handed_in, student).read_text("utf-8") == page
    step(ExchangeReleaseFeedback)
    for student in ("grace", "katherine"):
        monkeypatch.chdir(handed_in / f"student{student}")
        step(ExchangeFetchFeedback, student)
        found = (handed_in / f"student{student}").rglob("feedback/**/01_svm.html")
        assert [p.read_text("utf-8") for p in found] == [pages[student]]
