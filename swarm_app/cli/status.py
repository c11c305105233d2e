"""``swarm status``: what is alive."""

import signal
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, NoReturn

import typer

from swarm_app.cli import output
from swarm_app.cli.indicator import screen
from swarm_app.cli.options import Json
from swarm_app.client import Swarm
from swarm_app.embedded import find
from swarm_app.errors import ServerError, UsageError
from swarm_app.settings import Settings, current
from swarm_app.store.address import without_password

PERIOD = 1.0  # seconds between two looks

_MB = 1_000_000
_CHILD_FIELDS = ("kind", "name", "pid", "alive", "restarts", "log")

Row = tuple[object, ...]
Look = dict[str, Any]  # server, stack, nodes, and what the indicator sees: what ``--json`` prints


def status(
    watch: Annotated[
        bool, typer.Option("--watch", help="One screen, again every second, until Ctrl-C.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what is alive.

    That is the server, the processes on this machine, shards and workers anywhere, what they hold, do and
    cost, and the runs under way with the latest one. With --watch it is one screen: the context indicator.

    \b
    Examples:
      swarm status
      swarm status --watch
      swarm status --json | jq -r '.nodes[].name'
    """
    if watch and as_json:
        raise UsageError("--watch prints again and again, --json one object: choose one of them.")
    look = _look(current())
    if as_json:
        output.write_json(look)
    elif watch and "workers" in look:
        _watch(current())
    else:
        _print(look)


def _watch(settings: Settings) -> NoReturn:
    """Draw the context indicator again and again. One connection will do, and each finding is read once.

    Ctrl-C is noted and looked for between two screens: raised at any moment, it may be lost in a finaliser.
    """
    interrupted: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: interrupted.append(number))
    with Swarm(start=False) as swarm:
        indicator = swarm.indicator()
        while not interrupted:
            seen = screen(indicator.look())
            output.clear()
            output.write(f"server    {without_password(settings.broker_url)}\n{seen}")
            time.sleep(PERIOD)
    raise KeyboardInterrupt


def _look(settings: Settings) -> Look:
    stack = _stack(settings)
    if settings.embedded and stack is None:
        return {"server": None, "troubles": [], "stack": None, "nodes": [], "runs": []}
    look: Look = {"server": without_password(settings.broker_url), "stack": stack, "nodes": [], "runs": []}
    with Swarm(start=False) as swarm:
        look["troubles"] = [asdict(trouble) for trouble in swarm.troubles()]
        try:
            look["nodes"] = [node.model_dump(mode="json") for node in swarm.nodes()]
            look |= swarm.indicator().look()
        except ServerError:
            if not look["troubles"]:  # they say why it does not answer
                raise
    return look


def _stack(settings: Settings) -> dict[str, Any] | None:
    lease = find(settings)
    if lease is None:
        return None
    try:
        return lease.request("status")
    finally:
        lease.release()


def _print(look: Look) -> None:
    if look["server"] is None:
        output.write("Nothing is running here. Commands start what they need; `swarm up` starts it to stay.")
        return
    output.write(f"server    {look['server']}")
    for trouble in look["troubles"]:
        output.write(f"  {trouble['detail']}. {trouble['mend']}")
    if "workers" in look:
        output.write(screen(look))
    for headings, rows in _TABLES:
        found = rows(look)
        if found:
            output.write("")
            output.write_table(headings, found)


def _nodes(look: Look) -> list[Row]:
    return [_node(node) for node in look["nodes"]]


def _node(node: dict[str, Any]) -> Row:
    return (
        node["name"],
        node["kind"],
        node["pid"],
        f"{node['memory'] / _MB:.0f} MB",
        node["lost"],
        _cache(node),
        " ".join(node["queues"]),
    )


def _cache(node: dict[str, Any]) -> str:
    hits, misses = (node["tallies"].get(f"cache_{name}", 0) for name in ("hits", "misses"))
    return f"{hits}/{hits + misses}" if hits + misses else ""


def _processes(look: Look) -> list[Row]:
    children = (look["stack"] or {}).get("children", ())
    return [tuple(child[field] for field in _CHILD_FIELDS) for child in children]


_TABLES: tuple[tuple[tuple[str, ...], Callable[[Look], list[Row]]], ...] = (
    (("node", "kind", "pid", "memory", "hung", "cache", "queues"), _nodes),
    (("process", "name", "pid", "alive", "restarts", "log"), _processes),
)
