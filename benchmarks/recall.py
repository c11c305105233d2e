"""How much known evidence a search finds: `python benchmarks/recall.py QUESTIONS.jsonl FOLDER`.

A line of QUESTIONS.jsonl is ``{"question": …, "document": NAME, "gold": [{"start": …, "end": …}]}``, in
character offsets into FOLDER/NAME. Only the documents that the questions name are loaded, all together, and
each question is answered with excerpts of 1,000 tokens (4,000 characters): from one shard, from sixteen, and
from one without each field of the index.

recall: share of the gold characters that the excerpts cover, averaged over the questions
precision: share of the excerpts' characters that are gold, averaged over the questions
hit: share of the questions with an excerpt that overlaps gold
"""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from shard.context import CHARS_PER_TOKEN, ShardContext
from shard.index import FIELDS
from shard.loading import loaded
from shard.merge import merge
from shard.statistics import combined
from swarm_app.contracts.documents import Excerpt
from swarm_app.documents.pack import measure, pack
from swarm_app.documents.read import read
from swarm_app.documents.text import Text
from swarm_app.documents.tokens import count_lines

TOKENS = 1000
SHARDS = 16
MAX_BYTES = 64_000_000

Question = dict[str, Any]


class Score(NamedTuple):
    """One question's score, each a share from 0 to 1."""

    recall: float
    precision: float
    hit: float


def main(questions_file: str, folder: str) -> None:
    questions = [json.loads(line) for line in Path(questions_file).read_text("utf-8").splitlines()]
    names = sorted({question["document"] for question in questions})
    texts = [read(name, Path(folder) / name, max_bytes=MAX_BYTES) for name in names]
    tokens = sum(text.document.tokens for text in texts)
    print(f"{len(questions)} questions, {len(texts)} documents, {tokens:,} tokens\n")
    print(f"{'':<24}{'recall':>8}{'precision':>11}{'hit':>8}{'ms a question':>15}{'loading s':>11}")
    for shards in (1, SHARDS):
        row(f"{shards} shard(s)", questions, texts, _capacity(texts, shards), FIELDS)
    for left_out in FIELDS:
        fields = {field: width for field, width in FIELDS.items() if field != left_out}
        row(f"1 shard, no {left_out}", questions, texts, tokens, fields)


def row(
    name: str, questions: Sequence[Question], texts: Sequence[Text], capacity: int, fields: Mapping[str, int]
) -> None:
    """Print one line of the table: the scores of shards of this capacity, with these fields in the index."""
    began = time.perf_counter()
    contexts = load(texts, capacity, fields)
    ready = time.perf_counter()
    answers = [ask(contexts, question["question"]) for question in questions]
    asked = 1000 * (time.perf_counter() - ready) / len(questions)
    scores = [score(question, answer) for question, answer in zip(questions, answers, strict=True)]
    recall, precision, hit = (fmean(values) for values in zip(*scores, strict=True))
    print(f"{name:<24}{recall:>8.4f}{precision:>11.4f}{hit:>8.4f}{asked:>15.2f}{ready - began:>11.2f}")


def _capacity(texts: Sequence[Text], shards: int) -> int:
    """Tokens of a shard when there are so many: no line of a document is split."""
    tokens = sum(text.document.tokens for text in texts)
    longest = max(max(count_lines(text.lines)) for text in texts) if shards > 1 else 0
    return max(-(-tokens // shards), longest)


def load(texts: Sequence[Text], capacity: int, fields: Mapping[str, int]) -> list[ShardContext]:
    """As many shards as the texts need."""
    by_path = {text.document.path: text for text in texts}
    contexts = []
    for number, parts in enumerate(pack([measure(text, capacity) for text in texts], capacity)):
        context = ShardContext(f"recall-{number}", fields)
        context.load(loaded(part, by_path[part.path].lines) for part in parts)
        contexts.append(context)
    return contexts


def ask(contexts: Sequence[ShardContext], question: str) -> list[Excerpt]:
    """What the shards answer together, each knowing the statistics of all."""
    collection = combined(context.statistics([question]) for context in contexts)
    found = [context.pieces([question], tokens=TOKENS, collection=collection)[0] for context in contexts]
    return merge(found, CHARS_PER_TOKEN * TOKENS)


def score(question: Question, excerpts: Sequence[Excerpt]) -> Score:
    gold = {char for span in question["gold"] for char in range(span["start"], span["end"])}
    found = {
        char
        for excerpt in excerpts
        if excerpt.path == question["document"]
        for char in range(excerpt.start_char, excerpt.end_char)
    }
    right = len(gold & found)
    returned = sum(len(excerpt.text) for excerpt in excerpts)
    return Score(right / len(gold), right / max(1, returned), float(right > 0))


if __name__ == "__main__":
    main(*sys.argv[1:])
