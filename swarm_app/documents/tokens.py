"""Counting tokens as o200k does, offline."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

_PIECE = 100_000  # characters; the tokenizer refuses a million


def count(text: str) -> int:
    """The o200k tokens of a text of any length; a text over 100,000 characters is counted in pieces."""
    encode = _encoding().encode_ordinary
    return sum(len(encode(piece)) for piece in _pieces(text))


def count_lines(lines: Sequence[str]) -> list[int]:
    """The tokens of each line alone: together some 2 % more than those of the whole text."""
    return [count(line) for line in lines]


@lru_cache(maxsize=1)
def _encoding() -> Any:
    # Importing it unpacks all its vocabularies (1 s, 140 MB): only a process that reads documents pays.
    import bpe_openai  # noqa: PLC0415

    return bpe_openai.get_encoding("o200k_base")


def _pieces(text: str) -> Iterator[str]:
    """Pieces that end with a line where one ends, so that cutting splits hardly any token."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            end = text.rfind("\n", start, end) + 1 or end
        yield text[start:end]
        start = end
