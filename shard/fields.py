"""The fields of the index: what each sees of a document, and what it counts in a score.

The weights were chosen on half of two measured collections and checked on the other half (ARCHITECTURE,
Decisions); around them the figures are flat.
"""

from typing import NamedTuple


class Field(NamedTuple):
    """A window over segments, or the place where one stands."""

    width: int  # segments; 0 is the place
    weight: float = 1.0  # of the terms of a question
    pairs: float = 0.0  # of two of its terms that stand together
    step: int = 1  # segments from one window to the next

    def around(self, position: int) -> slice:
        """The segments seen by the window whose step begins here; it may begin before the first."""
        margin = (self.width - self.step) // 2
        return slice(position - margin, position + self.step + margin)


FIELDS = {
    "sentence": Field(1, weight=1.5),
    "paragraph": Field(7),
    "page": Field(31),
    "place": Field(0),
    "topic": Field(64, weight=0.4, pairs=0.3, step=16),
}
