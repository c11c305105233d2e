"""A server that speaks the vendors' protocols over HTTP, and a script for the model behind it.

The server is llmock's: independent of us, with faults to order and a record of every request. The script
decides what the model says from what the request holds.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from llmock.scenarios import Plan, Reply, RequestInfo, ScenarioQueue, ToolCall
from llmock.testing import LLMockServer
from llmock.tools import tool_context

from tests.vendors.storm import Broken, Weather

_EXCERPT = re.compile(
    r'<excerpt path="(?P<path>[^"]+)" lines=\d+-\d+>\n(?P<lines>.*?)\n</excerpt>', re.DOTALL
)
_LINE = re.compile(r"^(\d+)\| (.*)$", re.MULTILINE)
_SOURCE = re.compile(r"^(\d+)\| \S+:\d+-\d+ “(.*)”$", re.MULTILINE)
_asked: ContextVar[Any] = ContextVar("asked", default=None)
_broken: ContextVar[list[str]] = ContextVar("broken")  # how the answer under way is to be

PAGE = b"<html><body><h1>Welcome</h1><p>Please log in.</p></body></html>"
NOTHING = (
    b'{"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [], "usage": null}'
)

TABLES = """
[openai]
base_url = "{url}/v1"
key = "sk-test-openai-0001"
timeout_s = 5.0
[anthropic]
base_url = "{url}/anthropic"
key = "sk-test-anthropic-0002"
timeout_s = 5.0
[google]
base_url = "{url}/gemini"
key = "test-google-0003"
timeout_s = 5.0
[local]
base_url = "{url}/v1"
timeout_s = 5.0
[tiny]
base_url = "{url}/v1"
context = 2000
"""


@dataclass(frozen=True)
class Asked:
    """One request as the model reads it."""

    text: str  # every string in it
    answered: bool  # its last turn is a tool's result
    info: RequestInfo

    @property
    def lines(self) -> list[tuple[str, int, str]]:
        """Path, number and text of every line of every excerpt that it was shown."""
        return [
            (found["path"], int(number), line)
            for found in _EXCERPT.finditer(self.text)
            for number, line in _LINE.findall(found["lines"])
        ]

    @property
    def sources(self) -> list[tuple[int, str]]:
        """Number and quote of every source that it was shown, if it is to write a synthesis."""
        writes = "You write for a research swarm" in self.text
        return [(int(number), quote) for number, quote in _SOURCE.findall(self.text)] if writes else []


Say = Callable[[Asked], ToolCall]


class Script(ScenarioQueue):
    """llmock's queue of faults and replies, and what the model says where nothing is queued."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self.say = say
        self.asked: list[Asked] = []
        self.answered: list[Asked] = []  # those that nothing was to happen to
        self.storm: Weather | None = None

    def plan_for(self, info: RequestInfo) -> Plan:
        plan = super().plan_for(info)
        if self.storm and plan.is_empty:
            plan = self.storm.strike()
        calm = plan == Plan()
        if isinstance(plan, Broken):
            _broken.get().append(plan.how)
        if plan.fail is None and plan.reply is None:
            asked = _read(_asked.get(), info)
            self.asked.append(asked)
            self.answered += [asked] if calm else []
            plan = replace(plan, reply=Reply(tool_calls=(self.say(asked),)))
        return plan


class _Listener:
    """Lets the script know what the request under way holds, and breaks the answers that it wants broken."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", scope["type"] == "http"
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        _asked.set(json.loads(body) if body else None)
        replayed = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def replay() -> Any:
            return next(replayed, None) or await receive()

        broken: list[str] = []
        _broken.set(broken)
        await self.app(scope, replay, _Breaking(send, broken))


class _Breaking:
    """Sends an answer as it is to be broken, see `Broken`."""

    def __init__(self, send: Any, broken: list[str]) -> None:
        self._send = send
        self._broken = broken
        self._start: Any = None

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start" and self._broken:
            self._start = message
            return
        if self._start is not None:
            body, length = _BROKEN[self._broken[0]](message["body"])
            await self._send(self._begun(length))
            self._start = None
            if "drips" in self._broken:
                await self._drip(body)
            message = {**message, "body": body}
        await self._send(message)

    async def _drip(self, body: bytes) -> None:
        for at in range(len(body)):
            await self._send({"type": "http.response.body", "body": body[at : at + 1], "more_body": True})
            await asyncio.sleep(0.2)

    def _begun(self, length: int) -> Any:
        kept = [each for each in self._start["headers"] if each[0].lower() != b"content-length"]
        return {**self._start, "headers": [*kept, (b"content-length", str(length).encode())]}


_BROKEN: dict[
    str, Callable[[bytes], tuple[bytes, int]]
] = {  # what is sent of an answer, and how long it is said to be
    "cut": lambda body: (body[: len(body) // 2], len(body) // 2),
    "dropped": lambda body: (body[: len(body) // 2], len(body)),
    "drips": lambda body: (body, len(body)),
    "page": lambda _: (PAGE, len(PAGE)),
    "nothing": lambda _: (NOTHING, len(NOTHING)),
}


class Vendors(LLMockServer):
    """OpenAI, Anthropic and Gemini on one port, with a scripted model behind all of them."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self.script = Script(say)
        self.state.scenarios = self.script
        self.app.add_middleware(_Listener)

    def stop(self) -> None:
        """End at once: nobody waits for an answer that is slow to come."""
        if self._server is not None:
            self._server.force_exit = True
        super().stop()

    @property
    def tables(self) -> str:
        """The accounts file that leads here."""
        return TABLES.format(url=self.url)


@contextmanager
def vendors(say: Say) -> Iterator[Vendors]:
    server = Vendors(say)
    with server:
        yield server


def diligent(asked: Asked) -> ToolCall:
    """Searches once, then claims what the longest line it was shown says, and votes if it is a guardian.

    Of a synthesis it writes what its first sources quote, and one sentence of its own.
    """
    if asked.sources:
        return synthesis(asked)
    if not asked.answered:
        return ToolCall("search", {"query": "how the purge is kept from running twice"})
    shown = [line for line in asked.lines if len(line[2].strip()) >= 20]
    vote = "approve" if "You are the guardian" in asked.text else None
    if not shown:
        return hand_in("Nothing was shown.", vote=vote)
    path, number, line = max(shown, key=lambda each: len(each[2]))
    return hand_in(
        f"It says: {line.strip()[:80]}", claim(line.strip()[:80], path, number, line.strip()), vote=vote
    )


def claim(statement: str, path: str, number: int, quote: str) -> dict[str, Any]:
    cited = {"path": path, "start": number, "end": number, "quote": quote}
    return {"statement": statement, "confidence": 0.8, "citations": [cited]}


def hand_in(summary: str, *claims: dict[str, Any], vote: str | None = None) -> ToolCall:
    return ToolCall(
        "final_result", {"summary": summary, "confidence": 0.7, "claims": list(claims), "vote": vote}
    )


def synthesis(asked: Asked) -> ToolCall:
    """What the first three sources quote, sentence by sentence, and an inference."""
    told = [{"text": _whole(quote), "sources": [number]} for number, quote in asked.sources[:3]]
    inference = {"text": "So the purge seems to be safe.", "sources": []}
    return ToolCall("final_result", {"summary": told[:1], "answer": [*told, inference]})


def _whole(quote: str) -> str:
    """The quote as one sentence."""
    return re.split(r"(?<=[.!?])\s", quote)[0]


def _read(body: Any, info: RequestInfo) -> Asked:
    context = tool_context(info.provider, body)
    return Asked("\n".join(_strings(body)), context is not None and context.answered, info)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
