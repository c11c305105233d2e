import pytest
from hypothesis import given
from hypothesis import strategies as st

from swarm_app.contracts.documents import Document
from swarm_app.documents import tokens
from swarm_app.documents.pack import Measured, deal, measure, needed, pack
from swarm_app.documents.text import Text
from swarm_app.errors import DocumentError

LINE = "one two three four\n"  # 5 tokens


def text(path: str, lines: int, capacity: int = 200) -> Measured:
    content = LINE * lines
    document = Document(
        path=path,
        sha256=path,
        kind="text",
        size=len(content),
        lines=lines,
        chars=len(content),
        tokens=tokens.count(content),
    )
    return measure(Text(document=document, lines=[LINE] * lines), capacity)


def test_one_shard_holds_what_fits_in_one() -> None:
    shards = pack([text("a", 2), text("b", 2)], capacity=20)
    assert [[(part.path, part.start, part.end, part.tokens) for part in shard] for shard in shards] == [
        [("a", 1, 2, 10), ("b", 1, 2, 10)]
    ]


def test_neighbouring_paths_share_a_shard_whatever_order_they_came_in() -> None:
    shards = pack([text("y/2", 2), text("x/1", 2), text("y/1", 2), text("x/2", 2)], capacity=20)
    assert [[part.path for part in shard] for shard in shards] == [["x/1", "x/2"], ["y/1", "y/2"]]


def test_shards_are_filled_evenly() -> None:
    shards = pack([text(f"{number:02}", 1) for number in range(12)], capacity=50)
    assert [len(shard) for shard in shards] == [6, 6]


def test_a_document_larger_than_a_shard_is_split_between_lines_and_keeps_its_numbers() -> None:
    shards = pack([text("long", 10, capacity=20)], capacity=20)
    assert [(part.start, part.end, part.tokens) for shard in shards for part in shard] == [
        (1, 4, 20),
        (5, 8, 20),
        (9, 10, 10),
    ]


def test_a_document_as_large_as_a_shard_is_not_split() -> None:
    assert len(pack([text("a", 4, capacity=20)], capacity=20)) == 1


def test_a_line_larger_than_a_shard_is_refused_by_its_number() -> None:
    with pytest.raises(DocumentError, match="line 1 alone has 5 tokens, and a shard holds 4"):
        text("long", 2, capacity=4)


def test_nothing_needs_no_shard() -> None:
    assert pack([], capacity=20) == []


@pytest.mark.parametrize(("held", "shards"), [(0, 1), (1, 1), (200, 1), (201, 2), (1_300, 7)])
def test_as_many_shards_are_needed_as_the_tokens_fill(held: int, shards: int) -> None:
    assert needed(held, 200) == shards


def greedy(sizes: list[int], capacity: int) -> int:
    """How many runs it takes to fill each until nothing more goes in: no cutting in order needs fewer."""
    runs, filled = 1, 0
    for size in sizes:
        if filled + size > capacity:
            runs, filled = runs + 1, 0
        filled += size
    return runs


@given(st.lists(st.integers(min_value=0, max_value=50), min_size=1))
def test_a_row_is_cut_into_the_fewest_runs_that_fit(sizes: list[int]) -> None:
    ends = deal(sizes, capacity=50)
    runs = [sizes[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    assert [size for run in runs for size in run] == sizes
    assert all(sum(run) <= 50 for run in runs)
    assert len(runs) == greedy(sizes, 50)
    assert greedy(sizes, max(map(sum, runs)) - 1) > len(runs) or max(sizes) == max(map(sum, runs))
