"""What given paths are called: the first parts of the paths that are cited."""

import os
import re
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from swarm_app.errors import DocumentError

# A name with one of these cannot be cited on one line of UTF-8 text.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def name_roots(paths: Sequence[Path]) -> dict[str, Path]:
    """First part of a cited path -> the folder or file given, absolute and resolved, in the order given.

    A path that is given twice counts once. Where two have the same name the later becomes ``docs-2`` or
    ``notes-2.md``. Raises `DocumentError` for a path that does not exist, or is neither file nor folder.
    """
    roots: dict[str, Path] = {}
    for given in paths:
        real = _resolve(given)
        if real not in roots.values():
            roots[_unique(_name(given.expanduser(), real), real, roots)] = real
    return roots


def is_rooted(path: str, roots: Mapping[str, Path]) -> bool:
    """Whether a cited path begins in a given folder or file; text that was handed over begins in none."""
    return _first(path) in roots


def locate(path: str, roots: Mapping[str, Path]) -> Path | None:
    """The file that a cited path names today, or None: no such root, or a path that leaves it."""
    if not is_rooted(path, roots) or not citable(path):
        return None
    root = roots[_first(path)]
    file = Path(os.path.realpath(root.joinpath(*PurePosixPath(path).parts[1:])))
    return file if file.is_relative_to(root) else None


def citable(name: str) -> bool:
    """Whether a file's name is UTF-8 without control characters, so that a line of text can cite it."""
    return _UNPRINTABLE.search(name) is None


def printable(name: str) -> str:
    r"""A file's name as a message can show it: what cannot be printed as ``\x…``."""
    return _UNPRINTABLE.sub(_escape, name)


def _first(path: str) -> str:
    return next(iter(PurePosixPath(path).parts), "")


def _escape(character: re.Match[str]) -> str:
    code = ord(character[0])
    return (
        f"\\x{code & 0xFF if code >= 0xD800 else code:02x}"  # a surrogate stands for a byte that is not UTF-8
    )


def _resolve(given: Path) -> Path:
    shown = printable(str(given))
    if not citable(str(given.name)):
        raise DocumentError(
            f"{shown} has a name that is not printable UTF-8, so it cannot be cited. Rename it."
        )
    try:
        real = given.expanduser().resolve(strict=True)
        regular = real.is_dir() or real.is_file()
    except FileNotFoundError:
        if given.expanduser().exists():  # as /dev/stdin does, which leads to a pipe without a name
            raise _neither(shown) from None
        raise DocumentError(f"{shown} does not exist. Name a file or a folder that does.") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise DocumentError(
            f"{shown} cannot be read: {error}. Name another path, or mend this one."
        ) from None
    if not regular:
        raise _neither(shown)
    return real


def _neither(shown: str) -> DocumentError:
    return DocumentError(f"{shown} is neither a file nor a folder. Name a file or a folder.")


def _name(given: Path, real: Path) -> str:
    """The name as given, by a link too; the folder's own for "." and ".."; "root" for "/", which has none."""
    return (given.name if given.name != ".." else "") or real.name or "root"


def _unique(name: str, real: Path, taken: Mapping[str, Path]) -> str:
    if name not in taken:
        return name
    suffix = real.suffix if real.is_file() else ""
    stem = name.removesuffix(suffix)
    return next(other for n in count(2) if (other := f"{stem}-{n}{suffix}") not in taken)
