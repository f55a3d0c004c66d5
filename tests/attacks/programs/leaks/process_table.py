# tries: read other processes and the mounts by /proc
# expects: all as honest
# prints: looked
# open: FOUND
# %% first
import os

for name in os.listdir("/proc"):
    print("FOUND", name)
    break
for pid in {os.getppid(), 1, 2, 3} - {0, os.getpid()}:
    try:
        os.kill(pid, 0)
        print("FOUND", pid)
    except OSError:
        pass
print("looked")
