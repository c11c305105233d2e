"""`swarm bench`, as a person measures their own collection."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import HANDBOOK, RETENTION
from tests.acceptance.refusals import refusal

LOCK = "Before it removes anything, the purge takes the archive lock"


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, and a pipe: whoever reads more than what is named never ends."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "handbook.md").write_text(HANDBOOK, "utf-8")
    (tmp_path / "docs" / "retention.md").write_text(RETENTION, "utf-8")
    os.mkfifo(tmp_path / "docs" / "endless.md")
    return tmp_path / "docs"


def written(folder: Path, *questions: dict[str, object]) -> Path:
    file = folder.parent / "questions.jsonl"
    file.write_text("".join(f"{json.dumps(question)}\n" for question in questions), "utf-8")
    return file


def test_recall_is_measured_in_one_shard_in_sixteen_and_without_each_part(
    installation: Installation, folder: Path
) -> None:
    start = HANDBOOK.index(LOCK)
    asked = written(
        folder,
        {
            "question": "What does the purge take before it removes anything?",
            "document": "handbook.md",
            "gold": [{"start": start, "end": start + len(LOCK)}],
        },
        {
            "question": "How long is the retention period?",
            "document": "retention.md",
            "gold": [{"first_line": 4, "last_line": 4}],
        },
    )
    ended = installation.swarm("bench", "recall", asked, folder)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("2 questions, 2 documents, ")
    rows = dict(re.findall(r"^(.+?)  +([01]\.\d+ .*)$", ended.stdout, re.MULTILINE))
    for shards in ("1 shard", "16 shard"):
        _, _, hit, *_ = next(words for name, words in rows.items() if name.startswith(shards)).split()
        assert hit == "1.0000"
    assert len([name for name in rows if ", no " in name]) > 1


def test_a_wrong_file_of_questions_is_refused_by_its_line(installation: Installation, folder: Path) -> None:
    asked = written(folder, {"question": "Why?", "document": "none.md", "gold": [{"start": 0, "end": 1}]})
    assert "questions.jsonl, line 1: document 'none.md'" in refusal(
        installation.swarm("bench", "recall", asked, folder)
    )


def test_an_unknown_benchmark_is_refused_with_those_there_are(installation: Installation) -> None:
    assert "There are: answers, asking, assist," in refusal(installation.swarm("bench", "reccall"))


def test_the_benchmarks_are_listed_with_what_they_measure(installation: Installation) -> None:
    listed = installation.swarm("bench", "list").stdout
    assert re.search(r"^recall +How much known evidence a search finds", listed, re.MULTILINE)
