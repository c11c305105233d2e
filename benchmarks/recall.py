"""How much known evidence a search finds: `swarm bench recall QUESTIONS.jsonl FOLDER`.

`benchmarks/questions.py` says what a line of QUESTIONS.jsonl is. Only the documents that the questions name
are loaded, all together, and each question is answered with excerpts of 1,000 tokens (4,000 characters): from
one shard, from sixteen, and without each part of the retrieval. `benchmarks/retrieval.py` says what the
shares mean.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.questions import read
from benchmarks.retrieval import Question, Variant, ask, hold, mean, score, variants
from swarm_app.documents.text import Text
from swarm_app.errors import SwarmError


def main(argv: Sequence[str]) -> int:
    """Print the table; 2 for wrong files, which are named."""
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        questions, texts = read(*map(Path, argv))
    except SwarmError as error:
        print(f"swarm: {error}", file=sys.stderr)
        return error.exit_status
    tokens = sum(text.document.tokens for text in texts)
    print(f"{len(questions)} questions, {len(texts)} documents, {tokens:,} tokens\n")
    print(f"{'':<32}{'recall':>8}{'precision':>11}{'hit':>8}{'ms a question':>15}{'loading s':>11}")
    for variant in variants():
        row(variant, questions, texts)
    return 0


def row(variant: Variant, questions: Sequence[Question], texts: Sequence[Text]) -> None:
    """Print one line of the table."""
    began = time.perf_counter()
    contexts = hold(texts, variant)
    ready = time.perf_counter()
    answers = [ask(contexts, question.question, shared=variant.shared) for question in questions]
    asked = 1000 * (time.perf_counter() - ready) / len(questions)
    found = mean([score(question, answer) for question, answer in zip(questions, answers, strict=True)])
    shares = f"{found.recall:>8.4f}{found.precision:>11.4f}{found.hit:>8.4f}"
    print(f"{variant.name:<32}{shares}{asked:>15.2f}{ready - began:>11.2f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
