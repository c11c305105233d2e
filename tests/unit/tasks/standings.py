"""Briefs as they stand, at the moment `NOW`."""

from swarm_app.contracts.run import BriefState
from swarm_app.store.briefs import Standing

NOW = 1000.0  # Unix seconds


def waiting(sends: int = 0) -> Standing:
    return Standing("run_a.1.1", BriefState.WAITING, sends=sends, sent_at=NOW - 1 if sends else 0.0)


def claimed(seconds: float = 1.0, lease: float = 10.0, hedge: str = "") -> Standing:
    """At work since ``seconds``, its lease running for ``lease`` more."""
    return Standing(
        "run_a.1.2",
        BriefState.CLAIMED,
        attempts=1,
        claimed_at=NOW - seconds,
        lease_until=NOW + lease,
        hedge=hedge,
    )


def reported(took: float = 1.0, *, failed: bool = False) -> Standing:
    """Reported just now, after ``took`` seconds."""
    return Standing(
        "run_a.1.3",
        BriefState.REPORTED,
        attempts=1,
        claimed_at=NOW - took,
        reported_at=NOW,
        failed=failed,
    )
