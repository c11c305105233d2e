"""What the .gitignore files of a folder choose away."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern as Pattern

FILE_NAME = ".gitignore"


@dataclass(frozen=True)
class Rules:
    """The patterns that apply in a folder, the weakest first, each with the folder it stands in ("docs/")."""

    patterns: tuple[tuple[str, Pattern], ...] = ()

    def within(self, folder: str, ignore_file: Path) -> "Rules":
        """These patterns and those of a folder's own .gitignore. Raises `OSError`."""
        lines = ignore_file.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n")
        own = [(folder, pattern) for line in lines for pattern in _compiled(line.removesuffix("\r"))]
        return Rules((*self.patterns, *own))

    def ignore(self, path: str) -> bool:
        """Whether a file ("docs/a.log") or folder ("docs/build/") is chosen away; its folders were not."""
        for folder, pattern in reversed(self.patterns):
            if _names(pattern, path.removeprefix(folder)):
                return bool(pattern.include)
        return False


def _compiled(line: str) -> Iterator[Pattern]:
    """The pattern of a line; none for a comment and for what is no pattern, which git passes over."""
    with suppress(ValueError):
        pattern = Pattern(line)
        if pattern.include is not None:
            yield pattern


def _names(pattern: Pattern, path: str) -> bool:
    """Whether a pattern means this very entry, as git asks; the library also minds the folders above it.

    Its expressions end where the named entry ends, but for those of ``dir/**``, which have no group.
    """
    matches = pattern.regex.finditer(path) if pattern.regex else ()
    return any(not match.re.groupindex or match.end() == len(path) for match in matches)
