"""A stored run, checked again: against the store, and against today's files."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.research import Finding
from swarm_app.contracts.run import Verification
from swarm_app.documents.roots import locate
from swarm_app.evidence import LinesReader, against_file, check, cited


def verify(
    run_id: str, findings: Iterable[Finding], documents: LinesReader, roots: Mapping[str, str]
) -> Verification:
    """Check every distinct citation of a run's findings; ``roots`` maps a path's first part to its folder."""
    distinct = dict.fromkeys(citation for finding in findings for citation in cited(finding))
    folders = {first: Path(folder) for first, folder in roots.items()}
    checked = tuple(
        against_file(check(citation, documents), locate(citation.path, folders)) for citation in distinct
    )
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
