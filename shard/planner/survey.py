"""The collection cut into parts of about the same size, along its folders."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from shard.planner.facets import facets
from shard.planner.material import Holding, Material, Sketch, queries, subject

_FINENESS = 4  # folders are cut until they are this many times smaller than a part


def survey(material: Material) -> list[Sketch]:
    """One sketch for each part of the collection, at most one for each worker."""
    scopes = partition(material.holdings, material.spec.workers)
    about = subject(material.question)
    asked = [angle for angle, _ in facets(material.question)[:2]]
    return [
        Sketch(angle=f"{about} in {_name(scope)}", queries=queries(*asked, about), scope=scope)
        for scope in scopes
    ]


def partition(holdings: Sequence[Holding], parts: int) -> list[tuple[str, ...]]:
    """Path prefixes of up to ``parts`` parts of the collection, balanced by tokens, neighbours kept together.

    A folder's prefix ends in a slash. Every document lies in exactly one part; there are fewer parts than
    asked for only when there are fewer documents.
    """
    sizes: dict[str, int] = defaultdict(int)
    for holding in holdings:
        sizes[holding.part.path] += holding.part.tokens + 1
    units = _units(sizes, "", sum(sizes.values()) / (parts * _FINENESS))
    if len(units) < parts:
        units = list(sizes.items())
    return [tuple(prefix for prefix, _ in group) for group in _pack(sorted(units), parts)]


def _units(sizes: dict[str, int], prefix: str, limit: float) -> list[tuple[str, int]]:
    """Folders no larger than the limit, and the files of those that are larger."""
    children: dict[str, dict[str, int]] = defaultdict(dict)
    for path, size in sizes.items():
        head, slash, _ = path[len(prefix) :].partition("/")
        children[prefix + head + slash][path] = size
    units: list[tuple[str, int]] = []
    for child, held in children.items():
        total = sum(held.values())
        whole = not child.endswith("/") or total <= limit
        units += [(child, total)] if whole else _units(held, child, limit)
    return units


def _pack(units: list[tuple[str, int]], parts: int) -> list[list[tuple[str, int]]]:
    """The units in order, cut into groups of about the same size, none of them empty."""
    groups: list[list[tuple[str, int]]] = []
    left, remaining = sum(size for _, size in units), min(parts, len(units))
    queue = list(units)
    while queue:
        group = [queue.pop(0)]
        target = left / remaining
        while len(queue) > remaining - 1 and sum(size for _, size in group) + queue[0][1] / 2 <= target:
            group.append(queue.pop(0))
        if remaining == 1:
            group, queue = group + queue, []
        left -= sum(size for _, size in group)
        remaining -= 1
        groups.append(group)
    return groups


def _name(scope: tuple[str, ...]) -> str:
    """A part as a person names it: its first and last folder or file."""
    names = list(dict.fromkeys(_short(prefix) for prefix in scope))
    return names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}"


def _short(prefix: str) -> str:
    path = PurePosixPath(prefix)
    return "/".join(path.parts[-3:]) + ("/" if prefix.endswith("/") else "")
