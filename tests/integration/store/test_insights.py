"""A finding is an insight from the moment it is reported, within bounds of number and age."""

import time

from swarm_app.contracts.research import Brief, Finding, Kind
from swarm_app.settings import Settings
from swarm_app.store.insights import KEPT, Insights
from swarm_app.store.store import Store
from tests.integration.store.samples import events, finding, opened, running

TOPICS = ("run:r", "theme:lamp")


def told(brief: Brief, **changes: object) -> Finding:
    return finding(brief).model_copy(update={"topics": TOPICS, **changes})


def test_a_reported_finding_is_an_insight_by_each_of_its_topics(store: Store, brief: Brief) -> None:
    reported = told(brief)
    store.briefs.report(brief, reported)
    assert store.insights.newest(TOPICS, 10) == [[reported.finding_id], [reported.finding_id]]
    assert store.insights.findings([reported.finding_id, "finding_unknown"]) == [reported]
    assert events(store, brief)[-2:] == ["brief.reported", "insight.published"]


def test_a_finding_that_another_version_wrote_is_passed_over(
    store: Store, brief: Brief, settings: Settings
) -> None:
    store.briefs.report(brief, told(brief))
    store.client.set(f"{settings.namespace}:finding:finding_new", '{"colour": "red"}', ex=60)
    assert store.insights.findings(["finding_new", told(brief).finding_id])[0].brief_id == brief.brief_id


def test_a_report_that_came_second_is_no_insight(store: Store, brief: Brief) -> None:
    store.briefs.report(brief, told(brief))
    store.briefs.report(brief, told(brief, topics=("theme:other",)))
    assert store.insights.newest(["theme:other"], 10) == [[]]
    assert events(store, brief).count("insight.published") == 1


def test_a_finding_without_topics_is_told_to_nobody(store: Store, brief: Brief) -> None:
    store.briefs.report(brief, finding(brief, kind=Kind.FAILED))
    assert "insight.published" not in events(store, brief)


def test_the_newest_come_first_and_no_more_than_asked_for(store: Store) -> None:
    first, second = opened(store, running(store))
    now = time.time()
    store.briefs.report(second, told(second, reported_at=now - 1))
    store.briefs.report(first, told(first, reported_at=now))
    newest, older = told(first).finding_id, told(second).finding_id
    assert store.insights.newest(TOPICS[:1], 10) == [[newest, older]]
    assert store.insights.newest(TOPICS[:1], 1) == [[newest]]


def test_what_is_too_old_is_not_offered_and_goes_with_the_next(store: Store, settings: Settings) -> None:
    first, second = opened(store, running(store))
    store.briefs.report(first, told(first, reported_at=time.time() - settings.insight_ttl - 1))
    assert store.insights.newest(TOPICS, 10) == [[], []]
    store.briefs.report(second, told(second))
    assert store.client.zcard(f"{settings.namespace}:insights:run:r") == 1


def test_a_topic_keeps_so_many_and_expires(store: Store, settings: Settings, brief: Brief) -> None:
    key = f"{settings.namespace}:insights:run:r"
    now = time.time()
    store.client.zadd(key, {f"finding_{number}": now - number for number in range(1, KEPT + 50)})
    store.briefs.report(brief, told(brief))
    assert store.client.zcard(key) == KEPT
    assert store.insights.newest(["run:r"], 1) == [[told(brief).finding_id]]
    assert 0 < store.client.ttl(key) <= settings.insight_ttl


def test_a_brief_that_is_done_again_begins_with_what_it_began_with(store: Store, brief: Brief) -> None:
    insights: Insights = store.insights
    assert insights.given(brief.brief_id) is None
    assert insights.give(brief.brief_id, ["finding_1", "finding_2"]) == ["finding_1", "finding_2"]
    assert insights.give(brief.brief_id, ["finding_3"]) == ["finding_1", "finding_2"]
    assert insights.given(brief.brief_id) == ["finding_1", "finding_2"]


def test_a_brief_may_begin_with_nothing(store: Store, brief: Brief) -> None:
    assert store.insights.give(brief.brief_id, []) == []
    assert store.insights.given(brief.brief_id) == []
