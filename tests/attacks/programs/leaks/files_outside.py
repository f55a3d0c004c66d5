# tries: read the course, the grader and the places of the host
# expects: all as honest
# prints: looked
# open: FOUND
# %% first
import os

places = ["/root", "/home", "/opt", "/etc/passwd", "/etc/shadow", "/mnt", "/srv", "/var"]
places += ["/work", "/sys", "/run", "/proc/1", "/proc/self", "/proc/mounts"]
for place in places:
    if place in ("/home", "/opt"):
        found = sorted(os.listdir(place))
        known = {"student", "course", "inside", "python", "packages0", "packages1"}
        if set(found) - known:
            print("FOUND", place)
    elif os.path.exists(place):
        print("FOUND", place)
print("looked")
