from hypothesis import given
from hypothesis import strategies as st

from swarm_app.contracts.documents import Document, Part
from swarm_app.documents.pack import Measured, pack
from swarm_app.documents.place import place

CAPACITY = 10


def measured(path: str, tokens: int, version: str = "1") -> Measured:
    """A document of so many lines of one token each."""
    document = Document(
        path=path,
        sha256=f"{path}{version}",
        kind="text",
        size=tokens,
        lines=tokens,
        chars=tokens,
        tokens=tokens,
    )
    return Measured(document, [1] * tokens if tokens > CAPACITY else ())


def paths(shards: list[list[Part]]) -> list[list[str]]:
    return [sorted(part.path for part in parts) for parts in shards]


def test_documents_are_dealt_out_when_nothing_stands_yet() -> None:
    assert paths(place([measured("a", 6), measured("b", 6)], [], CAPACITY)) == [["a"], ["b"]]


def test_a_new_document_goes_where_its_neighbour_is_and_moves_no_other() -> None:
    standing = pack([measured("a", 5), measured("x", 6)], CAPACITY)
    placed = place([measured("a", 5), measured("x", 6), measured("y", 2)], standing, CAPACITY)
    assert paths(placed) == [["a"], ["x", "y"]]


def test_a_changed_document_stays_in_its_shard_if_it_fits() -> None:
    standing = pack([measured("a", 5), measured("x", 6)], CAPACITY)
    placed = place([measured("a", 7, "2"), measured("x", 6)], standing, CAPACITY)
    assert [[part.sha256 for part in parts] for parts in placed] == [["a2"], ["x1"]]


def test_a_document_that_grew_out_of_its_shard_moves_alone() -> None:
    standing = pack([measured("a", 5), measured("b", 5), measured("x", 6)], CAPACITY)
    placed = place([measured("a", 5), measured("b", 9, "2"), measured("x", 6)], standing, CAPACITY)
    assert paths(placed) == [["a"], ["x"], ["b"]]


def test_an_unchanged_document_that_is_split_stays_where_its_parts_are() -> None:
    standing = pack([measured("long", 25)], CAPACITY)
    placed = place([measured("long", 25), measured("new", 4)], standing, CAPACITY)
    assert placed[:3] == standing
    assert paths(placed[3:]) == [["new"]]


def test_a_shard_that_is_left_with_nothing_keeps_its_place_in_the_order() -> None:
    standing = pack([measured("a", 6), measured("b", 6)], CAPACITY)
    assert paths(place([measured("b", 6)], standing, CAPACITY)) == [[], ["b"]]


def test_all_is_dealt_anew_when_that_saves_more_than_one_shard() -> None:
    standing = [[part] for part in pack([measured(name, 2) for name in "abcd"], 100)[0]]
    placed = place([measured(name, 2) for name in "abcd"], standing, CAPACITY)
    assert paths(placed) == [["a", "b", "c", "d"], [], [], []]


def test_a_smaller_capacity_deals_anew_what_no_longer_fits() -> None:
    standing = pack([measured("a", 5), measured("b", 5)], CAPACITY)
    assert paths(place([measured("a", 5), measured("b", 5)], standing, 6)) == [["a"], ["b"]]


SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(min_value=1, max_value=25))


@given(SIZES, SIZES)
def test_whatever_changes_every_line_is_held_once_and_no_shard_overflows(
    before: dict[str, int], after: dict[str, int]
) -> None:
    standing = pack([measured(*each, version=str(each[1])) for each in before.items()], CAPACITY)
    now = [measured(*each, version=str(each[1])) for each in sorted(after.items())]
    placed = place(now, standing, CAPACITY)
    lines = [
        (part.path, line) for parts in placed for part in parts for line in range(part.start, part.end + 1)
    ]
    assert sorted(lines) == [
        (path, line) for path, size in sorted(after.items()) for line in range(1, size + 1)
    ]
    assert all(sum(part.tokens for part in parts) <= CAPACITY for parts in placed)
    assert sum(map(bool, placed)) <= len(pack(now, CAPACITY)) + 1
