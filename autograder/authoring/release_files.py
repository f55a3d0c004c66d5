"""Put together the files of the students' repository, in memory.

The course's folder ``handout`` becomes the root of that repository. It gets the
notebooks of the chosen lectures, the packages that they import, the course's
``environment.yml`` and ``LICENSE`` and the students' guide beside it, and nothing else.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.translation.reason_words import FILE, reason_words
from autograder.course.course import Course
from autograder.errors import UserError

FOLDER = "handout"
"""The folder of a course that describes what its students install."""

BESIDE = ("environment.yml", "LICENSE", "docs/students.md")
"""What the students' repository takes from the course's root, where it is there."""

NOTEBOOK_LIST = "<!-- notebooks -->"
"""The line of the README that the list of notebooks replaces."""

BACKEND = "hatchling.build"
"""The build backend of what students install."""

WHEEL = "tool.hatch.build.targets.wheel"
"""The table of the students' ``pyproject.toml`` that a release writes."""

COLAB_ID = "install-on-colab"
"""The id of the cell that only a released notebook has."""

_CACHES = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}
_TEXT = {".toml", ".md", ".yml", ".yaml", ".cfg", ".txt"}


@dataclass(frozen=True)
class Distribution:
    """What students install, as ``handout/pyproject.toml`` describes it.

    Attributes
    ----------
    name, version, title : str
        Of the distribution, and the title of the course.
    packages : tuple of str
        The packages that it holds: the libraries in the course's folder.
    repository : str
        Where the students' repository is published; empty where nothing says it.
    """

    name: str
    version: str
    title: str
    packages: tuple[str, ...]
    repository: str


def load_distribution(course: Course) -> Distribution:
    """Read ``handout/pyproject.toml`` of a course.

    Raises
    ------
    UserError
        The file is missing, cannot be read or lacks what a release needs.
    """
    root = course.root
    path = root / FOLDER / "pyproject.toml"
    shown = f"{FOLDER}/pyproject.toml"
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UserError(
            f"no {shown} in {root}: it describes what students install"
        ) from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None
    project: dict[str, Any] = found.get("project", {})
    for key in ("name", "version"):
        if not isinstance(project.get(key), str):
            raise UserError(f"{shown} states no {key} in [project]")
    if found.get("build-system", {}).get("build-backend") != BACKEND:
        raise UserError(f"{shown} does not name {BACKEND} as its build-backend")
    targets = found.get("tool", {}).get("hatch", {}).get("build", {}).get("targets", {})
    if "wheel" in targets:
        raise UserError(
            f"{shown} has a table [{WHEEL}]: take it out, since `release` writes it "
            "from the libraries that course.toml names"
        )
    repository = str(project.get("urls", {}).get("Repository", "")).rstrip("/")
    repository = repository.removesuffix(".git")
    if repository and not re.fullmatch(r"https://[\w.\-]+(/[\w.\-]+)+", repository):
        raise UserError(
            f"{shown}: Repository must be an address such as "
            f"https://github.com/OWNER/NAME, got {repository!r}"
        )
    # One that is installed, and not in the course, is a dependency of the students'.
    packages = [path.name for path in course.libraries if path.parent == root]
    return Distribution(
        name=project["name"],
        version=project["version"],
        title=course.title,
        packages=tuple(packages),
        repository=repository,
    )


def gather(
    course: Course,
    distribution: Distribution,
    lectures: Sequence[str],
    language: str = "",
) -> dict[str, bytes]:
    """Read every file of the students' repository.

    Parameters
    ----------
    course : Course
        The course.
    distribution : Distribution
        What students install.
    lectures : sequence of str
        The lectures to release.
    language : str
        Of the notebooks, as `course.translations` names it; English by default. The
        notebooks stand where those in English would.

    Returns
    -------
    dict
        The content of each file by its path, with forward slashes, sorted.
    """
    files: dict[str, bytes] = {}
    root = course.root
    for path in _walk(root / FOLDER):
        name = path.relative_to(root / FOLDER).as_posix()
        if path.suffixes[:1] in [[f".{one}"] for one in course.translations]:
            continue
        path = _in_language(path, language)
        files[name] = _at_the_root(path.read_bytes(), path.suffix)
    files["pyproject.toml"] += _packages(distribution).encode()
    for package in distribution.packages:
        for path in _walk(root / package):
            if not path.name.startswith(".") and not _later(path, course, lectures):
                files[path.relative_to(root).as_posix()] = path.read_bytes()
    if language and course.reasons:
        own = course.reasons.relative_to(root).as_posix()
        reasons = [
            content for name, content in files.items() if name.startswith(f"{own}/")
        ]
        edition = next(one for one in course.languages if one.name == language)
        place = course.reasons.parent.relative_to(root) / "locale" / language / FILE
        files[place.as_posix()] = reason_words(reasons, edition).encode()
    for name in BESIDE:
        path = _in_language(root / name, language)
        if path.is_file():
            files[path.relative_to(root).as_posix()] = path.read_bytes()
    if "environment.yml" in files:
        text = files["environment.yml"].decode()
        local = rf"^(\s*- -e )\./{FOLDER}$"
        files["environment.yml"] = re.sub(local, r"\1.", text, flags=re.M).encode()
    titles: dict[str, str] = {}
    for lecture in lectures:
        folder = root / "notebooks" / language / lecture
        for path in sorted(folder.glob("*.ipynb")):
            name = f"notebooks/{lecture}/{path.name}"
            try:
                notebook = json.loads(path.read_text("utf-8"))
                titles[name] = _title(notebook) or path.stem
                files[name] = _notebook(notebook, distribution)
            except (ValueError, KeyError, TypeError) as error:
                raise UserError(f"{name} is not a notebook: {error!r}") from None
    readme = files.get(
        "README.md", f"# {distribution.title}\n\n{NOTEBOOK_LIST}\n".encode()
    )
    listed = "\n".join(_list(titles, distribution.repository))
    files["README.md"] = readme.decode().replace(NOTEBOOK_LIST, listed).encode()
    return dict(sorted(files.items()))


def _in_language(path: Path, language: str) -> Path:
    """Return the file beside `path` that is in a language: README.ko.md, README.md."""
    there = path.with_suffix(f".{language}{path.suffix}") if language else path
    return there if there.is_file() else path


def _packages(distribution: Distribution) -> str:
    """Write the table that puts the packages into a wheel."""
    return f"\n[{WHEEL}]\npackages = {json.dumps(distribution.packages)}\n"


def _later(path: Path, course: Course, lectures: Sequence[str]) -> bool:
    """Tell whether a file holds the reasons of a notebook that is not released."""
    made = course.reasons
    if made is None or path.parent.parent != made:
        return False
    lecture = path.parent.name
    handout = course.root / "notebooks" / lecture / f"{path.stem}.ipynb"
    return lecture not in lectures or not handout.is_file()


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, without what Python and Jupyter leave there."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not _CACHES & set(parts) and path.suffix != ".pyc":
            yield path


def _at_the_root(content: bytes, suffix: str) -> bytes:
    """Let paths that lead out of the folder lead to where it now is, the root."""
    if suffix not in _TEXT:
        return content
    text = content.decode("utf-8")
    text = re.sub(r'(?<=["\'])\.\.(?=["\'/])', ".", text)
    return text.replace("](../", "](").encode()


def _title(notebook: dict[str, Any]) -> str:
    """Return the first heading of a notebook; empty where it has none."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            found = re.search(r"^#\s+(.+)$", "".join(cell["source"]), re.M)
            if found:
                return found[1].strip()
    return ""


def _notebook(notebook: dict[str, Any], distribution: Distribution) -> bytes:
    """Write a handout out, with the cell for Colab where there is an address."""
    if distribution.repository and distribution.packages:
        code = [i for i, c in enumerate(notebook["cells"]) if c["cell_type"] == "code"]
        notebook["cells"].insert(min(code, default=0), colab_cell(distribution))
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()


def colab_cell(distribution: Distribution) -> dict[str, Any]:
    """Return the cell that installs the library on Colab and does nothing elsewhere.

    Colab's own NumPy and Matplotlib stay: others would need a new kernel. The cell has
    no ``grade_id``: to the grader it is one of the student's own.
    """
    (package, *_) = distribution.packages
    source = (
        "# Google Colab lacks the course's library; elsewhere this does nothing.\n"
        "import importlib.util\n"
        "import os\n\n"
        f'missing = importlib.util.find_spec("{package}") is None\n'
        'if missing and "COLAB_RELEASE_TAG" in os.environ:\n'
        f"    %pip install --quiet --no-deps git+{distribution.repository}"
    )
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": COLAB_ID,
        "metadata": {},
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }


def _list(titles: dict[str, str], repository: str) -> Iterator[str]:
    """Yield the lines of the list of notebooks, with links where there are any."""
    yield "| notebook | about |" + (" open in |" if _on_github(repository) else "")
    yield "|---|---|" + ("---|" if _on_github(repository) else "")
    for name, title in titles.items():
        shown = name.removeprefix("notebooks/").removesuffix(".ipynb")
        line = f"| [{shown}]({name}) | {title} |"
        if _on_github(repository):
            slug = repository.removeprefix("https://github.com/")
            colab = f"https://colab.research.google.com/github/{slug}/blob/main/{name}"
            binder = f"https://mybinder.org/v2/gh/{slug}/main?urlpath=lab/tree/{name}"
            line += f" [Colab]({colab}), [Binder]({binder}) |"
        yield line


def _on_github(repository: str) -> bool:
    return bool(re.fullmatch(r"https://github\.com/[^/]+/[^/]+", repository))
