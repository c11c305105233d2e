import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from swarm_app.contracts.documents import Citation, EvidenceCount, Excerpt, Verdict
from swarm_app.contracts.research import Claim, Contradiction, Draft, Kind
from swarm_app.errors import UsageError
from swarm_app.evidence import ENOUGH, against_file, check, gate_draft, is_enough, parse_source, pin

SHA = "5" * 64
LINES = [
    "The retention period is thirty days,\r\n",
    "\tcounted   from\u00a0the last load.\r\n",
    "Nobody may extend it — not even the owner.\n",
]
QUOTE = "The retention period is thirty days"


class Shelf:
    """Document versions in memory, sha256 -> lines; remembers what it was asked for."""

    def __init__(self, documents: Mapping[str, list[str]]) -> None:
        self._documents = documents
        self.asked: list[tuple[str, int, int]] = []

    def lines(self, sha256: str, start: int, end: int) -> list[str] | None:
        self.asked.append((sha256, start, end))
        return self._documents[sha256][start - 1 : end] if sha256 in self._documents else None


@pytest.fixture
def shelf() -> Shelf:
    return Shelf({SHA: LINES, "long": ["a line of the long document\n"] * 100})


def cite(
    quote: str = QUOTE, start: int = 1, end: int = 1, sha256: str = SHA, path: str = "docs/a.md"
) -> Citation:
    return Citation(path=path, start=start, end=end, quote=quote, sha256=sha256)


def verdict(shelf: Shelf, quote: str, start: int = 1, end: int = 3) -> Verdict:
    return check(cite(quote, start, end), shelf).verdict


def test_a_quote_that_stands_in_its_lines_is_verified(shelf: Shelf) -> None:
    assert check(cite(), shelf) == cite().model_copy(update={"verdict": Verdict.VERIFIED})


@pytest.mark.parametrize(
    "quote",
    [
        "thirty days, counted from the last load.",
        "thirty days,\ncounted\tfrom the\n\n\nlast load.",
        "  thirty days,\r\n\tcounted   from\u00a0the last load.\r\n",
        "thirty\u2003days,\u2028counted\x0bfrom\u3000the last load.",
    ],
)
def test_white_space_makes_no_difference(shelf: Shelf, quote: str) -> None:
    assert verdict(shelf, quote) is Verdict.VERIFIED


@pytest.mark.parametrize(
    "quote",
    [
        "The retention period is ninety days",
        "the retention period is thirty days",
        "The retentionperiod is thirty days",
        "The retention period\u200b is thirty days",
        "Nobody may extend it - not even the owner.",
        "The retention period … the last load.",
        QUOTE * 100_000,
    ],
    ids=["word", "case", "joined", "zero-width", "dash", "ellipsis", "huge"],
)
def test_any_other_difference_makes_a_quote_invalid(shelf: Shelf, quote: str) -> None:
    assert verdict(shelf, quote) is Verdict.INVALID


def test_a_quote_that_stands_beside_its_lines_is_invalid(shelf: Shelf) -> None:
    assert verdict(shelf, QUOTE, start=2, end=3) is Verdict.INVALID


def test_a_quote_needs_twenty_characters(shelf: Shelf) -> None:
    assert verdict(shelf, "The retention period") is Verdict.VERIFIED
    assert verdict(shelf, "he retention period") is Verdict.INVALID


@pytest.mark.parametrize("quote", [" " * 40, "\n\t\u3000" * 20, "\u200b" * 40, "is\u200b" + "\u200b" * 40])
def test_what_does_not_show_is_no_quote(quote: str) -> None:
    assert verdict(Shelf({SHA: [quote + "\n", "two\n", "three\n"]}), quote) is Verdict.INVALID


@pytest.mark.parametrize(("start", "end"), [(3, 1), (3, 4), (4, 4), (0, 1), (-3, 1), (1, 10**15)], ids=str)
def test_lines_that_are_not_there_are_invalid(shelf: Shelf, start: int, end: int) -> None:
    citation = cite().model_copy(update={"start": start, "end": end})
    assert check(citation, shelf).verdict is Verdict.INVALID


def test_a_citation_spans_at_most_forty_lines(shelf: Shelf) -> None:
    quote = "a line of the long document"
    assert check(cite(quote, 1, 40, "long"), shelf).verdict is Verdict.VERIFIED
    assert check(cite(quote, 1, 41, "long"), shelf).verdict is Verdict.INVALID


def test_a_citation_of_another_version_is_invalid(shelf: Shelf) -> None:
    assert check(cite(sha256="6" * 64), shelf).verdict is Verdict.INVALID


def test_a_bare_source_is_unchecked_if_its_lines_are_there(shelf: Shelf) -> None:
    assert verdict(shelf, "", end=3) is Verdict.UNCHECKED
    assert verdict(shelf, "", end=4) is Verdict.INVALID


def test_the_verdict_that_a_citation_comes_with_does_not_count(shelf: Shelf) -> None:
    claimed = cite("These words stand nowhere at all").model_copy(update={"verdict": Verdict.VERIFIED})
    assert check(claimed, shelf).verdict is Verdict.INVALID


def test_the_gate_keeps_what_stands_in_order_and_counts_the_rest(shelf: Shelf) -> None:
    wrong, bare = cite("These words stand nowhere at all"), cite("")
    gated, count = gate_draft(draft(citations=(bare, wrong, cite())), shelf)
    assert [citation.verdict for citation in gated.citations] == [Verdict.UNCHECKED, Verdict.VERIFIED]
    assert count == EvidenceCount(checked=3, verified=1, dropped=1, unchecked=1)


def test_the_gate_checks_counts_and_keeps_a_citation_once(shelf: Shelf) -> None:
    gated, count = gate_draft(draft(citations=(cite(), cite())), shelf)
    assert (len(gated.citations), count, len(shelf.asked)) == (1, EvidenceCount(checked=1, verified=1), 1)


def test_a_pinned_citation_gets_the_version_of_its_path() -> None:
    assert pin(cite(sha256=""), {"docs/a.md": SHA}).sha256 == SHA


@pytest.mark.parametrize("versions", [{}, {"docs/b.md": SHA}, {"docs/a.md": "long"}])
def test_a_path_that_is_not_of_the_version_it_names_is_invalid(
    shelf: Shelf, versions: dict[str, str]
) -> None:
    gated, count = gate_draft(draft(citations=(cite(),)), shelf, versions)
    assert (gated.citations, count) == ((), EvidenceCount(checked=1, dropped=1))


def claim(*citations: Citation) -> Claim:
    return Claim(statement="It is thirty days.", citations=citations, confidence=0.5)


def draft(**parts: object) -> Draft:
    return Draft.model_validate(
        {"kind": Kind.CLAIM, "summary": "It is thirty days.", "confidence": 0.5, **parts}
    )


WRONG = cite("These words stand nowhere at all")


def test_a_claim_left_without_a_citation_is_dropped(shelf: Shelf) -> None:
    gated, count = gate_draft(draft(claims=(claim(WRONG), claim(WRONG, cite()), claim())), shelf)
    assert [[citation.quote for citation in kept.citations] for kept in gated.claims] == [[QUOTE]]
    assert count == EvidenceCount(checked=2, verified=1, dropped=1)


def test_a_contradiction_with_a_side_that_fails_is_dropped(shelf: Shelf) -> None:
    other = cite("Nobody may extend it", 3, 3)
    sides = [(cite(), other), (cite(), WRONG), (WRONG, other)]
    contradictions = [
        Contradiction(subject="retention", difference="number", left=left, right=right)
        for left, right in sides
    ]
    gated, count = gate_draft(draft(contradictions=contradictions), shelf)
    assert [(kept.left.verdict, kept.right.verdict) for kept in gated.contradictions] == [
        (Verdict.VERIFIED, Verdict.VERIFIED)
    ]
    assert count == EvidenceCount(checked=3, verified=2, dropped=1)


def test_a_citation_used_all_over_a_draft_counts_once(shelf: Shelf) -> None:
    gated, count = gate_draft(draft(citations=(cite(), WRONG), claims=(claim(cite()), claim(cite()))), shelf)
    assert len(gated.citations) == 1
    assert len(gated.claims) == 2
    assert count == EvidenceCount(checked=2, verified=1, dropped=1)


def test_a_gated_draft_keeps_everything_else(shelf: Shelf) -> None:
    given = draft(terms=("retention",), open_questions=("Since when?",))
    assert gate_draft(given, shelf) == (given, EvidenceCount())


@pytest.fixture
def today(tmp_path: Path) -> Path:
    file = tmp_path / "a.md"
    file.write_text("".join(LINES), newline="")
    return file


def verified(file: Path) -> Citation:
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return cite(sha256=sha256).model_copy(update={"verdict": Verdict.VERIFIED})


def test_a_citation_of_an_unchanged_file_stays_as_it_was_checked(today: Path) -> None:
    assert against_file(verified(today), today) == verified(today)


def test_a_citation_of_a_changed_file_is_stale_even_if_its_words_still_stand(today: Path) -> None:
    citation = verified(today)
    today.write_text("".join(LINES) + "One more line.\n", newline="")
    assert against_file(citation, today).verdict is Verdict.STALE


def test_a_citation_of_a_file_that_is_gone_is_stale(today: Path) -> None:
    citation = verified(today)
    today.unlink()
    assert against_file(citation, today).verdict is Verdict.STALE
    assert against_file(citation, None).verdict is Verdict.STALE


def test_an_invalid_citation_does_not_become_stale(today: Path) -> None:
    citation = verified(today).model_copy(update={"verdict": Verdict.INVALID})
    assert against_file(citation, None).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("source", "parsed"),
    [
        ("SESSION-RESUME.md:87-92", ("SESSION-RESUME.md", 87, 92)),
        ("FILE.md:12", ("FILE.md", 12, 12)),
        (" docs/a b:c.md:1-1 ", ("docs/a b:c.md", 1, 1)),
    ],
)
def test_a_source_is_a_path_and_lines(source: str, parsed: tuple[str, int, int]) -> None:
    assert parse_source(source) == parsed


@pytest.mark.parametrize(
    "source",
    [
        "",
        "FILE.md",
        "FILE.md:",
        ":12",
        "FILE.md:0",
        "FILE.md:9-8",
        "FILE.md:-3",
        "F:1-2-3",
        "F:" + "9" * 5000,
    ],
)
def test_a_source_without_lines_is_refused(source: str) -> None:
    with pytest.raises(UsageError, match="Write a source as PATH:FIRST-LAST"):
        parse_source(source)


def test_one_excerpt_that_holds_enough_of_its_query_is_evidence() -> None:
    found = Excerpt(path="a.txt", sha256="f" * 64, start=1, end=1, start_char=0, end_char=1, text="x")
    weak, strong = (found.model_copy(update={"score": ENOUGH + more}) for more in (-0.01, 0.01))
    assert is_enough([weak, strong])
    assert not is_enough([weak])
    assert not is_enough([])
