"""Landlock: name what of the file system a process may use; all else is shut to it.

The grader makes the rules and hands them over as a file descriptor, so that no path of
the host is written down anywhere in the process that a student's code can read.
Landlock rules what is opened, made, moved and removed. It does not rule ``stat``,
``chdir``, ``chmod`` and the like; the system call filter refuses most of them.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # on every architecture
VERSION_FLAG, PATH_BENEATH = 1, 1
# Before version 3 a file that may be read could be cut short.
LEAST_VERSION = 3
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1, 2, 4, 8, 1 << 14
MAKE_DEVICES, IOCTL_DEV = 1 << 6 | 1 << 11, 1 << 15
READ = READ_FILE | READ_DIR
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
TCP = 0b11  # to bind, to connect
SCOPES = 0b11  # abstract sockets, signals
DEVICES = {"null": 2, "zero": 2, "full": 2, "random": 0, "urandom": 0}

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def _call(number: int, *arguments: object) -> int:
    result = _libc.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"Landlock: {os.strerror(code)}")
    return int(result)


def version() -> int:
    """Return the version of Landlock that the kernel offers; 0 where it has none."""
    try:
        return _call(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG)
    except OSError:
        return 0


def handled(known: int) -> tuple[int, bytes]:
    """Return the rights to files that a version rules, and its whole description."""
    files = (1 << (16 if known >= 5 else 15)) - 1
    fields = [files] + [TCP] * (known >= 4) + [SCOPES] * (known >= 6)
    return files, struct.pack(f"<{len(fields)}Q", *fields)


def make_rules(readable: Iterable[str], own: str) -> int:
    """Make rules and return their file descriptor.

    Parameters
    ----------
    readable : iterable of str
        Files and folders that may be read, with all below them; what is not there is
        left out.
    own : str
        The folder in which everything but devices may be made, changed and removed.

    Raises
    ------
    OSError
        The kernel has no Landlock, or too old a one.
    """
    known = version()
    if known < LEAST_VERSION:
        found = f"has version {known}" if known else "has none or keeps it off"
        least = f"Landlock {LEAST_VERSION} (Linux 6.2) is needed"
        raise OSError(f"{least}; this kernel {found}")
    files, description = handled(known)
    size = ctypes.c_size_t(len(description))
    rules = _call(CREATE_RULESET, description, size, 0)
    try:
        for path in readable:
            _allow(rules, path, READ)
        for name, more in DEVICES.items():
            _allow(rules, f"/dev/{name}", READ | more | (TRUNCATE if more else 0))
        _allow(rules, own, files & ~(EXECUTE | IOCTL_DEV | MAKE_DEVICES))
    except BaseException:
        os.close(rules)
        raise
    return rules


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            rights &= ON_FILES
        rule = struct.pack("<Qi", rights, handle)
        _call(ADD_RULE, rules, PATH_BENEATH, rule, 0)
    finally:
        os.close(handle)


def obey(rules: int) -> None:
    """Put this thread under the rules, for good; it must not gain privileges any more.

    Raises
    ------
    OSError
        It is not under ``no_new_privs``, or has too many layers of rules.
    """
    _call(RESTRICT_SELF, rules, 0)
    os.close(rules)
