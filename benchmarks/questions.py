"""A file of questions whose evidence is known, checked against the documents that it names.

A line is ``{"question": …, "document": NAME, "gold": [SPAN, …]}``, NAME a file below a folder. A span is
``{"start": 0, "end": 120}``, characters of the document (end excluded), or ``{"first_line": 1, "last_line":
3}``, its lines from 1, ends included; where it has both, the characters count. Other fields are passed over.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from benchmarks.retrieval import Question
from swarm_app.documents.read import read as read_document
from swarm_app.documents.text import Text
from swarm_app.errors import DocumentError, UsageError
from swarm_app.settings import current


class Collection(NamedTuple):
    """Questions, and the documents that they name, each once, by name."""

    questions: list[Question]
    texts: list[Text]


class _Span(BaseModel):
    start: int | None = None
    end: int | None = None
    first_line: int | None = None
    last_line: int | None = None


class _Line(BaseModel):
    model_config = ConfigDict(strict=True)

    question: str = Field(min_length=1)
    document: str = Field(min_length=1)
    gold: list[_Span] = Field(min_length=1)


class _Numbered(NamedTuple):
    where: str  # "questions.jsonl, line 3"
    line: _Line


def read(file: Path, folder: Path) -> Collection:
    """The questions of a file, and the documents of `folder` that they name.

    Raises `UsageError` that names the file's line for whatever is wrong with it.
    """
    numbered = list(_lines(file))
    if not numbered:
        raise UsageError(f"{file} holds no question. A line is a JSON object: question, document, gold.")
    texts: dict[str, Text] = {}
    for where, line in numbered:
        if line.document not in texts:
            texts[line.document] = _document(where, line.document, folder)
    questions = [
        Question(line.question, line.document, _gold(where, line, texts[line.document]))
        for where, line in numbered
    ]
    return Collection(questions, [texts[name] for name in sorted(texts)])


def _lines(file: Path) -> Iterator[_Numbered]:
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}. Name a file of questions, JSON by line.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{file}, line {number}"
            try:
                yield _Numbered(where, _Line.model_validate_json(line))
            except ValidationError as error:
                raise UsageError(f"{where}: {_mistake(error.errors()[0])}. Mend the line.") from None


def _mistake(problem: Any) -> str:
    field = ".".join(map(str, problem["loc"]))
    return f"{field}: {problem['msg']}" if field else problem["msg"]


def _document(where: str, name: str, folder: Path) -> Text:
    if not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{where}: document {name!r} is not below {folder}. Name a file of that folder.")
    try:
        return read_document(name, folder / name, max_bytes=current().max_document_bytes)
    except DocumentError as error:
        raise UsageError(
            f"{where}: document {name!r} in {folder}: {error}. Name another, or mend it."
        ) from None


def _gold(where: str, line: _Line, text: Text) -> list[tuple[int, int]]:
    """The spans in order, those that overlap joined: no character counts twice."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_span(where, span, text) for span in line.gold):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _span(where: str, span: _Span, text: Text) -> tuple[int, int]:
    document = text.document
    if span.start is not None and span.end is not None:
        if 0 <= span.start < span.end <= document.chars:
            return span.start, span.end
        raise UsageError(
            f"{where}: {document.path} has the characters 0 to {document.chars:,}, and the span is "
            f"{span.start:,} to {span.end:,}. Count characters, not bytes, with line ends as they are."
        )
    if span.first_line is not None and span.last_line is not None:
        if 1 <= span.first_line <= span.last_line <= document.lines:
            return _characters(text.lines, span.first_line, span.last_line)
        raise UsageError(
            f"{where}: {document.path} has the lines 1 to {document.lines:,}, and the span is "
            f"{span.first_line:,} to {span.last_line:,}. Count lines from 1."
        )
    raise UsageError(f"{where}: a span needs start and end, or first_line and last_line. Mend the line.")


def _characters(lines: Sequence[str], first: int, last: int) -> tuple[int, int]:
    start = sum(map(len, lines[: first - 1]))
    return start, start + sum(map(len, lines[first - 1 : last]))
