"""How well searches find known evidence: questions and texts in, shares out. No file is read here."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from shard.context import ShardContext
from shard.fields import FIELDS, Field
from shard.loading import loaded
from shard.merge import merge
from shard.statistics import combined
from swarm_app.contracts.documents import Excerpt
from swarm_app.documents.pack import measure, pack
from swarm_app.documents.text import CHARS_PER_TOKEN, Text
from swarm_app.documents.tokens import count_lines

TOKENS = 1000
SHARDS = 16


class Question(NamedTuple):
    """A question and where its answer stands: spans of characters in one document, ends excluded."""

    question: str
    document: str
    gold: Sequence[tuple[int, int]]


class Score(NamedTuple):
    """Shares from 0 to 1, of one question or the means of many.

    ``recall``: of the gold characters, those that the excerpts cover. ``precision``: of the excerpts'
    characters, those that are gold. ``hit``: whether any is.
    """

    recall: float
    precision: float
    hit: float


class Variant(NamedTuple):
    """A way to hold the texts: in so many shards, with these fields in their index.

    Unless ``shared``, each shard answers by its own word statistics alone.
    """

    name: str
    shards: int
    fields: Mapping[str, Field]
    shared: bool = True


def variants() -> Iterator[Variant]:
    """One shard, many, and one without each field: what each part of the retrieval contributes."""
    yield Variant("1 shard", 1, FIELDS)
    yield Variant(f"{SHARDS} shards", SHARDS, FIELDS)
    yield Variant(f"{SHARDS} shards, statistics apart", SHARDS, FIELDS, shared=False)
    for left_out in FIELDS:
        fields = {name: field for name, field in FIELDS.items() if name != left_out}
        yield Variant(f"1 shard, no {left_out}", 1, fields)


def hold(texts: Sequence[Text], variant: Variant) -> list[ShardContext]:
    """The texts in as many shards as the variant has, or in the fewest that split no line."""
    by_path = {text.document.path: text for text in texts}
    contexts = []
    capacity = _capacity(texts, variant.shards)
    for number, parts in enumerate(pack([measure(text, capacity) for text in texts], capacity)):
        context = ShardContext(f"recall-{number}", variant.fields)
        context.load(loaded(part, by_path[part.path].lines) for part in parts)
        contexts.append(context)
    return contexts


def ask(
    contexts: Sequence[ShardContext], question: str, tokens: int = TOKENS, *, shared: bool = True
) -> list[Excerpt]:
    """What the shards answer together, each knowing the statistics of all if they are ``shared``."""
    collection = combined(context.statistics([question]) for context in contexts) if shared else None
    found = [context.pieces([question], tokens=tokens, collection=collection)[0] for context in contexts]
    return merge(found, CHARS_PER_TOKEN * tokens)


def score(question: Question, excerpts: Sequence[Excerpt]) -> Score:
    """How well the excerpts answer."""
    spans = [(found.start_char, found.end_char) for found in excerpts if found.path == question.document]
    right = sum(
        max(0, min(end, last) - max(start, first)) for start, end in spans for first, last in question.gold
    )
    gold = sum(last - first for first, last in question.gold)
    returned = sum(len(found.text) for found in excerpts)
    return Score(right / max(1, gold), right / max(1, returned), float(right > 0))


def mean(scores: Sequence[Score]) -> Score:
    """The mean of each share; there must be a score."""
    return Score(*map(fmean, zip(*scores, strict=True)))


def _capacity(texts: Sequence[Text], shards: int) -> int:
    """Tokens of a shard when there are so many: no line of a document is split."""
    tokens = sum(text.document.tokens for text in texts)
    longest = max(max(count_lines(text.lines)) for text in texts) if shards > 1 else 0
    return max(-(-tokens // shards), longest)
