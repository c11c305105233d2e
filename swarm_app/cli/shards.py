"""``swarm shard``: memory shards."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from swarm_app import argv
from swarm_app.cli import output
from swarm_app.cli.loading import Loading
from swarm_app.cli.options import Capacity, Json, Paths, path
from swarm_app.cli.processes import become
from swarm_app.client import Swarm
from swarm_app.contracts.documents import Shard
from swarm_app.errors import UnknownError
from swarm_app.plural import counted

Name = Annotated[str, typer.Argument(metavar="NAME", help="The shard's name.")]
Required = Annotated[
    list[Path], typer.Argument(metavar="PATH", parser=path, help="Files and folders to read.")
]


def serve(name: Name, paths: Paths = None, capacity: Capacity = None) -> None:
    """Serve a shard in the foreground.

    It is a Celery node that holds the shard's documents in memory. With paths, they replace what the
    shard held. Without, it holds again what it held before, from the store. Ctrl-C ends the node; the
    documents stay in the store.

    \b
    Examples:
      swarm shard serve history docs/history
      swarm shard serve history
      swarm shard serve archive /srv/archive --capacity 400000
    """
    with Swarm(on_status=output.say) as swarm:
        if paths:
            _load(swarm.store_shard, name, paths, capacity)
        elif name not in {shard.name for shard in swarm.shards()}:
            raise UnknownError(
                f"Shard {name!r} holds nothing yet. Give it documents: swarm shard serve {name} PATH…"
            )
    become(argv.shard(name))


def load(name: Name, paths: Required, capacity: Capacity = None) -> None:
    """Load files and folders into a shard.

    It is started here if nobody serves it. They replace what the shard held. A collection over the
    capacity is refused with the number of shards that it needs; nothing is half-loaded.

    \b
    Examples:
      swarm shard load history docs/history
      swarm shard load contracts 2025/ 2026/ signed.pdf
    """
    with Swarm(on_status=output.say) as swarm:
        _load(swarm.load, name, paths, capacity)


def show_all(as_json: Json = False) -> None:
    """List the shards: what each holds, and how many nodes serve it.

    \b
    Examples:
      swarm shard list
      swarm shard list --json | jq -r '.shards[].name'
    """
    with Swarm(on_status=output.say) as swarm:
        shards, nodes = swarm.shards(), swarm.nodes()
    served = {shard.name: sum(shard.name in node.holds for node in nodes) for shard in shards}
    if as_json:
        output.write_json(
            {"shards": [{**each.model_dump(mode="json"), "nodes": served[each.name]} for each in shards]}
        )
    elif shards:
        headings = ("name", "documents", "lines", "tokens", "capacity", "version", "nodes", "from")
        output.write_table(headings, [_row(shard, served[shard.name]) for shard in shards])
    else:
        output.say("No shard is loaded. `swarm shard load NAME PATH` loads one.")


def drop(
    name: Name,
    force: Annotated[
        bool, typer.Option("--force", help="Also while runs use it: they fail with that reason.")
    ] = False,
) -> None:
    """Forget a shard. Its documents stay for as long as a stored run may cite them.

    A shard that a run under way uses is not dropped, and the run is named.

    \b
    Examples:
      swarm shard drop history
      swarm shard drop history --force
    """
    with Swarm(on_status=output.say) as swarm:
        swarm.drop(name, force=force)
    output.say(f"shard {name} is dropped")


def _load(load: Callable[..., Shard], name: str, paths: list[Path], capacity: int | None) -> None:
    with Loading() as loading:
        shard = load(name, paths, capacity=capacity, progress=loading)
    for skipped in shard.skipped:
        output.say(f"skipped {skipped.path}: {skipped.reason}")
    output.say(
        f"shard {shard.name}: {counted(shard.documents, 'document')}, {counted(shard.lines, 'line')}, "
        f"{shard.tokens:,} of {shard.capacity:,} tokens, version {shard.version}"
    )


def _row(shard: Shard, nodes: int) -> tuple[object, ...]:
    counts = (f"{count:,}" for count in (shard.documents, shard.lines, shard.tokens, shard.capacity))
    return (shard.name, *counts, shard.version, nodes, ", ".join(shard.roots.values()))
