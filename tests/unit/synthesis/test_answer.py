from shard.synthesis.answer import answer, answered
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Claim

QUESTION = "Why does the lighthouse keep two lamps burning?"
LAMPS = "The lighthouse keeps two lamps burning because one may fail."
REASON = "The second of the two lamps keeps burning in the lighthouse while the keeper sleeps."
HALF = "Two lamps are burning in the cellar of the harbour master, where nobody sees them."
SHARES_A_WORD = "The lighthouse and its lamps were painted green after the storm of that year."


def claim(statement: str, path: str, confidence: float = 0.9, line: int = 1) -> Claim:
    quoted = Citation(path=path, start=line, end=line, quote=statement, sha256=path)
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


def test_a_later_sentence_that_holds_much_less_of_the_question_than_the_first_stays_out():
    found = answer(QUESTION, [claim(LAMPS, "a.md"), claim(HALF, "c.md"), claim(HALF, "a.md", line=40)])

    assert [each.statement for each in found] == [LAMPS]


def test_what_stands_beside_the_first_sentence_may_hold_less_of_the_question():
    found = answer(QUESTION, [claim(LAMPS, "a.md"), claim(HALF, "a.md", line=5)])

    assert [each.statement for each in found] == [LAMPS, HALF]


def test_a_question_in_the_documents_answers_nothing():
    asked = "Why does the lighthouse keep two lamps burning, and not one?"
    found = answer(QUESTION, [claim(asked, "faq.md", confidence=1.0), claim(LAMPS, "a.md", confidence=0.5)])

    assert [each.statement for each in found] == [LAMPS]


def test_where_claims_share_but_one_word_with_the_question_there_is_no_answer():
    one_word = claim("The storm of that year took the lamps of the pier.", "c.md")

    assert answer(QUESTION, [one_word]) == ()


def test_what_a_peer_s_finding_led_to_answers_in_other_words_than_the_question_s():
    led = claim("The gearbox of crane 3 failed at noon.", "log.md").model_copy(update={"insights": ("peer",)})

    assert answer(QUESTION, [led]) == (led,)


def test_a_short_question_is_answered_by_its_one_word():
    painted = claim("The tower was painted white in spring.", "tower.md")

    assert answer("Who painted it?", [painted]) == (painted,)


def test_a_question_that_names_no_subject_is_answered_by_what_was_found():
    raised = claim(
        "The dues of the harbour were raised to four crowns, since the mole had to be mended.", "d.md"
    )

    assert answer("What changed, and why?", [raised]) == (raised,)


def test_a_definition_that_was_asked_for_comes_first_and_alone():
    defined = "Buoys are floats that mark where a ship may sail."
    spoken = [
        claim(f"The {name} of a buoy is looked after every year.", f"{name}.md") for name in ("rope", "bell")
    ]
    found = answer("What is a buoy?", [*spoken, claim(defined, "z.md", confidence=0.8)])

    assert [each.statement for each in found] == [defined]


TWO = "Where does the pilot of the harbour live, and when does the supplier deliver turbines?"
LIVES = "The pilot of the harbour lives in the house beside the dock."
DELIVERS = "The supplier delivers turbines on the first Monday of a month."


def test_half_of_two_questions_is_answered_and_the_other_is_told_to_be_open():
    found = answer(TWO, [claim(LIVES, "a.md")])

    assert [each.statement for each in found] == [LIVES]
    assert answered(TWO, found) == {
        "Where does the pilot of the harbour live?": True,
        "When does the supplier deliver turbines?": False,
    }


def test_each_of_two_questions_has_its_answer():
    found = answer(TWO, [claim(LIVES, "a.md", confidence=0.3), claim(DELIVERS, "b.md")])

    assert [each.statement for each in found] == [LIVES, DELIVERS]
    assert all(answered(TWO, found).values())


def test_what_tells_of_the_same_thing_does_not_answer_the_other_question_about_it():
    asked, tall = "How tall is the tower and when was it built?", "The tower of the dock is 40 metres tall."
    found = answer(asked, [claim(tall, "a.md")])

    assert answered(asked, found) == {"How tall is the tower?": True, "When was it built?": False}


def test_where_nothing_is_answered_none_of_several_questions_is_told_to_be_open():
    assert answered(TWO, answer(TWO, [])) == {}
