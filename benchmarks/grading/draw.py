"""Draw how time and memory grow with the class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

OURS, THEIRS = "#0072b2", "#d55e00"  # told apart by the colour-blind, and in grey


def curves(found: dict[str, Any], folder: Path) -> None:
    """Write ``grading.svg`` and ``grading.png``."""
    growth = found["growth"]
    with mpl.rc_context({"svg.hashsalt": "grading"}):
        figure = Figure(figsize=(9, 3.6), layout="constrained")
        left, right = figure.subplots(1, 2)
        _time(left, growth)
        _memory(right, growth["ours"])
        figure.savefig(folder / "grading.svg", metadata={"Date": None})
        figure.savefig(folder / "grading.png", dpi=150)


def _time(axes: Any, growth: dict[str, Any]) -> None:
    ours, theirs = growth["ours"], growth["nbgrader"]
    sizes = np.array([p["notebooks"] for p in ours])
    axes.plot(sizes, [p["wall"] for p in ours], "o-", color=OURS, label="ours")
    measured = np.array([p["notebooks"] for p in theirs])
    wall = np.array([p["wall"] for p in theirs])
    axes.plot(measured, wall, "s-", color=THEIRS, label="nbgrader")
    if len(measured) > 1 and sizes[-1] > measured[-1]:
        slope, start = np.polyfit(measured, wall, 1)
        beyond = np.array([measured[-1], sizes[-1]])
        axes.plot(
            *(beyond, start + slope * beyond, "--"),
            color=THEIRS,
            label="nbgrader, not measured:\na line through its points",
        )
    axes.set(xscale="log", yscale="log", xlabel="notebooks", ylabel="wall time (s)")
    axes.set_title("How long does a class take?")
    axes.legend(frameon=False)


def _memory(axes: Any, ours: list[dict[str, float]]) -> None:
    sizes = [p["notebooks"] for p in ours]
    axes.plot(
        sizes, [p["grader_mib"] for p in ours], "o-", color=OURS, label="the grader"
    )
    axes.plot(
        *(sizes, [p["largest_mib"] for p in ours], "^:"),
        color="#555555",
        label="its largest worker or sandbox",
    )
    axes.set(xscale="log", xlabel="notebooks", ylabel="peak memory (MiB)", ylim=0)
    axes.set_title("How much memory does it take?")
    axes.legend(frameon=False)
