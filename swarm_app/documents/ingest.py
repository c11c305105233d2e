"""From paths to a collection that shards can hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from swarm_app.contracts.documents import Document, Skipped
from swarm_app.contracts.step import Step, Watcher
from swarm_app.documents.fold import fold
from swarm_app.documents.intake import Intake, Library
from swarm_app.documents.pack import Measured
from swarm_app.documents.roots import printable
from swarm_app.documents.walk import File, find
from swarm_app.errors import DocumentError

_SHOWN = 3  # how many skipped files an error names


@dataclass(frozen=True)
class Collection:
    """Documents that were read: what is known of them. Their lines are in the library."""

    roots: dict[str, str]  # first part of a path -> the folder or file given
    measured: list[Measured]  # in the order of their paths
    skipped: tuple[Skipped, ...]

    @property
    def documents(self) -> list[Document]:
        """The documents; two files with the same content are two."""
        return [each.document for each in self.measured]

    @property
    def lines(self) -> int:
        """Lines of all documents."""
        return sum(document.lines for document in self.documents)

    @property
    def tokens(self) -> int:
        """Tokens of all documents."""
        return sum(document.tokens for document in self.documents)


def ingest(
    paths: Sequence[Path],
    library: Library,
    *,
    capacity: int,
    max_bytes: int,
    progress: Watcher | None = None,
) -> Collection:
    """Reads all that can be read in the given paths, for shards of `capacity` tokens.

    Every file's bytes are read and hashed; only what the library does not know by its sha256 is parsed,
    counted and put there. What cannot be read is in `Collection.skipped`, by name and reason. Raises
    `DocumentError` for a path that does not exist, and when no document remains.
    """
    found = find(paths)
    intake = Intake(library, capacity, max_bytes)
    for file in _reported(found.files, progress):
        intake.take(file)
    intake.flush()
    skipped = fold([*found.skipped, *intake.skipped])
    if not intake.measured:
        raise DocumentError(_nothing(paths, skipped))
    return Collection(
        roots={name: str(real) for name, real in found.roots.items()},
        measured=sorted(intake.measured, key=lambda each: each.document.path),
        skipped=skipped,
    )


def _reported(files: Sequence[File], progress: Watcher | None) -> Iterator[File]:
    for done, file in enumerate(files):
        if progress is not None:
            progress(Step("reading files", done, len(files), file.path))
        yield file
    if progress is not None and files:
        progress(Step("reading files", len(files), len(files), files[-1].path))


def _nothing(paths: Sequence[Path], skipped: Sequence[Skipped]) -> str:
    given = ", ".join(printable(str(path)) for path in paths) or "no path at all"
    if not skipped:
        return f"No readable document in {given}: it is empty, or all is ignored. Name another path."
    shown = "; ".join(f"{each.path} ({each.reason})" for each in skipped[:_SHOWN])
    more = f"; and {len(skipped) - _SHOWN:,} more" if len(skipped) > _SHOWN else ""
    return f"No readable document in {given}. Skipped: {shown}{more}. Name a path that holds text."
