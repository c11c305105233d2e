"""Whether a model answers: one call of one token."""

from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import AgentRunError, ModelAPIError
from pydantic_ai.messages import ModelRequest
from pydantic_ai.settings import ModelSettings

from workers.models.loop import run
from workers.models.named import Named
from workers.models.refusals import meant
from workers.models.vendors import model

_PATIENCE = 20.0  # seconds


def trial(engine: Named) -> None:
    """Ask a model for one token. Raises `EngineError` with the reason when it gives no answer."""
    try:
        run(_asked(engine), lambda: _PATIENCE)
    except ModelAPIError as error:
        raise meant(error, engine) from None
    except AgentRunError:  # one token is no whole answer, but it is one
        return


async def _asked(engine: Named) -> None:
    settings = ModelSettings(max_tokens=1, max_retries=0, timeout=_PATIENCE)
    await model_request(
        await model(engine), [ModelRequest.user_text_prompt("Say yes.")], model_settings=settings
    )
