import pytest

from swarm_app.contracts.help import Obstacle, Strategy, Urgency
from swarm_app.contracts.plan import Guardian, Role
from swarm_app.contracts.research import Contradiction
from tests.unit.extractive.briefs import brief_of
from tests.unit.strategies.samples import CITED, QUESTION, blockage, draft, run
from workers.strategies.offer import Means, offer, others, work

BRIEF = brief_of(QUESTION, engine="careful", queries=("lock", "twice"), scope=("docs/",))
MEANS = Means(engines=["other", "extractive"], shards=["ledgers"])


@pytest.mark.parametrize(
    ("obstacle", "strategies"),
    [
        (Obstacle.RATE_LIMIT, [Strategy.ENGINE, Strategy.ENGINE, Strategy.OLDER]),
        (Obstacle.REFUSAL, [Strategy.ENGINE, Strategy.ENGINE, Strategy.OLDER]),
        (Obstacle.MISSING_CONTEXT, [Strategy.SHARD, Strategy.SHARD, Strategy.OLDER]),
        (Obstacle.TOO_LARGE, [Strategy.PARTS, Strategy.PARTS, Strategy.ENGINE, Strategy.ENGINE]),
        (
            Obstacle.CONTRADICTION,
            [Strategy.SIDES, *[Strategy.ENGINE] * 2, *[Strategy.SHARD] * 2, Strategy.OLDER],
        ),
    ],
)
def test_each_obstacle_has_its_strategies(obstacle: Obstacle, strategies: list[Strategy]) -> None:
    offered = offer(blockage(obstacle), BRIEF, MEANS)
    assert [each.strategy for each in offered] == strategies
    assert [each.assist_id for each in offered] == [
        f"run_1.1.1.assist{number}" for number in range(1, len(offered) + 1)
    ]


def test_the_parts_of_a_brief_solve_it_together_and_all_else_alone() -> None:
    groups = [each.group for each in offer(blockage(Obstacle.TOO_LARGE), BRIEF, MEANS)]
    assert groups[0] == groups[1]
    assert len(set(groups)) == 3


def test_assists_are_as_urgent_as_their_blocker_and_older_findings_come_last() -> None:
    offered = offer(blockage(Obstacle.REFUSAL, urgency="high"), BRIEF, MEANS)
    assert [each.urgency for each in offered] == [Urgency.HIGH, Urgency.HIGH, Urgency.LOW]


def test_nothing_is_offered_where_nothing_can_be_tried() -> None:
    guardian = Guardian(name="auditor", duty="evidence")
    brief = brief_of(QUESTION, Role.GUARD, guardian=guardian)
    assert offer(blockage(Obstacle.REFUSAL), brief, Means()) == []


def test_only_engines_that_the_run_names_stand_in_and_the_one_that_costs_nothing() -> None:
    named = run("careful,bold", "", "rash", "careful")
    assert others(named, BRIEF, "careful") == ["bold", "rash", "extractive"]
    assert others(run("extractive"), brief_of(QUESTION), "extractive") == []
    assert others(run("extractive"), brief_of(QUESTION), "") == ["extractive"], "an outside worker met it"


def test_the_contradictions_that_a_worker_met_are_weighed_in_all_shards_before_those_of_its_brief() -> None:
    left, right = CITED, CITED.model_copy(update={"start": 9, "end": 9})
    pair = Contradiction(subject="the lock", difference="number: 1 against 2", left=left, right=right)
    met = blockage(Obstacle.CONTRADICTION, so_far=draft("Both.", contradictions=(pair,)))
    weighed = work(BRIEF, offer(met, BRIEF, MEANS)[0])
    assert (weighed.contradictions, weighed.scope, weighed.shards) == ((pair,), (), ("ledgers",))
    assert weighed.engine == "extractive"
    given = BRIEF.model_copy(update={"contradictions": (pair,)})
    assert offer(blockage(Obstacle.CONTRADICTION), given, MEANS)[0].contradictions == (pair,)


def test_who_helps_does_the_brief_in_another_form() -> None:
    parts, *_, other = offer(blockage(Obstacle.TOO_LARGE), BRIEF, Means(engines=["other"]))
    (wide, unscoped, _) = offer(blockage(Obstacle.MISSING_CONTEXT), BRIEF, Means(shards=["ledgers"]))
    assert work(BRIEF, other).engine == "other"
    assert work(BRIEF, parts).queries == ("lock",)
    assert (work(BRIEF, wide).shards, work(BRIEF, wide).scope) == (("ledgers",), ())
    assert (work(BRIEF, unscoped).shards, work(BRIEF, unscoped).scope) == ((), ())
