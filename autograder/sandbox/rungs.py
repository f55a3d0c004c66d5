"""The rungs of the sandbox, and the choice of the one that submissions run on."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence

from autograder.errors import NoSandbox, UserError
from autograder.sandbox.bubblewrap import Bubblewrap
from autograder.sandbox.course_code import NO_COURSE, CourseCode
from autograder.sandbox.landlock import Landlock
from autograder.sandbox.rung import Rung
from autograder.sandbox.selftest import Proof, prove
from autograder.sandbox.session import Sandbox
from autograder.sandbox.unsandboxed import Unsandboxed

# The strongest first.
RUNGS: tuple[Rung, ...] = (Bubblewrap(), Landlock())
UNSANDBOXED = Unsandboxed()
RUNG_NAMES = tuple(rung.name for rung in RUNGS)
# What a report says of the rung that submissions ran on; also in this order.
RUNG_WORDS = {rung.name: rung.words for rung in (*RUNGS, UNSANDBOXED)}


def find_rung(name: str) -> Rung:
    """Return the rung of this name; ``KeyError`` where there is none."""
    return {rung.name: rung for rung in (*RUNGS, UNSANDBOXED)}[name]


def choose(
    allow_unsandboxed: bool = False,
    allowed: Sequence[str] = RUNG_NAMES[:1],
    code: CourseCode = NO_COURSE,
    test: Callable[[Rung, CourseCode], tuple[Proof, Sandbox]] = prove,
) -> tuple[Proof, Sandbox]:
    """Start a sandbox on the first rung that refuses every attempt to escape.

    Parameters
    ----------
    allow_unsandboxed : bool
        Go on with any rung, and without a sandbox where none holds; every report then
        says so.
    allowed : sequence of str
        The names of the rungs that the course allows.
    code : CourseCode
        What of the course the sandbox holds.
    test : callable
        Starts a sandbox on a rung and tests it.

    Returns
    -------
    Proof, Sandbox
        What it refused, and itself; the caller closes it.

    Raises
    ------
    NoSandbox
        No rung that is allowed holds.
    """
    reasons: list[str] = []
    weaker = None
    for rung in RUNGS:
        may_be_used = allow_unsandboxed or rung.name in allowed
        try:
            proof, sandbox = test(rung, code)
        except UserError as error:
            if may_be_used:
                reasons.append(f"{rung.name}: {error}")
            continue
        if proof.sound and may_be_used:
            return proof, sandbox
        sandbox.close()
        if proof.sound:
            weaker = weaker or rung.name
        elif may_be_used:
            reasons.append(f"{rung.name}: {proof.said}")
    if allow_unsandboxed:
        return Proof(UNSANDBOXED.name, (), ()), Sandbox(UNSANDBOXED, code)
    if platform.system() != "Linux":
        reasons = [f"{platform.system()} has none; grade on Linux or in a Linux VM"]
        weaker = None
    raise NoSandbox(tuple(reasons), weaker)
