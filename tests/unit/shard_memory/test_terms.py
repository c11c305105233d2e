import pytest

from shard.terms import terms, weighted_terms


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
