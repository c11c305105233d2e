"""Models and vendors that do what they should not: the run goes on, and says what happened."""

from typing import Any

from llmock.scenarios import Fail, Match, Reply

from tests.acceptance.installation import Installation
from tests.acceptance.keyspace import held
from tests.vendors.server import Asked, Vendors, claim, diligent, hand_in

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
OPENAI, ANTHROPIC = "openai:gpt-5-mini", "anthropic:claude-opus-4-5"
ASKED = ("research", QUESTION, "--shards", "archive", "--plan", "quick")
KEY = "sk-test-openai-0001"
REFUSED = Reply(text="I cannot.", finish_reason="content_filter", times=None, match=Match(provider="openai"))


def calls(server: Vendors, provider: str, since: int) -> int:
    """How many requests that vendor had from there on."""
    return sum(record.provider == provider for record in server.state.journal.records()[since:])


def test_a_refusal_goes_to_the_next_engine_after_one_call(
    installation: Installation, server: Vendors
) -> None:
    server.script.add(REFUSED)
    since = len(server.state.journal.records())
    report = installation.json(*ASKED, "--engine", f"{OPENAI},{ANTHROPIC}")
    assert {each["engine"] for each in report["findings"]} == {ANTHROPIC}
    assert [each for each in report["findings"] if "helped" in each] == []
    assert 0 < calls(server, "openai", since) <= 6


def test_a_refusal_by_the_only_engine_is_a_blocker_that_others_help_with(
    installation: Installation, server: Vendors
) -> None:
    server.script.add(REFUSED)
    since = len(server.state.journal.records())
    report = installation.json(*ASKED, "--engine", OPENAI)
    assert {each["engine"] for each in report["findings"]} == {"extractive"}
    helped = [each["helped"] for each in report["findings"]]
    assert {(each["obstacle"], each["strategy"]) for each in helped} == {("refusal", "another_engine")}
    assert all("refuses to answer" in each["details"] for each in helped)
    assert calls(server, "openai", since) <= 6


def test_a_line_that_no_document_has_is_dropped_whatever_its_number(
    installation: Installation, server: Vendors
) -> None:
    def absurd(asked: Asked) -> Any:
        if not asked.lines:
            return diligent(asked)
        path, _, line = max(asked.lines, key=lambda each: len(each[2]))
        return hand_in("So.", claim("So.", path, 10**30, line), claim("So.", "no/such.md", 1, line))

    server.script.say = absurd
    report = installation.json(*ASKED, "--engine", OPENAI)
    assert {each["attempts"] for each in report["findings"]} == {1}
    assert report["evidence"]["dropped"] == report["evidence"]["checked"] == 12


def test_a_key_that_a_vendor_echoes_is_nowhere(installation: Installation, server: Vendors) -> None:
    server.script.add(
        Fail(400, message=f"Bad key {KEY}"),
        Fail(500, message=f"Bad key {KEY}"),
        Fail(401, message=KEY, times=None),
    )
    report = installation.json(*ASKED, "--engine", OPENAI, status=1)
    assert {each["kind"] for each in report["findings"]} == {"failed"}
    shown = installation.swarm("show", report["findings"][0]["finding_id"], "--receipt")
    said = [str(report), shown.stdout + shown.stderr, held(installation)]
    said += [file.read_text("utf-8") for file in installation.settings.state_dir.rglob("*.log")]
    assert report["run_id"] in said[2]
    assert [KEY in each for each in said] == [False] * len(said)
