"""The filter of system calls: what a student's process may not ask of the kernel.

Both rungs refuse new processes, sockets, mounts and other ways out. Where there are no
namespaces the process still sees the numbers of all others and every path, so there
the filter refuses as well what would reach them: signals, priorities, shared memory,
rights and times of files, links that tell a path of the host.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38
SECCOMP_MODE_FILTER = 2
CLONE_THREAD = 0x00010000
EPERM, ENOSYS = 1, 38

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
# What is refused too where the process has no namespaces of its own.
REFUSED_ALONE: dict[str, tuple[int | None, int | None]] = {
    # Landlock does not rule what a file is like, only what is in it.
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "getxattr": (191, 8),
    "lgetxattr": (192, 9),
    "fgetxattr": (193, 10),
    "listxattr": (194, 11),
    "llistxattr": (195, 12),
    "flistxattr": (196, 13),
    # A link to a package, or a folder behind one, tells a path of the host.
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "chdir": (80, 49),
    "fchdir": (81, 50),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
    "uname": (63, 160),
    "syslog": (103, 116),
    "quotactl": (179, 60),
    # Other processes, and memory and queues that all processes share.
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274),
    "personality": (135, 92),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "shmdt": (67, 197),
    "semop": (65, 193),
    "semctl": (66, 191),
    "semtimedop": (220, 192),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_unlink": (241, 181),
    "mq_timedsend": (242, 182),
    "mq_timedreceive": (243, 183),
    "mq_notify": (244, 184),
    "mq_getsetattr": (245, 185),
    # A message can carry an open file, which then no one sees, or an address.
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "accept": (43, 202),
    "accept4": (288, 242),
    # To become somebody else: a grader that is root is root here too.
    "setuid": (105, 146),
    "setgid": (106, 144),
    "setreuid": (113, 145),
    "setregid": (114, 143),
    "setgroups": (116, 159),
    "setresuid": (117, 147),
    "setresgid": (119, 149),
    "setfsuid": (122, 151),
    "setfsgid": (123, 152),
    "capset": (126, 91),
    "acct": (163, 89),
    "quotactl_fd": (443, 443),
}
# Calls from here on are newer than this list.
FIRST_UNKNOWN = 450
OWN = -1
# Where there are no namespaces: the place of an argument and the values it may have.
ONLY: dict[str, tuple[tuple[int, int], int, tuple[int, ...]]] = {
    "kill": ((62, 129), 0, (OWN,)),
    "tgkill": ((234, 131), 0, (OWN,)),
    "prlimit64": ((302, 261), 0, (0, OWN)),
    "sched_setaffinity": ((203, 122), 0, (0, OWN)),
    # To copy a descriptor, its flags, locks, the size of a pipe: no owner, no lease.
    "fcntl": ((72, 25), 1, (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032)),
    # To ask whether it is a terminal, how wide, how much can be read; to wait or not.
    "ioctl": ((16, 29), 1, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),
    # AF_UNIX; the second rule takes the stream and packet kinds, with any flags.
    "socketpair": ((53, 199), 0, (1,)),
}
# The same, with values it may not have: to outlive the parent, to hide from it.
BUT: dict[str, tuple[tuple[int, int], int, tuple[int, ...]]] = {
    "prctl": ((157, 167), 0, (1, 4)),
}
CLONE = (56, 220)
CLONE3 = (435, 435)
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

LOAD, AND, EQUAL, AT_LEAST, ANY_BIT, GIVE = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
KILL, ALLOW, REFUSE = 0x80000000, 0x7FFF0000, 0x00050000


def filter_system_calls(alone: bool = False) -> None:
    """Put this process under the filter, for good.

    Parameters
    ----------
    alone : bool
        It has no namespaces of its own: refuse also what would reach others.

    Raises
    ------
    OSError
        The kernel or the processor has no such filter.
    """
    program = seccomp_program(platform.machine(), os.getpid() if alone else None)
    buffer = ctypes.create_string_buffer(program)
    descriptor = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    argument = ctypes.create_string_buffer(descriptor, len(descriptor))
    libc = ctypes.CDLL(None, use_errno=True)
    mode = SECCOMP_MODE_FILTER
    if (
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0
        or libc.prctl(PR_SET_SECCOMP, mode, ctypes.byref(argument), 0, 0) < 0
    ):
        code = ctypes.get_errno()
        raise OSError(code, f"seccomp: {os.strerror(code)}")


def _op(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("<HBBI", code, yes, no, value)


def seccomp_program(machine: str, own: int | None = None) -> bytes:
    """Assemble the filter (classic BPF) for a processor architecture.

    Parameters
    ----------
    machine : str
        ``"x86_64"`` or ``"aarch64"``.
    own : int, optional
        The number of a process that has no namespaces of its own.

    Raises
    ------
    OSError
        The architecture is not known.
    """
    if machine not in ARCHITECTURES:
        raise OSError(ENOSYS, f"no system call filter for {machine}")
    column, audit = ARCHITECTURES[machine]
    parts = [
        _op(LOAD, 4),  # the architecture
        _op(EQUAL, audit, 1, 0),
        _op(GIVE, KILL),
        _op(LOAD, 0),  # the number of the call
    ]
    if machine == "x86_64":  # the x32 calls have numbers of their own
        parts += [_op(AT_LEAST, 0x40000000, 0, 1), _op(GIVE, REFUSE | EPERM)]
    refused = REFUSED if own is None else REFUSED | REFUSED_ALONE
    for numbers in refused.values():
        number = numbers[column]
        if number is not None:
            parts += [_op(EQUAL, number, 0, 1), _op(GIVE, REFUSE | EPERM)]
    # glibc falls back to clone, whose flags the filter can read: only threads.
    parts += [_op(EQUAL, CLONE3[column], 0, 1), _op(GIVE, REFUSE | ENOSYS)]
    if own is not None:
        parts += [_op(AT_LEAST, FIRST_UNKNOWN, 0, 1), _op(GIVE, REFUSE | ENOSYS)]
        parts += _alone(column, own)
    parts += [
        _op(EQUAL, CLONE[column], 0, 3),
        _op(LOAD, _argument(0)),
        _op(ANY_BIT, CLONE_THREAD, 1, 0),
        _op(GIVE, REFUSE | EPERM),
        _op(GIVE, ALLOW),
    ]
    return b"".join(parts)


def _argument(number: int) -> int:
    """Return where the low half of an argument stands."""
    return 16 + 8 * number


def _alone(column: int, own: int) -> list[bytes]:
    """Bind the arguments of some calls; each branch ends the program."""
    parts = []
    for name, (numbers, argument, values) in (ONLY | BUT).items():
        wanted = [own if value == OWN else value for value in values]
        found, other = REFUSE | EPERM, ALLOW
        if name in ONLY:
            found, other = other, found
        body = [_op(LOAD, _argument(argument))]
        for left, value in zip(range(len(wanted), 0, -1), wanted, strict=True):
            body.append(_op(EQUAL, value, left, 0))  # jump to `found`
        body += [_op(GIVE, other)]
        if name == "socketpair":  # no datagrams, which can be sent to an address
            body += [_op(LOAD, _argument(1)), _op(AND, 0xF)]
            body += [_op(EQUAL, 1, 2, 0), _op(EQUAL, 5, 1, 0), _op(GIVE, other)]
        body += [_op(GIVE, found)]
        parts += [_op(EQUAL, numbers[column], 0, len(body)), *body]
    return parts
