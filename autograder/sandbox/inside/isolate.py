"""Shut a forked child off from its parent, its siblings and the system.

Called inside the sandbox, after ``fork`` and before any line of a student runs. Every
step raises ``OSError`` where it fails; the child then ends without running anything.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import stat
import struct
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

try:  # inside the sandbox the folder stands alone
    from disk_quota import TooMuchError
except ImportError:
    from autograder.sandbox.inside.disk_quota import TooMuchError

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
MS_NOSUID, MS_NODEV = 2, 4
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
PR_CAPBSET_DROP, PR_CAP_AMBIENT = 24, 47
SIGKILL = 9
WATCHED = {signal.SIGTERM, signal.SIGCHLD}

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def _prctl(option: int, value: int, third: int = 0) -> None:
    _check(_libc.prctl(option, value, third, 0, 0), f"prctl {option}")


def enter_namespaces(uid: int = 1000) -> None:
    """Leave all namespaces of the parent; the next child is process 1 of a new one."""
    outer_uid, outer_gid = os.getuid(), os.getgid()
    flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET
    flags |= CLONE_NEWIPC | CLONE_NEWUTS
    _check(_libc.unshare(flags), "unshare")
    proc = Path("/proc/self")
    with contextlib.suppress(FileNotFoundError):
        (proc / "setgroups").write_text("deny")
    (proc / "gid_map").write_text(f"{uid} {outer_gid} 1")
    (proc / "uid_map").write_text(f"{uid} {outer_uid} 1")


def private_folders(disk_mib: int, files: int, home: str) -> None:
    """Put empty folders of a bounded size over all that can be written or tells."""
    for path, size in (
        (home, disk_mib * 3 // 4),
        ("/tmp", disk_mib // 4),  # noqa: S108 - the sandbox's own
        ("/dev/shm", 16),  # noqa: S108
    ):
        if os.path.isdir(path):
            options = f"size={max(size, 1)}m,nr_inodes={files},mode=0700"
            _mount_tmpfs(path, options)
    # The process table and the mount table would show paths of the host.
    _mount_tmpfs("/proc", "size=4k,nr_inodes=2,mode=0500")
    os.chdir(home)


def _mount_tmpfs(path: str, options: str) -> None:
    _check(
        _libc.mount(
            b"tmpfs", path.encode(), b"tmpfs", MS_NOSUID | MS_NODEV, options.encode()
        ),
        f"mount {path}",
    )


def part_from_parent() -> None:
    """Share no process group with the parent, and no position in an open file."""
    os.setsid()  # a signal to its process group must reach nothing else
    for name in os.listdir("/proc/self/fd"):
        number = int(name)
        with contextlib.suppress(OSError):
            if number > 2 and stat.S_ISREG(os.fstat(number).st_mode):
                own = os.open(f"/proc/self/fd/{number}", os.O_RDONLY)
                os.dup2(own, number, inheritable=False)
                os.close(own)


def close_log() -> None:
    """Let standard error lead nowhere, for the log is the parent's."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)
    os.close(null)


def fork_watched() -> int:
    """Fork; the parent is to watch the child, and hears of its end at once."""
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    pid = os.fork()
    if pid == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
    return pid


def watch(
    pid: int,
    processes: int,
    threads: int,
    look: Callable[[int], None] = lambda _pid: None,
) -> None:
    """Wait for the end of a child; end it where it has more than `threads` threads.

    Limits on the number of processes do not bind a grader that runs as root. The signal
    SIGTERM ends the child too, before this returns.

    Parameters
    ----------
    pid : int
        The child.
    processes : int
        The folder ``/proc``, open since before the child covered it.
    threads : int
        The bound.
    look : callable
        Called twenty times a second; ends the child by raising ``TooMuchError``.
    """
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        # The kernel counts a folder's links: two of its own and one a thread.
        if os.stat(f"{pid}/task", dir_fd=processes).st_nlink - 2 > threads:
            os.kill(pid, signal.SIGKILL)
        try:
            look(pid)
        except TooMuchError:
            os.kill(pid, signal.SIGKILL)
        woken = signal.sigtimedwait(WATCHED, 0.05)
        if woken is not None and woken.si_signo == signal.SIGTERM:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return


def set_limits(memory_mib: int, files: int, disk_mib: int) -> None:
    """Bound memory, file size, open files and core dumps of this process."""
    in_use = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf(
        "SC_PAGE_SIZE"
    )
    memory = in_use + memory_mib * 2**20
    for what, bound in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, disk_mib * 2**20),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, min(files, 1024)),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(what, (bound, bound))


def drop_privileges() -> None:
    """Give up every capability, for good."""
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    for capability in range(64):
        if _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0:
            break
    _libc.prctl(PR_CAP_AMBIENT, 4, 0, 0, 0)
    header = struct.pack("<Ii", 0x20080522, 0)  # version 3, this process
    _check(_libc.capset(header, bytes(24)), "capset")


def die_with_parent() -> None:
    """End this process when its parent ends."""
    parent = os.getppid()
    _prctl(PR_SET_PDEATHSIG, SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), SIGKILL)  # it ended before this was said


def neutral_names(home: str) -> None:
    """Say where the home is, and nothing of the machine's name."""
    os.environ["HOME"] = f"{home}/home"
    os.environ["TMPDIR"] = f"{home}/tmp"  # noqa: S108 - a private folder
    tempfile.tempdir = None
    os.chdir(os.environ["HOME"])
    known = list(os.uname())
    known[1] = "sandbox"
    names = os.uname_result(known)
    os.uname = lambda: names
    socket.gethostname = lambda: names.nodename
    # The filter lets nobody read a link, and a path that is one can be used as it is.
    resolve = os.path.realpath

    def realpath(path: Any, *, strict: bool = False) -> Any:
        return os.path.abspath(path)

    for module in list(sys.modules.values()):
        if vars(module).get("realpath") is resolve:
            vars(module)["realpath"] = realpath
