"""What a worker hears of its peers: when it begins, and before it reports."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress

from pydantic import ValidationError

from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.ids import is_of, place_of
from swarm_app.contracts.insights import Insight, Peers
from swarm_app.contracts.research import Brief, Finding, Kind
from swarm_app.contracts.run import Run
from swarm_app.errors import UnknownError
from swarm_app.evidence import LinesReader, check
from swarm_app.insights.bearing import Told, bearing, hears
from swarm_app.insights.links import linked
from swarm_app.insights.origin import insight_of
from swarm_app.insights.topics import own, sought
from swarm_app.settings import current
from swarm_app.store.store import Store

_OWN = 24  # findings of the brief's own run that are looked through
_OTHERS = 40  # of other runs, those that most topics of the brief name
_RECENT = 64  # findings of its pass that a report is compared with


def informed(store: Store, read: LinesReader, run: Run, brief: Brief) -> Brief:
    """The brief with what peers found that bears on it; with the same again when it is done again.

    The citations of what they found are checked once more: many briefs are told the same lines.
    """
    tokens = current().insight_tokens
    if run.insights is Peers.OFF or not tokens or not hears(brief):
        return brief
    told = _told(store, run, brief, tokens)
    origins = _origins(store, run, {each.finding.run_id for each in told})
    found = (_insight(read, run, origins.get(each.finding.run_id), each) for each in told)
    insights = tuple(insight for insight in found if insight)
    return brief.model_copy(update={"insights": insights})


def _told(store: Store, run: Run, brief: Brief, tokens: int) -> list[Told]:
    """What bears on the brief now, unless it began before: then what did when it began."""
    given = store.insights.given(brief.brief_id)
    if given is None:
        found = bearing(brief, _candidates(store, run, brief), tokens)
        ids = [told.finding.finding_id for told in found]
        given = store.insights.give(brief.brief_id, ids)
        if given == ids:
            return found
    return bearing(brief, store.insights.findings(given), tokens) if given else []


def compared(store: Store, run: Run, finding: Finding) -> Finding:
    """A finding beside what came in its pass meanwhile: links for the claims that peers reported before."""
    if not finding.topics or finding.kind is not Kind.CLAIM or not finding.claims:
        return finding  # it is nobody's insight, or repeats nothing
    (newest,) = store.insights.newest([own(run.run_id)], _RECENT)
    peers = [
        each
        for each in reversed(newest)
        if each != finding.finding_id and (place_of(each) or (0,))[0] == finding.pass_number
    ]
    return linked(finding, store.insights.findings(peers))


def _candidates(store: Store, run: Run, brief: Brief) -> list[Finding]:
    (mine,) = store.insights.newest([own(run.run_id)], _OWN)
    others = store.insights.newest(sought(brief), _OTHERS) if run.insights is Peers.ALL else []
    counts = Counter(each for ids in others for each in ids if not is_of(each, run.run_id))
    return store.insights.findings([*mine, *(each for each, _ in counts.most_common(_OTHERS))])


def _origins(store: Store, run: Run, run_ids: Iterable[str]) -> dict[str, Run]:
    """The runs of these ids that are remembered; those of another version may not be understood."""
    found = {run.run_id: run}
    for run_id in run_ids:
        with suppress(UnknownError, ValidationError):
            found[run_id] = found.get(run_id) or store.runs.get(run_id)
    return found


def _insight(read: LinesReader, run: Run, origin: Run | None, told: Told) -> Insight | None:
    """What a peer found, its citations checked once more; None if its run or its lines are gone."""
    checked = (check(citation, read) for citation in told.claim.citations)
    cited = [citation for citation in checked if citation.verdict is Verdict.VERIFIED]
    return insight_of(told, cited, origin, run) if cited and origin else None
