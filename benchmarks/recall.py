"""How much known evidence a search finds: `python benchmarks/recall.py QUESTIONS.jsonl FOLDER`.

A line of QUESTIONS.jsonl is ``{"question": …, "document": NAME, "gold": [{"start": …, "end": …}]}``, in
character offsets into FOLDER/NAME. All documents that the questions name are loaded together into one shard,
and each question is answered with excerpts of 1,000 tokens (4,000 characters).

recall: share of the gold characters that the excerpts cover, averaged over the questions
precision: share of the excerpts' characters that are gold, averaged over the questions
hit: share of the questions with an excerpt that overlaps gold
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from shard.context import ShardContext
from swarm_app.contracts.documents import Excerpt, Part
from swarm_app.documents.read import read
from swarm_app.documents.text import Text
from swarm_app.documents.visible import visible

TOKENS = 1000
MAX_BYTES = 64_000_000

Question = dict[str, Any]


class Score(NamedTuple):
    """One question's score, each a share from 0 to 1."""

    recall: float
    precision: float
    hit: float


def main(questions_file: str, folder: str) -> None:
    questions = [json.loads(line) for line in Path(questions_file).read_text("utf-8").splitlines()]
    started = time.perf_counter()
    context = load(sorted({question["document"] for question in questions}), Path(folder))
    loaded = time.perf_counter()
    answers = [context.search([question["question"]], tokens=TOKENS)[0] for question in questions]
    searched = time.perf_counter()
    scores = [score(question, answer) for question, answer in zip(questions, answers, strict=True)]
    print(f"questions  {len(questions)}, documents {context.documents}, tokens {context.tokens}")
    for name, values in zip(Score._fields, zip(*scores, strict=True), strict=True):
        print(f"{name:<10} {fmean(values):.4f}")
    print(f"loading    {loaded - started:.2f} s")
    print(f"search     {1000 * (searched - loaded) / len(questions):.2f} ms a question")


def load(names: Sequence[str], folder: Path) -> ShardContext:
    context = ShardContext("recall")
    texts = [read(name, folder / name, max_bytes=MAX_BYTES) for name in names]
    context.load((part(text), text.lines, visible(text.document.kind, text.lines), 0) for text in texts)
    return context


def part(text: Text) -> Part:
    document = text.document
    return Part(
        path=document.path,
        sha256=document.sha256,
        kind=document.kind,
        start=1,
        end=document.lines,
        tokens=document.tokens,
    )


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
