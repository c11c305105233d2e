"""Questions that look odd and are right: they are asked, and end well."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write

LONG = "How does the nightly purge make sure that two purges never run at once? " * 139 + "Is it"

GERMAN = "Die Aufbewahrungsfrist für Lieferscheine beträgt neunzig Tage, danach werden sie gelöscht.\n"
CHINESE = "送货单的保存期为九十天，之后将从档案中删除。\n"
RUSSIAN = "Срок хранения накладных составляет девяносто дней, затем они удаляются из архива.\n"

# A question in the words of its reader -> the document that answers it.
LANGUAGES = {
    "chinese": ("送货单保存多少天？", "Übersicht 1/保存.md"),
    "german": ("Wie lang ist die Aufbewahrungsfrist für Lieferscheine?", "Übersicht 1/größe.md"),
    "russian": ("Какой срок хранения накладных?", "Übersicht 1/хранение.md"),
}

ODD = {
    "one word": "purge",
    "nothing but punctuation": "?! … --- ()",
    "beginning with a dash": "-1 or 90 days?",
    "with the marks of query languages": 'title:"archive lock" AND (purge~2 OR *) +day -night [a TO b] \\',
    "with the marks of Markdown and HTML": "<b>What</b> `is` **purged** 🔥 | [here](http://x) #1?",
    "of 10,000 characters": LONG,
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose shard `archive` holds the library."""
    with installed(linger=120) as made:
        made.swarm("shard", "load", "archive", write(tmp_path_factory.mktemp("library") / "archive"))
        yield made


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many languages") / "Übersicht 1"
    folder.mkdir()
    (folder / "保存.md").write_text(CHINESE, "utf-8")
    (folder / "größe.md").write_text(GERMAN, "utf-8")
    (folder / "хранение.md").write_text(RUSSIAN, "utf-8")
    return folder


@pytest.mark.parametrize("case", ODD)
def test_an_odd_question_is_researched_to_the_end(installation: Installation, case: str) -> None:
    ended = installation.swarm("research", "--plan", "quick", "--shards", "archive", "--", ODD[case])
    assert ended.returncode == 0, ended.stderr
    assert "failed" not in ended.stdout + ended.stderr


def test_a_question_that_nothing_answers_is_told_so_beside_what_came_nearest(
    installation: Installation,
) -> None:
    elsewhere = "Which gate voltage of the transistor saturates the amplifier's first stage?"
    answer = installation.json("ask", elsewhere, "--shards", "archive")
    assert answer["answer"].startswith("Nothing was found")
    assert not installation.json("ask", "nightly purge", "--shards", "archive")["answer"].startswith(
        "Nothing"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_are_found_in_their_own_language(
    installation: Installation, languages: Path, language: str
) -> None:
    question, path = LANGUAGES[language]
    answer = installation.json("ask", question, languages, "--tokens", "40")
    assert [excerpt["path"] for excerpt in answer["excerpts"]][:1] == [path]


def test_paths_with_spaces_and_umlauts_are_read_cited_and_written(
    installation: Installation, languages: Path, tmp_path: Path
) -> None:
    (question, path), out = LANGUAGES["german"], tmp_path / "mein Überblick.json"
    ended = installation.swarm("research", question, languages, "--plan", "quick", "--out", out)
    assert ended.returncode == 0, ended.stderr
    report = json.loads(out.read_text("utf-8"))
    assert path in {citation["path"] for citation in report["report"]["citations"]}
    assert report["roots"] == {"Übersicht 1": str(languages)}
