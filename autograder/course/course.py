"""A course: what the file ``course.toml`` in its folder says of it.

The file may be missing, and every word in it may: a course then has the defaults, and
the engine grades any folder of nbgrader notebooks. What the file holds is checked word
by word: a word that is not known is an error, not ignored.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import answer_checks
from answer_checks.glossary import load_glossary
from answer_checks.language import ENGLISH, Language
from answer_checks.messages import Messages
from answer_checks.parsing import parse_python
from autograder.course.exercise_folders import find_folders
from autograder.course.handout import lectures
from autograder.course.libraries import find_library, imported_libraries
from autograder.course.root import course_root
from autograder.course.settings import Settings, read_settings
from autograder.errors import UserError
from autograder.sandbox.course_code import CourseCode

FILE_NAME = "course.toml"
# Read for its settings, as long as there are courses that have it.
OLD_FILE_NAME = "autograder.toml"
ENGINE = Path(__file__).parents[1]
PROBES = "solutions/probes.py"
# An order to the sandbox holds no more.
MOST_PROBES = 60_000


@dataclass(frozen=True)
class Course:
    """A course as its folder holds it.

    Attributes
    ----------
    root : Path
        The folder.
    title : str
        For people; by default the folder's name.
    id : str
        For other programs: letters, digits, hyphens; by default made from the title.
    order : tuple of str
        The lectures in the order in which they are taught, as far as the file says.
    library_names : tuple of str
        The packages that the notebooks import and that students are given.
    probes : str
        The text of the file of probes.
    reasons : Path or None
        The folder, in one of the packages, that receives the reasons which the visible
        checks can give; None where the course makes none.
    languages : tuple of Language
        The languages in which messages can be told, English first.
    translations : tuple of str
        The languages into which the notebooks are translated.
    shown : tuple of str
        Arguments of calls in notebooks that are texts people read, such as
        ``"suptitle:0"``, beside those that every course has.
    environment : mapping
        Environment variables for the run of a solution while the course is built.
    settings : Settings
        What an instructor decides.
    """

    root: Path
    title: str = ""
    id: str = "course"
    order: tuple[str, ...] = ()
    library_names: tuple[str, ...] = ()
    probes: str = field(default="", repr=False)
    reasons: Path | None = None
    languages: tuple[Language, ...] = (ENGLISH,)
    translations: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def lectures(self) -> tuple[str, ...]:
        """Every lecture that has notebooks, in the order of the course."""
        found = lectures(self.root)
        known = [name for name in self.order if name in found]
        return tuple(known + [name for name in found if name not in known])

    @property
    def libraries(self) -> tuple[Path, ...]:
        """The folders of the packages, where they lie on this machine.

        Raises
        ------
        UserError
            One is neither in the course folder nor installed.
        """
        return tuple(find_library(self.root, name) for name in self.library_names)

    @property
    def code(self) -> CourseCode:
        """What a sandbox on this machine holds of the course."""
        folders = (
            self.root / name for name in ("solutions", "source", "term", "gradebook.db")
        )
        private = tuple(path for path in folders if path.exists())
        return CourseCode(self.libraries, self.probes, private)


def find_course() -> Course:
    """Load the course of the working directory.

    Raises
    ------
    UserError
        There is none, or its file cannot be used.
    """
    return load_course(course_root())


def load_course(root: Path) -> Course:
    """Read ``course.toml`` in a course folder; without it, take the defaults.

    Raises
    ------
    UserError
        The file cannot be read, or says what a course does not have.
    """
    root = Path(root).resolve()
    found = _read(root / FILE_NAME)
    old = _read(root / OLD_FILE_NAME)
    twice = sorted(found.keys() & old.keys())
    if twice:
        raise UserError(
            f"{root / OLD_FILE_NAME}: '{twice[0]}' stands in {FILE_NAME} too; keep it "
            f"there, and remove {OLD_FILE_NAME}"
        )
    path = root / (FILE_NAME if found or not old else OLD_FILE_NAME)
    try:
        return _course(root, found, old)
    except ValueError as error:
        raise UserError(f"{path}: {error}") from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None


def _course(root: Path, found: dict[str, Any], old: dict[str, Any]) -> Course:
    settings = [f.name for f in fields(Settings)]
    words = ["title", "id", "lectures", "libraries", "probes", "languages"]
    words += ["translations", "shown", "environment", "reasons"]
    for name in (*found, *old):
        if name not in settings and (name in old or name not in words):
            known = settings if name in old else settings + words
            raise ValueError(f"no setting '{name}'; there are: {', '.join(known)}")
    title = _text(found, "title", root.name)
    translations = _names(found, "translations")
    editions = tuple(_edition(root, name, found) for name in translations)
    own = (ENGLISH, *_languages(root, _texts(found, "languages")), *editions)
    languages = tuple(replace(one, editions=editions) for one in own)
    libraries = (
        _names(found, "libraries")
        if "libraries" in found
        else tuple(sorted(imported_libraries(root)))
    )
    return Course(
        root=root,
        title=title,
        id=_id(_text(found, "id", _slug(title))),
        order=_names(found, "lectures"),
        library_names=libraries,
        probes=_probes(root, _text(found, "probes", _usual_probes(root))),
        reasons=_reasons(root, _text(found, "reasons", ""), libraries),
        languages=languages,
        translations=translations,
        shown=_names(found, "shown"),
        environment=_texts(found, "environment"),
        settings=read_settings(
            {name: value for name, value in (found | old).items() if name in settings},
            languages,
            list(find_folders(root)) if "exercises" in found | old else [],
        ),
    )


def _text(found: Mapping[str, Any], name: str, default: str) -> str:
    value = found.get(name, default)
    if not isinstance(value, str) or (name in found and not value.strip()):
        raise ValueError(f"'{name}' must be a text, got {value!r}")
    return value


def _names(found: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = found.get(name, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ValueError(f"'{name}' must be a list of names, got {value!r}")
    if len(set(value)) < len(value):
        raise ValueError(f"'{name}' holds a name twice: {', '.join(value)}")
    return tuple(value)


def _texts(found: Mapping[str, Any], name: str) -> dict[str, str]:
    value = found.get(name, {})
    if not isinstance(value, dict):
        raise ValueError(f"'{name}' must be a table, as in [{name}]")
    for key, text in value.items():
        if not isinstance(text, str):
            raise ValueError(f"'{name}.{key}' must be a text, got {text!r}")
    return value


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())) or "course"


def _id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*", text):
        raise ValueError(f"'id' must be letters, digits and hyphens, got {text!r}")
    return text


def _languages(root: Path, files: Mapping[str, str]) -> Iterator[Language]:
    for name, file in files.items():
        if name == ENGLISH.name:
            raise ValueError(f"'languages.{name}': English needs no glossary")
        try:
            yield Language(name, load_glossary(root / file))
        except OSError as error:
            reason = error.strerror or error
            raise ValueError(f"'languages.{name}': {file}: {reason}") from None
        except ValueError as error:
            raise ValueError(f"'languages.{name}': {file}: {error}") from None


def _edition(root: Path, name: str, found: Mapping[str, Any]) -> Language:
    """Return a language of the notebooks, with every catalogue of its messages."""
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Za-z]{2,4})?", name) or name == ENGLISH.name:
        raise ValueError(f"'translations': {name!r} is no other language: write ko")
    packages = [root / one for one in found.get("libraries", [])]
    # Of two translations of one message the grader's own counts on its pages.
    packages = [ENGINE, Path(answer_checks.__file__).parent, *packages]
    files = [package / "locale" / name / "messages.po" for package in packages]
    own = root / "solutions" / "locale" / name
    files += sorted(own.glob("*/*.exercises.po"))
    there = dict.fromkeys(file for file in files if file.is_file())
    return Language(name, messages=Messages(tuple(there)))


def _reasons(root: Path, folder: str, libraries: tuple[str, ...]) -> Path | None:
    if not folder:
        return None
    package, _, rest = folder.partition("/")
    if package not in libraries or not re.fullmatch(r"\w+(/\w+)*", rest):
        raise ValueError(
            f"'reasons' must be a folder in a library of the course, such as "
            f"'{(*libraries, 'library')[0]}/reasons', got {folder!r}"
        )
    if not (root / package).is_dir():
        raise ValueError(f"'reasons': there is no folder '{package}' in {root}")
    return root / folder


def _usual_probes(root: Path) -> str:
    return PROBES if (root / PROBES).is_file() else ""


def _probes(root: Path, file: str) -> str:
    if not file:
        return ""
    try:
        text = (root / file).read_text("utf-8")
        parse_python(text)
    except OSError as error:
        raise ValueError(f"'probes': {file}: {error.strerror or error}") from None
    except ValueError as error:
        raise ValueError(f"'probes': {file} is not text: {error}") from None
    except SyntaxError as error:
        raise ValueError(
            f"'probes': {file}, line {error.lineno}: {error.msg}"
        ) from None
    if len(text.encode()) > MOST_PROBES:
        raise ValueError(f"'probes': {file} is longer than {MOST_PROBES} bytes")
    return text
