"""Receipts: what models were asked and handed in, word for word, kept for a while."""

from dataclasses import dataclass
from hashlib import sha256

from swarm_app.contracts.research import Receipt
from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store.connection import Client


@dataclass(frozen=True)
class Kept:
    """The exact texts behind a finding's hashes."""

    prompt: str
    output: str

    def belongs_to(self, receipt: Receipt) -> bool:
        """Whether the finding was made of these: another attempt at its brief may have left its own."""
        hashes = [sha256(text.encode()).hexdigest() for text in (self.prompt, self.output)]
        return hashes == [receipt.prompt_sha256, receipt.output_sha256]


class Receipts:
    """One for each finding that a model made."""

    def __init__(self, client: Client, keys: Keys, settings: Settings) -> None:
        self._client = client
        self._keys = keys
        self._ttl = settings.receipt_ttl

    def put(self, finding_id: str, prompt: str, output: str) -> None:
        """Keep both for `SWARM_RECEIPT_TTL` seconds; not at all if that is 0."""
        if not self._ttl:
            return
        key = self._keys.receipt(finding_id)
        with self._client.pipeline() as pipe:
            pipe.hset(key, mapping={"prompt": prompt, "output": output})
            pipe.expire(key, self._ttl)
            pipe.execute()

    def get(self, finding_id: str) -> Kept | None:
        """What is kept of a finding; None if nothing is, any more or at all."""
        found = self._client.hgetall(self._keys.receipt(finding_id))
        return Kept(found["prompt"], found["output"]) if found else None
