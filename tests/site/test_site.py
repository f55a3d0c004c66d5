"""The documentation site builds without a warning, and is read in a browser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from autograder.authoring.release_scan import Private, find_leaks, load_private
from autograder.course.course import load_course
from tests.chromium import needs_browser

from .browser import chromium, served

ROOT = Path(__file__).parents[2]
SITE = ROOT / "docs" / "site"
COURSE = load_course(ROOT)
pytestmark = pytest.mark.slow
pytest.importorskip("myst_nb", reason="the packages of the site are not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built site. Notebooks that were run before are not run again."""
    folder = tmp_path_factory.mktemp("site")
    words = [SITE / "stage.py", folder / "source", "--kept", ROOT / "build/site/kept"]
    subprocess.run([sys.executable, *map(str, words)], check=True, timeout=1200)
    words = ["-m", "sphinx", "--quiet", "--fail-on-warning", "--conf-dir", SITE]
    words += ["--jobs=auto", folder / "source", folder / "html"]
    done = subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True, timeout=1200
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return folder / "html"


def pages(site):
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


def test_every_notebook_and_guide_has_a_page(site):
    made = {path.relative_to(site).as_posix() for path in pages(site)}
    for path in (*ROOT.glob("notebooks/**/*.ipynb"), *ROOT.glob("docs/*.md")):
        # One guide is left out: its example gives answers away.
        if ".ipynb_checkpoints" not in path.parts and path.stem != "add-an-exercise":
            assert path.relative_to(ROOT).with_suffix(".html").as_posix() in made
    assert {"README.html", "CONTRIBUTING.html", "search.html"} <= made
    assert {"api/cs231n_lib.checks.html", "api/answer_checks.checks.html"} <= made


def test_the_library_is_shown_with_its_examples(site):
    text = (site / "api" / "cs231n_lib.gradient_check.html").read_text("utf-8")
    page = BeautifulSoup(text, "html.parser")
    assert page.find(id="cs231n_lib.gradient_check.check_gradient")
    assert page.find("div", class_="doctest") or ">>>" in page.get_text()
    assert "Parameters" in page.get_text()


def test_pictures_that_need_no_answer_are_shown(site):
    for lecture in COURSE.lectures:
        found = [p for p in pages(site / "notebooks" / lecture)]
        drawn = [p for p in found if "<img" in p.read_text("utf-8")]
        assert drawn, lecture


def test_no_page_holds_an_answer(site):
    private = load_private(COURSE)
    assert len(private.windows) > 1000
    for path in pages(site):
        name = path.relative_to(site).as_posix()
        text = BeautifulSoup(path.read_text("utf-8"), "html.parser").get_text()
        found = find_leaks({name: text.encode()}, private)
        # The guides for instructors speak of the grader and of delimiters.
        if not name.startswith("notebooks/"):
            found = [leak for leak in found if "holds a piece of" in leak]
        assert not found, found


def test_an_answer_would_be_found(site):
    private = load_private(COURSE)
    (path,) = ROOT.glob("solutions/lecture3/01_svm.ipynb")
    notebook = nbformat.read(path, as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert find_leaks({"page": text.encode()}, private)
    assert not find_leaks({"page": text.encode()}, Private({}, {})) or "###" in text


def test_only_what_a_guide_links_to_can_be_downloaded(site):
    names = {path.name for path in (site / "_downloads").rglob("*") if path.is_file()}
    assert names <= {path.name for path in (ROOT / "docs" / "deploy").iterdir()}
    # myst-nb keeps the students' notebooks there, whose pages are searched above.
    kept = [path for path in (site / "_sources").rglob("*") if path.is_file()]
    for path in kept:
        name = path.relative_to(site / "_sources")
        assert name.parts[0] == "notebooks", name
        assert name.suffix == ".ipynb", name


@needs_browser
def test_every_page_opens_in_a_browser(site, tmp_path):
    faults = {}
    with served(site) as address, chromium(tmp_path) as browser:
        for path in pages(site):
            page = browser.open(f"{address}/{path.relative_to(site).as_posix()}")
            elsewhere = [
                url for url in page.asked if not url.startswith((address, "data:"))
            ]
            found = page.errors + [f"asks {url}" for url in elsewhere]
            if found:
                faults[path.name] = found
        assert not faults
        # What is looked for is found.
        browser.open(f"{address}/search.html?q=softmax")
        results = browser.evaluate(
            """new Promise(resolve => {
              const look = left => {
                const found = document.querySelectorAll("#search-results li").length;
                if (found || !left) resolve(found);
                else setTimeout(look, 100, left - 1);
              };
              look(100);
            })"""
        )
        assert results > 0
        # Formulas are drawn by the browser itself.
        browser.open(f"{address}/notebooks/lecture3/02_softmax.html")
        height = "document.querySelector('math').getBoundingClientRect().height"
        assert browser.evaluate(height) > 5
        # A dark theme is there.
        browser.evaluate("document.body.dataset.theme = 'dark'")
        for part in ("body", ".cell_input"):
            ground = (
                f"getComputedStyle(document.querySelector('{part}')).backgroundColor"
            )
            dark = browser.evaluate(ground).removeprefix("rgb(").removesuffix(")")
            assert max(map(int, dark.split(","))) < 64, part


@needs_browser
def test_a_fault_of_a_page_is_noticed(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "page.html").write_text(
        "<img src='none.png'><script>null.x</script><script src='none.js'></script>"
    )
    with served(folder) as address, chromium(tmp_path / "profile") as browser:
        errors = "\n".join(browser.open(f"{address}/page.html").errors)
    assert "broken picture" in errors
    assert "TypeError" in errors
    assert "none.js" in errors
