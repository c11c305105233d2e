"""What a vendor's error means: try again, let another engine try, or give up and say why."""

from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelServerError,
    ModelUnavailableError,
    UnexpectedModelBehavior,
)

from swarm_app.errors import EngineAway, EngineError
from workers.models.named import Named

_PASSING = (
    ModelRateLimitError,
    ModelUnavailableError,
    ModelServerError,
    ModelConnectionError,
    ModelRequestTimeout,
    UnexpectedModelBehavior,  # an answer that is cut off or no answer at all
)
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (ModelAuthenticationError, "refuses the key; check {key}"),
    (ModelNotFoundError, "knows no model {model!r}; check its name"),
    (ModelQuotaExceededError, "says that the account's quota or credit is used up"),
    (ModelRateLimitError, "limits our rate, and no time was left to wait"),
    (ModelUnavailableError, "is overloaded or away"),
    (ModelRequestTimeout, "did not answer within {timeout:g} s"),
    (ModelConnectionError, "could not be reached, or hung up"),
    (ModelServerError, "failed on its side"),
    (ModelAPIError, "rejects the request"),
    (UnexpectedModelBehavior, "gave no usable answer"),
)


def unreadable(error: Exception) -> bool:
    """Whether the vendor answered with what is no JSON: the library has no kind of its own for that."""
    return type(error) is ModelAPIError


def passing(error: Exception) -> bool:
    """Whether the same call may well be answered the next time."""
    return isinstance(error, _PASSING) or unreadable(error)


def meant(error: AgentRunError, engine: Named) -> EngineError:
    """The error as a brief's reason: with the engine's name, and without the key, which vendors echo."""
    account = engine.account
    found = (words for kind, words in _REASONS if isinstance(error, kind))
    reason = "gave an answer that cannot be read" if unreadable(error) else next(found, "stopped short")
    told = reason.format(key=account.key_env or "its key", model=engine.model, timeout=account.timeout_s)
    kind = EngineAway if passing(error) else EngineError
    return kind(f"{engine.name}: {engine.vendor} {told} ({_detail(error, account.secret)}).")


def _detail(error: AgentRunError, key: str) -> str:
    detail = " ".join(str(error).split())
    return (detail.replace(key, "…") if key else detail)[:200].rstrip(". ")
