"""``swarm bus``: everything that happens as JSON Lines, out and in."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from swarm_app.cli import infile, output
from swarm_app.cli.options import names
from swarm_app.cli.point import point
from swarm_app.client import Swarm
from swarm_app.contracts.bus import CHECKED
from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.run import Event
from swarm_app.plural import counted


def tail(
    run: Annotated[
        str, typer.Option("--run", metavar="RUN", help="Only this run's, until it ends; from its beginning.")
    ] = "",
    types: Annotated[
        str, typer.Option("--type", metavar="T,…", help="Only these: brief.reported, or all of brief.")
    ] = "",
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="POINT",
            help="An event's id, a time, 10m (ago), beginning, or now.  [default: now, or all that there is]",
        ),
    ] = None,
    follow: Annotated[
        bool, typer.Option("--follow/--no-follow", help="Go on with what happens, or end with what has.")
    ] = True,
) -> None:
    """Print everything that happens, one JSON object a line.

    That is the events of all runs and what outsiders post, in order. Each line has event_id, run_id, type, at
    (Unix seconds) and data; what was posted has the whole message as its data. Ctrl-C ends it.

    \b
    Examples:
      swarm bus tail
      swarm bus tail --type brief.reported | jq -r .data.summary
      swarm bus tail --run run_5f2c --no-follow
      swarm bus tail --from 10m --type query,response
      swarm bus tail --from beginning --no-follow > session.jsonl
    """
    since = None if start is None else point(start)
    with Swarm(on_status=output.say) as swarm:
        for event in swarm.bus.tail(run=run, types=names(types), start=since, follow=follow):
            _write(event)


def post(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines; - for standard input.")],
) -> None:
    """Post messages: questions, answers, findings, or whatever outsiders have to say.

    One JSON object a line, with a type and what else there is: from, to, query_id, question, answer, sources
    ("FILE.md:87-92", or an object with path, start, end and quote). Sources are checked against the shards:
    a quote is verified, stale or invalid, lines without a quote are unchecked or invalid. The verdicts follow
    the message on the bus, and are printed. What `swarm bus tail` wrote is posted as it was.

    If a line is bad, it is named and nothing is posted.

    \b
    Examples:
      swarm bus post session.jsonl
      echo '{"type": "query", "from": "me", "question": "Who approved it?"}' | swarm bus post -
    """
    lines = infile.read(file).split("\n")
    with Swarm(on_status=output.say) as swarm:
        posted = swarm.bus.load(lines)
    checked = [event for event in posted if event.type == CHECKED]
    for event in checked:
        _write(event)
    output.say(f"posted {counted(len(posted), 'event')}{_sum(checked)}")


def _write(event: Event) -> None:
    output.write(json.dumps(event.model_dump(mode="json"), ensure_ascii=False))


def _sum(checked: Sequence[Event]) -> str:
    counts = {each.value: sum(event.data.get(each.value, 0) for event in checked) for each in Verdict}
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    return f"; sources: {told}" if told else ""
