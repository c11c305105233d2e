"""The store: everything that Redis remembers, behind one object. Only this package speaks Redis."""

from functools import cached_property

from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store.allocations import Allocations
from swarm_app.store.assists import Assists
from swarm_app.store.blockers import Blockers
from swarm_app.store.briefs import Briefs
from swarm_app.store.budgets import Budgets
from swarm_app.store.bus import Bus
from swarm_app.store.calls import Calls
from swarm_app.store.conclusions import Conclusions
from swarm_app.store.connection import Client, check, connect
from swarm_app.store.counts import Counts
from swarm_app.store.discoveries import DiscoveryStore
from swarm_app.store.documents import Documents
from swarm_app.store.election import Election
from swarm_app.store.events import Events
from swarm_app.store.health import Health
from swarm_app.store.insights import Insights
from swarm_app.store.nodes import Nodes
from swarm_app.store.passes import Passes
from swarm_app.store.receipts import Receipts
from swarm_app.store.replies import Replies
from swarm_app.store.runs import Runs
from swarm_app.store.scripts import Scripts
from swarm_app.store.shards import Shards
from swarm_app.store.spawned import Spawned
from swarm_app.store.tail import Tail
from swarm_app.store.words import Words
from swarm_app.store.writings import Writings


class Store:
    """One installation's memory. Connects when first used; safe to share between threads.

    A ``patient`` store waits out an outage of the server (workers, shards); another says at once that the
    server is gone (people at a terminal).
    """

    def __init__(self, settings: Settings, *, patient: bool = False) -> None:
        self._settings = settings
        self._patient = patient
        self._keys = Keys(settings.namespace)

    @cached_property
    def client(self) -> Client:
        """The connection pool, for this package and the server's own status."""
        return connect(self._settings.broker_url, silence=self._settings.silence, patient=self._patient)

    @cached_property
    def _scripts(self) -> Scripts:
        return Scripts(self.client)

    def check(self) -> str:
        """The server's version; raises `ServerError` when it is unreachable, refuses us, or is too old."""
        return check(self.client)

    def answers(self) -> bool:
        """Whether the server answers; raises `ServerError` when it does not."""
        return bool(self.client.ping())

    def close(self) -> None:
        """Close the connections, if any were made."""
        if "client" in self.__dict__:
            self.client.close()

    @cached_property
    def documents(self) -> Documents:
        """Documents and their lines."""
        return Documents(self.client, self._keys, self._scripts)

    @cached_property
    def shards(self) -> Shards:
        """What each shard holds."""
        return Shards(self.client, self._keys, self._scripts, self._settings.run_ttl)

    @cached_property
    def words(self) -> Words:
        """How often each shard holds each word."""
        return Words(self.client, self._keys, self._scripts)

    @cached_property
    def nodes(self) -> Nodes:
        """Which processes are alive."""
        return Nodes(self.client, self._keys)

    @cached_property
    def health(self) -> Health:
        """What the server says of itself."""
        return Health(self.client, self._settings)

    @cached_property
    def spawned(self) -> Spawned:
        """The tasks that no pass waits for."""
        return Spawned(self.client, self._keys, self.briefs, self._settings.run_ttl)

    @cached_property
    def election(self) -> Election:
        """Who looks after the runs."""
        return Election(self.client, self._keys)

    @cached_property
    def replies(self) -> Replies:
        """Answers of shards to workers."""
        return Replies(self.client, self._keys)

    @cached_property
    def events(self) -> Events:
        """What happened in each run."""
        return Events(self.client, self._keys, self._settings.run_ttl)

    @cached_property
    def conclusions(self) -> Conclusions:
        """What passes tell the coordinator."""
        return Conclusions(self.client, self._keys, self._settings.run_ttl)

    @cached_property
    def bus(self) -> Bus:
        """What outsiders posted."""
        return Bus(self.client, self._keys, self._settings.run_ttl)

    def tail(self, start: float | str, run_id: str = "") -> Tail:
        """A reader of all events, or of one run's, from a point on; see `Tail`."""
        return Tail(self.client, self._keys, start, run_id)

    @cached_property
    def runs(self) -> Runs:
        """Runs and their findings."""
        return Runs(self.client, self._keys, self._scripts, self._settings.run_ttl)

    @cached_property
    def passes(self) -> Passes:
        """The passes of runs."""
        return Passes(self.client, self._keys, self._scripts, self.runs, self._settings.run_ttl)

    @cached_property
    def writings(self) -> Writings:
        """What models wrote of runs' passes."""
        return Writings(self.client, self._keys, self._scripts, self._settings.run_ttl)

    @cached_property
    def counts(self) -> Counts:
        """Runs in numbers."""
        return Counts(self.client, self._keys, self.runs)

    @cached_property
    def briefs(self) -> Briefs:
        """What workers are asked."""
        return Briefs(self.client, self._keys, self._scripts, self._settings)

    @cached_property
    def blockers(self) -> Blockers:
        """What stands in the way of briefs."""
        return Blockers(self.client, self._keys, self._scripts, self._settings)

    @cached_property
    def insights(self) -> Insights:
        """Findings as peers see them."""
        return Insights(self.client, self._keys, self._settings)

    @cached_property
    def assists(self) -> Assists:
        """What others are asked to do for blocked briefs."""
        return Assists(self.client, self._keys, self._scripts, self._settings)

    @cached_property
    def receipts(self) -> Receipts:
        """What models were asked and handed in."""
        return Receipts(self.client, self._keys, self._settings)

    @cached_property
    def calls(self) -> Calls:
        """Leave for calls to vendors, and what they took."""
        return Calls(self.client, self._keys, self._scripts, self._settings.run_ttl)

    @cached_property
    def budgets(self) -> Budgets:
        """What runs may spend on models."""
        return Budgets(self.client, self._keys, self._settings.run_ttl)

    @cached_property
    def discoveries(self) -> DiscoveryStore:
        """What was found out once for all."""
        return DiscoveryStore(self.client, self._keys, self._scripts, self._settings)

    @cached_property
    def allocations(self) -> Allocations:
        """Which briefs were not given out."""
        return Allocations(self.client, self._keys, self._scripts)
