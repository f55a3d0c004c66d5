# tries: start a process
# expects: all as honest
# prints: tried
# open: ESCAPED
# %% first
import os
import subprocess

for attempt in (
    lambda: os.fork() or os._exit(0),
    lambda: subprocess.run(["/bin/true"], check=True),
    lambda: os.posix_spawn("/bin/true", ["true"], {}),
    lambda: os.system("true") == 0 or 1 / 0,
):
    try:
        attempt()
        print("ESCAPED")
    except (OSError, ArithmeticError):
        pass
print("tried")
