"""Every error this project raises on purpose.

    SwarmError
    ├── UsageError              the request itself is wrong (exit status 2)
    │   ├── PlanError           a plan that does not exist, or a plan file with a mistake
    │   ├── UnknownError        a shard, run, engine or finding of that name does not exist
    │   └── DocumentError       a document or a path cannot be read
    │       ├── CapacityError   more tokens than a shard may hold
    │       └── LostError       the store has not, or no longer, what a shard is to hold
    ├── ServerError             Redis or Valkey is unreachable, too old, refusing or full (exit status 2)
    │   └── ServerAway          it cannot be reached just now
    │       └── OutOfSight      it stays away while a run is followed, which goes on later (exit status 1)
    ├── StackError              a process that is needed is missing or did not start (exit status 2)
    ├── EngineError             an engine cannot be loaded, or could not do its brief (exit status 2)
    │   ├── BudgetSpent         the run's budget does not reach for another call
    │   └── EngineAway          its vendor did not answer in time: another engine may do the brief
    │       └── EngineSpent     its own budget does not reach for another call
    ├── ClaimError              a brief is not this worker's to work on or to report
    ├── OutputError             standard output cannot be written (exit status 1)
    └── RunFailed               a run ended without a report (exit status 1)

A message says what happened, where, and what to do next. Every class takes exactly one string: an exception
that crosses Celery's result backend with any other signature comes back as a bare `Exception`.
"""


class SwarmError(Exception):
    """Base of all errors raised on purpose; `exit_status` is what the command line ends with."""

    exit_status = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)


class UsageError(SwarmError):
    """The request itself is wrong: the caller can mend it."""

    exit_status = 2


class PlanError(UsageError):
    """A plan that does not exist, or a plan file with a mistake (the message names line and field)."""


class UnknownError(UsageError):
    """Nothing of that name exists."""


class DocumentError(UsageError):
    """A path or a document cannot be read."""


class CapacityError(DocumentError):
    """More tokens than a shard may hold; the message says how many shards are needed."""


class LostError(DocumentError):
    """The store has not, or no longer, what a shard is to hold."""


class ServerError(SwarmError):
    """Redis or Valkey is unreachable, too old, refuses us, or is full."""

    exit_status = 2


class ServerAway(ServerError):  # noqa: N818 — it says where the server is
    """Redis or Valkey cannot be reached just now: it may be back in a moment."""


class OutOfSight(ServerAway):
    """The server stays away while a run is followed: the run is stored, and goes on when it is back."""

    exit_status = 1


class StackError(SwarmError):
    """A process that is needed is missing or did not start."""

    exit_status = 2


class EngineError(SwarmError):
    """An engine cannot be loaded, or could not do its brief."""

    exit_status = 2


class BudgetSpent(EngineError):  # noqa: N818 — it is a run's outcome, and reads as one
    """The run's budget does not reach for another call: its brief waits until somebody raises it."""


class EngineAway(EngineError):  # noqa: N818 — it says where the engine is
    """An engine's vendor did not answer in time, for all that was tried: another engine may do the brief."""


class EngineSpent(EngineAway):
    """The engine's own budget does not reach for another call: another engine may do the brief."""


class ClaimError(SwarmError):
    """A brief is not this worker's to work on or to report."""


class OutputError(SwarmError):
    """Standard output is closed, or its disk is full."""


class RunFailed(SwarmError):  # noqa: N818 — it is a run's outcome, and reads as one
    """A run ended without a report."""
