"""The gradebook: nbgrader's database, and beside it why each grade is what it is.

One process writes. nbgrader's tables hold students, cells and scores, as formgrader
expects them; two tables of ours hold the seed of the course and the verdicts.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import nbformat
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from nbgrader.api import (
    Assignment,
    Base,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    InvalidEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.dbutil import ALEMBIC_DIR
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    make_url,
    or_,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from traitlets.config import Config

from autograder.course.handout import TEST_SUFFIX, Handout
from autograder.errors import UserError
from autograder.gradebook.nbgrader_rows import STUDENT, Entry, enter
from autograder.verdict import Judgement, JudgementReader, to_text

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
    "its driver is not installed: install the grader with its extra `postgresql`, in "
    "the course folder by `pip install -e '.[postgresql]'`"
)
# Marks the one `grade` that writes to a database of PostgreSQL.
WRITER = int.from_bytes(b"grading")
# What a person, and nobody else, writes.
SCORED = or_(
    Grade.manual_score.is_not(None), func.coalesce(Grade.extra_credit, 0.0) != 0
)
COMMENTED = Comment.manual_comment.is_not(None)
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
        try:
            with ExitStack() as undo:
                self._open(undo)
                undo.pop_all()
        except (SQLAlchemyError, ImportError, ValueError) as error:
            missing = isinstance(error, ImportError) and "psycopg" in str(error)
            reason = EXTRA if missing else self._line(error)
            raise UserError(
                f"the gradebook {self.shown} cannot be opened: {reason}"
            ) from None

    def _open(self, undo: ExitStack) -> None:
        """Connect and make the tables; `undo` closes what a failure would leave."""
        self.patient_url = _patient(self.url)
        self.engine = create_engine(self.patient_url, future=True)
        undo.callback(self.engine.dispose)
        if self.engine.dialect.name == "sqlite":
            self._read_beside_writing()
        _make_tables(self.engine)
        self.nbgrader = Gradebook(self.patient_url)
        undo.callback(self.nbgrader.close)
        TABLES.create_all(self.engine)
        if self.engine.dialect.name == "postgresql":
            _widen(self.engine)

    def _read_beside_writing(self) -> None:
        """Keep a log beside the file, so that readers and the writer never wait.

        SQLite remembers it in the file: it holds for formgrader's connections too.
        """
        with self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")

    def close(self) -> None:
        """Let go of the database; the one file then holds everything."""
        self.nbgrader.close()
        if self.engine.dialect.name == "sqlite":
            # Where formgrader still reads, the log would stay; a full disk may prevent
            # it, and the next one to open the file makes up for it.
            with suppress(SQLAlchemyError), self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
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

    def set_up(self, lecture: str, handouts: Sequence[Handout]) -> None:
        """Enter an assignment, its notebooks and their cells, as nbgrader does.

        Raises
        ------
        UserError
            Cells were added or removed after submissions had been graded.
        """
        digest = hashlib.sha256(
            "".join(m.digest for m in handouts).encode()
        ).hexdigest()
        key = f"cells of {lecture}"
        with self._errors():
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
        place = {
            "assignment": lecture,
            "notebook": handout.name.split("/")[1],
            "db_url": self.patient_url,
        }
        try:
            SaveCells().preprocess(notebook, {"nbgrader": place})
        except RuntimeError as error:
            raise UserError(
                f"{error}; grade this handout into a new folder (--out)"
            ) from None

    # Results -----------------------------------------------------------------------

    def digests(self) -> dict[tuple[str, str], str]:
        """Return what each stored result was made from, by student and notebook."""
        with self._errors(), self.engine.begin() as connection:
            rows = connection.execute(
                select(RESULT.c.student, RESULT.c.notebook, RESULT.c.digest)
            )
            return {(row.student, row.notebook): row.digest for row in rows}

    def save(self, lecture: str, entries: Sequence[Entry]) -> None:
        """Enter what was judged, in one transaction; a person's scores stay.

        Parameters
        ----------
        lecture : str
            The assignment.
        entries : sequence of Entry
            At most one for a student and notebook.
        """
        with self._errors():
            self.nbgrader.db.commit()  # what it holds of these rows is read again
            with self.engine.begin() as connection:
                enter(connection, lecture, entries)
                self._save_rows(connection, entries)
            for entry in entries:
                if entry.timestamp is not None:
                    self._late(lecture, entry)

    def _save_rows(self, connection: Connection, entries: Sequence[Entry]) -> None:
        rows = [
            {
                "student": entry.student,
                "notebook": entry.judgement.notebook,
                "digest": entry.digest,
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

    def _late(self, lecture: str, entry: Entry) -> None:
        """Let nbgrader take off what a late submission loses."""
        submission = self.nbgrader.find_submission(lecture, entry.student)
        late = submission.total_seconds_late > 0
        self.nbgrader.db.commit()
        if not late:
            return
        place = {
            "assignment": lecture,
            "notebook": entry.notebook,
            "student": entry.student,
            "db_url": self.patient_url,
        }
        AssignLatePenalties(config=Config()).preprocess(
            nbformat.v4.new_notebook(), {"nbgrader": place}
        )

    def results(self, lecture: str) -> dict[str, dict[str, Judgement]]:
        """Return the stored judgements of a lecture: student -> notebook -> judgement.

        Scores are those of the gradebook: what a person entered counts, and what a
        person wrote comes along.
        """
        with self._errors(), self.engine.begin() as connection:
            rows = connection.execute(
                select(RESULT.c.student, RESULT.c.notebook, RESULT.c.judgement)
                .where(RESULT.c.notebook.startswith(f"{lecture}/"))
                .order_by(RESULT.c.student, RESULT.c.notebook)
            ).all()
            by_hand = _by_hand(connection, lecture, Grade.score, SCORED)
            written = _by_hand(connection, lecture, Comment.manual_comment, COMMENTED)
        found: dict[str, dict[str, Judgement]] = {}
        reader = JudgementReader()
        for row in rows:
            judgement = reader.read(row.judgement)
            for verdict in judgement.verdicts:
                key = (row.student, row.notebook.split("/")[1], verdict.exercise)
                if key in by_hand:
                    verdict.score = float(by_hand[key])
                    verdict.note = verdict.note or "scored by a person"
                verdict.comment = written.get(key, "")
            found.setdefault(row.student, {})[row.notebook] = judgement
        return found

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

    def penalties(self, lecture: str) -> dict[str, float]:
        """Return the points that late submissions lose, by student; 0 left out."""
        query = (
            select(
                SubmittedAssignment.student_id,
                func.sum(SubmittedNotebook.late_submission_penalty).label("points"),
            )
            .select_from(SubmittedNotebook)
            .join(
                SubmittedAssignment,
                SubmittedNotebook.assignment_id == SubmittedAssignment.id,
            )
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .where(Assignment.name == lecture)
            .group_by(SubmittedAssignment.student_id)
        )
        with self._errors(), self.engine.begin() as connection:
            rows = connection.execute(query)
            return {row.student_id: float(row.points) for row in rows if row.points}

    def students(self, lecture: str) -> list[str]:
        """List the students that the gradebook knows, with or without a submission."""
        with self._errors(), self.engine.begin() as connection:
            return sorted(connection.execute(select(STUDENT.c.id)).scalars())


def _make_tables(engine: Engine) -> None:
    """Make nbgrader's tables, marked as those of its version, where there are none.

    nbgrader would do the same, and start another program to learn what its version is.
    """
    if inspect(engine).get_table_names():
        return
    script = ScriptDirectory(ALEMBIC_DIR)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        MigrationContext.configure(connection).stamp(script, "heads")


def _by_hand(
    connection: Connection, lecture: str, column: Any, entered: Any
) -> dict[tuple[str, str, str], Any]:
    """Return what a person entered, by student, notebook and exercise."""
    query = (
        select(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, column)
        .join_from(column.class_, SubmittedNotebook)
        .join(SubmittedAssignment)
        .join(Assignment)
        .join(BaseCell, column.class_.cell_id == BaseCell.id)
        .join(Notebook, BaseCell.notebook_id == Notebook.id)
        .where(Assignment.name == lecture, entered)
    )
    return {
        (student, notebook, cell.removesuffix(TEST_SUFFIX)): value
        for student, notebook, cell, value in connection.execute(query)
    }


def seed_of(secret: bytes, student: str, notebook: str) -> bytes:
    """Return the seed of one submitted notebook: the same at every regrade."""
    message = json.dumps([student, notebook]).encode()
    return hmac.new(secret, message, hashlib.sha256).digest()


@contextmanager
def _silent() -> Iterator[None]:
    """Keep nbgrader from logging the traceback of an error that is said in a line."""
    before, NBGRADER_LOG.disabled = NBGRADER_LOG.disabled, True
    try:
        yield
    finally:
        NBGRADER_LOG.disabled = before


def _patient(url: str) -> str:
    """Let every connection to an SQLite file wait for another program's writing.

    nbgrader makes connections of its own from the URL, so the URL says it.
    """
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
