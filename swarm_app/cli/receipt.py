"""``swarm show FINDING --receipt``: what a model was asked, word for word, and what it handed in."""

from swarm_app.cli import output
from swarm_app.contracts.research import Finding, Receipt
from swarm_app.errors import UnknownError
from swarm_app.store.receipts import Kept

_FIELDS = {"finding_id", "engine", "receipt", "input_tokens", "output_tokens", "cost_usd", "attempts"}


def write_receipt(finding: Finding, kept: Kept | None, *, as_json: bool) -> None:
    """Print it. Raises `UnknownError` for a finding that no model made."""
    if finding.receipt is None:
        raise UnknownError(f"{finding.finding_id} has no receipt: {finding.engine} is no model.")
    if as_json:
        told = finding.model_dump(mode="json", include=_FIELDS)
        output.write_json(told | {"prompt": kept and kept.prompt, "output": kept and kept.output})
    else:
        _print(finding, finding.receipt, kept)


def _print(finding: Finding, told: Receipt, texts: Kept | None) -> None:
    price = f"${finding.cost_usd:.6f}" if told.priced else "price unknown"
    output.write(f"{finding.finding_id}  {finding.engine}  {price}")
    output.write(
        f"{finding.input_tokens:,} tokens read, {told.cached_tokens:,} of them cached; "
        f"{finding.output_tokens:,} written; "
        f"{told.calls} calls answered, {told.failures} failed; {told.seconds:.1f} s"
    )
    output.write(f"prompt sha256 {told.prompt_sha256}")
    output.write(f"output sha256 {told.output_sha256}")
    if texts is None:
        output.write("\nThe texts are not kept any more; SWARM_RECEIPT_TTL says for how long they are.")
        return
    output.write(f"\nPrompt\n\n{texts.prompt}\n\nOutput\n\n{texts.output}")
