import pytest

from swarm_app.cli.duration import seconds
from swarm_app.errors import UsageError


@pytest.mark.parametrize(
    ("text", "length"), [("90", 90), ("90s", 90), ("10m", 600), ("1h30m", 5400), ("1.5m", 90), (" 2H ", 7200)]
)
def test_a_length_of_time_is_read_as_people_type_it(text: str, length: float) -> None:
    assert seconds(text) == length


@pytest.mark.parametrize("text", ["", "0", "soon", "-5m", "5x", "10m5h"])
def test_anything_else_is_bad_usage(text: str) -> None:
    with pytest.raises(UsageError, match="no length of time"):
        seconds(text)
