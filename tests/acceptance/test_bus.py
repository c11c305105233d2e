"""`swarm bus`, as an outsider uses it beside a real run."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
SESSION = [
    {"type": "query", "from": "sonnet_412174", "to": "haiku", "query_id": "q1", "question": QUESTION},
    {
        "type": "response",
        "from": "haiku_429752",
        "query_id": "q1",
        "answer": "By a lock.",
        "sources": ["handbook.md:4", "retention.md:400-402"],
        "timestamp": 1732139410.456,
    },
]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed() as made:
        folder = write(tmp_path_factory.mktemp("library") / "archive")
        made.json("research", QUESTION, folder, "--plan", "quick")
        yield made


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def tail(installation: Installation, *options: str) -> list[dict[str, Any]]:
    ended = installation.swarm("bus", "tail", "--no-follow", *options)
    assert ended.returncode == 0, ended.stderr
    return lines(ended.stdout)


def post(installation: Installation, folder: Path, *messages: object) -> Any:
    file = folder / "session.jsonl"
    file.write_text("".join(f"{json.dumps(message)}\n" for message in messages), "utf-8")
    return installation.swarm("bus", "post", file)


def test_a_run_is_told_from_its_beginning_to_its_end(installation: Installation) -> None:
    run_id = installation.json("runs")["runs"][0]["run_id"]
    ended = installation.swarm("bus", "tail", "--run", run_id)
    told = [event["type"] for event in lines(ended.stdout)]
    assert (told[0], told[-1]) == ("run.queued", "run.done")
    assert told.count("brief.reported") == 6


def test_a_run_is_exported_with_its_events_and_its_report(installation: Installation) -> None:
    run_id = installation.json("runs")["runs"][0]["run_id"]
    exported = lines(installation.swarm("export", run_id).stdout)
    assert [each["type"] for each in exported] == ["run", *["event"] * (len(exported) - 2), "report"]
    assert exported[0]["data"]["question"] == QUESTION
    assert [each["data"] for each in exported[1:-1]] == tail(installation, "--run", run_id)
    assert exported[-1]["data"] == installation.json("show", run_id)


def test_a_session_of_the_originals_messages_is_posted_and_checked(
    installation: Installation, tmp_path: Path
) -> None:
    posted = post(installation, tmp_path, *SESSION)
    assert posted.returncode == 0, posted.stderr
    (checked,) = lines(posted.stdout)
    assert [source["verdict"] for source in checked["data"]["sources"]] == ["unchecked", "invalid"]
    assert [event["data"] for event in tail(installation, "--type", "query,response")] == SESSION
    assert checked in tail(installation, "--type", "sources.checked")


@pytest.mark.long
def test_an_export_posted_into_an_empty_installation_is_the_same_stream(
    installation: Installation, tmp_path: Path
) -> None:
    """By the command line alone: a run, a session and its verdicts, out of one installation into another."""
    post(installation, tmp_path, *SESSION)
    exported = installation.swarm("bus", "tail", "--from", "beginning", "--no-follow").stdout
    file = tmp_path / "exported.jsonl"
    file.write_text(exported, "utf-8")
    with installed() as empty:
        imported = empty.swarm("bus", "post", file)
        assert imported.returncode == 0, imported.stderr
        assert empty.swarm("bus", "tail", "--from", "beginning", "--no-follow").stdout == exported
    assert {"run.done", "query", "response", "sources.checked"} <= {each["type"] for each in lines(exported)}


def test_a_bad_line_is_named_and_nothing_is_posted(installation: Installation, tmp_path: Path) -> None:
    before = tail(installation)
    posted = post(installation, tmp_path, SESSION[0], {"from": "nobody"}, ["no", "object"])
    assert (posted.returncode, posted.stdout) == (2, "")
    assert "line 2" in posted.stderr
    assert "line 3" in posted.stderr
    assert "Traceback" not in posted.stderr
    assert tail(installation) == before


@pytest.mark.parametrize(
    "arguments", [("tail", "--from", "yesterday"), ("tail", "--run", "no"), ("post", "no")]
)
def test_what_cannot_be_done_is_refused_in_one_line(
    installation: Installation, arguments: tuple[str]
) -> None:
    ended = installation.swarm("bus", *arguments)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)


def test_the_same_stream_is_there_in_python(installation: Installation) -> None:
    program = """
import asyncio
from swarm_app import AsyncSwarm, Swarm

async def main():
    async with AsyncSwarm() as swarm:
        (posted,) = await swarm.bus.post([{"type": "finding", "from": "me"}])
        return posted, [event async for event in swarm.bus.tail(follow=False)]

posted, events = asyncio.run(main())
assert events[-1] == posted
with Swarm() as swarm:
    assert list(swarm.bus.tail(follow=False)) == events
    assert next(iter(swarm.bus.tail(start=posted.event_id))) == posted
"""
    ended = installation.python(program)
    assert ended.returncode == 0, ended.stderr


def test_what_is_asked_and_looked_at_is_there_for_asyncio(installation: Installation) -> None:
    program = f"""
import asyncio
from swarm_app import AsyncSwarm

async def main():
    steps = []
    async with AsyncSwarm() as swarm:
        (run, _), *_ = await swarm.runs()
        answer = await swarm.ask({QUESTION!r}, shards=run.shards, progress=steps.append)
        look = await (await swarm.indicator()).look()
        found = (await (await swarm.run(run.run_id)).report()).findings[0]
        finding, kept = await swarm.receipt(found.finding_id)
        return answer, look, found, finding, kept

answer, look, found, finding, kept = asyncio.run(main())
assert answer.excerpts
assert look["findings"]["count"] == 6
assert (finding.finding_id, kept) == (found.finding_id, None)
"""
    ended = installation.python(program)
    assert ended.returncode == 0, ended.stderr
