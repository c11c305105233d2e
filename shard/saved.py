"""Saved indexes: what a shard made of its documents, kept on this host's disk so that it starts at once.

One folder for each shard, and in it one that is named after what it was made of: the parts, and the code that
cut and indexed them. It is written beside its place and renamed when it is whole. What is damaged, foreign or
of an earlier version is never used; the store has all that a new one is made of.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from platform import python_version
from tempfile import mkdtemp

from swarm_app.contracts.documents import Part

MOST_BYTES = 4_000_000_000  # of all shards' saved indexes: some 200 million tokens
_SEAL = "seal.json"  # name of a file -> its sha256
_STAGING = "unfinished-"
_ABANDONED = 3_600  # seconds after which nobody finishes an unfinished one


class Saved:
    """The saved indexes of one installation on this host, in a folder of their own."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def place(self, name: str, parts: Sequence[Part]) -> Path:
        """Where the index of these parts of a shard is, or would be."""
        made_of = hashlib.sha256(_code().encode())
        for part in parts:
            made_of.update(part.model_dump_json().encode())
        return self._folder / name / made_of.hexdigest()[:32]

    @contextmanager
    def writing(self, place: Path) -> Iterator[Path]:
        """An empty folder to write an index into; it is sealed and moved to its place afterwards.

        Older ones of the shard go then, and those of other shards while all are too large. Raises `OSError`.
        """
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        staging = Path(mkdtemp(prefix=_STAGING, dir=place.parent))
        try:
            yield staging
            (staging / _SEAL).write_text(json.dumps(_digests(staging)), "ascii")
            shutil.rmtree(place, ignore_errors=True)  # it was damaged, or a replica has just made the same
            staging.rename(place)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        self._tidy(place)

    def forget(self, name: str) -> None:
        """Remove all that is saved of a shard: it was dropped, and its documents must not stay behind."""
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def is_whole(self, place: Path) -> bool:
        """Whether every file of an index is there, and is what it was when it was sealed."""
        try:
            sealed = json.loads((place / _SEAL).read_text("ascii"))
            whole = bool(sealed == _digests(place))
            os.utime(place)
        except (OSError, ValueError):
            return False
        return whole

    def _tidy(self, place: Path) -> None:
        for other in place.parent.iterdir():
            if other != place and not _is_being_written(other):
                shutil.rmtree(other, ignore_errors=True)
        kept = sorted(self._folder.glob("*/*"), key=_age)
        room = self._most_bytes
        for index in kept:
            room -= _size(index)
            if room < 0 and index != place and not _is_being_written(index):
                shutil.rmtree(index, ignore_errors=True)


def _digests(folder: Path) -> dict[str, str]:
    """The sha256 of each file but the seal and the library's locks."""
    files = (file for file in _files(folder) if file.name != _SEAL and file.suffix != ".lock")
    return {file.relative_to(folder).as_posix(): _sha256(file) for file in files}


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_being_written(folder: Path) -> bool:
    return folder.name.startswith(_STAGING) and _age(folder) < _ABANDONED


def _age(folder: Path) -> float:
    """Seconds since it was made or used; the oldest for one that has just gone."""
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return float("inf")


def _size(folder: Path) -> int:
    try:
        return sum(file.stat().st_size for file in _files(folder))
    except OSError:
        return 0


@cache
def _code() -> str:
    """A digest of all code that may shape an index, and of its libraries: other code, other index."""
    ours = hashlib.sha256()
    for package, pattern in (
        ("shard", "*.py"),
        ("swarm_app", "words.py"),
        ("swarm_app.documents", "columns.py"),
        ("swarm_app.documents", "text.py"),
        ("swarm_app.documents", "visible.py"),
    ):
        for file in sorted(Path(str(files(package))).glob(pattern)):
            ours.update(file.read_bytes())
    libraries = [version("tantivy"), version("PyStemmer"), python_version()]
    return " ".join([ours.hexdigest(), *libraries])
