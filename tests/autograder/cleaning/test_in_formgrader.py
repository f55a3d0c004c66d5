"""A hostile submission in a real formgrader, in a browser that is logged in.

The server listens on the loopback address with a token, as an instructor's does. What
students handed in was graded by our command; the browser is Chromium, if there is one.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.classroom.pool import LocalWorkers
from autograder.commands.demo import make_class
from autograder.commands.grade import GradeRequest, grade
from autograder.course.course import load_course
from autograder.course.handout import load_handouts
from autograder.demo_class import PEOPLE
from autograder.gradebook.book import Book
from tests.autograder.cleaning.vectors import AWAY, RUN, STOPPED, VECTORS, notebook
from tests.chromium import dump_dom, needs_browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.filterwarnings("default::ResourceWarning"),
]

ROOT = Path(__file__).parents[3]
TOKEN = "token-of-this-test"  # noqa: S105
START = 120  # seconds that the server may take to start on a busy machine
# What a script in an instructor's page can do: give itself the points of every grade.
THEFT = (
    "function ask(way,path,body){var one=new XMLHttpRequest();"
    "one.open(way,'/formgrader/api/'+path,false);"
    "var said=document.cookie.match('_xsrf=([^;]*)');"
    "one.setRequestHeader('X-XSRFToken',said?said[1]:'');"
    "one.setRequestHeader('Content-Type','application/json');"
    "one.send(body);return one.responseText}"
    "JSON.parse(ask('GET','grades?submission_id='+submission_id)).forEach("
    "function(g){ask('PUT','grade/'+g.id,JSON.stringify({manual_score:99}))})"
)
STEALS = {
    "cell_type": "markdown",
    "id": "steals",
    "metadata": {},
    "source": f'Because. <img src=x onerror="{RUN};{THEFT}">',
}
CONFIGURED = re.compile(r"^    c\.HTMLExporter\..*\n(?:        .*\n    \]\n)?", re.M)


def as_run(cell: dict) -> dict:
    """Return a cell that displays by itself what a vector holds as its outputs."""
    lines = ["from IPython.display import display"]
    for output in cell.get("outputs", []):
        if "data" in output:
            words = f"{output['data']!r}, metadata={output['metadata']!r}, raw=True"
            lines.append(f"display({words})")
    return cell | {"source": "\n".join(lines)} if len(lines) > 1 else cell


@pytest.fixture(scope="module")
def course(tmp_path_factory, settled_gradebook):
    """A course folder: an honest submission and a hostile one, both graded."""
    root = tmp_path_factory.mktemp("course")
    for folder in ("solutions", "notebooks"):
        (root / folder / "lecture3").mkdir(parents=True)
        name = "01_svm.ipynb"
        shutil.copy(ROOT / folder / "lecture3" / name, root / folder / "lecture3")
    topic = Path("solutions", "lecture3", "01_svm")
    shutil.copytree(ROOT / topic, root / topic)
    for path in (ROOT / "solutions").glob("*.*"):
        shutil.copy(path, root / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    out = root / "term"
    out.mkdir()
    shutil.copy(settled_gradebook, out / "gradebook.db")
    people = [p for p in PEOPLE if p.name in ("ada", "barbara")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.commands.demo.PEOPLE", people)
        make_class(
            load_handouts(root, "lecture3"), out / "submitted", load_course(root)
        )
    path = out / "submitted" / "barbara" / "lecture3" / "01_svm.ipynb"
    own = json.loads(path.read_text("utf-8"))
    hostile = [STEALS, *map(as_run, copy.deepcopy([*VECTORS.values()]))]
    hostile += copy.deepcopy([*STOPPED.values()])
    for index, cell in enumerate(hostile):
        cell["id"] = f"hostile-{index}"
    own["cells"] += hostile
    path.write_text(json.dumps(own), "utf-8")
    workers = LocalWorkers(1)
    request = GradeRequest(
        "lecture3", out / "submitted", out, course=load_course(root), workers=workers
    )
    tally, _ = grade(request)
    assert tally.failed == 0
    return root


@contextmanager
def formgrader(course: Path) -> Iterator[str]:
    """Serve formgrader in the course's folder; its address is yielded."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    extension = "nbgrader.server_extensions.formgrader"
    words = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"]
    words += [f"--port={port}", "--ServerApp.ip=127.0.0.1"]
    words += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={course}"]
    words += [f"--ServerApp.jpserver_extensions={{'{extension}': True}}"]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        words, cwd=course, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            for _ in range(START * 2):
                try:
                    urllib.request.urlopen(  # noqa: S310
                        f"{address}/api/status?token={TOKEN}", timeout=60
                    ).close()
                except urllib.error.URLError:
                    time.sleep(0.5)
                else:
                    break
            yield address
        finally:
            server.terminate()


@contextmanager
def away() -> Iterator[tuple[int, list[bytes]]]:
    """Stand for the rest of the net: note what is asked of it, and hang up."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(5)
                    try:
                        asked.append(connection.recv(1000))
                    except OSError:
                        asked.append(b"")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], asked
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def browse(url: str, folder: Path, port: int) -> str:
    """Open a page in Chromium, for which all other hosts are `port` of this one."""
    return dump_dom(
        url,
        folder / "profile",
        "--virtual-time-budget=15000",
        f"--host-resolver-rules=MAP {AWAY.partition('//')[2]} 127.0.0.1:{port},"
        "MAP * ~NOTFOUND,EXCLUDE 127.0.0.1",
        seconds=300,
    )


def scores(course: Path) -> dict[tuple[str, str], tuple[float | None, float | None]]:
    with Book(f"sqlite:///{course / 'term' / 'gradebook.db'}") as book:
        return {
            (submission.student.id, one.name): (one.auto_score, one.manual_score)
            for submission in book.nbgrader.assignment_submissions("lecture3")
            for part in submission.notebooks
            for one in part.grades
        }


def submission_of(course: Path, student: str) -> str:
    with Book(f"sqlite:///{course / 'term' / 'gradebook.db'}") as book:
        found = book.nbgrader.find_submission_notebook("01_svm", "lecture3", student)
        return str(found.id)


def visit(course: Path, tmp_path: Path, path: Callable[[Path], str]) -> tuple[str, int]:
    """Open a page of formgrader; return its elements and how often it asked outside."""
    with formgrader(course) as address, away() as (port, asked):
        # The way in that Jupyter prints: it logs the browser in and goes on.
        page = f"{address}/login?token={TOKEN}&next=/formgrader/{path(course)}"
        dom = browse(page, tmp_path, port)
    return dom, len(asked)


def of_barbara(course: Path) -> str:
    return f"submissions/{submission_of(course, 'barbara')}/"


def title_of(dom: str) -> str:
    found = re.search("<title>(.*?)</title>", dom)
    return found[1] if found else ""


@needs_browser
def test_nothing_of_a_hostile_submission_acts(course, tmp_path):
    before = scores(course)
    dom, asked = visit(course, tmp_path, of_barbara)
    assert title_of(dom) == "01_svm"
    assert 'id="l3_svm_loss_i_test"' in dom  # formgrader's own field
    assert "Because. &lt; img src=x onerror" in dom  # it is there to read
    assert asked == 0
    assert scores(course) == before


@needs_browser
def test_it_would_act_where_nothing_cleaned_it(course, tmp_path):
    """The same in a formgrader that shows what was handed in: the test can fail."""
    other = tmp_path / "course"
    shutil.copytree(course, other, symlinks=True)
    config = other / "nbgrader_config.py"
    bare, count = CONFIGURED.subn("", config.read_text("utf-8"))
    assert count == 4
    config.write_text(bare, "utf-8")
    graded = other / "term" / "autograded" / "barbara" / "lecture3" / "01_svm.ipynb"
    shown = json.loads(graded.read_text("utf-8"))
    shown["cells"] = [*shown["cells"][:20], STEALS, VECTORS["picture_away"]]
    graded.write_text(json.dumps(shown), "utf-8")
    dom, asked = visit(other, tmp_path, of_barbara)
    assert title_of(dom) == "ran"
    assert asked > 0
    stolen = [of for (student, _), of in scores(other).items() if student != "ada"]
    assert {by_hand for _, by_hand in stolen} == {99.0}


@needs_browser
def test_our_configuration_cleans_what_another_engine_wrote(course, tmp_path):
    other = tmp_path / "course"
    shutil.copytree(course, other, symlinks=True)
    graded = other / "term" / "autograded" / "barbara" / "lecture3" / "01_svm.ipynb"
    cells = [copy.deepcopy(cell) for cell in VECTORS.values()]
    for index, cell in enumerate(cells):
        cell["id"] = f"hostile-{index}"
    graded.write_text(json.dumps(notebook(STEALS, *cells)), "utf-8")
    before = scores(other)
    dom, asked = visit(other, tmp_path, of_barbara)
    assert (title_of(dom), asked) == ("01_svm", 0)
    assert scores(other) == before


@needs_browser
def test_feedback_of_nbgrader_and_ours_runs_nothing(course, tmp_path):
    ours = course / "term" / "feedback" / "barbara" / "lecture3" / "01_svm.html"
    pages = {"Feedback: lecture3/01_svm": ours.read_text("utf-8")}
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "lecture3"]
    place = tmp_path / "theirs"
    command += ["--force", f"--CourseDirectory.feedback_directory={place}"]
    # The course's configuration makes our page; that of nbgrader must be clean, too.
    command += ["--GenerateFeedback.exporter_class=nbconvert.exporters.HTMLExporter"]
    done = subprocess.run(
        command, cwd=course, capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr[-2000:]
    theirs = place / "barbara" / "lecture3" / "01_svm.html"
    pages["01_svm"] = theirs.read_text("utf-8")
    for title, page in pages.items():
        path = tmp_path / "page.html"
        path.write_text(page, "utf-8")
        with away() as (port, asked):
            dom = browse(path.as_uri(), tmp_path, port)
        assert (title_of(dom), asked) == (title, [])
