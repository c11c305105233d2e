"""Who uses the stack."""

import asyncio
from collections.abc import Hashable


class Users:
    """The open connections that hold the stack, and its pin."""

    def __init__(self) -> None:
        self._pids: dict[Hashable, int] = {}
        self._pinned = False
        self._some = asyncio.Event()
        self._none = asyncio.Event()
        self._none.set()

    @property
    def pids(self) -> list[int]:
        """The processes that hold the stack."""
        return sorted(set(self._pids.values()))

    @property
    def pinned(self) -> bool:
        """Whether the stack stays up without users."""
        return self._pinned

    @pinned.setter
    def pinned(self, pinned: bool) -> None:
        self._pinned = pinned
        self._tell()

    @property
    def any(self) -> bool:
        """Whether somebody uses the stack."""
        return self._pinned or bool(self._pids)

    def add(self, connection: Hashable, pid: int) -> None:
        """Count a connection of process ``pid``."""
        self._pids[connection] = pid
        self._tell()

    def remove(self, connection: Hashable) -> None:
        """Count it no more, if it was counted."""
        self._pids.pop(connection, None)
        self._tell()

    async def come(self, seconds: float) -> bool:
        """Wait so long for a user; whether one came."""
        try:
            await asyncio.wait_for(self._some.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def leave(self) -> None:
        """Wait until nobody uses the stack."""
        await self._none.wait()

    async def stay_away(self, seconds: float) -> None:
        """Wait until nobody has used the stack for so long."""
        await self.leave()
        while await self.come(seconds):
            await self.leave()

    def _tell(self) -> None:
        told, untold = (self._some, self._none) if self.any else (self._none, self._some)
        told.set()
        untold.clear()
