"""What a model costs and takes at once: what the account says, else a kept price list, offline."""

from functools import cache
from urllib.parse import urlsplit

from genai_prices import Usage, calc_price
from genai_prices.data_snapshot import get_snapshot

from workers.models.named import Named

_WINDOWS = {"anthropic": 200_000, "google": 1_000_000, "openai": 128_000, "deepseek": 64_000}
_HERE = {"localhost", "127.0.0.1", "::1"}
_SMALL = 8_192  # tokens; what servers of local models take when nobody says otherwise


@cache
def window(engine: Named) -> int:
    """The tokens that the model takes at once, its answer included."""
    if engine.account.context:
        return engine.account.context
    try:
        _, model = get_snapshot().find_provider_model(engine.model, None, engine.account_name, None)
    except LookupError:
        return _WINDOWS.get(engine.account_name, _SMALL)
    return model.context_window or _WINDOWS.get(engine.account_name, _SMALL)


def cost(engine: Named, read: int, written: int, cached: int = 0) -> float | None:
    """US dollars for these tokens, ``cached`` of those read; None where nobody told us a price."""
    account = engine.account
    if account.input_usd is not None and account.output_usd is not None:
        return (read * account.input_usd + written * account.output_usd) / 1e6
    usage = Usage(input_tokens=read, output_tokens=written, cache_read_tokens=cached)
    try:
        return float(calc_price(usage, engine.model, provider_id=engine.account_name).total_price)
    except LookupError:
        return None


@cache
def free(engine: Named) -> bool:
    """Whether its calls cost nothing: the price is stated as 0, or it runs on this machine and has none."""
    account = engine.account
    if account.input_usd is not None and account.output_usd is not None:
        return account.input_usd == account.output_usd == 0.0
    return urlsplit(account.base_url or "").hostname in _HERE and cost(engine, 1, 1) is None
