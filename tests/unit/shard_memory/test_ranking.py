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


def test_in_a_transcript_most_of_a_window_lies_before_its_step() -> None:
    assert Field(31).around(100, spoken=True) == slice(75, 106)
    assert Field(64, step=16).around(96, spoken=True) == slice(56, 120)


def test_in_a_transcript_a_subject_is_talked_of_after_it_was_named() -> None:
    named, said = Entry("lamp oil", "", spoken=True), Entry("keeper resign", "", spoken=True)
    between = [Entry("rose bed", "", spoken=True)] * 20
    aside = between * 4
    before = [*aside, said, *between, named, *aside]
    after = [*aside, named, *between, said, *aside]
    found = order([before, after], "keeper lamp")
    assert found.index(len(before) + after.index(said)) < found.index(before.index(said))


@pytest.mark.parametrize("spoken", [True, False])
def test_a_document_is_seen_by_the_topics_of_its_kind_alone(spoken: bool) -> None:
    fields = {"sentence": FIELDS["sentence"], "talk": FIELDS["talk"]}
    ranking = Ranking.made([[Entry("keeper resign", "", spoken=spoken)] * 9], fields)
    weights = weighted_terms("keeper resign")
    found = ranking.best(weights, collection=ranking.statistics(weights), limit=1)
    alone = Ranking.made([[Entry("keeper resign", "")] * 9], {"sentence": FIELDS["sentence"]})
    ((_, least),) = alone.best(weights, collection=alone.statistics(weights), limit=1)
    assert (found[0][1] > least * 1.1) is spoken


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
