"""Slow calls are made a second time, and the first answer wins."""

from collections import Counter

import pytest
from llmock.scenarios import Delay, Fail, Match, Reply

from swarm_app.contracts.calls import Landing
from swarm_app.contracts.research import Draft, Kind
from swarm_app.settings import current
from tests.integration.models.briefs import BRIEF, LEASE, Borrowed
from tests.vendors.server import Vendors
from workers.engine import load

ENGINES = ("openai:gpt-5-mini", "anthropic:claude-opus-4-5", "google:gemini-2.5-pro")
HANG = 6.0  # seconds; far longer than the answers that the tests wait for
PAIRS = [(first, second) for first in ENGINES for second in ENGINES if first != second]


@pytest.fixture
def paid(server: Vendors, monkeypatch: pytest.MonkeyPatch) -> Vendors:
    """Engines that cost money may be hedged too."""
    monkeypatch.setenv("SWARM_HEDGE_MODELS", "1")
    current.cache_clear()
    return server


def watched() -> Borrowed:
    """A context whose engines answer within a second nineteen times out of twenty."""
    context = Borrowed()
    context.meter.slowest = 1.0
    return context


def vendor(engine: str) -> str:
    return {"google": "gemini"}.get(engine.partition(":")[0], engine.partition(":")[0])


def slow_from(server: Vendors, engine: str, call: int) -> None:
    """The vendor hangs, from its call of that number on."""
    server.script.add(
        *(Delay(0.0, match=Match(provider=vendor(engine))) for _ in range(call - 1)),
        Delay(HANG, times=None, match=Match(provider=vendor(engine))),
    )


def landings(context: Borrowed) -> Counter[tuple[str, Landing]]:
    return Counter((call.engine, landing) for call, landing in context.meter.calls)


def receipt_of(draft: Draft) -> tuple[int, tuple[str, ...], int]:
    assert draft.receipt is not None
    return draft.receipt.hedges, draft.receipt.others, draft.receipt.calls


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_another_vendor_answers_in_the_middle_of_a_conversation(
    paid: Vendors, first: str, second: str
) -> None:
    slow_from(paid, first, call=2)
    context = watched()
    draft = load(f"{first},{second}").investigate(BRIEF, context)
    assert (draft.kind, draft.claims[0].citations[0].quote) == (Kind.CLAIM, LEASE)
    assert (draft.engine, *receipt_of(draft)) == (second, 1, (first,), 2)
    assert landings(context) == {
        (first, Landing.ANSWERED): 1,
        (first, Landing.FAILED): 1,
        (second, Landing.ANSWERED): 1,
    }


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_first_vendor_goes_on_with_what_another_one_began(paid: Vendors, first: str, second: str) -> None:
    paid.script.add(Delay(HANG, match=Match(provider=vendor(first))))
    draft = load(f"{first},{second}").investigate(BRIEF, watched())
    assert (draft.kind, draft.engine) == (Kind.CLAIM, first)
    assert receipt_of(draft) == (1, (second,), 2)


def test_a_second_vendor_that_refuses_leaves_it_to_the_first(paid: Vendors) -> None:
    first, second = ENGINES[:2]
    paid.script.add(
        Delay(3.0, match=Match(provider=vendor(first))),
        Reply(text="No.", finish_reason="content_filter", times=None, match=Match(provider=vendor(second))),
    )
    draft = load(f"{first},{second}").investigate(BRIEF, watched())
    assert (draft.kind, draft.engine) == (Kind.CLAIM, first)
    assert receipt_of(draft)[0] == 1


def test_the_slower_call_is_cancelled_and_its_cost_counted(paid: Vendors) -> None:
    slow_from(paid, ENGINES[0], call=1)
    context = watched()
    draft = load(",".join(ENGINES[:2])).investigate(BRIEF, context)
    assert draft.receipt is not None
    assert draft.receipt.lost_usd > 0
    overtaken = [call for call, landing in context.meter.calls if landing is Landing.FAILED]
    assert [call.engine for call in overtaken] == [ENGINES[0]] * 2
    assert sum(call.cost_usd for call in overtaken) == pytest.approx(draft.receipt.lost_usd)
    assert context.meter.taken(Landing.FAILED, "cost_usd") == pytest.approx(draft.receipt.lost_usd)


def test_an_engine_that_costs_money_is_not_hedged_unless_it_is_said_so(server: Vendors) -> None:
    server.script.add(Delay(2.0))
    draft = load(",".join(ENGINES)).investigate(BRIEF, watched())
    assert receipt_of(draft) == (0, (), 2)


def test_an_engine_that_costs_nothing_is_hedged_by_itself(server: Vendors) -> None:
    server.script.add(Delay(HANG))
    draft = load("local:qwen").investigate(BRIEF, watched())
    assert (draft.engine, *receipt_of(draft)) == ("local:qwen", 1, (), 2)


def test_nothing_is_hedged_while_too_little_is_known_of_the_engine(server: Vendors) -> None:
    server.script.add(Delay(2.0))
    draft = load("local:qwen").investigate(BRIEF, Borrowed())
    assert receipt_of(draft) == (0, (), 2)


def test_a_second_call_that_fails_leaves_the_first_one_be(paid: Vendors) -> None:
    paid.script.add(
        Delay(2.0, match=Match(provider="openai")), Fail(401, times=None, match=Match(provider="anthropic"))
    )
    draft = load(",".join(ENGINES[:2])).investigate(BRIEF, watched())
    assert (draft.engine, *receipt_of(draft)) == (ENGINES[0], 1, (), 2)
