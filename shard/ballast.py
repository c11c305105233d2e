"""Ballast: what makes a score independent of what else its shard holds.

BM25 weighs a text's length against the average of its index, which differs from shard to shard. Documents
that hold no segment, some empty and one full of a word that nobody asks for, bring the averages to constants.
"""

from collections.abc import Mapping
from typing import NamedTuple

FILLER = "·"
_TERMS = 6  # of a segment or a place: about what prose, speech and code have


class Ballast(NamedTuple):
    """How many ``documents`` to add, and how many fillers their fields hold together."""

    documents: int
    fillers: Mapping[str, int]


def ballast(fields: Mapping[str, int], terms: Mapping[str, int], documents: int) -> Ballast:
    """The least ballast for an index of so many `documents` with so many `terms` in each of its `fields`.

    ``fields`` gives the width of each, in segments; see `Index`.
    """
    average = {field: _TERMS * max(1, width) for field, width in fields.items()}
    needed = max(-(-terms[field] // average[field]) for field in fields)
    whole = max(needed, documents) + 1
    return Ballast(whole - documents, {field: whole * average[field] - terms[field] for field in fields})
