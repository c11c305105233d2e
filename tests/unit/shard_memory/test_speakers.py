from shard.context import ShardContext
from shard.speakers import speakers
from tests.unit.shard_memory.loaded import part_of

TRANSCRIPT = ["Ada Lovelace: Good morning.\n", "\n", "Mr. Babbage: The engine is late. Brass is dear.\n"]


def test_each_line_of_a_transcript_has_its_speaker() -> None:
    assert speakers(TRANSCRIPT) == ["Ada Lovelace", "", "Mr. Babbage"]


def test_a_note_in_prose_is_no_speaker() -> None:
    assert speakers(["Note: engines need oil.\n", "They turn.\n", "They stop.\n"]) == ["", "", ""]


def test_every_sentence_of_a_turn_is_found_by_who_says_it() -> None:
    context = ShardContext("memory")
    context.load([part_of("talk.txt", "".join([*TRANSCRIPT, "Ada Lovelace: Brass is dear, you say.\n"]))])
    (found, *_) = context.search(["What did Babbage say of brass?"], tokens=12)[0]
    assert "Brass is dear." in found.text
