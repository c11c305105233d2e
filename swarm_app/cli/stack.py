"""``swarm up`` and ``swarm down``: the local stack, kept until it is told to end."""

from contextlib import closing, suppress
from typing import Annotated

import typer

from swarm_app.cli import output
from swarm_app.client.dropping import under_way
from swarm_app.client.loading import is_of_paths
from swarm_app.embedded import find, hold
from swarm_app.errors import ServerError
from swarm_app.plural import counted
from swarm_app.settings import Settings, current
from swarm_app.store.store import Store


def up(
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", min=1, help="Worker processes.  [default: 2]")
    ] = None,
    flower: Annotated[
        int | None, typer.Option("--flower", metavar="PORT", min=1, max=65535, help="Also start Flower here.")
    ] = None,
) -> None:
    """Start the local stack and keep it until `swarm down`.

    It is the server (unless SWARM_REDIS_URL names one), workers, the shards that were loaded by name, and
    those of runs under way. Shards that research and ask made of paths start when they are asked again.

    \b
    Examples:
      swarm up
      swarm up --workers 4 --flower 5555
    """
    settings = current()
    lease = hold(settings)
    lease.request("server")
    store = Store(settings)
    store.check()
    stored = store.shards.all()
    used = {name for run in under_way(store) for name in run.shards}
    names = [shard.name for shard in stored if shard.name in used or not is_of_paths(shard)]
    store.close()
    lease.request("pin")  # not before the server is known to be of use, or what failed would be kept
    for name in names:
        lease.request("shard", name=name)
    count = settings.worker_processes if workers is None else workers
    lease.request("workers", count=count)
    if flower is not None:
        lease.request("flower", port=flower)
        output.say(f"Flower: http://127.0.0.1:{flower}")
    output.say(f"up: {counted(len(names), 'shard')}, {counted(count, 'worker process')}")
    if len(stored) > len(names):
        output.say(f"{counted(len(stored) - len(names), 'shard')} made of paths: started when asked")
    output.say("`swarm status` shows them, `swarm down` ends them")


def down() -> None:
    """End the local stack.

    Workers, shards, Flower and the embedded server end; what is stored stays stored. A run that was under
    way is named, and goes on when the stack is up again.

    \b
    Example:
      swarm down
    """
    settings = current()
    lease = find(settings)
    if lease is None:
        output.say("Nothing is running on this machine.")
        return
    if runs := _under_way(settings):
        output.say(f"under way: {', '.join(runs)}; continue with: swarm resume {runs[0]}")
    lease.request("down")
    output.say("down")


def _under_way(settings: Settings) -> list[str]:
    """The runs that are queued or running, if the server says so."""
    store = Store(settings)
    with closing(store), suppress(ServerError):
        return store.runs.active()
    return []
