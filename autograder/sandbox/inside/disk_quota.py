"""The home of a student's process where it is a plain folder, with no size of its own.

The kernel bounds the size of each file; how many there are, and how much they take
together, is looked at while the process runs.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess

BLOCK = 512  # bytes, the unit of st_blocks


class TooMuchError(Exception):
    """The home holds more than it may, or what cannot be counted."""


def check_home(home: str, process: int, disk_bytes: int, files: int) -> None:
    """Count what a process holds in its home.

    Parameters
    ----------
    home : str
        The folder.
    process : int
        Its number; files that it has removed and still holds open count too.
    disk_bytes : int
        The bound on all files together, in bytes on the disk.
    files : int
        The bound on the number of files and folders.

    Raises
    ------
    TooMuchError
        A bound is passed, or a folder cannot be looked into.
    """
    sizes: dict[int, int] = {}
    folders, count = [home], 0
    try:
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    count += 1
                    if count > files:
                        raise TooMuchError
                    found = entry.stat(follow_symlinks=False)
                    sizes[found.st_ino] = found.st_blocks * BLOCK
                    if stat.S_ISDIR(found.st_mode):
                        folders.append(entry.path)
        sizes |= _removed(process)
    except FileNotFoundError:
        return  # it was removed meanwhile; the next look counts
    except OSError:
        raise TooMuchError from None
    if sum(sizes.values()) > disk_bytes:
        raise TooMuchError


def _removed(process: int) -> dict[int, int]:
    """Return the sizes of removed files that are open still, or mapped."""
    sizes: dict[int, int] = {}
    with open(f"/proc/{process}/maps", "rb") as maps:
        for line in maps:
            if line.endswith(b" (deleted)\n") and b" /dev/zero " not in line:
                span, _, _, _, number = line.split(maxsplit=5)[:5]
                start, end = (int(part, 16) for part in span.split(b"-"))
                inode = int(number)
                sizes[inode] = max(sizes.get(inode, 0), end - start)
    for name in os.listdir(f"/proc/{process}/fd"):
        try:
            found = os.stat(f"/proc/{process}/fd/{name}")
        except FileNotFoundError:
            continue
        if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
            sizes[found.st_ino] = found.st_blocks * BLOCK
    return sizes


def remove(path: str) -> None:
    """Remove a folder that a student's process filled, whatever it holds."""
    try:
        shutil.rmtree(path)
    except FileNotFoundError:
        return
    except (OSError, RecursionError):
        # Folders without rights for their owner, or nested without end.
        for words in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run(
                [*words, "--", path],
                stderr=subprocess.DEVNULL,
                check=False,
                env={"PATH": "/usr/bin:/bin"},
            )
