"""Is it observed, and do the figures add up to what was quoted?"""

import re

from swarm_app.contracts.research import Ballot, Claim
from swarm_app.plural import counted
from swarm_app.sense.values import Value, values
from workers.extractive.guardians.case import Case, Opinion, by_share, share_of

_HEDGE = re.compile(
    r"(?i)\b(?:(?-i:may|MAY)|might|could|would|should|perhaps|possibly|probably|likely|presumably|apparently|seems?"
    r"|appears?|believe[sd]?|assume[sd]?|suppose[sd]?|guess(?:ed)?|expect(?:ed|s)?|we\ think)\b"
)


def observation(case: Case) -> Opinion:
    """Approves when two thirds of the claims state plainly what their lines say; rejects below one."""
    plain = sum(not _HEDGE.search(claim.statement) for claim in case.claims)
    observed = sum(not _HEDGE.search(claim.statement) and case.rests(claim) for claim in case.claims)
    reason = (
        f"{observed} of {counted(len(case.claims), 'claim')} state without a hedge what their lines say; "
        f"{len(case.claims) - plain} are hedged"
    )
    return by_share(share_of(observed, len(case.claims)), reason, approve=2 / 3, reject=1 / 3)


def arithmetic(case: Case) -> Opinion:
    """Approves when every figure of the draft stands in what its claim quotes; rejects when one does not."""
    stated = [(claim, value) for claim in case.claims for value in values(claim.statement)]
    loose = [value for claim, value in stated if not _is_quoted(value, claim)]
    reason = f"{len(stated) - len(loose)} of {counted(len(stated), 'figure')} stand in the quotes"
    if loose:
        return Opinion(Ballot.REJECT, f"{reason}; “{loose[0].shown}” does not", 0.9)
    return Opinion(Ballot.APPROVE, reason, 0.9) if stated else Opinion(Ballot.ABSTAIN, reason, 0.0)


def _is_quoted(value: Value, claim: Claim) -> bool:
    quoted = {each.value for citation in claim.citations for each in values(citation.quote)}
    return value.value in quoted or any(value.shown in citation.quote for citation in claim.citations)
