"""The only code of the grader that enters the sandbox; it holds no test and no answer.

Its modules import each other by their bare names where they run inside, because the
folder is mounted there alone, without the package around it.
"""
