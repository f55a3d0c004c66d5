"""No picture and no style left by others, and a kernel for what answers to people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import pytest
from jupyter_client.manager import start_new_kernel

mpl.use("Agg")

import matplotlib.pyplot as plt


@pytest.fixture(autouse=True)
def own_pictures() -> Iterator[None]:
    """Draw with Matplotlib's own style and without figures, whatever ran before."""
    plt.close("all")
    mpl.rcdefaults()
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def kernel() -> Iterator[Callable[[str, bool], list[dict[str, Any]]]]:
    """Return a function that runs code in a kernel and returns what it put out.

    Its second argument says whether somebody sits at the notebook.
    """
    manager, client = start_new_kernel(kernel_name="python3")

    def outputs(code: str, somebody: bool) -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = []
        client.execute_interactive(
            code,
            allow_stdin=somebody,
            stdin_hook=lambda message: None,
            output_hook=lambda m: shown.append({"type": m["msg_type"], **m["content"]}),
            timeout=60,
        )
        assert not [one for one in shown if one["type"] == "error"], shown
        return shown

    yield outputs
    client.stop_channels()
    manager.shutdown_kernel(now=True)
