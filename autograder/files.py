"""Write a file in one step: a reader sees the old one or the new one, never half."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO


@contextmanager
def replacing(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a file for writing that takes the place of `path` when the block ends.

    The new file lies in the same folder until then, under a name of its own, so that
    two writers never share it. Folders that are missing are made, and the process's
    umask holds. If the block raises, nothing is left of it and `path` stays as it was.

    Parameters
    ----------
    path : Path
        The file to write.
    encoding : str
        Of the text. Line ends are written as they are given.

    Raises
    ------
    OSError
        The folder cannot be made or written, or the disk is full; it names `path`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name that does not grow with the file's: that may be as long as names can be.
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(descriptor, "w", encoding=encoding, newline="") as file:
            yield file
        os.replace(part, path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError) and error.filename in (None, str(part)):
            # Name the file that the user knows.
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def write_text(path: Path, text: str | Iterable[str]) -> None:
    """Replace a file by a text, or by pieces of text as they come."""
    with replacing(path) as file:
        file.writelines([text] if isinstance(text, str) else text)
