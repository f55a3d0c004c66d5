"""The gradebook: nbgrader's database, and beside it why each grade is what it is.

One process writes. nbgrader's tables hold students, cells and scores, as formgrader
expects them; tables of ours hold the course's seed, its draws and the verdicts.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import nbformat
from nbgrader.preprocessors import SaveCells
from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from autograder.course.cells import cells_of
from autograder.course.handout import Handout
from autograder.errors import UserError
from autograder.gradebook.by_hand import comments_by_hand, scores_by_hand
from autograder.gradebook.database import Database
from autograder.gradebook.late_penalties import assign_penalty, penalties
from autograder.gradebook.nbgrader_rows import STUDENT, Entry, insert_entries
from autograder.gradebook.tables import DRAW, RESULT, SETTING
from autograder.notebook_name import stem_of
from autograder.verdict import Judgement, JudgementReader, to_text


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
        query = select(SETTING.c.value).where(SETTING.c.key == "seed")
        with self.errors():
            with self.engine.begin() as connection:
                found = connection.execute(query).scalar()
            if found is None:
                drawn = insert(SETTING).values(key="seed", value=secrets.token_hex(32))
                # Where another process was first, its seed is the one.
                with suppress(IntegrityError), self.engine.begin() as connection:
                    connection.execute(drawn)
                with self.engine.begin() as connection:
                    found = connection.execute(query).scalar_one()
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
                query = select(SETTING.c.value).where(SETTING.c.key == key)
                if connection.execute(query).scalar() == digest:
                    return
            self.nbgrader.update_or_create_assignment(lecture)
            for handout in handouts:
                self._save_cells(lecture, handout)
            with self.engine.begin() as connection:
                connection.execute(delete(SETTING).where(SETTING.c.key == key))
                connection.execute(insert(SETTING).values(key=key, value=digest))

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
                insert_entries(connection, lecture, entries)
                self._save_rows(connection, entries)
            for entry in entries:
                if entry.timestamp is not None:
                    assign_penalty(
                        self.nbgrader,
                        self.patient_url,
                        lecture,
                        entry.student,
                        entry.notebook,
                    )

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
                        verdict.score = float(scores[key])
                        verdict.by_person = True
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

    def save_scores(self, entries: Iterable[tuple[Any, float]]) -> None:
        """Store scores that a person gave, all of them or none.

        Parameters
        ----------
        entries : iterable of (Grade, float)
            nbgrader's entries, each with its score.
        """
        with self.errors():
            for grade, score in entries:
                grade.manual_score = score
                grade.needs_manual_grade = False
            self.nbgrader.db.commit()

    def penalties(self, lecture: str) -> dict[str, float]:
        """Return the points that late submissions lose, by student; 0 left out."""
        with self.errors(), self.engine.begin() as connection:
            return penalties(connection, lecture)

    def students(self) -> list[str]:
        """List the students that the gradebook knows, with or without a submission."""
        with self.errors(), self.engine.begin() as connection:
            return sorted(connection.execute(select(STUDENT.c.id)).scalars())
