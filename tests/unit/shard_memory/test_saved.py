import os
from pathlib import Path

import pytest

from shard import saved as module
from shard.context import ShardContext
from shard.saved import Saved
from tests.unit.shard_memory.loaded import part_of

FACT = "The lighthouse keeper resigned in March 1911."
TALK = "Ada: Does the keeper like it?\nBob: The keeper does.\n" * 9
CODE = f'def keeper():\n    """{FACT}"""\n    return 1911\n'


def save(saved: Saved, name: str = "history", fact: str = FACT) -> tuple[ShardContext, Path]:
    """A context that is made of two documents, and where it was saved."""
    parts = [
        part_of("book.txt", f"{fact}\n\nThe sea was calm.\n"),
        part_of("code.py", CODE, kind="code"),
        part_of("talk.txt", TALK),
    ]
    place = saved.place(name, [part.model_copy(update={"sha256": fact}) for part, *_ in parts])
    context = ShardContext(name)
    with saved.writing(place) as folder:
        context.load(parts, folder)
    return context, place


def restored(place: Path) -> ShardContext:
    context = ShardContext("again")
    context.restore(place)
    return context


def test_what_was_saved_answers_as_what_was_made(tmp_path: Path) -> None:
    made, place = save(Saved(tmp_path))
    again = restored(place)
    asked = ["When did the lighthouse keeper resign?", "keeper", "Is the sea calm?", "nothing of the kind"]
    assert again.search(asked) == made.search(asked)
    assert again.search(["keeper"], scope=["code"]) == made.search(["keeper"], scope=["code"])
    assert again.read("code.py", 2, 3) == made.read("code.py", 2, 3)
    assert again.vocabulary() == made.vocabulary()
    assert (again.parts, again.segments) == (made.parts, made.segments)


def test_a_whole_one_is_whole_and_one_that_is_not_there_is_not(tmp_path: Path) -> None:
    saved = Saved(tmp_path)
    _, place = save(saved)
    assert saved.is_whole(place)
    assert not saved.is_whole(place.with_name("other"))


def test_one_with_any_file_damaged_is_not_whole(tmp_path: Path) -> None:
    saved = Saved(tmp_path)
    _, place = save(saved)
    tried = [file for file in sorted(place.rglob("*")) if file.is_file() and file.stat().st_size]
    assert len(tried) > 3
    for file in tried:
        content = file.read_bytes()
        middle = len(content) // 2
        file.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        assert not saved.is_whole(place), file.name
        file.write_bytes(content)
    assert saved.is_whole(place)


def test_one_with_a_file_lost_or_added_is_not_whole(tmp_path: Path) -> None:
    saved = Saved(tmp_path)
    _, place = save(saved)
    (place / "held.jsonl").rename(tmp_path / "elsewhere")
    assert not saved.is_whole(place)
    (tmp_path / "elsewhere").rename(place / "held.jsonl")
    (place / "more").touch()
    assert not saved.is_whole(place)


def test_other_parts_and_other_code_have_another_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = Saved(tmp_path)
    part, *_ = part_of("book.txt", FACT)
    place = saved.place("history", [part])
    assert saved.place("history", [part]) == place
    assert saved.place("history", [part.model_copy(update={"sha256": "e" * 64})]) != place
    assert saved.place("history", [part.model_copy(update={"end": 2})]) != place
    monkeypatch.setattr(module, "_code", lambda: "of tomorrow")
    assert saved.place("history", [part]) != place


def test_a_new_one_takes_the_place_of_the_shards_older_ones(tmp_path: Path) -> None:
    saved = Saved(tmp_path)
    _, old = save(saved)
    _, other = save(saved, "geography")
    _, new = save(saved, fact="The lighthouse keeper stayed on until the war.")
    assert [folder for folder in (old, other, new) if folder.exists()] == [other, new]


def test_one_that_is_not_finished_leaves_nothing(tmp_path: Path) -> None:
    saved = Saved(tmp_path)
    place = saved.place("history", [])
    with pytest.raises(FileNotFoundError), saved.writing(place) as folder:
        (folder / "part" / "of nothing").touch()
    assert list(place.parent.iterdir()) == []


def test_what_a_killed_process_left_unfinished_goes_after_a_while(tmp_path: Path) -> None:
    saved = Saved(tmp_path)
    abandoned, recent = (tmp_path / "history" / f"unfinished-{name}" for name in ("old", "new"))
    for folder in (abandoned, recent):
        folder.mkdir(parents=True)
    os.utime(abandoned, (1e9, 1e9))
    save(saved)
    assert [folder for folder in (abandoned, recent) if folder.exists()] == [recent]


def test_together_they_are_bounded_and_the_longest_unused_goes_first(tmp_path: Path) -> None:
    saved = Saved(tmp_path)
    places = [save(saved, name)[1] for name in ("first", "second")]
    size = sum(file.stat().st_size for file in places[0].rglob("*") if file.is_file())
    os.utime(places[0], (1e9, 1e9))
    os.utime(places[1], (1e9, 1e9))
    assert Saved(tmp_path).is_whole(places[0])  # it is used
    bounded = Saved(tmp_path, most_bytes=int(2.5 * size))
    places.append(save(bounded, "third")[1])
    assert [place for place in places if place.exists()] == [places[0], places[2]]


def test_the_newest_stays_however_large_it_is(tmp_path: Path) -> None:
    saved = Saved(tmp_path, most_bytes=1)
    assert saved.is_whole(save(saved)[1])
