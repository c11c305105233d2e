"""A draft with its bill and receipt: who made it, of what, and what that took."""

from dataclasses import asdict
from hashlib import sha256

from swarm_app.contracts.research import Draft, Receipt
from workers.models.calls import Spent
from workers.models.named import Named
from workers.models.shared import Saved

_BILL = ("input_tokens", "output_tokens", "cost_usd")


def signed(
    draft: Draft,
    engine: Named,
    spent: Spent,
    saved: Saved,
    *,
    prompt: str,
    output: str,
    left_out: int = 0,
    claims_left_out: int = 0,
) -> Draft:
    """The draft under its engine's name, with the hashes of the exact texts behind it; see `Receipt`."""
    took = asdict(spent)
    bill = {name: took.pop(name) for name in _BILL}
    receipt = Receipt(
        **took,
        **asdict(saved),
        model=engine.model,
        left_out=left_out,
        claims_left_out=claims_left_out,
        prompt_sha256=_hash(prompt),
        output_sha256=_hash(output),
    )
    return draft.model_copy(update={**bill, "engine": engine.name, "receipt": receipt})


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
