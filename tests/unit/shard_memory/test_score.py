from swarm_app.evidence import ENOUGH
from tests.unit.shard_memory.loaded import context_of

TOWN = {
    f"{number}.txt": f"House {number} of the village has a garden with roses and a gate.\n"
    for number in range(80)
}
FACT = {"keeper.txt": "The lighthouse keeper resigned in March 1911.\n"}


def score_of(question: str, documents: dict[str, str]) -> float:
    return max((found.score for found in context_of(documents).search([question])[0]), default=0.0)


def test_an_answer_is_strong_evidence() -> None:
    assert score_of("When did the lighthouse keeper resign?", TOWN | FACT) > 0.4


def test_what_shares_one_word_of_many_is_not_enough() -> None:
    question = "Which gate voltage saturates the transistor of an amplifier stage?"
    assert 0 < score_of(question, TOWN | FACT) < ENOUGH


def test_nothing_found_is_no_evidence() -> None:
    assert score_of("transistor", TOWN) == 0
    assert score_of("of the and", TOWN) == 0
