"""Leave for a brief's calls to vendors: within its run's budget, and at the rate that the account takes."""

from swarm_app.contracts.calls import Call, Landing
from swarm_app.errors import BudgetSpent
from swarm_app.store.budgets import Leave
from swarm_app.store.store import Store

_LATER = 0.3  # seconds until what others set aside may be settled


class StoreMeter:
    """Implements `Meter` for one run, by the store: all workers of all hosts share it."""

    def __init__(self, store: Store, run_id: str) -> None:
        self._store = store
        self._run_id = run_id

    def ask(self, call: Call) -> float:
        """0 when the call may be made now; see `Meter`."""
        leave = self._store.budgets.reserve(self._run_id, call)
        if leave is Leave.SPENT:
            raise BudgetSpent(f"The budget of {self._run_id} does not reach for another call.")
        if leave is Leave.LATER:
            return _LATER
        if wait := self._store.rates.admit(call):
            self._store.budgets.settle(self._run_id, call)
        return wait

    def landed(
        self, call: Call, landing: Landing, *, tokens: int = 0, cost_usd: float = 0.0, pause: float = 0.0
    ) -> None:
        """Count how a call ended; see `Meter`."""
        self._store.rates.landed(call, landing, tokens=tokens, pause=pause)
        self._store.budgets.settle(self._run_id, call, tokens=tokens, cost_usd=cost_usd)
