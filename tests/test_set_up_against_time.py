"""`make setup` installs what is locked, whatever has been released since.

The whole of it runs, with the pip that a Python bundles, on small wheels instead of the
real ones: for every package of a lock one of the locked version, which asks for what
the real one asks for, and one of a much newer version. No network is used. What the
documentation site needs on top has a lock of its own and is held to the same.
"""

import base64
import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import autograder

pytestmark = [pytest.mark.slow, pytest.mark.long]

ROOT = Path(__file__).resolve().parent.parent
# What Python 3.11.0, 3.11.1, 3.12.0 and 3.13.0 bundle.
PIPS = ("22.3", "22.3.1", "23.2.1", "24.2")
# From this one on, pip holds `coverage[toml]` to the version that is locked.
EXTRAS_ARE_PINNED = Version("23.3")
NEWER = "9999.0"

LOCKS = ("requirements.lock", "docs/site/requirements.lock")
SITE = ".venv/site-installed-requirements.lock"

# Stands in for hatchling: packs name, version and requirements of a pyproject.toml.
BACKEND = """
import tomllib, zipfile

def get_requires_for_build_editable(config_settings=None):
    return []

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    with open("pyproject.toml", "rb") as file:
        project = tomllib.load(file)["project"]
    folder = f"{project['name'].replace('-', '_')}-VERSION"
    lines = ["Metadata-Version: 2.1", f"Name: {project['name']}", "Version: VERSION"]
    lines += [f"Requires-Dist: {line}" for line in project["dependencies"]]
    name = f"{folder}-py3-none-any.whl"
    with zipfile.ZipFile(f"{wheel_directory}/{name}", "w") as wheel:
        wheel.writestr(f"{folder}.dist-info/METADATA", "\\n".join(lines) + "\\n")
        wheel.writestr(f"{folder}.dist-info/WHEEL", WHEEL)
        wheel.writestr(f"{folder}.dist-info/RECORD", "")
    return name
"""
WHEEL = (
    "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
)


# A folder of wheels, and the text of each lock.
Releases = tuple[Path, dict[str, str]]


def write_wheel(
    folder: Path,
    name: str,
    version: str,
    requires: Iterable[str] = (),
    files: dict[str, str] | None = None,
) -> str:
    """Write a wheel that holds nothing but `files`; return its SHA-256."""
    stem = f"{canonicalize_name(name).replace('-', '_')}-{version}"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    requires = list(requires)
    extras = {e for r in requires for e in re.findall(r"extra == ['\"]([^'\"]+)", r)}
    lines += [f"Provides-Extra: {extra}" for extra in sorted(extras)]
    lines += [f"Requires-Dist: {line}" for line in requires]
    content = {
        **(files or {}),
        f"{stem}.dist-info/METADATA": "\n".join(lines) + "\n",
        f"{stem}.dist-info/WHEEL": WHEEL,
    }
    record = "".join(
        f"{path},sha256={digest_of(text)},{len(text.encode())}\n"
        for path, text in content.items()
    )
    content[f"{stem}.dist-info/RECORD"] = f"{record}{stem}.dist-info/RECORD,,\n"
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name_in_wheel, text in content.items():
            wheel.writestr(name_in_wheel, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest_of(text: str) -> str:
    """Hash a file's text as RECORD writes it."""
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def real_requirements(name: str) -> list[str]:
    """List what the real package asks for; nothing where it is not installed."""
    try:
        return importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return []


def locked(lock: str) -> list[Requirement]:
    """List the entries of a lock, without their hashes."""
    text = (ROOT / lock).read_text()
    logical = re.sub(r"\\\n\s*", "", text).splitlines()
    return [
        Requirement(line.split("--hash=")[0].strip())
        for line in logical
        if line and not line.lstrip().startswith("#")
    ]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """Make a folder of wheels, and the locks that name the old one of each package."""
    folder = tmp_path_factory.mktemp("releases")
    locks = dict.fromkeys(LOCKS, "")
    for lock, requirement in ((k, r) for k in LOCKS for r in locked(k)):
        (specifier,) = requirement.specifier
        asked = real_requirements(requirement.name)
        files = None
        if requirement.name == "hatchling":
            backend = BACKEND.replace("VERSION", autograder.__version__)
            files = {
                "hatchling/__init__.py": "",
                "hatchling/build.py": f"{backend}\nWHEEL = {WHEEL!r}\n",
            }
        digest = write_wheel(
            folder, requirement.name, specifier.version, asked, files=files
        )
        write_wheel(folder, requirement.name, NEWER, asked)
        locks[lock] += f"{requirement} --hash=sha256:{digest}\n"
    return folder, locks


@cache
def bundled_pips() -> dict[str, Path]:
    """Find the Pythons of this machine from 3.11 to 3.13: bundled pip -> a Python."""
    places = [Path(sys.base_prefix) / "bin" / "python3"]
    places += [Path(p) for n in (11, 12, 13) if (p := shutil.which(f"python3.{n}"))]
    places += sorted(Path("~/.pyenv/versions").expanduser().glob("3.1*/bin/python3"))
    places += sorted(Path("/opt/hostedtoolcache/Python").glob("3.1*/x64/bin/python3"))
    ask = (
        "import ensurepip, sys\n"
        "assert (3, 11) <= sys.version_info < (3, 14)\n"
        "print(ensurepip.version())\n"
    )
    found: dict[str, Path] = {}
    for python in places:
        done = subprocess.run(
            [python, "-c", ask], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            found.setdefault(done.stdout.strip(), python)
    return found


def python_with(pip: str) -> Path:
    """Return a Python that bundles this pip; skip the test where there is none."""
    if pip not in bundled_pips():
        pytest.skip(f"no Python on this machine bundles pip {pip}")
    return bundled_pips()[pip]


def set_up(
    folder: Path, python: Path, releases: Releases, makefile: str
) -> subprocess.CompletedProcess[str]:
    """Call `make setup`, and for the site, in a copy of what it reads."""
    wheels, locks = releases
    for name in (
        "pyproject.toml",
        "handout/pyproject.toml",
        "autograder/__init__.py",
        "scripts/say_why.py",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "Makefile").write_text(makefile)
    for name, text in locks.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "MAKE", "MFLAGS", "PYTHON", "LOCK"))
    }
    environment |= {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": wheels.as_uri(),
        "PIP_NO_CACHE_DIR": "1",
    }
    return subprocess.run(
        ["make", "setup", SITE, f"PYTHON={python}"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def installed(folder: Path) -> dict[str, str]:
    """Read which version of each package lies in the .venv of a folder."""
    (packages,) = (folder / ".venv" / "lib").glob("python3.*/site-packages")
    return {
        canonicalize_name(found.metadata["Name"]): found.version
        for found in importlib.metadata.distributions(path=[str(packages)])
    }


@pytest.mark.parametrize("pip", PIPS)
def test_nothing_newer_than_the_lock_gets_in(
    pip: str, releases: Releases, tmp_path: Path
) -> None:
    python = python_with(pip)
    folder = tmp_path / "a folder with blanks"
    done = set_up(folder, python, releases, (ROOT / "Makefile").read_text())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No broken requirements found." in done.stdout
    version = subprocess.run(
        [python, "-c", "import platform; print(platform.python_version())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    environment = {
        "python_version": ".".join(version.split(".")[:2]),
        "python_full_version": version,
    }
    wanted = {
        canonicalize_name(requirement.name): next(iter(requirement.specifier)).version
        for lock in LOCKS
        for requirement in locked(lock)
        if requirement.marker is None or requirement.marker.evaluate(environment)
    }
    assert len(wanted) > 100
    for name in ("pyproject.toml", "handout/pyproject.toml"):
        project = tomllib.loads((ROOT / name).read_text())["project"]
        wanted[project["name"]] = autograder.__version__
    got = installed(folder)
    assert got.pop("pip") == pip
    got = {name: v for name, v in got.items() if name in wanted or v == NEWER}
    assert got == wanted


def test_an_older_pip_that_resolves_is_led_astray(
    releases: Releases, tmp_path: Path
) -> None:
    # The command without --no-deps: what the test above must be able to refuse.
    pip = min(filter(None, bundled_pips()), key=Version, default=None)
    if pip is None or Version(pip) >= EXTRAS_ARE_PINNED:
        pytest.skip("no Python on this machine bundles a pip older than 23.3")
    makefile = (ROOT / "Makefile").read_text()
    resolving = makefile.replace("--no-deps --require-hashes", "--require-hashes")
    assert resolving != makefile
    done = set_up(tmp_path / "course", bundled_pips()[pip], releases, resolving)
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "In --require-hashes mode, all requirements must have their versions" in said
    assert "[" in said, "no requirement with an extra is named"


def test_everything_is_installed_by_the_same_commands() -> None:
    def options(name: str) -> list[list[str]]:
        text = (ROOT / name).read_text().replace("$(LOCK)", "requirements.lock")
        found = re.findall(
            r"(?:pip|\$\(PIP\)) install (--.*?--no-deps.*?)(?:$| &&)", text, re.M
        )
        return [
            [w for w in line.split() if w not in ("--quiet", "--no-cache-dir")]
            for line in found
        ]

    packages, project, site = options("Makefile")
    of_image = options("docs/deploy/Dockerfile")
    assert of_image[0] == packages
    assert site == [*packages[:-1], "$(SITE_LOCK)"]
    assert {w for w in of_image[1] if w.startswith("--")} == {
        w for w in project if w.startswith("--")
    }
