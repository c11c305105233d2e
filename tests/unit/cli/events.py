"""A small run as its events tell it."""

from swarm_app.contracts.run import Event

_TOLD: list[tuple[str, dict[str, object]]] = [
    (
        "run.queued",
        {
            "question": "How long?",
            "plan": "tiny",
            "engine": "extractive",
            "passes": [{"name": "Signal Capture", "workers": 2}, {"name": "Debug", "workers": 1}],
            "shards": ["docs"],
            "documents": 2,
            "tokens": 1200,
        },
    ),
    ("run.started", {}),
    ("pass.opened", {"pass": 1, "name": "Signal Capture", "workers": 2}),
    ("brief.claimed", {"pass": 1, "number": 1, "angle": "how long", "worker": "w", "attempts": 1}),
    ("brief.claimed", {"pass": 1, "number": 2, "angle": "who decides", "worker": "w", "attempts": 1}),
    (
        "brief.reported",
        {
            "pass": 1,
            "number": 1,
            "angle": "how long",
            "worker": "w",
            "kind": "claim",
            "summary": "Thirty days.",
            "confidence": 0.85,
            "citations": 1,
            "source": "docs/policy.md:2-2",
            "finding_id": "finding_1",
        },
    ),
    ("brief.failed", {"pass": 1, "number": 2, "angle": "who decides", "reason": "no shard answered"}),
    (
        "pass.synthesised",
        {
            "pass": 1,
            "name": "Signal Capture",
            "summary": "It is thirty days.",
            "reported": 1,
            "failed": 1,
            "seconds": 1.5,
            "verified": 1,
            "dropped": 0,
        },
    ),
    ("run.stopped", {"reason": "interrupted"}),
]


def told(count: int = len(_TOLD)) -> list[Event]:
    """The first ``count`` events, one second apart."""
    return [
        Event(event_id=f"{number}-0", run_id="run_1", type=kind, at=1_000.0 + number, data=data)
        for number, (kind, data) in enumerate(_TOLD[:count])
    ]
