"""Choose the rung of the sandbox: the best one that proves itself, or refuse."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from autograder.course.settings import RUNGS
from autograder.errors import UserError
from autograder.sandbox.course_code import NO_COURSE, CourseCode
from autograder.sandbox.selftest import Proof, prove
from autograder.sandbox.session import Sandbox

SAID = {
    "bubblewrap": "isolated by bubblewrap, system call filter and resource limits",
    "landlock": (
        "isolated by Landlock, system call filter and resource limits, without "
        "namespaces: the second rung"
    ),
    "none": "NOT SANDBOXED: submissions ran with the rights of the grader",
}


def choose(
    allow_unsandboxed: bool = False,
    rungs: Sequence[str] = RUNGS[:1],
    code: CourseCode = NO_COURSE,
) -> tuple[Proof, Sandbox]:
    """Start a sandbox on the first rung that refuses every attempt to escape.

    Parameters
    ----------
    allow_unsandboxed : bool
        Go on with any rung, and without a sandbox where none holds; every report then
        says so.
    rungs : sequence of str
        The rungs that the course allows, the strongest first.
    code : CourseCode
        What of the course the sandbox holds.

    Returns
    -------
    Proof, Sandbox
        What it refused, and itself; the caller closes it.

    Raises
    ------
    UserError
        No rung that is allowed holds.
    """
    reasons, lower = [], ""
    for level in RUNGS:
        allowed = allow_unsandboxed or level in rungs
        try:
            proof, sandbox = prove(level, code)
        except UserError as error:
            if allowed:
                reasons.append(f"{level}: {error}")
            continue
        if proof.sound and allowed:
            return proof, sandbox
        sandbox.close()
        if proof.sound:
            lower = level
        elif allowed:
            reasons.append(f"{level}: {proof.said}")
    if allow_unsandboxed:
        return Proof("none", (), ()), Sandbox("none", code)
    if platform.system() != "Linux":
        reasons = [f"{platform.system()} has none; grade on Linux or in a Linux VM"]
    elif lower:
        reasons.append(
            f"the weaker rung {lower} does: to allow it, write "
            f'`lowest_rung = "{lower}"` in course.toml'
        )
    raise UserError(
        f"no sandbox that is allowed holds on this machine ({'; '.join(reasons)}); run "
        "`python -m autograder doctor`, or give --allow-unsandboxed to run submissions "
        "with your own rights"
    )
