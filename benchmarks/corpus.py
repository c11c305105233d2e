"""Real text that every machine with this project has: the sources and notes of Python and its packages."""

import hashlib
import shutil
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from swarm_app.documents.read import read
from swarm_app.documents.text import Text
from swarm_app.errors import DocumentError

_ROOTS = {"python": Path(sysconfig.get_path("stdlib")), "packages": Path(sysconfig.get_path("purelib"))}
_SUFFIXES = {".py", ".md", ".rst"}
_MAX_BYTES = 1_000_000


def copy(folder: Path, tokens: int, *, skip: int = 0) -> list[Text]:
    """Copy files of together about so many tokens into a new folder; returns what was read of them.

    The files come in an order by chance that is always the same, so that collections of every size are alike;
    ``skip`` leaves out the first tokens of it.
    """
    copied: list[Text] = []
    room = skip + tokens
    for path, file in _files():
        text = _read(path, file)
        if text is None or text.document.tokens > room:
            continue
        if room <= tokens:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, folder / path)
            copied.append(text)
        room -= text.document.tokens
        if room < 500:
            break
    return copied


def _files() -> Iterator[tuple[str, Path]]:
    """Every file and its path, shuffled by the hash of the path."""
    found = {
        f"{name}/{file.relative_to(root)}": file for name, root in _ROOTS.items() for file in _under(root)
    }
    yield from sorted(found.items(), key=lambda item: hashlib.sha256(item[0].encode()).digest())


def _under(root: Path) -> Iterator[Path]:
    for file in root.rglob("*"):
        own = "site-packages" not in file.relative_to(root).parts
        if own and file.suffix in _SUFFIXES and file.is_file():
            yield file


def _read(path: str, file: Path) -> Text | None:
    try:
        return read(path, file, max_bytes=_MAX_BYTES)
    except DocumentError:
        return None
