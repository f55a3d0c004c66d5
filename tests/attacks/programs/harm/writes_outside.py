# tries: write outside the private home and /tmp
# expects: all as honest
# prints: tried
# %% first
import os

places = ["/", "/usr", "/usr/bin", "/bin", "/lib", "/opt", "/opt/course/cs231n_lib"]
places += ["/opt/inside", "/opt/packages0", "/opt/python", "/dev", "/etc", "/home"]
places += ["/proc", "/opt/course/cs231n_lib/__pycache__", "/opt/packages0/numpy"]
for place in places:
    try:
        os.close(os.open(f"{place}/written", os.O_CREAT | os.O_WRONLY))
        print("ESCAPED", place)
    except OSError:
        pass
    for attempt in (os.unlink, os.rmdir, lambda path: os.chmod(path, 0o777)):
        try:
            attempt(f"{place}/__init__.py")
            print("ESCAPED", place)
        except OSError:
            pass
print("tried")
