"""The home shard's answer to a coordinator: what a pass's findings come to, as it was asked for."""

import json
from collections.abc import Sequence

from shard.synthesis import focus, in_short, synthesise
from swarm_app import queues
from swarm_app.celery import app
from swarm_app.contracts.research import Brief, Conclusion, Finding, Kind
from swarm_app.contracts.run import Run
from swarm_app.evidence import gate_draft
from swarm_app.insights.links import unlinked
from tasks.process import store

_LATEST = 200  # runs that are looked through for a pass of that name


@app.task(name=queues.TASK_CONCLUDE, ignore_result=True, acks_late=False)
def conclude(shard: str, request_id: str, pass_name: str, instructions: str) -> None:
    """Answer a request with the `Conclusion` of the latest pass of that name that this shard had a part in.

    Acknowledged early, as a search is: whoever asks does not wait for a second delivery.
    """
    found = _concluded(shard, pass_name, instructions)
    reason = json.dumps({"reason": f"Shard {shard} has no findings of a pass called {pass_name!r}"})
    store().replies.send(request_id, found.model_dump_json(exclude_defaults=True) if found else reason)


def _concluded(shard: str, pass_name: str, instructions: str) -> Conclusion | None:
    """The findings put together anew: by what the instructions ask for, else by the run's own question."""
    for run_id in store().runs.latest(limit=_LATEST):
        run = store().runs.get(run_id)
        if shard in run.shards and (part := _part(run, pass_name)):
            return _put_together(run, instructions, *part)
    return None


def _part(run: Run, pass_name: str) -> tuple[list[Brief], list[Finding]] | None:
    """The briefs of the pass of that name, and their findings, citations checked again; None without any."""
    found = store().runs.findings(run.run_id)
    briefs = store().briefs.get([each.brief_id for each in found])
    mine = [brief for brief in briefs if brief.pass_name.casefold() == pass_name.casefold()]
    ids = {brief.brief_id for brief in mine}
    findings = [gate_draft(each, store().documents)[0] for each in found if each.brief_id in ids]
    return (mine, findings) if findings else None


def _put_together(
    run: Run, instructions: str, briefs: Sequence[Brief], findings: Sequence[Finding]
) -> Conclusion:
    asked = run.model_copy(update={"question": instructions or run.question})
    whole = unlinked(findings, ())
    seen = focus(whole, instructions) if instructions else whole
    synthesis = synthesise(asked, findings[0].pass_number, briefs, seen, ())
    failed = sum(each.kind is Kind.FAILED for each in findings)
    counts = {"pass_name": briefs[0].pass_name, "reported": len(findings) - failed, "failed": failed}
    return in_short(run.plan, synthesis.model_copy(update=counts), answered=True)
