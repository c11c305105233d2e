"""`swarm research`, from question to report, on a collection of a person's own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
SCHEMA = Path(__file__).parents[1] / "unit" / "report" / "research.schema.json"


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed() as made:
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("library") / "archive", contradicted=True)


@pytest.fixture(scope="module")
def report(installation: Installation, folder: Path) -> dict[str, Any]:
    answered: dict[str, Any] = installation.json("research", QUESTION, folder)
    return answered


def stands(citation: dict[str, Any], roots: dict[str, str]) -> bool:
    """What any reader can do without this project: open the file, and look for the words in the lines."""
    first, _, rest = citation["path"].partition("/")
    text = (Path(roots[first]) / rest).read_bytes().decode("utf-8")
    lines = (
        text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[citation["start"] - 1 : citation["end"]]
    )
    return " ".join(citation["quote"].split()) in " ".join(" ".join(lines).split())


def held(installation: Installation) -> list[dict[str, Any]]:
    """What the shards hold; who serves them just now is another matter."""
    shards = installation.json("shard", "list")["shards"]
    return [{key: value for key, value in shard.items() if key != "nodes"} for shard in shards]


def cited(report: dict[str, Any]) -> list[dict[str, Any]]:
    findings = [citation for finding in report["findings"] for citation in finding["citations"]]
    return [*report["report"]["citations"], *findings]


def test_the_report_has_the_documented_shape(report: dict[str, Any]) -> None:
    jsonschema.validate(report, json.loads(SCHEMA.read_text("utf-8")))


def test_all_forty_two_workers_of_eight_passes_report(report: dict[str, Any]) -> None:
    assert [passed["workers"] for passed in report["passes"]] == [5, 5, 4, 8, 3, 5, 6, 6]
    assert [passed["reported"] for passed in report["passes"]] == [5, 5, 4, 8, 3, 5, 6, 6]
    assert report["executions"]["briefs"] == report["executions"]["executed"] == 42
    assert report["executions"]["redelivered"] == 0
    assert report["state"] == "done"


def test_every_citation_stands_in_the_file_it_names(report: dict[str, Any]) -> None:
    assert report["report"]["citations"]
    assert [citation for citation in cited(report) if not stands(citation, report["roots"])] == []


def test_the_answer_cites_the_lines_that_answer(report: dict[str, Any]) -> None:
    quotes = " ".join(citation["quote"] for citation in report["report"]["citations"])
    assert "takes the archive lock" in quotes


def test_passes_two_to_seven_each_cite_a_line_that_no_earlier_pass_cited(report: dict[str, Any]) -> None:
    seen: set[tuple[str, int]] = set()
    for number in range(1, 8):
        lines = {
            (citation["path"], line)
            for finding in report["findings"]
            if finding["pass"] == number
            for citation in finding["citations"]
            for line in range(citation["start"], citation["end"] + 1)
        }
        assert lines - seen, f"pass {number} cites nothing new"
        seen |= lines


def test_a_planted_contradiction_is_found(report: dict[str, Any]) -> None:
    disputed = [finding for finding in report["findings"] if finding["kind"] == "contradiction"]
    assert any("30 days" in finding["summary"] and "90 days" in finding["summary"] for finding in disputed)


def test_the_council_votes_with_reasons(report: dict[str, Any]) -> None:
    assert len(report["council"]["votes"]) == 6
    assert all(vote["reason"] for vote in report["council"]["votes"])


def test_the_run_is_remembered_shown_and_verified(installation: Installation, report: dict[str, Any]) -> None:
    run_id = report["run_id"]
    assert run_id in installation.swarm("runs").stdout
    assert installation.json("show", run_id)["findings"] == report["findings"]
    verified = installation.swarm("verify", run_id)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_a_document_that_changed_since_is_shown_as_stale(installation: Installation, tmp_path: Path) -> None:
    folder = write(tmp_path / "living")
    report = installation.json("research", QUESTION, folder, "--plan", "quick")
    with (folder / "docs" / "handbook.md").open("a") as handbook:
        handbook.write("One more line.\n")
    checked = installation.swarm("verify", report["run_id"], "--json")
    assert checked.returncode == 1
    assert json.loads(checked.stdout)["stale"] > 0


def test_no_contradiction_is_found_in_a_clean_collection(installation: Installation, tmp_path: Path) -> None:
    report = installation.json("research", QUESTION, write(tmp_path / "clean"))
    assert [finding for finding in report["findings"] if finding["kind"] == "contradiction"] == []
    assert report["contradictions"] == []


@pytest.mark.parametrize("plan", ["quick", "gedimat"])
def test_two_documents_that_deny_each_other_are_both_told(
    installation: Installation, tmp_path: Path, plan: str
) -> None:
    said = ["The furnace must be cleaned before May.", "The furnace mustn't be cleaned before May."]
    folder = tmp_path / "rules"
    folder.mkdir()
    for place, sentence in enumerate(said):
        (folder / f"{place}.md").write_text(f"{sentence}\n")
    report = installation.json("research", "When must the furnace be cleaned?", folder, "--plan", plan)
    assert sorted(claim["statement"] for claim in report["answer"]) == said
    assert [len(claim["citations"]) for claim in report["answer"]] == [1, 1]
    assert len(report["contradictions"]) == 1
    assert report["agreements"] == []


@pytest.mark.parametrize("suffix", [".md", ".html", ".json"])
def test_the_report_is_written_where_it_was_asked_for(
    installation: Installation, folder: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"report{suffix}"
    ended = installation.swarm("research", QUESTION, folder, "--plan", "quick", "--out", out)
    assert ended.returncode == 0, ended.stderr
    assert "archive lock" in out.read_text("utf-8")


def test_ask_answers_from_memory_with_offsets_that_fit_the_file(
    installation: Installation, folder: Path
) -> None:
    answer = installation.json("ask", QUESTION, folder, "--tokens", "200")
    assert sum(len(excerpt["text"]) for excerpt in answer["excerpts"]) <= 800
    for excerpt in answer["excerpts"]:
        assert set(excerpt) == {"path", "sha256", "start", "end", "start_char", "end_char", "text", "score"}
        text = (folder.parent / excerpt["path"]).read_bytes().decode("utf-8")
        assert text[excerpt["start_char"] : excerpt["end_char"]] == excerpt["text"]


def test_the_same_path_finds_the_same_shard_again(installation: Installation, folder: Path) -> None:
    before = held(installation)
    installation.json("ask", QUESTION, folder)
    assert held(installation) == before
