"""Rows of comma-separated values, or of values that something else separates."""

import re
from collections.abc import Iterator, Sequence

from swarm_app.documents.columns import values
from workers.extractive.rows.row import Row, cells

_RECORD = re.compile(r'(?:"[^"]*+(?:"|\Z)|[^"\r\n])++')  # over line ends, between quotation marks


def rows(text: str, columns: Sequence[str], separated_by: str) -> Iterator[Row]:
    """The rows of a text that begins with one, but for the one that names the columns."""
    for record in _RECORD.finditer(text):
        found = values(record.group().lstrip("\ufeff"), separated_by)
        if len(found) > 1 and [value.strip() for value in found] != list(columns):
            yield Row(cells(columns, found), record.start(), record.end())
