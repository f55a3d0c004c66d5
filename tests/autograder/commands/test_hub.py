"""A term on the hub of docs/deploy: everybody in a browser of their own.

The hub is the one that docs/deploy.md brings up, on loopback, with JupyterHub's proxy
and a server for each of two students and the instructor. The browser is Chromium.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from autograder import cli
from autograder.authoring.notebook_files import find_notebooks
from autograder.authoring.source import read_source, to_notebook
from tests.chromium import needs_browser, program
from tests.conftest import ROOT
from tests.plane_figures import RIGHT, WRONG, table

pytest.importorskip("jupyterhub", reason="JupyterHub is not installed (extra 'hub')")
playwright = pytest.importorskip(
    "playwright.sync_api", reason="Playwright is not installed (extra 'hub')"
)
PROXY = "configurable-http-proxy"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default::ResourceWarning"),
    needs_browser,
    pytest.mark.skipif(not shutil.which(PROXY), reason=f"{PROXY} (npm) is not here"),
]
CONFIGURATION = ROOT / "docs" / "deploy" / "jupyterhub" / "jupyterhub_config.py"
PASSWORD = "pass-word-of-the-tests"  # noqa: S105
PATIENCE = 180  # seconds for one step on a busy machine
LECTURE, NOTEBOOK = "week1", "01_rectangles"


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture
def course(term, tmp_path, monkeypatch):
    """The course with what a teacher has: solutions, configuration, a library."""
    for files in find_notebooks(term):
        source, problems = read_source(files)
        assert source is not None, problems
        files.solution.write_text(json.dumps(to_notebook(source)), "utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", term)
    # Students have the library and nothing else of the course.
    shutil.copytree(term / "figures", tmp_path / "library" / "figures")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "library"))
    return term


@pytest.fixture
def hub(course, tmp_path):
    """Bring the hub up; yield its address."""
    front, inner, api = free_ports(3)
    address = f"http://127.0.0.1:{front}"
    words = [sys.executable, "-m", "jupyterhub", "--config", str(CONFIGURATION)]
    words += [f"--JupyterHub.bind_url={address}", f"--JupyterHub.hub_port={inner}"]
    words += [f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{api}"]
    places = {"COURSE": str(course), "HUB_HOMES": str(tmp_path / "hub")}
    scripts = str(Path(sys.executable).parent)
    path = os.pathsep.join([scripts, os.environ["PATH"]])
    environment = os.environ | places | {"HUB_PASSWORD": PASSWORD, "PATH": path}
    with (
        (tmp_path / "hub.log").open("wb") as log,
        subprocess.Popen(
            words, cwd=course, env=environment, stdout=log, stderr=log
        ) as running,
    ):
        try:
            for _ in range(PATIENCE * 2):
                assert running.poll() is None, (tmp_path / "hub.log").read_text()
                try:
                    urllib.request.urlopen(f"{address}/hub/login").close()  # noqa: S310
                    break
                except urllib.error.URLError:
                    time.sleep(0.5)
            yield address
        finally:
            running.terminate()


@pytest.fixture
def enter(hub, tmp_path):
    """Return a function that logs somebody in and opens a page of their server.

    Where a step fails, what everybody saw is in pictures beside the hub's log.
    """
    pages = {}
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=program(), args=["--no-sandbox", "--disable-gpu"]
        )

        def call(who, where):
            page = browser.new_page(viewport={"width": 1300, "height": 900})
            page.set_default_timeout(PATIENCE * 1000)
            pages[who] = page
            own = f"/user/{who}/{where}"
            page.goto(f"{hub}/hub/login?next=/hub/spawn/{who}?next={own}")
            page.fill("#username_input", who)
            page.fill("#password_input", PASSWORD)
            page.click("#login_submit")
            page.wait_for_url(re.compile(f"^{hub}{own}"))
            return page

        try:
            yield call
        finally:
            for who, page in pages.items():
                page.screenshot(path=tmp_path / f"{who}.png")
            browser.close()


def manage(page, row, kind):
    """Click a button of formgrader in the row of an assignment or a student."""
    name = re.compile(f"^{row}$")
    named = page.locator("td.name, td.student-id", has_text=name)
    found = page.locator("tbody tr", has=named)
    found.locator(f"td.{kind} a").click()
    told = page.locator(".modal.in")
    told.locator(".modal-title").wait_for()
    assert told.locator(".modal-title").inner_text() == "Success", told.inner_text()
    told.locator(".modal-footer button").last.click()
    told.wait_for(state="hidden")


def open_list(page):
    """Open the list of assignments; return what nbgrader's menu offers."""
    page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").click()
    menu = page.locator(".lm-Menu-itemLabel")
    wanted = menu.get_by_text("Assignment List")
    wanted.wait_for()
    offered = menu.all_inner_texts()
    wanted.click()
    return offered


def listed(page, kind):
    return page.locator(f"#{kind}_assignments_list")


def answer(page, exercise, source):
    """Write an answer into its cell."""
    stub = f'NotImplementedError("{exercise}:'
    cell = page.locator(".jp-CodeCell", has_text=stub).first
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(source)


def work(page, answers):
    """Fetch, work, save, validate and submit; return what validation said."""
    listed(page, "released").get_by_role("button", name="Fetch").click()
    mine = listed(page, "fetched")
    mine.get_by_text(LECTURE, exact=True).click()
    mine.get_by_role("link", name=NOTEBOOK).click()
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    for exercise, source in answers.items():
        answer(page, exercise, source)
    page.keyboard.press("ControlOrMeta+S")
    page.locator(".lm-TabBar-tab.jp-mod-dirty").first.wait_for(state="detached")
    page.locator(".lm-TabBar-tabLabel", has_text="Assignments").click()
    mine.get_by_role("button", name="Validate").click()
    dialog = page.locator(".jp-Dialog")
    said = dialog.inner_text()
    dialog.locator("button").last.click()
    dialog.wait_for(state="detached")
    mine.get_by_role("button", name="Submit").click()
    listed(page, "submitted").get_by_text(LECTURE).first.wait_for()
    return said


def read_feedback(page, hub, home):
    """Fetch feedback, open the page in the browser and return its text."""
    page.click("#refresh_assignments_list")
    listed(page, "submitted").get_by_role("button", name="Fetch Feedback").click()
    listed(page, "submitted").get_by_text("view feedback").wait_for()
    (found,) = (home / LECTURE / "feedback").rglob(f"{NOTEBOOK}.html")
    page.goto(f"{hub}/user/{home.name}/files/{found.relative_to(home)}")
    return page.locator("main").inner_text()


def test_a_term_on_the_hub(hub, enter, course, tmp_path):
    teacher = enter("instructor", "formgrader")
    manage(teacher, LECTURE, "assign")
    manage(teacher, LECTURE, "release")
    ada, barbara = enter("ada", "lab"), enter("barbara", "lab")
    for page in (ada, barbara):
        assert "Formgrader" not in open_list(page)
    answers = {name: RIGHT[name] for name in ("w1_area", "w1_diagonal")}
    assert "Success" in work(ada, answers)
    assert "failed" in work(barbara, answers | {"w1_area": WRONG["w1_area"]})

    manage(teacher, LECTURE, "collect")
    grade = [sys.executable, "-m", "autograder", "grade", LECTURE, "--jobs", "1"]
    done = subprocess.run(grade, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    want = {"ada": 5.0, "barbara": 3.0}
    assert scores(course) == want
    # The button runs the same engine.
    teacher.goto(f"{hub}/user/instructor/formgrader/manage_submissions/{LECTURE}")
    manage(teacher, "barbara", "autograde")
    assert cli.main(["report", LECTURE]) == 0
    assert scores(course) == want

    teacher.goto(f"{hub}/user/instructor/formgrader/manage_assignments")
    manage(teacher, LECTURE, "release-feedback")
    homes = tmp_path / "hub"
    assert "5 of 5 points" in read_feedback(ada, hub, homes / "ada")
    said = read_feedback(barbara, hub, homes / "barbara")
    assert "3 of 5 points" in said
    assert "Draw a rectangle of squares, 2 by 3." in said


def scores(course):
    rows = table(course / "term" / "totals.csv")
    return {r["student"]: float(r["score"]) for r in rows if r["assignment"] == LECTURE}
