"""Put notebooks into their places, and remember every version that was ever seen.

What counts lies in ``<submitted>/<student>/<lecture>/NN_topic.ipynb``; every other
version lies in ``<submitted>-set-aside``, where no grader looks, under a name that
holds its hash. Nothing is overwritten, and nothing is lost.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.classroom.contents import Contents
from autograder.classroom.submissions import handed_in
from autograder.collecting.versions import Version, counts, merged
from autograder.errors import UserError
from autograder.files import write_text
from autograder.notebook_name import lecture_of, stem_of

ASIDE = "-set-aside"
SHOWN = 8  # digits of a hash in a file's name


@dataclass
class Known:
    """What is remembered of one student's lecture.

    Attributes
    ----------
    versions : dict
        Of each notebook, every version.
    timestamp : str
        What was last written to ``timestamp.txt``.
    """

    versions: dict[str, list[Version]] = field(default_factory=dict)
    timestamp: str = ""


@dataclass(frozen=True)
class Placed:
    """What came of one student's notebook.

    Attributes
    ----------
    counts : str
        The digest of the version that counts.
    was : str
        The digest of the file that lay there before; empty where there was none.
    why : str
        Why it could not be put into place.
    """

    counts: str
    was: str = ""
    why: str = ""


class Store:
    """The folder of submissions, and what is remembered of it.

    Parameters
    ----------
    submitted : Path
        The folder.
    lecture : str
        The lecture that is collected.
    contents : Contents
        Tells what lies there already.

    Raises
    ------
    UserError
        What is remembered cannot be read.
    """

    def __init__(self, submitted: Path, lecture: str, contents: Contents) -> None:
        self.submitted = submitted
        self.lecture = lecture
        self.aside = submitted.with_name(submitted.name + ASIDE)
        self._contents = contents
        self._memory = self.aside / f"{lecture}.json"
        self._known = load_memory(self._memory)
        self._folders = {
            unicodedata.normalize("NFC", path.name): path.name
            for path in (submitted.iterdir() if submitted.is_dir() else ())
            if path.is_dir()
        }

    def folder_of(self, student: str) -> str:
        """Return a student's folder, in the spelling in which it may be there."""
        return self._folders.get(unicodedata.normalize("NFC", student), student)

    def put(
        self, student: str, notebook: str, versions: Iterable[tuple[Version, Path]]
    ) -> Placed:
        """Let the version that counts lie in its place, and the others aside.

        Parameters
        ----------
        student, notebook : str
            The student's id, and ``"lecture3/01_svm"``.
        versions : iterable of (Version, Path)
            What has come, each with a file that holds it.
        """
        folder = self.submitted / self.folder_of(student)
        place = folder / lecture_of(notebook) / f"{stem_of(notebook)}.ipynb"
        if folder.is_symlink() or place.parent.is_symlink() or place.is_symlink():
            return Placed("", why=f"{place} is or lies in a link")
        if place.exists() and not place.is_file():
            return Placed("", why=f"{place} is not a file")
        files = {version.digest: path for version, path in versions}
        come = [version for version, _ in versions]
        known = self._known.setdefault(student, Known())
        seen = known.versions.get(notebook, [])
        present = self._present(place, student, notebook, seen)
        everything = merged([*seen, *([present] if present else []), *come])
        best = counts(everything)
        was = present.digest if present else ""
        for version in everything:
            if version.digest != best.digest:
                source = place if version.digest == was else files.get(version.digest)
                if source is not None:
                    copy(source, self.aside_path(student, notebook, version.digest))
        if best.digest != was:
            kept = self.aside_path(student, notebook, best.digest)
            source = files.get(best.digest, kept)
            if not source.exists():
                why = f"{kept}, which holds the version that counts, is gone"
                return Placed("", was, why)
            copy(source, place, best.time or best.stamp)
            self.aside_path(student, notebook, best.digest).unlink(missing_ok=True)
        known.versions[notebook] = everything
        return Placed(best.digest, was)

    def aside_path(self, student: str, notebook: str, digest: str) -> Path:
        """Return where a version lies that does not count."""
        folder = self.aside / self.folder_of(student) / lecture_of(notebook)
        return folder / f"{stem_of(notebook)} {digest[:SHOWN]}.ipynb"

    def keep_secret(self, student: str, secret: bytes) -> None:
        """Keep what nbgrader's exchange gave a submission, to hand feedback back."""
        folder = self.submitted / self.folder_of(student) / self.lecture
        path = folder / "submission_secret.txt"
        if not (folder.is_symlink() or path.is_symlink()):
            write_text(path, secret.decode("utf-8", "replace"))

    def stamp(self, student: str) -> str:
        """Write when a student handed in to ``timestamp.txt``, as nbgrader does.

        Returns
        -------
        str
            What was done where a person should know it; else empty.
        """
        known = self._known.get(student, Known())
        best = [counts(versions) for versions in known.versions.values() if versions]
        times = [version.time for version in best if version.time]
        path = self._timestamp(student)
        try:
            found = path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            found = ""
        if not times:
            return ""
        text = f"{max(times).astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"
        if found == text:
            known.timestamp = text
            return ""
        if found and found != known.timestamp:
            there = handed_in(self.submitted, self.folder_of(student), self.lecture)
            if there is not None and there.replace(tzinfo=UTC) == max(times):
                return ""
            return f"{path} says {found}, changed by hand or by nbgrader: it stays"
        write_text(path, text + "\n")
        known.timestamp = text
        return f"handed in {text}, no longer {found}" if found else ""

    def save(self) -> None:
        """Write down what is remembered."""
        found = {
            student: {
                "timestamp": known.timestamp,
                "versions": {
                    notebook: [version.to_json() for version in versions]
                    for notebook, versions in sorted(known.versions.items())
                },
            }
            for student, known in sorted(self._known.items())
            if known.versions
        }
        if found or self._memory.exists():
            write_text(self._memory, json.dumps(found, ensure_ascii=False, indent=1))

    def _timestamp(self, student: str) -> Path:
        folder = self.submitted / self.folder_of(student)
        return folder / self.lecture / "timestamp.txt"

    def _present(
        self, place: Path, student: str, notebook: str, seen: Iterable[Version]
    ) -> Version | None:
        """Return the version that lies in its place; one may have put it there."""
        if not place.is_file():
            return None
        digest = digest_of(place)
        known = [version for version in seen if version.digest == digest]
        if known:
            return known[0]
        with place.open("rb") as file:
            data = file.read(self._contents.limit + 1)
        worth = self._contents.tell(place.name, data).worth
        origin = "lay in its place already"
        stamp = datetime.fromtimestamp(place.stat().st_mtime, UTC)
        over = tuple(sorted(version.digest for version in seen))
        if over:
            # Somebody mended by hand what was collected.
            return Version(digest, worth, None, stamp, origin=origin, over=over)
        folder = self.folder_of(student)
        time = handed_in(self.submitted, folder, lecture_of(notebook))
        time = time.replace(tzinfo=UTC) if time else None
        return Version(digest, worth, time, stamp, origin=origin)


def load_memory(path: Path) -> dict[str, Known]:
    """Read what is remembered of a lecture, by student; nothing without a file.

    Raises
    ------
    UserError
        It cannot be read, or is something else.
    """
    try:
        found: Any = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None
    try:
        return {
            student: Known(
                {
                    notebook: [Version.from_json(one) for one in versions]
                    for notebook, versions in known["versions"].items()
                },
                known["timestamp"],
            )
            for student, known in found.items()
        }
    except (AttributeError, KeyError, TypeError, ValueError):
        raise UserError(
            f"{path} is not what `collect` wrote there; move it away"
        ) from None


def late_as_collected(submitted: Path, lecture: str) -> list[str]:
    """List who was late as a platform says, without a word on when.

    Whoever has a ``timestamp.txt``, by hand for example, is not among them.

    Parameters
    ----------
    submitted : Path
        The folder of submissions.
    lecture : str
        The lecture.

    Raises
    ------
    UserError
        What `collect` remembers cannot be read.
    """
    memory = submitted.with_name(submitted.name + ASIDE) / f"{lecture}.json"
    late = []
    for student, known in load_memory(memory).items():
        best = [counts(versions) for versions in known.versions.values() if versions]
        told = any(version.late and not version.time for version in best)
        if told and handed_in(submitted, student, lecture) is None:
            late.append(student)
    return sorted(late)


def copy(source: Path, target: Path, when: datetime | None = None) -> None:
    """Copy a file in one step; its time becomes `when`, or stays."""
    if target.exists() and digest_of(target) == digest_of(source):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        shutil.copyfile(source, part)
        seconds = when.timestamp() if when else source.stat().st_mtime
        with suppress(OSError, OverflowError):
            os.utime(part, (seconds, seconds))
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """Return a hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
