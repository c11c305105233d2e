import pytest

from swarm_app.client.post import read_lines
from swarm_app.errors import UsageError


def test_a_line_that_is_nested_too_deeply_is_named() -> None:
    with pytest.raises(UsageError, match="line 2: it is nested too deeply"):
        read_lines(["", "[" * 50_000])
