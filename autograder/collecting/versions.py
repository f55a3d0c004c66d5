"""Which of several versions of a notebook counts.

The newest that holds answers; a blank one never takes the place of a solved one, and
what cannot be read counts only where there is nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from autograder.classroom.contents import Worth

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Version:
    """One version of a student's notebook that was handed in at some time.

    Attributes
    ----------
    digest : str
        A hash of the file.
    worth : Worth
        What it holds.
    time : datetime or None
        When it was handed in, where a platform says so.
    stamp : datetime or None
        When the file was last changed, as its folder or archive says: of two versions
        without a time, the later one counts.
    order : int
        Of two versions of one download, the greater number came later.
    late : bool
        Whether a platform says that it was late.
    origin : str
        Where it was found.
    over : tuple of str
        The digests of versions that it was made from by hand: none of them counts any
        more, however often it comes again.
    """

    digest: str
    worth: Worth
    time: datetime | None = None
    stamp: datetime | None = None
    order: int = 0
    late: bool = False
    origin: str = ""
    over: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, datetime, int, str]:
        """The greatest counts."""
        when = self.time or self.stamp or LONG_AGO
        return self.worth, when, self.order, self.digest

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        found = asdict(self)
        for name in ("time", "stamp"):
            when = found[name]
            found[name] = when.isoformat() if when else None
        return found | {"worth": int(self.worth)}

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Version:
        """Return the version of plain values.

        Raises
        ------
        KeyError, TypeError, ValueError
            They are not those of a version.
        """
        times = {
            name: datetime.fromisoformat(found[name]) if found[name] else None
            for name in ("time", "stamp")
        }
        plain = {"worth": Worth(found["worth"]), "over": tuple(found["over"])}
        return cls(**{**found, **times, **plain})


def merged(versions: Iterable[Version]) -> list[Version]:
    """Make one of versions that are the same file: it came when it came last."""
    found: dict[str, Version] = {}
    for version in versions:
        known = found.get(version.digest)
        if known is None:
            found[version.digest] = version
            continue
        later = max(known, version, key=lambda v: v.rank)
        times = [v.time for v in (known, version) if v.time]
        found[version.digest] = replace(
            later, time=max(times, default=None), over=known.over or version.over
        )
    return list(found.values())


def counts(versions: Iterable[Version]) -> Version:
    """Return the version that counts."""
    versions = list(versions)
    gone = {digest for version in versions for digest in version.over}
    left = [version for version in versions if version.digest not in gone]
    return max(left or versions, key=lambda version: version.rank)
