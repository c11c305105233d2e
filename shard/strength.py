"""How strong the evidence is: whether what was found answers, or merely shares a word with the question."""

from collections.abc import Sequence

from shard.index import FIELDS
from shard.statistics import Statistics
from shard.terms import weighted_terms
from swarm_app.contracts.documents import Excerpt

ENOUGH = 0.12  # chosen by `benchmarks/silence.py` on one pair of collections: on another it loses fewer
_SATURATION = 2.2  # what a term's rarity is multiplied with at most: BM25's k1 + 1


def strength(question: str, excerpts: Sequence[Excerpt], collection: Statistics) -> float:
    """The best excerpt's score as a share, 0 to 1, of the most that any words could score for the question.

    Words that the collection lacks count as its rarest, so what is said about few of the words is weak.
    """
    windows = [number for number, width in enumerate(FIELDS.values()) if width]
    most = sum(
        weight * collection.rarity(term, number)
        for term, weight in weighted_terms(question).items()
        for number in windows
    )
    best = max((excerpt.score for excerpt in excerpts), default=0.0)
    return min(1.0, best / (_SATURATION * most)) if most else 0.0
