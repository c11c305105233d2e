"""What windows count, beside what a plain reading of the entries counts."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from shard.fields import Field
from shard.windows import Opening, Windows
from shard.writer import Entry

FIELDS = {"sentence": Field(1, weight=1.5), "paragraph": Field(7), "place": Field(0)}
TERMS = ["keeper", "lamp", "rose", "sea"]


def entry(chance: random.Random, *, own: bool) -> Entry:
    words = chance.choices([*TERMS, "bed", "wall", "iron"], k=chance.randrange(7))
    return Entry(" ".join(words), chance.choice(TERMS) if own else "", own=own)


def documents(seed: int) -> list[list[Entry]]:
    """Some split ones among them: what stands around their part is not their own."""
    chance = random.Random(seed)
    sizes = [(chance.randrange(4), chance.randrange(20), chance.randrange(4)) for _ in range(6)]
    return [
        [entry(chance, own=part == 1) for part, size in enumerate(each) for _ in range(size)]
        for each in sizes
    ]


def windows_of(made_of: Sequence[Sequence[Entry]]) -> Windows:
    opening = Opening(FIELDS)
    for entries in made_of:
        opening.add(entries)
    return opening.done()


def texts(made_of: Sequence[Sequence[Entry]], field: Field) -> list[list[str]]:
    """The terms that each own segment's window has."""
    margin = (field.width - 1) // 2
    return [
        " ".join(near.terms for near in entries[max(0, number - margin) : number + margin + 1]).split()
        if field.width
        else each.place.split()
        for entries in made_of
        for number, each in enumerate(entries)
        if each.own
    ]


def bm25(text: Sequence[str], term: str, field: Field) -> float:
    count, length = text.count(term), len(text) / (6 * max(1, field.width))
    return count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length))


@pytest.mark.parametrize("seed", range(5))
def test_a_segment_scores_by_the_words_in_its_windows_and_in_its_place(seed: int) -> None:
    made_of = documents(seed)
    weights = {"keeper": 1.0, "lamp": 0.5, "unheard": 1.0}
    seen = {name: texts(made_of, field) for name, field in FIELDS.items()}
    numbers = np.arange(len(seen["sentence"]))
    scores = windows_of(made_of).scores(weights, lambda term, field: len(term) + len(field), numbers)
    expected = [
        sum(
            field.weight * weight * (len(term) + len(name)) * bm25(seen[name][number], term, field)
            for name, field in FIELDS.items()
            for term, weight in weights.items()
        )
        for number in numbers
    ]
    assert scores.tolist() == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_a_word_counts_once_for_each_window_that_has_it(seed: int) -> None:
    made_of = documents(seed)
    windows = windows_of(made_of)
    seen = [texts(made_of, field) for field in FIELDS.values()]
    counted = {term: tuple(sum(term in text for text in each) for each in seen) for term in TERMS}
    assert windows.statistics(TERMS) == (len(seen[0]), counted)
    everything = windows.vocabulary().frequencies
    assert {term: everything[term] for term in TERMS} == counted


def test_what_was_saved_counts_the_same(tmp_path: Path) -> None:
    windows = windows_of(documents(1))
    windows.save(tmp_path)
    again = Windows.saved(tmp_path, FIELDS)
    assert again.vocabulary() == windows.vocabulary()


def test_what_holds_nothing_knows_nothing(tmp_path: Path) -> None:
    windows = windows_of([])
    windows.save(tmp_path)
    again = Windows.saved(tmp_path, FIELDS)
    assert again.vocabulary() == windows.vocabulary() == (0, {})
    assert again.scores({"keeper": 1.0}, lambda _term, _field: 1.0, np.zeros(0, np.int64)).size == 0
