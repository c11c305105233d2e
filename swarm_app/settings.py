"""Settings, read from the environment: every field is `SWARM_` plus its name in capitals."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from swarm_app.errors import UsageError

_SCHEMES = ("redis", "rediss", "redis+socket")
_SOCKET_PATH_MAX = (
    100  # bytes; the kernel's limit for a Unix socket's address is 107, with room for a file name
)


class Settings(BaseSettings):
    """What can be set. Times are seconds."""

    model_config = SettingsConfigDict(env_prefix="SWARM_", frozen=True, extra="ignore", env_ignore_empty=True)

    redis_url: str | None = Field(
        default=None, description="Redis or Valkey to use; none: the embedded server"
    )
    namespace: str = Field(
        default="swarm",
        pattern=r"^[A-Za-z0-9_-]{1,40}$",
        description="Prefix of every key and queue, so that installations can share one Redis",
    )
    state_dir: Path = Field(
        default_factory=lambda: platformdirs.user_state_path("swarm"),
        description="Where the embedded server keeps its data and the supervisor its logs",
    )
    capacity: int = Field(default=200_000, gt=0, description="Tokens a shard holds by default")
    max_document_bytes: int = Field(default=64_000_000, gt=0, description="Larger files are skipped by name")
    run_ttl: int = Field(default=30 * 86_400, gt=0, description="How long a run is remembered")
    lease: int = Field(default=15, gt=0, description="How long a claimed brief belongs to a silent worker")
    attempts: int = Field(default=3, gt=0, description="How often a brief is given out before it has failed")
    recovery_interval: float = Field(
        default=5.0, gt=0, description="Between two looks for runs that are stuck"
    )
    brief_deadline: int = Field(default=300, gt=0, description="Longest that an engine may work on one brief")
    assist_deadline: int = Field(
        default=60,
        gt=0,
        description="How long a blocked brief waits for help, once no other of its pass is taken up or done",
    )
    helper_max_tasks: int | None = Field(
        default=None, gt=0, description="Assists after which a worker leaves; none: it stays"
    )
    helper_max_seconds: float | None = Field(
        default=None, gt=0, description="After how long a worker leaves; none: it stays"
    )
    helper_idle_seconds: float | None = Field(
        default=None, gt=0, description="After how long without a task a worker leaves; none: it stays"
    )
    shutdown_grace: float = Field(
        default=5.0,
        ge=0,
        description="How long a stopping worker waits for its briefs before it gives them back",
    )
    silence: int = Field(
        default=5,
        ge=3,  # commands that wait on the server do so for a second
        description="After how long without an answer a connection to the server counts as lost",
    )
    visibility_timeout: int = Field(
        default=900, ge=90, description="Longest a task may run before its message is delivered again"
    )
    search_timeout: int = Field(default=120, gt=0, description="How long a worker waits for a shard's answer")
    start_timeout: int = Field(
        default=60,
        gt=0,
        description="How long to wait for a process that was started, and for a server that is away while a "
        "run is followed",
    )
    linger: int = Field(default=10, ge=0, description="How long the local stack outlives its last user")
    worker_processes: int = Field(default=2, gt=0, description="Worker processes that the local stack starts")
    pool: Literal["threads", "prefork", "gevent", "solo"] = Field(
        default="threads", description="Celery's pool; `-P` on the command line cannot ask for prefork"
    )
    concurrency: int = Field(default=16, gt=0, description="Briefs that one worker process works on at once")

    hedge_models: bool = Field(
        default=False,
        description="Whether slow calls are made a second time by models that cost money too",
    )
    receipt_ttl: int = Field(
        default=7 * 86_400, ge=0, description="How long the texts of models' receipts are kept; 0: not at all"
    )
    discovery_ttl: int = Field(
        default=600, ge=0, description="How long a search or a model's answer is shared; 0: not at all"
    )
    insight_ttl: int = Field(default=7 * 86_400, gt=0, description="How long findings are offered to peers")
    insight_tokens: int = Field(
        default=600, ge=0, description="Of peers' findings that a brief begins with; 0: none"
    )
    models: Path | None = Field(
        default=None, description="TOML file of model accounts; none: the vendors' keys in the environment"
    )

    @field_validator("redis_url")
    @classmethod
    def _known_scheme(cls, url: str | None) -> str | None:
        if url is not None and urlsplit(url).scheme not in _SCHEMES:
            raise ValueError("must begin with redis://, rediss:// or redis+socket://")
        return url

    @field_validator("redis_url")
    @classmethod
    def _numbered_port(cls, url: str | None) -> str | None:
        try:
            _ = urlsplit(url or "").port
        except ValueError:
            raise ValueError("the port is not a number up to 65535; write redis://host:6379/0") from None
        return url

    @field_validator("redis_url")
    @classmethod
    def _numbered_database(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "")
        database = "" if parts.scheme == "redis+socket" else parts.path.strip("/")
        if database and not database.isdecimal():
            raise ValueError(f"the database {database!r} is not a number; end the URL with /0")
        return url

    @field_validator("models")
    @classmethod
    def _from_anywhere(cls, file: Path | None) -> Path | None:
        """Workers that the stack starts have another working directory."""
        return None if file is None else file.expanduser().absolute()

    @field_validator("state_dir")
    @classmethod
    def _short_enough(cls, path: Path) -> Path:
        path = path.expanduser().absolute()
        if len(os.fsencode(path)) + len("/0123456789ab/server.sock") > _SOCKET_PATH_MAX:
            raise ValueError(f"{path} is too long for a Unix socket: name a shorter directory")
        return path

    @property
    def embedded(self) -> bool:
        """Whether the server is our own."""
        return self.redis_url is None

    @property
    def stack_dir(self) -> Path:
        """Where this installation's supervisor lives: one directory for each server and namespace."""
        identity = f"{self.redis_url or 'embedded'}\n{self.namespace}"
        return self.state_dir / hashlib.sha256(identity.encode()).hexdigest()[:12]

    @property
    def server_socket(self) -> Path:
        """The embedded server's Unix socket."""
        return self.stack_dir / "server.sock"

    @property
    def control_socket(self) -> Path:
        """The supervisor's Unix socket."""
        return self.stack_dir / "control.sock"

    @property
    def broker_url(self) -> str:
        """The server's address as Celery and `Store` take it."""
        return self.redis_url or f"redis+socket://{quote(str(self.server_socket))}"


def load(**overrides: object) -> Settings:
    """Settings from the environment; raises `UsageError` that names each variable that is wrong."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = "; ".join(
            f"SWARM_{str(problem['loc'][0]).upper()}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors()
        )
        raise UsageError(f"Settings: {wrong}. Mend the environment and try again.") from None


@lru_cache(maxsize=1)
def current() -> Settings:
    """This process's settings, read once."""
    return load()
