"""What is put to the council, as people and programs write it."""

import json

import pytest

from swarm_app.client.motion import MOST_CLAIMS, read
from swarm_app.errors import UsageError

DRAFT = """How long are records kept?

# Draft

Records are kept for 90 days (docs/retention.md:4), as
the policy says. “The nightly purge removes them after that” [purge.md:7-9].

- No copy is kept.
- Who pays?
"""


def texts(text: str) -> list[str]:
    return [each.text for each in read(text).statements]


def test_text_is_cut_into_sentences_and_its_first_line_is_the_question_if_it_asks_one() -> None:
    assert read(DRAFT).question == "How long are records kept?"
    assert texts(DRAFT) == [
        "Records are kept for 90 days, as the policy says.",
        "“The nightly purge removes them after that”.",
        "No copy is kept.",
        "Who pays?",
    ]


def test_sources_are_read_from_the_sentence_and_quotes_go_with_them() -> None:
    plain, quoted, *_ = read(DRAFT).statements
    assert plain.sources == ({"path": "docs/retention.md", "start": 4, "end": 4},)
    assert quoted.sources == (
        {"path": "purge.md", "start": 7, "end": 9, "quote": "The nightly purge removes them after that"},
    )


def test_a_question_alone_is_judged_as_it_stands() -> None:
    motion = read("Should records be kept for 30 days?\n")
    assert [motion.question] == [each.text for each in motion.statements]


def test_a_time_of_day_is_no_source() -> None:
    assert read("The purge runs at 02:00 and again at 14:30.").statements[0].sources == ()


def test_json_has_claims_with_sources() -> None:
    claims = ["One.", {"statement": "Two.", "sources": ["a.md:1-2"], "confidence": 0.9}]
    motion = read(json.dumps({"question": "Why?", "claims": claims}))
    assert motion.question == "Why?"
    assert [(each.text, each.sources, each.confidence) for each in motion.statements] == [
        ("One.", (), 0.5),
        ("Two.", ("a.md:1-2",), 0.9),
    ]


def test_json_may_have_its_text_as_answer_draft_or_decision() -> None:
    for name in ("answer", "draft", "decision", "text"):
        assert texts(json.dumps({name: "We keep it. We say so."})) == ["We keep it.", "We say so."]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing to judge"),
        ("---\n***\n", "nothing to judge"),
        ('{"question": 1', "Line 1: not JSON"),
        ('{"claims": 3}', "no claims"),
        ('{"claims": [3]}', "Claim 1 has no statement"),
        ('{"claims": [{"statement": "s", "sources": "a.md:1"}]}', "Claim 1: its sources"),
        ("One. " * (MOST_CLAIMS + 1), "too many"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read(text)


def test_json_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(UsageError, match="nested too deeply"):
        read('{"question": ' + "[" * 50_000)
