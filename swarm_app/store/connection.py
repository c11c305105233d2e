"""The connection to Redis or Valkey: it waits out what passes, and says in words what does not."""

import time
from collections.abc import Callable
from typing import Any

import redis
from redis.backoff import ExponentialBackoff
from redis.client import Pipeline
from redis.retry import Retry

from swarm_app.errors import ServerError
from swarm_app.store.address import address
from swarm_app.store.doubt import doubting
from swarm_app.store.failures import MINIMUM_VERSION, explain, is_full, too_old

LONGEST_BLOCK = 1.0  # seconds that one command waits on the server; the least silence is longer

_PATIENT_RETRIES = 300  # about five minutes, once the wait has grown to its second
_FULL_RETRIES = 300  # one a second


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


def connect(url: str, *, silence: float = 5.0, patient: bool = False) -> Client:
    """A client for ``url``. A ``patient`` one waits out an outage of a minute; another fails in seconds.

    A connection on which the server is silent for ``silence`` seconds counts as lost.
    """
    retry = Retry(ExponentialBackoff(cap=1.0, base=0.05), _PATIENT_RETRIES if patient else 1)
    try:
        client: Client = Client.from_url(
            address(url),
            decode_responses=True,
            socket_connect_timeout=silence,
            socket_timeout=silence,
            retry=retry,
        )
    except ValueError as error:
        raise ServerError(f"SWARM_REDIS_URL: {error}. Write redis://[user:password@]host:port/db.") from None
    doubting(client.connection_pool)
    client.words = _Words(url, patient=patient)
    return client


def check(client: Client) -> str:
    """The server's version; raises `ServerError` when it is unreachable, refuses us, or is too old."""
    version = str(client.info("server")["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < MINIMUM_VERSION:
        raise too_old(client.words.url, f"version {version}")
    return version
