"""Rows that speak of what was asked, and not only of its sort."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from swarm_app import words
from workers.extractive.statements import Statement


def particular(rows: Sequence[Statement], asked: AbstractSet[str]) -> list[Statement]:
    """The rows that say an asked term, and something beside what was asked.

    Where several have the same columns, that these are asked for says nothing of a single one.
    """
    alike = Counter(_columns(row) for row in rows)
    return [
        row for row in rows if (said := _said(row)) - asked and (said & asked or alike[_columns(row)] == 1)
    ]


def _columns(row: Statement) -> tuple[str, ...]:
    return (row.path, *(name for name, _ in row.cells))


def _said(row: Statement) -> frozenset[str]:
    return frozenset(words.terms(" ".join(value for _, value in row.cells)))
