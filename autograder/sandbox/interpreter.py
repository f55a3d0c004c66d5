"""The interpreter of this machine, its packages, and what of them must not be seen."""

from __future__ import annotations

import functools
import re
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin")
ETC = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts")
# What folders of installed packages are called.
PACKAGES = ("site-packages", "dist-packages")
# What of the environment's own packages a student's code must not find.
HIDDEN = ("autograder*", "__editable__*", "*.pth", "*.egg-link")
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


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


def is_of_system(base: Path) -> bool:
    """Tell whether an installation of Python lies where everybody has the same path."""
    return base.is_relative_to("/usr") and not base.is_relative_to("/usr/local/conda")


def binary_name(base: Path) -> str:
    """Return the file name of the interpreter in an installation of Python."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    names = (version, "python3", "python")
    return next(name for name in names if (base / "bin" / name).exists())


def environment(search: str, home: str, settings: str) -> dict[str, str]:
    """Return the whole environment of a warm interpreter.

    Parameters
    ----------
    search : str
        The folders to import from, with colons between them.
    home : str
        The home folder.
    settings : str
        The folder below which Matplotlib and IPython keep theirs.
    """
    values = {
        "HOME": home,
        "USER": "student",
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "COURSE_PATH": search,
        "MPLCONFIGDIR": f"{settings}/matplotlib",
        "IPYTHONDIR": f"{settings}/ipython",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return {**values, **dict.fromkeys(THREADS, "1")}
