"""Documents for the tests of a shard's memory."""

from shard.context import Loaded, ShardContext
from shard.loading import loaded
from swarm_app.contracts.documents import Part
from swarm_app.documents.text import split_lines


def part_of(path: str, text: str, *, kind: str = "text", start: int = 1, end: int | None = None) -> Loaded:
    """Lines `start`–`end` of `text`, all of them unless said otherwise, as a shard loads them."""
    lines = split_lines(text)
    last = len(lines) if end is None else end
    part = Part(path=path, sha256="f" * 64, kind=kind, start=start, end=last, tokens=len(text) // 4)
    return loaded(part, lines)


def context_of(documents: dict[str, str], *, kind: str = "text") -> ShardContext:
    """A context that holds `documents`, each a path and its text."""
    context = ShardContext("memory")
    context.load(part_of(path, text, kind=kind) for path, text in sorted(documents.items()))
    return context
