"""Take the two pictures of the README: a notebook in JupyterLab, the class report.

Needs Chromium. Run after ``make demo``::

    python scripts/make_pictures.py
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
REPORT = ROOT / "build" / "demo" / "lecture3" / "report.html"
SECTION = "## 2. The hinge loss of one example"
QUIET = (
    "--headless --disable-gpu --disable-quic --no-first-run --no-sandbox "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--hide-scrollbars"
).split()


def screenshot(address: str, target: Path, width: int, height: int) -> None:
    """Let Chromium draw a page; a minute of its own time lets JupyterLab start."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser,
                *QUIET,
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                "--virtual-time-budget=60000",
                f"--screenshot={target}",
                address,
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )


def section(notebook: dict, heading: str) -> dict:
    """Keep of a notebook the section that begins with `heading`."""
    cells = notebook["cells"]
    starts = [
        i
        for i, cell in enumerate(cells)
        if cell["cell_type"] == "markdown" and "".join(cell["source"]).startswith("## ")
    ]
    begin = next(i for i in starts if "".join(cells[i]["source"]).startswith(heading))
    end = next((i for i in starts if i > begin), len(cells))
    return {**notebook, "cells": cells[begin:end]}


def show_in_lab(notebook: dict, target: Path) -> None:
    """Open a notebook in JupyterLab on the loopback address and take its picture."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "01_svm.ipynb").write_text(json.dumps(notebook))
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"]
        command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
        # No question about news in the picture.
        settings = Path(folder) / ".settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        choice = settings / "notification.jupyterlab-settings"
        choice.write_text('{"fetchNews": "false"}')
        command += [f"--LabApp.user_settings_dir={folder}/.settings"]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            try:
                wait_for(f"http://127.0.0.1:{port}/api", seconds=60)
                page = f"http://127.0.0.1:{port}/doc/tree/01_svm.ipynb"
                screenshot(page, target, 1100, 1250)
            finally:
                server.terminate()


def wait_for(address: str, seconds: float) -> None:
    """Wait until a server answers."""
    for _ in range(int(seconds * 2)):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - loopback
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("JupyterLab does not answer")


def main() -> None:
    """Take both pictures."""
    if not REPORT.exists():
        sys.exit(f"{REPORT.relative_to(ROOT)} is not there: run `make demo` first")
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = ROOT / "solutions" / "lecture3" / "01_svm.ipynb"
    solution = json.loads(path.read_text("utf-8"))
    show_in_lab(section(solution, SECTION), IMAGES / "notebook.png")
    screenshot(REPORT.as_uri(), IMAGES / "report.png", 1100, 1250)


if __name__ == "__main__":
    main()
