# tries: write outside the private home and /tmp
# expects: all as honest
# prints: tried
# %% first
import os
import sys

places = ["/", "/usr", "/usr/bin", "/bin", "/lib", "/opt", "/opt/course/cs231n_lib"]
places += ["/opt/inside", "/opt/packages0", "/opt/python", "/dev", "/etc", "/home"]
places += ["/proc", "/opt/course/cs231n_lib/__pycache__", "/opt/packages0/numpy"]
for place in [*places, *sys.path, os.path.dirname(sys.path[0])]:
    try:
        os.close(os.open(f"{place}/written", os.O_CREAT | os.O_WRONLY))
        print("ESCAPED", place)
    except OSError:
        pass
    path = f"{place}/__init__.py"
    for attempt in (os.unlink, os.rmdir, os.utime, lambda path: os.chmod(path, 0o777)):
        try:
            attempt(path)
            print("ESCAPED", path)
        except OSError:
            pass
for path in (os.__file__, sys.executable, sys.path[0]):
    for attempt in (os.utime, lambda path: os.chmod(path, 0o755)):
        try:
            attempt(path)
            print("ESCAPED", path)
        except OSError:
            pass
print("tried")
