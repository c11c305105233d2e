from shard.context import ShardContext
from shard.spread import leading
from tests.unit.shard_memory.loaded import context_of

SMALL_TALK = ["Ada: The roses grow.\n", "Bob: They grow well.\n", "Ada: So do the lilies.\n"] * 12
ON_LAMPS = [f"Ada: The lamp of the lighthouse is lit at {hour}.\n" for hour in range(4, 10)]
ON_ONE = ["Bob: Our lamp is old.\n"]
TALK = [*SMALL_TALK, *ON_LAMPS, *SMALL_TALK, *ON_ONE, *SMALL_TALK]
TOKENS = 60  # what is found on lamps would fill them


def places(context: ShardContext) -> set[bool]:
    """Whether excerpts on the lamp come from among the many lines, and whether they come from the one."""
    return {"old" in found.text for found in context.search(["lighthouse lamp"], tokens=TOKENS)[0]}


def test_the_best_leads_and_so_does_what_is_far_from_all_that_is_better() -> None:
    spots = [("a", 500), ("a", 450), ("a", 601), ("a", 400), ("b", 500)]
    assert list(leading(spots, 100)) == [True, False, True, False, True]


def test_what_is_near_to_something_better_leads_nowhere_else() -> None:
    assert list(leading([("a", 0), ("a", 80), ("a", 160)], 100)) == [True, False, False]


def test_in_a_transcript_each_place_is_shown_before_more_of_the_best() -> None:
    assert places(context_of({"talk.txt": "".join(TALK)})) == {True, False}


def test_of_what_is_written_the_best_is_shown_wherever_it_stands() -> None:
    written = [line.partition(": ")[2] for line in TALK]
    assert places(context_of({"book.txt": "".join(written)})) == {False}
