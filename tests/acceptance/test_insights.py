"""Two swarms with different shards, one question: what one finds changes what the other looks for."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.swarms import QUESTION, write

CRANE = ("operations/terminal-log.md", 5)


class Asked(NamedTuple):
    """What came of the question, swarm by swarm."""

    installation: Installation
    finance: dict[str, Any]
    operations: dict[str, Any]  # hearing of all runs
    alone: dict[str, Any]  # operations, hearing nobody


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    finance, operations = write(tmp_path_factory.mktemp("swarms"))
    with installed() as installation:
        alone = research(installation, operations, "off")
        yield Asked(installation, research(installation, finance), research(installation, operations), alone)


def research(installation: Installation, folder: Path, insights: str = "all") -> Any:
    return installation.json("research", QUESTION, folder, "--plan", "quick", "--insights", insights)


def cited(run: dict[str, Any]) -> set[tuple[str, int]]:
    return {(each["path"], each["start"]) for finding in run["findings"] for each in finding["citations"]}


def test_the_citation_that_one_found_appears_in_the_briefs_of_the_other(asked: Asked) -> None:
    (line,) = {each["start"] for each in asked.finance["answer"][0]["citations"]}
    store = asked.installation.store()
    given = store.insights.given(f"{asked.operations['run_id']}.1.1")
    assert given is not None
    told = store.insights.findings(given)
    store.close()
    assert {finding.run_id for finding in told} == {asked.finance["run_id"]}
    assert ("finance/disputes.md", line) in {
        (each.path, each.start) for finding in told for each in finding.citations
    }


def test_it_changes_what_the_other_finds(asked: Asked) -> None:
    assert CRANE in cited(asked.operations)
    assert "gearbox of crane 3" in asked.operations["answer"][0]["statement"]
    led = [finding for finding in asked.operations["findings"] if finding.get("insights")]
    assert {each.rpartition("_1_")[0] for finding in led for each in finding["insights"]} == {
        f"finding_{asked.finance['run_id'].removeprefix('run_')}"
    }


def test_without_insights_it_is_not_found_and_the_report_is_poorer(asked: Asked) -> None:
    assert CRANE not in cited(asked.alone)
    assert asked.alone["answer"] == asked.alone["insights"] == []
    assert {finding["kind"] for finding in asked.alone["findings"]} == {"gap"}


def test_the_report_says_where_it_came_from_and_the_lines_can_be_read(asked: Asked) -> None:
    run, finance = asked.operations["run_id"], asked.finance["run_id"]
    path = f"finance@{finance}/disputes.md"
    assert f"Found by `{finance}`" in asked.operations["report"]["markdown"]
    assert path in {each["path"] for each in asked.operations["report"]["citations"]}
    assert asked.operations["roots"][f"finance@{finance}"] == asked.finance["roots"]["finance"]
    shown = asked.installation.swarm("show", run, "--lines", f"{path}:7-7")
    assert "HM-2209" in shown.stdout, shown.stderr
    verified = asked.installation.json("verify", run)
    assert path in {each["path"] for each in verified["citations"]}
    assert verified["verified"] == verified["checked"]


def test_the_first_swarm_learns_from_the_second_when_it_asks_again(asked: Asked, tmp_path: Path) -> None:
    again = research(asked.installation, Path(asked.finance["roots"]["finance"]))
    statements = {insight["statement"] for insight in again["insights"]}
    assert any("gearbox of crane 3" in statement for statement in statements)
    assert again["answer"] == without_ids(asked.finance["answer"], again["answer"])


def without_ids(answer: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An answer with the run's own names of findings and insights taken from the other."""
    ids = [{name: claim[name] for name in ("findings", "insights")} for claim in other]
    return [claim | named for claim, named in zip(answer, ids, strict=True)]


def test_every_finding_is_an_insight_on_the_bus_unless_its_run_hears_nobody(asked: Asked) -> None:
    tail = asked.installation.swarm("bus", "tail", "--no-follow", "--type", "insight.published")
    published = [json.loads(line) for line in tail.stdout.splitlines()]
    runs = {event["run_id"] for event in published}
    assert {asked.finance["run_id"], asked.operations["run_id"]} <= runs
    assert asked.alone["run_id"] not in runs
    (first,) = (
        each for each in published if each["data"]["finding_id"] == asked.finance["findings"][0]["finding_id"]
    )
    assert {"theme:halden", f"run:{asked.finance['run_id']}"} <= set(first["data"]["topics"])


def test_another_word_for_whose_insights_is_refused(asked: Asked) -> None:
    refused = asked.installation.swarm("research", "Why?", "/tmp", "--insights", "everybody")
    assert refused.returncode == 2
    assert "everybody" in refused.stderr
    assert "Traceback" not in refused.stderr
