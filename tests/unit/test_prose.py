"""Sentences of a model's answer, and whether what they cite bears on them."""

import pytest

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Claim
from swarm_app.prose import bears, judged, sentences

PURGE = Citation(
    path="purge.md", start=3, end=3, quote="The purge takes a lease of 30 seconds on the archive."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It ends. then it goes on.", ["It ends.", "then it goes on."]),
        ("- a point\n- another\n", ["- a point", "- another"]),
        ("It waits (e.g. for a lease) 2.5 s.", ["It waits (e.g. for a lease) 2.5 s."]),
        ("“It is so.” They say.", ["“It is so.”", "They say."]),
        ("J. Smith wrote No. 5.", ["J. Smith wrote No. 5."]),
        ("Prof. Lee lived in St. Ives.", ["Prof. Lee lived in St. Ives."]),
        ("It is so [1]. And so [2, 3].", ["It is so.", "And so."]),
        ("是这样。不是。", ["是这样。", "不是。"]),
        ("  ", []),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, found: list[str]) -> None:
    assert sentences(text) == found


@pytest.mark.parametrize(
    ("statement", "stands"),
    [
        ("A purge takes a lease on the archive.", True),
        ("The lease lasts 30 seconds.", True),
        ("The lease lasts 31 seconds.", False),
        ("Mail is sent at noon by hand.", False),
        ("Nobody knows the archive.", False),
        ("Purge!", True),
        ("The purge takes no lease on the archive.", False),
        ("The archive takes a lease of 30 seconds on the purge.", False),
    ],
)
def test_a_sentence_rests_on_quotes_that_share_its_words_and_figures(statement: str, stands: bool) -> None:
    assert bears(statement, [PURGE]) is stands


def test_nothing_rests_on_no_quote() -> None:
    assert not bears("A purge takes a lease.", [])


def test_each_sentence_of_a_claim_is_judged_by_itself() -> None:
    claim = Claim(
        statement="A purge takes a lease. So mail is safe forever.", citations=(PURGE,), confidence=0.8
    )
    first, second = judged(claim)
    assert (first.inference, first.citations) == (False, (PURGE,))
    assert (second.inference, second.citations) == (True, ())


def test_what_says_that_it_is_no_inference_is_one_all_the_same_without_a_citation() -> None:
    (only,) = judged(Claim(statement="It is so.", confidence=0.9, inference=False))
    assert only.inference
