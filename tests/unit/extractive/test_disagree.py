import pytest

from swarm_app.contracts.documents import Excerpt
from workers.extractive.disagree import contradictions
from workers.extractive.statements import statements


def differences(*texts: str, suffix: str = "md") -> list[str]:
    excerpts = [
        Excerpt(
            path=f"{place}.{suffix}",
            sha256="0" * 64,
            start=1,
            end=9,
            start_char=0,
            end_char=len(text),
            text=text,
        )
        for place, text in enumerate(texts)
    ]
    return [pair.difference for pair in contradictions(one for part in excerpts for one in statements(part))]


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        (
            "The retention period is 30 days.",
            "The retention period is 90 days.",
            "number: 30 days against 90 days",
        ),
        (
            "Logs are kept for thirty days.",
            "Logs are retained for 90 days.",
            "number: thirty days against 90 days",
        ),
        ("The Lisbon office opened in 2015.", "The Lisbon office opened in 2017.", "date: 2015 against 2017"),
        (
            "The importer requires version 2.1 of the parser.",
            "The importer requires version 3.0 of the parser.",
            "version: 2.1 against 3.0",
        ),
        (
            "The gateway supports TLS connections.",
            "The gateway does not support TLS connections.",
            "negation: one says so, the other says not",
        ),
        (
            "Anonymous access is enabled by default.",
            "Anonymous access is disabled by default.",
            "negation: one says so, the other says not",
        ),
        (
            "The turbines reach the Halvorsen yard by 12 May 2024.",
            "The turbines reach the Halvorsen yard by 30 September 2024.",
            "date: 12 May 2024 against 30 September 2024",
        ),
        (
            "The furnace is cleaned before May.",
            "The furnace is cleaned before June.",
            "date: May against June",
        ),
        (
            "The furnace must be cleaned before May.",
            "The furnace must not be cleaned before May.",
            "negation: one says so, the other says not",
        ),
        (
            "The new paint is safe for the hull.",
            "The new paint is unsafe for the hull.",
            "negation: one says so, the other says not",
        ),
        (
            "The gateway keeps logs of guests.",
            "The gateway doesn't keep logs of guests.",
            "negation: one says so, the other says not",
        ),
        (
            "The old crane is used by the yard.",
            "The old crane is no longer used by the yard.",
            "negation: one says so, the other says not",
        ),
        (
            "Note: The pier is 40 metres long.",
            "The pier is 60 metres long.",
            "number: 40 metres against 60 metres",
        ),
    ],
)
def test_sentences_that_say_otherwise_of_one_subject_contradict(one: str, other: str, difference: str):
    assert differences(one, other) == [difference]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Berlin office opened in 2015.", "The Paris office opened in 2017."),
        ("The retention period for logs is 30 days.", "The retention period for metrics is 90 days."),
        ("The default timeout is 30 seconds.", "The default timeout for uploads is 90 seconds."),
        ("In 2015 revenue was 10 million euros.", "In 2016 revenue was 12 million euros."),
        ("Version 2.1 supports the new protocol.", "Version 3.0 does not support the new protocol."),
        ("If the key is set, the value is returned.", "If the key is not set, the value is returned."),
        ("The limit was raised to 50 requests.", "The limit was raised to 80 requests."),
        ("The retention period is 30 days.", "The retention period is 30 hours."),
        ("Enable the echo of the console.", "Disable the echo of the console."),
        ("Chapter 1 has thirty long pages.", "Chapter 2 has thirty long pages."),
        ("Is the retention period 30 days?", "Is the retention period 90 days?"),
        ("| retention period | 30 days |", "| retention period | 90 days |"),
        ("The pier may be 40 metres long.", "The pier may be 60 metres long."),
        ("Clients MAY send 3 headers.", "Clients MAY send 5 headers."),
        ("The hall was opened on 3 March 2020.", "The hall was opened on March 3, 2020."),
        ("The pier cost 4.25 million EUR.", "The pier cost 4,250,000 EUR."),
        ("The train from Oslo to Turku takes 7 hours.", "The train from Turku to Oslo takes 9 hours."),
        ("The importer works without the old parser.", "The importer works with the old parser."),
        ("Grad A: We have 30 channels on it.", "Grad B: We have 40 channels on it."),
    ],
)
def test_sentences_that_can_both_hold_do_not_contradict(one: str, other: str):
    assert differences(one, other) == []


def test_a_row_of_like_things_is_no_contradiction():
    assert (
        differences("Each crate holds 3 nets.", "Each crate holds 5 nets.", "Each crate holds 8 nets.") == []
    )


def test_default_arguments_of_code_do_not_contradict():
    assert (
        differences("def wait(timeout=30, retries=3):", "def wait(timeout=90, retries=3):", suffix="py") == []
    )


def test_short_comments_of_different_functions_do_not_contradict():
    assert (
        differences(
            "# The default timeout is 30 seconds.", "# The default timeout is 90 seconds.", suffix="py"
        )
        == []
    )
