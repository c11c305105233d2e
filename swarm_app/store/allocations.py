"""Allocations: which briefs were not given out, for which limit, and which of them were after all."""

import json
from collections.abc import Iterable, Sequence

from swarm_app.contracts.allocation import Withheld
from swarm_app.contracts.ids import brief_id, parts_of_brief
from swarm_app.contracts.limits import Limit
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts


class Allocations:
    """What limits do to the briefs of a run's passes."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts

    def withheld(self, run_id: str, passes: int) -> list[Withheld]:
        """The briefs of the first ``passes`` passes that are not given out."""
        found = self._passes(run_id, passes, "withheld", "limit")
        waiting = [
            (number, brief_id(run_id, number, place), Limit(limit))
            for number, (numbers, limit) in enumerate(found, 1)
            for place in _numbers(numbers)
            if limit
        ]
        angles = self._angles([each for _, each, _ in waiting])
        return [
            Withheld(brief_id=each, pass_number=number, angle=angle, limit=limit)
            for (number, each, limit), angle in zip(waiting, angles, strict=True)
        ]

    def made_up(self, run_id: str, passes: int) -> list[str]:
        """The ids of the briefs of the first ``passes`` passes that were given out after all."""
        found = self._passes(run_id, passes, "made_up")
        return [
            brief_id(run_id, number, place)
            for number, (numbers,) in enumerate(found, 1)
            for place in _numbers(numbers)
        ]

    def make_up(self, run_id: str, brief_ids: Iterable[str], before: int) -> None:
        """Give withheld briefs out ``before`` a pass, unless that is open; what is given out stays so."""
        places: dict[int, list[int]] = {}
        for each in brief_ids:
            _, number, place = parts_of_brief(each)
            places.setdefault(number, []).append(place)
        for passed, mine in places.items():
            keys = [self._keys.passed(run_id, passed), self._keys.passed(run_id, before)]
            self._scripts.make_up(keys=keys, args=mine)

    def given(self, run_id: str, number: int, workers: int) -> list[str]:
        """The ids of a pass's briefs that are given out, of so many ``workers``."""
        withheld = set(_numbers(self._client.hget(self._keys.passed(run_id, number), "withheld")))
        places = (place for place in range(1, workers + 1) if place not in withheld)
        return [brief_id(run_id, number, place) for place in places]

    def _passes(self, run_id: str, passes: int, *fields: str) -> list[list[str | None]]:
        with self._client.pipeline(transaction=False) as pipe:
            for number in range(1, passes + 1):
                pipe.hmget(self._keys.passed(run_id, number), fields)
            found: list[list[str | None]] = pipe.execute()
        return found

    def _angles(self, brief_ids: Sequence[str]) -> list[str]:
        with self._client.pipeline(transaction=False) as pipe:
            for each in brief_ids:
                pipe.hget(self._keys.brief(each), "label")
            return [json.loads(label)["angle"] if label else "" for label in pipe.execute()]


def listed(numbers: Iterable[int]) -> str:
    """Numbers as the scripts search them, "," around each; empty for none."""
    text = ",".join(map(str, numbers))
    return f",{text}," if text else ""


def _numbers(text: str | None) -> list[int]:
    return [int(number) for number in (text or "").split(",") if number]
