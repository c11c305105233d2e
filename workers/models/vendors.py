"""The client library's models, one for each protocol; kept, so that their connections are."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from httpx2 import AsyncClient
from pydantic_ai.models import Model, ModelRequestParameters, create_async_httpx2_client
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
_SCHEMAS = ("function_tools", "output_tools", "output_object")
_KINDS = 8  # of requests, with other tools or drafts
_KEYLESS = "none"  # a local server asks for no key, its client does


class _Adapting(Model):
    """Adapts the schemas of its tools and drafts to its vendor once: they are the same in every request."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._adapted: deque[tuple[object, dict[str, Any]]] = deque(maxlen=_KINDS)

    def customize_request_parameters(
        self, model_request_parameters: ModelRequestParameters
    ) -> ModelRequestParameters:
        """The parameters with schemas that the vendor understands."""
        asked = _schemas(model_request_parameters)
        for known, adapted in self._adapted:
            if known == asked:
                return replace(model_request_parameters, **adapted)
        made = super().customize_request_parameters(model_request_parameters)
        self._adapted.append((asked, _schemas(made)))
        return made


def _schemas(parameters: ModelRequestParameters) -> dict[str, Any]:
    return {name: getattr(parameters, name) for name in _SCHEMAS}


class _OpenAI(_Adapting, OpenAIChatModel):
    pass


class _Anthropic(_Adapting, AnthropicModel):
    pass


class _Google(_Adapting, GoogleModel):
    pass


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
    profile = DeepSeekProvider.model_profile(engine.model) if engine.account_name == "deepseek" else None
    return _OpenAI(engine.model, provider=provider, profile=profile)


def _anthropic(engine: Named, key: str) -> Model:
    provider = AnthropicProvider(api_key=key, base_url=engine.account.base_url, http_client=_client())
    return _Anthropic(engine.model, provider=provider)


def _google(engine: Named, key: str) -> Model:
    provider = GoogleProvider(api_key=key, base_url=engine.account.base_url, http_client=_client())
    return _Google(engine.model, provider=provider)


_PROTOCOLS: Mapping[Protocol, Callable[[Named, str], Model]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "google": _google,
}
