"""The database of a gradebook: opening it, sharing it, and errors in one line."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Self

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from nbgrader.api import Base, Gradebook, InvalidEntry
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from autograder.errors import UserError
from autograder.gradebook.lock import one_at_a_time, only_writer
from autograder.gradebook.tables import TABLES

# How long to wait for a gradebook that another program holds; a URL may say otherwise:
# sqlite:////home/me/gradebook.db?timeout=5
BUSY_SECONDS = 30.0
NBGRADER_LOG = logging.getLogger("tornado.application")
EXTRA = (
    "its driver is not installed: install the grader with its extra `postgresql`, in "
    "the course folder by `pip install -e '.[postgresql]'`"
)
# Marks the one `grade` that writes to a database of PostgreSQL.
WRITER = int.from_bytes(b"grading")
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


class Database:
    """An open database with nbgrader's tables and ours.

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
        file = self._file()
        # Of two processes that come first at once, one finds the other's tables.
        with one_at_a_time(file.parent) if file else nullcontext():
            if file:
                self._read_beside_writing()
            _make_tables(self.engine)
            self.nbgrader = Gradebook(self.patient_url)
            undo.callback(self.nbgrader.close)
            TABLES.create_all(self.engine)
        if self.engine.dialect.name == "postgresql":
            _widen(self.engine)

    def _file(self) -> Path | None:
        """Return the file of a gradebook in SQLite; None where there is none."""
        name = make_url(self.patient_url).database
        sqlite = self.engine.dialect.name == "sqlite"
        return (
            Path(name).absolute()
            if sqlite and name not in (None, "", ":memory:")
            else None
        )

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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Let what goes wrong in the block be one line.

        Raises
        ------
        UserError
            The database cannot be read or written; nothing of the block is kept.
        """
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
    def only_writer(
        self, seconds: float = 0.0, waiting: Callable[[str], None] = print
    ) -> Iterator[None]:
        """Keep a second grader out while the block runs.

        Parameters
        ----------
        seconds : float
            How long to wait for another one that writes to the same file.
        waiting : callable
            Is told of it, where it is waited for.

        Raises
        ------
        UserError
            Another one is writing to it.
        """
        file = self._file()
        if file:
            lock = file.with_name(f"{file.name}.lock")
            with only_writer(lock, self.shown, seconds, waiting):
                yield
            return
        if self.engine.dialect.name != "postgresql":
            yield
            return
        with self.errors():
            connection = self.engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            )
        with closing(connection):
            with self.errors():
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
    if not url.startswith("sqlite") or "timeout" in make_url(url).query:
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
