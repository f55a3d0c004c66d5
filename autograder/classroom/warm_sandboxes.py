"""The warm sandboxes of a process: each proves itself once and judges from then on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.course.course import Course
from autograder.errors import UserError
from autograder.judging.bank import BankMemory
from autograder.sandbox.course_code import NO_COURSE, CourseCode
from autograder.sandbox.rung import Rung
from autograder.sandbox.rungs import RUNG_NAMES, UNSANDBOXED, choose, find_rung
from autograder.sandbox.selftest import Proof, prove
from autograder.sandbox.session import Sandbox


@dataclass(frozen=True)
class RungChoice:
    """Which rungs of the sandbox may be used.

    Attributes
    ----------
    allow_unsandboxed : bool
        Go on where none holds.
    rungs : tuple of str
        The rungs that the course allows, the strongest first.
    course : Course, optional
        The course whose code the sandbox holds; its libraries are looked for on the
        machine that chooses.
    """

    allow_unsandboxed: bool = False
    rungs: Sequence[str] = RUNG_NAMES[:1]
    course: Course | None = None

    @property
    def code(self) -> CourseCode:
        """What the sandbox holds of the course."""
        return self.course.code if self.course else NO_COURSE


class WarmSandboxes:
    """Keeps a warm sandbox for each rung, course and thread that judges.

    bubblewrap ends what it started together with the thread that started it, and two
    notebooks must not share a sandbox's orders: hence one per thread.

    Parameters
    ----------
    prove : callable
        Starts a sandbox on a rung and tries to get out of it.
    choose : callable
        Starts one on the best rung that is allowed.

    Attributes
    ----------
    memory : BankMemory
        What is remembered of the bank between the submissions that are judged here.
    """

    def __init__(
        self,
        prove: Callable[[Rung, CourseCode], tuple[Proof, Sandbox]] = prove,
        choose: Callable[..., tuple[Proof, Sandbox]] = choose,
    ) -> None:
        self.memory = BankMemory()
        self._prove = prove
        self._choose = choose
        self._kept: dict[tuple[str, CourseCode, int], tuple[Proof, Sandbox]] = {}

    def choose(self, choice: RungChoice) -> Proof:
        """Choose the best rung that holds; what proved itself is kept for judging.

        Raises
        ------
        UserError
            No rung that is allowed holds.
        """
        code, thread = choice.code, threading.get_ident()
        for rung in choice.rungs:
            if (rung, code, thread) in self._kept:
                return self._kept[rung, code, thread][0]
        proof, sandbox = self._choose(choice.allow_unsandboxed, choice.rungs, code)
        self._kept[proof.rung, code, thread] = proof, sandbox
        return proof

    def get(self, rung: str, code: CourseCode = NO_COURSE) -> Sandbox:
        """Return this thread's sandbox; a new one proves itself before it is used.

        Raises
        ------
        UserError
            It does not start, or does not hold.
        """
        key = (rung, code, threading.get_ident())
        if key not in self._kept:
            wanted = find_rung(rung)
            if wanted is UNSANDBOXED:  # the instructor allowed it, and is told
                proof, sandbox = Proof(rung, (), ()), Sandbox(wanted, code)
            else:
                proof, sandbox = self._prove(wanted, code)
            if proof.escaped:
                sandbox.close()
                raise UserError(
                    f"the sandbox does not hold: {proof.said}; run `python -m "
                    "autograder doctor`"
                )
            self._kept[key] = proof, sandbox
        return self._kept[key][1]

    def drop(self, rung: str, code: CourseCode = NO_COURSE) -> None:
        """End this thread's sandbox: it was lost, or must not be used again."""
        _, sandbox = self._kept.pop((rung, code, threading.get_ident()))
        sandbox.close()

    def close(self) -> None:
        """End all of them."""
        while self._kept:
            _, (_, sandbox) = self._kept.popitem()
            sandbox.close()


WARM = WarmSandboxes()
"""Those of this process."""
