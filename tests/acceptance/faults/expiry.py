"""Which keys of an installation would stay for ever."""

from fnmatch import fnmatch

from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store.store import Store
from tests.acceptance.faults.waiting import wait_until

# Celery's: its queues, what workers have taken and not acknowledged, and which queues there are.
_CELERYS = ("research*", "assist*", "shard.*", "unacked*", "_kombu.binding*")


def all_keys_expire(store: Store, settings: Settings) -> None:
    """Every key has a TTL, but Celery's own, the shards and the documents that they hold."""
    try:
        wait_until(lambda: not _eternal(store, settings), "every key has a TTL", 10)
    except AssertionError as error:
        raise AssertionError(f"{error}: {sorted(_eternal(store, settings))}") from None


def _eternal(store: Store, settings: Settings) -> set[str]:
    loose = {key for key in store.client.scan_iter(f"{settings.namespace}:*") if store.client.ttl(key) == -1}
    celerys = {key for key in loose if any(fnmatch(key, f"{settings.namespace}:{name}") for name in _CELERYS)}
    return loose - celerys - _held(store, Keys(settings.namespace))


def _held(store: Store, keys: Keys) -> set[str]:
    held = {keys.shards(), keys.holders()}
    for shard in store.shards.all():
        held |= {keys.shard(shard.name), keys.parts(shard.name), keys.words(shard.name)}
        for part in store.shards.parts(shard.name):
            held |= {keys.document(part.sha256), keys.lines(part.sha256), keys.offsets(part.sha256)}
    return held
