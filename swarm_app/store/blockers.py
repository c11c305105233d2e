"""Blockers: a brief is blocked once, and how that ended stands."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from swarm_app.contracts.assist import Assist, Blockage, Settlement, Solution
from swarm_app.contracts.help import Outcome
from swarm_app.contracts.ids import parts_of_brief
from swarm_app.contracts.research import Brief
from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store.briefs import label
from swarm_app.store.connection import Client
from swarm_app.store.scripts import EVENTS_KEPT, Scripts


class Blocking(StrEnum):
    """What came of saying that a brief is blocked."""

    BLOCKED = "blocked"
    SHARED = "shared"  # another worker is at it still: it goes on there
    SETTLED = "settled"  # it was blocked before: what there is must be reported now
    CLOSED = "closed"  # its pass is: what there is must be reported now
    LOST = "lost"  # it is not this attempt's any more
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Effort:
    """Where one assist stands. Times are Unix seconds, 0 where there is none."""

    assist: Assist
    state: str  # waiting, claimed, solved or failed
    lease_until: float = 0.0
    sent_at: float = 0.0
    sends: int = 0


@dataclass(frozen=True)
class Blocked:
    """Where a blocked brief stands."""

    blockage: Blockage
    place: dict[str, Any]  # its message's, in its chord
    state: str  # open, solved or escalated
    offered: bool
    efforts: tuple[Effort, ...] = ()


class Blockers:
    """What stands in the way of briefs, and what is offered against it."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, settings: Settings) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = settings.run_ttl

    def block(self, brief: Brief, attempt: int, blockage: Blockage, place: Mapping[str, Any]) -> Blocking:
        """Take a brief from its worker, which cannot go on; ``place`` is its message's in its chord."""
        told = {**label(brief), "worker": blockage.worker, "obstacle": blockage.obstacle.value}
        told |= {"details": blockage.details, "urgency": blockage.urgency.value}
        run_id, number, _ = parts_of_brief(brief.brief_id)
        keys = keys_of(self._keys, brief.brief_id)
        answer = self._scripts.block(
            keys=[keys[1], keys[0], keys[2], self._keys.passed(run_id, number), keys[3]],
            args=[
                *(attempt, blockage.model_dump_json(), json.dumps(place), json.dumps(told)),
                *(*self._now(), brief.number),
            ],
        )
        return Blocking(answer)

    def offer(self, brief: Brief, assists: Sequence[Assist]) -> bool:
        """Offer the assists of a blocked brief; False if there are some, or it is settled."""
        strategies = sorted({each.strategy.value for each in assists})
        told = {**label(brief), "assists": len(assists), "strategies": ", ".join(strategies)}
        offered = [text for each in assists for text in (each.group, each.model_dump_json())]
        blocker, _, _, events = keys_of(self._keys, brief.brief_id)
        args = [*self._now(), json.dumps(told), *offered]
        return bool(self._scripts.assist_offer(keys=[blocker, events], args=args))

    def blocked(self, brief_id: str) -> Blocked | None:
        """Where a brief that was blocked stands; None if it never was."""
        fields = self._client.hgetall(self._keys.blocker(brief_id))
        if not fields:
            return None
        count = int(fields.get("assists", 0))
        return Blocked(
            Blockage.model_validate_json(fields["blockage"]),
            json.loads(fields["place"]),
            fields["state"],
            "assists" in fields,
            tuple(_effort(fields, number) for number in range(1, count + 1)),
        )

    def settlement(self, brief_id: str) -> Settlement | None:
        """How a blocker ended; None while it is open, or where there was none."""
        fields = self._client.hgetall(self._keys.blocker(brief_id))
        if not fields or fields["state"] == "open":
            return None
        numbers = range(1, int(fields.get("assists", 0)) + 1)
        won = [number for number in numbers if fields[f"{number}:group"] == fields.get("winner")]
        return Settlement(
            blockage=Blockage.model_validate_json(fields["blockage"]),
            outcome=Outcome(fields["state"]),
            solutions=tuple(Solution.model_validate_json(fields[f"{number}:solution"]) for number in won),
            assists=len(numbers),
            at=float(fields["settled_at"]),
        )

    def _now(self) -> list[float]:
        """Time, TTL and most events kept, as the scripts take them."""
        return [time.time(), self._ttl, EVENTS_KEPT]


def _effort(fields: Mapping[str, str], number: int) -> Effort:
    return Effort(
        Assist.model_validate_json(fields[f"{number}:assist"]),
        fields[f"{number}:state"],
        float(fields.get(f"{number}:lease_until", 0)),
        float(fields.get(f"{number}:sent_at", 0)),
        int(fields.get(f"{number}:sends", 0)),
    )


def keys_of(keys: Keys, brief_id: str) -> list[str]:
    """Blocker, brief, progress and events, as most of the scripts take them."""
    run_id, _, _ = parts_of_brief(brief_id)
    return [keys.blocker(brief_id), keys.brief(brief_id), keys.progress(run_id), keys.events(run_id)]
