"""Sources as outsiders write them, checked against what the shards hold."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from swarm_app.contracts.bus import CheckedSource, CheckedSources, Source
from swarm_app.contracts.documents import Citation, Shard, Verdict
from swarm_app.documents.roots import is_rooted, locate
from swarm_app.errors import UsageError
from swarm_app.evidence import against_file, check, parse_source
from swarm_app.store.store import Store

_BEST_FIRST = (Verdict.VERIFIED, Verdict.UNCHECKED, Verdict.STALE, Verdict.INVALID)
_FIELDS = ("path", "start", "end", "quote", "sha256")
_NAMED = 3  # documents of one name, in a reason


@dataclass(frozen=True)
class _Place:
    """A document version where a source may point."""

    shard: Shard
    path: str
    sha256: str


def citation(source: Source | Mapping[str, Any]) -> Citation:
    """A source as a citation: ``PATH:FIRST-LAST``, ``PATH:LINE``, or path, start, end and quote.

    Raises `UsageError` for one that names no lines.
    """
    if isinstance(source, str):
        path, start, end = parse_source(source)
        return Citation(path=path, start=start, end=end)
    try:
        return Citation.model_validate({key: source[key] for key in _FIELDS if key in source})
    except ValidationError:
        raise UsageError(
            f"{dict(source)!r} is no source. It needs path, start and end, and a quote."
        ) from None


class Sources:
    """Checks sources against shards as they are when it is made: those that are named, or all."""

    def __init__(self, store: Store, names: Collection[str] = ()) -> None:
        self._store = store
        self._shards = [shard for shard in store.shards.all() if not names or shard.name in names]
        self._places: dict[str, list[_Place]] = {}

    def check(self, sources: Sequence[Source]) -> CheckedSources:
        """Each source with its verdict, and the count of verdicts."""
        checked = tuple(map(self._checked, sources))
        counts = Counter(each.verdict for each in checked)
        return CheckedSources(sources=checked, **{verdict.value: counts[verdict] for verdict in Verdict})

    def _checked(self, source: Source) -> CheckedSource:
        written = source if isinstance(source, str) else str(source.get("path", source))
        try:
            cited = citation(source)
        except UsageError:
            return _invalid(written, "it names no lines of a document")
        places = self._found(cited.path)
        if not places:
            return _invalid(cited.source, "no shard holds such a document")
        if len({place.path for place in places}) > 1:
            names = ", ".join(sorted({place.path for place in places})[:_NAMED])
            return _invalid(cited.source, f"several documents are called so: {names}")
        tried = [self._against(cited, place) for place in places]
        return min(tried, key=lambda each: _BEST_FIRST.index(each.verdict))

    def _found(self, path: str) -> list[_Place]:
        """Where a path may point: the document of that path, else those whose paths end with it."""
        if path not in self._places:
            self._places[path] = self._exactly(path) or self._ending(path)
        return self._places[path]

    def _exactly(self, path: str) -> list[_Place]:
        held = ((shard, self._store.shards.versions(shard.name, [path])) for shard in self._shards)
        return [_Place(shard, path, versions[path]) for shard, versions in held if path in versions]

    def _ending(self, path: str) -> list[_Place]:
        names = {name for shard in self._shards for name in self._store.shards.paths(shard.name)}
        return [place for name in sorted(names) if name.endswith(f"/{path}") for place in self._exactly(name)]

    def _against(self, cited: Citation, place: _Place) -> CheckedSource:
        """The verdict on a source, if it points there; what is quoted must also stand in today's file."""
        meant = cited.model_copy(update={"path": place.path, "sha256": cited.sha256 or place.sha256})
        verdict = check(meant, self._store.documents).verdict
        reason = ""
        if verdict is Verdict.INVALID:
            reason = "its words do not stand there" if cited.quote else "there are no such lines"
        elif _has_changed(meant, place, verdict):
            verdict, reason = Verdict.STALE, "the document has changed since"
        return CheckedSource(
            source=cited.source,
            verdict=verdict,
            path=place.path,
            sha256=meant.sha256,
            shard=place.shard.name,
            reason=reason,
        )


def _has_changed(meant: Citation, place: _Place, verdict: Verdict) -> bool:
    """Whether the shard holds another version than was meant, or the file is another than the shard's."""
    if meant.sha256 != place.sha256:
        return True
    roots = {first: Path(folder) for first, folder in place.shard.roots.items()}
    if verdict is not Verdict.VERIFIED or not is_rooted(place.path, roots):
        return False
    held = meant.model_copy(update={"verdict": verdict})
    return against_file(held, locate(place.path, roots)).verdict is Verdict.STALE


def _invalid(source: str, reason: str) -> CheckedSource:
    return CheckedSource(source=source, verdict=Verdict.INVALID, reason=reason)
