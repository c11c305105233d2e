"""Engines of a user's own: listed, chosen by name, and never trusted."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.acceptance.flower import Flower
from tests.acceptance.installation import Installation, installed, path_of
from tests.acceptance.library import write
from tests.acceptance.own_engines import install
from tests.acceptance.refusals import refusal, remembered
from tests.acceptance.stack_helpers import wait_until

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
TOLD = 9  # citations of one brief of the engine `liar`, beside the true one


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with those engines, whose shard `archive` holds the library."""
    packages = install(tmp_path_factory.mktemp("site-packages"))
    with installed(path_of(packages), linger=120) as made:
        made.swarm("shard", "load", "archive", write(tmp_path_factory.mktemp("library") / "archive"))
        yield made


def research(installation: Installation, engine: str, status: int = 0) -> dict[str, Any]:
    asked = ("research", QUESTION, "--shards", "archive", "--plan", "quick", "--engine", engine)
    report: dict[str, Any] = installation.json(*asked, status=status)
    return report


@pytest.fixture(scope="module")
def lies(installation: Installation) -> dict[str, Any]:
    return research(installation, "liar")


def test_an_engine_is_listed_with_its_own_summary(installation: Installation) -> None:
    listed = {engine["name"]: engine["summary"] for engine in installation.json("engines")["engines"]}
    assert listed["reader"] == "quotes what it finds first"
    assert "extractive" in listed


def test_an_engine_that_cannot_be_used_is_listed_with_the_reason(installation: Installation) -> None:
    listed = {engine["name"]: engine["summary"] for engine in installation.json("engines")["engines"]}
    assert "No module named 'no_such_module_anywhere'" in listed["absent"]
    assert "Nameless" in listed["nameless"]
    assert "investigate()" in listed["mute"]


def test_an_engine_is_used_by_its_name(installation: Installation) -> None:
    report = research(installation, "reader")
    assert report["engine"] == "reader"
    assert {finding["engine"] for finding in report["findings"]} == {"reader"}
    assert all(finding["summary"].startswith("It says: ") for finding in report["findings"])
    assert report["report"]["citations"]
    assert list(report["usage"]["by_engine"]) == ["reader"]


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        ("absent", "Engine absent (no_such_module_anywhere:Engine) cannot be loaded"),
        ("mute", "Engine mute (own_engines_of_a_user:Mute) has no name, summary and investigate()"),
    ],
)
def test_an_engine_that_cannot_be_used_is_refused_by_its_name(
    installation: Installation, engine: str, words: str
) -> None:
    before = remembered(installation)
    refused = installation.swarm("research", QUESTION, "--shards", "archive", "--engine", engine)
    assert words in refusal(refused)
    assert remembered(installation) == before


@pytest.mark.parametrize(
    ("engine", "reason"),
    [
        ("faulty", "KeyError: 'the lamp is out'"),
        ("forgetful", "returned no draft, but None: its investigate"),
    ],
)
def test_an_engine_that_fails_becomes_failed_findings_with_the_reason(
    installation: Installation, engine: str, reason: str
) -> None:
    report = research(installation, engine, status=1)
    assert report["state"] == "done"
    assert [passed["failed"] for passed in report["passes"]] == [4, 2]
    assert {finding["kind"] for finding in report["findings"]} == {"failed"}
    assert all(reason in finding["summary"] for finding in report["findings"])
    assert reason.split(":", maxsplit=1)[0] in report["report"]["markdown"]


def test_invented_citations_are_dropped_and_counted(lies: dict[str, Any]) -> None:
    assert lies["evidence"]["dropped"] == TOLD * len(lies["findings"])


def test_true_citations_among_invented_ones_are_kept(lies: dict[str, Any]) -> None:
    for finding in lies["findings"]:
        assert [citation["verdict"] for citation in finding["citations"]] == ["verified"]


def test_invented_citations_are_never_shown(lies: dict[str, Any]) -> None:
    shown = {citation["path"] for citation in lies["report"]["citations"]}
    assert all(path.startswith("archive/") and "nowhere" not in path for path in shown)
    assert "nowhere.md" not in lies["report"]["markdown"]
    assert "/etc/passwd" not in lies["report"]["markdown"]


def test_a_claim_without_one_citation_that_stands_is_not_shown_as_evidence(
    installation: Installation,
) -> None:
    report = research(installation, "perjurer")
    assert report["evidence"]["verified"] == 0
    assert report["report"]["citations"] == []
    assert "INVENTED" not in report["report"]["markdown"].split("## ")[1]


def test_a_brief_that_failed_is_red_in_flower_with_its_reason(installation: Installation) -> None:
    flower = Flower()
    with installation.process("celery", "-A", "swarm_app", "flower", *flower.options):
        wait_until(flower.answers, "Flower answers")
        research(installation, "faulty", status=1)
        wait_until(lambda: flower.states()["FAILURE"] == 6, "Flower shows six failed briefs")
        assert flower.states()["SUCCESS"] == 3, "the start and two syntheses"
        assert all(
            "the lamp is out" in task["exception"] for task in flower.tasks() if task["state"] == "FAILURE"
        )
