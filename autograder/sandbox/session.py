"""The grader's end: a warm sandbox, and one session in it for each notebook.

Nothing read from a session is trusted: frames are bounded, have a deadline, and must
carry the number of the request they answer.
"""

from __future__ import annotations

import os
import secrets
import select
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from typing import Any

from autograder.errors import UserError
from autograder.sandbox.course_code import NO_COURSE, CourseCode
from autograder.sandbox.gone import BackendGone
from autograder.sandbox.inside.wire import (
    LENGTH,
    MAX_FRAME,
    WireError,
    pack,
    unpack,
)
from autograder.sandbox.limits import Limits
from autograder.sandbox.patience import Account, Patience, Usage
from autograder.sandbox.rung import Rung
from autograder.verdict import Status

START_SECONDS = 120.0
CONTROL_SECONDS = 30.0
LONGEST_ORDER = 1 << 16  # bytes


def read_frame(channel: socket.socket, patience: Patience) -> Any:
    """Read one frame, as long as the patience lasts.

    Raises
    ------
    BackendGone
        It did not come in time, the other end closed, or it is malformed.
    """
    (size,) = LENGTH.unpack(_read(channel, LENGTH.size, patience))
    if size > MAX_FRAME:
        raise BackendGone(Status.CRASHED)
    try:
        return unpack(_read(channel, size, patience))
    except WireError:
        raise BackendGone(Status.CRASHED) from None


def _read(channel: socket.socket, size: int, patience: Patience) -> bytes:
    data = bytearray()
    while len(data) < size:
        if not select.select([channel], [], [], patience.left())[0]:
            continue
        try:
            part = channel.recv(min(size - len(data), 1 << 20))
        except OSError:
            part = b""
        if not part:
            raise BackendGone(Status.CRASHED)
        data += part
    return bytes(data)


class Sandbox:
    """A warm interpreter behind a wall, which forks a child for each notebook.

    Parameters
    ----------
    rung : Rung
        The way of isolating.
    code : CourseCode
        What of the course it holds.

    Raises
    ------
    UserError
        The sandbox does not start.
    """

    def __init__(self, rung: Rung, code: CourseCode = NO_COURSE) -> None:
        self.rung = rung
        self.code = code
        self._log = tempfile.TemporaryFile()
        self._children = 0
        self._remembered: set[str] = set()
        try:
            self.surroundings = rung.surroundings(code.libraries)
        except OSError as error:
            self._log.close()
            raise UserError(f"the sandbox does not start: {error}") from None
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control = control
        try:
            self.process = self._start(theirs.fileno())
        except OSError as error:
            control.close()
            self._log.close()
            self.surroundings.close()
            raise UserError(f"the sandbox does not start: {error}") from None
        finally:
            theirs.close()
        try:
            self._answer(START_SECONDS)
            if code.probes:
                self._order({"do": "load", "source": code.probes}, [])
        except BackendGone:
            reason = self.log() or "no reason given"
            self.close()
            raise UserError(
                f"the sandbox does not start: {reason}; "
                "run `python -m autograder doctor`"
            ) from None
        except UserError:
            self.close()
            raise

    def _start(self, control: int) -> subprocess.Popen[bytes]:
        def keep_control() -> None:
            os.dup2(control, 3)

        return subprocess.Popen(
            self.surroundings.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            env=self.surroundings.environment,
            pass_fds=(3,),
            preexec_fn=keep_control,
            start_new_session=True,
            cwd=self.surroundings.folder,
        )

    def log(self) -> str:
        """Return the last line that the sandbox itself wrote to standard error."""
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").split("\n")
        lines = [line.strip() for line in lines if line.strip()]
        return lines[-1] if lines else ""

    def _answer(self, seconds: float) -> Any:
        if not select.select([self.control], [], [], seconds)[0]:
            raise BackendGone(Status.TIMEOUT)
        data = self.control.recv(1 << 16)
        if not data:
            raise BackendGone(Status.CRASHED)
        return unpack(data[LENGTH.size :])

    def _order(self, order: dict[str, Any], descriptors: list[int]) -> Any:
        try:
            socket.send_fds(self.control, [pack(order)], descriptors)
            return self._answer(CONTROL_SECONDS)
        except (BackendGone, OSError):
            raise UserError(
                f"the sandbox ended unexpectedly: {self.log() or 'no reason given'}"
            ) from None

    def remember(self, cells: Iterable[str]) -> None:
        """Have cells of the course read, once, before any child runs them.

        A child still runs whatever it is sent: one of these costs it less. The warm
        interpreter parses them and runs none.

        Parameters
        ----------
        cells : iterable of str
            The texts of code cells as they were released; never a student's.

        Raises
        ------
        UserError
            The sandbox has ended.
        """
        for cell in cells:
            order = {"do": "remember", "source": cell}
            if cell not in self._remembered and len(pack(order)) <= LONGEST_ORDER:
                self._order(order, [])
            self._remembered.add(cell)

    def session(self, limits: Limits) -> Session:
        """Open a session: a fresh, isolated child."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._children += 1
        child = self._children
        order = {"do": "fork", "child": child, "limits": limits.as_dict()}
        try:
            with theirs, self.surroundings.home() as (home, rules):
                self._order({**order, "home": home}, [theirs.fileno(), *rules])
        except OSError as error:
            ours.close()
            raise UserError(f"the sandbox makes no home: {error}") from None
        except UserError:
            ours.close()
            raise
        return Session(
            ours, limits, lambda: self._end(child), lambda: self._look(child)
        )

    def _end(self, child: int) -> None:
        self._order({"do": "kill", "child": child}, [])

    def _look(self, child: int) -> Usage:
        found = self._order({"do": "look", "child": child}, [])
        return Usage(found["cpu"], found["asleep"])

    def close(self) -> None:
        """End the sandbox and all that runs in it."""
        self.control.close()
        if not self.surroundings.ends_by_itself:
            self.process.kill()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()
        self.surroundings.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Session:
    """One notebook's process, seen from outside.

    Parameters
    ----------
    channel : socket
        The grader's end.
    limits : Limits
        Deadlines of cells and questions.
    end : callable
        Kills the child.
    look : callable
        Tells what the child has used.

    Attributes
    ----------
    account : Account
        What the child has been charged so far.
    lender : callable or None
        Answers the calls of what was lent to the child.
    """

    def __init__(
        self,
        channel: socket.socket,
        limits: Limits,
        end: Callable[[], None],
        look: Callable[[], Usage] = Usage,
    ) -> None:
        self.channel = channel
        self.limits = limits
        self.account = Account(look)
        self._end = end
        self.closed = False
        self.lender: Callable[[dict[str, Any]], dict[str, Any]] | None = None

    def request(self, seconds: float, do: str, **fields: Any) -> dict[str, Any]:
        """Send one request and return its reply.

        Parameters
        ----------
        seconds : float
            CPU time that the reply may take, and time that passes asleep.
        do : str
            What is asked for; see :mod:`autograder.sandbox.inside.server`.
        **fields
            What else the request says, as plain values.

        Raises
        ------
        BackendGone
            No sound reply came in time; the session is closed.
        """
        number = secrets.randbits(62)
        frame = pack({"do": do, "number": number, **fields})
        patience = Patience(self.account, seconds)
        try:
            self.channel.settimeout(patience.by_the_clock)
            self.channel.sendall(frame)
            reply = read_frame(self.channel, patience)
            while self.lender and isinstance(reply, dict) and "lent" in reply:
                if reply.get("number") != number:
                    raise BackendGone(Status.CRASHED)
                with patience.interrupted():
                    answer = self.lender(reply)
                self.channel.sendall(pack({**answer, "number": number}))
                reply = read_frame(self.channel, patience)
            patience.end()
            if not isinstance(reply, dict) or reply.get("number") != number:
                raise BackendGone(Status.CRASHED)
        except TimeoutError:
            self.close()
            raise BackendGone(Status.TIMEOUT) from None
        except OSError:
            self.close()
            raise BackendGone(Status.CRASHED) from None
        except BackendGone:
            self.close()
            raise
        return reply

    def cell(
        self,
        source: str,
        index: int,
        seconds: float,
        limit: int | None = None,
        draw: bool = True,
    ) -> tuple[list[Any], bool]:
        """Run a cell; return its outputs, not to be trusted, and whether it ended.

        Parameters
        ----------
        source : str
            Its text.
        index : int
            Its index in the notebook.
        seconds : float
            CPU time that it may take, and time that passes asleep.
        limit : int, optional
            Bytes of output that are kept; by default those of the session's limits.
        draw : bool
            Draw the figures that it shows; else only their names are among the outputs.
        """
        fields = {"limit": limit or self.limits.output_bytes, "draw": draw}
        reply = self.request(seconds, "cell", source=source, index=index, **fields)
        outputs = reply.get("outputs")
        return outputs if isinstance(outputs, list) else [], reply.get("fine") is True

    def close(self) -> None:
        """End the child."""
        if not self.closed:
            self.closed = True
            self.channel.close()
            self._end()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
