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
