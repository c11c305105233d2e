"""What the latest runs amount to, counted on the server: no finding is read."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.run import BriefState, Progress, Run
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.runs import Runs


@dataclass(frozen=True)
class Count:
    """One run in numbers."""

    run: Run
    progress: Progress
    findings: int  # reported so far
    workers: int  # of the pass under way, given out
    reported: int  # of these, failed ones among them

    @property
    def pending(self) -> int:
        """Briefs of the pass under way that are still to be reported."""
        return 0 if self.progress.state.ended else self.workers - self.reported

    @property
    def open_blockers(self) -> int:
        """Blocked briefs that nobody has helped with yet."""
        settled = self.progress.solved + self.progress.escalated
        return 0 if self.progress.state.ended else max(0, self.progress.blocked - settled)

    @property
    def places(self) -> int:
        """Briefs that the pass under way was planned with, given out or not; 0 once none is pending."""
        return self.run.plan.passes[self.progress.pass_number - 1].workers if self.pending else 0


class Counts:
    """Runs in numbers."""

    def __init__(self, client: Client, keys: Keys, runs: Runs) -> None:
        self._client = client
        self._keys = keys
        self._runs = runs

    def latest(self, limit: int) -> list[Count]:
        """The latest runs, the last queued first."""
        return self.of(self._runs.page(limit=limit, offset=0))

    def of(self, page: Sequence[tuple[Run, Progress]]) -> list[Count]:
        """These runs, in two commands for each, all in one round trip."""
        with self._client.pipeline(transaction=False) as pipe:
            for run, progress in page:
                pipe.llen(self._keys.findings(run.run_id))
                passed = self._keys.passed(run.run_id, progress.pass_number)
                pipe.hmget(passed, ["workers", "reported", "failed"])
            answers = pipe.execute()
        return [
            Count(run, progress, findings, int(fields[0] or 0), int(fields[1] or 0) + int(fields[2] or 0))
            for (run, progress), findings, fields in zip(page, answers[::2], answers[1::2], strict=True)
        ]

    def busy(self, counts: Sequence[Count]) -> list[int]:
        """For each run, how many briefs of its pass under way a worker holds, all in one round trip."""
        now = time.time()
        with self._client.pipeline(transaction=False) as pipe:
            for each in counts:
                for number in range(1, each.places + 1):
                    brief = brief_id(each.run.run_id, each.progress.pass_number, number)
                    pipe.hmget(self._keys.brief(brief), ["state", "lease_until"])
            answers = iter(pipe.execute())
        return [sum(_is_held(next(answers), now) for _ in range(each.places)) for each in counts]


def _is_held(fields: Sequence[str | None], now: float) -> bool:
    state, lease_until = fields
    return state == BriefState.CLAIMED and float(lease_until or 0) > now
