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
    spoken: bool | None = None  # only of transcripts, or only of what is written; None is of both

    def around(self, position: int, *, spoken: bool = False) -> slice:
        """The segments seen by the window whose step begins here; it may begin before the first.

        In a transcript most of the window lies before its step: somebody names a subject, and from then on
        it is talked of without its name.
        """
        margin = self.width - self.step
        before = round(margin * (_SPOKEN_BEFORE if spoken else _BEFORE))
        return slice(position - before, position - before + self.width)

    def sees(self, *, spoken: bool) -> bool:
        """Whether it sees transcripts, or what is written."""
        return self.spoken in (None, spoken)


_BEFORE = 1 / 2  # of what a window sees around its step
_SPOKEN_BEFORE = 5 / 6


FIELDS = {
    "sentence": Field(1, weight=1.5),
    "paragraph": Field(7),
    "page": Field(31),
    "place": Field(0),
    "topic": Field(64, weight=0.4, pairs=0.3, step=16, spoken=False),
    "talk": Field(64, weight=0.4, pairs=2.0, step=16, spoken=True),
}
