"""What holds for every test and doctest: threads, settings, the tracer, the order."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator

import pytest
from hypothesis import settings

# How long an example takes depends on who else computes.
settings.register_profile("no deadline", settings(), deadline=None)
settings.load_profile("no deadline")

# Before NumPy is loaded. There is a process per processor; were each to compute with as
# many threads, they would wait for each other.
os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"))
# Of the processes that tests start, each compiles only what none before it has.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-xdist keep the order of the files."""
    config.option.loadscopereorder = False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with slow tests first, so that no worker is left with one at the end.

    A file stays together, and the order within it is as it was.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Give no test, and no fixture, the style or the print options of one before it."""
    import matplotlib as mpl
    import numpy as np

    with mpl.rc_context(), np.errstate(), np.printoptions():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that leaves Python without its tracer, or with another one.

    Coverage sees nothing of what runs afterwards, and nobody would notice.
    """
    before = sys.gettrace()
    result = yield
    left = sys.gettrace()
    if left is not before:
        sys.settrace(before)
        pytest.fail(f"the test leaves {left!r} as Python's tracer; it was {before!r}")
    return result
