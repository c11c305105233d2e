"""A link instead of a repeated claim changes no answer."""

from hypothesis import given
from hypothesis import strategies as some

from shard.synthesis import synthesise
from swarm_app.contracts.research import Claim, Finding, Kind
from swarm_app.insights.links import linked, unlinked
from tests.unit.synthesis.test_synthesis import LAMPS, RUN, cited, finding

OIL = "Oil for the two lamps is kept dry in the lower store room."
KEEPER = "The keeper of the lighthouse trims both lamps at dusk."
QUOTES = (LAMPS, OIL, KEEPER, f"{LAMPS} {KEEPER}")


def claim(place: int, confidence: float = 0.6, facet: str = "") -> Claim:
    return Claim(
        statement=QUOTES[place],
        citations=(cited("a.md", QUOTES[place], start=place // 2 + 1),),
        confidence=confidence,
        facet=facet,
    )


def reported(place: int, *claims: Claim, kind: Kind = Kind.CLAIM) -> Finding:
    citations = tuple(citation for each in claims for citation in each.citations)
    return finding(place, kind, *citations, claims=claims)


def in_turn(findings: list[Finding]) -> list[Finding]:
    """Each compared with those before it."""
    seen: list[Finding] = []
    for each in findings:
        seen.append(linked(each, seen))
    return seen


def test_a_claim_that_a_peer_reported_is_a_link_to_it() -> None:
    first, second = in_turn([reported(1, claim(0)), reported(2, claim(0), claim(1))])
    assert second.claims == (claim(1),)
    assert [(link.finding_id, link.path, link.start) for link in second.links] == [("finding_1", "a.md", 1)]
    assert first.links == ()


def test_a_finding_that_only_repeats_is_still_one_with_its_citations_and_says_so() -> None:
    _, second = in_turn([reported(1, claim(0)), reported(2, claim(0))])
    assert (second.kind, second.claims, second.stated) == (Kind.CLAIM, (), ())
    assert second.citations == claim(0).citations
    assert second.summary == "A peer found it before: summary"


def test_other_words_on_the_same_lines_are_no_repetition() -> None:
    other = Claim(statement="Two lamps burn.", citations=claim(0).citations, confidence=0.9)
    assert in_turn([reported(1, claim(0)), reported(2, other)])[1].links == ()


def test_the_same_words_from_other_lines_are_no_repetition() -> None:
    copied = Claim(statement=LAMPS, citations=(cited("b.md", LAMPS),), confidence=0.9)
    assert in_turn([reported(1, claim(0)), reported(2, copied)])[1].links == ()


def test_support_stays_as_it_is() -> None:
    support = reported(2, claim(0), kind=Kind.CORROBORATION)
    assert linked(support, [reported(1, claim(0))]) == support


def test_a_link_to_a_finding_that_is_gone_is_left_out() -> None:
    second = in_turn([reported(1, claim(0)), reported(2, claim(0), claim(1))])[1]
    assert unlinked([second], ())[0].claims == (claim(1),)


def test_a_late_finding_s_link_is_resolved_from_what_is_known() -> None:
    second = in_turn([reported(1, claim(0)), reported(2, claim(0))])[1]
    known = claim(0).model_copy(update={"findings": ("finding_1",)})
    assert [each.statement for each in unlinked([second], [known])[0].claims] == [LAMPS]


picked = some.lists(
    some.builds(claim, some.integers(0, 3), some.floats(0, 1), some.sampled_from(["", "lamps", "oil"])),
    max_size=4,
    unique_by=lambda each: each.statement,
)


@given(some.lists(picked, max_size=6))
def test_a_synthesis_of_links_is_the_synthesis_of_the_claims(drafts: list[list[Claim]]) -> None:
    plain = [reported(place, *claims) for place, claims in enumerate(drafts, 1) if claims]
    turned = in_turn(plain)
    assert unlinked(turned, ()) == [
        each.model_copy(update={"summary": new.summary}) for each, new in zip(plain, turned, strict=True)
    ]
    assert synthesise(RUN, 1, (), turned, ()) == synthesise(RUN, 1, (), plain, ())
