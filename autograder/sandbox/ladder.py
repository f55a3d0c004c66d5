"""Choose the rung of the sandbox: the best one that proves itself, or refuse."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from autograder.errors import UserError
from autograder.sandbox.selftest import Proof, prove
from autograder.settings import FILE_NAME, RUNGS

SAID = {
    "bubblewrap": "isolated by bubblewrap, system call filter and resource limits",
    "landlock": (
        "isolated by Landlock, system call filter and resource limits, without "
        "namespaces: the second rung"
    ),
    "none": "NOT SANDBOXED: submissions ran with the rights of the grader",
}


def choose(allow_unsandboxed: bool = False, rungs: Sequence[str] = RUNGS[:1]) -> Proof:
    """Return the proof of the first rung that refuses every attempt to escape.

    Parameters
    ----------
    allow_unsandboxed : bool
        Go on with any rung, and without a sandbox where none holds; every report then
        says so.
    rungs : sequence of str
        The rungs that the course allows, the strongest first.

    Raises
    ------
    UserError
        No rung that is allowed holds.
    """
    reasons, lower = [], ""
    for level in RUNGS:
        allowed = allow_unsandboxed or level in rungs
        try:
            proof = prove(level)
        except UserError as error:
            proof = Proof(level, (), ())
            reason = str(error)
        else:
            reason = f"from inside it could {', '.join(proof.escaped)}"
        if proof.sound and allowed:
            return proof
        if proof.sound:
            lower = level
        elif allowed:
            reasons.append(f"{level}: {reason}")
    if allow_unsandboxed:
        return Proof("none", (), ())
    if platform.system() != "Linux":
        reasons = [f"{platform.system()} has none; grade on Linux or in a Linux VM"]
    elif lower:
        reasons.append(
            f"the weaker rung {lower} does: to allow it, write "
            f'`lowest_rung = "{lower}"` in {FILE_NAME}'
        )
    raise UserError(
        f"no sandbox that is allowed holds on this machine ({'; '.join(reasons)}); run "
        "`python -m autograder doctor`, or give --allow-unsandboxed to run submissions "
        "with your own rights"
    )
