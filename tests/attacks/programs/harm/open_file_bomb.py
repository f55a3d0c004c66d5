# tries: open files without end
# expects: all as honest
# prints: stopped
# %% first
import os

held = []
try:
    while len(held) < 3_000:
        held.append(os.open("/dev/null", os.O_RDONLY))
    print("ESCAPED")
except OSError:
    print("stopped")
for number in held:
    os.close(number)
