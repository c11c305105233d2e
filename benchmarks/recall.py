"""How much known evidence a search finds: `python -m benchmarks.recall QUESTIONS.jsonl FOLDER`.

A line of QUESTIONS.jsonl is ``{"question": …, "document": NAME, "gold": [{"start": …, "end": …}]}``, in
character offsets into FOLDER/NAME. Only the documents that the questions name are loaded, all together, and
each question is answered with excerpts of 1,000 tokens (4,000 characters): from one shard, from sixteen, and
from one without each field of the index. `shard/recall.py` says what the shares mean.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from shard.recall import Question, Variant, ask, hold, mean, score, variants
from swarm_app.documents.read import read
from swarm_app.documents.text import Text

MAX_BYTES = 64_000_000


def main(questions_file: str, folder: str) -> None:
    questions = read_questions(Path(questions_file))
    texts = read_texts(questions, Path(folder))
    tokens = sum(text.document.tokens for text in texts)
    print(f"{len(questions)} questions, {len(texts)} documents, {tokens:,} tokens\n")
    print(f"{'':<24}{'recall':>8}{'precision':>11}{'hit':>8}{'ms a question':>15}{'loading s':>11}")
    for variant in variants():
        row(variant, questions, texts)


def read_questions(file: Path) -> list[Question]:
    """The questions of a file, one a line."""
    found = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [
        Question(line["question"], line["document"], [(span["start"], span["end"]) for span in line["gold"]])
        for line in found
    ]


def read_texts(questions: Sequence[Question], folder: Path) -> list[Text]:
    """The documents that the questions name."""
    names = sorted({question.document for question in questions})
    return [read(name, folder / name, max_bytes=MAX_BYTES) for name in names]


def row(variant: Variant, questions: Sequence[Question], texts: Sequence[Text]) -> None:
    """Print one line of the table."""
    began = time.perf_counter()
    contexts = hold(texts, variant)
    ready = time.perf_counter()
    answers = [ask(contexts, question.question) for question in questions]
    asked = 1000 * (time.perf_counter() - ready) / len(questions)
    found = mean([score(question, answer) for question, answer in zip(questions, answers, strict=True)])
    shares = f"{found.recall:>8.4f}{found.precision:>11.4f}{found.hit:>8.4f}"
    print(f"{variant.name:<24}{shares}{asked:>15.2f}{ready - began:>11.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
