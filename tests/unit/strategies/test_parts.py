from swarm_app.contracts.plan import Guardian, Role
from swarm_app.contracts.research import Claim, Kind, Receipt
from tests.unit.extractive.briefs import brief_of
from tests.unit.strategies.samples import CITED, QUESTION, draft, insight
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


def test_what_the_parts_heard_of_peers_and_put_into_an_answer_is_joined_too() -> None:
    both = joined(
        [
            draft("One.", insights=(insight("f1"),), answer=(claim(1),)),
            draft("Two.", insights=(insight("f1"), insight("f2")), answer=(claim(2),)),
        ]
    )
    assert [each.finding_id for each in both.insights] == ["f1", "f2"]
    assert both.answer == (claim(1), claim(2))


def test_receipts_are_added_up_in_all_that_they_say_but_the_hash_of_a_single_text() -> None:
    one = Receipt(
        model="m",
        calls=1,
        failures=2,
        hedges=3,
        others=("openai:a",),
        lost_usd=0.25,
        cached_tokens=4,
        seconds=0.5,
        shared=5,
        saved_tokens=6,
        saved_usd=0.75,
        left_out=7,
        claims_left_out=8,
        prompt_sha256="abc",
        output_sha256="def",
    )
    two = one.model_copy(update={"priced": False})
    assert set(one.model_dump(exclude_defaults=True)) == set(Receipt.model_fields) - {"priced"}
    both = joined([draft("One.", receipt=one), draft("Two.", receipt=two)]).receipt
    assert both is not None
    assert both.model_dump() == {
        "model": "m",
        "calls": 2,
        "failures": 4,
        "hedges": 6,
        "others": ("openai:a", "openai:a"),
        "lost_usd": 0.5,
        "cached_tokens": 8,
        "priced": False,
        "seconds": 1.0,
        "shared": 10,
        "saved_tokens": 12,
        "saved_usd": 1.5,
        "left_out": 14,
        "claims_left_out": 16,
        "prompt_sha256": "",
        "output_sha256": "",
    }


def test_the_receipt_of_the_only_part_that_has_one_stays_as_it_is() -> None:
    receipt = Receipt(model="m", calls=2, prompt_sha256="abc")
    assert joined([draft("One.", receipt=receipt), draft("Two.")]).receipt == receipt
