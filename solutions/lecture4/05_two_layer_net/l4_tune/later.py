"""A net that is trained when it is first looked at."""

import functools
from collections.abc import Callable
from typing import Any


class Later:
    """A net that is made when it is first looked at: importing trains nothing."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @functools.cached_property
    def net(self) -> Any:
        """The net itself."""
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.net, name)


def later(make: Callable[[], Any]) -> Callable[[], Later]:
    """Put off the making of a net."""

    @functools.wraps(make)
    def made() -> Later:
        return Later(make)

    return made
