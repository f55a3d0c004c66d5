"""Serve one notebook inside the sandbox: run cells, answer questions.

Every request carries a number drawn by the grader; its reply carries it back.
"""

from __future__ import annotations

import builtins
import socket
from contextlib import nullcontext, suppress
from typing import Any

import numpy as np
from borrowed import class_stand_in, outside, stand_in
from evaluate import Evaluator, describe_error
from shell import Shell, run_cell, undrawn
from wire import LENGTH, MAX_FRAME, WireError, pack, unpack


def receive(channel: socket.socket) -> Any:
    """Read one frame; ``EOFError`` where the other end has closed."""
    head = _exactly(channel, LENGTH.size)
    (size,) = LENGTH.unpack(head)
    if size > MAX_FRAME:
        raise WireError(f"a frame of {size} bytes is too large")
    return unpack(_exactly(channel, size))


def _exactly(channel: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = channel.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


class Server:
    """The student's end of the channel."""

    def __init__(self, shell: Shell, channel: socket.socket) -> None:
        self.shell = shell
        self.channel = channel
        self.bound: dict[str, dict[str, Any]] = {}
        self.evaluators: dict[tuple[str, bool], Evaluator] = {}
        self.cells: dict[str, int] = {}
        self.number = 0  # of the request that is being answered

    def serve(self) -> None:
        """Answer until the grader closes the channel."""
        while True:
            try:
                request = receive(self.channel)
            except (EOFError, OSError):
                return
            self.number = request["number"]
            reply = getattr(self, "do_" + request["do"])(request)
            reply["number"] = request["number"]
            try:
                frame = pack(reply)
            except Exception as error:  # too large, or an object that lies
                why = str(error) if isinstance(error, WireError) else "not readable"
                frame = pack({"number": request["number"], "refused": why})
            self.channel.sendall(frame)

    def do_cell(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run a cell and send its outputs."""
        pictures = nullcontext() if request["draw"] else undrawn(self.shell)
        # Under which file name IPython compiles the cell tells the place of an error.
        # A cell may break the shell's compiler, and then only the place is lost.
        with suppress(Exception):
            self.shell.compile.first = ""
        with np.errstate(), pictures:
            outputs, fine = run_cell(self.shell, request["source"], request["limit"])
        with suppress(Exception):
            self.cells[str(self.shell.compile.first)] = request["index"]
        return {"outputs": outputs, "fine": fine}

    def do_lend(self, request: dict[str, Any]) -> dict[str, Any]:
        """Put a stand-in, which the grader answers for, in the place of names."""
        classes = request["classes"]
        for name in request["names"]:
            self.shell.user_ns[name] = (
                class_stand_in(name, classes[name], self._borrow)
                if name in classes
                else stand_in(name, self._borrow)
            )
        return {}

    def _borrow(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], do: str = ""
    ) -> Any:
        """Have the grader answer one call, while it waits for a reply of ours."""
        made = [*args, *kwargs.values()]
        rngs = [value for value in made if isinstance(value, np.random.Generator)]
        call = {"lent": name, "do": do, "number": self.number}
        call["args"] = [outside(value) for value in args]
        call["kwargs"] = {key: outside(value) for key, value in kwargs.items()}
        self.channel.sendall(pack(call))
        reply = receive(self.channel)
        if "error" in reply:
            kind = getattr(builtins, reply["error"], Exception)
            raise kind(f"{name or 'the object'} stops with this error")
        for rng, state in zip(rngs, reply["states"], strict=True):
            rng.bit_generator.state = state
        return reply["value"]

    def do_bind(self, request: dict[str, Any]) -> dict[str, Any]:
        """Keep what the names of an exercise mean now; say which are new later."""
        space = self.shell.user_ns
        self.bound[request["exercise"]] = {
            name: space[name] for name in request["names"] if name in space
        }
        return {}

    def do_moved(self, request: dict[str, Any]) -> dict[str, Any]:
        """Say whether the names of an exercise mean something else by now."""
        space = self.shell.user_ns
        bound = self.bound.get(request["exercise"], {})
        moved = any(space.get(n) is not bound.get(n) for n in request["names"])
        return {"moved": moved}

    def do_ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out the steps of a question."""
        key = (request["exercise"], request["late"])
        if key not in self.evaluators:
            space = dict(self.shell.user_ns)
            if not request["late"]:
                space.update(self.bound.get(request["exercise"], {}))
            self.evaluators[key] = Evaluator(space)
        with np.errstate():
            try:
                reply: dict[str, Any] = self.evaluators[key].run(request["steps"])
            except BaseException as error:  # here even an interrupt is the student's
                reply = {"value": [], "error": describe_error(error)}
        if "error" in reply:
            where = reply["error"].pop("where")
            found = [(self.cells[f], n) for f, n in where if f in self.cells]
            reply["error"]["cell"], reply["error"]["line"] = (
                found[-1] if found else (-1, 0)
            )
        return reply
