"""`Swarm`: load documents, research questions, ask, and look at what is remembered."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Self

from shard.merge import FLOOR
from swarm_app.aliases import merged
from swarm_app.client import motion as motions
from swarm_app.client.answer import saying, told
from swarm_app.client.bus import Bus
from swarm_app.client.council import before, council_of
from swarm_app.client.dropping import drop
from swarm_app.client.engines import engines_budgets, prepared
from swarm_app.client.given import Paths, limits_of, names_of, page_of, paths_of, words_of
from swarm_app.client.handle import RunHandle
from swarm_app.client.indicator import Indicator
from swarm_app.client.loading import Loader
from swarm_app.client.local import Local
from swarm_app.client.patience import Patience, silently
from swarm_app.client.question import question_of
from swarm_app.client.runs import heard, new_run
from swarm_app.contracts.budget import Budget
from swarm_app.contracts.documents import Shard
from swarm_app.contracts.nodes import Node
from swarm_app.contracts.research import Finding
from swarm_app.contracts.run import Answer, Progress, Run
from swarm_app.contracts.step import Watcher
from swarm_app.errors import UnknownError, UsageError
from swarm_app.plans.catalog import load as load_plan
from swarm_app.settings import current
from swarm_app.store.health import Trouble
from swarm_app.store.receipts import Kept
from swarm_app.store.store import Store
from tasks.context import BorrowedContext


class Swarm:
    """A door to one installation; it holds no state of its own.

    Uses `SWARM_REDIS_URL`, else the embedded server. Starts what is missing on this machine, unless
    ``start=False``: then errors name the process that is missing and how to start it. ``on_status`` is told
    in a few words what is being waited for, and the id of each run that is queued. Who follows a run waits
    `SWARM_START_TIMEOUT` seconds for a server that is away.
    """

    def __init__(self, *, start: bool = True, on_status: Callable[[str], None] | None = None) -> None:
        self._settings = current()
        self._store = Store(self._settings)
        self._loader = Loader(self._settings, self._store)
        self._say = on_status or silently
        self._local = Local(self._settings, self._store, start=start, on_status=self._say)
        self._patience = Patience(self._settings.start_timeout, self._say)
        self.bus = Bus(self._store, self._local.server)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the store."""
        self._store.close()

    # Shards

    def load(
        self, name: str, paths: Paths, *, capacity: int | None = None, progress: Watcher | None = None
    ) -> Shard:
        """Load paths into one shard of that name and see that it is served.

        ``capacity`` is in tokens (200,000 by default). Raises `UsageError`, `DocumentError`, `CapacityError`,
        `ServerError` or `StackError`.
        """
        shard = self.store_shard(name, paths, capacity=capacity, progress=progress)
        self._local.shards([shard], progress)
        return shard

    def store_shard(
        self, name: str, paths: Paths, *, capacity: int | None = None, progress: Watcher | None = None
    ) -> Shard:
        """Load paths into one shard of that name, without starting a process for it."""
        limits_of(capacity=capacity)
        self._local.server()
        with self._local.writing():
            return self._loader.one(name, paths_of(paths), capacity, progress)

    def shards(self) -> list[Shard]:
        """The shards that the store knows, by name."""
        self._local.server()
        return self._store.shards.all()

    def drop(self, name: str, *, force: bool = False) -> None:
        """Forget a shard, and end the process that serves it here; raises `UnknownError`.

        Raises `UsageError` while runs use it; with ``force`` those fail.
        """
        self._local.server()
        drop(self._store, name, force=force)
        self._local.release(name)

    def nodes(self) -> list[Node]:
        """The workers and shards that are alive, by name."""
        self._local.server()
        return self._store.nodes.alive()

    # Questions

    def research(
        self,
        question: str,
        paths: Paths = (),
        *,
        shards: Sequence[str] = (),
        plan: str = "gedimat",
        engine: str = "extractive",
        policy: str = "",
        synthesis_engine: str = "",
        deadline: float | None = None,
        max_briefs: int | None = None,
        elsewhere: bool = False,
        budget_usd: float | None = None,
        budget_tokens: int | None = None,
        engine_budgets: Mapping[str, Budget] | None = None,
        insights: str = "run",
        progress: Watcher | None = None,
    ) -> RunHandle:
        """Queue a run over paths, shards that are loaded, or both; returns at once when it is queued.

        ``plan`` is a name or a TOML file; ``engine`` an engine's name, or several by commas, which share the
        briefs by ``policy`` (mixed, cheapest, largest-context or strongest). ``synthesis_engine`` are the
        models, or a policy for the run's, that write syntheses and answer. After ``deadline`` seconds,
        ``max_briefs`` executed briefs, or when a budget for models does not reach for another call, the run
        stops with a report of what it has. ``engine_budgets`` are those of single engines, beside the plan's
        own; when one is spent, the next engine of the list takes the brief. With ``elsewhere``, who helps a
        brief that lacks context may ask served shards that are not named here. ``insights`` says whose
        findings its briefs begin with: "run" its own, "all" also those of other runs, "off" nobody's.
        Raises `UsageError` (and its kin `PlanError`, `UnknownError`, `DocumentError`), `EngineError`,
        `ServerError` or `StackError` before anything is queued.
        """
        words_of(plan=plan, engine=engine, policy=policy, synthesis_engine=synthesis_engine)
        limits_of(deadline=deadline, max_briefs=max_briefs)
        limits_of(budget_usd=budget_usd, budget_tokens=budget_tokens)
        asked, chosen, peers = question_of(question), load_plan(plan), heard(insights)
        told, expected, own = prepared(
            chosen, engine, budget_usd, engine_budgets or {}, policy=policy, synthesis=synthesis_engine
        )
        used = self._shards(paths, shards, progress)
        self._local.shards(used, progress)
        self._local.workers()
        run = new_run(
            asked,
            told,
            engine,
            used,
            self._store,
            deadline_s=deadline,
            max_briefs=max_briefs,
            elsewhere=elsewhere,
            budget_usd=budget_usd,
            budget_tokens=budget_tokens,
            engine_budgets=own,
            estimate=expected,
            insights=peers,
        )
        return self._queue(run)

    def council(
        self,
        text: str,
        paths: Paths = (),
        *,
        shards: Sequence[str] = (),
        plan: str = "gedimat",
        engine: str = "extractive",
        progress: Watcher | None = None,
    ) -> RunHandle:
        """Put a draft, a question or a decision to the plan's council; the report has the votes.

        ``text`` is plain text, Markdown, or JSON with a question and claims. Raises as `research` does.
        """
        words_of(plan=plan, engine=engine)
        motion, chosen = motions.read(text), council_of(load_plan(plan))
        asked = question_of(motion.question)
        told, expected, _ = prepared(chosen, engine, None, {})
        used = self._shards(paths, shards, progress)
        self._local.shards(used, progress)
        self._local.workers()
        run = new_run(asked, told, engine, used, self._store, estimate=expected)
        return self._queue(before(run, motion, self._store))

    def ask(
        self,
        question: str,
        paths: Paths = (),
        *,
        shards: Sequence[str] = (),
        tokens: int = 1000,
        progress: Watcher | None = None,
    ) -> Answer:
        """Put one question to the shards' memory: excerpts of at most ``4 * tokens`` characters, no run."""
        asked = question_of(question)
        limits_of(tokens=tokens)
        used = self._shards(paths, shards, progress)
        self._local.shards(used, progress)
        _, aliases = merged({shard.name: shard.roots for shard in used})
        context = BorrowedContext(self._store, [shard.name for shard in used], aliases, floor=FLOOR)
        began = time.perf_counter()
        excerpts = saying(context.search([asked], tokens=tokens)[0])
        elapsed_ms = round((time.perf_counter() - began) * 1000, 3)
        return Answer(
            question=asked,
            answer=told(excerpts),
            elapsed_ms=elapsed_ms,
            excerpts=tuple(excerpts),
            skipped=tuple(skipped for shard in used for skipped in shard.skipped),
        )

    # What is remembered

    def runs(self, *, limit: int = 50, offset: int = 0) -> list[tuple[Run, Progress]]:
        """The runs that are remembered, the last queued first."""
        page_of(limit, offset)
        self._local.server()
        return self._store.runs.page(limit=limit, offset=offset)

    def run(self, run_id: str) -> RunHandle:
        """A run by its id or an unambiguous beginning of it; raises `UnknownError`."""
        self._local.server()
        return self._handle(self._store.runs.get(self._store.runs.resolve(run_id)))

    def resume(
        self,
        run_id: str,
        *,
        budget_usd: float | None = None,
        budget_tokens: int | None = None,
        engine_budgets: Mapping[str, Budget] | None = None,
    ) -> RunHandle:
        """Drive a run on, with everything it needs alive; what is stored is not done again.

        A budget takes the place of the run's, and counts from its beginning.
        """
        handle = self.run(run_id)
        used = self._store.shards.several(handle.run.shards)
        self._local.shards(used)
        self._local.workers()
        own = engines_budgets(handle.run.plan, engine_budgets or {})
        handle.resume(budget_usd=budget_usd, budget_tokens=budget_tokens, engine_budgets=own)
        return handle

    def receipt(self, finding_id: str) -> tuple[Finding, Kept | None]:
        """A finding, and the exact texts behind its receipt while they are kept; raises `UnknownError`."""
        self._local.server()
        finding, kept = self._store.runs.finding(finding_id), self._store.receipts.get(finding_id)
        return finding, kept if kept and finding.receipt and kept.belongs_to(finding.receipt) else None

    def indicator(self) -> Indicator:
        """The context indicator: shards, workers, queues, findings, cost and runs, to be looked at often."""
        self._local.server()
        return Indicator(self._store)

    def troubles(self) -> list[Trouble]:
        """What the server's own status says against storing and keeping things; best none."""
        return self._store.health.troubles()

    def _handle(self, run: Run) -> RunHandle:
        return RunHandle(self._store, run, self._patience)

    def _queue(self, run: Run) -> RunHandle:
        self._store.runs.create(run)
        self._say(f"{run.run_id} is queued")
        handle = self._handle(run)
        handle.drive()
        self._patience.sit_out(run.run_id, lambda: self._warn(run))
        return handle

    def _warn(self, run: Run) -> None:
        """Name in the run's events what makes the server weaker than our promise."""
        for trouble in self.troubles():
            told = {"name": trouble.name, "detail": trouble.detail, "mend": trouble.mend}
            self._store.events.append(run.run_id, "server.weak", told)

    def _shards(self, paths: Paths, names: Sequence[str], progress: Watcher | None) -> list[Shard]:
        if not paths and not names:
            raise UsageError("Name the documents: PATH…, or --shards with shards that are loaded.")
        given = paths_of(paths)
        self._local.server()
        named = self._store.shards.several(names_of(names))
        if empty := [shard.name for shard in named if shard.documents == 0]:
            raise UnknownError(f"Shard {empty[0]} is empty. `swarm shard load {empty[0]} PATH…` fills it.")
        with self._local.writing():
            return named + (self._loader.several(given, progress) if given else [])
