import pytest

from swarm_app.client.starting import starting
from swarm_app.contracts.documents import Shard


def shards(count: int) -> list[Shard]:
    return [Shard(name=f"s-{each}", capacity=200, documents=3, tokens=100) for each in range(count)]


def test_it_is_said_how_much_is_started() -> None:
    assert starting(shards(2), cores=2) == "starting 2 shards: 6 documents, 200 tokens"


@pytest.mark.parametrize(("count", "warned"), [(16, False), (17, True)])
def test_more_shards_than_the_machine_serves_well_are_warned_of(count: int, warned: bool) -> None:
    said = starting(shards(count), cores=2)
    assert ("many for 2 cores" in said) is warned
    assert (f"--capacity {count * 100}" in said) is warned
