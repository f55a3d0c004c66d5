"""Prove the sandbox before it is trusted: try real escapes from inside."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.course_code import NO_COURSE, CourseCode
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.interpreter import packages
from autograder.sandbox.limits import Limits
from autograder.sandbox.rung import Rung
from autograder.sandbox.session import Sandbox

# Every worker proves its sandbox, all of them at a time; what the attempts may fill
# before they are refused is small.
LIMITS = Limits(disk_mib=32)
MARKER = "AUTOGRADER_MARKER"
_marking = threading.Lock()
# The grader, what decides, and what loads the answers.
MODULES = ("autograder", "autograder.judging.decide", "autograder.course.exercises")
# Each attempt prints ESCAPED where it succeeds; anything else is a refusal.
ATTEMPTS: dict[str, str] = {
    "reach the network": """
import socket
s = socket.create_connection(("127.0.0.1", {port}), timeout=2)
print("ESCAPED")
""",
    "read a file of the course": """
import os
for path in {secrets!r}:
    try:
        # An empty folder covers what is there outside.
        if os.listdir(path) if os.path.isdir(path) else open(path):
            print("ESCAPED")
    except OSError:
        pass
""",
    "import the grader": """
import importlib, os
for name in {modules!r}:
    try:
        module = importlib.import_module(name)
    except ImportError:
        continue
    # An empty folder that covers a package can be imported and gives nothing.
    if module.__spec__.origin or any(map(os.listdir, module.__path__)):
        print("ESCAPED")
""",
    "write to the system": """
import os, sys
for folder in ("/", "/usr", "/opt", "/opt/course", "/dev", *sys.path):
    try:
        open(folder + "/escaped", "w").close()
        print("ESCAPED")
    except OSError:
        pass
""",
    "change a file outside": """
import os
for attempt in (
    lambda: os.truncate({secret!r}, 0),
    lambda: os.chmod({secret!r}, 0o600),
    lambda: os.utime({secret!r}),
    lambda: os.rename({secret!r}, {secret!r} + "x"),
    lambda: os.link({secret!r}, "link"),
):
    try:
        attempt()
        print("ESCAPED")
    except OSError:
        pass
""",
    "start a process": """
import os
if os.fork() == 0:
    os._exit(0)
print("ESCAPED")
""",
    "signal a process outside": """
import os
for pid in (os.getppid(), {pid}):
    if pid > 1:
        os.kill(pid, 0)
        print("ESCAPED")
""",
    "see other processes": """
import os
if any(name.isdigit() for name in os.listdir("/proc")):
    print("ESCAPED")
""",
    "read the environment outside": """
import os
if {marker!r} in os.environ.values():
    print("ESCAPED")
""",
    "fill the disk": """
for number in range(64):
    with open(f"big{{number}}", "wb") as file:
        for _ in range(64):
            file.write(bytes(1 << 20))
print("ESCAPED")
""",
    "take all memory": """
import numpy as np
held = np.empty(1 << 30)
print("ESCAPED")
""",
}


@dataclass(frozen=True)
class Proof:
    """What the self-test found.

    Attributes
    ----------
    rung : str
        The name of the rung that was tried.
    held : tuple of str
        Attempts that were refused.
    escaped : tuple of str
        Attempts that succeeded.
    """

    rung: str
    held: tuple[str, ...]
    escaped: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether every attempt was refused."""
        return not self.escaped and bool(self.held)

    @property
    def said(self) -> str:
        """What a submission could have done, in words."""
        return f"from inside it could {', '.join(self.escaped)}"


def prove(
    rung: Rung, code: CourseCode = NO_COURSE, attempts: Mapping[str, str] = ATTEMPTS
) -> tuple[Proof, Sandbox]:
    """Start a sandbox on a rung and try to get out of it.

    Parameters
    ----------
    rung : Rung
        What to try.
    code : CourseCode
        What of the course the sandbox holds.
    attempts : mapping
        The code of each attempt, by what it attempts.

    Returns
    -------
    Proof, Sandbox
        What was found, and the sandbox itself, which the caller can go on using now
        that it is proven, and closes.

    Raises
    ------
    UserError
        It does not start, or ends.
    """
    marker = secrets.token_hex()
    with _marking:
        os.environ[MARKER] = marker
        try:
            sandbox = Sandbox(rung, code)
        finally:
            del os.environ[MARKER]
    try:
        return _attempt(sandbox, marker, attempts), sandbox
    except BaseException:
        sandbox.close()
        raise


def _attempt(sandbox: Sandbox, marker: str, attempts: Mapping[str, str]) -> Proof:
    held: list[str] = []
    escaped: list[str] = []
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        secret = Path(folder) / "answers.txt"
        secret.write_text("expected values")
        package = Path(__file__).parents[1]
        # Where it is installed, it stands among packages that anyone may read.
        site = [folder.resolve() for folder in packages()]
        course = [] if package.parent.resolve() in site else [package.parent]
        private = sandbox.code.private
        values = {
            "port": server.getsockname()[1],
            "secrets": [str(path) for path in (secret, package, *course, *private)],
            "modules": MODULES,
            "secret": str(secret),
            "pid": os.getpid(),
            "marker": marker,
        }
        for name, code in attempts.items():
            with sandbox.session(LIMITS) as session:
                try:
                    outputs, _ = session.cell(code.format(**values), 0, 60.0)
                except BackendGone:
                    outputs = []
            out = any("ESCAPED" in str(o.get("text", "")) for o in outputs)
            (escaped if out else held).append(name)
    return Proof(sandbox.rung.name, tuple(held), tuple(escaped))
