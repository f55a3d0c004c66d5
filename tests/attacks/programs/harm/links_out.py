# tries: reach a file outside by links in the private home
# expects: all as honest
# prints: tried
# %% first
import os

for target in ("/etc/passwd", "/root", "/proc/1/root", "../../../root", "/opt/grader"):
    os.symlink(target, "link")
    try:
        print("ESCAPED", os.listdir("link") if os.path.isdir("link") else open("link"))
    except OSError:
        pass
    os.unlink("link")
print("tried")
