from shard.synthesis.answer import answer
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Claim

QUESTION = "Why does the lighthouse keep two lamps burning?"
LAMPS = "The lighthouse keeps two lamps burning because one may fail."
REASON = "The second of the two lamps keeps burning in the lighthouse while the keeper sleeps."
SHARES_A_WORD = "The lighthouse and its lamps were painted green after the storm of that year."


def claim(statement: str, path: str, confidence: float = 0.9) -> Claim:
    quoted = Citation(path=path, start=1, end=1, quote=statement, sha256=path)
    return Claim(statement=statement, citations=(quoted,), confidence=confidence, findings=("f1", "f2", "f3"))


def test_what_speaks_of_the_question_makes_the_answer():
    found = answer(QUESTION, [claim(REASON, "b.md", confidence=0.8), claim(LAMPS, "a.md")])

    assert {each.statement for each in found} == {LAMPS, REASON}


def test_a_later_sentence_that_only_shares_a_word_stays_out():
    few_terms_held = claim(SHARES_A_WORD, "c.md", confidence=1.0)
    found = answer(QUESTION, [claim(LAMPS, "a.md", confidence=0.4), few_terms_held])

    assert [each.statement for each in found] == [LAMPS]


def test_an_answer_has_its_best_claim_however_little_it_holds():
    assert [each.statement for each in answer(QUESTION, [claim(SHARES_A_WORD, "c.md")])] == [SHARES_A_WORD]
