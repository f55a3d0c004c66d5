# tries: signal every process that can be named
# expects: all as honest
# prints: tried
# open: ESCAPED
# %% first
import os

for pid in (os.getppid(), *range(2, 400)):
    try:
        if pid not in (0, os.getpid()):
            os.kill(pid, 0)
            print("ESCAPED", pid)
            break
    except OSError:
        pass
print("tried")
