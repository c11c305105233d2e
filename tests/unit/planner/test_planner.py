import pytest

from shard.planner import Holding, plan_pass
from swarm_app.contracts.documents import Citation, Part, Verdict
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Claim, Contradiction, Synthesis
from swarm_app.contracts.run import Run
from swarm_app.plans import catalog

QUESTION = "Why did the harbour committee move the ferry terminal to the east quay?"
PATHS = [f"harbour/{folder}/{name}.md" for folder in ("minutes", "plans", "letters") for name in "abcd"]


def run_of(plan: str = "gedimat", question: str = QUESTION) -> Run:
    return Run(
        run_id="run_1",
        question=question,
        plan=catalog.load(plan),
        engine="extractive",
        shards=("harbour",),
        documents=len(PATHS),
        queued_at=0.0,
    )


def holdings(paths: list[str]) -> list[Holding]:
    return [
        Holding(
            "harbour", Part(path=path, sha256="0" * 64, kind="markdown", start=1, end=90, tokens=100 + place)
        )
        for place, path in enumerate(paths)
    ]


def cited(path: str, start: int, quote: str) -> Citation:
    return Citation(
        path=path, start=start, end=start + 1, quote=quote, sha256="0" * 64, verdict=Verdict.VERIFIED
    )


def synthesis(number: int = 1, *, empty: bool = False) -> Synthesis:
    silt = cited(PATHS[0], 10, "Silt closes the western basin every second winter.")
    cost = cited(PATHS[5], 40, "Dredging would cost 4 million crowns a year.")
    claims = (
        Claim(statement=silt.quote, citations=(silt,), confidence=0.7, findings=("finding_1",)),
        Claim(statement=cost.quote, citations=(cost,), confidence=0.5, findings=("finding_2",)),
    )
    return Synthesis(
        run_id="run_1",
        pass_number=number,
        pass_name="Signal Capture",
        role=Role.SIGNAL,
        summary="",
        answer=() if empty else claims[:1],
        claims=() if empty else claims,
        contradictions=()
        if empty
        else (Contradiction(subject="the cost of dredging", difference="number", left=silt, right=cost),),
        open_questions=() if empty else ("Who paid for the new pier?",),
        terms=() if empty else ("silt", "dredging"),
    )


@pytest.mark.parametrize("plan", catalog.BUILTIN)
@pytest.mark.parametrize("earlier", [(), (synthesis(),)], ids=["nothing known", "something known"])
@pytest.mark.parametrize("paths", [[], PATHS[:1], PATHS], ids=["no document", "one document", "many"])
def test_every_pass_gets_exactly_its_workers_briefs_and_no_two_alike(plan, earlier, paths):
    run = run_of(plan)

    for number, spec in enumerate(run.plan.passes, 1):
        briefs = plan_pass(run, number, earlier, holdings(paths))

        assert [brief.number for brief in briefs] == list(range(1, spec.workers + 1))
        assert len({(brief.angle, brief.scope) for brief in briefs}) == spec.workers


def test_a_pass_of_four_hundred_workers_gets_four_hundred_different_briefs():
    run = run_of("quick", question="Why?")
    wide = run.plan.passes[0].model_copy(update={"workers": 400})
    run = run.model_copy(update={"plan": run.plan.model_copy(update={"passes": (wide,)})})

    briefs = plan_pass(run, 1, (), holdings(PATHS[:2]))

    assert len({brief.angle for brief in briefs}) == 400


def test_planning_the_same_pass_twice_gives_the_same_briefs():
    assert plan_pass(run_of(), 4, (synthesis(),), holdings(PATHS)) == plan_pass(
        run_of(), 4, (synthesis(),), holdings(PATHS)
    )


def test_the_first_pass_looks_into_the_questions_own_phrases():
    angles = [brief.angle for brief in plan_pass(run_of(), 1, (), holdings(PATHS))]

    assert angles[0] == QUESTION
    assert "ferry terminal to the east quay" in angles


def test_the_second_pass_goes_where_claims_surfaced_with_the_words_learnt_there():
    brief = plan_pass(run_of(), 2, (synthesis(),), holdings(PATHS))[0]

    assert brief.scope == (PATHS[0],)
    assert "silt" in brief.angle.lower()


def test_the_second_pass_searches_for_what_the_strongest_claims_say():
    briefs = plan_pass(run_of(), 2, (synthesis(),), holdings(PATHS))
    said = {claim.statement for claim in synthesis().claims}

    assert any(said & set(brief.queries) for brief in briefs)


@pytest.mark.parametrize("number", range(2, 9))
def test_emptying_the_first_synthesis_changes_every_later_pass(number):
    full = plan_pass(run_of(), number, (synthesis(),), holdings(PATHS))
    emptied = plan_pass(run_of(), number, (synthesis(empty=True),), holdings(PATHS))

    assert full != emptied


def test_rigor_gives_each_worker_one_claim():
    briefs = plan_pass(run_of(), 3, (synthesis(),), holdings(PATHS))

    assert [brief.claims[0].findings for brief in briefs[:2]] == [("finding_1",), ("finding_2",)]


def test_lines_cited_before_are_known_to_every_later_worker():
    briefs = plan_pass(run_of(), 3, (synthesis(),), holdings(PATHS))

    assert {(span.path, span.start) for span in briefs[0].known} == {(PATHS[0], 10), (PATHS[5], 40)}


def test_a_survey_divides_the_collection_so_that_each_document_has_one_worker():
    briefs = plan_pass(run_of(), 4, (), holdings(PATHS))

    readers = [[brief.number for brief in briefs if path.startswith(brief.scope)] for path in PATHS]
    assert all(len(numbers) == 1 for numbers in readers)


def test_debug_confronts_a_contradiction_that_is_known_first():
    brief = plan_pass(run_of(), 6, (synthesis(),), holdings(PATHS))[0]

    assert brief.contradictions[0].subject == "the cost of dredging"


def test_a_deep_dive_follows_the_open_questions():
    brief = plan_pass(run_of(), 7, (synthesis(),), holdings(PATHS))[0]

    assert brief.open_questions == ("Who paid for the new pier?",)
    assert any("silt" in query for query in brief.queries)


def test_each_guardian_judges_the_draft_answer():
    briefs = plan_pass(run_of(), 8, (synthesis(),), holdings(PATHS))

    assert [brief.guardian.duty for brief in briefs if brief.guardian] == [
        each.duty for each in catalog.COUNCIL
    ]
    assert all(brief.claims == synthesis().answer for brief in briefs)


@pytest.mark.parametrize("plan", ["quick", "gedimat"])
def test_each_of_several_questions_is_looked_for_by_itself(plan: str):
    run = run_of(plan, "Where does the ferry land, and how tall is the tower of the quay?")
    angles = [brief.angle for brief in plan_pass(run, 1, (), holdings(PATHS))]

    assert angles[:3] == [run.question, "Where does the ferry land", "How tall is the tower of the quay"]
