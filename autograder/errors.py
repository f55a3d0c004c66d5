"""Errors that a user can cause and mend."""


class UserError(Exception):
    """One clear line for the user; the command line prints it and exits with 2."""


class PoolError(UserError):
    """What judges is gone or must not be used: the run ends, what was done is kept."""


class NoSandbox(UserError):  # noqa: N818 - a finding about this machine
    """No rung of the sandbox that the course allows holds on this machine.

    Parameters
    ----------
    reasons : tuple of str
        What is wrong with each.
    weaker : str or None
        A rung that holds and is not allowed.
    """

    def __init__(self, reasons: tuple[str, ...], weaker: str | None = None) -> None:
        super().__init__(reasons, weaker)
        self.reasons = reasons
        self.weaker = weaker

    def __str__(self) -> str:
        """Say in one line what is wrong and what can be done."""
        reasons = list(self.reasons)
        if self.weaker:
            reasons.append(
                f"the weaker rung {self.weaker} does: to allow it, write "
                f'`lowest_rung = "{self.weaker}"` in course.toml'
            )
        return (
            f"no sandbox that is allowed holds on this machine ({'; '.join(reasons)}); "
            "run `python -m autograder doctor`, or give --allow-unsandboxed to run "
            "submissions with your own rights"
        )
