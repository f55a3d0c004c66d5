# tries: read the folders of the course in compiled files of the library
# expects: all as honest
# prints: looked 0
# %% first
import glob
import os
import sys

places = [os.environ["COURSE_PATH"].split(":")[0], sys.path[0]]
found = [glob.glob(f"{place}/**/*.py*", recursive=True) for place in places]
if all(len(names) > 3 for names in found):
    print("looked", sum(name.endswith(".pyc") for names in found for name in names))
