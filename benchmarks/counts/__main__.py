"""Hold what grading a fixed class does against the counts that are stored.

    python -m benchmarks.counts [check | renew] [NOTEBOOK ...]

`check` says what is done more often than it was, and exits with 1 then; `renew` stores
the counts of now in counts.toml, which a change for the faster asks for too. NOTEBOOK,
such as lecture3/01_svm, is one of those that are stored; by default all are counted.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from autograder.errors import UserError
from benchmarks.counts.counting import ROOT

STORED = Path(__file__).with_name("counts.toml")
# By what part a count may rise. A wording changes the bytes a little; how often the
# grader looks at a process that works depends on how long that takes.
TOLERANCE = 0.02
OF_CALLS = 0.05
# A process that ends may be killed before or after it has loaded a last module.
FEW = 5
# What depends on the version of Python is compared under the one that is stored.
OF_PYTHON = ("calls of", "compiled", "imported", "bytes from")
HEAD = """\
# How often things are done to grade a fixed class of five. Written by
# `python -m benchmarks.counts renew`; compared by `python -m benchmarks.counts`.
"""
COUNT = """
import json, sys
from benchmarks.counts.counting import count
print(json.dumps(count(sys.argv[1])))
"""

Counts = Mapping[str, int]


def counted(name: str) -> dict[str, int]:
    """Count in a process of its own, so that nothing else has been loaded before."""
    done = subprocess.run(
        [sys.executable, "-c", COUNT, name],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UserError(f"{name} cannot be counted: {last}")
    found: dict[str, int] = json.loads(done.stdout)
    return found


def slower(
    name: str, now: Counts, stored: Counts, same_python: bool = True
) -> list[str]:
    """List what is done more often than it was, each in a line.

    Parameters
    ----------
    name : str
        The notebook.
    now, stored : mapping of str to int
        The counts.
    same_python : bool
        Whether both are of the same version of Python; else its own work is left out.
    """
    lines = []
    for what, number in now.items():
        before = stored.get(what, 0)
        if not same_python and what.startswith(OF_PYTHON):
            continue
        if number > most(what, before):
            more = f"{number / before - 1:.0%} more" if before else "new"
            lines.append(f"{name}: {what}: {number:,} instead of {before:,} ({more})")
    return lines


def most(what: str, before: int) -> float:
    """Return up to which number a count is what it was."""
    part = OF_CALLS if what.startswith("calls of") else TOLERANCE
    return before * (1 + part) + (FEW if what.startswith("imported") else 0)


def fewer(now: Counts, stored: Counts) -> int:
    """Return how many things are done less often, beyond the tolerance."""
    return sum(number > most(what, now.get(what, 0)) for what, number in stored.items())


def as_toml(python: str, counts: Mapping[str, Counts]) -> str:
    """Return the text of the file."""
    parts = [HEAD, f'python = "{python}"\n']
    for name, of_one in counts.items():
        rows = [f'"{what}" = {number}\n' for what, number in of_one.items()]
        parts += [f'\n["{name}"]\n', *rows]
    return "".join(parts)


def main(
    arguments: Sequence[str] | None = None,
    path: Path = STORED,
    count: Callable[[str], Counts] = counted,
) -> int:
    """Check or renew; return 0, or 1 where something is done more often."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.counts",
        description=(__doc__ or "").partition("\n")[0],
    )
    parser.add_argument("do", nargs="?", default="check", choices=["check", "renew"])
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK")
    options = parser.parse_args(arguments)
    file = tomllib.loads(path.read_text("utf-8"))
    python, stored = file.pop("python"), file
    names = options.notebooks or list(stored)
    if unknown := [name for name in names if name not in stored]:
        parser.error(f"no counts are stored of {unknown[0]}; name one of {[*stored]}")
    try:
        now = {name: count(name) for name in names}
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    version = "{}.{}".format(*platform.python_version_tuple())
    if options.do == "renew":
        path.write_text(as_toml(version, {**stored, **now}), "utf-8")
        print(f"{path.name}: counts of {', '.join(names)} under Python {version}")
        return 0
    same = version == python
    more = [x for name in names for x in slower(name, now[name], stored[name], same)]
    print(*more, sep="\n", end="\n" if more else "", file=sys.stderr)
    if not same:
        print(f"stored under Python {python}: its own work is not compared")
    less = sum(fewer(now[name], stored[name]) for name in names) if same else 0
    if more or less:
        print("if that is meant: python -m benchmarks.counts renew")
    print(f"{len(names)} classes counted: {len(more)} counts rose, {less} fell")
    return 1 if more else 0


if __name__ == "__main__":
    sys.exit(main())
