"""What a document's source says to a reader: HTML without its markup, everything else as it stands."""

from pathlib import PurePosixPath

from swarm_app.documents.kinds import kind_of
from swarm_app.documents.visible import blanked, unfilled


def words_of(path: str, source: str) -> str:
    """The source with its words alone, each in its place; see `blanked`."""
    return blanked(source) if _is_html(path) else source


def read_as(path: str, stretch: str) -> str:
    """A stretch of such words as a person reads it, on one line."""
    return unfilled(stretch) if _is_html(path) else " ".join(stretch.split())


def _is_html(path: str) -> bool:
    return kind_of(PurePosixPath(path).name, b"") == "html"
