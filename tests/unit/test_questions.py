"""Files of questions that `swarm bench recall` is given."""

import json
from pathlib import Path

import pytest

from benchmarks.questions import read
from benchmarks.retrieval import Question
from swarm_app.errors import UsageError

TEXT = "One ox.\r\nTwo owls are ö.\nThree.\n"
SPAN = {"start": 0, "end": 7}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "docs" / "b.bin").write_bytes(b"\0")
    return tmp_path / "docs"


def asked(*gold: dict[str, int], document: str = "a.txt") -> str:
    return json.dumps({"question": "Which?", "document": document, "gold": gold, "more": "is passed over"})


def written(folder: Path, *lines: str) -> Path:
    file = folder.parent / "questions.jsonl"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def test_gold_is_given_in_characters_or_in_lines(folder: Path) -> None:
    both = {"start": 1, "end": 2, "first_line": 1, "last_line": 3}
    file = written(folder, asked(SPAN, {"first_line": 2, "last_line": 3}), "", asked(both))
    collection = read(file, folder)
    assert collection.questions == [
        Question("Which?", "a.txt", [(0, 7), (9, len(TEXT))]),
        Question("Which?", "a.txt", [(1, 2)]),
    ]


def test_spans_that_overlap_are_joined(folder: Path) -> None:
    file = written(folder, asked({"start": 9, "end": 12}, {"start": 2, "end": 5}, {"start": 0, "end": 3}))
    assert read(file, folder).questions[0].gold == [(0, 5), (9, 12)]


def test_only_the_documents_that_are_named_are_read_and_each_once(folder: Path) -> None:
    collection = read(written(folder, asked(SPAN), asked(SPAN)), folder)
    assert [text.document.path for text in collection.texts] == ["a.txt"]
    assert "".join(collection.texts[0].lines) == TEXT


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2: Invalid JSON"),
        ("[]", "line 2: Input should be an object"),
        ('{"question": "Which?"}', "line 2: document: Field required"),
        (asked(), "line 2: gold: List should have at least 1 item"),
        (asked({"start": 0}), "line 2: a span needs start and end, or first_line and last_line"),
        (asked({"start": 5, "end": 5}), "line 2: a.txt has the characters 0 to 32, and the span is 5 to 5"),
        (asked({"start": 0, "end": 33}), "Count characters, not bytes"),
        (
            asked({"first_line": 0, "last_line": 1}),
            "line 2: a.txt has the lines 1 to 3, and the span is 0 to 1",
        ),
        (asked(SPAN, document="c.txt"), "line 2: document 'c.txt' in .*: cannot be read: No such file"),
        (asked(SPAN, document="b.bin"), "line 2: document 'b.bin' in .*: binary"),
        (asked(SPAN, document="../questions.jsonl"), "line 2: document '../questions.jsonl' is not below"),
    ],
)
def test_a_wrong_line_is_refused_by_its_number(folder: Path, line: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read(written(folder, asked(SPAN), line), folder)


def test_a_file_without_questions_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="holds no question"):
        read(written(folder, ""), folder)


def test_a_file_that_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read(folder / "none.jsonl", folder)
