"""What a vendor's error means: try again, let another engine try, or give up and say why."""

import re
from collections.abc import Mapping

from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    OutputTokenLimitExceeded,
    UnexpectedModelBehavior,
)

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.help import Obstacle
from swarm_app.errors import EngineAway, EngineError
from workers.models.desk import one_line
from workers.models.named import Named

FILTERED = "content_filter"  # how an answer ends that a vendor's filter refuses
_FILTER = re.compile(  # what vendors write where they reject a request for what it holds
    r"content.?filter|content.?(management.?)?policy|content exists risk|responsible.?ai|usage polic"
    r"|moderation_blocked|flagged|inappropriate content|data_inspection_failed|safety (filter|system|polic)",
    re.IGNORECASE,
)

_TAG = re.compile(r"<(style|script).*?</\1>|<[^<>]*>", re.IGNORECASE | re.DOTALL)  # of a page, no answer

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
    (ModelTimeoutError, "did not answer within {timeout:g} s"),
    (ModelConnectionError, "could not be reached, or hung up"),
    (ModelServerError, "failed on its side"),
    (ModelContextWindowExceededError, "says that the brief is larger than the model takes"),
    (ModelAPIError, "rejects the request"),
    (ContentFilterError, "refuses to answer"),
    (OutputTokenLimitExceeded, "went on for too long"),
    (UnexpectedModelBehavior, "gave no usable answer"),
)

_MENDED = (ModelAuthenticationError, ModelNotFoundError, ModelContextWindowExceededError)  # in other ways

_OBSTACLES: tuple[tuple[type[Exception], Obstacle], ...] = (  # that another engine may not meet
    (ContentFilterError, Obstacle.REFUSAL),
    (ModelContextWindowExceededError, Obstacle.TOO_LARGE),
    (ModelQuotaExceededError, Obstacle.RATE_LIMIT),
)


def unreadable(error: Exception) -> bool:
    """Whether the vendor answered with what is no JSON: the library has no kind of its own for that."""
    return type(error) is ModelAPIError


def passing(error: Exception) -> bool:
    """Whether the same call may well be answered the next time; one that went on for too long may not."""
    return is_away(error) and not isinstance(error, OutputTokenLimitExceeded)


def is_away(error: Exception) -> bool:
    """Whether nothing is to be mended here: another engine may take the brief."""
    return isinstance(error, _PASSING) or unreadable(error)


def meant(error: AgentRunError, engine: Named) -> EngineError:
    """The error as a brief's reason: with the engine's name, and without the key, which vendors echo."""
    account, known = engine.account, _known(error)
    key = f"the key under [{engine.account_name}] in the accounts file" if account.key else account.key_env
    found = (reason for kind, reason in _REASONS if isinstance(known, kind))
    words = "gave an answer that cannot be read" if unreadable(known) else next(found, "stopped short")
    reason = words.format(
        key=key or f"whether [{engine.account_name}] in the accounts file needs a key",
        model=engine.model,
        timeout=account.timeout_s,
    )
    told = f"{engine.name}: {engine.account_name} {reason} ({_detail(known, account.secret)})."
    if obstacle := next((each for kind, each in _OBSTACLES if isinstance(known, kind)), None):
        return Blocker(told, obstacle)
    return EngineAway(told) if is_away(known) else EngineError(told)


def _known(error: AgentRunError) -> AgentRunError:
    """The error; a request that is rejected for what it holds, as the refusal to answer that it is."""
    if not isinstance(error, ModelRequestRejectedError) or isinstance(error, _MENDED):
        return error
    said = " ".join(filter(None, (error.provider_error_code, error.provider_error_type, _said(error))))
    return ContentFilterError(_said(error)) if _FILTER.search(said) else error


def _detail(error: AgentRunError, key: str) -> str:
    detail = " ".join(one_line(_TAG.sub(" ", _said(error))).split())
    return (detail.replace(key, "…") if key else detail)[:200].rstrip(". ")


def _said(error: AgentRunError) -> str:
    """The vendor's own words, out of its answer, where there are any; else the client library's."""
    if isinstance(error, OutputTokenLimitExceeded):  # advice to programmers follows
        return error.message.partition(". ")[0]
    if isinstance(error, ModelConnectionError):
        return _deepest(error)
    if not isinstance(error, ModelHTTPError):
        return error.message
    told = error.body.get("error", error.body) if isinstance(error.body, Mapping) else error.body
    said = told.get("message", told) if isinstance(told, Mapping) else told
    return f"{error.status_code}: {said}" if said else f"{error.status_code}"


def _deepest(error: BaseException) -> str:
    """What lies behind an error in words: no such host, or nobody who listens there."""
    cause = error.__cause__ or error.__context__
    return (_deepest(cause) if cause else "") or str(error)
