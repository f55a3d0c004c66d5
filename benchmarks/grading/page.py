"""The benchmark's figures as a page of the documentation, and in short."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from benchmarks.grading.draw import curves

TEMPLATE = Path(__file__).with_name("performance.md.j2")
REPEATED = re.compile(
    r"\b\d+\s+notebooks\s+in\s+\d+\s+s\s+on\s+two\s+cores,\s+where\s+nbgrader"
    r"\s+takes\s+\d+\s+s\b"
)
NUMBER = re.compile(r"\d+")
PICTURE = "performance.svg"
# This grader once more, where it draws the pictures of the demo cells too.
DRAWN = "ours, those pictures drawn anew"
# Equal work: the same cells and the same hidden tests.
OTTER = "otter-grader, `otter run`"
# Less work: the cells and their visible checks, and nothing is graded.
CLIENT = "nbclient, no grading"
FLOOR = "forked `exec` of the cells, no grading"
GRADERS = ("nbgrader", "nbgrader at its best", "ours", DRAWN, OTTER, CLIENT, FLOOR)


def targets(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Hold what was measured against what is asked for.

    Returns
    -------
    list of dict
        ``what``, ``measured``, ``asked`` (a text), ``aim`` (a text) and ``held``.
    """
    alike, demo = found["like for like"], found["with demo cells"]
    parts = whole_split(alike)
    growth = {p["notebooks"]: p for p in found["growth"]["ours"]}
    beyond = (parts["start"] + parts["bookkeeping"]) / 1000
    rows = [
        _at_least("nbgrader's wall time over ours", ratio(alike), 10, "20"),
        _at_least(
            *("nbgrader's wall time over ours, demo cells run by both", ratio(demo)),
            *(5, ""),
        ),
        _at_least(
            "the same, with their pictures drawn anew by both",
            *(ratio(demo, over=DRAWN), 5, ""),
        ),
        _at_most(
            "CPU seconds a notebook beyond its own cells and the tests",
            *(beyond, 0.2, "0.05"),
        ),
        *(
            _at_most(
                f"our CPU over that of the bare floor, {row['lecture']}",
                *(row["ours warm"] / row[FLOOR], 6, "2.5"),
            )
            for row in over_floor(alike)
        ),
        _at_most(
            "CPU seconds of Restart & Run All of the slowest solved notebook",
            *(max(row["cpu"] for row in found["restart"]), 15, "8"),
        ),
        _at_most(
            "CPU seconds of the slowest visible check",
            *(found["visible checks"]["slowest"][0][1], 1, ""),
        ),
        _at_most(
            "CPU seconds of `import cs231n_lib` beyond numpy and matplotlib",
            *(found["visible checks"]["import_seconds"], 0.5, ""),
        ),
    ]
    if 100 in growth and 1000 in growth:
        few, many = growth[100], growth[1000]
        rows += [
            _at_most(
                "wall time a notebook at 1,000, over that at 100",
                *(many["wall"] / 1000 / (few["wall"] / 100), 1.1, ""),
            ),
            _at_most(
                "peak memory of the grader at 1,000, over that at 100",
                *(many["grader_mib"] / few["grader_mib"], 1.2, ""),
            ),
        ]
    return rows


def whole_split(part: dict[str, Any]) -> dict[str, float]:
    """Return CPU milliseconds a notebook by purpose, over all lectures."""
    numbers = part["by lecture"]
    return {
        name: sum(part["split"][one][name] * numbers[one] for one in numbers)
        / sum(numbers.values())
        for name in next(iter(part["split"].values()))
    }


def over_floor(part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return CPU seconds a notebook of each lecture, by grader.

    Returns
    -------
    list of dict
        ``lecture``, the CPU of each grader under its name, start included, and ``ours
        warm``: ours without what is paid once a class, where that was measured.
    """
    rows = []
    for lecture, notebooks in part["by lecture"].items():
        row = {"lecture": lecture}
        for label in GRADERS:
            if label in part:
                row[label] = part[label]["cpu of"][lecture] / notebooks
        if "split" in part:
            parts = part["split"][lecture]
            own = ("start", "cells", "tests", "bookkeeping")
            row["ours warm"] = sum(parts[name] for name in own) / 1000
        rows.append(row)
    return rows


def ratio(
    part: dict[str, Any],
    other: str = "nbgrader",
    figure: str = "wall",
    over: str = "ours",
) -> float:
    """Return by how much another grader's figure exceeds ours."""
    return float(part[other][figure] / part[over][figure])


def _at_least(what: str, value: float, bound: float, aim: str) -> dict[str, Any]:
    asked = f"at least {bound:g}"
    return _row(what, value, asked, aim, value >= bound)


def _at_most(what: str, value: float, bound: float, aim: str) -> dict[str, Any]:
    return _row(what, value, f"at most {bound:g}", aim, value <= bound)


def _row(what: str, value: float, asked: str, aim: str, held: bool) -> dict[str, Any]:
    return {
        "what": what,
        "measured": f"{value:.3g}",
        "asked": asked,
        "aim": aim,
        "held": held,
    }


def summary(found: dict[str, Any]) -> str:
    """Return what the command prints."""
    lines = []
    for name in ("like for like", "with demo cells"):
        part = found[name]
        lines.append(f"{name}: {part['notebooks']} notebooks, two runs of nbgrader")
        for label in GRADERS:
            if label not in part:
                continue
            cost = part[label]
            per = cost["cpu"] / part["notebooks"]
            lines.append(
                f"  {label:38} {cost['wall']:8.1f} s wall {cost['cpu']:8.1f} s CPU "
                f"{per:6.2f} s CPU a notebook {cost['grader_mib']:6.0f} MiB"
            )
        lines.append(
            f"  nbgrader over ours: {ratio(part):.1f} in wall time, "
            f"{ratio(part, figure='cpu'):.1f} in CPU; at its best "
            f"{ratio(part, 'nbgrader at its best'):.1f} and "
            f"{ratio(part, 'nbgrader at its best', 'cpu'):.1f}"
        )
    parts = whole_split(found["like for like"])
    if found["without otter"]:
        lines.append(f"without otter-grader: {found['without otter']}")
    lines.append(
        "CPU milliseconds a notebook: "
        + ", ".join(f"{name} {value:.0f}" for name, value in parts.items())
    )
    for row in targets(found):
        word = "holds" if row["held"] else "FALLS SHORT"
        lines.append(f"{row['what']}: {row['measured']} ({row['asked']}; {word})")
    compared = found["like for like"]["compared"] + found["with demo cells"]["compared"]
    lines.append(f"{compared} grades compared, {len(found['differences'])} differ")
    return "\n".join(lines)


def repeat(readme: str, found: dict[str, Any]) -> str:
    """Return the README with the times of these figures, its lines broken as before.

    Raises
    ------
    ValueError
        It has no such sentence.
    """
    alike = found["like for like"]
    # Rounded as the page shows them first, and then to whole seconds.
    seconds = (round(alike[one]["wall"], 1) for one in ("ours", "nbgrader"))
    figures = iter([str(alike["notebooks"]), *(f"{s:.0f}" for s in seconds)])
    sentence = REPEATED.search(readme)
    if not sentence:
        raise ValueError("README.md has no sentence with the times of the page")
    told = NUMBER.sub(lambda _: next(figures), sentence[0])
    return readme[: sentence.start()] + told + readme[sentence.end() :]


def write(found: dict[str, Any], docs: Path, readme: Path | None = None) -> None:
    """Write the page and its picture, and the line of the README that repeats it."""
    environment = Environment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - markdown from figures of our own
    )
    environment.filters["commas"] = lambda number: f"{number:,}"
    template = environment.from_string(TEMPLATE.read_text("utf-8"))
    text = template.render(
        found=found,
        targets=targets(found),
        ratio=ratio,
        graders=GRADERS,
        drawn=DRAWN,
        otter=OTTER,
        floor=FLOOR,
        split=whole_split(found["like for like"]),
        rows=over_floor(found["like for like"]),
    )
    (docs / "performance.md").write_text(text, encoding="utf-8")
    if readme:
        readme.write_text(repeat(readme.read_text("utf-8"), found), "utf-8")
    images = docs / "images"
    curves(found, images)
    shutil.move(images / "grading.svg", images / PICTURE)
    (images / "grading.png").unlink()
