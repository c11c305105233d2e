import pytest

from swarm_app.errors import UsageError
from tests.unit.extractive.briefs import brief_of
from workers import plain


def test_a_summary_as_long_as_a_document_is_refused_with_what_to_do() -> None:
    brief = brief_of("Why?")
    assert plain.draft({"summary": "s" * 10_000}, brief).summary == "s" * 10_000
    with pytest.raises(UsageError, match=r"has 10,001 characters.*into a document"):
        plain.draft({"summary": "s" * 10_001}, brief)
