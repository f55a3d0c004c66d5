"""Where the data of a term live, and where earlier versions kept them."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import UserError

# Relative to the working directory. `make clean` never touches TERM.
TERM = Path("term")
EARLIER = Path("build")
# What nothing can make again, and what goes with it.
KEPT = (
    "gradebook.db",
    "gradebook.db-wal",
    "gradebook.db-shm",
    "submitted",
    "autograded",
    "feedback",
    "manual",
    "release",
)


def refuse_second_home(
    out: Path, db: str | None = None, stay: str = f"give `--out {EARLIER}`"
) -> None:
    """Refuse to start a second gradebook while the term's own lies in ``build/``.

    Parameters
    ----------
    out : Path
        The folder that a command is about to use.
    db : str, optional
        The gradebook that was asked for; one that was named is used wherever it is.

    stay : str
        How the user says that everything shall stay in ``build/``.

    Raises
    ------
    UserError
        `out` is the default and holds no gradebook, and the former default does. The
        message has the command that moves it.
    """
    home = Path.cwd() / TERM
    if db is not None or Path.cwd() / out != home or (home / "gradebook.db").exists():
        return
    if not (EARLIER / "gradebook.db").is_file():
        return
    old = [
        f"{EARLIER / name}"
        for name in KEPT
        if (EARLIER / name).exists() and not (TERM / name).exists()
    ]
    raise UserError(
        f"the gradebook is {EARLIER}/gradebook.db, and a term's data now live in "
        f"{TERM}/: move them with `mkdir -p {TERM} && mv {' '.join(old)} {TERM}/`, or "
        f"leave them there and {stay}"
    )
