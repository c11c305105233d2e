from swarm_app.contracts.insights import Peers
from swarm_app.contracts.research import Kind
from swarm_app.insights.topics import published, shards_of, sought, themes_of
from tests.unit.extractive.briefs import brief_of
from tests.unit.insights.samples import DISPUTED, QUESTION, claim, finding, run


def test_a_finding_is_told_by_run_shard_the_question_s_words_and_what_it_names() -> None:
    topics = published(run(), finding(1, claim(DISPUTED)), ["finance"])
    assert topics[:2] == ("run:run_a", "shard:finance")
    assert {"theme:invoic", "theme:halden", "theme:disput", "theme:hm-2209"} <= set(topics)
    assert shards_of(topics) == {"finance"}
    assert {"hm", "2209", "invoic"} <= themes_of(topics)


def test_a_failed_finding_is_told_to_nobody() -> None:
    assert published(run(), finding(1, claim(DISPUTED), kind=Kind.FAILED), ["finance"]) == ()


def test_a_run_that_hears_nobody_tells_nobody() -> None:
    assert published(run(insights=Peers.OFF), finding(1, claim(DISPUTED)), ["finance"]) == ()


def test_a_brief_looks_where_findings_on_its_question_and_on_what_it_names_are_told() -> None:
    found = published(run(), finding(1, claim(DISPUTED)), ["finance"])
    assert set(sought(brief_of(QUESTION))) & set(found)
    other = brief_of("When was order HM-2209 unloaded?")
    assert set(sought(other)) & set(found) == {"theme:hm-2209"}


def test_topics_are_few_however_long_the_question() -> None:
    long = " ".join(f"subject{number} matters" for number in range(200))
    assert len(published(run(question=long), finding(1, claim(DISPUTED)), ["finance"])) <= 12
