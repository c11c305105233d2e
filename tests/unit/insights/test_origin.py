from pathlib import Path

from swarm_app.contracts.insights import Insight
from swarm_app.contracts.run import Run
from swarm_app.documents.roots import locate
from swarm_app.insights.bearing import Told
from swarm_app.insights.origin import insight_of
from tests.unit.insights.samples import DISPUTED, cited, claim, finding, run


def heard_by(reader: Run, origin: Run) -> Insight:
    told = claim(DISPUTED)
    return insight_of(Told(finding(1, told, of=origin), told), told.citations, origin, reader)


def test_another_run_s_document_is_named_for_the_run_and_can_be_opened() -> None:
    insight = heard_by(run("run_b", roots={"finance": "/home/other/finance"}), run("run_a"))
    assert insight.citations[0].path == "finance@run_a/disputes.md"
    roots = {first: Path(folder) for first, folder in insight.roots.items()}
    assert locate(insight.citations[0].path, roots) == Path("/srv/finance/disputes.md")
    assert (insight.run_id, insight.shards, insight.finding_id) == ("run_a", ("finance",), "finding_a_1_1")


def test_a_folder_that_both_read_has_the_reader_s_name_for_it() -> None:
    insight = heard_by(run("run_b", roots={"finance-2": "/srv/finance"}), run("run_a"))
    assert (insight.citations[0].path, insight.roots) == ("finance-2/disputes.md", {})


def test_the_run_s_own_keeps_its_names() -> None:
    insight = heard_by(run("run_a"), run("run_a"))
    assert (insight.citations[0], insight.roots) == (cited(DISPUTED), {})
