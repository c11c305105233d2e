"""Does the draft rest on what it cites, and on more than one leg?"""

from itertools import combinations

from swarm_app import sense, words
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Ballot, Claim
from swarm_app.plural import counted
from workers.extractive.guardians.case import Case, Opinion, by_share, share_of

_FOUND = 0.6  # share of an uncited claim's terms that a passage must hold to speak for it
_ALIKE = 0.6  # similarity from which two claims, or two quotes of the same lines, say the same
_TOKENS = 300


def evidence(case: Case) -> Opinion:
    """Every claim must rest on lines that say it; one that cites nothing may still be in the shards.

    Approves when all rest, rejects when not even half do, what was only found counting half.
    """
    resting = sum(map(case.rests, case.claims))
    bare = [claim.statement for claim in case.claims if not claim.citations]
    found = sum(
        any(_speaks_for(excerpt.text, statement) for excerpt in passages)
        for statement, passages in zip(bare, case.passages(bare, _TOKENS), strict=True)
    )
    reason = f"{resting} of {counted(len(case.claims), 'claim')} rest on lines that say so"
    if bare:
        reason += f"; {len(bare)} cite nothing, and for {found} of these the shards hold a passage"
    return by_share(share_of(resting + found / 2, len(case.claims)), reason, approve=1.0, reject=0.5)


def independence(case: Case) -> Opinion:
    """Approves when half of the claims have two legs; rejects when several claims rest on one passage."""
    firm = sum(claim.corroborated or _documents(claim) > 1 for claim in case.claims)
    paths = {citation.path for citation in case.citations}
    reason = (
        f"{firm} of {counted(len(case.claims), 'claim')} are corroborated or cite two documents; "
        f"{counted(len(paths), 'document')} cited in all"
    )
    if not case.claims or _one_passage(case):
        return Opinion(Ballot.REJECT, reason + ("; all rest on one passage" if case.claims else ""), 0.8)
    return by_share(share_of(firm, len(case.claims)), reason, approve=0.5, reject=0.0)


def duplication(case: Case) -> Opinion:
    """Approves when no two claims say the same or quote the same words; rejects when a third of them do."""
    pairs = combinations(range(len(case.claims)), 2)
    repeated = {later for first, later in pairs if _repeats(case.claims[first], case.claims[later])}
    reason = f"{len(repeated)} of {counted(len(case.claims), 'claim')} repeat an earlier one"
    if not case.claims:
        return Opinion(Ballot.ABSTAIN, reason, 0.0)
    fresh = 1 - share_of(len(repeated), len(case.claims))
    return by_share(fresh, reason, approve=1.0, reject=0.67)


def _speaks_for(passage: str, statement: str) -> bool:
    held = words.containment(statement, passage) >= _FOUND
    return held and not sense.denies(statement, passage)


def _documents(claim: Claim) -> int:
    return len({citation.path for citation in claim.citations})


def _one_passage(case: Case) -> bool:
    """Whether several claims cite nothing but lines that run into each other."""
    citations = case.citations
    return len(case.claims) > 1 and bool(citations) and all(_touch(citations[0], each) for each in citations)


def _touch(one: Citation, other: Citation) -> bool:
    return one.path == other.path and one.start <= other.end + 1 and other.start <= one.end + 1


def _repeats(one: Claim, other: Claim) -> bool:
    if sense.conflict(one.statement, other.statement):
        return False
    if words.similarity(one.statement, other.statement) >= _ALIKE:
        return True
    pairs = ((mine, theirs) for mine in one.citations[:1] for theirs in other.citations[:1])
    return any(
        _touch(mine, theirs) and words.similarity(mine.quote, theirs.quote) >= _ALIKE
        for mine, theirs in pairs
    )
