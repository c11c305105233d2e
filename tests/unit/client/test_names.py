from pathlib import Path

import pytest

from swarm_app.client.loading import collection_name, is_of_paths
from swarm_app.contracts.documents import Shard

PATHS = [Path("/srv/docs"), Path("/srv/mail")]


def shard(name: str) -> Shard:
    return Shard(name=name, capacity=200, roots={path.name: str(path) for path in PATHS})


@pytest.mark.parametrize("place", ["", "-2", "-17"])
def test_a_shard_that_has_its_paths_name_was_made_of_them(place: str) -> None:
    assert is_of_paths(shard(collection_name(PATHS) + place))


@pytest.mark.parametrize("name", ["history", "docs-202401", "docs-202401-2"])
def test_a_shard_that_somebody_named_was_not(name: str) -> None:
    assert not is_of_paths(shard(name))


def test_a_shard_of_no_path_was_not() -> None:
    assert not is_of_paths(Shard(name="history", capacity=200))
