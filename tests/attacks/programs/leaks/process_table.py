# tries: read other processes and the mounts by /proc
# expects: all as honest
# prints: looked
# open: FOUND
# %% first
import os

try:
    for name in os.listdir("/proc"):
        print("FOUND", name)
        break
except OSError:
    pass
for pid in {os.getppid(), 1, 2, 3} - {0, os.getpid()}:
    try:
        os.kill(pid, 0)
        print("FOUND", pid)
    except OSError:
        pass
print("looked")
