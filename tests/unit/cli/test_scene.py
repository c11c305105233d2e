from swarm_app.cli.scene import LATEST, Scene
from swarm_app.contracts.run import Event
from tests.unit.cli.events import told


def scene(count: int) -> Scene:
    made = Scene()
    for event in told(count):
        made.apply(event)
    return made


def test_a_queued_run_shows_its_question_and_all_its_passes() -> None:
    seen = scene(1)
    assert seen.question == "How long?"
    assert [(view.name, view.workers) for view in seen.passes.values()] == [
        ("Signal Capture", 2),
        ("Debug", 1),
    ]


def test_a_worker_is_seen_with_its_angle_until_it_reports() -> None:
    assert scene(5).busy == {(1, 1): "how long", (1, 2): "who decides"}
    assert scene(6).busy == {(1, 2): "who decides"}


def test_a_finding_is_counted_and_kept_in_sight() -> None:
    seen = scene(6)
    assert (seen.findings, seen.passes[1].reported) == (1, 1)
    assert [(view.summary, view.source) for view in seen.latest] == [("Thirty days.", "docs/policy.md:2-2")]


def test_a_worker_that_failed_is_counted_apart_with_its_reason() -> None:
    seen = scene(7)
    assert (seen.passes[1].reported, seen.passes[1].failed) == (1, 1)
    assert seen.latest[-1].summary == "no shard answered"


def test_a_pass_that_is_done_keeps_what_it_concluded() -> None:
    assert (scene(8).passes[1].summary, scene(8).passes[1].seconds) == ("It is thirty days.", 1.5)


def test_the_end_of_the_run_is_named_with_its_reason() -> None:
    assert scene(9).outcome == "stopped: interrupted"


def test_a_run_that_is_resumed_has_no_outcome_any_more() -> None:
    seen = scene(9)
    seen.apply(told(2)[1])
    assert seen.outcome == ""


def test_an_event_of_an_unknown_kind_changes_nothing_but_the_time() -> None:
    seen = scene(3)
    seen.apply(Event(event_id="9-0", run_id="run_1", type="brief.dreamt", at=2_000.0))
    assert (seen.now_at, seen.busy, seen.findings) == (2_000.0, {}, 0)


def test_only_the_latest_findings_stay_in_sight() -> None:
    seen = scene(3)
    for _ in range(LATEST + 3):
        seen.apply(told()[5])
    assert len(seen.latest) == LATEST
