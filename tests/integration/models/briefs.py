"""A brief and a collection for it."""

from swarm_app.contracts.calls import Call, Landing
from swarm_app.contracts.discoveries import Answered, Discovery, DiscoveryLog, Inquiry, Outcome
from tests.unit.extractive.briefs import brief_of
from tests.unit.extractive.memory import MemoryContext

QUESTION = "How is the nightly purge kept from running twice?"
LEASE = "The nightly purge takes a lease on the archive before it deletes anything."
DOCUMENTS = {
    "docs/purge.md": f"# Purge\n\n{LEASE}\nA second purge that finds the lease taken ends at once.\n",
    "docs/mail.md": "# Mail\n\nMail is sent at noon, by hand.\n",
}
BRIEF = brief_of(QUESTION)


class Unmetered:
    """Gives leave for every call, and remembers them."""

    def __init__(self) -> None:
        self.calls: list[tuple[Call, Landing]] = []
        self.slowest: float | None = None
        self._taken: list[tuple[Landing, dict[str, float]]] = []

    def ask(self, call: Call) -> float:
        return 0.0

    def slow(self, engine: str) -> float | None:
        return self.slowest

    def landed(self, call: Call, landing: Landing, **taken: float) -> None:
        self.calls.append((call, landing))
        self._taken.append((landing, taken))

    def taken(self, landing: Landing, what: str) -> float:
        """What calls that ended so took of it, in all."""
        return sum(taken.get(what, 0.0) for ended, taken in self._taken if ended is landing)


class Unshared:
    """A log that has everybody find everything out alone."""

    def ask(self, inquiry: Inquiry) -> Answered:
        return Answered(outcome=Outcome.APART)

    def keep(self, inquiry: Inquiry, basis: str, discovery: Discovery) -> None:
        raise AssertionError("nobody was to find it out for others")

    def drop(self, inquiry: Inquiry, *, failed: bool) -> None:
        raise AssertionError("nobody was to find it out for others")


class Borrowed(MemoryContext):
    """The memory context with time left, and leave for every call."""

    def __init__(self, documents: dict[str, str] | None = None, remaining: float = 30.0) -> None:
        super().__init__(documents or DOCUMENTS)
        self.remaining = remaining
        self.meter = Unmetered()
        self.log: DiscoveryLog = Unshared()
        self.kept: list[tuple[str, str]] = []

    def keep(self, prompt: str, output: str) -> None:
        self.kept.append((prompt, output))
