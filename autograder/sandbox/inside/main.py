"""Start inside the sandbox: import what is slow, then make a child a notebook.

The warm parent never runs a line of a student. It reads orders on the control socket
(file descriptor 3): ``fork`` comes with one end of a new channel, ``kill`` names the
child that is to end.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
from typing import Any, NoReturn

sys.path[:0] = [
    os.path.dirname(os.path.abspath(__file__)),
    *os.environ["COURSE_PATH"].split(":"),
]

import isolate  # noqa: E402
from server import Server  # noqa: E402
from shell import make_shell  # noqa: E402
from wire import LENGTH, pack, unpack  # noqa: E402

CONTROL = 3


def main() -> None:
    """Warm up, say so, obey."""
    level, home = sys.argv[1], sys.argv[2]
    # Standard input and output lead nowhere: only the channel carries answers.
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(null, number)
    shell = make_shell()
    warm_up(shell)
    control = socket.socket(fileno=CONTROL)
    control.sendall(pack({"ready": True}))
    children: dict[int, int] = {}
    while True:
        try:
            data, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 1)
        except OSError:
            return
        if not data:
            return
        order = unpack(data[LENGTH.size :])
        if order["do"] == "fork":
            pid = os.fork()
            if pid == 0:
                control.close()
                become_child(shell, descriptors[0], level, home, order["limits"])
            children[order["child"]] = pid
            os.close(descriptors[0])
        elif order["do"] == "kill":
            end_child(children.pop(order["child"], 0))
        control.sendall(pack({"done": order["do"]}))


def warm_up(shell: Any) -> None:
    """Run once what would be slow the first time, and leave no trace of it."""
    import matplotlib.pyplot as plt
    from shell import run_cell

    import cs231n_lib.checks
    import cs231n_lib.data  # noqa: F401

    run_cell(
        shell,
        "import matplotlib.pyplot as _p; _p.plot([0, 1]); _p.title('$x$'); _p.show()",
        1 << 20,
    )
    plt.close("all")
    shell.reset(new_session=True)
    shell.execution_count = 1


def end_child(pid: int) -> None:
    """Kill a child, and with it everything in its process namespace."""
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def become_child(
    shell: Any, channel: int, level: str, home: str, limits: dict[str, Any]
) -> NoReturn:
    """Isolate this process and serve one notebook; never return."""
    code = 70
    bounds = limits["memory_mib"], limits["files"], limits["disk_mib"]
    try:
        isolate.die_with_parent()
        if level == "bubblewrap":
            isolate.enter_namespaces()
            processes = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
            pid = os.fork()
            if pid:
                os.close(channel)
                isolate.watch(pid, processes, limits["threads"])
                os._exit(0)
            os.close(processes)
            isolate.die_with_parent()
            isolate.set_limits(*bounds)
            isolate.part_from_parent()
            isolate.private_folders(limits["disk_mib"], limits["files"], home)
            isolate.drop_privileges()
            isolate.filter_system_calls()
            isolate.close_log()
        else:
            os.makedirs(home, exist_ok=True)
            os.chdir(home)
            isolate.set_limits(*bounds)
        Server(shell, socket.socket(fileno=channel)).serve()
        code = 0
    except BaseException as error:
        with contextlib.suppress(Exception):
            os.write(2, f"sandbox: {type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
