"""How far something long is, for whoever watches."""

from collections.abc import Callable
from typing import NamedTuple


class Step(NamedTuple):
    """So many of so many are done."""

    doing: str  # "reading files", "indexing documents"
    done: int
    total: int
    name: str = ""  # what is being done


Watcher = Callable[[Step], None]
