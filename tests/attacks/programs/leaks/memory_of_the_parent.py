# tries: read the memory of another process
# expects: all as honest
# prints: looked
# %% first
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": (101, 310), "aarch64": (117, 270)}[os.uname().machine]
for call in number:
    for pid in (os.getppid(), 1):
        if libc.syscall(call, 16, pid, 0, 0, 0, 0) >= 0:
            print("FOUND", call)
for pid in ("self", "1", str(os.getppid())):
    for name in ("mem", "maps", "environ"):
        try:
            print("FOUND", pid, open(f"/proc/{pid}/{name}", "rb"))
        except OSError:
            pass
print("looked")
