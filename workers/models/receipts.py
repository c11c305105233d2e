"""A draft with its bill and receipt: who made it, of what, and what that took."""

from dataclasses import asdict
from hashlib import sha256

from swarm_app.contracts.research import Draft, Receipt
from workers.models.ledger import Ledger
from workers.models.named import Named
from workers.models.shared import Saved


def signed(
    draft: Draft,
    engine: Named,
    ledger: Ledger,
    saved: Saved,
    *,
    prompt: str,
    output: str,
    left_out: int = 0,
    claims_left_out: int = 0,
) -> Draft:
    """The draft under the name of who handed it in, with the hashes of the exact texts behind it."""
    author = ledger.author or engine.name
    receipt = Receipt(
        **asdict(saved),
        model=author.partition(":")[2],
        calls=len(ledger.authors),
        failures=ledger.failures,
        hedges=ledger.hedges,
        others=tuple(each for each in ledger.authors if each != author),
        cached_tokens=ledger.cached_tokens,
        priced=ledger.priced,
        lost_usd=ledger.lost_usd,
        seconds=ledger.seconds,
        left_out=left_out,
        claims_left_out=claims_left_out,
        prompt_sha256=_hash(prompt),
        output_sha256=_hash(output),
    )
    bill = {
        "engine": author,
        "input_tokens": ledger.input_tokens,
        "output_tokens": ledger.output_tokens,
        "cost_usd": ledger.cost_usd,
    }
    return draft.model_copy(update={**bill, "receipt": receipt})


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
