"""Whether a model answers: one call of one token."""

from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import AgentRunError, OutputTokenLimitExceeded
from pydantic_ai.messages import ModelRequest
from pydantic_ai.settings import ModelSettings

from workers.models.line import answered
from workers.models.loop import run
from workers.models.named import Named
from workers.models.refusals import meant
from workers.models.vendors import model

_PATIENCE = 20.0  # seconds
_CUT = "max_tokens or model output limit was reached"  # how OpenAI rejects what stopped before its first word


def trial(engine: Named) -> None:
    """Ask a model for one token. Raises `EngineError` with the reason when it gives no answer."""
    try:
        run(_asked(engine), lambda: 2 * _PATIENCE)
    except OutputTokenLimitExceeded:  # one token is no whole answer, but it is one
        return
    except AgentRunError as error:
        if _CUT not in str(error):
            raise meant(error, engine) from None


async def _asked(engine: Named) -> None:
    settings = ModelSettings(max_tokens=1, max_retries=0, timeout=_PATIENCE)
    request = [ModelRequest.user_text_prompt("Say yes.")]
    await answered(engine, model_request(await model(engine), request, model_settings=settings), _PATIENCE)
