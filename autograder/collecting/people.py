"""Tell what the gradebook calls those who handed in.

A roster decides where there is one: nobody is guessed who is not on it, and who could
be two people is left to a person. Without a roster, a platform's own way of naming a
student is brought into a form that is safe as a folder's name and stays the same from
one download to the next.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.collecting.platforms import Sender, is_general, plain
from autograder.roster import Roster, Student, same

# What a folder's name must not hold: formgrader's pages would carry it out.
UNFIT = re.compile(r'[<>"\\/:*?|\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+')
SEPARATED = re.compile(r"[\s_,()-]+")
LONGEST = 120  # bytes
SHORTEST = 3  # characters of a part of a name that may be an id
# Kinds of identifiers that a platform's own numbers may be looked up among. They would
# meet others by chance: a participant's number is nobody's student number.
KINDS = {"Canvas": ("canvas",), "Moodle": ("participant",)}


@dataclass(frozen=True)
class Called:
    """What somebody is called.

    Attributes
    ----------
    student : str
        The id for the gradebook; empty where it cannot be told.
    why : str
        Why it cannot.
    """

    student: str = ""
    why: str = ""


class People:
    """Finds students' ids.

    Parameters
    ----------
    roster : Roster, optional
        Who is in the class.
    """

    def __init__(self, roster: Roster | None = None) -> None:
        self.roster = roster
        # Without a roster: which number each name has had, on each platform.
        self._numbers: dict[tuple[str, str], str] = {}
        self._rotated: dict[str, list[Student]] = {}
        for student in roster.students if roster else ():
            for form in rotations(student.name):
                self._rotated.setdefault(form, []).append(student)

    def call(self, platform: str, sender: Sender) -> Called:
        """Return what a platform's sender is called."""
        if self.roster is None:
            return self._by_platform(platform, sender)
        kinds = KINDS.get(platform)
        for one in sender.ids:
            found = self._by_kind(one, kinds) if kinds is not None else self._any(one)
            if found is not None:
                return Called(found.student)
        told = sender.name or " ".join(sender.ids)
        return self._by_name(sender.name, told)

    def call_by_texts(self, texts: Iterable[str]) -> Called:
        """Look for the one student whom folders' and files' names tell of.

        Parameters
        ----------
        texts : iterable of str
            The names; there must be a roster.
        """
        found: dict[str, Student] = {}
        texts = [text for text in texts if text]
        for text in texts:
            parts = [p for p in SEPARATED.split(text) if len(p) >= SHORTEST]
            for student in [
                self._any(text),
                *self._rotated.get(plain(text), ()),
                *self._named_in(text),
                *map(self._any, parts),
            ]:
                if student is not None:
                    found[student.student] = student
        if len(found) == 1:
            return Called(next(iter(found)))
        if found:
            names = ", ".join(sorted(found)[:4])
            return Called(why=f"it could be of several on the roster: {names}")
        told = " / ".join(texts)
        if not told:
            return Called(why="nothing tells whose it is")
        return Called(why=f"nobody on the roster is named in '{told}'")

    def _named_in(self, text: str) -> list[Student]:
        """Find students whose whole name, as it is written, stands in a text."""
        words = f" {' '.join(SEPARATED.split(same(text)))} "
        students = self.roster.students if self.roster else ()
        return [s for s in students if s.name and f" {same(s.name)} " in words]

    def _by_kind(self, text: str, kinds: Sequence[str]) -> Student | None:
        students = self.roster.students if self.roster else ()
        found = [s for s in students if any(s.ids.get(k) == text for k in kinds)]
        return found[0] if len(found) == 1 else None

    def _any(self, text: str) -> Student | None:
        return self.roster.by_id(text) if self.roster else None

    def _by_name(self, name: str, told: str) -> Called:
        exact = self.roster.by_name(name) if self.roster and name else None
        if exact is not None:
            return Called(exact.student)
        found = {s.student for s in self._rotated.get(plain(name), ())}
        if len(found) == 1:
            return Called(found.pop())
        if found:
            names = ", ".join(sorted(found)[:4])
            return Called(why=f"'{told}' could be several on the roster: {names}")
        return Called(why=f"nobody on the roster is '{told}'")

    def _by_platform(self, platform: str, sender: Sender) -> Called:
        number = sender.ids[0] if sender.ids else ""
        if platform == "Canvas":
            return Called(safe_id(f"{sender.name}_{number}".lstrip("_")))
        if platform == "Moodle" and not sender.name:
            return Called(safe_id(f"participant_{number}"))
        if platform in ("Moodle", "Google Classroom"):
            student = safe_id(sender.name)
            known = self._numbers.setdefault((platform, student), number)
            if known != number:
                return Called(
                    why=f"two people are called '{sender.name}'; a roster with their "
                    "participant numbers tells them apart (--roster)"
                )
            return Called(student)
        return Called(safe_id(number or sender.name))


def rotations(name: str) -> set[str]:
    """Return a name in all orders in which surname and given name may stand, shortened.

    Canvas writes the surname first, without blanks and signs.

    Examples
    --------
    >>> sorted(rotations("Kim O'Lee"))
    ['kimolee', 'oleekim']
    """
    words = name.replace(",", " ").split()
    turned = (words[i:] + words[:i] for i in range(len(words)))
    return {plain(" ".join(order)) for order in turned} - {""}


def safe_id(name: str) -> str:
    """Bring a name into a form that is safe as a folder's and always the same.

    Examples
    --------
    >>> safe_id("  Kim  Lee "), safe_id("../x"), safe_id('a "b" <c>')
    ('Kim Lee', 'x', 'a _b_ _c_')
    """
    text = " ".join(unicodedata.normalize("NFC", name).split())
    text = UNFIT.sub("_", text).lstrip("._ ").rstrip(" .")
    if not text:
        return ""
    data = text.encode("utf-8", "replace")
    if len(data) > LONGEST:
        mark = hashlib.sha256(data).hexdigest()[:8]
        return f"{data[: LONGEST - 9].decode('utf-8', 'ignore').rstrip()}_{mark}"
    return data.decode()


def people_of_folders(
    ways: Mapping[int, Sequence[str]], lecture: str
) -> dict[int, str]:
    """Tell from folders alone whose files are whose, without a roster.

    Folders that all files share are wrappers; the first one in which they differ is
    named after the student. Names that speak of the work are passed over.

    Parameters
    ----------
    ways : mapping
        For each file the folders and archives between its source and itself.
    lecture : str
        The lecture.

    Returns
    -------
    dict
        A name for each file; empty where nothing tells.

    Examples
    --------
    >>> people_of_folders({1: ["export", "ada"], 2: ["export", "bo", "hw"]}, "l3")
    {1: 'ada', 2: 'bo'}
    >>> people_of_folders({1: ["ada"], 2: ["ada", "more"], 3: []}, "l3")
    {1: 'ada', 2: 'ada', 3: ''}
    """
    told = {
        key: [name for name in way if not is_general(name, lecture)]
        for key, way in ways.items()
    }
    deep = [way for way in told.values() if way]
    shared = 0
    while (
        deep
        and all(len(way) > shared for way in deep)
        and len({way[shared] for way in deep}) == 1
    ):
        shared += 1
    differ = {way[shared] for way in deep if len(way) > shared}
    depth = shared if len(differ) > 1 or not shared else shared - 1
    return {key: way[depth] if len(way) > depth else "" for key, way in told.items()}
