"""The local model's server, as whoever starts it sees it."""

import sys
from pathlib import Path

import pytest

from localmodel.server import ServerError, serving


def test_a_server_that_does_not_start_is_told_with_its_last_words(tmp_path: Path) -> None:
    without_the_runner = Path(sys.executable)
    with (
        pytest.raises(ServerError, match="No module named 'xllamacpp'"),
        serving(tmp_path / "none.gguf", tmp_path / "server.log", without_the_runner),
    ):
        pass
