# tries: read the instructor's name, folders and environment
# expects: all as honest
# prints: student /home/student
# on landlock: prints student /tmp/course-; the home has a name that tells nothing
# open: FOUND
# %% first
import os
import sys

ours = "HOME USER LANG PATH COURSE_PATH MPLCONFIGDIR IPYTHONDIR LD_LIBRARY_PATH".split()
ours += "PYTHONHASHSEED PYTHONDONTWRITEBYTECODE OPENBLAS_NUM_THREADS PWD".split()
ours += "OMP_NUM_THREADS MKL_NUM_THREADS MPLBACKEND PAGER GIT_PAGER CLICOLOR".split()
ours += "FORCE_COLOR CLICOLOR_FORCE TMPDIR".split()
for name, value in os.environ.items():
    print(name, value)
    if name not in ours:
        print("FOUND", name)
print(os.environ["USER"], os.environ["HOME"])
print(sys.argv, sys.path, sys.prefix, sys.executable, os.getcwd(), os.uname().nodename)
for module in list(sys.modules.values()):
    path = getattr(module, "__file__", None) or "/usr"
    if not path.startswith(("/usr", "/opt", "<", "/tmp/course-")):
        print("FOUND", path)
for attempt in (os.readlink, os.chdir, os.path.realpath):
    for place in sys.path:
        try:
            path = attempt(place) or os.getcwd()
        except OSError:
            continue
        if not path.startswith(("/usr", "/opt", "/tmp/course-")):
            print("FOUND", path)
