"""Queues: named in one place, and read there."""

import re
from pathlib import Path

import pytest

from swarm_app import queues
from swarm_app.contracts.research import Brief

ROOT = Path(__file__).parents[2]
FILES = [
    file
    for package in ("swarm_app", "shard", "workers", "tasks")
    for file in sorted((ROOT / package).rglob("*.py"))
    if file.name != "queues.py"
]
OF_A_SHARD = re.escape(queues.shard_queue(""))


def test_the_shards_of_a_process_are_those_whose_queues_it_consumes() -> None:
    consumed = [queues.RESEARCH, queues.shard_queue("b"), queues.shard_queue("a.1"), "shards"]
    assert queues.shards_of(consumed) == ["b", "a.1"]


def test_a_brief_that_names_no_queue_is_the_workers() -> None:
    assert Brief.model_fields["queue"].default == queues.RESEARCH


@pytest.mark.parametrize("name", [rf"{OF_A_SHARD}(?:[\"']|\{{)", rf"{queues.RESEARCH},{queues.ASSIST}[\"']"])
def test_no_other_module_spells_a_queue(name: str) -> None:
    assert [file for file in FILES if re.search(rf"[\"']{name}", file.read_text("utf-8"))] == []
