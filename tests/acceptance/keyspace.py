"""Everything that an installation's server holds, as text."""

from collections.abc import Callable
from typing import Any

from tests.acceptance.installation import Installation


def held(installation: Installation) -> str:
    """Every key with its value."""
    store = installation.store()
    try:
        return "".join(key + repr(_value(store.client, key)) for key in store.client.scan_iter())
    finally:
        store.close()


def _value(client: Any, key: str) -> object:
    readers: dict[str, Callable[[str], object]] = {
        "string": client.get,
        "hash": client.hgetall,
        "list": lambda key: client.lrange(key, 0, -1),
        "set": client.smembers,
        "zset": lambda key: client.zrange(key, 0, -1),
        "stream": client.xrange,
        "none": lambda _: None,  # it has just expired
    }
    return readers[client.type(key)](key)
