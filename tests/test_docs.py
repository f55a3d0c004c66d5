"""What the guides point to is there, and what they tell to type is understood."""

import importlib.metadata
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from nbgrader.apps.nbgraderapp import NbGraderApp

from answer_checks import fresh_run
from autograder import cli
from autograder.adequacy import __main__ as adequacy
from autograder.course.exercises import all_exercises

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if path.is_file()
)
LECTURES = {path.name for path in (ROOT / "solutions").iterdir() if path.is_dir()}
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

each_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix()
)


@cache
def tokens(page: Path) -> list[Token]:
    """Parse a page; what stands within a line comes after its block."""
    parsed = MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))
    return [t for block in parsed for t in (block, *(block.children or ()))]


def anchors(page: Path) -> set[str]:
    """List the anchors of a page's headings as GitHub names them."""
    parsed = tokens(page)
    titles = [
        parsed[i + 1].content
        for i, token in enumerate(parsed)
        if token.type == "heading_open"
    ]
    return {re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles}


def targets(page: Path) -> list[str]:
    """List where the links and pictures of a page lead."""
    found = [t.attrs.get("href") or t.attrs.get("src") for t in tokens(page)]
    return sorted({str(target) for target in found if target})


def console(page: Path) -> list[str]:
    """List the commands of a page's console blocks."""
    blocks = [t for t in tokens(page) if t.type == "fence" and t.info == "console"]
    found = []
    for block in blocks:
        lines = block.content.splitlines()
        assert lines, f"an empty console block in {page.name}"
        assert lines[0].startswith("$ "), f"no command begins {lines!r}"
        found += [line[2:] for line in lines if line.startswith("$ ")]
    return found


def in_text(page: Path) -> list[str]:
    """List what stands in a page's lines as code."""
    return sorted({t.content for t in tokens(page) if t.type == "code_inline"})


# Its commands are carried out, in another course, by a test of its own.
WALKED = ROOT / "docs" / "your-own-course.md"
CONSOLE = sorted({c for page in PAGES if page != WALKED for c in console(page)})
IN_TEXT = sorted({code for page in PAGES for code in in_text(page)})
COMMANDS_IN_TEXT = [
    code for code in IN_TEXT if re.match(r"(make|nbgrader|python -m autograder) ", code)
]


def test_the_pages_are_found():
    names = {page.name for page in PAGES}
    assert {"README.md", "CONTRIBUTING.md", "SECURITY.md"} <= names
    assert {"instructors.md", "students.md", "add-an-exercise.md"} <= names
    for page in PAGES:
        assert "](" not in page.read_text("utf-8") or targets(page), page


@each_page
def test_every_relative_link_leads_somewhere(page):
    for target in targets(page):
        if re.match(r"[a-z]+:", target):
            assert target.startswith(("https://", "mailto:")), target
            continue
        path, _, anchor = target.partition("#")
        end = (page.parent / path) if path else page
        assert end.exists(), f"{page.name} links to {target}"
        assert end.resolve().is_relative_to(ROOT), target
        if anchor:
            assert anchor in anchors(end), f"{page.name} links to {target}"


@pytest.mark.parametrize(
    "link", ["[x](nowhere.md)", "![x](no.png)", "[x](#y)", "[x](http://example.org)"]
)
def test_a_broken_link_is_noticed(link, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"# X\n\n| a |\n|---|\n| {link} |\n")
    with pytest.raises(AssertionError):
        test_every_relative_link_leads_somewhere(page)


@each_page
def test_no_place_is_left_to_fill_in(page):
    found = re.findall(r"@@\w+@@|\b(?:TODO|TBD|FIXME|XXX)\b", page.read_text("utf-8"))
    assert not found


# Written by commands, a platform or an instructor, added to a copy of the course by a
# page, or in many folders of it.
MADE = re.compile(
    r"^(submission_metadata\.yml|gradebook\.db\.lock)$|"
    r"^(build/|dist/|term/|autograded/|report\.html|changes\.md|autograder\.toml|equivalent\.toml"
    r"|term\.toml|gradebook\.db\.lock|figures/|pictures/|(release|source)/hw1/)|squared_hinge|[<>*]|NN_|DIR"
)


# The course of docs/your-own-course.md is a small one of its own.
ROOTS = (ROOT, ROOT / "tests" / "fixtures" / "plane_figures")


@each_page
def test_every_file_that_is_named_is_there(page):
    for code in in_text(page):
        named = re.fullmatch(r"[\w.\-/<>*]+(\.(py|md|yml|toml|lock)|/)", code)
        if not named or MADE.search(code):
            continue
        somewhere = "/" not in code and any(ROOT.glob(f"tests/**/{code}"))
        assert any((root / code).exists() for root in ROOTS) or somewhere, (
            f"{page.name} names {code}"
        )


def test_the_readme_lists_every_notebook():
    listed = set(in_text(ROOT / "README.md"))
    for path in (ROOT / "solutions").glob("*/*.py"):
        assert path.stem in listed


# Commands -------------------------------------------------------------------------


def test_the_readme_gives_the_times_of_the_page_on_performance():
    """`python -m benchmarks.grading page` writes the page; the README follows it."""
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    rows = re.search(
        r"without `demo` cells \| (\d+) \| nbgrader \| ([\d.]+) .*\n.*\n"
        r"\|  \|  \| ours \| ([\d.]+) ",
        page,
    )
    assert rows
    number, theirs, ours = (round(float(figure)) for figure in rows.groups())
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert (
        f"{number} notebooks in {ours} s on two cores, where nbgrader takes {theirs} s"
    ) in readme


def check_make(words: list[str]) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for word in words:
        if "=" in word:
            assert f"\n{word.partition('=')[0]} ?=" in makefile, word
    goals = [word for word in words if "=" not in word]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "PYTHON", "LOCK"}
    }
    done = subprocess.run(
        ["make", "--dry-run", *goals],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def check_autograder(words: list[str]) -> None:
    try:
        args = cli.make_parser(words[0]).parse_args(words)
    except SystemExit:
        pytest.fail(f"the parser refuses {words}")
    lectures = getattr(args, "lectures", None) or [getattr(args, "lecture", None)]
    assert set(lectures) <= {None, *LECTURES}


def check_pytest(words: list[str]) -> None:
    paths = [word for word in words if "/" in word]
    assert paths
    for path in paths:
        assert (ROOT / path).exists(), path


def check_progress(words: list[str]) -> None:
    for place in fresh_run.make_parser().parse_args(words).places:
        assert (ROOT / place).exists(), place


def check_adequacy(words: list[str]) -> None:
    chosen = adequacy.make_parser().parse_args(words).exercises
    assert set(chosen) <= {exercise.id for exercise in all_exercises()}


def check_python(words: list[str]) -> None:
    assert words[0] == "-m", words
    {
        "autograder": check_autograder,
        "autograder.adequacy": check_adequacy,
        "cs231n_lib.progress": check_progress,
        "pytest": check_pytest,
    }[words[1]](words[2:])


def check_nbgrader(words: list[str]) -> None:
    assert words[0] in NbGraderApp.subcommands
    assert set(words[1:]) <= LECTURES, words


def check_jupyter(words: list[str]) -> None:
    scripts = importlib.metadata.entry_points(group="console_scripts")
    assert f"jupyter-{words[0]}" in scripts.names
    for path in words[1:]:
        assert (ROOT / path).exists(), path


def check_conda(words: list[str]) -> None:
    if words[0] == "activate":
        assert words[1:] == [ENVIRONMENT["name"]]
    else:
        assert words[:-1] == ["env", "create", "-f"]
        assert words[-1] == "environment.yml"


def check_pip(words: list[str]) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = makefile.replace("$(LOCK)", "requirements.lock").replace(" --quiet", "")
    assert f"$(PIP) {shlex.join(words)}\n" in recipe


def check_python3(words: list[str]) -> None:
    assert words == ["-m", "venv", ".venv"]


def check_source(words: list[str]) -> None:
    assert words == [".venv/bin/activate"]


CHECKS = {
    ".": check_source,
    "pip": check_pip,
    "python3": check_python3,
    "make": check_make,
    "python": check_python,
    "nbgrader": check_nbgrader,
    "jupyter": check_jupyter,
    "conda": check_conda,
}


def check(command: str) -> None:
    """Hold one command against the tool that would carry it out."""
    words = shlex.split(command)
    assert words[0] in CHECKS, f"no test knows the command {command!r}"
    CHECKS[words[0]](words[1:])


@pytest.mark.parametrize("command", CONSOLE)
def test_a_command_of_a_console_block_is_understood(command):
    check(command)


def test_every_kind_of_command_is_met():
    assert {shlex.split(command)[0] for command in CONSOLE} == set(CHECKS)


@pytest.mark.parametrize("command", COMMANDS_IN_TEXT)
def test_a_command_in_the_text_is_known(command):
    words = shlex.split(command)
    if words[:3] == ["python", "-m", "autograder"] and len(words) == 4:
        assert words[3] in cli.COMMANDS  # named without its arguments
    else:
        check(command)


@pytest.mark.parametrize(
    "command",
    [
        "make everything",
        "make test SPEED=fast",
        "python -m autograder grades lecture3",
        "python -m autograder grade lecture99",
        "python -m autograder grade lecture3 --fast",
        "python -m autograder publish lecture3",
        "python -m pytest tests/test_nothing.py",
        "nbgrader generate lecture3",
        "nbgrader release_assignment lecture99",
        "jupyter laboratory",
        "conda activate cs231n",
        "conda env create -f requirements.lock",
        "pip install everything",
    ],
)
def test_a_wrong_command_is_noticed(command):
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(command)


# The other commands are carried out by the tests of their own, in tests/autograder and
# in test_add_an_exercise.py.
@pytest.mark.slow
def test_release_assignment_is_carried_out(tmp_path):
    command = "nbgrader release_assignment lecture3"
    assert command in CONSOLE
    course = tmp_path / "course"
    released = course / "term" / "release" / "lecture3"
    released.mkdir(parents=True)
    for path in (ROOT / "notebooks" / "lecture3").glob("*.ipynb"):
        (released / path.name).write_bytes(path.read_bytes())
    config = (ROOT / "nbgrader_config.py").read_bytes()
    (course / "nbgrader_config.py").write_bytes(config)
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command), f"--Exchange.root={exchange}"],
        cwd=course,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    out = exchange / "cs231n-companion" / "outbound" / "lecture3"
    assert {path.name for path in out.iterdir()} == {
        path.name for path in released.iterdir()
    }
