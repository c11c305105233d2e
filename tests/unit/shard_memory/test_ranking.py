from collections.abc import Mapping
from itertools import accumulate

import pytest

from shard.fields import FIELDS, Field
from shard.ranking import Ranking
from shard.terms import weighted_terms
from shard.writer import Entry

ASIDE = [Entry("rose bed", "")] * 40
SAID = Entry("keeper resign", "")
OF_LAMPS = [*ASIDE, SAID, *ASIDE[:18], Entry("lamp oil", ""), *ASIDE]  # beyond the page, within the topic
OF_ROSES = [*ASIDE, SAID, *ASIDE[:18], *ASIDE]
TOGETHER = [*ASIDE, Entry("gate keeper", ""), Entry("iron sea", ""), Entry("wall bed", ""), *ASIDE]
APART = [*ASIDE, Entry("gate iron", ""), Entry("sea wall", ""), Entry("bed keeper", ""), *ASIDE]


def order(documents: list[list[Entry]], question: str, fields: Mapping[str, Field] = FIELDS) -> list[int]:
    """The numbers of the segments, best first."""
    ranking = Ranking.made(documents, fields)
    weights = weighted_terms(question)
    found = ranking.best(weights, collection=ranking.statistics(weights), limit=1000)
    firsts = [0, *accumulate(map(len, documents))]
    best = sorted(found, key=lambda hit: (-hit[1], hit[0]))
    return [firsts[place.document] + place.segment for place, _ in best]


def test_a_window_is_centred_on_its_step() -> None:
    assert Field(31).around(100) == slice(85, 116)
    assert Field(64, step=16).around(96) == slice(72, 136)


@pytest.mark.parametrize("first", [OF_LAMPS, OF_ROSES])
def test_of_two_that_say_the_same_the_one_whose_topic_is_asked_for_comes_first(first: list[Entry]) -> None:
    second = OF_ROSES if first is OF_LAMPS else OF_LAMPS
    found = order([first, second], "keeper lamp")
    ours, other = first.index(SAID), len(first) + second.index(SAID)
    assert (found.index(ours) < found.index(other)) is (first is OF_LAMPS)


@pytest.mark.parametrize("first", [TOGETHER, APART])
def test_words_of_the_question_that_stand_together_count_more(first: list[Entry]) -> None:
    second = APART if first is TOGETHER else TOGETHER
    fields = {"page": Field(31), "topic": FIELDS["topic"]}
    best = order([first, second], "gate keeper", fields)[0]
    assert (best < len(first)) is (first is TOGETHER)
