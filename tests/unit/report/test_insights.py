"""A report says what other runs found, where, and what it bears on."""

from swarm_app.contracts.insights import Insight
from swarm_app.contracts.research import Kind
from swarm_app.report.data import to_json
from swarm_app.report.page import to_html
from tests.unit.report.sample import MINUTES, POLICY, RUN, cite, claim, finding, report

HEARD = Insight(
    finding_id="finding_2_1_1",
    run_id="run_2",
    pass_number=1,
    question="Where is it kept?",
    shards=("minutes",),
    statement="Minutes say 90 days.",
    citations=(cite(MINUTES, 2).model_copy(update={"path": "minutes@run_2/2026.txt"}),),
    roots={"minutes@run_2": "/srv/minutes"},
    confidence=0.6,
    reported_at=0.0,
)
LED = claim("The retention period is 30 days.", cite(POLICY, 2)).model_copy(
    update={"insights": ("finding_2_1_1",)}
)


def reported(insight: Insight = HEARD, *claims: object) -> object:
    return finding(1, insights=(insight,), claims=claims or (LED,))


def test_an_insight_of_another_run_is_named_with_its_origin_and_what_it_bears_on() -> None:
    made = report(reported=[reported()])
    section = made.markdown.partition("## Insights from other runs")[2].partition("\n## ")[0]
    assert "Minutes say 90 days. [4] Found by `run_2` in `minutes`; it bears on [1]." in section
    assert "4. `minutes@run_2/2026.txt:2-2`" in made.markdown


def test_an_insight_on_a_gap_bears_on_no_line_of_it() -> None:
    gap = finding(1, kind=Kind.GAP, insights=(HEARD,))
    assert "Found by `run_2` in `minutes`.\n" in report(reported=[gap]).markdown


def test_its_citations_are_checked_and_lead_to_its_documents() -> None:
    made = report(reported=[reported()])
    assert "minutes@run_2/2026.txt" in {citation.path for citation in made.citations}
    assert made.roots == {"docs": "/srv/docs", "minutes@run_2": "/srv/minutes"}


def test_an_insight_whose_lines_do_not_stand_is_dropped() -> None:
    false = HEARD.model_copy(update={"citations": (cite(MINUTES, 2, "words that nobody ever wrote"),)})
    made = report(reported=[reported(false)])
    assert made.insights == ()
    assert "Insights from other runs" not in made.markdown


def test_the_own_run_s_insights_are_not_from_elsewhere() -> None:
    assert report(reported=[reported(HEARD.model_copy(update={"run_id": RUN}))]).insights == ()


def test_an_insight_that_several_findings_name_stands_there_once() -> None:
    assert report(reported=[reported(), finding(2, insights=(HEARD,), claims=(LED,))]).insights == (
        HEARD_AGAIN,
    )


HEARD_AGAIN = HEARD.model_copy(
    update={"citations": tuple(each.model_copy(update={"verdict": "verified"}) for each in HEARD.citations)}
)


def test_the_json_has_it_whole_and_the_finding_names_it() -> None:
    plain = to_json(report(reported=[reported()]))
    assert plain["insights"][0]["run_id"] == "run_2"
    assert plain["findings"][0]["insights"] == ["finding_2_1_1"]
    assert "insights" not in to_json(report())["findings"][0]


def test_its_mark_links_to_its_source_in_the_page() -> None:
    assert 'href="#source-4"' in to_html(report(reported=[reported()]))
