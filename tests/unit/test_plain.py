import pytest

from swarm_app.errors import UsageError
from tests.unit.extractive.briefs import brief_of
from workers import plain


def test_a_summary_as_long_as_a_document_is_refused_with_what_to_do() -> None:
    brief = brief_of("Why?")
    assert plain.draft({"summary": "s" * 10_000}, brief).summary == "s" * 10_000
    with pytest.raises(UsageError, match=r"has 10,001 characters.*into a document"):
        plain.draft({"summary": "s" * 10_001}, brief)


def test_a_finding_that_says_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="no summary"):
        plain.draft({"summary": " "}, brief_of("Why?"))


def test_one_source_may_stand_for_itself() -> None:
    (cited,) = plain.draft({"summary": "So.", "sources": "notes.md:1-2"}, brief_of("Why?")).citations
    assert (cited.path, cited.start, cited.end) == ("notes.md", 1, 2)
