"""What goes wrong with Redis or Valkey, in words."""

import redis

from swarm_app.errors import ServerAway, ServerError
from swarm_app.store.address import without_password

MINIMUM_VERSION = (6, 2)
OUTAGES = (redis.RedisError, OSError)  # what other users of the same server meet when it is away or full

_FULL = ("MISCONF", "No space left")


def explain(error: redis.RedisError, url: str) -> ServerError:
    """The error in words: what happened, where, what to do next."""
    where = f"Redis at {without_password(url)}"
    text = str(error)
    if isinstance(error, redis.AuthenticationError) or "NOAUTH" in text or "WRONGPASS" in text:
        return ServerError(f"{where} refused the user or password. Mend them in SWARM_REDIS_URL.")
    if isinstance(error, redis.ConnectionError | redis.TimeoutError):
        return ServerAway(
            f"{where} is unreachable ({text}). Start it (`swarm up` starts the embedded one), or mend "
            "SWARM_REDIS_URL."
        )
    if "HELLO" in text:  # how a connection begins, unknown before Redis 6
        return too_old(url, "older than 6")
    if is_full(error):
        return ServerError(f"{where} cannot write ({text}). Make room on its disk or raise its memory limit.")
    if isinstance(error, redis.exceptions.NoPermissionError):
        return ServerError(f"{where} does not permit this user what is needed ({text}). Mend its ACL.")
    return ServerError(f"{where} answered with an error: {text}. `swarm doctor` checks the server.")


def is_full(error: Exception) -> bool:
    """Whether the server refuses to store more: its disk or its memory is full."""
    out_of_memory = isinstance(error, redis.exceptions.OutOfMemoryError)  # its text is without the sign "OOM"
    return out_of_memory or any(sign in str(error) for sign in _FULL)


def too_old(url: str, version: str) -> ServerError:
    """That the server is too old; ``version`` says how old in words."""
    needed = ".".join(map(str, MINIMUM_VERSION))
    return ServerError(
        f"Redis at {without_password(url)} is {version}, and {needed} or newer is needed. Upgrade it, or "
        "unset SWARM_REDIS_URL to use the embedded server."
    )
