"""The connection to Redis or Valkey: its address, its patience, and its errors in words."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import redis
from redis.backoff import ExponentialBackoff
from redis.client import Pipeline
from redis.retry import Retry

from swarm_app.errors import ServerError

MINIMUM_VERSION = (6, 2)
OUTAGES = (redis.RedisError, OSError)  # what other users of the same server meet when it is away or full

_PATIENT_RETRIES = 300  # about five minutes, once the wait has grown to its second
_FULL_RETRIES = 300  # one a second
_SILENCE = 15  # seconds without an answer before a connection counts as lost: longer than any command blocks
_FULL = ("MISCONF", "No space left")


def address(url: str) -> str:
    """A broker URL as redis-py reads it: Celery's ``redis+socket://`` is its ``unix://``."""
    parts = urlsplit(url)
    if parts.scheme != "redis+socket":
        return url
    query = {"db" if name == "virtual_host" else name: value for name, value in parse_qsl(parts.query)}
    return f"unix://{parts.netloc}{parts.path}?{urlencode(query)}".rstrip("?")


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    shown = f"{parts.username or ''}:***@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=shown))


def explain(error: redis.RedisError, url: str) -> ServerError:
    """The error in words: what happened, where, what to do next."""
    where = f"Redis at {without_password(url)}"
    text = str(error)
    if isinstance(error, redis.AuthenticationError) or "NOAUTH" in text or "WRONGPASS" in text:
        return ServerError(f"{where} refused the user or password. Mend them in SWARM_REDIS_URL.")
    if isinstance(error, redis.ConnectionError | redis.TimeoutError):
        return ServerError(f"{where} is unreachable ({text}). Start it, or mend SWARM_REDIS_URL.")
    if "HELLO" in text:  # how a connection begins, unknown before Redis 6
        return _too_old(url, "older than 6")
    if is_full(error):
        return ServerError(f"{where} cannot write ({text}). Make room on its disk or raise its memory limit.")
    if isinstance(error, redis.exceptions.NoPermissionError):
        return ServerError(f"{where} does not permit this user what is needed ({text}). Mend its ACL.")
    return ServerError(f"{where} answered with an error: {text}. `swarm doctor` checks the server.")


def is_full(error: Exception) -> bool:
    """Whether the server refuses to store more: its disk or its memory is full."""
    out_of_memory = isinstance(error, redis.exceptions.OutOfMemoryError)  # its text is without the sign "OOM"
    return out_of_memory or any(sign in str(error) for sign in _FULL)


class _Words:
    """Turns errors into words, and waits for room if it is ``patient``."""

    def __init__(self, url: str, *, patient: bool) -> None:
        self.url = url
        self._tries = _FULL_RETRIES if patient else 1

    def run(self, command: Callable[[], Any]) -> Any:
        """The command's answer; raises `ServerError` where redis-py would raise its own."""
        for left in reversed(range(self._tries)):
            try:
                return command()
            except (redis.WatchError, redis.exceptions.NoScriptError):
                raise
            except redis.RedisError as error:
                if not (left and is_full(error)):
                    raise explain(error, self.url) from error
                time.sleep(1.0)
        raise AssertionError("unreachable")


class _Pipeline(Pipeline):
    """A pipeline whose errors are in words."""

    words: _Words
    command_stack: list[Any]

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        commands = list(self.command_stack)

        def again() -> Any:
            self.command_stack = list(commands)
            return super(_Pipeline, self).execute(raise_on_error)

        results: list[Any] = self.words.run(again)
        return results


class Client(redis.Redis):
    """A client whose errors are in words."""

    words: _Words

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Run one command; raises `ServerError` where redis-py would raise its own."""
        return self.words.run(lambda: super(Client, self).execute_command(*args, **options))

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> Pipeline:
        """A pipeline, by default as one transaction."""
        made = _Pipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)
        made.words = self.words
        return made


def connect(url: str, *, patient: bool = False) -> Client:
    """A client for ``url``. A ``patient`` one waits out an outage of a minute; another fails in seconds."""
    retry = Retry(ExponentialBackoff(cap=1.0, base=0.05), _PATIENT_RETRIES if patient else 1)
    try:
        client: Client = Client.from_url(
            address(url),
            decode_responses=True,
            socket_connect_timeout=5,
            socket_timeout=_SILENCE,
            retry=retry,
        )
    except ValueError as error:
        raise ServerError(f"SWARM_REDIS_URL: {error}. Write redis://[user:password@]host:port/db.") from None
    client.words = _Words(url, patient=patient)
    return client


def check(client: Client) -> str:
    """The server's version; raises `ServerError` when it is unreachable, refuses us, or is too old."""
    version = str(client.info("server")["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < MINIMUM_VERSION:
        raise _too_old(client.words.url, f"version {version}")
    return version


def _too_old(url: str, version: str) -> ServerError:
    needed = ".".join(map(str, MINIMUM_VERSION))
    return ServerError(
        f"Redis at {without_password(url)} is {version}, and {needed} or newer is needed. Upgrade it, or "
        "unset SWARM_REDIS_URL to use the embedded server."
    )
