"""When to say that nothing was found: `python -m benchmarks.silence A.jsonl A/ B.jsonl B/`.

The questions of each collection are put to it and to the other one, as `benchmarks/recall.py` reads them. For
several thresholds of strength, of the answers that stay below it:

precision: how many were to questions put to the wrong collection
recall: how many of the questions put to the wrong collection are among them
lost: how many of the questions put to the right collection are among them
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.recall import read_questions, read_texts
from shard.context import ShardContext
from shard.recall import hold, variants
from swarm_app.evidence import ENOUGH

THRESHOLDS = (0.06, 0.08, ENOUGH, 0.12, 0.14, 0.16, 0.2)


def main(*arguments: str) -> None:
    files = [Path(argument) for argument in arguments]
    (one, its), (other, theirs) = (collection(*pair) for pair in zip(files[::2], files[1::2], strict=True))
    right = [*strengths(one, its), *strengths(other, theirs)]
    wrong = [*strengths(one, theirs), *strengths(other, its)]
    print(f"{'strength':>8}{'precision':>11}{'recall':>8}{'lost':>8}")
    for threshold in THRESHOLDS:
        silent, lost = below(wrong, threshold), below(right, threshold)
        precision = silent / max(1, silent + lost)
        print(f"{threshold:>8.2f}{precision:>11.3f}{silent / len(wrong):>8.3f}{lost / len(right):>8.3f}")


def collection(questions_file: Path, folder: Path) -> tuple[list[str], ShardContext]:
    """The questions, and the documents that they name in one shard."""
    questions = read_questions(questions_file)
    (context,) = hold(read_texts(questions, folder), next(variants()))
    return [question.question for question in questions], context


def strengths(questions: Sequence[str], context: ShardContext) -> list[float]:
    """The score of the best excerpt for each question."""
    return [max((excerpt.score for excerpt in found), default=0.0) for found in context.search(questions)]


def below(values: Sequence[float], threshold: float) -> int:
    return sum(value < threshold for value in values)


if __name__ == "__main__":
    main(*sys.argv[1:])
