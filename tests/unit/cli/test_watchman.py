import pytest

from swarm_app.cli.watchman import Watchman


def test_a_trouble_is_said_once_when_it_comes_and_once_when_it_goes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    watchman = Watchman(list)
    for now in ({}, {"memory": "full"}, {"memory": "full"}, {}, {}):
        watchman.tell(now)
    assert capsys.readouterr().err.splitlines() == ["server: full", "server: memory is well again"]
