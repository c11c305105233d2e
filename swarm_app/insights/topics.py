"""Topics: where a finding is an insight, and where a brief looks for some.

``run:ID``, ``shard:NAME`` for the shards whose documents it cites, and ``theme:TERM`` for what the question
is about and for what the finding names.
"""

from collections.abc import Iterable

from swarm_app import words
from swarm_app.contracts.insights import Peers
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.contracts.run import Run
from swarm_app.insights.names import names

_SHARD, _THEME = "shard:", "theme:"
_SUBJECTS = 8  # of a question
_NAMED = 2  # in a finding
_SOUGHT = 6  # names in a brief's queries


def published(run: Run, draft: Draft, shards: Iterable[str]) -> tuple[str, ...]:
    """The topics of a finding that cites documents of these shards; none of one that failed."""
    if run.insights is Peers.OFF or draft.kind is Kind.FAILED:
        return ()
    themes = [*_subjects(run.question), *map(_theme, names(draft.summary)[:_NAMED])]
    return (own(run.run_id), *map(_shard, shards), *words.distinct(themes))


def sought(brief: Brief) -> tuple[str, ...]:
    """The topics of other runs' findings that may bear on a brief."""
    named = names(" ".join((brief.angle, *brief.queries)))[:_SOUGHT]
    return (*map(_shard, brief.shards), *words.distinct([*_subjects(brief.question), *map(_theme, named)]))


def own(run_id: str) -> str:
    """The topic of a run's own findings."""
    return f"run:{run_id}"


def shards_of(topics: Iterable[str]) -> frozenset[str]:
    """The shards among topics."""
    return frozenset(topic.removeprefix(_SHARD) for topic in topics if topic.startswith(_SHARD))


def themes_of(topics: Iterable[str]) -> frozenset[str]:
    """The terms among topics; of a name, as many as it has."""
    themes = (topic.removeprefix(_THEME) for topic in topics if topic.startswith(_THEME))
    return frozenset(term for theme in themes for term in theme.split("-"))


def _shard(name: str) -> str:
    return f"{_SHARD}{name}"


def _subjects(question: str) -> list[str]:
    return [f"{_THEME}{term}" for term in words.distinct(words.subjects(question))[:_SUBJECTS]]


def _theme(name: str) -> str:
    return f"{_THEME}{'-'.join(words.terms(name))}"
