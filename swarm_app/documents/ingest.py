"""From paths to a collection that shards can hold."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from swarm_app.contracts.documents import Part, Skipped
from swarm_app.documents.pack import check_lines, pack
from swarm_app.documents.read import read
from swarm_app.documents.roots import printable
from swarm_app.documents.text import Text
from swarm_app.documents.walk import File, find
from swarm_app.errors import DocumentError

_SHOWN = 3  # how many skipped files an error names

Progress = Callable[[int, int, str], None]  # files done, files in all, the path of the next


@dataclass(frozen=True)
class Collection:
    """Documents that were read, and what each of the shards they need would hold."""

    roots: dict[str, str]  # first part of a path -> the folder or file given
    texts: list[Text]  # in the order of their paths
    shards: list[list[Part]]
    skipped: tuple[Skipped, ...]

    @property
    def documents(self) -> int:
        """How many documents there are; two files with the same content are two."""
        return len(self.texts)

    @property
    def lines(self) -> int:
        """Lines of all documents."""
        return sum(text.document.lines for text in self.texts)

    @property
    def tokens(self) -> int:
        """Tokens of all documents."""
        return sum(text.document.tokens for text in self.texts)


def ingest(
    paths: Sequence[Path], *, capacity: int, max_bytes: int, progress: Progress | None = None
) -> Collection:
    """Reads all that can be read in the given paths and deals it out to shards of `capacity` tokens.

    What cannot be read is in `Collection.skipped`, by name and reason. Raises `DocumentError` for a path
    that does not exist, and when no document remains.
    """
    found = find(paths)
    skipped = list(found.skipped)
    texts = []
    for file in _reported(found.files, progress):
        taken = _take(file, capacity, max_bytes)
        if isinstance(taken, Text):
            texts.append(taken)
        else:
            skipped.append(taken)
    if not texts:
        raise DocumentError(_nothing(paths, skipped))
    return Collection(
        roots={name: str(real) for name, real in found.roots.items()},
        texts=texts,
        shards=pack(texts, capacity),
        skipped=tuple(sorted(skipped, key=lambda each: each.path)),
    )


def _reported(files: Sequence[File], progress: Progress | None) -> Iterator[File]:
    for done, file in enumerate(files):
        if progress is not None:
            progress(done, len(files), file.path)
        yield file
    if progress is not None and files:
        progress(len(files), len(files), files[-1].path)


def _take(file: File, capacity: int, max_bytes: int) -> Text | Skipped:
    try:
        text = read(file.path, file.real, max_bytes=max_bytes)
        check_lines(text, capacity)
    except DocumentError as error:
        return Skipped(path=file.path, reason=str(error))
    return text


def _nothing(paths: Sequence[Path], skipped: Sequence[Skipped]) -> str:
    given = ", ".join(printable(str(path)) for path in paths) or "no path at all"
    if not skipped:
        return f"No readable document in {given}: it is empty, or all is ignored. Name another path."
    shown = "; ".join(f"{each.path} ({each.reason})" for each in skipped[:_SHOWN])
    more = f"; and {len(skipped) - _SHOWN:,} more" if len(skipped) > _SHOWN else ""
    return f"No readable document in {given}. Skipped: {shown}{more}. Name a path that holds text."
