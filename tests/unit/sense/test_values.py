import pytest

from swarm_app.sense.values import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("until 12 May 2024", ("date", "2024-05-12", "")),
        ("until May 12, 2024", ("date", "2024-05-12", "")),
        ("until 2024-05-12", ("date", "2024-05-12", "")),
        ("until 3 Mar. 2020", ("date", "2020-03-03", "")),
        ("before May", ("date", "????-05-??", "")),
        ("a budget of 4,250,000 EUR", ("number", "4250000", "eur")),
        ("a budget of €4.25 million", ("number", "4250000", "eur")),
        ("twenty-five ships", ("number", "25", "ship")),
        ("five percent", ("number", "5", "percent")),
        ("5% of it", ("number", "5", "percent")),
        ("version 3.10", ("version", "3.10", "")),
        ("starts at 9 p.m. in summer", ("number", "9", "pm")),
    ],
)
def test_a_value_has_one_form_however_it_is_written(text: str, expected: tuple[str, str, str]):
    assert [(each.kind, each.value, each.unit) for each in values(text)] == [expected]


@pytest.mark.parametrize("text", ["You may enter.", "Theresa May spoke.", "They march on.", "See section 3."])
def test_a_verb_a_name_and_a_reference_are_no_values(text: str):
    assert values(text) == []


def test_a_date_agrees_with_one_that_tells_less():
    (full,), (short,), (other,) = values("on 12 May 2024"), values("on 12 May"), values("on 13 May")

    assert full.agrees(short)
    assert not full.agrees(other)
