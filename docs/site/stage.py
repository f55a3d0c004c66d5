"""Gather the pages of the site: guides, the students' notebooks, pages of the API.

The notebooks are those that students get. They are run as a student would who has
answered nothing: a cell that needs no answer shows its output, every other one shows
none. Solutions are never read.
"""

from __future__ import annotations

import argparse
import hashlib
import pkgutil
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import nbformat
from babel import Locale
from unanswered import run_unanswered

from autograder.course.course import Course, load_course

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
# Its example is so near to exercises of the course that it would give answers away.
_LEFT_OUT = "docs/add-an-exercise.md"
_TO_LEFT_OUT = re.compile(r"\[([^\]]*)\]\([^)]*add-an-exercise\.md[^)]*\)")
# A folder has no page: what leads to one is text.
_FOLDER = re.compile(r"\[([^\]]*)\]\(([^)#:\s]+)\)")
_LINK = re.compile(r"\]\(([^)#:\s]+\.md)(?:#[^)]*)?\)")


def gather(root: Path, to: Path, kept: Path) -> None:
    """Write every page of the site into a new folder.

    Parameters
    ----------
    root : Path
        The course folder.
    to : Path
        Receives the pages; what was in it is removed.
    kept : Path
        Where notebooks that were run are kept for the next call.
    """
    course = load_course(root)
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    others = _guides(root, to)
    editions = _notebooks(course, to, kept)
    modules = _api(course, to)
    template = (Path(__file__).with_name("index.md.txt")).read_text("utf-8")
    page = template.replace("<!-- notebooks -->", "\n".join(_toctrees(editions)))
    others = [name for name in others if not re.search(rf"\b{name}[>\n]", template)]
    page += "\n".join(["", "```{toctree}", ":hidden:", "", *others, "```", ""])
    (to / "index.md").write_text(page, "utf-8")
    _index(to / "api" / "index.md", "The students' library", modules)


def _guides(root: Path, to: Path) -> list[str]:
    """Copy the guides, what they show, and the pages that they lead to.

    Returns
    -------
    list of str
        Their names, without a suffix.
    """
    shutil.copytree(
        root / "docs", to / "docs", ignore=shutil.ignore_patterns("site", "__pycache__")
    )
    guides = [PurePosixPath(name) for name in GUIDES]
    guides += [PurePosixPath(p.relative_to(root)) for p in root.glob("docs/*.md")]
    guides.remove(PurePosixPath(_LEFT_OUT))
    (to / _LEFT_OUT).unlink()
    waiting = guides
    seen: set[PurePosixPath] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        text = _TO_LEFT_OUT.sub(r"\1", (root / name).read_text("utf-8"))
        text = _FOLDER.sub(
            lambda link, at=root / name.parent: (
                link[1] if (at / link[2]).is_dir() else link[0]
            ),
            text,
        )
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_text(text, "utf-8")
        for link in _LINK.findall(text):
            path = (root / name.parent / link).resolve()
            if path.is_file():
                waiting.append(PurePosixPath(path.relative_to(root)))
    return sorted(str(name).removesuffix(".md") for name in seen)


def _notebooks(course: Course, to: Path, kept: Path) -> dict[str, list[str]]:
    """Write the notebooks of each language; return their pages, English under ""."""
    editions: dict[str, list[str]] = {}
    folder = course.root / "notebooks"
    library = _digest(course)
    for path in sorted(folder.rglob("*.ipynb")):
        name = path.relative_to(course.root)
        if ".ipynb_checkpoints" in name.parts:
            continue
        first = name.parts[1]
        language = "" if first in course.lectures else first
        editions.setdefault(language, []).append(name.with_suffix("").as_posix())
        content = path.read_bytes()
        stored = kept / f"{hashlib.sha256(library + content).hexdigest()}.ipynb"
        if not stored.is_file():
            notebook = nbformat.read(path, as_version=4)
            shown = run_unanswered(notebook, course.environment)
            kept.mkdir(parents=True, exist_ok=True)
            nbformat.write(shown, stored)
        place = to / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(stored, place)
    return editions


def _digest(course: Course) -> bytes:
    """Return a digest of what an output can depend on beside its notebook."""
    files = [
        path
        for library in course.library_names
        for path in sorted((course.root / library).rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    ]
    made = hashlib.sha256(Path(__file__).with_name("unanswered.py").read_bytes())
    for path in files:
        name = path.relative_to(course.root).as_posix()
        made.update(name.encode() + path.read_bytes())
    return made.digest()


def _api(course: Course, to: Path) -> list[str]:
    """Write a page for each public module of the libraries; return their names."""
    names: list[str] = []
    for library in course.library_names:
        found = pkgutil.walk_packages([str(course.root / library)], f"{library}.")
        modules = [module.name for module in found]
        names += [library, *(m for m in modules if "._" not in m)]
    (to / "api").mkdir()
    for name in names:
        page = (
            f"# {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```\n"
        )
        (to / "api" / f"{name}.md").write_text(page, "utf-8")
    return names


def _toctrees(editions: dict[str, list[str]]) -> Iterator[str]:
    for language, pages in sorted(editions.items()):
        spoken = Locale.parse(language or "en").get_display_name() or language
        title = "Notebooks" if not language else f"Notebooks: {spoken}"
        yield f"```{{toctree}}\n:caption: {title}\n:maxdepth: 1\n"
        yield "\n".join(pages) + "\n```\n"


def _index(path: Path, title: str, pages: list[str]) -> None:
    tree = "\n".join(["```{toctree}", ":maxdepth: 1", "", *pages, "```", ""])
    path.write_text(f"# {title}\n\n{tree}", "utf-8")


def main() -> None:
    """Gather the pages of this course into the folder that is named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("to", type=Path, help="receives the pages")
    parser.add_argument("--kept", type=Path, required=True, help="for the next call")
    given = parser.parse_args()
    gather(ROOT, given.to, given.kept)


if __name__ == "__main__":
    main()
