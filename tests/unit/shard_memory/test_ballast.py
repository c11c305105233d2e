import pytest

from shard.ballast import ballast

FIELDS = {"sentence": 1, "page": 31, "place": 0}


@pytest.mark.parametrize("documents", [0, 1, 1000])
@pytest.mark.parametrize("terms", [0, 7, 5000])
def test_ballast_brings_the_average_of_every_field_to_the_same_constant(documents: int, terms: int) -> None:
    lengths = {"sentence": terms, "page": 20 * terms, "place": 3}
    added = ballast(FIELDS, lengths, documents)
    whole = documents + added.documents
    averages = {field: (lengths[field] + added.fillers[field]) / whole for field in FIELDS}
    assert averages == {"sentence": 6, "page": 186, "place": 6}


def test_ballast_takes_nothing_away() -> None:
    added = ballast(FIELDS, {"sentence": 900, "page": 2, "place": 0}, 10)
    assert added.documents > 0
    assert min(added.fillers.values()) >= 0
