"""A worker in a process of its own, with one brief in hand: run by `test_shared.py`, which kills it."""

import sys
from functools import partial

from swarm_app.claims import Claims
from swarm_app.settings import current
from swarm_app.store.store import Store
from tasks.discoveries import StoreLog
from tests.integration.models.briefs import Borrowed
from workers.engine import load
from workers.models.researcher import investigate


def main(brief_id: str) -> None:
    """Say that all is imported; claim the brief, keep its lease by heartbeats, and have a model do it."""
    sys.stdout.write(f"{investigate.__module__}\n")
    sys.stdout.flush()
    store = Store(current())
    claimed = store.briefs.claim(brief_id, "lonely")
    assert claimed.brief is not None
    renew = partial(store.briefs.renew, brief_id, claimed.attempts)
    with Claims().holding(claimed.brief, claimed.attempts, renew) as held:
        context = Borrowed(remaining=60.0)
        context.log = StoreLog(store, held)
        load("openai:gpt-5-mini").investigate(claimed.brief, context)


if __name__ == "__main__":
    main(sys.argv[1])
