# tries: read the course, the grader and the places of the host
# expects: all as honest
# prints: looked
# open: FOUND
# %% first
import os

places = ["/root", "/home", "/opt", "/etc/passwd", "/etc/shadow", "/mnt", "/srv", "/var"]
places += ["/sys", "/run", "/tmp", "/proc/1", "/proc/self", "/proc/mounts"]
known = {"student", "course", "inside", "python", "packages0", "packages1"}
for place in places:
    try:
        found = os.listdir(place) if os.path.isdir(place) else [open(place).name]
    except OSError:
        continue
    if place == "/tmp":
        known |= {"matplotlib", "ipython"}
    if set(found) - known:
        print("FOUND", place)
print("looked")
