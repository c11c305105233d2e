"""The same calls for asyncio: each waits in a thread, and the event loop goes on."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from typing import Any, Self

from swarm_app.client.bus import Bus
from swarm_app.client.given import Paths
from swarm_app.client.handle import RunHandle
from swarm_app.client.indicator import Indicator
from swarm_app.client.swarm import Swarm
from swarm_app.contracts.documents import Shard
from swarm_app.contracts.nodes import Node
from swarm_app.contracts.research import Conclusion, Finding
from swarm_app.contracts.run import Answer, Event, PassProgress, Progress, Report, Run, Verification
from swarm_app.store.health import Trouble
from swarm_app.store.receipts import Kept


class AsyncRunHandle:
    """`RunHandle` for asyncio."""

    def __init__(self, handle: RunHandle) -> None:
        self._handle = handle
        self.run = handle.run
        self.run_id = handle.run_id

    async def progress(self) -> Progress:
        """Where the run stands."""
        return await asyncio.to_thread(self._handle.progress)

    async def passes(self) -> tuple[PassProgress, ...]:
        """Every pass of the plan and where it stands."""
        return await asyncio.to_thread(lambda: self._handle.passes)

    async def events(self, *, after: str = "0") -> AsyncIterator[Event]:
        """What happened and what happens, live, until the run ends."""
        events = self._handle.events(after=after)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    async def conclusions(self, *, until: float | None = None) -> AsyncIterator[Conclusion]:
        """What each pass came to, live, until the run ends; see `RunHandle.conclusions`."""
        told = self._handle.conclusions(until=until)
        while (conclusion := await asyncio.to_thread(next, told, None)) is not None:
            yield conclusion

    async def result(self, timeout: float | None = None) -> Report:
        """Wait for the end and return the report; see `RunHandle.result`."""
        return await asyncio.to_thread(self._handle.result, timeout)

    async def report(self) -> Report:
        """The report as it stands now."""
        return await asyncio.to_thread(self._handle.report)

    async def troubles(self) -> list[Trouble]:
        """What the server's own status says against storing and keeping things; best none."""
        return await asyncio.to_thread(self._handle.troubles)

    async def cancel(self) -> None:
        """Stop the run for good."""
        await asyncio.to_thread(self._handle.cancel)

    async def interrupt(self) -> None:
        """Stop the run so that it can be resumed."""
        await asyncio.to_thread(self._handle.interrupt)

    async def resume(self, **budget: Any) -> None:
        """Drive the run on from what is stored; see `RunHandle.resume`."""
        await asyncio.to_thread(self._handle.resume, **budget)

    async def drive(self) -> None:
        """Send the home shard the message that drives the run on."""
        await asyncio.to_thread(self._handle.drive)

    async def verify(self) -> Verification:
        """Check every citation again."""
        return await asyncio.to_thread(self._handle.verify)


class AsyncBus:
    """`Bus` for asyncio."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def tail(self, **options: Any) -> AsyncIterator[Event]:
        """Everything that happens, from a point on; see `Bus.tail`."""
        events = await asyncio.to_thread(self._bus.tail, **options)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    async def post(self, messages: Sequence[Mapping[str, Any]]) -> list[Event]:
        """Put messages on the bus; see `Bus.post`."""
        return await asyncio.to_thread(self._bus.post, messages)

    async def load(self, lines: Iterable[str]) -> list[Event]:
        """Post what `tail` or the original wrote, one JSON object a line; see `Bus.load`."""
        return await asyncio.to_thread(self._bus.load, lines)


class AsyncIndicator:
    """`Indicator` for asyncio."""

    def __init__(self, indicator: Indicator) -> None:
        self._indicator = indicator

    async def look(self) -> dict[str, Any]:
        """Everything at this moment; see `Indicator.look`."""
        return await asyncio.to_thread(self._indicator.look)


class AsyncSwarm:
    """`Swarm` for asyncio; the same arguments and errors."""

    def __init__(self, *, start: bool = True, on_status: Callable[[str], None] | None = None) -> None:
        self._swarm = Swarm(start=start, on_status=on_status)
        self.bus = AsyncBus(self._swarm.bus)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections to the store."""
        await asyncio.to_thread(self._swarm.close)

    async def load(self, name: str, paths: Paths, **options: Any) -> Shard:
        """Load paths into one shard; see `Swarm.load`."""
        return await asyncio.to_thread(self._swarm.load, name, paths, **options)

    async def store_shard(self, name: str, paths: Paths, **options: Any) -> Shard:
        """Load paths into one shard, without starting a process for it; see `Swarm.store_shard`."""
        return await asyncio.to_thread(self._swarm.store_shard, name, paths, **options)

    async def research(self, question: str, paths: Paths = (), **options: Any) -> AsyncRunHandle:
        """Queue a run; see `Swarm.research`."""
        return AsyncRunHandle(await asyncio.to_thread(self._swarm.research, question, paths, **options))

    async def council(self, text: str, paths: Paths = (), **options: Any) -> AsyncRunHandle:
        """Put a draft, a question or a decision to the council; see `Swarm.council`."""
        return AsyncRunHandle(await asyncio.to_thread(self._swarm.council, text, paths, **options))

    async def ask(self, question: str, paths: Paths = (), **options: Any) -> Answer:
        """Put one question to the shards' memory; see `Swarm.ask`."""
        return await asyncio.to_thread(self._swarm.ask, question, paths, **options)

    async def shards(self) -> list[Shard]:
        """The shards that the store knows."""
        return await asyncio.to_thread(self._swarm.shards)

    async def drop(self, name: str, *, force: bool = False) -> None:
        """Forget a shard."""
        await asyncio.to_thread(self._swarm.drop, name, force=force)

    async def nodes(self) -> list[Node]:
        """The workers and shards that are alive."""
        return await asyncio.to_thread(self._swarm.nodes)

    async def runs(self, *, limit: int = 50, offset: int = 0) -> list[tuple[Run, Progress]]:
        """The runs that are remembered, the last queued first."""
        return await asyncio.to_thread(self._swarm.runs, limit=limit, offset=offset)

    async def run(self, run_id: str) -> AsyncRunHandle:
        """A run by its id."""
        return AsyncRunHandle(await asyncio.to_thread(self._swarm.run, run_id))

    async def resume(self, run_id: str, **budget: Any) -> AsyncRunHandle:
        """Drive a run on; see `Swarm.resume`."""
        return AsyncRunHandle(await asyncio.to_thread(self._swarm.resume, run_id, **budget))

    async def receipt(self, finding_id: str) -> tuple[Finding, Kept | None]:
        """A finding, and the exact texts behind its receipt; see `Swarm.receipt`."""
        return await asyncio.to_thread(self._swarm.receipt, finding_id)

    async def indicator(self) -> AsyncIndicator:
        """The context indicator; see `Swarm.indicator`."""
        return AsyncIndicator(await asyncio.to_thread(self._swarm.indicator))

    async def troubles(self) -> list[Trouble]:
        """What the server's own status says against storing and keeping things; best none."""
        return await asyncio.to_thread(self._swarm.troubles)
