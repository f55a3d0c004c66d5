# tries: get capabilities, namespaces, mounts or another user
# expects: all as honest
# prints: tried
# %% first
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
attempts = {
    "unshare": lambda: libc.unshare(0x10000000),
    "mount": lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
    "umount": lambda: libc.umount2(b"/proc", 2),
    "chroot": lambda: libc.chroot(b"/"),
    "setuid": lambda: libc.setuid(0),
    "setns": lambda: libc.setns(0, 0),
    "sethostname": lambda: libc.sethostname(b"x", 1),
    "settimeofday": lambda: libc.settimeofday((ctypes.c_long * 2)(), None),
    "nice": lambda: -1 if libc.setpriority(0, 0, -20) < 0 else 0,
    "ptrace": lambda: libc.ptrace(0, 0, 0, 0),
    "mlock": lambda: libc.mlock(ctypes.create_string_buffer(1 << 20), 1 << 20),
}
for name, attempt in attempts.items():
    if attempt() >= 0:
        print("ESCAPED", name)
print("tried")
