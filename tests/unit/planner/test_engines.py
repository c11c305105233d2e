"""Who does a brief, where a run names several engines."""

import pytest

from shard.planner.engines import engines
from swarm_app.contracts.ids import brief_id, finding_id
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.research import Claim
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


@pytest.mark.parametrize("maker", range(1, 6))
@pytest.mark.parametrize("place", range(1, 5))
def test_who_judges_a_claim_is_not_who_made_it(maker: int, place: int) -> None:
    run = run_of("a:1,b:2")
    claim = Claim(statement="So.", confidence=0.5, findings=(finding_id(brief_id("run_1", 1, maker)),))
    made_by = engines(run, 1, maker).split(",")[0]
    assert engines(run, 3, place, [claim]).split(",")[0] != made_by
