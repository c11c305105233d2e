"""Documents for the tests of a shard's memory."""

from shard.context import ShardContext
from swarm_app.contracts.documents import Part
from swarm_app.documents.text import split_lines


def part_of(
    path: str, text: str, *, kind: str = "text", start: int = 1
) -> tuple[Part, list[str], list[str], int]:
    """The lines of `text` from line `start` on, as a shard loads them."""
    lines = split_lines(text)
    own = lines[start - 1 :]
    part = Part(path=path, sha256="f" * 64, kind=kind, start=start, end=len(lines), tokens=len(text) // 4)
    return part, own, own, sum(map(len, lines[: start - 1]))


def context_of(documents: dict[str, str], *, kind: str = "text") -> ShardContext:
    """A context that holds `documents`, each a path and its text."""
    context = ShardContext("memory")
    context.load(part_of(path, text, kind=kind) for path, text in documents.items())
    return context
