"""A stored run, checked again: against the store, and against today's files."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from pathlib import Path

from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.research import Finding
from swarm_app.contracts.run import Verification
from swarm_app.documents.roots import is_rooted, locate
from swarm_app.evidence import LinesReader, against_file, check, cited


def verify(
    run_id: str, findings: Iterable[Finding], documents: LinesReader, roots: Mapping[str, str]
) -> Verification:
    """Check every distinct citation of a run's findings and of the insights that led to them.

    ``roots`` maps the first part of a path of the run's own to its folder. What was never in a file is
    checked against the store alone.
    """
    reported = list(findings)
    heard = [insight for finding in reported for insight in finding.insights]
    told = (citation for insight in heard for citation in insight.citations)
    distinct = dict.fromkeys((*(each for finding in reported for each in cited(finding)), *told))
    named = reduce(or_, (insight.roots for insight in heard), dict(roots))
    folders = {first: Path(folder) for first, folder in named.items()}
    checked = tuple(_beside_file(check(citation, documents), folders) for citation in distinct)
    verdicts = Counter(citation.verdict for citation in checked)
    return Verification(
        run_id=run_id,
        checked=len(checked),
        verified=verdicts[Verdict.VERIFIED],
        stale=verdicts[Verdict.STALE],
        invalid=verdicts[Verdict.INVALID],
        unchecked=verdicts[Verdict.UNCHECKED],
        citations=checked,
    )


def _beside_file(citation: Citation, folders: Mapping[str, Path]) -> Citation:
    """A checked citation beside today's file, where its document came from one."""
    if not is_rooted(citation.path, folders):
        return citation
    return against_file(citation, locate(citation.path, folders))
