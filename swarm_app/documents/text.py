"""A document that was read: what is known of it, and its lines."""

import io
from dataclasses import dataclass

from swarm_app.contracts.documents import Document

CHARS_PER_TOKEN = 4  # an estimate for English and code: the tokenizer takes 140 MB


@dataclass(frozen=True)
class Text:
    """A document and its lines, each with its own line ending; together they are the decoded text exactly."""

    document: Document
    lines: list[str]


def split_lines(text: str) -> list[str]:
    r"""The lines of a text, each with its own ending: ``\n``, ``\r\n`` or ``\r``; nothing else ends one.

    `str.splitlines` would also cut at form feeds, at U+0085, U+2028 and their kin. What follows the last
    ending is a line only if there is something.
    """
    return list(io.StringIO(text, newline=""))
