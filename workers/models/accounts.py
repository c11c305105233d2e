"""Accounts: where a model is reached, with which key, and within which limits.

The vendors we know need no more than a key in the environment. The file that `SWARM_MODELS` names changes
what is said of them here, and adds endpoints of one's own: a table for each, with the fields of `Account`.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from swarm_app.contracts.calls import Limits
from swarm_app.errors import UsageError

Protocol = Literal["openai", "anthropic", "google"]


class Account(BaseModel):
    """One vendor account. Its key is read from the environment at each use, unless the file holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    protocol: Protocol = "openai"
    base_url: str | None = None  # None: the vendor's own
    models: tuple[
        str, ...
    ] = ()  # that `swarm engines` lists and `swarm doctor` tries; any other may be named
    key: SecretStr | None = None
    key_env: str = ""  # the variable that holds the key
    context: PositiveInt | None = None  # tokens a model takes at once; None: as the price list has it
    input_usd: float | None = Field(default=None, ge=0.0)  # a million input tokens; None: by the price list
    output_usd: float | None = Field(default=None, ge=0.0)
    strength: float | None = None  # how strong its models are beside others', on any scale of one's own
    tools: bool = True  # False: its models are small, see one search's excerpts, and fill in short forms
    timeout_s: float = Field(default=120.0, gt=0.0)  # of one call
    requests_per_minute: PositiveInt | None = None  # limits that all workers keep together
    tokens_per_minute: PositiveInt | None = None
    concurrency: PositiveInt | None = None  # calls in the air at once

    @property
    def limits(self) -> Limits:
        """What the account may do; what nobody told us is learnt from refusals."""
        return Limits.model_validate(self.model_dump(include=set(Limits.model_fields)))

    @field_validator("base_url")
    @classmethod
    def _is_url(cls, url: str | None) -> str | None:
        if url is not None and not re.match(r"https?://[^/\s]+", url):
            raise ValueError("it begins with http:// or https:// and a host")
        return url

    @model_validator(mode="after")
    def _is_priced_or_not(self) -> Self:
        if (self.input_usd is None) is not (self.output_usd is None):
            raise ValueError("input_usd and output_usd are stated together, or neither is")
        return self

    @property
    def secret(self) -> str:
        """The key, without white space around it; empty if there is none."""
        return (self.key.get_secret_value() if self.key else os.environ.get(self.key_env, "")).strip()

    @property
    def missing(self) -> str:
        """What it needs before it can be used, in words; empty if it can be."""
        if self.key_env and not self.secret:
            return f"set {self.key_env}"
        if not re.fullmatch(r"[!-~]*", self.secret):  # no header may hold it, and errors would show it
            return f"mend {'its key' if self.key else self.key_env}, which has characters that no key has"
        return ""


_VENDORS: Mapping[str, dict[str, Any]] = {
    "anthropic": {"protocol": "anthropic", "key_env": "ANTHROPIC_API_KEY", "models": ("claude-opus-4-5",)},
    "google": {"protocol": "google", "key_env": "GOOGLE_API_KEY", "models": ("gemini-2.5-pro",)},
    "openai": {"protocol": "openai", "key_env": "OPENAI_API_KEY", "models": ("gpt-5-mini",)},
    "deepseek": {
        "protocol": "openai",
        "base_url": "https://api.deepseek.com",
        "key_env": "DEEPSEEK_API_KEY",
        "models": ("deepseek-chat",),
    },
}


def accounts(file: Path | None) -> Mapping[str, Account]:
    """Every account by name: the vendors we know, and what ``file`` says now.

    Raises `UsageError` that names file, table and field.
    """
    return _accounts(file, _stamp(file))


def _stamp(file: Path | None) -> tuple[int, int] | None:
    """What is another once a file was changed; None where nothing can be read."""
    try:
        found = file and file.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found else None


@lru_cache(maxsize=4)  # it is asked for several times in every brief
def _accounts(file: Path | None, stamp: tuple[int, int] | None) -> Mapping[str, Account]:
    told = _tables(file)
    names = dict.fromkeys((*_VENDORS, *told))
    return {name: _account(file, name, {**_VENDORS.get(name, {}), **told.get(name, {})}) for name in names}


def _tables(file: Path | None) -> dict[str, dict[str, Any]]:
    if file is None:
        return {}
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            f"Models file {file}: cannot be read ({error.strerror}). Mend SWARM_MODELS."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"Models file {file}: not TOML ({error}). Mend it.") from None
    for name, table in tables.items():
        if not isinstance(table, dict) or not re.fullmatch(r"[^\s:,]+", name):
            raise UsageError(
                f"Models file {file}: {name!r} is no account. Write [name], and its fields below."
            )
    return tables


def _account(file: Path | None, name: str, fields: dict[str, Any]) -> Account:
    try:
        return Account.model_validate(fields)
    except ValidationError as error:  # its own words would quote the key
        first = error.errors(include_input=False, include_context=False)[0]
        field = ".".join(map(str, first["loc"]))
        where = f"[{name}], field {field}" if field else f"[{name}]"
        unknown = first["type"] == "extra_forbidden"
        said = _no_such(field) if unknown else first["msg"].removeprefix("Value error, ")
        said = said.replace("a valid tuple", "a list")
        raise UsageError(f"Models file {file}, {where}: {said}.") from None


def _no_such(field: str) -> str:
    near = difflib.get_close_matches(field, Account.model_fields, n=1)
    return f"there is no such field; perhaps {near[0]} is meant" if near else "there is no such field"
