"""What is put to the council: any draft, question or decision, as text or JSON, cut into claims."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from swarm_app.client.given import words_of
from swarm_app.contracts.bus import Source
from swarm_app.errors import UsageError

MOST_CLAIMS = 200

_BODY = ("claims", "answer", "draft", "decision", "text")  # where a JSON object has its claims, or its text
_SOURCE = re.compile(r"[\[(]?`?(?P<path>[\w./+-]*\w\.\w+):(?P<start>\d+)(?:[-–](?P<end>\d+))?`?[\])]?")
_QUOTE = re.compile(r"[“\"](?P<words>[^”\"]{20,})[”\"]")
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”\"’])|(?<=\d[)\]]))\s+(?=[A-Z“\"`])")
_HEADING = re.compile(r"^\s*#{1,6}\s")
_MARK = re.compile(r"^\s*(?:#{1,6}\s+|[-*+>•]\s+|\d{1,3}[.)]\s+)")


@dataclass(frozen=True)
class Statement:
    """One claim of a motion, with its sources as they are written."""

    text: str
    sources: tuple[Source, ...] = ()
    confidence: float = 0.5


@dataclass(frozen=True)
class Motion:
    """The question, and what is claimed on it."""

    question: str
    statements: tuple[Statement, ...]


def read(text: str) -> Motion:
    """A motion from a file's text: a JSON object, a report's JSON among them, or plain text or Markdown.

    The question is the JSON's own, the text's first line if that asks one, or else its first sentence. A text
    that only asks is judged as it stands. Raises `UsageError` for one that says nothing.
    """
    words_of(text=text)
    stripped = text.strip()
    motion = _from_json(stripped) if stripped.startswith("{") else _from_text(stripped, "")
    if not motion.statements:
        raise UsageError("There is nothing to judge: the file holds no sentence, and no claim.")
    if len(motion.statements) > MOST_CLAIMS:
        count = len(motion.statements)
        raise UsageError(f"{count} claims are too many for one council: put at most {MOST_CLAIMS} to it.")
    return motion


def _from_json(text: str) -> Motion:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"Line {error.lineno}: not JSON ({error.msg}). Mend it, or give plain text."
        ) from None
    except RecursionError:
        raise UsageError("The JSON is nested too deeply. Give plain text, or flat JSON.") from None
    question = str(value.get("question") or "")
    body = next((value[name] for name in _BODY if value.get(name)), question)
    if isinstance(body, str):
        return _from_text(body, question)
    if not isinstance(body, list):
        raise UsageError(f"The JSON has no claims. Give one of {', '.join(_BODY)}, as text or as a list.")
    statements = tuple(_statement(number, each) for number, each in enumerate(body, 1))
    return Motion(question or (statements[0].text if statements else ""), statements)


def _statement(number: int, value: Any) -> Statement:
    if isinstance(value, str):
        return _cut(value)
    if not isinstance(value, dict) or not isinstance(value.get("statement"), str):
        raise UsageError(f"Claim {number} has no statement. Give text, or an object with a statement.")
    sources = value.get("sources") or value.get("citations") or ()
    if not isinstance(sources, list | tuple) or not all(isinstance(each, str | dict) for each in sources):
        raise UsageError(f'Claim {number}: its sources are no list of "PATH:FIRST-LAST" or of objects.')
    confidence = value.get("confidence", 0.5)
    sure = float(confidence) if isinstance(confidence, int | float) and 0 <= confidence <= 1 else 0.5
    return Statement(" ".join(value["statement"].split()), tuple(sources), sure)


def _from_text(text: str, question: str) -> Motion:
    lines = text.splitlines()
    first = _MARK.sub("", lines[0]).strip() if lines else ""
    if not question and first.endswith("?") and any(map(str.isalnum, "".join(lines[1:]))):
        question, lines = first, lines[1:]
    statements = tuple(_cut(each) for paragraph in _paragraphs(lines) for each in _SENTENCE.split(paragraph))
    return Motion(question or (statements[0].text if statements else ""), statements)


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines joined up to an empty one, a rule or the next item of a list; headings are left out."""
    found: list[str] = []
    goes_on = False
    for line in lines:
        text = _MARK.sub("", line).strip()
        if not any(map(str.isalnum, text)) or _HEADING.match(line):
            goes_on = False
        elif goes_on and not _MARK.match(line):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
            goes_on = True
    return found


def _cut(sentence: str) -> Statement:
    """A sentence and the sources that stand in it; what it quotes belongs to the first of them."""
    places = list(_SOURCE.finditer(sentence))
    quoted = _QUOTE.search(sentence)
    sources = [
        _source(match, quoted["words"] if quoted and not place else "") for place, match in enumerate(places)
    ]
    text = " ".join(_SOURCE.sub("", sentence).split())
    return Statement(re.sub(r"\s+([.,;!?])", r"\1", text), tuple(sources))


def _source(match: re.Match[str], quote: str) -> Source:
    start, end = int(match["start"]), int(match["end"] or match["start"])
    return {"path": match["path"], "start": start, "end": end} | ({"quote": quote} if quote else {})
