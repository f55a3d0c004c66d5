# tries: fill the disk by large files
# expects: all as honest
# prints: stopped
# %% first
import os

written = 0
for place in (".", "/tmp", "/dev/shm"):
    for name in "abcd":
        try:
            with open(f"{place}/{name}", "wb", buffering=0) as file:
                while written < 1 << 30:
                    written += file.write(bytes(1 << 20))
            print("ESCAPED")
        except OSError:
            pass
print("stopped" if written < 200 << 20 else f"ESCAPED {written}")
for place in (".", "/tmp", "/dev/shm"):
    for name in "abcd":
        if os.path.exists(f"{place}/{name}"):
            os.unlink(f"{place}/{name}")
