"""What a worker has in front of it: excerpts, in as many tokens as its model takes."""

import json
import threading
from collections.abc import Iterable

from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import Citation, Excerpt, Verdict, meet
from swarm_app.contracts.research import Brief
from swarm_app.documents.text import split_lines
from swarm_app.documents.tokens import count
from swarm_app.evidence import check

FIRST_TOKENS = 4_000  # of excerpts that the prompt begins with
_STEP_TOKENS = 2_000  # of excerpts in one answer
_MOST_STEPS = 6  # searches and readings
_MOST_LINES = 200  # of one reading
_DONE = "No more searches and readings: hand in your draft now, with what you have."


class Desk:
    """One brief's worker, as it looks things up. ``room`` is how many tokens of excerpts it may be shown.

    What does not fit is left out whole, the worst first, and counted. Tools may run in several threads.
    """

    def __init__(self, brief: Brief, context: Context, room: int) -> None:
        self.brief = brief
        self.sent_back = False  # whether citations were sent back once
        self.left_out = 0
        self.excerpts: list[Excerpt] = []  # what it was shown
        self._context = context
        self._room = room
        self._steps = 0
        self._lock = threading.Lock()

    def begin(self) -> str:
        """What the brief's own queries find, half of the room at the most."""
        queries = self.brief.queries or (self.brief.question,)
        found = self._context.search(queries, tokens=FIRST_TOKENS // len(queries), scope=self.brief.scope)
        return self._shown(_distinct(excerpt for excerpts in found for excerpt in excerpts), self._room // 2)

    def search(self, query: str) -> str:
        """What a query finds, as text for the model."""
        if self._spent():
            return _DONE
        found = self._context.search([query], tokens=_STEP_TOKENS, scope=self.brief.scope)[0]
        return self._shown(found, self._room)

    def read(self, path: str, start: int, end: int) -> str:
        """Lines of a document, as text for the model."""
        if self._spent():
            return _DONE
        first = max(1, start)
        found = self._context.read(path, first, min(max(first, end), first + _MOST_LINES - 1))
        return self._shown([found] if found else [], self._room)

    def failing(self, citations: Iterable[Citation]) -> list[Citation]:
        """Those whose quote does not stand in their lines."""
        return [each for each in citations if self._verdict(each) is not Verdict.VERIFIED]

    def _verdict(self, citation: Citation) -> Verdict:
        return check(citation, _Lines(self._context, citation.path)).verdict

    def _spent(self) -> bool:
        with self._lock:
            self._steps += 1
            return self._steps > _MOST_STEPS

    def _shown(self, excerpts: Iterable[Excerpt], most: int) -> str:
        least = self._room - most
        texts = [text for excerpt in excerpts if (text := self._fitting(excerpt, least))]
        return "\n\n".join(texts) or "Nothing was found, or nothing that fits: try other words, or hand in."

    def _fitting(self, excerpt: Excerpt, least: int) -> str:
        """The excerpt as text, if ``least`` tokens of room are left beside it."""
        text = shown(excerpt)
        size = count(text)
        with self._lock:
            if self._room - size < least:
                self.left_out += 1
                return ""
            self._room -= size
            self.excerpts.append(excerpt)
        return text


class _Lines:
    """Reads lines as the gate does, from what the brief's shards hold now."""

    def __init__(self, context: Context, path: str) -> None:
        self._context = context
        self._path = path

    def lines(self, sha256: str, start: int, end: int) -> list[str] | None:
        """Lines ``start``–``end``; None if there are none."""
        found = self._context.read(self._path, start, end)
        return split_lines(found.text) if found else None


def shown(excerpt: Excerpt) -> str:
    """An excerpt as the model sees it: every line of the document behind its number and a bar."""
    numbered = [
        f"{excerpt.start + at}| {one_line(line)}" for at, line in enumerate(split_lines(excerpt.text))
    ]
    head = (
        f"<excerpt path={json.dumps(excerpt.path, ensure_ascii=False)} lines={excerpt.start}-{excerpt.end}>"
    )
    return "\n".join([head, *numbered, "</excerpt>"])


def one_line(text: str) -> str:
    """A text without anything that a reader might take for the end of a line."""
    return "".join(char if char == "\t" or char.isprintable() else " " for char in text).rstrip()


def _distinct(excerpts: Iterable[Excerpt]) -> list[Excerpt]:
    """Excerpts of several queries, the best first, none that overlaps a better one."""
    kept: list[Excerpt] = []
    for excerpt in sorted(excerpts, key=lambda excerpt: -excerpt.score):
        if not any(meet(one, excerpt) for one in kept):
            kept.append(excerpt)
    return kept
