"""Which briefs are given out where a budget does not feed all."""

import pytest

from shard.allotment import allotted, yields
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Finding, Kind, Receipt
from swarm_app.contracts.run import Estimate, Progress, Run, RunState
from swarm_app.plans import catalog
from tasks.allocation import made_up_for, withholding

STANDING = Citation(path="a.md", start=1, end=1, quote="words that stand there", verdict=Verdict.VERIFIED)


def brief(number: int, facet: str, pass_number: int = 2) -> Brief:
    return Brief(
        brief_id=f"run_1.{pass_number}.{number}",
        run_id="run_1",
        pass_number=pass_number,
        pass_name="Second",
        number=number,
        of=9,
        role=Role.ANALYSE,
        engine="extractive",
        question="Why?",
        angle=f"{facet} {number}",
        facet=facet,
    )


def finding(facet: str, tokens: int = 1_000, *, stands: bool = True, **fields: object) -> Finding:
    given: dict[str, object] = {
        "kind": Kind.CLAIM,
        "summary": "Because.",
        "confidence": 0.5,
        "citations": (STANDING,) if stands else (),
        "input_tokens": tokens,
        "engine": "extractive",
        "facet": facet,
        "finding_id": "finding_1",
        "run_id": "run_1",
        "brief_id": "run_1.1.1",
        "pass_number": 1,
        "worker_id": "w",
        "reported_at": 0.0,
    }
    return Finding.model_validate(given | fields)


KNOWN = [finding("dear", 4_000), finding("cheap", 500), finding("empty", 100, stands=False)]
FACETS = {"dear", "cheap", "empty"}
BRIEFS = [brief(1, "empty"), brief(2, "dear"), brief(3, "cheap"), brief(4, "cheap"), brief(5, "dear")]


def numbers(briefs: list[Brief]) -> list[int]:
    return [each.number for each in briefs]


def test_seats_go_where_findings_have_cost_least() -> None:
    assert numbers(allotted(BRIEFS, 3, yields(KNOWN), FACETS)) == [3, 4, 2]


def test_a_facet_that_no_brief_was_given_out_for_has_the_first_seat() -> None:
    assert numbers(allotted(BRIEFS, 2, yields(KNOWN), {"cheap", "dear"})) == [1, 3]


def test_what_nobody_has_tried_counts_as_the_mean() -> None:
    more = [*BRIEFS, brief(6, "new")]
    assert numbers(allotted(more, 6, yields(KNOWN), {*FACETS, "new"})) == [3, 4, 6, 2, 5, 1]


def test_without_a_finding_the_first_planned_come_first() -> None:
    assert numbers(allotted(BRIEFS, 2, yields([]), FACETS)) == [1, 2]


def test_an_answer_that_others_paid_for_is_no_merit() -> None:
    receipt = Receipt(model="m", saved_tokens=900)
    shared = yields([finding("lucky", 100, receipt=receipt)])
    assert (shared.by_facet["lucky"].tokens, shared.by_facet["lucky"].per_1000) == (1_000, 1.0)


def run(engine: str = "extractive", **fields: object) -> Run:
    given = {
        "run_id": "run_1",
        "question": "Why?",
        "plan": catalog.load("gedimat"),
        "engine": engine,
        "shards": ("s",),
        "queued_at": 0.0,
    }
    return Run.model_validate(given | fields)


def progress(**fields: object) -> Progress:
    return Progress.model_validate({"run_id": "run_1", "state": RunState.RUNNING, **fields})


def given_out(asked: Run, number: int, stands: Progress, found: list[Finding]) -> int:
    workers = asked.plan.passes[number - 1].workers
    briefs = [brief(place, "cheap", number) for place in range(1, workers + 1)]
    return workers - len(withholding(asked, number, briefs, stands, found).numbers)


def test_a_run_without_a_limit_withholds_nothing() -> None:
    assert given_out(run(), 2, progress(), KNOWN) == 5


def test_a_limit_that_reaches_to_the_last_pass_withholds_nothing() -> None:
    assert given_out(run(), 2, progress(most_briefs=36, executed=5), KNOWN) == 5


@pytest.mark.parametrize(("left", "seats"), [(30, 5), (15, 3), (6, 1), (1, 1)])
def test_the_passes_before_the_last_share_what_is_left_by_their_size(left: int, seats: int) -> None:
    assert given_out(run(), 2, progress(most_briefs=5 + left, executed=5), KNOWN) == seats


def test_the_last_pass_is_given_out_whole() -> None:
    assert given_out(run(), 8, progress(most_briefs=38, executed=37), KNOWN) == 6


def test_a_first_pass_has_a_brief_for_each_facet_whatever_it_costs() -> None:
    briefs = [brief(place, f"facet {place}", 1) for place in range(1, 6)]
    assert withholding(run(), 1, briefs, progress(most_briefs=6), []) == ((), "max_briefs")


MODEL = "openai:gpt-5-mini"


def test_a_budget_counts_in_what_briefs_of_models_took_so_far() -> None:
    thought = [finding("cheap", 1_000, receipt=Receipt(model="m"), engine=MODEL) for _ in range(5)]
    stands = progress(budget_tokens=20_000, spent_tokens=5_000)
    assert given_out(run(MODEL), 2, stands, thought) == 3
    assert given_out(run(), 2, stands, thought) == 5


def test_before_the_first_brief_a_budget_counts_in_what_was_estimated() -> None:
    expected = run(MODEL, estimate=Estimate(tokens=42_000, cost_usd=4.2))
    assert given_out(expected, 2, progress(budget_tokens=15_000), []) == 3
    assert given_out(expected, 2, progress(budget_usd=1.5), []) == 3


def test_what_is_withheld_is_made_up_for_when_the_limit_reaches_for_all_again() -> None:
    waiting = [brief(4, "cheap"), brief(5, "dear")]
    assert made_up_for(run(), 4, waiting, progress(most_briefs=27), KNOWN) == []
    assert made_up_for(run(), 4, waiting, progress(most_briefs=30), KNOWN) == waiting


def test_before_the_last_pass_as_much_is_made_up_for_as_the_limit_reaches_for() -> None:
    waiting = [brief(5, "dear"), brief(4, "cheap")]
    assert numbers(made_up_for(run(), 8, waiting, progress(most_briefs=1), KNOWN)) == [4]
