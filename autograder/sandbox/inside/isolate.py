"""Shut a forked child off from its parent, its siblings and the system.

Called inside the sandbox, after ``fork`` and before any line of a student runs. Every
step raises ``OSError`` where it fails; the child then ends without running anything.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import stat
import struct
import time
from pathlib import Path

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
CLONE_THREAD = 0x00010000
MS_NOSUID, MS_NODEV = 2, 4
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
PR_CAPBSET_DROP, PR_SET_DUMPABLE, PR_CAP_AMBIENT = 24, 4, 47
SECCOMP_MODE_FILTER = 2
EPERM, ENOSYS = 1, 38
SIGKILL = 9

# Number of each refused system call: (x86_64, aarch64); None where there is none.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "swapon": (167, 224),
    "reboot": (169, 142),
    # Memory that no file system and no limit on address space would bound.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
}
CLONE = (56, 220)
CLONE3 = (435, 435)
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

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


def watch(pid: int, processes: int, threads: int) -> None:
    """Wait for the end of a child; end it where it has more than `threads` threads.

    Limits on the number of processes do not bind a grader that runs as root.

    Parameters
    ----------
    pid : int
        The child.
    processes : int
        The folder ``/proc``, open since before the child covered it.
    threads : int
        The bound.
    """
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        # The kernel counts a folder's links: two of its own and one a thread.
        if os.stat(f"{pid}/task", dir_fd=processes).st_nlink - 2 > threads:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


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
    _prctl(PR_SET_PDEATHSIG, SIGKILL)


def filter_system_calls() -> None:
    """Refuse new processes, sockets, mounts and other ways out of the sandbox."""
    program = seccomp_program(platform.machine())
    buffer = ctypes.create_string_buffer(program)
    descriptor = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    argument = ctypes.create_string_buffer(descriptor, len(descriptor))
    result = _libc.prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(argument), 0, 0
    )
    _check(result, "seccomp")


def seccomp_program(machine: str) -> bytes:
    """Assemble the filter (classic BPF) for a processor architecture.

    Raises
    ------
    OSError
        The architecture is not known.
    """
    if machine not in ARCHITECTURES:
        raise OSError(ENOSYS, f"no system call filter for {machine}")
    column, audit = ARCHITECTURES[machine]
    load, equal, at_least, any_bit, give = 0x20, 0x15, 0x35, 0x45, 0x06
    kill, allow, refuse = 0x80000000, 0x7FFF0000, 0x00050000

    def op(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("<HBBI", code, yes, no, value)

    parts = [
        op(load, 4),  # the architecture
        op(equal, audit, 1, 0),
        op(give, kill),
        op(load, 0),  # the number of the call
    ]
    if machine == "x86_64":  # the x32 calls have numbers of their own
        parts += [op(at_least, 0x40000000, 0, 1), op(give, refuse | EPERM)]
    for numbers in REFUSED.values():
        if numbers[column] is not None:
            parts += [op(equal, numbers[column] or 0, 0, 1), op(give, refuse | EPERM)]
    # glibc falls back to clone, whose flags the filter can read: only threads.
    parts += [op(equal, CLONE3[column], 0, 1), op(give, refuse | ENOSYS)]
    parts += [
        op(equal, CLONE[column], 0, 3),
        op(load, 16),  # low half of the first argument
        op(any_bit, CLONE_THREAD, 1, 0),
        op(give, refuse | EPERM),
        op(give, allow),
    ]
    return b"".join(parts)
