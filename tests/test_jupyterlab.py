"""Run All and Validate in a real JupyterLab, as a student sees them in a browser.

An unanswered exercise reports itself and the rest of the notebook runs; Validate names
each exercise that is open, and a passed one says what its visible checks leave out.
Without Chromium the tests are skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import needs_browser
from tests.site.browser import Browser, chromium

pytestmark = [
    pytest.mark.slow,
    needs_browser,
    pytest.mark.filterwarnings("default::ResourceWarning"),
]

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = "lecture4/01_computational_graphs"
SOLVED = "l4_xyz"  # one exercise is answered, the others are open
PATIENCE = 600  # seconds, on a busy machine
COVERS = "Hidden tests are not run here or by Validate"

# Each is asked until it returns something: the page builds itself as it likes.
OPEN = """
(async () => {
  const app = window.jupyterapp;
  const main = app?.shell ? [...app.shell.widgets("main")] : [];
  window.panel = main.find((widget) => widget.context?.sessionContext);
  if (!window.panel) return "";
  app.shell.activateById(window.panel.id);
  const status = window.panel.context.sessionContext.session?.kernel?.status;
  const current = app.shell.currentWidget === window.panel;
  return current && status === "idle" ? "yes" : "";
})()
"""
# The command ends at the first error, and the cells behind it go on.
RUN_ALL = """
(async () => {
  await window.jupyterapp.commands.execute("notebook:run-all-cells").catch(() => 0);
  return "done";
})()
"""
RAN = """
(async () => {
  const code = [...window.panel.content.model.cells].filter((c) => c.type === "code");
  const status = window.panel.context.sessionContext.session.kernel.status;
  if (status !== "idle" || code.some((cell) => !cell.executionCount)) return "";
  await window.panel.context.save();
  return "saved";
})()
"""
VALIDATE = """
(() => {
  const buttons = [...document.querySelectorAll("jp-button, button")];
  const button = buttons.find((one) => one.textContent.trim() === "Validate");
  button?.click();
  return button ? "done" : "";
})()
"""
RESULT = """
(() => {
  const found = document.querySelector("#validation-message");
  return found ? found.innerText : "";
})()
"""


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """Start JupyterLab in a folder; yield the address of its one notebook."""
    environment = {
        **os.environ,
        "HOME": str(folder),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    options = ["--no-browser", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1"]
    options += ["--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"]
    if os.getuid() == 0:
        options.append("--allow-root")
    log = folder / "server.log"
    with (
        log.open("w") as said,
        subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *options],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        ) as server,
    ):
        try:
            address = r"(http://127\.0\.0\.1:\d+/lab)\?(token=\w+)"
            found = wait(lambda: re.search(address, log.read_text()))
            yield f"{found[1]}/tree/notebook.ipynb?{found[2]}"
        finally:
            server.terminate()


def wait(ask: Any) -> Any:
    """Ask until there is something."""
    end = time.monotonic() + PATIENCE
    while not (found := ask()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.5)
    return found


@contextmanager
def opened(folder: Path, address: str) -> Iterator[Browser]:
    with chromium(folder / "profile") as browser:
        browser.socket.settimeout(PATIENCE)
        # Without the focus of a window no notebook is the current one.
        browser.ask("Emulation.setFocusEmulationEnabled", enabled=True)
        browser.ask("Page.navigate", url=address)
        wait(lambda: browser.evaluate(OPEN))
        yield browser


def source_of(path: Path, grade_id: str) -> str:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    own = next(c for c in cells if marks(c).get("grade_id") == grade_id)
    return "".join(own["source"])


def marks(cell: dict[str, Any]) -> dict[str, Any]:
    return cell["metadata"].get("nbgrader") or {}


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The student's edition with one exercise answered."""
    path = tmp_path_factory.mktemp("lab") / "notebook.ipynb"
    shutil.copy(ROOT / "notebooks" / f"{NOTEBOOK}.ipynb", path)
    content = json.loads(path.read_text("utf-8"))
    for cell in content["cells"]:
        if marks(cell).get("grade_id") == SOLVED:
            cell["source"] = source_of(ROOT / "solutions" / f"{NOTEBOOK}.ipynb", SOLVED)
    path.write_text(json.dumps(content), "utf-8")
    return path


@pytest.fixture(scope="module")
def seen(notebook: Path) -> dict[str, Any]:
    """Run all cells, save and validate; return the saved cells and what was said."""
    folder = notebook.parent
    with lab(folder) as address, opened(folder, address) as browser:
        assert browser.evaluate(RUN_ALL) == "done"
        wait(lambda: browser.evaluate(RAN))
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        wait(lambda: browser.evaluate(VALIDATE))
        result = wait(lambda: browser.evaluate(RESULT))
    return {"cells": cells, "result": result}


def test_run_all_reaches_the_last_cell(seen):
    code = [cell for cell in seen["cells"] if cell["cell_type"] == "code"]
    assert len(code) > 20
    assert [cell for cell in code if not cell["execution_count"]] == []


def test_an_unanswered_exercise_reports_itself_and_a_passed_one_what_is_left(seen):
    states = {}
    for cell in seen["cells"]:
        if cell["cell_type"] == "code" and marks(cell).get("grade"):
            exercise = marks(cell)["grade_id"].removesuffix("_test")
            said = json.dumps(cell["outputs"])
            assert "Traceback" not in said
            states[exercise] = said
    assert len(states) == 6
    passed = states.pop(SOLVED)
    assert "visible checks passed" in passed
    assert COVERS in passed
    for exercise, said in states.items():
        assert f"{exercise}: not answered yet" in said


def test_the_last_cell_shows_how_the_exercises_stand(seen):
    tables = [json.dumps(cell.get("outputs", "")) for cell in seen["cells"]]
    (last,) = [table for table in tables if "exercises passed" in table]
    assert "1 of 6 exercises passed, 0 wrong, 5 open" in last


def test_validate_names_what_is_open(seen):
    assert "The following cell failed" in seen["result"]
    for exercise in ("l4_axbycz", "l4_gates", "l4_branch", "l4_gate_circuit"):
        assert f"{exercise}: not answered yet" in seen["result"]
    assert f"{SOLVED}: " not in seen["result"]
