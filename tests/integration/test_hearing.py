"""What a worker hears of its peers, out of a real store."""

import time

import pytest

from swarm_app.contracts.documents import Citation, Document, Part, Shard
from swarm_app.contracts.ids import brief_id, new_run_id
from swarm_app.contracts.insights import Peers
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Claim, Draft, Kind
from swarm_app.contracts.run import Run, RunState
from swarm_app.findings import checked
from swarm_app.insights.hearing import compared, informed
from swarm_app.plans.catalog import load
from swarm_app.store.store import Store
from tasks.slices import Slices

QUESTION = "Why was the invoice of Halden Marine disputed?"
DISPUTED = "Invoice 4471 of Halden Marine was disputed because order HM-2209 came late."


@pytest.fixture(autouse=True)
def finance(store: Store) -> None:
    _hold(store, "finance", "f" * 64, DISPUTED)
    _hold(store, "operations", "0" * 64, "HM-2209 was on deck and could not be unloaded.")


def _hold(store: Store, shard: str, sha256: str, line: str) -> None:
    path = f"{shard}/notes.md"
    document = Document(path=path, sha256=sha256, kind="text", size=9, lines=1, chars=9, tokens=3)
    part = Part(path=path, sha256=sha256, kind="text", start=1, end=1, tokens=3)
    store.documents.put([(document, [f"{line}\n"])])
    store.shards.put(Shard(name=shard, capacity=10, roots={shard: f"/srv/{shard}"}), [part])


def begun(store: Store, shard: str = "finance", insights: Peers = Peers.ALL) -> Run:
    run = Run(
        run_id=new_run_id(),
        question=QUESTION,
        plan=load("quick"),
        engine="extractive",
        shards=(shard,),
        roots={shard: f"/srv/{shard}"},
        insights=insights,
        queued_at=time.time(),
    )
    store.runs.create(run)
    store.runs.move(run.run_id, {RunState.QUEUED}, RunState.RUNNING)
    store.briefs.put([brief(run, place) for place in (1, 2, 3)])
    store.passes.open(run.run_id, 1, run.plan.passes[0], 3)
    return run


def brief(run: Run, place: int) -> Brief:
    return Brief(
        brief_id=brief_id(run.run_id, 1, place),
        run_id=run.run_id,
        pass_number=1,
        pass_name="Signal Capture",
        number=place,
        of=3,
        role=Role.SIGNAL,
        engine="extractive",
        question=QUESTION,
        angle=QUESTION,
        queries=(QUESTION,),
        shards=run.shards,
    )


def report(store: Store, run: Run, place: int = 1, quote: str = DISPUTED) -> str:
    cited = Citation(path=f"{run.shards[0]}/notes.md", start=1, end=1, quote=quote)
    draft = Draft(
        kind=Kind.CLAIM,
        summary=quote,
        confidence=0.5,
        citations=(cited,),
        claims=(Claim(statement=quote, citations=(cited,), confidence=0.5),),
    )
    finding = compared(store, run, checked(store, run, brief(run, place), draft, attempts=1, worker="w"))
    store.briefs.report(brief(run, place), finding)
    return finding.finding_id


def told(store: Store, run: Run, place: int = 2) -> list[str]:
    heard = informed(store, Slices(store), run, brief(run, place))
    return [insight.finding_id for insight in heard.insights]


def test_a_brief_begins_with_what_its_own_run_found(store: Store) -> None:
    run = begun(store, insights=Peers.RUN)
    assert told(store, run) == []
    found = report(store, run)
    assert told(store, run, 3) == [found]


def test_a_run_hears_of_others_only_where_it_allows_it(store: Store) -> None:
    found = report(store, begun(store))
    assert told(store, begun(store, "operations")) == [found]
    assert told(store, begun(store, "operations", Peers.RUN)) == []
    assert told(store, begun(store, "operations", Peers.OFF)) == []


def test_a_run_that_hears_nobody_is_not_heard(store: Store) -> None:
    report(store, begun(store, insights=Peers.OFF))
    assert told(store, begun(store, "operations")) == []


def test_the_citation_of_one_appears_in_the_brief_of_the_other_with_its_origin(store: Store) -> None:
    finance = begun(store)
    report(store, finance)
    operations = begun(store, "operations")
    (insight,) = informed(store, Slices(store), operations, brief(operations, 1)).insights
    assert insight.citations[0].source == f"finance@{finance.run_id}/notes.md:1-1"
    assert (insight.citations[0].quote, insight.shards) == (DISPUTED, ("finance",))


def test_a_brief_that_is_done_again_hears_the_same(store: Store) -> None:
    first = report(store, begun(store))
    operations = begun(store, "operations")
    assert told(store, operations) == [first]
    report(store, begun(store))
    assert told(store, operations) == [first]


def test_lines_that_are_gone_are_not_told(store: Store) -> None:
    report(store, begun(store))
    store.client.delete(*(key for key in store.client.scan_iter("*:lines:" + "f" * 64)))
    assert told(store, begun(store, "operations")) == []


def test_an_installation_of_another_name_is_not_heard(store: Store, settings: object) -> None:
    other = Store(settings.model_copy(update={"namespace": f"{settings.namespace}x"}))  # type: ignore[attr-defined]
    report(store, begun(store))
    try:
        assert told(other, begun(other, "operations")) == []
    finally:
        other.client.delete(*other.client.scan_iter(f"{settings.namespace}x:*"))  # type: ignore[attr-defined]
        other.close()


def test_what_a_peer_reported_while_it_worked_is_linked_and_never_across_runs(store: Store) -> None:
    run = begun(store)
    first, second = report(store, run, 1), report(store, run, 2)
    linked = store.runs.finding(second)
    assert [link.finding_id for link in linked.links] == [first]
    assert (linked.claims, len(linked.citations)) == ((), 1)
    assert store.runs.finding(report(store, begun(store))).links == ()


def test_the_topics_name_the_shards_that_hold_what_is_cited(store: Store) -> None:
    run = begun(store)
    assert f"shard:{run.shards[0]}" in store.runs.finding(report(store, run)).topics
