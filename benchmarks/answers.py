"""Whether answers are made of the lines that answer: `python -m benchmarks.answers [QUESTIONS.jsonl]`.

A line of QUESTIONS.jsonl is ``{"question": …, "documents": [NAME, …], "held_out": …, "gold": [{"path": …,
"text": …}]}``. The documents are names in the folder of installed packages. The gold passages stand in files
of them and are found by their words, so that they survive another version. Names and paths may hold ``*``,
and "first … last" is everything from the first words to the last. What is held out chose nothing of how
answers are made; ``--tell`` shows the other answers, sentence by sentence, and ``--tell-all`` shows all.

Each question is a whole run of the default plan, in this process:

cited: share of the questions with a gold line cited in the answer
first: share of the questions whose first sentence cites one
right: share of the answers' sentences that cite one
whole: share of a question's gold passages that its answer cites, on average
sentences: of an answer, on average
silent: questions without an answer
"""

import json
import re
import sys
import sysconfig
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any, NamedTuple

from benchmarks.rehearsal import Library, research
from benchmarks.table import columns, machine, row
from swarm_app.contracts.research import Claim
from swarm_app.plans import catalog

QUESTIONS = Path(__file__).with_suffix(".jsonl")
PLAN = "gedimat"

Question = dict[str, Any]
Lines = set[tuple[str, int]]


class Score(NamedTuple):
    """A question's answer: which of its sentences cite gold, the share of gold it cites, seconds it took."""

    held_out: bool
    sentences: tuple[bool, ...]
    whole: float
    seconds: float


def main(questions_file: Path = QUESTIONS, *options: str) -> None:
    machine()
    questions = [json.loads(line) for line in questions_file.read_text("utf-8").splitlines()]
    scores = list(_scores(questions, options))
    print()
    columns("", "questions", "cited", "first", "right", "whole", "sentences", "silent", "s a question")
    for name, held_out in (("development", False), ("held out", True)):
        if chosen := [score for score in scores if score.held_out == held_out]:
            _row(name, chosen)
    _row("all", scores)


def gold(question: Question, library: Library) -> list[Lines]:
    """The passages that answer. Raises `LookupError` for one that is not there: its words have changed."""
    return [_passage(passage["path"], passage["text"], library) for passage in question["gold"]]


def _passage(path: str, text: str, library: Library) -> Lines:
    words = [r"\W+".join(map(re.escape, re.findall(r"\w+", end))) for end in text.split(" … ")]
    pattern = re.compile(r".*?".join(words), re.DOTALL)
    found = {
        (name, line)
        for name in library.versions
        if fnmatchcase(name, path)
        for line in _matched(pattern, library.text(name))
    }
    if not found:
        raise LookupError(f"No {path} says {text!r}: mend the question file.")
    return found


def _matched(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """The numbers of the lines on which a pattern's matches stand."""
    for match in pattern.finditer(text):
        first = text.count("\n", 0, match.start()) + 1
        yield from range(first, first + match.group().count("\n") + 1)


def _scores(questions: Sequence[Question], options: Collection[str]) -> Iterator[Score]:
    by_documents = sorted(questions, key=lambda question: question["documents"])
    for documents, asked in groupby(by_documents, key=lambda question: question["documents"]):
        library = Library([path for name in documents for path in _installed(name)])
        for question in asked:
            began = perf_counter()
            answer = research(question["question"], catalog.load(PLAN), library)[-1].answer
            scored = score(question, answer, gold(question, library), perf_counter() - began)
            if "--tell-all" in options or ("--tell" in options and not scored.held_out):
                _tell(question, answer, scored)
            yield scored


def score(question: Question, answer: Sequence[Claim], passages: Sequence[Lines], seconds: float) -> Score:
    """What an answer is worth beside the passages that a person would have cited."""
    cited = [_lines(claim) for claim in answer]
    return Score(
        held_out=question["held_out"],
        sentences=tuple(any(lines & passage for passage in passages) for lines in cited),
        whole=fmean(any(lines & passage for lines in cited) for passage in passages),
        seconds=seconds,
    )


def _installed(name: str) -> list[Path]:
    found = sorted(Path(sysconfig.get_path("purelib")).glob(name))
    if not found:
        raise LookupError(f"{name} is not installed: mend the question file, or run `make setup`.")
    return found


def _lines(claim: Claim) -> Lines:
    return {
        (citation.path, line)
        for citation in claim.citations
        for line in range(citation.start, citation.end + 1)
    }


def _tell(question: Question, answer: Sequence[Claim], score: Score) -> None:
    """Print a question and its answer's sentences with their sources, for a person to judge."""
    print(f"\n{'held out' if score.held_out else 'development'}: {question['question']}", flush=True)
    for claim, right in zip(answer, score.sentences, strict=True):
        sources = ", ".join(citation.source for citation in claim.citations)
        print(f"  {'+' if right else '-'} {claim.confidence:.2f} {claim.statement} [{sources}]")


def _row(name: str, scores: Sequence[Score]) -> None:
    every = [right for score in scores for right in score.sentences]
    row(
        name,
        str(len(scores)),
        f"{fmean(any(score.sentences) for score in scores):.3f}",
        f"{fmean(any(score.sentences[:1]) for score in scores):.3f}",
        f"{fmean(every or [False]):.3f}",
        f"{fmean(score.whole for score in scores):.3f}",
        f"{len(every) / len(scores):.2f}",
        str(sum(not score.sentences for score in scores)),
        f"{fmean(score.seconds for score in scores):.1f}",
    )


if __name__ == "__main__":
    files = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    main(*(files or [QUESTIONS]), *(word for word in sys.argv[1:] if word.startswith("--")))
