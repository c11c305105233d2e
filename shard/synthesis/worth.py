"""What a claim is worth to the question."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log

from shard.synthesis.merge import quotes_code
from swarm_app import words
from swarm_app.contracts.research import Claim
from swarm_app.definitions import defines
from swarm_app.documents.standing import standing

_QUESTION, _CONFIDENCE, _VOICES, _HOME = 0.3, 0.3, 0.25, 0.15  # benchmarks/answers.py
_CODE = 0.65  # code says less to a reader than words do
_DEFINED = 1.35  # what says what it is that was asked for comes before what speaks of it
_ASIDE = 0.5  # the power of a document's standing that its claims keep
_ENOUGH_VOICES = 3  # workers that picked the same lines
_PAIRED = 0.3  # what pairs count beside single terms
_POWER = 1.25  # of a term's rarity
_IN_PATH = 0.3  # what a term counts that stands in the document's path alone
_LEADING = 8  # claims that tell where an answer stands
_SAYS_SOMETHING = 4  # terms; what has fewer says less than it seems to


def worths(question: str, claims: Sequence[Claim]) -> list[float]:
    """Each claim's worth, 0 to `_DEFINED`: its share of the question, confidence, voices, home.

    The share is relative to the best one's: no sentence holds the whole of a long question. The voices are
    the workers that picked it. The home is the document, worth most where the leading claims stand.
    """
    held = shares(question, claims)
    most = max(held, default=0.0) or 1.0
    surest = max((claim.confidence for claim in claims), default=0.0) or 1.0
    plain = [
        _QUESTION * share / most + _CONFIDENCE * claim.confidence / surest + _VOICES * _voices(claim)
        for claim, share in zip(claims, held, strict=True)
    ]
    leading = sorted(range(len(claims)), key=lambda place: -plain[place])[:_LEADING]
    homes = _homes([(_path(claims[place]), held[place]) for place in leading])
    return [
        (base + _HOME * homes.get(_path(claim), 0.0)) * _fit(question, claim)
        for claim, base in zip(claims, plain, strict=True)
    ]


def shares(question: str, claims: Sequence[Claim]) -> list[float]:
    """Each claim's share of the question, 0 to 1: its terms by their rarity in the claims, and its pairs."""
    rarity = _rarities(words.subjects(question), claims)
    return [_held(question, rarity, claim) for claim in claims]


def said(claim: Claim) -> frozenset[str]:
    """The terms of a claim and of what it quotes first."""
    return frozenset((*words.terms(claim.statement), *words.terms(claim.citations[0].quote)))


def _fit(question: str, claim: Claim) -> float:
    """What remains of the worth of code, and of what stands aside from the core; more for a definition."""
    shown = _CODE if quotes_code(claim) else 1.0
    defined = _DEFINED if defines(question, claim.statement) else 1.0
    return float(shown * defined * standing(_path(claim)) ** _ASIDE)


def _path(claim: Claim) -> str:
    return claim.citations[0].path


def _homes(leading: Sequence[tuple[str, float]]) -> Mapping[str, float]:
    """Documents by their leading claims' shares of the question, squared: many weak ones weigh little."""
    sums: dict[str, float] = defaultdict(float)
    for path, share in leading:
        sums[path] += share**2
    most = max(sums.values(), default=0.0) or 1.0
    return {path: total / most for path, total in sums.items()}


def _rarities(wanted: Sequence[str], claims: Sequence[Claim]) -> Mapping[str, float]:
    """The asked terms' inverse document frequencies over the claims of all shards, ``log(1 + N / df)``.

    To the power `_POWER`: a sentence that lacks the question's rarest word hardly speaks of it.
    """
    counts = Counter(term for claim in claims for term in said(claim))
    return {term: log(1 + len(claims) / counts[term]) ** _POWER for term in wanted if counts[term]}


def _held(question: str, rarity: Mapping[str, float], claim: Claim) -> float:
    """Share of the question by rarity: its terms, and its pairs of neighbours, which belong together."""
    own, path = said(claim), set(words.terms(_path(claim)))
    held = {term: 1.0 if term in own else _IN_PATH if term in path else 0.0 for term in rarity}
    pairs = [pair for pair in words.pairs(question) if rarity.keys() >= set(pair)]
    paired = sum(held[one] * rarity[one] * held[other] * rarity[other] for one, other in pairs)
    most = sum(rarity[one] * rarity[other] for one, other in pairs) or 1
    single = sum(held[term] * weight for term, weight in rarity.items()) / (sum(rarity.values()) or 1)
    says = min(1.0, len(own) / _SAYS_SOMETHING)
    return says * ((1 - _PAIRED) * single + _PAIRED * paired / most)


def _voices(claim: Claim) -> float:
    return min(1.0, len(claim.findings) / _ENOUGH_VOICES)
