"""Start inside the sandbox: import what is slow, then fork one child per notebook.

The warm parent never runs a line of a student. It reads orders on the control socket
(file descriptor 3): ``load`` brings the course's file of probes; ``remember`` a cell of
the course, to be read before children run it; ``fork`` comes with one end of a new
channel and what else the child isolates itself with; ``look`` asks what a child has
used so far; ``kill`` names the child that is to end.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pkgutil
import signal
import socket
import sys
from typing import Any, NoReturn

sys.path[:0] = [
    os.path.dirname(os.path.abspath(__file__)),
    *os.environ["COURSE_PATH"].split(":"),
]

import isolate  # noqa: E402
import landlock  # noqa: E402
import numpy as np  # noqa: E402
import probes  # noqa: E402
from disk_quota import check_home, remove  # noqa: E402
from server import Server  # noqa: E402
from shell import make_shell, run_cell  # noqa: E402
from system_calls import filter_system_calls  # noqa: E402
from usage import usage  # noqa: E402
from wire import LENGTH, pack, unpack  # noqa: E402

CONTROL = 3
# A picture loads fonts, an error the library that words it.
WARM_CELLS = (
    "import matplotlib.pyplot as _p; _p.plot([0, 1]); _p.title('$x$'); _p.show()",
    "raise ValueError",
)


def main() -> None:
    """Warm up, say so, obey until the grader is gone."""
    isolation, folder, *libraries = sys.argv[1:]
    try:
        serve(isolation, libraries)
    finally:
        # Namespaces and what is in them end with their parent; a folder does not.
        if folder:
            remove(folder)


def serve(isolation: str, libraries: list[str]) -> None:
    """Make and end children as the grader says."""
    # Standard input and output lead nowhere: only the channel carries answers.
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(null, number)
    shell = make_shell()
    warm_up(shell, libraries)
    control = socket.socket(fileno=CONTROL)
    children: dict[int, int] = {}
    with contextlib.suppress(OSError):
        control.sendall(pack({"ready": True}))
        while True:
            data, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 2)
            if not data:
                break
            order = unpack(data[LENGTH.size :])
            found: dict[str, Any] = {}
            if order["do"] == "fork":
                pid = os.fork()
                if pid == 0:
                    control.close()
                    become_child(shell, descriptors, isolation, order)
                children[order["child"]] = pid
                for number in descriptors:
                    os.close(number)
            elif order["do"] == "load":
                probes.load(order["source"])
            elif order["do"] == "remember":
                remember(shell, order["source"])
            elif order["do"] == "look":
                found = usage(children.get(order["child"], 0))
            elif order["do"] == "kill":
                end_child(children.pop(order["child"], 0))
            control.sendall(pack({"done": order["do"], **found}))
    for pid in children.values():
        end_child(pid)


def warm_up(shell: Any, libraries: list[str]) -> None:
    """Run once what would be slow the first time, and leave no trace of it.

    What is loaded by then is set aside from the collector of unused objects: no child
    looks through it again, and none copies its pages by marking them.
    """
    import matplotlib.pyplot as plt
    import numpy.random  # noqa: F401 - numpy loads it when it is first used

    for name in libraries:
        library = importlib.import_module(name)
        for module in pkgutil.walk_packages(library.__path__, f"{name}."):
            # A module that nobody asks for may lean on what is not there.
            with contextlib.suppress(Exception):
                importlib.import_module(module.name)
    for cell in WARM_CELLS:
        run_cell(shell, cell, 1 << 20)
    plt.close("all")
    shell.reset(new_session=True)
    shell.execution_count = 1
    gc.collect()
    gc.freeze()


def remember(shell: Any, cell: str) -> None:
    """Read a cell of the course; one that cannot be read is left to the children."""
    with contextlib.suppress(Exception):
        shell.remember(cell)
    gc.freeze()


def end_child(pid: int) -> None:
    """End a child, and with it everything that it has begun."""
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def become_child(
    shell: Any, descriptors: list[int], isolation: str, order: dict[str, Any]
) -> NoReturn:
    """Isolate this process and serve one notebook; never return."""
    code, home, limits = 70, order["home"], order["limits"]
    try:
        isolate.die_with_parent()
        ISOLATIONS[isolation](descriptors, home, limits)
        np.random.seed()  # noqa: NPY002 - else all children would draw the same numbers
        Server(shell, socket.socket(fileno=descriptors[0])).serve()
        code = 0
    except BaseException as error:
        with contextlib.suppress(Exception):
            os.write(2, f"sandbox: {type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


def in_namespaces(descriptors: list[int], home: str, limits: dict[str, Any]) -> None:
    """Go into new namespaces, and stay behind to watch the process that serves."""
    isolate.enter_namespaces()
    processes = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    pid = isolate.fork_watched()
    if pid:
        os.close(descriptors[0])
        isolate.watch(pid, processes, limits["threads"])
        os._exit(0)
    os.close(processes)
    isolate.die_with_parent()
    set_limits(limits)
    isolate.part_from_parent()
    isolate.private_folders(limits["disk_mib"], limits["files"], home)
    isolate.drop_privileges()
    filter_system_calls()
    isolate.close_log()


def under_rules(descriptors: list[int], home: str, limits: dict[str, Any]) -> None:
    """Stay behind to watch the process that serves; it goes under Landlock's rules."""
    pid = isolate.fork_watched()
    if pid:
        for number in descriptors:
            os.close(number)
        processes = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
        bounds = limits["disk_mib"] * 2**20, limits["files"]
        isolate.watch(
            pid, processes, limits["threads"], lambda p: check_home(home, p, *bounds)
        )
        remove(home)
        os._exit(0)
    isolate.die_with_parent()
    isolate.neutral_names(home)
    set_limits(limits)
    isolate.part_from_parent()
    isolate.drop_privileges()
    landlock.obey(descriptors[1])
    filter_system_calls(alone=True)
    isolate.close_log()


def within_limits(descriptors: list[int], home: str, limits: dict[str, Any]) -> None:
    """Bound this process and nothing else: the instructor allowed it."""
    os.makedirs(home, exist_ok=True)
    os.chdir(home)
    set_limits(limits)


def set_limits(limits: dict[str, Any]) -> None:
    """Bound this process."""
    isolate.set_limits(limits["memory_mib"], limits["files"], limits["disk_mib"])


# How a child isolates itself, by the name that its rung gives.
ISOLATIONS = {
    "namespaces": in_namespaces,
    "rules": under_rules,
    "limits": within_limits,
}


if __name__ == "__main__":
    main()
