"""What a pass looks for after the council has rejected the draft: what its guardians missed."""

from collections.abc import Callable, Mapping
from itertools import chain, zip_longest

from shard.planner.material import Material, Sketch, angled
from shard.planner.roles import disputes, leads, main_claims
from swarm_app import words
from swarm_app.contracts.research import Ballot


def repairs(material: Material) -> list[Sketch]:
    """Briefs for each rejection in turns, by its guardian's duty; then whatever is still open."""
    turns = zip_longest(*(_ANSWERS.get(duty, main_claims)(material) for duty in _duties(material)))
    answered = [sketch for sketch in chain.from_iterable(turns) if sketch is not None]
    return answered + leads(material) + main_claims(material)


def _duties(material: Material) -> list[str]:
    """The duties of those who rejected, heaviest first."""
    votes = material.latest.votes if material.latest else ()
    rejecting = {vote.guardian for vote in votes if vote.vote is Ballot.REJECT}
    guardians = sorted(material.run.plan.guardians, key=lambda guardian: -guardian.weight)
    return list(words.distinct(each.duty for each in guardians if each.name in rejecting))


def _missing(material: Material) -> list[Sketch]:
    """The question's phrases that the draft says least of, each by itself."""
    answer = material.latest.answer if material.latest else ()
    said = {term for claim in answer for term in words.terms(claim.statement)}
    question = material.question
    phrases = words.distinct(question[start:end] for start, end in words.phrases(question))
    return [angled(phrase, material) for phrase in sorted(phrases, key=lambda each: _known(each, said))]


def _known(phrase: str, said: set[str]) -> float:
    own = set(words.terms(phrase))
    return len(own & said) / (len(own) or 1)


_ANSWERS: Mapping[str, Callable[[Material], list[Sketch]]] = {
    "coverage": _missing,
    "scope": _missing,
    "contradiction": disputes,
    "denial": disputes,
}
