"""The warm sandbox, the real notebook and an empty gradebook, for every test."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from autograder.classroom.questions import settle_draws
from autograder.course.course import load_course
from autograder.course.handout import Handout, load_handouts
from autograder.errors import UserError
from autograder.gradebook.book import Book
from autograder.sandbox.rungs import RUNG_NAMES, find_rung
from autograder.sandbox.session import Sandbox

ROOT = Path(__file__).parents[1]
PASSWORD = "pass-word-of-the-tests"  # noqa: S105


@pytest.fixture(scope="session")
def sandbox(request):
    """Yield a warm sandbox; a test may ask for another rung by its parameter."""
    rung = find_rung(getattr(request, "param", RUNG_NAMES[0]))
    try:
        box = Sandbox(rung, load_course(ROOT).code)
    except UserError as error:
        pytest.skip(f"no sandbox of the rung {rung.name} on this machine: {error}")
    with box:
        yield box


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Return a function that gives a file which one process of the run makes for all.

    Called with a name and a function that writes the file at a path.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the workers share this one

    def get(name: str, make: Callable[[Path], object]) -> Path:
        path, draft = folder / name, folder / f"draft-{name}"
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                draft.unlink(missing_ok=True)  # of one that was interrupted
                make(draft)
                draft.rename(path)
        return path

    return get


@pytest.fixture(scope="session")
def empty_gradebook(made_once):
    """An empty gradebook to copy: nbgrader starts a program to make one."""
    return made_once("empty.db", lambda path: Book(f"sqlite:///{path}").close())


@pytest.fixture(scope="session")
def settled_gradebook(made_once, empty_gradebook, svm):
    """A gradebook to copy that knows its questions for 01_svm: to choose takes long."""

    def make(path: Path) -> None:
        shutil.copyfile(empty_gradebook, path)
        with Book(f"sqlite:///{path}") as book:
            settle_draws(book, [svm])

    return made_once("settled.db", make)


@pytest.fixture(scope="session")
def svm():
    """The handout of the real notebook 01_svm."""
    return load_handouts(ROOT, "lecture3")[0]


def give_exercises(root: Path, notebook: str = "lecture3/01_svm") -> None:
    """Let a course folder made by a test have the real exercises of a notebook."""
    source = ROOT / "solutions"
    place = root / "solutions" / notebook
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(source / notebook)
    place.with_suffix(".py").symlink_to(source / f"{notebook}.py")
    for path in (*source.glob("*.py"), *source.glob("*.toml")):
        (root / "solutions" / path.name).symlink_to(path)


@pytest.fixture(scope="session")
def make_course(svm: Handout) -> Callable[[Path], Path]:
    """Return a function that makes a folder a course of one notebook."""

    def make(folder: Path) -> Path:
        place = folder / "notebooks" / "lecture3"
        place.mkdir(parents=True)
        (place / "01_svm.ipynb").write_text(json.dumps(svm.notebook))
        give_exercises(folder)
        return folder

    return make


def find_postgresql() -> Path | None:
    """Return the folder of PostgreSQL's programs, which Debian keeps off PATH."""
    places = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if places:
        return max(places, key=lambda place: int(place.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def own_server(programs: Path) -> Iterator[URL]:
    """Start a server on loopback that nobody else uses; it is gone afterwards."""
    # It refuses to run as root.
    account = next(n for n in ("postgres", "nobody") if n in user_names())
    who = {"user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": []}
    who = who if os.geteuid() == 0 else {}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        (Path(folder) / "password").write_text(PASSWORD)
        if who:
            shutil.chown(folder, account)
        data = f"{folder}/data"
        options = [f"--pwfile={folder}/password", "--auth=scram-sha-256", "--no-sync"]
        options += ["--username=grader", "--encoding=UTF8", "--no-locale"]
        initdb = [programs / "initdb", "-D", data, *options]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **who)
        words = ["-D", data, "-F", "-h", "127.0.0.1", "-p", str(port), "-k", ""]
        with (
            (Path(folder) / "log").open("wb") as log,
            subprocess.Popen(
                [programs / "postgres", *words], stderr=log, cwd=folder, **who
            ) as server,
        ):
            url = URL.create(
                "postgresql+psycopg", "grader", PASSWORD, "127.0.0.1", port, "postgres"
            )
            try:
                yield url
            finally:
                server.send_signal(signal.SIGINT)  # end without waiting for clients


def user_names() -> set[str]:
    return {entry.pw_name for entry in pwd.getpwall()}


@contextmanager
def administration(url: URL) -> Iterator[Callable[[str], None]]:
    """Yield what carries out a statement on a server, once that answers."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    for attempt in range(300):
        try:
            engine.connect().close()
            break
        except OperationalError:
            if attempt == 299:
                raise
            time.sleep(0.1)

    def carry_out(statement: str) -> None:
        with engine.connect() as connection:
            connection.execute(text(statement))

    yield carry_out
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_databases():
    """Return a function that makes a database of PostgreSQL and returns its URL.

    The server is the one that the variable AUTOGRADER_TEST_POSTGRESQL names, else one
    that is started here.
    """
    named = os.environ.get("AUTOGRADER_TEST_POSTGRESQL")
    programs = find_postgresql()
    if not named and programs is None:
        pytest.skip("PostgreSQL is not installed; its package is named postgresql")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (the extra 'postgresql')")
    server = nullcontext(make_url(named)) if named else own_server(programs)
    with server as url, administration(url) as carry_out:
        made = []

        def make(template: str = "template1") -> str:
            made.append(f"test_{uuid.uuid4().hex}")
            carry_out(f"create database {made[-1]} template {template}")
            return url.set(database=made[-1]).render_as_string(hide_password=False)

        yield make
        for name in made:
            carry_out(f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def empty_postgresql(postgresql_databases):
    """The name of a database that holds an empty gradebook, to copy."""
    url = postgresql_databases()
    Book(url).close()
    return make_url(url).database


@pytest.fixture
def postgresql(postgresql_databases, empty_postgresql):
    """The URL of a gradebook in PostgreSQL of its own for a test."""
    return postgresql_databases(empty_postgresql)
