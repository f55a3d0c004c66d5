"""Tell from where a file lies by whom and when it was handed in.

What each platform writes was taken from its own program, where that is public:

- **Canvas** (``lib/content_zipper.rb`` of instructure/canvas-lms): one flat zip. A name
  is the student's sortable name in lower case without blanks and signs, ``LATE`` if the
  submission is, the student's number, the file's number, the file's own name, joined by
  ``_``: ``leekim_LATE_712345_9081726_01_svm-1.ipynb``. ``-1`` is put where a name is
  there already. Where students are anonymous, ``anon_`` and a short code take the place
  of name and number. All entries have the time of the download.
- **Moodle** (``mod/assign/classes/downloader.php`` of moodle/moodle): a folder
  ``Kim Lee_523411_assignsubmission_file`` for each student, in earlier versions with a
  ``_`` at its end, or without folders a file whose name begins so. The number is the
  participant's in this one assignment; under blind marking the name is
  ``Participant``. Entries have the time of the download, in earlier versions that of
  the file.
- **Gradescope**: a folder ``submission_123456`` for each submission, and
  ``submission_metadata.yml`` that says who (a group: several) and when.
- **GitHub Classroom** (``student-repos.go`` of github/gh-classroom): a folder
  ``<assignment>-submissions`` with a clone ``<assignment>-<user name>`` for each
  student.
- **Google Classroom** documents no names; its copies of a file are called
  ``Kim Lee - 01_svm.ipynb``.
- **Blackboard** (nbgrader's ``zip_collect`` has it as its example):
  ``hw3_klee_attempt_2026-10-01-15-00-00_01_svm.ipynb``.
- **nbgrader**: ``<student>/<lecture>/01_svm.ipynb`` with ``timestamp.txt``, and in the
  exchange's folder ``inbound`` a folder ``<student>+<lecture>+<time>``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from nbgrader.utils import parse_utc

from autograder.collecting.archives import FoundFile, Unloadable
from autograder.collecting.gradescope import METADATA, Submitted, read_metadata

CANVAS = re.compile(
    r"(?P<name>[^/]+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<file>\d{3,})_(?P<own>.+)"
)
CANVAS_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<user>anon_[A-Za-z0-9]+)_(?P<file>\d{3,})_(?P<own>.+)"
)
MOODLE = re.compile(
    r"(?P<name>.*)_(?P<user>\d+)_assignsubmission_(?P<plugin>[a-z]+)_?(?P<own>.*)"
)
BLIND = frozenset({"participant", "participant ", "teilnehmer/in", "참여자"})
GRADESCOPE = re.compile(r"submission_(\d+)(?:\.ipynb)?")
BLACKBOARD = re.compile(
    r"[^/]+?_(?P<user>[^_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})_?(?P<own>.*)"
)
INBOUND = re.compile(r"(?P<user>.+)\+(?P<lecture>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d .+)")
GOOGLE = re.compile(r"(?P<name>.+?) - (?P<own>.+)")
SECRET = "submission_secret.txt"  # noqa: S105 - a file's name
LONGEST_SECRET = 1_000  # bytes
LONGEST_TIME = 100  # bytes of a timestamp.txt
MOST_METADATA = 64 * 2**20


@dataclass(frozen=True)
class Sender:
    """Somebody who handed in, as a platform tells it.

    Attributes
    ----------
    name : str
        As people write it, or as the platform shortens it; may be empty.
    ids : tuple of str
        By which the platform identifies the person, the best first.
    short : bool
        Whether the name was shortened, so that it is not fit for people.
    """

    name: str = ""
    ids: tuple[str, ...] = ()
    short: bool = False


@dataclass(frozen=True)
class HandIn:
    """By whom, where and when a file was handed in.

    Attributes
    ----------
    platform : str
        Its name; empty where none is recognised.
    senders : tuple of Sender
        One, or the members of a group; empty where that is not known.
    own_name : str
        The file's name as the student gave it.
    time : datetime or None
        When, in UTC; None where the platform does not say.
    late : bool
        Whether the platform says that it was late.
    order : int
        Of two files of one download, the one with the greater number came later.
    why : str
        Why no sender is known, where there should be one.
    secret : bytes
        What nbgrader's exchange gave the submission, so that its feedback is found.
    """

    platform: str = ""
    senders: tuple[Sender, ...] = ()
    own_name: str = ""
    time: datetime | None = None
    late: bool = False
    order: int = 0
    why: str = ""
    secret: bytes = b""


class Platforms:
    """Knows the platforms' ways of writing, and what was read beside the files.

    Parameters
    ----------
    lecture : str
        The lecture that is collected.
    is_named : callable
        Tells whether a file is named after a notebook of the lecture.
    """

    def __init__(self, lecture: str, is_named: Callable[[str], bool]) -> None:
        self._lecture = lecture
        self._is_named = is_named
        self._metadata: dict[tuple[str, ...], Mapping[str, Submitted]] = {}
        self._times: dict[tuple[str, ...], datetime] = {}
        self._secrets: dict[tuple[str, ...], bytes] = {}
        # In this order: the surest first.
        self._ways: Sequence[Callable[[FoundFile], HandIn | None]] = (
            self._gradescope,
            self._inbound,
            self._moodle,
            self._canvas,
            self._blackboard,
            self._github,
            self._google,
            self._nbgrader,
        )

    def learn(self, file: FoundFile) -> str | None:
        """Read what tells about the files beside it.

        Returns
        -------
        str or None
            What is wrong with it, empty if nothing is; None if it tells nothing.
        """
        *above, name = file.names
        if name == METADATA:
            try:
                data = file.load(MOST_METADATA + 1)
                if len(data) > MOST_METADATA:
                    return f"it is larger than {MOST_METADATA // 2**20} MiB"
                self._metadata[tuple(above)] = read_metadata(data)
            except (Unloadable, ValueError) as error:
                return f"it cannot be used: {error}"
            return ""
        if name == "timestamp.txt":
            try:
                text = file.load(LONGEST_TIME).decode().strip()
                self._times[tuple(above)] = parse_utc(text).replace(tzinfo=UTC)
            except (Unloadable, ValueError, OverflowError):
                return "it holds no time as nbgrader writes it"
            return ""
        if name == SECRET:
            try:
                self._secrets[tuple(above)] = file.load(LONGEST_SECRET)
            except Unloadable as error:
                return str(error)
            return ""
        return None

    def tell(self, file: FoundFile) -> HandIn:
        """Tell by whom and when a file was handed in."""
        for way in self._ways:
            found = way(file)
            if found is not None:
                return found
        return HandIn(own_name=file.names[-1])

    def _gradescope(self, file: FoundFile) -> HandIn | None:
        for index, name in enumerate(file.names):
            if not GRADESCOPE.fullmatch(name):
                continue
            known = self._metadata.get(file.names[:index])
            if known is None:
                why = f"`{METADATA}`, which says whose {name} is, is not beside it"
                return HandIn("Gradescope", own_name=file.names[-1], why=why)
            found = known.get(name)
            if found is None:
                why = f"{METADATA} does not name {name}"
                return HandIn("Gradescope", own_name=file.names[-1], why=why)
            people = tuple(Sender(p.name, p.ids) for p in found.people)
            return HandIn("Gradescope", people, file.names[-1], found.time)
        return None

    def _inbound(self, file: FoundFile) -> HandIn | None:
        for index, name in enumerate(file.names[:-1]):
            match = INBOUND.fullmatch(name)
            if match:
                folder = file.names[: index + 1]
                time = self._times.get(folder) or _parsed(
                    match["time"].partition("+")[0]
                )
                sender = Sender(ids=(match["user"],))
                secret = self._secrets.get(folder, b"")
                return HandIn(
                    "nbgrader", (sender,), file.names[-1], time, secret=secret
                )
        return None

    def _moodle(self, file: FoundFile) -> HandIn | None:
        for index, name in enumerate(file.names):
            match = MOODLE.fullmatch(name)
            if not match:
                continue
            is_file = index == len(file.names) - 1
            own = match["own"] if is_file else file.names[-1]
            blind = match["name"].casefold() in BLIND
            sender = Sender("" if blind else match["name"], (match["user"],))
            time = file.stamp if file.stamp_is_own and _in_archive(file) else None
            return HandIn("Moodle", (sender,), own, time)
        return None

    def _canvas(self, file: FoundFile) -> HandIn | None:
        for index, name in enumerate(file.names):
            match = CANVAS_ANONYMOUS.fullmatch(name) or CANVAS.fullmatch(name)
            if not match:
                continue
            is_file = index == len(file.names) - 1
            own = match["own"] if is_file else file.names[-1]
            short = match.groupdict().get("name") or ""
            sender = Sender(short, (match["user"],), short=True)
            late = bool(match["late"])
            order = int(match["file"])
            return HandIn("Canvas", (sender,), own, None, late, order)
        return None

    def _blackboard(self, file: FoundFile) -> HandIn | None:
        for index, name in enumerate(file.names):
            match = BLACKBOARD.fullmatch(name)
            if not match:
                continue
            is_file = index == len(file.names) - 1
            own = match["own"] if is_file else file.names[-1]
            time = None
            try:
                clock = datetime.strptime(match["time"], "%Y-%m-%d-%H-%M-%S")
                time = clock.astimezone(UTC)
            except (ValueError, OverflowError):
                pass
            return HandIn("Blackboard", (Sender(ids=(match["user"],)),), own, time)
        return None

    def _github(self, file: FoundFile) -> HandIn | None:
        words = r"[ _-]?".join(map(re.escape, re.findall(r"[a-z]+|\d+", self._lecture)))
        plain = re.compile(rf"(?:.+-)?{words}-(?P<user>[a-z0-9][a-z0-9-]*)", re.I)
        for above, name in zip(("", *file.names), file.names[:-1], strict=False):
            slug = above.removesuffix("-submissions")
            inside = slug != above and name.startswith(f"{slug}-")
            user = name[len(slug) + 1 :] if inside else ""
            match = plain.fullmatch(name)
            user = user or (match["user"] if match and not _is_zip(name) else "")
            # So GitHub calls the archive of a branch.
            user = re.sub(r"-(?:main|master)$", "", user)
            if user and user.casefold() != "submissions":
                return HandIn("GitHub", (Sender(ids=(user,)),), file.names[-1])
        return None

    def _google(self, file: FoundFile) -> HandIn | None:
        match = GOOGLE.fullmatch(file.names[-1])
        if match and self._is_named(match["own"]) and not self._is_named(match["name"]):
            sender = Sender(match["name"].strip())
            return HandIn("Google Classroom", (sender,), match["own"])
        return None

    def _nbgrader(self, file: FoundFile) -> HandIn | None:
        """Recognise ``<student>/<lecture>/...``, the nearest such pair to the file."""
        for index in range(len(file.names) - 2, 0, -1):
            if plain(file.names[index]) != plain(self._lecture):
                continue
            person = PurePath(file.names[index - 1]).name
            if index == 1 or is_general(person, self._lecture):
                continue
            folder = file.names[: index + 1]
            senders = (Sender(ids=(_without_end(person),)),)
            time, secret = self._times.get(folder), self._secrets.get(folder, b"")
            return HandIn("nbgrader", senders, file.names[-1], time, secret=secret)
        return None


# No word is made of others, so that a long name is read in one way.
GENERAL = re.compile(
    r"(?:all|my|the|students?|submissions?|submitted|assignments?|downloads?|homeworks?|"
    r"hw|notebooks?|lectures?|weeks?|files?|attachments?|exports?|solutions?|src|works?|"
    r"new|old|final|inbound|classroom|projects?)+\d*",
)
LONGEST_GENERAL = 60  # characters


def is_general(name: str, lecture: str) -> bool:
    """Tell whether a folder's name speaks of the work and not of a person.

    Examples
    --------
    >>> [is_general(n, "lecture3") for n in ("submissions", "Lecture 3", "ada", "hw03")]
    [True, True, False, True]
    """
    word = plain(_without_end(name))
    if not word or word == plain(lecture):
        return True
    return len(word) <= LONGEST_GENERAL and bool(GENERAL.fullmatch(word))


def plain(name: str) -> str:
    """Return a name however it was written: "Lecture 3" is lecture3.

    Letters of all alphabets stay.

    Examples
    --------
    >>> plain("Lecture 3"), plain("O'Brien, Ann-Marie"), plain("이 하늘")
    ('lecture3', 'obrienannmarie', '이하늘')
    """
    return "".join(c for c in name.casefold() if c.isalnum())


def _without_end(name: str) -> str:
    return name[:-4] if _is_zip(name) else name


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _in_archive(file: FoundFile) -> bool:
    return any(_is_zip(name) for name in file.names[:-1])


def _parsed(text: str) -> datetime | None:
    try:
        when: datetime = parse_utc(text)
        return when.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
