"""Questions about source code, with known answers: `python -m benchmarks.docstrings PACKAGE FOLDER`.

Copies the modules of an installed package into FOLDER without the docstrings of their functions, and writes
FOLDER/questions.jsonl for `benchmarks/recall.py`: the first sentence of each docstring that was taken out is
a question, and the function that it described is the evidence.
"""

import ast
import json
import re
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_WORDS = 6  # a sentence of fewer says too little to be a question
_LINES = 4  # a function of fewer has nothing to find

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Asked(NamedTuple):
    """A function that is described: its lines and its docstring's (from 0, ends excluded), and a question."""

    lines: range
    docstring: range
    question: str


def main(package: str, folder: str) -> None:
    site = Path(sysconfig.get_path("purelib"))
    asked: list[dict[str, object]] = []
    for file in sorted((site / package).rglob("*.py")):
        name = file.relative_to(site).as_posix()
        text = file.read_text("utf-8")
        functions = list(_asked(ast.parse(text)))
        lines = text.splitlines(keepends=True)
        gone = {number for function in functions for number in function.docstring}
        place = Path(folder) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("".join(line for number, line in enumerate(lines) if number not in gone), "utf-8")
        asked += [_question(name, function, lines, gone) for function in functions]
    with (Path(folder) / "questions.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(f"{json.dumps(question)}\n" for question in asked)


def _asked(tree: ast.AST) -> Iterator[Asked]:
    for node in ast.walk(tree):
        described = ast.get_docstring(node) if isinstance(node, Function) else None
        if not isinstance(node, Function) or not described or len(node.body) < 2:
            continue
        question = re.split(r"(?<=\.)\s|\n\s*\n", described)[0]
        first, last = node.body[0].lineno - 1, node.body[0].end_lineno or 0
        lines = range(node.lineno - 1, node.end_lineno or 0)
        if len(question.split()) >= _WORDS and len(lines) - (last - first) >= _LINES:
            yield Asked(lines, range(first, last), " ".join(question.split()))


def _question(name: str, function: Asked, lines: list[str], gone: set[int]) -> dict[str, object]:
    """A line of the file of questions; its offsets are those of the text without the docstrings."""
    start, end = (
        sum(len(line) for number, line in enumerate(lines[:stop]) if number not in gone)
        for stop in (function.lines.start, function.lines.stop)
    )
    return {"question": function.question, "document": name, "gold": [{"start": start, "end": end}]}


if __name__ == "__main__":
    main(*sys.argv[1:])
