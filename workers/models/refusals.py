"""What a vendor's error means: try again, let another engine try, or give up and say why."""

from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelServerError,
    ModelUnavailableError,
    UnexpectedModelBehavior,
)

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.help import Obstacle
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
    (ModelContextWindowExceededError, "says that the brief is larger than the model takes"),
    (ModelAPIError, "rejects the request"),
    (ContentFilterError, "refuses to answer"),
    (UnexpectedModelBehavior, "gave no usable answer"),
)

_OBSTACLES: tuple[tuple[type[Exception], Obstacle], ...] = (  # that another engine may not meet
    (ContentFilterError, Obstacle.REFUSAL),
    (ModelContextWindowExceededError, Obstacle.TOO_LARGE),
    (ModelQuotaExceededError, Obstacle.RATE_LIMIT),
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
    found = (reason for kind, reason in _REASONS if isinstance(error, kind))
    words = "gave an answer that cannot be read" if unreadable(error) else next(found, "stopped short")
    reason = words.format(key=account.key_env or "its key", model=engine.model, timeout=account.timeout_s)
    told = f"{engine.name}: {engine.vendor} {reason} ({_detail(error, account.secret)})."
    if obstacle := next((each for kind, each in _OBSTACLES if isinstance(error, kind)), None):
        return Blocker(told, obstacle)
    return EngineAway(told) if passing(error) else EngineError(told)


def _detail(error: AgentRunError, key: str) -> str:
    detail = " ".join(str(error).split())
    return (detail.replace(key, "…") if key else detail)[:200].rstrip(". ")
