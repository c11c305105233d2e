"""A row as a person reads it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from swarm_app import words
from workers.extractive.narrow import around
from workers.extractive.rows.row import Cell

_CELL_CHARS = 300  # of what one cell says


def told(cells: Iterable[Cell]) -> str:
    """All that a row says: ``pump: P-133, site: Norrvik, pressure_bar: 4.2``."""
    return ", ".join(f"{name}: {value}" if name else value for name, value in cells)


def summed(cells: Sequence[Cell], weights: Mapping[str, float], most: int) -> str:
    """What a row says in at most ``most`` characters: its first cell, those that were asked for, and more.

    An ellipsis stands where cells are left out.
    """
    whole = told(cells)
    if len(whole) <= most:
        return whole
    shown = [(name, around(value, weights, _CELL_CHARS)) for name, value in cells]
    bearing = [len(weights.keys() & set(words.terms(told([cell])))) for cell in shown]
    order = sorted(range(len(shown)), key=lambda place: (place > 0, -bearing[place], place))
    kept: set[int] = set()
    for place in order:
        if sum(len(told([shown[each]])) + 5 for each in (*kept, place)) <= most:
            kept.add(place)
    runs = groupby(range(len(shown)), key=kept.__contains__)
    return ", ".join(told([shown[each] for each in run]) if held else "…" for held, run in runs)
