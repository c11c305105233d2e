import pytest

from swarm_app.insights.names import names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Order HM-2209 came late.", ("HM-2209",)),
        ("Invoice 4471 is open.", ("4471",)),
        ("The Halden Marine crew waited.", ("Halden Marine",)),
        ("It calls on_chord_part_return of ChordCounter.", ("on_chord_part_return", "ChordCounter")),
    ],
)
def test_codes_numbers_proper_names_and_identifiers_are_names(text: str, expected: tuple[str, ...]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The harbour was closed in 2026.",
        "It took from 12:30:45 to 2026-03-14, or 18,400 EUR at 10.0.0.1.",
        "Crane 3 stood at berth 7.",
        "The Harbour was closed. In March it opened.",
        f"The digest is {'a1' * 32}.",
    ],
)
def test_years_times_amounts_and_first_words_are_none(text: str) -> None:
    assert names(text) == ()


def test_a_name_counts_once() -> None:
    assert names("HM-2209 left. Then HM-2209 came back.") == ("HM-2209",)
