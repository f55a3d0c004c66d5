"""One writer at a time: locks that the operating system lets go of at a death."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from autograder.errors import UserError

LOOK_SECONDS = 0.2


class FileLock:
    """An exclusive lock on a file that is there while the lock is held.

    Parameters
    ----------
    path : Path
        The file; it holds the number of the process that has the lock.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def acquire(self) -> bool:
        """Take the lock; tell whether it was free.

        Raises
        ------
        OSError
            The file cannot be made, or this file system locks none.
        """
        while True:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return False
            except BaseException:
                os.close(file)
                raise
            if self._is(file):
                os.ftruncate(file, 0)
                os.write(file, f"{os.getpid()}\n".encode())
                self._file = file
                return True
            os.close(file)  # whoever held it has taken the file away meanwhile

    def _is(self, file: int) -> bool:
        """Tell whether an open file is the one that the path names."""
        try:
            return os.path.samestat(os.fstat(file), os.stat(self.path))
        except FileNotFoundError:
            return False

    def holder(self) -> str:
        """Return the number of the process that has the lock; empty if not known."""
        try:
            text = self.path.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return text if text.isdigit() else ""

    def release(self) -> None:
        """Let go of the lock, and take its file away."""
        if self._file is not None:
            with suppress(OSError):
                self.path.unlink()
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


@contextmanager
def only_writer(
    path: Path, shown: str, seconds: float = 0.0, waiting: Callable[[str], None] = print
) -> Iterator[None]:
    """Hold the lock of a gradebook while the block runs.

    Parameters
    ----------
    path : Path
        The lock's file.
    shown : str
        The gradebook, as it may be shown.
    seconds : float
        How long to wait for another process.
    waiting : callable
        Is told once that there is another one, where it is waited for.

    Raises
    ------
    UserError
        Another process is writing, or the file cannot be made.
    """
    until = time.monotonic() + seconds
    told = False
    with FileLock(path) as lock:
        try:
            while not lock.acquire():
                number = lock.holder()
                who = f"another grader{f' (process {number})' if number else ''}"
                if time.monotonic() >= until:
                    raise UserError(
                        f"{who} is writing to the gradebook {shown}; call again when "
                        "it has ended"
                    )
                if not told:
                    waiting(f"{who} is writing to the gradebook; waiting for it")
                    told = True
                time.sleep(LOOK_SECONDS)
        except OSError as error:
            raise UserError(
                f"the gradebook {shown} cannot be locked: {path}: {error.strerror}"
            ) from None
        yield


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process after the other run the block, for what takes a moment.

    A folder that cannot be opened is left to whoever opens its files.
    """
    try:
        file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):  # some file systems lock no folders
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
