"""Paths inside a shard and paths in a run: they differ only where two shards' folders have one name."""

from collections.abc import Iterable, Mapping

from swarm_app.contracts.documents import Excerpt
from swarm_app.contracts.research import Finding
from swarm_app.contracts.run import Run

_NOWHERE = "\0"  # begins no path


def roots(run: Run, findings: Iterable[Finding]) -> dict[str, str]:
    """The folders of a run's paths by their first part, those of shards that helpers asked among them."""
    helped = (finding.helped.roots for finding in findings if finding.helped)
    return {first: folder for each in (*helped, run.roots) for first, folder in each.items()}


class Aliases:
    """Renames the first part of a path, shard by shard."""

    def __init__(self, aliases: Mapping[str, Mapping[str, str]]) -> None:
        self._out = aliases
        self._in = {shard: _inverse(names) for shard, names in aliases.items()}

    def inside(self, shard: str, path: str) -> str:
        """A run's path as the shard knows it; one that the shard cannot hold leads nowhere in it."""
        return _renamed(path, self._in.get(shard, {}))

    def path(self, shard: str, path: str) -> str:
        """A shard's path as the run knows it."""
        return _renamed(path, self._out.get(shard, {}))

    def outside(self, shard: str, excerpt: Excerpt) -> Excerpt:
        """A shard's excerpt as the run knows it."""
        path = self.path(shard, excerpt.path)
        return excerpt if path == excerpt.path else excerpt.model_copy(update={"path": path})


def merged(roots: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """One set of roots for several shards, and the aliases that make them unique.

    ``roots`` maps shard -> first part of a path -> folder. Two shards that hold parts of one folder share its
    name; where one name means two folders, the later one becomes ``name-2``, ``name-3`` and so on.
    """
    together: dict[str, str] = {}
    aliases: dict[str, dict[str, str]] = {}
    for shard, own in roots.items():
        for first, folder in own.items():
            unique = _unique(first, folder, together)
            together[unique] = folder
            if unique != first:
                aliases.setdefault(shard, {})[first] = unique
    return together, aliases


def _unique(first: str, folder: str, taken: Mapping[str, str]) -> str:
    unique, number = first, 1
    while taken.get(unique, folder) != folder:
        number += 1
        unique = f"{first}-{number}"
    return unique


def _inverse(names: Mapping[str, str]) -> dict[str, str]:
    """From the run's names to the shard's; a name that another shard's folder took is none of this one's."""
    return dict.fromkeys(names, _NOWHERE) | {new: old for old, new in names.items()}


def _renamed(path: str, names: Mapping[str, str]) -> str:
    first, slash, rest = path.partition("/")
    return f"{names.get(first, first)}{slash}{rest}"
