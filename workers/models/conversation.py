"""One brief's conversation with a model: its calls are made or shared, and what comes of it is signed."""

from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from pydantic_ai.exceptions import AgentRunError
from pydantic_ai.models import Model

from swarm_app.contracts.context import Context
from swarm_app.contracts.research import Draft
from workers.models.calls import Calls
from workers.models.loop import run
from workers.models.named import Named
from workers.models.receipts import signed
from workers.models.refusals import meant
from workers.models.shared import SharedCalls
from workers.models.vendors import model as vendor_model

T = TypeVar("T")


class Conversation:
    """With an engine's model, or the one that stands in for it; ``others`` may answer what takes it long."""

    def __init__(self, engine: Named, context: Context, model: Model | None, others: Sequence[Named]) -> None:
        self._engine, self._context = engine, context
        model = model or run(vendor_model(engine), lambda: context.remaining)
        self._calls = Calls(model, engine, context, others)
        self.model = SharedCalls(self._calls, engine, context)

    def held(self, work: Coroutine[Any, Any, T]) -> T:
        """What comes of the work, the calling thread waiting; it raises what a failed call means."""
        try:
            return run(self.model.settling(work), lambda: self._context.remaining)
        except AgentRunError as error:
            raise meant(error, self._engine) from None

    def signed(
        self, draft: Draft, *, prompt: str, output: str, left_out: int = 0, claims_left_out: int = 0
    ) -> Draft:
        """The draft with its bill and receipt; the exact texts behind it are kept."""
        self._context.keep(prompt, output)
        return signed(
            draft,
            self._engine,
            self._calls.ledger,
            self.model.saved,
            prompt=prompt,
            output=output,
            left_out=left_out,
            claims_left_out=claims_left_out,
        )
