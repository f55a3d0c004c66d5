# tries: import the grader, its hidden tests and its answers
# expects: all as honest
# prints: looked
# open: FOUND
# %% first
import importlib
import sys

names = ("autograder", "autograder.course.exercises", "autograder.judging.in_place")
for name in (*names, "solutions", "nbgrader_config"):
    try:
        importlib.import_module(name)
        print("FOUND", name)
    except ImportError:
        pass
if any(name.startswith("autograder") for name in sys.modules):
    print("FOUND")
print("looked")
