"""``swarm export``: a run as JSON Lines."""

import json
from collections.abc import Iterator

from swarm_app.cli import output
from swarm_app.cli.options import RunId
from swarm_app.client import RunHandle, Swarm
from swarm_app.contracts.base import Contract
from swarm_app.report.data import to_json


def export(run_id: RunId) -> None:
    """Write a run as JSON Lines.

    First what was asked, then every event in order, last the report. Each line is an object with a `type`
    (run, event or report) and its `data`. A run that is still going on is followed to its end.

    \b
    Examples:
      swarm export run_5f2c > run.jsonl
      swarm export run_5f2c | jq -c 'select(.type == "event") | .data'
    """
    with Swarm(on_status=output.say) as swarm:
        for line in _lines(swarm.run(run_id)):
            output.write(line)


def _lines(handle: RunHandle) -> Iterator[str]:
    yield _line("run", _plain(handle.run))
    for event in handle.events():
        yield _line("event", _plain(event))
    yield _line("report", to_json(handle.report()))


def _plain(value: Contract) -> dict[str, object]:
    return value.model_dump(mode="json")


def _line(kind: str, data: dict[str, object]) -> str:
    return json.dumps({"type": kind, "data": data}, ensure_ascii=False)
