"""Run commands and say what they cost, with everything that they started."""

from __future__ import annotations

import ctypes
import functools
import operator
import os
import resource
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.sandbox.interpreter import THREADS

PR_SET_CHILD_SUBREAPER = 36
LOOK_SECONDS = 0.2
END_SECONDS = 20.0
ONE_THREAD = dict.fromkeys(THREADS, "1")


@dataclass(frozen=True)
class Cost:
    """What a run took.

    Attributes
    ----------
    wall, cpu : float
        Seconds; CPU is user and system time of all processes.
    grader_mib : float
        Peak resident memory of the process that was started (the largest of several).
    largest_mib : float
        Peak resident memory of the largest process that it started in turn.
    """

    wall: float
    cpu: float
    grader_mib: float
    largest_mib: float

    def __add__(self, other: Cost) -> Cost:
        """Return what this run and another one after it took together."""
        return Cost(
            self.wall + other.wall,
            self.cpu + other.cpu,
            max(self.grader_mib, other.grader_mib),
            max(self.largest_mib, other.largest_mib),
        )

    @classmethod
    def of_all(cls, costs: Mapping[str, Cost]) -> Cost:
        """Return what runs, one after the other, took together."""
        return functools.reduce(operator.add, costs.values())

    def as_dict(self) -> dict[str, float]:
        """Return the figures, rounded to what a measurement can mean."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Command:
    """Words to run, where, and with what in the environment beside ours."""

    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str]


def run(commands: Sequence[Command], log: Path) -> Cost:
    """Run commands side by side and wait for all that they started.

    Parameters
    ----------
    commands : sequence of Command
        At once.
    log : Path
        Gets what they print.

    Raises
    ------
    RuntimeError
        One of them failed; the message holds the end of the log.
    """
    # Processes whose parent ends become ours, so that their time is counted as well.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    grader = largest = 0.0
    with log.open("ab") as output:
        running = [
            subprocess.Popen(
                command.words,
                cwd=command.folder,
                env={**os.environ, **command.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            for command in commands
        ]
        own = {process.pid for process in running}
        while any(process.poll() is None for process in running):
            for pid in own:
                for number in family(pid):
                    peak = peak_mib(number)
                    if number in own:
                        grader = max(grader, peak)
                    else:
                        largest = max(largest, peak)
            time.sleep(LOOK_SECONDS)
    wall = time.perf_counter() - started
    _reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    failed = [process.returncode for process in running if process.returncode]
    if failed:
        end = log.read_text("utf-8", "replace")[-2000:]
        raise RuntimeError(f"exit code {failed[0]}; the log ends with\n{end}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, grader, largest)


def _reap() -> None:
    """Wait for those that lost their parent."""
    deadline = time.monotonic() + END_SECONDS
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.05)
        except ChildProcessError:
            return


def family(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants that live."""
    yield pid
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return
    for task in tasks:
        try:
            children = Path(f"/proc/{pid}/task/{task}/children").read_text("ascii")
        except OSError:
            continue
        for child in children.split():
            yield from family(int(child))


def peak_mib(pid: int) -> float:
    """Return the peak resident memory of a process; 0 where it has ended."""
    try:
        text = Path(f"/proc/{pid}/status").read_text("utf-8", "replace")
    except OSError:
        return 0.0
    found = [line for line in text.splitlines() if line.startswith("VmHWM:")]
    return int(found[0].split()[1]) / 1024 if found else 0.0


def family_cpu(pid: int) -> float:
    """Return the CPU seconds so far of a process and its living descendants."""
    total = 0
    for number in family(pid):
        try:
            for task in os.listdir(f"/proc/{number}/task"):
                text = Path(f"/proc/{number}/task/{task}/schedstat").read_text("ascii")
                total += int(text.split()[0])
        except OSError:
            continue
    return total / 1e9


def cpu_with_ended(pid: int) -> float:
    """Return the CPU seconds of a process and of all below it, ended ones included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(cpu_with_ended(int(child)) for child in below)
