"""Keep workers warm from one class run to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from autograder.classroom.choice import Choice
from autograder.classroom.pool import Workers
from autograder.judging.draw import Draw


class KeptWorkers:
    """Workers that go on when a class has been judged.

    Parameters
    ----------
    workers : Workers
        Those who judge. Whoever started them ends them, but for the executor that was
        taken from them: `close` ends that.
    """

    def __init__(self, workers: Workers) -> None:
        self.workers = workers
        self._executor: Executor | None = None

    @property
    def ahead(self) -> int:
        """How many notebooks to have under way."""
        return self.workers.ahead

    def executor(self) -> Executor:
        """Return the executor of all runs; to shut it down ends nothing."""
        return _Lent(self)

    def choose_draws(self, choices: Sequence[Choice]) -> Iterable[Draw]:
        """Choose the draws of exercises, in order."""
        return self.workers.choose_draws(choices)

    def submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """Hand over work; workers that are lost give way to others at the next."""
        self._executor = self._executor or self.workers.executor()
        try:
            return self._executor.submit(function, *args)
        except BrokenProcessPool:
            self.close()
            raise

    def close(self) -> None:
        """End the workers; what they have under way is dropped."""
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> KeptWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Lent(Executor):
    """What one class run is given."""

    def __init__(self, kept: KeptWorkers) -> None:
        self.kept = kept

    def submit(  # type: ignore[override]
        self, function: Callable[..., Any], /, *args: Any
    ) -> Future[Any]:
        return self.kept.submit(function, *args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Give back; a run that ended early leaves work behind, which is dropped."""
        if not wait:
            self.kept.close()
