"""Finding the files of a collection."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from swarm_app.contracts.documents import Skipped
from swarm_app.documents import ignore
from swarm_app.documents.ignore import Rules
from swarm_app.documents.roots import citable, name_roots, printable

# What version control and Python keep for themselves, whether a .gitignore says so or not.
_NEVER = frozenset({".git", ".hg", ".svn", ".bzr", ".jj", "__pycache__"})


@dataclass(frozen=True)
class File:
    """A file and the path that it is cited by."""

    path: str
    real: Path


@dataclass(frozen=True)
class Found:
    """The files of a collection, in the order of their paths, and what was passed over."""

    roots: dict[str, Path]  # first part of a path -> the folder or file given
    files: list[File]
    skipped: list[Skipped]


@dataclass(frozen=True)
class _Folder:
    path: str  # as cited, with a slash at its end
    real: str
    rules: Rules


def find(paths: Sequence[Path]) -> Found:
    """The files in the given folders and the given files themselves.

    A given path is always read; inside a folder, its .gitignore files choose, and what version control
    and Python keep for themselves is left out. Links are not followed: one that leads to another place
    of the same folder adds nothing, every other is skipped by name. A file that two given folders share
    belongs to the outer one. Raises `DocumentError` for a given path that does not exist or cannot be
    read.
    """
    roots = name_roots(paths)
    search = _Search()
    for name, real in sorted(roots.items(), key=lambda root: len(root[1].parts)):
        search.root(name, real)
    used = {path.partition("/")[0] for path in search.files.values()}
    return Found(
        roots={name: real for name, real in roots.items() if name in used},
        files=sorted(
            (File(path, Path(real)) for real, path in search.files.items()), key=lambda file: file.path
        ),
        skipped=sorted(search.skipped.values(), key=lambda skipped: skipped.path),
    )


@dataclass
class _Search:
    """Goes through one given path after another. Files are known by real path: none is taken twice."""

    files: dict[str, str] = field(default_factory=dict)  # real path -> path as cited
    skipped: dict[str, Skipped] = field(default_factory=dict)  # by real path

    def root(self, name: str, real: Path) -> None:
        if real.is_file():
            self.files.setdefault(str(real), name)
            return
        waiting = [_Folder(f"{name}/", str(real), Rules())]
        while waiting:
            folder = waiting.pop()
            try:
                waiting.extend(self._subfolders(folder, str(real)))
            except OSError as error:
                self._skip(folder.path, folder.real, f"cannot be read: {error.strerror}")

    def _subfolders(self, folder: _Folder, root: str) -> Iterator[_Folder]:
        with os.scandir(folder.real) as scan:
            entries = {entry.name: entry for entry in scan if entry.name not in _NEVER}
        rules = self._rules(folder, entries.get(ignore.FILE_NAME))
        for entry in entries.values():
            yield from self._entry(folder, entry, rules, root)

    def _rules(self, folder: _Folder, entry: os.DirEntry[str] | None) -> Rules:
        if entry is None or not entry.is_file(follow_symlinks=False):
            return folder.rules
        try:
            return folder.rules.within(folder.path, Path(entry.path))
        except OSError as error:
            self._skip(folder.path + entry.name, entry.path, f"its patterns cannot be read: {error.strerror}")
            return folder.rules

    def _entry(self, folder: _Folder, entry: os.DirEntry[str], rules: Rules, root: str) -> Iterator[_Folder]:
        path = folder.path + entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if rules.ignore(f"{path}/" if is_folder else path):
            return
        if not citable(entry.name):
            self._skip(path, entry.path, "its name is not printable UTF-8, so it cannot be cited: rename it")
        elif is_folder:
            yield _Folder(f"{path}/", entry.path, rules)
        elif reason := _unreadable(entry, root):
            self._skip(path, entry.path, reason)
        elif not entry.is_symlink():
            self.files.setdefault(entry.path, path)

    def _skip(self, path: str, real: str, reason: str) -> None:
        self.skipped.setdefault(real, Skipped(path=printable(path), reason=reason))


def _unreadable(entry: os.DirEntry[str], root: str) -> str:
    """Why an entry that is no folder is not read; "" for a file, and for a link to what is read anyway."""
    if entry.is_symlink():
        return _astray(entry.path, root)
    return "" if entry.is_file(follow_symlinks=False) else "not a regular file"


def _astray(link: str, root: str) -> str:
    try:
        target = os.path.realpath(link, strict=True)
    except OSError as error:
        return f"a link that leads nowhere: {error.strerror}"
    inside = os.path.commonpath([root, target]) == root
    return "" if inside else "a link out of the folder"
