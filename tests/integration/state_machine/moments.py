"""Something that happens between two calls of the store: a race, or the death of the process that calls."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Happening = Callable[[], object]


class Killed(BaseException):
    """The process ends here: nothing may catch this."""


def kill() -> None:
    """A happening: the process that calls the store dies."""
    raise Killed


class Moments:
    """Counts the calls of one client. What happens itself may call the store; it happens once."""

    def __init__(self) -> None:
        self._calls_left = 0
        self._happening: Happening | None = None

    @contextmanager
    def before_call(self, number: int, happening: Happening) -> Iterator[None]:
        """Let something happen before the call of this number, from 1, if the block makes so many."""
        self._calls_left, self._happening = number, happening
        try:
            yield
        except Killed:
            pass
        finally:
            self._happening = None

    def watched(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """The client's method, its calls counted."""

        def counted(*args: Any, **options: Any) -> Any:
            self._count()
            return method(*args, **options)

        return counted

    def _count(self) -> None:
        self._calls_left -= 1
        if self._happening and self._calls_left <= 0:
            happening, self._happening = self._happening, None
            happening()
