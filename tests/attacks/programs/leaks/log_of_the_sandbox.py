# tries: leave a word in the log of the sandbox, and read what others left there
# expects: all as honest
# prints: looked
# open: FOUND
# %% first
import os

os.write(2, b"left by a submission\n")
try:
    os.lseek(2, 0, os.SEEK_SET)
    if b"left by" in os.read(2, 1 << 20):
        print("FOUND")
except OSError:
    pass
print("looked")
