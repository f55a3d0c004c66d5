# tries: take memory that no limit on a process counts
# expects: all as honest
# prints: tried
# open: ESCAPED
# %% first
import ctypes
import os

try:
    os.close(os.memfd_create("held"))
    print("ESCAPED")
except OSError:
    pass
libc = ctypes.CDLL(None, use_errno=True)
if libc.shmget(0, 1 << 20, 0o1600) >= 0:
    print("ESCAPED")
print("tried")
