"""What a brief's calls took, as its receipt tells it."""

from dataclasses import dataclass, field

from pydantic_ai.usage import RequestUsage


@dataclass
class Ledger:
    """Counted as calls land. Seconds are those in which an answered call was in the air."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float = 0.0
    lost_usd: float = 0.0
    priced: bool = True
    failures: int = 0
    hedges: int = 0
    seconds: float = 0.0
    authors: list[str] = field(default_factory=list)  # the engine of each answer
    author: str = ""  # the engine of the last one, whoever paid for it

    def answered(self, engine: str, usage: RequestUsage, dollars: float | None, seconds: float) -> None:
        """Count an answer."""
        self.input_tokens += usage.input_tokens
        self.output_tokens += usage.output_tokens
        self.cached_tokens += usage.cache_read_tokens
        self.cost_usd += dollars or 0.0
        self.priced = self.priced and dollars is not None
        self.seconds += seconds
        self.authors.append(engine)
        self.author = engine
