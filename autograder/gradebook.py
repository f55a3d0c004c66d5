"""The gradebook: nbgrader's database, and beside it why each grade is what it is.

One process writes. nbgrader's tables hold students, cells and scores, as formgrader
expects them; two tables of ours hold the seed of the course and the verdicts.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    InvalidEntry,
    MissingEntry,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from sqlalchemy import (
    Column,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    inspect,
    make_url,
    or_,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from traitlets.config import Config

from autograder.course import TEST_SUFFIX, Master
from autograder.errors import UserError
from autograder.grading.decide import CheckResult, Verdict
from autograder.grading.explain import lines
from autograder.grading.judge import Judgement

# How long to wait for a gradebook that another program holds.
BUSY_SECONDS = 30.0
NBGRADER_LOG = logging.getLogger("tornado.application")
TABLES = MetaData()
SETTING = Table(
    "autograder_setting",
    TABLES,
    Column("key", String(128), primary_key=True),
    Column("value", Text, nullable=False),
)
RESULT = Table(
    "autograder_result",
    TABLES,
    Column("student", Text, primary_key=True),
    Column("notebook", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("judgement", Text, nullable=False),
)


EXTRA = (
    "its driver is not installed: run `pip install 'cs231n-companion[postgresql]'`, in "
    "the course folder `pip install -e '.[postgresql]'`"
)
# Marks the one `grade` that writes to a database of PostgreSQL.
WRITER = int.from_bytes(b"cs231n")
# Where nbgrader keeps a student's name. It makes them 128 characters long, which SQLite
# does not hold it to; a folder's name may be longer.
NAMES = (("student", "id"), ("submitted_assignment", "student_id"))


def database_url(value: str | Path) -> str:
    """Return the URL of a database; a path means an SQLite file."""
    text = str(value)
    return text if "://" in text else f"sqlite:///{Path(text).resolve()}"


def without_password(url: str) -> str:
    """Return a URL as it may be shown.

    Examples
    --------
    >>> without_password("postgresql+psycopg://ann:secret@db.example.org/grades")
    'postgresql+psycopg://ann:***@db.example.org/grades'
    """
    hidden = re.sub(r"://([^:@/]*):.*@", r"://\1:***@", url)
    return re.sub(r"(?i)([?&][^=&]*password=)[^&]*", r"\1***", hidden)


class Book:
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

    def __init__(self, url: str) -> None:
        self.url = url
        self.shown = without_password(url)
        try:
            self._password = make_url(url).password
        except (SQLAlchemyError, ValueError):
            raise UserError(
                f"{self.shown} is not the URL of a database, such as "
                "postgresql+psycopg://USER@HOST/NAME; in a password, @ : / are written "
                "%40 %3A %2F"
            ) from None
        find_alembic()
        try:
            self.patient_url = _patient(url)
            self.nbgrader = Gradebook(self.patient_url)
            self.engine = create_engine(self.patient_url, future=True)
            TABLES.create_all(self.engine)
            if self.engine.dialect.name == "postgresql":
                _widen(self.engine)
        except (SQLAlchemyError, ImportError, ValueError) as error:
            missing = isinstance(error, ImportError) and "psycopg" in str(error)
            reason = EXTRA if missing else self._line(error)
            raise UserError(
                f"the gradebook {self.shown} cannot be opened: {reason}"
            ) from None

    def close(self) -> None:
        """Let go of the database."""
        self.nbgrader.close()
        self.engine.dispose()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            with _silent():
                yield
        except (SQLAlchemyError, InvalidEntry, OSError) as error:
            with suppress(SQLAlchemyError):  # a lost connection cannot be rolled back
                self.nbgrader.db.rollback()
            raise UserError(
                f"the gradebook {self.shown} cannot be written: {self._line(error)}; "
                "nothing is lost, call again when that is mended"
            ) from None

    def _line(self, error: BaseException) -> str:
        original = getattr(error, "orig", None) or error
        line = str(original).strip().split("\n")[0] or type(error).__name__
        return line.replace(self._password, "***") if self._password else line

    @contextmanager
    def only_writer(self) -> Iterator[None]:
        """Keep a second ``grade`` out of a database that many machines can reach.

        Raises
        ------
        UserError
            Another one is writing to it.
        """
        if self.engine.dialect.name != "postgresql":
            yield
            return
        with self._errors():
            connection = self.engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            )
        with closing(connection):
            with self._errors():
                free = connection.scalar(
                    text("select pg_try_advisory_lock(:key)"), {"key": WRITER}
                )
            if not free:
                raise UserError(
                    f"another grader is writing to the gradebook {self.shown}; call "
                    "again when it has ended"
                )
            try:
                yield
            finally:
                # A connection that was lost has let go of it.
                with suppress(SQLAlchemyError):
                    connection.scalar(
                        text("select pg_advisory_unlock(:key)"), {"key": WRITER}
                    )

    # Seeds -------------------------------------------------------------------------

    def secret(self) -> bytes:
        """Return the course's seed; it is drawn once and kept."""
        query = select(SETTING.c.value).where(SETTING.c.key == "seed")
        with self._errors():
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

    # Setting up --------------------------------------------------------------------

    def set_up(self, lecture: str, masters: Sequence[Master]) -> None:
        """Enter an assignment, its notebooks and their cells, as nbgrader does.

        Raises
        ------
        UserError
            Cells were added or removed after submissions had been graded.
        """
        digest = hashlib.sha256("".join(m.digest for m in masters).encode()).hexdigest()
        key = f"cells of {lecture}"
        with self._errors():
            with self.engine.begin() as connection:
                query = select(SETTING.c.value).where(SETTING.c.key == key)
                if connection.execute(query).scalar() == digest:
                    return
            self.nbgrader.update_or_create_assignment(lecture)
            for master in masters:
                self._save_cells(lecture, master)
            with self.engine.begin() as connection:
                connection.execute(delete(SETTING).where(SETTING.c.key == key))
                connection.execute(insert(SETTING).values(key=key, value=digest))

    def _save_cells(self, lecture: str, master: Master) -> None:
        notebook = nbformat.reads(json.dumps(master.notebook), as_version=4)
        place = {
            "assignment": lecture,
            "notebook": master.name.split("/")[1],
            "db_url": self.patient_url,
        }
        try:
            SaveCells().preprocess(notebook, {"nbgrader": place})
        except RuntimeError as error:
            raise UserError(
                f"{error}; grade this edition into a new folder (--out)"
            ) from None

    # Results -----------------------------------------------------------------------

    def digests(self) -> dict[tuple[str, str], str]:
        """Return what each stored result was made from, by student and notebook."""
        with self._errors(), self.engine.begin() as connection:
            rows = connection.execute(
                select(RESULT.c.student, RESULT.c.notebook, RESULT.c.digest)
            )
            return {(row.student, row.notebook): row.digest for row in rows}

    def save(
        self,
        student: str,
        lecture: str,
        results: Sequence[tuple[Judgement, str]],
        timestamp: datetime | None = None,
    ) -> None:
        """Enter what was judged; the scores a person gave stay.

        Parameters
        ----------
        student, lecture : str
            Whose, and which assignment.
        results : sequence of (Judgement, str)
            Each with the digest of what it was made from.
        timestamp : datetime, optional
            When it was handed in.
        """
        with self._errors():
            self.nbgrader.update_or_create_student(student)
            fields = {} if timestamp is None else {"timestamp": timestamp}
            # nbgrader adds a submission's parts before the submission itself.
            with self.nbgrader.db.no_autoflush:
                submission = self.nbgrader.update_or_create_submission(
                    lecture, student, **fields
                )
            notebooks = {n.name: n for n in submission.notebooks}
            for judgement, _ in results:
                enter_scores(notebooks[judgement.notebook.split("/")[1]], judgement)
            self.nbgrader.db.commit()
            self._save_rows(student, results)
            if timestamp is not None and submission.total_seconds_late > 0:
                for judgement, _ in results:
                    self._late(student, lecture, judgement)

    def _save_rows(
        self, student: str, results: Sequence[tuple[Judgement, str]]
    ) -> None:
        with self.engine.begin() as connection:
            for judgement, digest in results:
                connection.execute(
                    delete(RESULT).where(
                        RESULT.c.student == student,
                        RESULT.c.notebook == judgement.notebook,
                    )
                )
                connection.execute(
                    insert(RESULT).values(
                        student=student,
                        notebook=judgement.notebook,
                        digest=digest,
                        judgement=to_text(judgement),
                    )
                )

    def _late(self, student: str, lecture: str, judgement: Judgement) -> None:
        place = {
            "assignment": lecture,
            "notebook": judgement.notebook.split("/")[1],
            "student": student,
            "db_url": self.patient_url,
        }
        AssignLatePenalties(config=Config()).preprocess(
            nbformat.from_dict(judgement.graded), {"nbgrader": place}
        )

    def results(self, lecture: str) -> dict[str, dict[str, Judgement]]:
        """Return the stored judgements of a lecture: student -> notebook -> judgement.

        The notebooks themselves are not kept here (``graded`` is empty), and scores are
        those of the gradebook: what a person entered counts, and what a person wrote
        comes along.
        """
        with self._errors(), self.engine.begin() as connection:
            rows = connection.execute(
                select(RESULT.c.student, RESULT.c.notebook, RESULT.c.judgement)
                .where(RESULT.c.notebook.startswith(f"{lecture}/"))
                .order_by(RESULT.c.student, RESULT.c.notebook)
            ).all()
        found: dict[str, dict[str, Judgement]] = {}
        with self._errors():
            by_hand, written = self._manual_scores(lecture), self._comments(lecture)
        for row in rows:
            judgement = from_text(row.judgement)
            for verdict in judgement.verdicts:
                key = (row.student, row.notebook.split("/")[1], verdict.exercise)
                if key in by_hand:
                    verdict.score = by_hand[key]
                    verdict.note = verdict.note or "scored by a person"
                verdict.comment = written.get(key, "")
            found.setdefault(row.student, {})[row.notebook] = judgement
        return found

    def _manual_scores(self, lecture: str) -> dict[tuple[str, str, str], float]:
        entered = or_(Grade.manual_score.isnot(None), Grade.extra_credit.isnot(None))
        return {
            key: float(grade.score)
            for key, grade in self._by_hand(lecture, Grade, entered)
            if grade.manual_score is not None or grade.extra_credit
        }

    def _comments(self, lecture: str) -> dict[tuple[str, str, str], str]:
        entered = Comment.manual_comment.isnot(None)
        return {
            key: comment.manual_comment
            for key, comment in self._by_hand(lecture, Comment, entered)
        }

    def _by_hand(
        self, lecture: str, kind: type[Any], entered: Any
    ) -> Iterator[tuple[tuple[str, str, str], Any]]:
        """Yield what a person entered, by student, notebook and exercise."""
        with self._errors():
            for one in self.nbgrader.db.query(kind).filter(entered):
                if one.assignment.name == lecture:
                    exercise = one.name.removesuffix(TEST_SUFFIX)
                    yield (one.student.id, one.notebook.name, exercise), one

    def enter_by_hand(self, entries: Iterable[tuple[Any, float]]) -> None:
        """Enter scores that a person gave, all of them or none.

        Parameters
        ----------
        entries : iterable of (Grade, float)
            nbgrader's entries, each with its score.
        """
        with self._errors():
            for grade, score in entries:
                grade.manual_score = score
                grade.needs_manual_grade = False
            self.nbgrader.db.commit()

    def penalty(self, student: str, lecture: str) -> float:
        """Return the points that a late submission loses."""
        with self._errors(), suppress(MissingEntry):
            submission = self.nbgrader.find_submission(lecture, student)
            late = (n.late_submission_penalty or 0.0 for n in submission.notebooks)
            return float(sum(late))
        return 0.0

    def students(self, lecture: str) -> list[str]:
        """List the students that the gradebook knows, with or without a submission."""
        with self._errors():
            return sorted(s.id for s in self.nbgrader.students)


def find_alembic() -> None:
    """Put the interpreter's own folder on PATH: nbgrader starts ``alembic`` from it."""
    own = str(Path(sys.executable).parent)
    if own not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([own, os.environ.get("PATH", "")])


def enter_scores(notebook: SubmittedNotebook, judgement: Judgement) -> None:
    """Set the automatic scores and comments of a submitted notebook."""
    verdicts = {v.exercise: v for v in judgement.verdicts}
    for grade in notebook.grades:
        verdict = verdicts.get(grade.name.removesuffix(TEST_SUFFIX))
        # No record means no points.
        by_person = verdict is not None and verdict.status == "manual"
        if by_person:
            grade.auto_score = None
        else:
            grade.auto_score = 0.0 if verdict is None else verdict.score
        grade.needs_manual_grade = by_person or grade.manual_score is not None
    # nbgrader keeps comments with the cell that the student wrote. What a person
    # writes there stands before ours.
    for comment in notebook.comments:
        comment.auto_comment = comment_on(verdicts.get(comment.name))


def comment_on(verdict: Verdict | None) -> str | None:
    """Return what formgrader and nbgrader's feedback say about an exercise.

    nbgrader shows a comment as markdown and lets HTML through, so HTML is escaped.
    """
    said = lines(verdict) if verdict is not None else []
    return escape("\n\n".join(said), quote=False) or None


def seed_of(secret: bytes, student: str, notebook: str) -> bytes:
    """Return the seed of one submitted notebook: the same at every regrade."""
    message = json.dumps([student, notebook]).encode()
    return hmac.new(secret, message, hashlib.sha256).digest()


def to_text(judgement: Judgement) -> str:
    """Write a judgement as JSON, without the notebook itself."""
    fields = asdict(judgement)
    del fields["graded"]
    return json.dumps(fields)


def from_text(text: str) -> Judgement:
    """Read what :func:`to_text` wrote."""
    fields: dict[str, Any] = json.loads(text)
    verdicts = []
    for one in fields.pop("verdicts"):
        checks = [CheckResult(**check) for check in one.pop("checks")]
        verdicts.append(Verdict(checks=checks, **one))
    return Judgement(verdicts=verdicts, graded={}, **fields)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep nbgrader from logging the traceback of an error that is said in a line."""
    before, NBGRADER_LOG.disabled = NBGRADER_LOG.disabled, True
    try:
        yield
    finally:
        NBGRADER_LOG.disabled = before


def _patient(url: str) -> str:
    """Let SQLite wait where another program, such as formgrader, holds the file."""
    if not url.startswith("sqlite"):
        return url
    return str(make_url(url).update_query_dict({"timeout": str(BUSY_SECONDS)}))


def _widen(engine: Engine) -> None:
    """Let nbgrader's tables hold a student's name of any length."""
    for table, column in NAMES:
        kinds = {c["name"]: c["type"] for c in inspect(engine).get_columns(table)}
        if getattr(kinds[column], "length", None) is not None:
            with engine.begin() as connection:
                connection.execute(
                    text(f"alter table {table} alter column {column} type text")
                )
