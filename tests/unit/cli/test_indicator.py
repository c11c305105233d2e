from typing import Any

from swarm_app.cli.indicator import screen

SHARD = {
    "name": "minutes",
    "documents": 2,
    "lines": 9,
    "tokens": 1200,
    "capacity": 200000,
    "version": 1,
    "nodes": 1,
}
RUN = {
    "run_id": "run_1",
    "question": "Who approved it?",
    "state": "running",
    "pass": 2,
    "passes": 8,
    "pass_name": "Primary Analysis",
    "workers": 5,
    "reported": 3,
    "busy": 2,
    "findings": 8,
}


def look(**particular: Any) -> dict[str, Any]:
    return {
        "shards": [SHARD],
        "workers": {"processes": 2, "slots": 32, "busy": 2, "idle": 30},
        "queues": {"research": 4, "assist": 0},
        "cache": {"hits": 5, "misses": 15},
        "assists": {"waiting": 1, "solved": 4, "escalated": 0},
        "discoveries": {"hits": 4, "misses": 36, "saved_tokens": 9000, "saved_usd": 0.02},
        "findings": {"count": 8, "tokens": 4200},
        "usage": {
            "worker_tokens": 90000,
            "coordinator_tokens": 300,
            "by_engine": {"extractive": {"findings": 8, "tokens": 90000, "cost_usd": 0.0}},
        },
        "runs": [RUN],
        **particular,
    }


def test_one_screen_tells_what_the_swarm_holds_and_does() -> None:
    assert screen(look()).splitlines() == [
        "findings  8, 4,200 tokens",
        "workers   2 busy, 30 idle in 2 processes",
        "queues    research 4",
        "cache     5 of 20 searches answered from it",
        "assists   4 solved, 0 escalated, 1 waiting for help",
        "shared    4 of 40 searches, excerpts and calls of these runs, 9,000 tokens of models saved",
        "tokens    workers 90,000, coordinator 300",
        "cost      extractive $0.0000, 8 findings",
        "",
        "shard     minutes: 1,200 of 200,000 tokens, 2 documents, 1 node",
        "",
        "run       run_1 running, pass 2 of 8 Primary Analysis: 3 of 5 reported, 2 at work",
        "          Who approved it?",
    ]


def test_it_stays_one_screen_however_much_there_is() -> None:
    runs = [{**RUN, "question": "Why? " * 100}] * 60
    lines = screen(look(shards=[SHARD] * 200, runs=runs)).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 120
    assert any("and 188 more" in line for line in lines)


def test_an_empty_swarm_says_so() -> None:
    text = screen(look(shards=[], runs=[], queues={"research": 0}))
    assert "queues    empty" in text
    assert "shards    none" in text
    assert "runs      none" in text


def test_a_shard_that_nobody_serves_is_seen() -> None:
    assert "nobody serves it" in screen(look(shards=[{**SHARD, "nodes": 0}]))
