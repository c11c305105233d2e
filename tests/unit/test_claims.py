"""The heartbeat of a process, whatever one of its renewals does."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from swarm_app.claims import Claims
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief
from swarm_app.settings import current
from swarm_app.store.briefs import Renewal

LONGEST = 20.0  # seconds until a heartbeat that does not come has failed

BRIEF = Brief(
    brief_id="run_1.1.1",
    run_id="run_1",
    pass_number=1,
    pass_name="Only",
    number=1,
    of=1,
    role=Role.SIGNAL,
    engine="none",
    question="Why?",
    angle="the reason",
)


class Lease:
    """Counts its renewals; the first of them fails."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.renewals = 0

    def renew(self) -> Renewal:
        self.renewals += 1
        if self.fault and self.renewals == 1:
            raise self.fault
        return Renewal.RENEWED

    def wait_for(self, renewals: int) -> None:
        deadline = time.monotonic() + LONGEST
        while self.renewals < renewals:
            assert time.monotonic() < deadline, f"{self.renewals} renewals instead of {renewals}"
            time.sleep(0.02)


@pytest.fixture(autouse=True)
def _short_leases(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SWARM_LEASE", "1")
    current.cache_clear()
    yield
    current.cache_clear()


def test_a_renewal_that_fails_ends_no_heartbeat(caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = Lease(TypeError("the store's answer")), Lease()
    claims = Claims()
    with ExitStack() as held, caplog.at_level(logging.ERROR):
        for lease in (broken, sound):
            held.enter_context(claims.holding(BRIEF, 1, lease.renew))
        broken.wait_for(2)
        sound.wait_for(2)
    assert f"the lease of {BRIEF.brief_id} could not be renewed" in caplog.text


def test_a_claim_that_is_garbage_is_not_kept() -> None:
    lease, claims = Lease(), Claims()
    held = claims.hold(BRIEF, 1, lease.renew)
    lease.wait_for(1)
    del held
    ended()
    assert claims.wait_until_none(0)


def test_a_heartbeat_that_has_ended_begins_again() -> None:
    claims = Claims()
    for lease in (Lease(), Lease()):
        with claims.holding(BRIEF, 1, lease.renew):
            lease.wait_for(1)
        ended()


def ended() -> None:
    """Wait until no heartbeat is left."""
    deadline = time.monotonic() + LONGEST
    while any(thread.name == "claims" for thread in threading.enumerate()):
        assert time.monotonic() < deadline, "the heartbeat goes on"
        time.sleep(0.02)
