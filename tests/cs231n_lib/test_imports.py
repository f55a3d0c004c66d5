"""What a notebook loads with ``cs231n_lib`` beside NumPy and Matplotlib: little."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import importlib, pkgutil, sys
import matplotlib.backends.backend_agg, matplotlib.pyplot
before = set(sys.modules)
import cs231n_lib
for module in pkgutil.walk_packages(cs231n_lib.__path__, "cs231n_lib."):
    importlib.import_module(module.name)
own = {name.split(".")[0] for name in set(sys.modules) - before}
print(sorted(own - set(sys.stdlib_module_names)))
print(len([name for name in sys.modules if name.startswith("cs231n_lib.")]))
"""


def test_the_library_loads_no_other_package() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    others, count = done.stdout.splitlines()
    assert others == "['answer_checks', 'cs231n_lib']"
    assert int(count) > 10


NOTEBOOK = """
import sys
import matplotlib.backends.backend_agg, matplotlib.pyplot, numpy
before = set(sys.modules)
from cs231n_lib import checks, plots
print(*sorted({name.split(".")[0] for name in set(sys.modules) - before}))
"""


def test_what_every_notebook_imports_loads_next_to_nothing_else() -> None:
    """Of the standard library too: each module more is a student's time."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", NOTEBOOK], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert {"answer_checks", "cs231n_lib"} <= loaded
    # The reader of the glossary, and what finds the font of the Korean edition.
    assert loaded - {"answer_checks", "cs231n_lib"} <= {"PIL", "importlib", "tomllib"}
