"""Who does a brief, where a run names several engines."""

import pytest

from shard.planner.engines import engines
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.engines import Policy
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.research import Claim, Contradiction
from swarm_app.contracts.run import Run
from swarm_app.plans.catalog import load


def run_of(engine: str, plan: Plan | None = None) -> Run:
    return Run(
        run_id="run_1",
        question="Why?",
        plan=plan or load("gedimat"),
        engine=engine,
        shards=("a",),
        queued_at=0.0,
    )


def test_one_engine_does_every_brief() -> None:
    assert engines(run_of("extractive"), 1, 1) == "extractive"


def test_several_engines_share_a_pass_s_briefs_and_stand_in_for_each_other() -> None:
    orders = [engines(run_of("a:1, b:2, c:3"), 1, place) for place in range(1, 4)]
    assert {order.split(",")[0] for order in orders} == {"a:1", "b:2", "c:3"}
    assert {tuple(sorted(order.split(","))) for order in orders} == {("a:1", "b:2", "c:3")}


def test_a_pass_s_own_engine_goes_before_the_run_s() -> None:
    plan = load("quick")
    first = plan.passes[0].model_copy(update={"engine": "a:1"})
    chosen = plan.model_copy(update={"passes": (first, *plan.passes[1:])})
    assert [engines(run_of("extractive", chosen), number, 1) for number in (1, 2)] == ["a:1", "extractive"]


@pytest.mark.parametrize("maker", ["a:1", "b:2"])
@pytest.mark.parametrize("place", range(1, 5))
@pytest.mark.parametrize("policy", [None, *Policy])
def test_who_judges_a_claim_is_not_who_made_it(maker: str, place: int, policy: Policy | None) -> None:
    order = engines(run_of("a:1,b:2", by(policy)), 3, place, [made_by(maker)]).split(",")
    assert order[0] != maker
    assert sorted(order) == ["a:1", "b:2"]


def test_another_account_judges_before_another_model_of_the_same() -> None:
    run = run_of("a:1,a:2,b:3")
    assert {engines(run, 3, place, [made_by("a:1")]).split(",")[0] for place in range(1, 4)} == {"b:3"}
    run = run_of("a:1,a:2")
    assert {engines(run, 3, place, [made_by("a:1")]).split(",")[0] for place in range(1, 4)} == {"a:2"}


def test_who_confronts_a_contradiction_is_not_who_found_it() -> None:
    side = Citation(path="a.md", start=1, end=1, quote="The quote of one of its sides.")
    pair = Contradiction(subject="So", difference="number", left=side, right=side, engines=("a:1",))
    assert {engines(run_of("a:1,b:2"), 6, place, [pair]).split(",")[0] for place in range(1, 6)} == {"b:2"}


def test_by_a_policy_engines_keep_its_order_and_the_first_has_every_brief() -> None:
    run = run_of("a:1,b:2,c:3", by(Policy.CHEAPEST))
    assert {engines(run, 1, place) for place in range(1, 6)} == {"a:1,b:2,c:3"}
    assert engines(run, 3, 1, [made_by("a:1")]) == "b:2,a:1,c:3"


def by(policy: Policy | None) -> Plan:
    plan = load("gedimat")
    passes = tuple(spec.model_copy(update={"policy": policy}) for spec in plan.passes)
    return plan.model_copy(update={"passes": passes})


def made_by(engine: str) -> Claim:
    return Claim(statement="So.", confidence=0.5, engines=(engine,))
