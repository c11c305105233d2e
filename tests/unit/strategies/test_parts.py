from swarm_app.contracts.plan import Guardian, Role
from swarm_app.contracts.research import Claim, Kind, Receipt
from tests.unit.extractive.briefs import brief_of
from tests.unit.strategies.samples import CITED, QUESTION, draft
from workers.strategies.parts import MOST_PARTS, joined, split


def claim(number: int) -> Claim:
    return Claim(statement=f"Claim {number}.", confidence=0.5, citations=(CITED,))


def test_a_brief_is_split_by_what_it_lists_and_every_item_is_in_one_part() -> None:
    brief = brief_of(QUESTION, queries=("one", "two"), claims=tuple(map(claim, range(7))))
    parts = split(brief)
    assert len(parts) == MOST_PARTS
    assert sorted(each.statement for part in parts for each in part.claims) == [
        each.statement for each in brief.claims
    ]
    assert [part.queries for part in parts] == [("one",), ("two",), ("one",)], "each has something to ask"


def test_a_brief_of_one_item_and_a_guardian_s_are_not_split() -> None:
    assert split(brief_of(QUESTION)) == [brief_of(QUESTION)]
    guardian = Guardian(name="auditor", duty="evidence")
    judged = brief_of(QUESTION, Role.GUARD, guardian=guardian, claims=tuple(map(claim, range(7))))
    assert split(judged) == [judged]


def test_drafts_are_joined_with_all_that_they_found_and_took() -> None:
    one = draft("One.", claims=(claim(1),), input_tokens=10, cost_usd=0.1, engine="a")
    two = draft("Two.", claims=(claim(1), claim(2)), input_tokens=5, output_tokens=3, confidence=0.8)
    both = joined([one, two])
    assert both.summary == "One. Two."
    assert both.claims == (claim(1), claim(2))
    assert both.citations == (CITED,)
    assert (both.input_tokens, both.output_tokens, both.cost_usd) == (15, 3, 0.1)
    assert (both.confidence, both.engine) == (0.8, "a")


def test_what_found_nothing_adds_its_cost_and_no_words() -> None:
    both = joined([draft("One."), draft("Nothing found.", Kind.GAP, input_tokens=7)])
    assert (both.kind, both.summary, both.input_tokens) == (Kind.CLAIM, "One.", 7)


def test_receipts_are_added_up_without_the_hash_of_a_single_text() -> None:
    receipt = Receipt(model="m", calls=2, failures=1, prompt_sha256="abc")
    both = joined([draft("One.", receipt=receipt), draft("Two.", receipt=receipt)]).receipt
    assert both is not None
    assert (both.calls, both.failures, both.prompt_sha256) == (4, 2, "")
    assert joined([draft("One.", receipt=receipt), draft("Two.")]).receipt == receipt
