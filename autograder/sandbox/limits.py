"""How much a submission may use; settings of a course, with sensible defaults."""

from __future__ import annotations

from dataclasses import asdict, dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """Bounds on one notebook's run.

    Seconds are those of a processor, and those that pass while nothing runs; a machine
    that does other things as well makes nobody late. See
    :mod:`autograder.sandbox.patience`.

    Attributes
    ----------
    cell_seconds : float
        Of one cell.
    notebook_seconds : float
        Of all cells of a notebook and all questions to it together, replays included;
        see :class:`autograder.judging.budget.Budget`.
    ask_seconds : float
        Of one question of a hidden check.
    exercise_seconds : float
        Of all questions of one exercise.
    first_seconds : float
        What a notebook may use before it is put back and graded after the others.
    memory_mib : int
        Address space beyond what the warm interpreter holds already.
    disk_mib : int
        The private home and ``/tmp`` together.
    files : int
        Files in each of them, and open at one time.
    threads : int
        Threads at one time; a process that has more is ended.
    output_bytes : int
        Outputs of one cell that are kept; the rest is cut, which is said.
    cells : int
        Code cells beyond those of the course that are run; later ones are not.
    restarts : int
        New interpreters for one notebook after a crash or a time-out.
    submission_bytes : int
        Size of a submitted notebook file.
    """

    cell_seconds: float = 30.0
    notebook_seconds: float = 180.0
    ask_seconds: float = 30.0
    exercise_seconds: float = 90.0
    first_seconds: float = 20.0
    memory_mib: int = 2048
    disk_mib: int = 128
    files: int = 1024
    threads: int = 256
    output_bytes: int = 2 * MIB
    cells: int = 1000
    restarts: int = 40
    submission_bytes: int = 32 * MIB

    def as_dict(self) -> dict[str, float]:
        """Return the limits as plain numbers."""
        return asdict(self)
