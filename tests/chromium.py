"""The Chromium of this machine, which tests start without a window."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

# Nothing is asked of the net but what the page asks for.
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


def program() -> str | None:
    """Return where Chromium is; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


needs_browser = pytest.mark.skipif(not program(), reason="no chromium on this machine")


def dump_dom(address: str, profile: Path, *options: str, seconds: float = 120) -> str:
    """Open a page and return its elements; skip the test where Chromium cannot start.

    Parameters
    ----------
    address : str
        Of the page.
    profile : Path
        Receives what the browser keeps.
    *options : str
        More options of Chromium.
    seconds : float
        How long it may take.
    """
    found = program()
    if found is None:
        pytest.skip("no chromium on this machine")
    command = [found, *QUIET, "--dump-dom", *options, f"--user-data-dir={profile}"]
    done = subprocess.run([*command, address], capture_output=True, timeout=seconds)
    dom = done.stdout.decode("utf-8", "replace")
    if not dom.strip():
        pytest.skip("chromium does not start on this machine")
    return dom
