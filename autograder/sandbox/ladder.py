"""Choose the rung of the sandbox: the best one that proves itself, or refuse."""

from __future__ import annotations

import platform

from autograder.errors import UserError
from autograder.sandbox.selftest import Proof, prove

RUNGS = ("bubblewrap",)
SAID = {
    "bubblewrap": "isolated by bubblewrap, system call filter and resource limits",
    "none": "NOT SANDBOXED: submissions ran with the rights of the grader",
}


def choose(allow_unsandboxed: bool = False) -> Proof:
    """Return the proof of the first rung that refuses every attempt to escape.

    Parameters
    ----------
    allow_unsandboxed : bool
        Go on without a sandbox where none holds; every report then says so.

    Raises
    ------
    UserError
        No rung holds and going on without one was not allowed.
    """
    reasons = []
    for level in RUNGS:
        try:
            proof = prove(level)
        except UserError as error:
            reasons.append(f"{level}: {error}")
            continue
        if proof.sound:
            return proof
        reasons.append(f"{level}: from inside it could {', '.join(proof.escaped)}")
    if allow_unsandboxed:
        return Proof("none", (), ())
    if platform.system() != "Linux":
        reasons = [f"{platform.system()} has none; grade on Linux or in a Linux VM"]
    raise UserError(
        f"no sandbox holds on this machine ({'; '.join(reasons)}); run "
        "`python -m autograder doctor`, or give --allow-unsandboxed to run submissions "
        "with your own rights"
    )
