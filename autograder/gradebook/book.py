"""The gradebook: nbgrader's database, and beside it why each grade is what it is.

One process writes. nbgrader's tables hold students, cells and scores, as formgrader
expects them; tables of ours hold the course's seed, its draws and the verdicts.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import nbformat
from nbgrader.preprocessors import SaveCells
from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from autograder.course.cells import cells_of
from autograder.course.handout import Handout
from autograder.errors import UserError
from autograder.gradebook.by_hand import ByHand, comments_by_hand, scores_by_hand
from autograder.gradebook.changes import Change, load_changes, record_changes
from autograder.gradebook.database import Database
from autograder.gradebook.due_dates import (
    enter_term,
    late_without_time,
    set_late,
    submissions_of,
    times_of,
)
from autograder.gradebook.late_penalties import (
    LateRule,
    penalties,
    penalties_by_notebook,
    settle_penalties,
)
from autograder.gradebook.nbgrader_rows import (
    STUDENT,
    Entry,
    insert_entries,
    set_times,
)
from autograder.gradebook.setting_rows import get_setting, put_setting
from autograder.gradebook.standings import (
    Standings,
    count,
    note_late,
    scores_of,
    share,
)
from autograder.gradebook.tables import DRAW, RESULT, SETTING
from autograder.gradebook.term_settings import NO_TERM, LectureTerm
from autograder.notebook_name import lecture_of, stem_of
from autograder.verdict import (
    NO_ANSWER,
    Judgement,
    JudgementReader,
    Status,
    Verdict,
    to_text,
)

# A score and extra credit that a person gave.
Entered = tuple[float | None, float | None]


@dataclass(frozen=True)
class StoredDraw:
    """By which draw of its inputs an exercise is graded.

    Attributes
    ----------
    number : int
        The draw.
    digest : str
        A hash of the exercise and the engine for which it was found to be right.
    """

    number: int
    digest: str


class Book(Database):
    """The gradebook of a course, open for reading and writing.

    Parameters
    ----------
    url : str
        As SQLAlchemy writes it, for example ``"sqlite:////home/me/gradebook.db"``.

    Raises
    ------
    UserError
        The database cannot be opened.
    """

    # Seeds -------------------------------------------------------------------------

    def seed(self) -> bytes:
        """Return the course's seed; it is drawn once and kept."""
        with self.errors():
            with self.engine.begin() as connection:
                found = get_setting(connection, "seed")
            if found is None:
                drawn = insert(SETTING).values(key="seed", value=secrets.token_hex(32))
                # Where another process was first, its seed is the one.
                with suppress(IntegrityError), self.engine.begin() as connection:
                    connection.execute(drawn)
                with self.engine.begin() as connection:
                    found = get_setting(connection, "seed")
        assert found is not None  # noqa: S101 - it has just been stored
        return bytes.fromhex(found)

    def draws(self) -> dict[str, StoredDraw]:
        """Return by which draw each exercise is graded, by its id."""
        with self.errors(), self.engine.begin() as connection:
            rows = connection.execute(select(DRAW)).all()
        return {row.exercise: StoredDraw(row.number, row.digest) for row in rows}

    def save_draws(self, draws: Mapping[str, StoredDraw]) -> None:
        """Store by which draw exercises are graded from now on."""
        if not draws:
            return
        rows = [
            {"exercise": name, "number": draw.number, "digest": draw.digest}
            for name, draw in draws.items()
        ]
        with self.errors(), self.engine.begin() as connection:
            connection.execute(delete(DRAW).where(DRAW.c.exercise.in_(list(draws))))
            connection.execute(insert(DRAW), rows)

    # Setting up --------------------------------------------------------------------

    def set_up(self, lecture: str, handouts: Sequence[Handout]) -> None:
        """Store a lecture, its notebooks and their cells, as nbgrader does.

        Raises
        ------
        UserError
            Cells were added or removed after submissions had been graded.
        """
        digest = hashlib.sha256(
            "".join(h.digest for h in handouts).encode()
        ).hexdigest()
        key = f"cells of {lecture}"
        with self.errors():
            with self.engine.begin() as connection:
                if get_setting(connection, key) == digest:
                    return
            self.nbgrader.update_or_create_assignment(lecture)
            for handout in handouts:
                self._save_cells(lecture, handout)
            with self.engine.begin() as connection:
                put_setting(connection, key, digest)

    def _save_cells(self, lecture: str, handout: Handout) -> None:
        notebook = nbformat.reads(json.dumps(handout.notebook), as_version=4)
        # nbgrader keeps a test whole, and puts it back before it runs a submission.
        for grade_id, test in handout.without_exercise.items():
            notebook.cells[handout.cells[grade_id].position].source = test
        where = {
            "assignment": lecture,
            "notebook": handout.stem,
            "db_url": self.patient_url,
        }
        try:
            SaveCells().preprocess(notebook, {"nbgrader": where})
        except RuntimeError as error:
            raise UserError(
                f"{error}; grade this handout into a new folder (--out)"
            ) from None

    # Results -----------------------------------------------------------------------

    def digests(self) -> dict[tuple[str, str], str]:
        """Return what each stored result was made from, by student and notebook.

        A result that is not to be relied on, because the grader failed, is left out.
        """
        with self.errors(), self.engine.begin() as connection:
            rows = connection.execute(
                select(RESULT.c.student, RESULT.c.notebook, RESULT.c.digest).where(
                    RESULT.c.digest != ""
                )
            )
            return {(row.student, row.notebook): row.digest for row in rows}

    def save(self, lecture: str, entries: Sequence[Entry]) -> None:
        """Store what was judged, in one transaction; a person's scores stay.

        Parameters
        ----------
        lecture : str
            The lecture; nbgrader's assignment.
        entries : sequence of Entry
            At most one for a student and notebook.
        """
        with self.errors():
            self.nbgrader.db.commit()  # what it holds of these rows is read again
            with self.engine.begin() as connection:
                earlier = self._earlier(connection, entries)
                insert_entries(connection, lecture, entries, earlier)
                self._save_rows(connection, entries)
                if earlier:
                    record_changes(connection, lecture, entries, earlier)

    def _earlier(
        self, connection: Connection, entries: Sequence[Entry]
    ) -> dict[tuple[str, str], Judgement]:
        """Return what is stored of the same notebooks now."""
        rows = connection.execute(
            select(RESULT.c.student, RESULT.c.notebook, RESULT.c.judgement).where(
                RESULT.c.student.in_({e.student for e in entries}),
                RESULT.c.notebook.in_({e.judgement.notebook for e in entries}),
            )
        )
        reader = JudgementReader()
        return {(row.student, row.notebook): reader.read(row.judgement) for row in rows}

    def changes(self) -> list[Change]:
        """Return the scores that gradings changed in this term, the earliest first."""
        with self.errors(), self.engine.begin() as connection:
            return load_changes(connection)

    def _save_rows(self, connection: Connection, entries: Sequence[Entry]) -> None:
        rows = [
            {
                "student": entry.student,
                "notebook": entry.judgement.notebook,
                "digest": entry.digest or "",
                "judgement": entry.record or to_text(entry.judgement),
            }
            for entry in entries
        ]
        if not rows:
            return
        connection.execute(
            delete(RESULT).where(
                RESULT.c.student == bindparam("of_student"),
                RESULT.c.notebook == bindparam("of_notebook"),
            ),
            [{"of_student": r["student"], "of_notebook": r["notebook"]} for r in rows],
        )
        connection.execute(insert(RESULT), rows)

    def results(self, lecture: str) -> dict[str, dict[str, Judgement]]:
        """Return the stored judgements of a lecture: student -> notebook -> judgement.

        Scores are those of the gradebook: what a person entered counts, and what a
        person wrote comes along.
        """
        with self.errors(), self.engine.begin() as connection:
            rows = connection.execute(
                select(RESULT.c.student, RESULT.c.notebook, RESULT.c.judgement)
                .where(RESULT.c.notebook.startswith(f"{lecture}/"))
                .order_by(RESULT.c.student, RESULT.c.notebook)
            ).all()
            scores = scores_by_hand(connection, lecture)
            comments = comments_by_hand(connection, lecture)
        found: dict[str, dict[str, Judgement]] = {}
        reader = JudgementReader()
        for row in rows:
            judgement = reader.read(row.judgement)
            ids = {verdict.exercise for verdict in judgement.verdicts}
            for verdict in judgement.verdicts:
                for cell in cells_of(verdict.exercise, ids):
                    key = (row.student, stem_of(row.notebook), cell)
                    if key in scores:
                        _enter(verdict, scores[key])
                    verdict.comment = verdict.comment or comments.get(key, "")
            found.setdefault(row.student, {})[row.notebook] = judgement
        return found

    def has_results(self, lecture: str) -> bool:
        """Tell whether anything of a lecture has been graded."""
        query = select(RESULT.c.student).where(
            RESULT.c.notebook.startswith(f"{lecture}/")
        )
        with self.errors(), self.engine.begin() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def save_scores(self, entries: Iterable[tuple[Any, Entered]]) -> None:
        """Store scores that a person gave, all of them or none.

        Parameters
        ----------
        entries : iterable of (Grade, Entered)
            nbgrader's entries, each with its score and its extra credit; None leaves
            what is known.
        """
        with self.errors():
            for grade, (score, extra) in entries:
                if score is not None:
                    grade.manual_score = score
                    grade.needs_manual_grade = False
                if extra is not None:
                    grade.extra_credit = extra
            self.nbgrader.db.commit()

    # The term ----------------------------------------------------------------------

    def set_term(self, lecture: str, term: LectureTerm) -> list[str]:
        """Let nbgrader know when a lecture is due, for all and for each.

        Returns
        -------
        list of str
            Who was given an extension and has not handed in anything.
        """
        with self.errors(), self.engine.begin() as connection:
            return enter_term(connection, lecture, term)

    def set_times(self, lecture: str, times: Mapping[str, datetime]) -> None:
        """Store when students handed in; who has no submission is passed over."""
        with self.errors(), self.engine.begin() as connection:
            set_times(connection, submissions_of(connection, lecture), times)

    def set_late(self, lecture: str, students: Sequence[str]) -> None:
        """Store who was late by a platform's word, without a known time."""
        with self.errors(), self.engine.begin() as connection:
            set_late(connection, lecture, students)

    def late_without_time(self, lecture: str) -> list[str]:
        """Return who was late by a platform's word, without a known time."""
        with self.errors(), self.engine.begin() as connection:
            return late_without_time(connection, lecture)

    def settle_penalties(
        self, lecture: str, term: LectureTerm, rule: Callable[[], LateRule]
    ) -> int:
        """Let late submissions lose what they lose by the scores and dates of now.

        Returns
        -------
        int
            How many students are late.
        """

        def scores() -> Mapping[tuple[str, str], float]:
            return scores_of(count(self.results(lecture), term))

        with self.errors(), self.engine.begin() as connection:
            return settle_penalties(connection, lecture, scores, rule)

    def penalties(self, lecture: str) -> dict[str, float]:
        """Return the points that late submissions lose, by student; 0 left out."""
        with self.errors(), self.engine.begin() as connection:
            return penalties(connection, lecture)

    def standings(self, lecture: str, term: LectureTerm = NO_TERM) -> Standings:
        """Return how students stand in a lecture, with what the term decides."""
        results = count(self.results(lecture), term)
        with self.errors(), self.engine.begin() as connection:
            lost = penalties_by_notebook(connection, lecture)
            times = times_of(connection, lecture)
            late = late_without_time(connection, lecture)
        return share(note_late(results, late, term), term, times, lost, late)

    def lectures(self) -> list[str]:
        """List the lectures of which something has been graded, by name."""
        with self.errors(), self.engine.begin() as connection:
            rows = connection.execute(select(RESULT.c.notebook).distinct())
            return sorted({lecture_of(name) for name in rows.scalars()})

    def editions(self, lecture: str) -> dict[tuple[str, str], str]:
        """Return by which edition each result was judged, by student and notebook."""
        return {
            (student, name): judgement.edition
            for student, of in self.results(lecture).items()
            for name, judgement in of.items()
        }

    def students(self) -> list[str]:
        """List the students that the gradebook knows, with or without a submission."""
        with self.errors(), self.engine.begin() as connection:
            return sorted(connection.execute(select(STUDENT.c.id)).scalars())


def _enter(verdict: Verdict, entered: ByHand) -> None:
    """Let what a person entered count, and say where the answer is another one now."""
    verdict.score = entered.score
    verdict.given, verdict.extra = entered.given, entered.extra
    verdict.by_person = not (entered.again and verdict.status is Status.MANUAL)
    if entered.given is None:
        return
    note = ""
    if verdict.status in NO_ANSWER:
        note = "what was handed in last holds no answer"
    elif entered.again:
        note = "it is marked to be looked at again"
    if note:
        note = f"a person gave {entered.given:g} points; {note}"
        verdict.note = "; ".join(filter(None, [verdict.note, note]))
