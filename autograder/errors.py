"""Errors that a user can cause and mend."""


class UserError(Exception):
    """One clear line for the user; the command line prints it and exits with 2."""


class PoolError(UserError):
    """What judges is gone or must not be used: the run ends, what was done is kept."""
