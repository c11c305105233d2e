"""When to say that nothing was found: `swarm bench silence A.jsonl A/ B.jsonl B/`.

The questions of each collection are put to it and to the other one, as `benchmarks/recall.py` reads them. For
several thresholds of strength, of the answers that stay below it:

precision: how many were to questions put to the wrong collection
recall: how many of the questions put to the wrong collection are among them
lost: how many of the questions put to the right collection are among them
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.questions import read
from benchmarks.retrieval import hold, variants
from shard.context import ShardContext
from swarm_app.errors import SwarmError
from swarm_app.evidence import ENOUGH

THRESHOLDS = (0.06, 0.08, ENOUGH, 0.12, 0.14, 0.16, 0.2)


def main(argv: Sequence[str]) -> int:
    """Print the table; 2 for wrong files, which are named."""
    if len(argv) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        (one, its), (other, theirs) = collection(*argv[:2]), collection(*argv[2:])
    except SwarmError as error:
        print(f"swarm: {error}", file=sys.stderr)
        return error.exit_status
    right = [*strengths(one, its), *strengths(other, theirs)]
    wrong = [*strengths(one, theirs), *strengths(other, its)]
    print(f"{'strength':>8}{'precision':>11}{'recall':>8}{'lost':>8}")
    for threshold in THRESHOLDS:
        silent, lost = below(wrong, threshold), below(right, threshold)
        precision = silent / max(1, silent + lost)
        print(f"{threshold:>8.2f}{precision:>11.3f}{silent / len(wrong):>8.3f}{lost / len(right):>8.3f}")
    return 0


def collection(questions_file: str, folder: str) -> tuple[list[str], ShardContext]:
    """The questions, and the documents that they name in one shard."""
    questions, texts = read(Path(questions_file), Path(folder))
    (context,) = hold(texts, next(variants()))
    return [question.question for question in questions], context


def strengths(questions: Sequence[str], context: ShardContext) -> list[float]:
    """The score of the best excerpt for each question."""
    return [max((excerpt.score for excerpt in found), default=0.0) for found in context.search(questions)]


def below(values: Sequence[float], threshold: float) -> int:
    return sum(value < threshold for value in values)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
