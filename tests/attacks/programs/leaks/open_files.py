# tries: use files that are open already
# expects: all as honest
# prints: looked
# open: FOUND
# %% first
import os
import stat

for number in range(256):
    try:
        mode = os.fstat(number).st_mode
    except OSError:
        continue
    if stat.S_ISDIR(mode):
        print("FOUND", number)
    elif stat.S_ISREG(mode):
        try:
            os.write(number, b"")
            print("FOUND", number)
        except OSError:
            pass
print("looked")
