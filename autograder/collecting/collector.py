"""Collect a lecture: from sources to places, with a word on each file."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from autograder.classroom.contents import (
    Content,
    Contents,
    Worth,
    instead,
    without_notebook,
)
from autograder.collecting.archives import (
    Bounds,
    Finder,
    FoundFile,
    PassedOver,
    Refused,
    Unloadable,
)
from autograder.collecting.outcome import Collected, Fate, Line
from autograder.collecting.people import Called, People, people_of_folders, safe_id
from autograder.collecting.platforms import HandIn, Platforms, is_general, plain
from autograder.collecting.store import Placed, Store
from autograder.collecting.versions import Version
from autograder.course.course import Course
from autograder.course.handout import load_handouts
from autograder.errors import UserError
from autograder.notebook_name import lecture_of, stem_of
from autograder.roster import Roster

MIB = 2**20
NOBODY = "nothing tells whose it is: put it into a folder named after the student"
# What a release has beside notebooks and libraries, by name: it fills in some of it.
RELEASED = frozenset(
    {"README.md", "LICENSE", "environment.yml", "pyproject.toml", "students.md"}
)


@dataclass(frozen=True)
class Request:
    """What is to be collected.

    Attributes
    ----------
    course : Course
        The course.
    lecture : str
        For example ``"lecture3"``.
    sources : sequence of Path
        Folders, archives and files.
    submitted : Path
        Receives ``<student>/<lecture>/NN_topic.ipynb``.
    roster : Roster, optional
        Who is in the class.
    bounds : Bounds
        How much is read.
    """

    course: Course
    lecture: str
    sources: Sequence[Path]
    submitted: Path
    roster: Roster | None = None
    bounds: Bounds = field(default_factory=Bounds)


@dataclass
class _Item:
    """A file that may be a notebook of the lecture, until it is known whose."""

    file: FoundFile
    hand_in: HandIn
    content: Content
    digest: str
    called: list[Called] = field(default_factory=list)


def collect(request: Request) -> Collected:
    """Collect a lecture.

    Raises
    ------
    UserError
        A source is missing, or is the folder of submissions itself; there is no such
        lecture.
    """
    refuse_itself(request.sources, request.submitted)
    return _Collector(request).run()


def refuse_itself(sources: Sequence[Path], submitted: Path) -> None:
    """Refuse to read from the folder that is written to."""
    home = submitted.resolve()
    for source in sources:
        real = source.resolve()
        if real == home or home in real.parents:
            raise UserError(
                f"{source} is in the folder of submissions already: `grade` reads it "
                "there"
            )
        if real in home.parents and source.is_dir():
            raise UserError(
                f"{source} holds the folder of submissions, {submitted}; name what is "
                "to be collected more closely, or another --submitted"
            )


class _Collector:
    def __init__(self, request: Request) -> None:
        course, lecture = request.course, request.lecture
        self._request = request
        self._handouts = load_handouts(course.root, lecture)
        limit = course.settings.limits.submission_bytes
        self._contents = Contents(self._handouts, course.root, limit)
        self._platforms = Platforms(lecture, lambda n: bool(self._contents.named(n)))
        self._people = People(request.roster)
        self._store = Store(request.submitted, lecture, self._contents)
        self._lines: list[Line] = []
        self._passed_over = 0

    def run(self) -> Collected:
        finder = Finder(self._request.bounds)
        with tempfile.TemporaryDirectory(prefix="collect-") as staged:
            items: list[_Item] = []
            for source in self._request.sources:
                found = list(self._look(finder, source, Path(staged)))
                self._call(found)
                items += found
            remarks = self._place(items, Path(staged))
        self._store.save()
        lines = sorted(self._lines, key=lambda line: line.source)
        return Collected(lines, self._passed_over, remarks, self._store.aside)

    def _look(self, finder: Finder, source: Path, staged: Path) -> Iterator[_Item]:
        """Yield what may be notebooks in a source; say what the others are."""
        for found in finder.find(source):
            if isinstance(found, PassedOver):
                self._passed_over += 1
            elif isinstance(found, Refused):
                self._leave("/".join(found.names), found.why)
            else:
                yield from self._look_at(found, staged)

    def _look_at(self, file: FoundFile, staged: Path) -> Iterator[_Item]:
        shown, name = "/".join(file.names), file.names[-1]
        wrong = self._platforms.learn(file)
        if wrong is not None:
            self._passed_over += not wrong
            if wrong:
                self._leave(shown, wrong)
            return
        limit = self._contents.limit
        if file.size > limit and self._contents.is_wanted(name):
            most = f"at most {limit / MIB:.0f} MiB are read"
            self._leave(shown, f"too large: {file.size / MIB:.1f} MiB, {most}")
            return
        try:
            data = file.load(limit + 1)
        except Unloadable as error:
            self._leave(shown, str(error))
            return
        hand_in = self._platforms.tell(file)
        wanted = self._contents.is_wanted(name)
        if not wanted and not data.lstrip()[:1] == b"{":
            self._leave_other(file, data)
            return
        content = self._contents.tell(hand_in.own_name or name, data)
        if not wanted and content.worth is Worth.UNREADABLE and not content.other:
            self._leave_other(file, data)
        elif content.notebook:
            digest = hashlib.sha256(data).hexdigest()
            (staged / digest).write_bytes(data)
            yield _Item(file, hand_in, content, digest)
        elif content.other and self._is_in_its_place(file, content.other):
            self._passed_over += 1
        else:
            self._leave(shown, content.why)

    def _leave(self, source: str, why: str) -> None:
        self._lines.append(Line(source, Fate.LEFT, why=why, trouble=True))

    def _leave_other(self, file: FoundFile, data: bytes) -> None:
        """Say what a file is that is no notebook; what the course gave is no news."""
        name = file.names[-1]
        if name in RELEASED or hashlib.sha256(data).digest() in self._given:
            self._passed_over += 1
        else:
            self._leave("/".join(file.names), instead(name))

    @cached_property
    def _given(self) -> frozenset[bytes]:
        """Hashes of what students are given beside notebooks."""
        course = self._request.course
        folders = [course.root / "handout"]
        for name in course.library_names:
            folders.append(course.root / name)
        return frozenset(
            hashlib.sha256(path.read_bytes()).digest()
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file()
        )

    def _is_in_its_place(self, file: FoundFile, other: str) -> bool:
        """Tell whether another lecture's notebook lies in that lecture's folder."""
        wanted = plain(lecture_of(other))
        return wanted in {plain(name) for name in file.names[1:-1]}

    def _call(self, items: Sequence[_Item]) -> None:
        """Tell whose the files of one source are."""
        free = [item for item in items if not item.hand_in.senders]
        for item in items:
            if item.hand_in.why:
                item.called = [Called(why=item.hand_in.why)]
            elif item.hand_in.senders:
                item.called = [
                    self._people.call(item.hand_in.platform, sender)
                    for sender in item.hand_in.senders
                ]
        free = [item for item in free if not item.called]
        ways = {i: item.file.names[1:-1] for i, item in enumerate(free)}
        told = people_of_folders(
            {i: [without_zip(n) for n in way] for i, way in ways.items()},
            self._request.lecture,
        )
        for i, item in enumerate(free):
            item.called = [self._called_by_place(item, told[i])]

    def _called_by_place(self, item: _Item, folder: str) -> Called:
        stems = [handout.stem for handout in self._handouts]
        source, *_, name = item.file.names
        beside = without_notebook(name, stems) if self._contents.named(name) else ""
        archive = without_zip(source) if source.lower().endswith(".zip") else ""
        if is_general(archive, self._request.lecture):
            archive = ""
        if self._people.roster is not None:
            folders = [without_zip(n) for n in item.file.names[:-1]]
            return self._people.call_by_texts(
                [n for n in folders if not is_general(n, self._request.lecture)]
                + [beside]
            )
        student = safe_id(folder or beside or archive)
        return Called(student, "" if student else NOBODY)

    def _place(self, items: Sequence[_Item], staged: Path) -> list[str]:
        """Put everything into its place, and return remarks on students."""
        of: dict[tuple[str, str], list[_Item]] = {}
        for item in items:
            for called in item.called:
                if called.student:
                    student = self._store.folder_of(called.student)
                    of.setdefault((student, item.content.notebook), []).append(item)
                else:
                    self._leave("/".join(item.file.names), called.why)
        students: dict[str, None] = {}
        for (student, notebook), mine in sorted(of.items(), key=lambda one: one[0]):
            versions = [(_version(item), staged / item.digest) for item in mine]
            placed = self._store.put(student, notebook, versions)
            told: set[str] = set()
            secrets = [i.hand_in.secret for i in mine if i.digest == placed.counts]
            if any(secrets):
                self._store.keep_secret(student, secrets[-1])
            for item in mine:
                self._lines.append(_line(student, item, placed, told))
            students[student] = None
        remarks = []
        for student in students:
            said = self._store.stamp(student)
            if said:
                remarks.append(f"{student}: {said}")
        return remarks


def without_zip(name: str) -> str:
    """Return a folder's name, or an archive's without its end."""
    return name[:-4] if name.lower().endswith(".zip") else name


def _version(item: _Item) -> Version:
    hand_in = item.hand_in
    return Version(
        item.digest,
        item.content.worth,
        hand_in.time,
        item.file.stamp,
        hand_in.order,
        hand_in.late,
        "/".join(item.file.names),
    )


def _line(student: str, item: _Item, placed: Placed, told: set[str]) -> Line:
    """Say what became of a file; `told` are the digests that were told of before."""
    content, source = item.content, "/".join(item.file.names)
    if placed.why:
        return Line(source, Fate.LEFT, why=placed.why, trouble=True)
    why, trouble = [], False
    if item.digest != placed.counts:
        fate = Fate.ASIDE
        why.append(
            "it is blank"
            if content.worth is Worth.BLANK
            else content.why or "a newer version counts"
        )
    elif item.digest == placed.was:
        fate = Fate.SAME
    elif item.digest in told:
        fate = Fate.ASIDE
        why.append("the same file once more")
    else:
        fate = Fate.TAKEN
        if placed.was:
            why.append("in place of an earlier version, which is set aside")
    told.add(item.digest)
    if fate is not Fate.ASIDE and content.why:
        why.append(content.why)
        trouble = True
    if content.named:
        why.append(f"it was named {stem_of(content.named)}")
    return Line(
        source,
        fate,
        student,
        content.notebook,
        item.hand_in.platform,
        item.hand_in.late,
        "; ".join(why),
        trouble,
    )
