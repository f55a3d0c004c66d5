"""How the students of a class stand: results with the settings of the term applied.

A group's work counts for each of its students, an exercise can be taken out or given
to everybody, and what came late loses points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from autograder.gradebook.term_settings import NO_TERM, LectureTerm
from autograder.notebook_name import stem_of
from autograder.verdict import NO_ANSWER, Counts, Judgement, Status, Verdict

Results = Mapping[str, Mapping[str, Judgement]]
NOT_READ = frozenset({Status.MISSING, Status.UNREADABLE})
TOLD = {
    Counts.TAKEN_OUT: "taken out: it counts for nobody",
    Counts.GIVEN: "all points were given to everybody",
    Counts.BONUS: "a bonus",
}


@dataclass(frozen=True)
class Standings:
    """The results of a lecture, as they count.

    Attributes
    ----------
    results : mapping
        Student -> notebook -> judgement; the students of a group each have its work.
    holders : mapping
        Student -> notebook -> whose folder it was handed in from, for those who have
        it from a group.
    penalties : mapping
        Points lost for being late, by student; 0 left out.
    term : LectureTerm
        What was applied.
    untimed : frozenset of str
        Students who were late by a platform's word alone.
    """

    results: dict[str, dict[str, Judgement]]
    holders: dict[str, dict[str, str]] = field(default_factory=dict)
    penalties: dict[str, float] = field(default_factory=dict)
    term: LectureTerm = NO_TERM
    untimed: frozenset[str] = frozenset()

    def once(self) -> dict[str, dict[str, Judgement]]:
        """Return the results without a group's copies: each notebook as handed in."""
        return {
            student: {
                name: judgement
                for name, judgement in judgements.items()
                if student == self._stands_for(student, name)
            }
            for student, judgements in self.results.items()
        }

    def _stands_for(self, student: str, notebook: str) -> str:
        """Return who stands for all those who have a notebook from one folder."""
        holder = self.holders.get(student, {}).get(notebook, student)
        # A group's folder may bear no student's name.
        return holder if holder in self.results else min(self.sharing(holder, notebook))

    def sharing(self, holder: str, notebook: str) -> list[str]:
        """List the students who have a notebook from one folder."""
        shared = [s for s, of in self.holders.items() if of.get(notebook) == holder]
        return shared or [holder]


def count(results: Results, term: LectureTerm) -> dict[str, dict[str, Judgement]]:
    """Apply what exercises count for; what was passed stays as it is."""
    return {
        student: {name: _counted(judgement, term) for name, judgement in of.items()}
        for student, of in results.items()
    }


def note_late(
    results: Results, late: Collection[str], term: LectureTerm
) -> dict[str, dict[str, Judgement]]:
    """Note who was late by a platform's word alone, with the first of the notebooks.

    Parameters
    ----------
    results : mapping
        By the folder that they were handed in from.
    late : collection of str
        Those folders.
    term : LectureTerm
        What that means.
    """
    if term.late_hours is None:
        means = "it loses nothing, see late_hours in the guide"
    else:
        means = f"taken as {term.late_hours:g} hours"
    said = f"late, as the platform says, which does not tell by how much: {means}"
    noted = {student: dict(of) for student, of in results.items()}
    for folder in noted.keys() & {*late}:
        name = min(noted[folder])
        judgement = noted[folder][name]
        noted[folder][name] = replace(judgement, notes=[said, *judgement.notes])
    return noted


def _counted(judgement: Judgement, term: LectureTerm) -> Judgement:
    if not any(v.exercise in term.counts for v in judgement.verdicts):
        return judgement
    return replace(judgement, verdicts=[_verdict(v, term) for v in judgement.verdicts])


def _verdict(verdict: Verdict, term: LectureTerm) -> Verdict:
    counts = term.counts_of(verdict.exercise)
    if counts is Counts.FULLY:
        return verdict
    changed = copy(verdict)
    changed.counts = counts
    if counts is Counts.GIVEN and verdict.status not in NOT_READ:
        changed.score = max(verdict.score, verdict.max_score)
    return changed


def scores_of(results: Results) -> dict[tuple[str, str], float]:
    """Return the points of each notebook ("01_svm") before a penalty."""
    return {
        (student, stem_of(name)): sum(v.counted for v in judgement.verdicts)
        for student, of in results.items()
        for name, judgement in of.items()
    }


def share(
    results: Results,
    term: LectureTerm,
    times: Mapping[str, datetime],
    penalties: Mapping[tuple[str, str], float],
    late: Collection[str] = (),
) -> Standings:
    """Give each student of a group what one of them handed in for all.

    Of several files for one notebook the newest that holds an answer counts.

    Parameters
    ----------
    results : mapping
        As they count, by the folder that they were handed in from.
    term : LectureTerm
        Names the groups.
    times : mapping
        When each folder was handed in, where that is known.
    penalties : mapping
        Points lost, by folder and notebook ("01_svm").
    late : collection of str
        Folders that were late by a platform's word alone.
    """
    standings = Standings({}, {}, {}, term)
    grouped: set[str] = set()
    for group, students in term.groups.items():
        folders = [group, *students]
        grouped.update(folders)
        for notebook in sorted({n for f in folders for n in results.get(f, {})}):
            holder = max(
                (f for f in folders if notebook in results.get(f, {})),
                key=lambda f: _rank(results[f][notebook], times.get(f), f),
            )
            for student in students:
                of = standings.results.setdefault(student, {})
                of[notebook] = results[holder][notebook]
                standings.holders.setdefault(student, {})[notebook] = holder
    for student in results.keys() - grouped:
        standings.results[student] = dict(results[student])
    for student, of in standings.results.items():
        lost = sum(
            penalties.get((standings.holders.get(student, {}).get(n, student), s), 0.0)
            for n, s in ((name, stem_of(name)) for name in of)
        )
        if lost:
            standings.penalties[student] = lost
    untimed = frozenset(
        student
        for student, of in standings.results.items()
        if any(standings.holders.get(student, {}).get(n, student) in late for n in of)
    )
    return replace(standings, untimed=untimed)


def _rank(
    judgement: Judgement, when: datetime | None, folder: str
) -> tuple[bool, datetime, str]:
    answered = any(v.status not in NO_ANSWER for v in judgement.verdicts)
    return answered, when or datetime.min, folder


def members(names: Iterable[str], terms: Iterable[LectureTerm]) -> Iterator[str]:
    """Yield the students of a class: those of a group in the place of its folder."""
    groups: dict[str, tuple[str, ...]] = {}
    for term in terms:
        for group, students in term.groups.items():
            groups[group] = (*groups.get(group, ()), *students)
    seen: set[str] = set()
    everybody = {student for students in groups.values() for student in students}
    for name in (*names, *everybody):
        own = (name,) if name in everybody else groups.get(name, (name,))
        for student in own:
            if student not in seen:
                seen.add(student)
                yield student
