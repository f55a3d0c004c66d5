# tries: read the folders of the course in compiled files of the library
# expects: all as honest
# prints: looked 0
# %% first
import glob

found = glob.glob("/opt/course/**/*.pyc", recursive=True)
found += glob.glob("/opt/inside/**/*.pyc", recursive=True)
print("looked", len(found))
