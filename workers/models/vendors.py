"""The client library's models, one for each protocol; kept, so that their connections are."""

from collections.abc import Callable, Mapping
from functools import cache

from httpx2 import AsyncClient
from pydantic_ai.models import Model, create_async_httpx2_client
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.google import GoogleModel
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.deepseek import DeepSeekProvider
from pydantic_ai.providers.google import GoogleProvider
from pydantic_ai.providers.openai import OpenAIProvider

from workers.models.accounts import Protocol
from workers.models.loop import at_exit
from workers.models.named import Named

_LONGEST = 3_600.0  # seconds that the connections allow; each call says how long it may take
_KEYLESS = "none"  # a local server asks for no key, its client does


async def model(engine: Named) -> Model:
    """The model to call; a changed account or key gives another one.

    Awaited on the loop, and so by one after another: connections are made once, and belong to it.
    """
    return _model(engine, engine.account.secret or _KEYLESS)


@cache
def _model(engine: Named, key: str) -> Model:
    return _PROTOCOLS[engine.account.protocol](engine, key)


@cache
def _client() -> AsyncClient:
    """The connections of all accounts."""
    client = create_async_httpx2_client(timeout=_LONGEST)
    at_exit(client.aclose)
    return client


def _openai(engine: Named, key: str) -> Model:
    provider = OpenAIProvider(api_key=key, base_url=engine.account.base_url, http_client=_client())
    profile = DeepSeekProvider.model_profile(engine.model) if engine.vendor == "deepseek" else None
    return OpenAIChatModel(engine.model, provider=provider, profile=profile)


def _anthropic(engine: Named, key: str) -> Model:
    provider = AnthropicProvider(api_key=key, base_url=engine.account.base_url, http_client=_client())
    return AnthropicModel(engine.model, provider=provider)


def _google(engine: Named, key: str) -> Model:
    provider = GoogleProvider(api_key=key, base_url=engine.account.base_url, http_client=_client())
    return GoogleModel(engine.model, provider=provider)


_PROTOCOLS: Mapping[Protocol, Callable[[Named, str], Model]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "google": _google,
}
