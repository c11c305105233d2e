"""The discovery log: one finds out, the others are told, and nobody depends on one that dies."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from swarm_app.contracts.discoveries import Answered, Discovery, Inquiry, Outcome, Ratio, Sort
from swarm_app.contracts.documents import Shard
from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import Run
from swarm_app.errors import EngineError
from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store import discoveries
from swarm_app.store.discoveries import MOST_BYTES, Asker
from swarm_app.store.store import Store
from tasks.discoveries import StoreLog
from tests.integration.clock import Clock
from tests.integration.store.samples import claim, opened, running

FOUND = Discovery(result="thirty days", tokens=700, cost_usd=0.25)


def inquiry(sort: Sort = Sort.SEARCH, signature: str = "retention", **fields: object) -> Inquiry:
    return Inquiry.model_validate({"sort": sort, "signature": signature, "most_s": 5.0, **fields})


def asked(store: Store, asker: Asker | None = None, **fields: object) -> Answered:
    """Somebody else asks the same."""
    return store.discoveries.ask(inquiry(**fields), asker or Asker())  # type: ignore[arg-type]


def at_work(store: Store, brief: Brief, attempt: int = 1) -> Asker:
    """A worker that has claimed the brief."""
    claim(store, brief)
    return Asker(brief.run_id, brief.brief_id, attempt)


@pytest.fixture(autouse=True)
def timed(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr(discoveries, "time", clock)


@pytest.fixture
def keys(settings: Settings) -> Keys:
    return Keys(settings.namespace)


@pytest.fixture
def briefs(store: Store, run: Run, clock: Clock) -> tuple[Brief, Brief]:
    return opened(store, run)


def test_forty_who_ask_at_once_have_it_found_out_once(store: Store) -> None:
    begun, ready = [], threading.Barrier(40)

    def find() -> tuple[str, str]:
        begun.append(1)
        return "thirty days", ""

    def ask(_: int) -> str:
        ready.wait()
        return StoreLog(store, None).once(inquiry(), find, lambda: 30.0)

    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(ask, range(40)))
    assert (answers, len(begun)) == (["thirty days"] * 40, 1)
    assert store.discoveries.counted().search == Ratio(hits=39, misses=1)


def test_one_that_asks_again_since_its_answer_was_lost_is_answered_alike(store: Store) -> None:
    same = inquiry()
    answers = [store.discoveries.ask(same, Asker()).outcome for _ in range(3)]
    assert answers == [Outcome.YOURS] * 3
    assert store.discoveries.counted().search.misses == 1


def test_what_is_found_is_told_with_what_it_took_and_that_is_saved(store: Store, run: Run) -> None:
    first = inquiry(Sort.CALL)
    store.discoveries.ask(first, Asker(run.run_id))
    store.discoveries.keep(first, "", FOUND)
    assert asked(store, Asker(run.run_id), sort=Sort.CALL).found == FOUND
    counted = store.discoveries.counted(run.run_id)
    assert (counted.call, counted.saved_tokens, counted.saved_usd) == (Ratio(hits=1, misses=1), 700, 0.25)


def test_the_next_takes_over_when_the_first_one_s_time_is_over(store: Store, clock: Clock) -> None:
    asked(store)
    assert asked(store).outcome is Outcome.THEIRS
    clock.pass_by(5.1)
    assert asked(store).outcome is Outcome.YOURS
    assert asked(store).outcome is Outcome.THEIRS


def test_the_next_takes_over_when_the_first_one_s_brief_is_no_more_its_own(
    store: Store, briefs: tuple[Brief, Brief], clock: Clock
) -> None:
    first, second = briefs
    worker, other = at_work(store, first), at_work(store, second)
    assert asked(store, worker, most_s=300.0).outcome is Outcome.YOURS
    assert asked(store, other).outcome is Outcome.THEIRS
    clock.pass_by(60.0)
    assert asked(store, other).outcome is Outcome.YOURS


def test_a_brief_waits_for_no_other_attempt_at_itself(store: Store, briefs: tuple[Brief, Brief]) -> None:
    worker = at_work(store, briefs[0])
    asked(store, worker, most_s=300.0)
    assert asked(store, worker).outcome is Outcome.THEIRS
    again = Asker(worker.run_id, worker.brief_id, attempt=2)
    assert asked(store, again).outcome is Outcome.YOURS


def test_a_failure_is_the_failed_one_s_and_after_the_second_nobody_waits(store: Store) -> None:
    for _ in range(2):
        mine = inquiry()
        assert store.discoveries.ask(mine, Asker()).outcome is Outcome.YOURS
        assert asked(store).outcome is Outcome.THEIRS
        store.discoveries.drop(mine, failed=True)
    assert [asked(store).outcome for _ in range(3)] == [Outcome.APART] * 3


def test_one_that_is_told_to_stop_leaves_it_to_the_next(store: Store) -> None:
    for _ in range(5):
        mine = inquiry()
        assert store.discoveries.ask(mine, Asker()).outcome is Outcome.YOURS
        store.discoveries.drop(mine, failed=False)


def test_a_search_is_known_until_a_shard_it_depends_on_changes(store: Store, keys: Keys) -> None:
    loaded(store, keys, version=1)
    mine = inquiry(shards=("s",))
    answered = store.discoveries.ask(mine, Asker())
    assert answered.basis == "1"
    store.discoveries.keep(mine, "1", FOUND)
    assert asked(store, shards=("s",)).outcome is Outcome.FOUND
    loaded(store, keys, version=2)
    assert asked(store, shards=("s",)).outcome is Outcome.YOURS


def test_what_was_found_out_from_an_older_version_is_nobody_else_s(store: Store, keys: Keys) -> None:
    loaded(store, keys, version=2)
    mine = inquiry(shards=("s",))
    store.discoveries.ask(mine, Asker())
    assert not store.discoveries.keep(mine, "1", FOUND)
    store.discoveries.drop(mine, failed=False)
    assert asked(store, shards=("s",)).outcome is Outcome.YOURS


def test_a_model_s_answer_is_its_run_s_and_theirs_who_asked_meanwhile(store: Store, run: Run) -> None:
    meanwhile, later = running(store), running(store)
    mine = inquiry(Sort.CALL)
    store.discoveries.ask(mine, Asker(run.run_id))
    assert asked(store, Asker(meanwhile.run_id), sort=Sort.CALL).outcome is Outcome.THEIRS
    store.discoveries.keep(mine, "", FOUND)
    found = [asked(store, Asker(each.run_id), sort=Sort.CALL).outcome for each in (run, meanwhile, later)]
    assert found == [Outcome.FOUND, Outcome.FOUND, Outcome.YOURS]


def test_what_is_too_large_to_share_everybody_finds_out_alone(store: Store) -> None:
    mine = inquiry()
    store.discoveries.ask(mine, Asker())
    assert not store.discoveries.keep(mine, "", Discovery(result="x" * (MOST_BYTES + 1)))
    assert asked(store).outcome is Outcome.APART


def test_beyond_its_room_the_log_keeps_things_for_a_moment_only(
    store: Store, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discoveries, "ROOM", 1_000)
    for number in range(2):
        mine = inquiry(signature=f"large {number}")
        store.discoveries.ask(mine, Asker())
        assert store.discoveries.keep(mine, "", Discovery(result="x" * 600))
    kept = [store.client.ttl(keys.discovery(f"large {number}")) for number in range(2)]
    assert kept[0] > discoveries.MOMENT >= kept[1]


def test_whoever_waits_does_so_no_longer_than_it_may(store: Store) -> None:
    asked(store)
    with pytest.raises(EngineError, match="No time"):
        StoreLog(store, None).once(inquiry(), lambda: ("never", ""), lambda: 0.0)


def test_an_error_is_raised_where_it_happened_and_the_next_finds_it_out(store: Store) -> None:
    def failing() -> tuple[str, str]:
        raise EngineError("no shard answers")

    with pytest.raises(EngineError, match="no shard"):
        StoreLog(store, None).once(inquiry(), failing, lambda: 5.0)
    assert StoreLog(store, None).once(inquiry(), lambda: ("found", ""), lambda: 5.0) == "found"


def test_without_a_time_to_live_nothing_is_shared(store: Store, settings: Settings) -> None:
    alone = Store(settings.model_copy(update={"discovery_ttl": 0}))
    answers = [alone.discoveries.ask(inquiry(), Asker()).outcome for _ in range(2)]
    alone.close()
    assert answers == [Outcome.APART] * 2
    assert not list(store.client.scan_iter("*discover*"))


def loaded(store: Store, keys: Keys, version: int) -> None:
    """A shard's record, as far as a search depends on it."""
    record = Shard(name="s", capacity=1, version=version)
    store.client.set(keys.shard("s"), record.model_dump_json(), ex=60)
