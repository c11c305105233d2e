"""What a claim is worth to the question."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from swarm_app import words
from swarm_app.contracts.research import Claim

_QUESTION, _COMPANY, _HOME, _CONFIDENCE, _VOICES = 0.35, 0.2, 0.1, 0.2, 0.15
_ENOUGH_VOICES = 3  # workers that picked the same lines
_IN_PATH = 0.5  # what a term counts that stands in the document's path alone
_LEADING = 8  # claims whose words tell what an answer speaks of
_SAYS_SOMETHING = 4  # terms; what has fewer says less than it seems to
_BRIEF = 40  # terms; a longer quote holds telling words by its length
_TELLING = 24  # of those words


def worths(question: str, claims: Sequence[Claim]) -> list[float]:
    """Each claim's worth, 0 to 1: its share of the question, company, home, confidence, voices.

    The share is relative to the best one's: no sentence holds the whole of a long question. The company
    is the share of telling words: those that several of the leading claims use beside the question's own
    (relevance feedback, Lavrenko and Croft 2001). It lifts what speaks of the same matter in other words,
    and leaves behind what shares one word with the question by chance. The home is the document, worth most
    where the leading claims stand. The voices are the workers that picked it.
    """
    shares = [_held(question, claim) for claim in claims]
    most = max(shares, default=0.0) or 1.0
    plain = [
        _QUESTION * share / most + _CONFIDENCE * claim.confidence + _VOICES * _voices(claim)
        for claim, share in zip(claims, shares, strict=True)
    ]
    leading = sorted(range(len(claims)), key=lambda place: -plain[place])[:_LEADING]
    telling = _telling(question, [claims[place] for place in leading])
    homes = _homes([(_path(claims[place]), shares[place]) for place in leading])
    return [
        base + _COMPANY * _company(claim, telling) + _HOME * homes.get(_path(claim), 0.0)
        for claim, base in zip(claims, plain, strict=True)
    ]


def said(claim: Claim) -> frozenset[str]:
    """The terms of a claim and of what it quotes first."""
    return frozenset((*words.terms(claim.statement), *words.terms(claim.citations[0].quote)))


def _path(claim: Claim) -> str:
    return claim.citations[0].path


def _homes(leading: Sequence[tuple[str, float]]) -> Mapping[str, float]:
    """Documents by their leading claims' shares of the question, squared: many weak ones weigh little."""
    sums: dict[str, float] = defaultdict(float)
    for path, share in leading:
        sums[path] += share**2
    most = max(sums.values(), default=0.0) or 1.0
    return {path: total / most for path, total in sums.items()}


def _held(question: str, claim: Claim) -> float:
    """Share of the question: half its terms, half its pairs of neighbouring terms, which belong together."""
    own, path = said(claim), set(words.terms(_path(claim)))
    held = {term: 1.0 if term in own else _IN_PATH if term in path else 0.0 for term in words.terms(question)}
    pairs = words.pairs(question)
    paired = sum(held[one] * held[other] for one, other in pairs) / (len(pairs) or 1)
    says = min(1.0, len(own) / _SAYS_SOMETHING)
    return says * (sum(held.values()) / (len(held) or 1) + paired) / 2


def _voices(claim: Claim) -> float:
    return min(1.0, len(claim.findings) / _ENOUGH_VOICES)


def _telling(question: str, leading: Sequence[Claim]) -> Mapping[str, int]:
    asked = set(words.terms(question))
    counts = Counter(term for claim in leading for term in said(claim) if term not in asked)
    return {term: count for term, count in counts.most_common(_TELLING) if count > 1}


def _company(claim: Claim, telling: Mapping[str, int]) -> float:
    own = said(claim)
    share = sum(count for term, count in telling.items() if term in own) / (sum(telling.values()) or 1)
    return share * min(1.0, _BRIEF / (len(own) or 1))
