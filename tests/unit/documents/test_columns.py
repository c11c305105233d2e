import pytest

from swarm_app.documents.columns import columns, values


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("ships.csv", "ship,home port,length"),
        ("ships.csv", '"ship";"home port";"length"\r\n'),
        ("ships.tsv", "ship\thome port\tlength\n"),
        ("ships.csv", "\ufeffship|home port|length"),
    ],
)
def test_the_first_line_names_the_columns_whatever_separates_them(path: str, line: str) -> None:
    assert columns(path, line) == ["ship", "home port", "length"]


@pytest.mark.parametrize("line", ["Petrel,Ystad,31", "Petrel,Ystad,2024-05-03", "a,a,b", "one column", ""])
def test_a_first_line_that_is_a_row_like_the_others_names_nothing(line: str) -> None:
    assert columns("ships.csv", line) == []


def test_a_row_that_cannot_be_read_has_no_values() -> None:
    assert values("x" * 200_000, ",") == []
