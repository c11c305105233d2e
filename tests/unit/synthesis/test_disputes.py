"""Statements that differ in sense stay apart, and those that cannot both hold are found unasked."""

import pytest

from swarm_app.contracts.research import Claim, Contradiction, Kind
from tests.unit.synthesis.test_synthesis import cited, concluded, finding

YES = "The lighthouse keeps two lamps burning at night."
NO = "The lighthouse does not keep two lamps burning at night."
THREE = "The lighthouse keeps three lamps burning at night."


@pytest.mark.parametrize("other", [NO, THREE], ids=["a no", "a number"])
def test_what_differs_is_two_claims_a_contradiction_and_no_agreement(other: str):
    result = concluded(finding(1, Kind.CLAIM, cited("a.md", YES), cited("b.md", other)))

    assert {claim.statement for claim in result.claims} == {YES, other}
    assert all(len(claim.citations) == 1 for claim in result.claims)
    assert result.agreements == ()
    assert [{pair.left.quote, pair.right.quote} for pair in result.contradictions] == [{YES, other}]


def test_the_answer_shows_both_sides():
    result = concluded(finding(1, Kind.CLAIM, cited("a.md", YES), cited("b.md", NO)))

    assert {claim.statement for claim in result.answer} == {YES, NO}


def test_a_side_that_nobody_claimed_stands_in_the_answer_too():
    left, right = cited("a.md", YES), cited("b.md", NO)
    pair = Contradiction(subject="lamps", difference="negation", left=left, right=right)
    result = concluded(
        finding(1, Kind.CLAIM, left), finding(2, Kind.CONTRADICTION, left, right, contradictions=(pair,))
    )

    assert [claim.statement for claim in result.answer] == [YES, NO]


def test_who_does_what_to_whom_makes_two_claims_that_can_both_hold():
    one, other = "The keeper of the lamps pays the board.", "The board pays the keeper of the lamps."
    result = concluded(finding(1, Kind.CLAIM, cited("a.md", one), cited("b.md", other)))

    assert {claim.statement for claim in result.claims} == {one, other}
    assert result.contradictions == result.agreements == ()


def test_claims_on_one_quote_that_deny_each_other_stay_two():
    quote = cited("a.md", YES)
    claims = tuple(Claim(statement=said, citations=(quote,), confidence=0.6) for said in (YES, NO))
    result = concluded(finding(1, Kind.CLAIM, quote, claims=claims))

    assert {claim.statement for claim in result.claims} == {YES, NO}


def test_a_pair_that_a_worker_reported_is_told_once():
    left, right = cited("a.md", YES), cited("b.md", NO)
    pair = Contradiction(subject="lamps", difference="negation", left=left, right=right)
    result = concluded(
        finding(1, Kind.CLAIM, left, right),
        finding(2, Kind.CONTRADICTION, left, right, contradictions=(pair,)),
    )

    assert [each.findings for each in result.contradictions] == [("finding_2",)]


def test_the_same_said_in_another_order_is_an_agreement():
    one, other = "At night, the lighthouse keeps two lamps burning.", YES
    result = concluded(finding(1, Kind.CLAIM, cited("a.md", one), cited("b.md", other)))

    assert [len(claim.citations) for claim in result.agreements] == [2]
    assert result.contradictions == ()
