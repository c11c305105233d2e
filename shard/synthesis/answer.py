"""The draft answer: few claims that answer the question best together."""

from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest

from shard.synthesis.disputes import other_sides
from shard.synthesis.merge import overlap
from shard.synthesis.worth import said, shares, worths
from swarm_app import words
from swarm_app.asked import asked
from swarm_app.contracts.research import Claim, Contradiction
from swarm_app.definitions import defines

MOST = 5  # claims in an answer
_ENOUGH = 0.75  # of the best claim's worth, from which a claim may stand in the answer
_HALF = 0.5  # of the question's terms, without which a later sentence only shares words with it
_AS_MUCH = 0.7  # of the first sentence's share of the question, without which a later one pads
_BESIDE = 0.4  # the same for what stands beside the first one: it goes on from it, and names less again
_NEXT = 10  # lines from the first sentence that are beside it
_FEWEST = 2  # of the question's terms that answer it; one alone is shared by chance
_LEAST = 0.7  # of the best claim's worth, from which a claim is relevant
_ABOUT = 0.7  # of the question's terms, from which a claim speaks of what was asked as a whole
_SAID = 0.6  # of a question's terms in one sentence, from which that is taken to answer it
_NEW = 0.25  # how much of the worth is lost by a claim that adds no new term to those chosen
_FROM_ONE = 4  # claims from one document


def rank(question: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims by what they are worth to the question, best first."""
    worth = worths(question, claims)
    order = sorted(range(len(claims)), key=lambda place: (-worth[place], *_place(claims[place])))
    return [claims[place] for place in order]


def relevant(question: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims worth enough for an answer that speak of most of a question in it, in their order."""
    found = {claim for each in asked(question) for claim in _relevant(each.full, claims)}
    return [claim for claim in claims if claim in found]


def answered(question: str, told: Sequence[Claim]) -> dict[str, bool]:
    """Of several questions in one, whether an answer says enough of each; none while nothing is told."""
    several = asked(question) if told else ()
    if len(several) < 2:
        return {}
    return {
        each.text: any(
            _speaks_of(each.text, claim, _SAID) and _speaks_of(each.full, claim, _SAID) for claim in told
        )
        for each in several
    }


def _relevant(question: str, claims: Sequence[Claim]) -> list[Claim]:
    worth = worths(question, claims)
    least = _LEAST * max(worth, default=0.0)
    return [
        claim
        for claim, value in zip(claims, worth, strict=True)
        if value >= least and _speaks_of(question, claim, _ABOUT)
    ]


def answer(question: str, claims: Sequence[Claim], pairs: Sequence[Contradiction] = ()) -> tuple[Claim, ...]:
    """Up to `MOST` claims, best first: each adds to those before it, and bears on the question.

    Rather short than padded: a place stays empty whose best claim speaks of less than half of what was asked,
    or holds much less of it than the first one. Empty where no claim holds more of it than chance would.
    A claim that another one contradicts (``pairs``) never stands there without it. Where several questions
    are asked in one, each has its turn: one that the claims do not answer leaves the others their answers.
    """
    parts = asked(question)
    if len(parts) == 1:
        return _with_other_sides(_told(question, claims), claims, pairs)
    turns = chain.from_iterable(
        zip_longest(*(_told(each.full, _naming(each.text, claims)) for each in parts))
    )
    told = words.distinct(claim for claim in turns if claim is not None)
    return _with_other_sides(told, claims, pairs)


def _naming(question: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that hold a term of the question itself, not only of what its pronoun stands for."""
    several = frozenset(words.subjects(question))
    return [claim for claim in claims if not several or claim.insights or several & _spoken(claim)]


def _told(question: str, claims: Sequence[Claim]) -> list[Claim]:
    """What answers one question, best first."""
    worth = dict(zip(claims, worths(question, claims), strict=True))
    chosen = _chosen([claim for claim in claims if _may_answer(question, claim)], worth)
    share = dict(zip(claims, shares(question, claims), strict=True))
    return [claim for claim in chosen if claim is chosen[0] or _bears(question, claim, chosen[0], share)]


def _with_other_sides(
    told: Sequence[Claim], claims: Sequence[Claim], pairs: Sequence[Contradiction]
) -> tuple[Claim, ...]:
    """The claims, each with what contradicts it behind it; the last ones make room for that."""
    found: list[Claim] = []
    for claim in told:
        others = other_sides(claim, claims, pairs)
        missing = [each for each in others[:1] if not any(_near(each, before) for before in found)]
        if claim not in found and len(found) + 1 + len(missing) <= MOST:
            found += [claim, *missing]
    return tuple(found)


def _bears(question: str, claim: Claim, first: Claim, share: Mapping[Claim, float]) -> bool:
    """Whether a later sentence does not pad: it tells nearly as much of what was asked as the first one.

    Beside a definition that was asked for only other definitions do.
    """
    if defines(question, first.statement):
        return defines(question, claim.statement)
    (path, line), (its_path, its_line) = _place(claim), _place(first)
    beside = path == its_path and abs(line - its_line) <= _NEXT
    least = (_BESIDE if beside else _AS_MUCH) * share[first]
    return share[claim] >= least and _speaks_of(question, claim, _HALF)


def _chosen(claims: Sequence[Claim], worth: Mapping[Claim, float]) -> list[Claim]:
    least = _ENOUGH * max((worth[claim] for claim in claims), default=0.0)
    chosen: list[Claim] = []
    while len(chosen) < MOST:
        left = [claim for claim in claims if worth[claim] >= least and _adds(claim, chosen)]
        if not left:
            break
        chosen.append(max(left, key=lambda claim: worth[claim] * _novelty(claim, chosen)))
    return chosen


def _may_answer(question: str, claim: Claim) -> bool:
    """Whether a claim asks nothing itself, and holds more of the question's terms than chance would.

    A question without a subject, like "What changed, and why?", asks for none of them; and what a peer's
    finding led to answers in the peer's words.
    """
    asked = frozenset(words.subjects(question)) - words.FRAME
    held = asked & (said(claim) | frozenset(words.terms(claim.citations[0].path)))
    asks = words.last_mark(claim.statement) == "?"
    enough = len(held) >= min(_FEWEST, (len(asked) + 1) // 2)
    return (enough or bool(claim.insights)) and not asks


def _speaks_of(question: str, claim: Claim, share: float) -> bool:
    """Whether a claim and its path hold this share of the question's terms."""
    asked = frozenset(words.subjects(question))
    return len(_spoken(claim) & asked) >= share * len(asked)


def _spoken(claim: Claim) -> frozenset[str]:
    return frozenset(words.terms(f"{claim.statement} {claim.citations[0].path}"))


def _place(claim: Claim) -> tuple[str, int]:
    return claim.citations[0].path, claim.citations[0].start


def _adds(claim: Claim, chosen: Sequence[Claim]) -> bool:
    path = claim.citations[0].path
    return (
        claim not in chosen
        and sum(other.citations[0].path == path for other in chosen) < _FROM_ONE
        and not any(_near(claim, other) for other in chosen)
    )


def _near(claim: Claim, other: Claim) -> bool:
    """Whether the claim quotes first what the other one cites already."""
    return any(overlap(claim.citations[0], theirs) for theirs in other.citations)


def _novelty(claim: Claim, chosen: Sequence[Claim]) -> float:
    """1 for a claim all of whose terms are new, less by up to `_NEW` for what the chosen ones said."""
    before = {term for other in chosen for term in said(other)}
    return 1 - _NEW * len(said(claim) & before) / (len(said(claim)) or 1)
