"""Leave for a brief's calls to vendors: within its run's budgets, and at the rate that the account takes."""

from typing import Any

from swarm_app.contracts.calls import Call, Landing
from swarm_app.errors import BudgetSpent, EngineSpent
from swarm_app.store.calls import Answer
from swarm_app.store.store import Store

_LATER = 0.3  # seconds until what others set aside may be settled


class StoreMeter:
    """Implements `Meter` for one run, by the store: all workers of all hosts share it."""

    def __init__(self, store: Store, run_id: str) -> None:
        self._store = store
        self._run_id = run_id

    def ask(self, call: Call) -> float:
        """0 when the call may be made now; see `Meter`."""
        leave = self._store.calls.leave(self._run_id, call)
        if leave.answer is Answer.SPENT:
            raise BudgetSpent(f"The budget of {self._run_id} does not reach for another call.")
        if leave.answer is Answer.AWAY:
            raise EngineSpent(f"{call.engine}: its budget in {self._run_id} does not reach for another call.")
        return _LATER if leave.answer is Answer.LATER else leave.seconds

    def landed(self, call: Call, landing: Landing, **taken: Any) -> None:
        """Count how a call ended; see `Meter`."""
        self._store.calls.landed(self._run_id, call, landing, **taken)

    def slow(self, engine: str) -> float | None:
        """What 95 in 100 of the engine's latest calls stay below; see `Meter`."""
        return self._store.calls.slow(engine)
