# tries: fill the disk by large files
# expects: all as honest
# prints: stopped
# on landlock: ends; the sizes are looked at while it runs, and are no file system's
# %% first
import os

written = 0
places = (".", "/tmp", "/dev/shm")
for place in places:
    for name in "abcd":
        try:
            with open(f"{place}/{name}", "wb", buffering=0) as file:
                while written < 1 << 30:
                    written += file.write(bytes(1 << 20))
            print("ESCAPED")
        except OSError:
            pass
print("stopped" if written < 200 << 20 else f"ESCAPED {written}")
for place in places:
    for name in "abcd":
        if os.path.exists(f"{place}/{name}"):
            os.unlink(f"{place}/{name}")
