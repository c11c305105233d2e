"""What the columns of a file of values are called: by its first line, if that is no row like the others."""

import csv
import re
from collections.abc import Sequence

_SEPARATORS = ",;\t|"
_NUMBER = re.compile(r"[-+]?[$€£]?\s*\d[\d.,:/-]*\s*%?")
_LONGEST = 100_000  # characters of a row; the csv module refuses longer values


def separator(path: str, first_line: str) -> str:
    """What separates the values of a file: a tab by its name, or what its first line has most of."""
    if path.lower().endswith((".tsv", ".tab")):
        return "\t"
    return max(_SEPARATORS, key=first_line.count)


def columns(path: str, first_line: str) -> list[str]:
    """The names of a file's columns, as its first line has them; none if it has no names but values."""
    found = values(first_line.lstrip("\ufeff"), separator(path, first_line))
    return [name.strip() for name in found] if are_names(found) else []


def values(row: str, separated_by: str) -> list[str]:
    """The values of a row, out of their quotation marks; none of what cannot be read as a row."""
    if len(row) > _LONGEST:
        return []
    try:
        return next(csv.reader([row], delimiter=separated_by, skipinitialspace=True), [])
    except csv.Error:
        return []


def are_names(first: Sequence[str]) -> bool:
    """Whether the first row of a table names its columns: several, each its own, and no number among them."""
    named = [value.strip() for value in first if value.strip()]
    return (
        len(first) > 1
        and 2 * len(named) > len(first)
        and len(set(named)) == len(named)
        and not any(_NUMBER.fullmatch(value) for value in named)
    )
