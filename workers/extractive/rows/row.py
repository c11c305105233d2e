"""A row of a table, or a record of data."""

from collections.abc import Sequence
from typing import NamedTuple

Cell = tuple[str, str]
"""What its column is called (nothing, where nobody says), and what it says."""


class Row(NamedTuple):
    """Its cells, where it stands in a text, and where the names of its columns do: offsets, ends excluded."""

    cells: tuple[Cell, ...]
    start: int
    end: int
    header: tuple[int, int] | None = None


def cells(names: Sequence[str], values: Sequence[str]) -> tuple[Cell, ...]:
    """The values that are not empty, by their columns' names; without any where they are not as many."""
    values = [" ".join(value.split()) for value in values]
    if len(values) > len(names) or (names and len(values) < len(names) - 1):
        names = ()
    padded = [*names, *[""] * (len(values) - len(names))]
    return tuple((name, value) for name, value in zip(padded, values, strict=False) if value)
