"""Would the draft give away what it should not?"""

import re

from swarm_app.contracts.research import Ballot
from swarm_app.plural import counted
from workers.extractive.guardians.case import Case, Opinion

_PRIVATE = {
    "an e-mail address": re.compile(r"\b[\w.+-]+@[\w-]+\.[A-Za-z]{2,}\b"),
    "a telephone number": re.compile(r"(?<![\w.])\+\d{1,3}[\s-]?(?:\(?\d{1,4}\)?[\s-]?){2,5}\d{2,}\b"),
    "a bank account": re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}\b"),
    "a secret": re.compile(r"(?i)\b(?:password|passwd|secret|api[_-]?key|token)\s*[:=]\s*[\"']?[^\s\"']{8,}"),
}


def disclosure(case: Case) -> Opinion:
    """Rejects when the draft shows personal data or a secret; abstains otherwise: it cannot judge more."""
    texts = [claim.statement for claim in case.claims] + [citation.quote for citation in case.citations]
    shown = {name for name, pattern in _PRIVATE.items() if any(map(pattern.search, texts))}
    if shown:
        return Opinion(Ballot.REJECT, f"the draft shows {' and '.join(sorted(shown))}", 0.8)
    reason = f"no personal data or secret in {counted(len(texts), 'passage')}; more than that it cannot judge"
    return Opinion(Ballot.ABSTAIN, reason, 0.0)
