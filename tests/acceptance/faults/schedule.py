"""A random schedule of kills over one run, the same for the same seed."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.acceptance.faults.trial import Trial
from tests.acceptance.faults.victims import VICTIMS, Fault, holders, kill
from tests.acceptance.faults.waiting import wait_until

_HOLDER = "holder"  # a process that works on a brief
_HOLDERS = 0.6  # share of the kills
_OTHERS = ("worker", "shard", "server", "supervisor", "everything")
_PATIENCE = 90.0  # seconds for the next victim, or for the progress before the next kill


@dataclass(frozen=True)
class Kill:
    """Once so many briefs are reported, and then some seconds later, kill one of these."""

    reported: int
    pause: float
    victim: str
    pick: float  # which of them, from 0 to 1


def schedule(seed: int, kills: int, briefs: int) -> list[Kill]:
    """Kills spread over a run of so many briefs, of which more than half hit one that works on a brief."""
    dice = random.Random(seed)
    victims = [_HOLDER] * round(kills * _HOLDERS)
    victims += [dice.choice(_OTHERS) for _ in range(kills - len(victims))]
    dice.shuffle(victims)
    moments = sorted(dice.sample(range(briefs - 1), kills))
    return [
        Kill(moment, dice.uniform(0, 0.3), victim, dice.random())
        for moment, victim in zip(moments, victims, strict=True)
    ]


def carry_out(trial: Trial, run_id: str, kills: Sequence[Kill]) -> list[Fault]:
    """Kill by schedule; what was done."""
    return [_carry_out(trial, run_id, each) for each in kills]


def _carry_out(trial: Trial, run_id: str, each: Kill) -> Fault:
    wait_until(
        lambda: trial.reported(run_id) >= each.reported, f"{each.reported} briefs are reported", _PATIENCE
    )
    time.sleep(each.pause)  # part of the schedule, not a wait for anything
    found = wait_until(lambda: _found(trial, run_id, each), f"there is a {each.victim} to kill", _PATIENCE)
    one = found[int(each.pick * len(found))]
    return kill(*(found if each.victim == "everything" else [one]))


def _found(trial: Trial, run_id: str, each: Kill) -> list[int]:
    return holders(trial, run_id) if each.victim == _HOLDER else VICTIMS[each.victim](trial)
