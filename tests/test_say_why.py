"""A step of the set-up that fails is one clear line, with what to do.

What pip says is taken from pip itself, on loopback addresses, not from a copy.
"""

import importlib.util
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts" / "say_why.py"
HASH = "0" * 64


@pytest.fixture(scope="module")
def say_why() -> ModuleType:
    spec = importlib.util.spec_from_file_location("say_why", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def step(folder: Path, *command: str, **variables: str) -> list[str]:
    """Run a command that fails; return the lines that a user sees."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("PIP_") and not name.upper().endswith("_PROXY")
    }
    environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "1", **variables}
    done = subprocess.run(
        [sys.executable, SCRIPT, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode != 0
    return (done.stdout + done.stderr).splitlines()


def install(folder: Path, **variables: str) -> str:
    """Let pip install a package in vain; return the one line that is said."""
    lock = folder / "requirements.lock"
    lock.write_text(f"tqdm==4.67.1 --hash=sha256:{HASH}\n")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
    options = ["--quiet", "--no-deps", "--require-hashes", "--target", "into"]
    (line,) = step(folder, *pip, *options, "-r", lock.name, **variables)
    assert line.startswith("setup: ")
    assert "(all that was said: build/setup.log)" in line
    assert "ERROR" in (folder / "build" / "setup.log").read_text()
    return line


@pytest.fixture
def nobody() -> str:
    """Return an address of this machine on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


class Refusing(BaseHTTPRequestHandler):
    """An index that has nothing, and a proxy that lets nobody through."""

    def do_GET(self) -> None:
        self.send_error(404)

    def do_CONNECT(self) -> None:
        self.send_error(403)

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def refusing() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_no_network(tmp_path: Path, nobody: str) -> None:
    line = install(tmp_path, PIP_INDEX_URL=f"{nobody}/simple")
    assert "the package index cannot be reached" in line
    assert "PIP_INDEX_URL" in line


def test_an_index_without_the_package(tmp_path: Path, refusing: str) -> None:
    line = install(tmp_path, PIP_INDEX_URL=f"{refusing}/simple")
    assert "the package index has no tqdm==4.67.1 for this Python" in line


@pytest.mark.parametrize("proxy", ["nobody", "refusing"])
def test_a_proxy_that_refuses(
    tmp_path: Path, proxy: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(proxy)
    index = "https://index.invalid/simple"
    line = install(tmp_path, HTTPS_PROXY=url, PIP_INDEX_URL=index)
    # A new pip does not say that it was a proxy which it could not reach.
    assert re.search(r"the proxy refuses|check the network and the proxy", line)
    assert "HTTPS_PROXY" in line


def test_a_file_that_the_lock_does_not_name(tmp_path: Path) -> None:
    wheel = tmp_path / "tqdm-4.67.1-py3-none-any.whl"
    wheel.write_bytes(b"not what was locked")
    line = install(tmp_path, PIP_NO_INDEX="1", PIP_FIND_LINKS=tmp_path.as_uri())
    assert "a file that requirements.lock does not name" in line


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        (
            "ensurepip is not\navailable. On Debian/Ubuntu systems",
            "cannot make virtual environments",
        ),
        ("/x/.venv/bin/python: No module named pip", "remove .venv"),
        ("error: command 'gcc' failed: No such file", "a C compiler"),
        ("PermissionError: [Errno 13] Permission denied: '/x/.venv'", "/x/.venv"),
    ],
)
def test_other_failures(tmp_path: Path, said: str, expected: str) -> None:
    program = "import sys; sys.exit(sys.argv[1])"
    (line,) = step(tmp_path, sys.executable, "-c", program, said)
    assert expected in line


def test_a_full_disk_behind_a_silent_failure(
    say_why: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    # venv says only that its own call of pip ended with 1.
    said = "Command '[...ensurepip...]' returned non-zero exit status 1."
    assert say_why.reason(said) is None
    free = say_why.shutil.disk_usage("/")._replace(free=2**20)
    monkeypatch.setattr(say_why.shutil, "disk_usage", lambda folder: free)
    assert "the disk is full" in say_why.reason(said)


def test_an_unknown_failure_is_shown_whole(tmp_path: Path) -> None:
    program = "print('one'); import sys; sys.exit('two')"
    lines = step(tmp_path, sys.executable, "-c", program)
    assert sorted(lines) == ["one", "two"]
    assert not (tmp_path / "build").exists()


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    (line,) = step(tmp_path, "no-such-program", "-m", "venv")
    assert line == "no-such-program: No such file or directory"


def test_a_step_that_succeeds_passes_on_what_it_says() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, sys.executable, "-c", "print('fine')"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("fine\n", "")
