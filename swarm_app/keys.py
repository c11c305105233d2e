"""Every key in Redis: its name, its type and its TTL.

The namespace comes first, so that installations share one server. `run_ttl` is a setting (30 days).
A shard's documents have no TTL: they live until the shard is dropped or the document replaced, and then for
`run_ttl` more if a stored run may cite them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Keys:
    """Names of keys. One method for each kind of key."""

    namespace: str

    def _key(self, *parts: str | int) -> str:
        return ":".join((self.namespace, *map(str, parts)))

    # Documents and shards

    def document(self, sha256: str) -> str:
        """String, JSON of a `Document` as it was first loaded. No TTL while a shard holds it."""
        return self._key("document", sha256)

    def lines(self, sha256: str) -> str:
        """List, one element a line with its own line ending. TTL as the document's."""
        return self._key("lines", sha256)

    def offsets(self, sha256: str) -> str:
        """String, the first character of each line as eight hexadecimal digits. TTL as the document's."""
        return self._key("offsets", sha256)

    def shards(self) -> str:
        """Set of shard names. No TTL."""
        return self._key("shards")

    def shard(self, name: str) -> str:
        """String, JSON of a `Shard`. No TTL until it is dropped."""
        return self._key("shard", name)

    def parts(self, name: str) -> str:
        """Hash, path -> JSON list of the document's `Part`s. No TTL until the shard is dropped."""
        return self._key("shard", name, "parts")

    def words(self, name: str) -> str:
        """Hash, index term -> in how many segments each field has it. No TTL until the shard is dropped."""
        return self._key("shard", name, "words")

    def last_version(self, name: str) -> str:
        """String, what a dropped shard's version was: its name goes on from there. TTL `run_ttl`."""
        return self._key("shard", name, "version")

    def holders(self) -> str:
        """Hash, sha256 -> how many shards hold the document. No TTL."""
        return self._key("shards", "holders")

    def recovery(self) -> str:
        """String, the node elected to look after runs. TTL three of its rounds."""
        return self._key("recovery")

    def nodes(self) -> str:
        """Hash, Celery node name -> JSON of what it last said of itself. TTL 60 s, renewed by every node."""
        return self._key("nodes")

    def reply(self, request_id: str) -> str:
        """List, the answers of shards to one request, one of each. TTL 60 s."""
        return self._key("reply", request_id)

    def bus(self) -> str:
        """Stream of what outsiders posted and what checking it said, capped. TTL `run_ttl`, renewed by posts.

        Fields as a run's events; run names one, if any; id is what an imported event was called before.
        """
        return self._key("bus")

    def account(self, name: str) -> str:
        """Hash of a vendor's account, shared by all workers. TTL one hour after the last call.

        requests and tokens (what is in the buckets), at, rate (learnt, requests a minute), ceiling, streak
        (answers since a refusal), vain (lowerings that did not help), longest (seconds that the vendor ever
        asked to wait), and Unix seconds: raised_at, refused_at, paused_until, random_until.
        """
        return self._key("account", name)

    def calls(self, name: str) -> str:
        """Sorted set, calls in the air by when they count as lost. TTL one hour after the last call."""
        return self._key("account", name, "calls")

    def answered(self, name: str) -> str:
        """Sorted set, calls answered in the last minute by when they were. TTL two minutes."""
        return self._key("account", name, "answered")

    def seconds(self, engine: str) -> str:
        """List, seconds that the engine's latest calls took. TTL one hour after the last call."""
        return self._key("engine", engine, "seconds")

    def discovery(self, signature: str) -> str:
        """Hash, what was found out under a signature, or who is at it. TTL `discovery_ttl`.

        While somebody is at it, its time and a minute more. basis (the shards' versions), asker, brief (key),
        attempt, runs (that a model's answer is for), failures, apart; result, tokens, cost_usd; ends_at
        in Unix seconds.
        """
        return self._key("discovery", signature)

    def room(self) -> str:
        """String, bytes of discoveries kept since it was made. TTL `discovery_ttl`."""
        return self._key("discoveries", "room")

    def discoveries(self, run_id: str) -> str:
        """Hash, what a run (without one: whoever asked outside of runs) found in the log. TTL `run_ttl`.

        hits and misses of each sort, saved_tokens, saved_usd.
        """
        return self._key("run", run_id, "discoveries") if run_id else self._key("discoveries")

    # Runs

    def runs(self) -> str:
        """Sorted set, run id by the time it was queued. TTL `run_ttl`, renewed by every run."""
        return self._key("runs")

    def active(self) -> str:
        """Set of the ids of runs that are queued or running. TTL `run_ttl`, renewed by every run."""
        return self._key("runs", "active")

    def spawned(self) -> str:
        """Set of the ids of briefs outside of passes, until reported. TTL `run_ttl`, renewed by each."""
        return self._key("spawned")

    def run(self, run_id: str) -> str:
        """String, JSON of a `Run`, written once. TTL `run_ttl`."""
        return self._key("run", run_id)

    def progress(self, run_id: str) -> str:
        """Hash, the fields of a `Progress`, the run's limits and budget among them. TTL `run_ttl`."""
        return self._key("run", run_id, "progress")

    def reserved(self, run_id: str) -> str:
        """Hash, call -> what is set aside: dollars, tokens, until when, and engine. TTL `run_ttl`."""
        return self._key("run", run_id, "reserved")

    def spending(self, run_id: str) -> str:
        """Hash, budget and spending of each engine. TTL `run_ttl`.

        budget_usd, budget_tokens, spent_usd, spent_tokens, budget_spent, each with a space and an engine's
        name behind it.
        """
        return self._key("run", run_id, "engines")

    def events(self, run_id: str) -> str:
        """Stream of `Event`s (fields type, at, data), capped. TTL `run_ttl`."""
        return self._key("run", run_id, "events")

    def findings(self, run_id: str) -> str:
        """List of finding ids in the order they were reported. TTL `run_ttl`."""
        return self._key("run", run_id, "findings")

    def writings(self, run_id: str) -> str:
        """List of ids of the findings in which models wrote syntheses, as they came in. TTL `run_ttl`."""
        return self._key("run", run_id, "writings")

    def writing(self, run_id: str, number: int) -> str:
        """Hash of what a model writes of one pass. TTL `run_ttl`.

        workers (1), reported, failed, closed_at and known (writings when it was no longer waited for).
        """
        return self._key("run", run_id, "pass", number, "writing")

    def passed(self, run_id: str, number: int) -> str:
        """Hash of one pass. TTL `run_ttl`.

        name, workers (given out), reported, failed, known (findings when it was closed), synthesis (JSON),
        withheld and made_up (numbers of briefs, "," around each), limit (that they are withheld for), and
        Unix seconds: opened_at, closed_at.
        """
        return self._key("run", run_id, "pass", number)

    def conclusions(self, run_id: str) -> str:
        """Hash, pass number -> JSON of its `Conclusion`: what a coordinator reads of a run. TTL `run_ttl`."""
        return self._key("run", run_id, "conclusions")

    def brief(self, brief_id: str) -> str:
        """Hash of one brief. TTL `run_ttl`.

        brief and label (JSON), state, attempts, returned, holders (the attempts that are at it, "," around
        each), claim (the last one granted), worker, finding, failed, sends, hedge ("wanted", or the attempt
        that hedged), insights (ids of the findings it began with), settled (how a blocker of it ended),
        resuming (1 until it is claimed after that), and Unix seconds: sent_at, claimed_at, lease_until,
        reported_at.
        """
        return self._key("brief", brief_id)

    def blocker(self, brief_id: str) -> str:
        """Hash of a brief that was blocked, and of its assists. TTL `run_ttl`.

        blockage and place (JSON; the place is its message's in its chord), attempt, state (open, solved or
        escalated), assists (how many are offered), alive (groups of them that can still solve it), winner (a
        group), settled_at; for each group left:GROUP (its assists that are missing; -1: it has failed); for
        each assist N:assist and N:solution (JSON), N:group, N:state, N:attempts, N:returned, N:claim,
        N:worker, N:lease_until, N:sent_at, N:sends, N:reason, N:unused (the field of the run's `unused` that
        says what its solution took).
        """
        return self._key("brief", brief_id, "blocker")

    def unused(self, run_id: str) -> str:
        """Hash, ASSIST_ID:ATTEMPT -> JSON of what it took (`Unused`) and by which engine. TTL `run_ttl`.

        A solution that settles its blocker is taken out.
        """
        return self._key("run", run_id, "unused")

    def finding(self, finding_id: str) -> str:
        """String, JSON of a `Finding`. TTL `run_ttl`."""
        return self._key("finding", finding_id)

    def insights(self, topic: str) -> str:
        """Sorted set, finding id by when it was reported, the newest 500. TTL `insight_ttl`, renewed."""
        return self._key("insights", topic)

    def receipt(self, finding_id: str) -> str:
        """Hash, prompt and output of the model that made a finding. TTL `receipt_ttl`."""
        return self._key("receipt", finding_id)
