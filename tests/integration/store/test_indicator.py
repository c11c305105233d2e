"""The context indicator counts what is stored, and reads no finding twice."""

import pytest

from swarm_app.client.indicator import Indicator
from swarm_app.contracts.discoveries import Sort
from swarm_app.contracts.research import Draft, Kind
from swarm_app.contracts.run import Run, RunState
from swarm_app.report.build import build
from swarm_app.store.store import Store
from tests.integration.store.samples import assist, block, claim, conclude, finding, opened, running


@pytest.fixture
def indicator(store: Store) -> Indicator:
    """Over a store alone: there is no broker, and nothing waits in a queue."""
    return Indicator(store, lambda names: dict.fromkeys(names, 0))


def test_it_follows_a_run_from_claim_to_report(store: Store, indicator: Indicator) -> None:
    run = running(store)
    first, second = opened(store, run)
    claim(store, first)
    (seen,) = indicator.look()["runs"]
    assert (seen["state"], seen["pass"], seen["workers"], seen["reported"], seen["busy"]) == (
        "running",
        1,
        2,
        0,
        1,
    )
    store.briefs.report(first, finding(first))
    claim(store, second)
    look = indicator.look()
    assert (look["runs"][0]["reported"], look["runs"][0]["busy"]) == (1, 1)
    assert (look["findings"]["count"], look["usage"]["by_engine"]["none"]["findings"]) == (1, 1)
    assert look["findings"]["tokens"] > 0


def test_a_finding_is_read_once_however_often_one_looks(store: Store, indicator: Indicator) -> None:
    run = running(store)
    first, _ = opened(store, run)
    claim(store, first)
    store.briefs.report(first, finding(first))
    before = indicator.look()
    read = findings_read(store)
    assert [indicator.look() for _ in range(3)] == [before] * 3
    assert findings_read(store) == read


def findings_read(store: Store) -> int:
    """How often the server was asked for findings."""
    return int(store.client.info("commandstats").get("cmdstat_mget", {"calls": 0})["calls"])


def test_what_helpers_did_in_vain_counts_with_their_engine(store: Store, indicator: Indicator) -> None:
    run = running(store)
    first, _ = opened(store, run)
    claim(store, first)
    block(store, first)
    draft = Draft(kind=Kind.CLAIM, summary="So.", confidence=0.5, input_tokens=70, cost_usd=0.5, engine="e")
    store.assists.took(assist(first, 1), 1, draft)
    assert indicator.look()["usage"]["by_engine"] == {"e": {"findings": 0, "tokens": 70, "cost_usd": 0.5}}


def test_a_run_that_has_ended_is_shown_until_another_is_queued(store: Store, indicator: Indicator) -> None:
    ended = running(store)
    store.runs.move(ended.run_id, {RunState.RUNNING}, RunState.DONE)
    assert shown(indicator) == [(ended.run_id, "done")]
    following: Run = running(store)
    assert shown(indicator) == [(following.run_id, "running")]


def shown(indicator: Indicator) -> list[tuple[str, str]]:
    return [(run["run_id"], run["state"]) for run in indicator.look()["runs"]]


def test_what_the_reader_of_a_run_is_told_counts_from_its_beginning(
    store: Store, indicator: Indicator
) -> None:
    running(store)
    assert indicator.look()["usage"]["coordinator_tokens"] > 0


def test_it_counts_what_reached_the_coordinator_as_the_report_does(
    store: Store, indicator: Indicator
) -> None:
    run = running(store)
    first, second = opened(store, run)
    claim(store, first)
    block(store, first)
    assert indicated(indicator) == reported(store, run)
    claim(store, second)
    store.briefs.report(second, finding(second))
    conclude(store, run.run_id)
    assert indicated(indicator) == reported(store, run)


def indicated(indicator: Indicator) -> int:
    tokens: int = indicator.look()["usage"]["coordinator_tokens"]
    return tokens


def reported(store: Store, run: Run) -> int:
    return build(store, run.run_id).usage.coordinator_tokens


def test_it_says_what_runs_found_in_the_discovery_log(store: Store, indicator: Indicator) -> None:
    run = running(store)
    store.discoveries.count(run.run_id, Sort.EXCERPT, hits=3, misses=1)
    found = indicator.look()["discoveries"]
    assert (found["hits"], found["misses"]) == (3, 1)
