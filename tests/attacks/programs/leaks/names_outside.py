# tries: learn by stat which files the host has
# expects: all as honest
# prints: looked
# on landlock: prints FOUND; Landlock does not rule stat, so a guessed name can be tried
# open: FOUND
# %% first
import os

for place in ("/etc/passwd", "/root", "/var", "/sys", "/run", "/proc/1", "/proc/self"):
    if os.path.exists(place):
        print("FOUND", place)
print("looked")
