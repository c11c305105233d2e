import pytest

from shard.terms import pairs, terms, weighted_terms


@pytest.mark.parametrize(
    ("identifier", "found_by"),
    [
        ("on_chord_part_return", "chord part"),
        ("SwarmMemoryShard", "memory shard"),
        ("parseHTMLDocument", "html document"),
        ("celery.backends.redis", "backends"),
        ("__init_subclass__", "subclass"),
        ("userIDs", "ids"),
    ],
)
def test_an_identifier_is_found_by_its_parts(identifier: str, found_by: str) -> None:
    assert set(terms(found_by)) <= set(terms(identifier))


@pytest.mark.parametrize("identifier", ["on_chord_part_return", "SwarmMemoryShard", "celery.backends.redis"])
def test_an_identifier_is_found_whole(identifier: str) -> None:
    assert identifier.lower() in terms(f"call {identifier}()")


def test_words_are_found_by_other_forms_of_themselves() -> None:
    assert terms("The shards were restarted")[-1:] == terms("restarting")


def test_a_number_is_one_term_however_its_thousands_are_grouped() -> None:
    assert terms("1,250,000") == terms("1250000") == ["1250000"]


def test_accents_do_not_hide_a_word() -> None:
    assert terms("Värtahamnen") == terms("Vartahamnen")


def test_a_possessive_is_found_by_its_owner() -> None:
    assert terms("Biden’s") == terms("Biden's") == terms("Biden")


def test_function_words_are_no_terms() -> None:
    assert set(weighted_terms("What is the timeout of a lease?")) == {"timeout", "leas"}


def test_words_that_frame_a_question_weigh_less_than_its_subject() -> None:
    weights = weighted_terms("Summarize the discussion about batteries")
    assert weights["summar"] < weights["batteri"]
    assert weights["discuss"] < weights["batteri"]


@pytest.mark.parametrize(
    "question", ["what did ada_l promise", "what did 1843 promise", 'what did "ada" promise']
)
def test_identifiers_numbers_and_quoted_words_weigh_more_than_plain_words(question: str) -> None:
    weights = weighted_terms(question)
    assert max(weights.values()) > weights["promis"]


def test_a_text_without_words_has_no_terms() -> None:
    assert terms(" -- \n ###") == []


@pytest.mark.parametrize("written", ["the U.K.", "a UK", "the U_K_"])
def test_an_acronym_is_found_however_it_is_written(written: str) -> None:
    assert terms(written) == ["uk"]


def test_letters_joined_in_an_identifier_are_no_acronym() -> None:
    assert "a_b_testing" in terms("A_B_TESTING")


def test_a_name_in_capitals_is_a_term_even_where_the_word_would_be_none() -> None:
    assert terms("the US and us") == terms("U.S.") == ["us"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("灯塔管理员何时辞职?", "这位灯塔管理员于1911年辞职。"),
        ("灯台守はいつ辞任したか", "灯台守は一九一一年に辞任した。"),
    ],
)
def test_what_is_written_without_spaces_is_found_by_pairs_of_characters(question: str, text: str) -> None:
    assert len(set(terms(question)) & set(terms(text))) >= 3


def test_terms_that_carry_the_subject_belong_together_in_their_order() -> None:
    weights = weighted_terms("What did they say about the timeout of a lease in Redis?")
    assert list(pairs(weights)) == [("timeout", "leas"), ("leas", "redi")]
