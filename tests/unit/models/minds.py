"""Models that are functions, and what they were told."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from swarm_app.contracts.research import Brief, Draft
from tests.integration.models.briefs import Borrowed
from workers.models.accounts import Account
from workers.models.named import Named
from workers.models.researcher import investigate
from workers.models.writer import write

Say = Callable[[str, int], tuple[str, dict[str, Any]]]
ENGINE = Named("local:small", "local", "small", Account(context=16_000))


class Mind:
    """A model that answers by ``say``: from what it reads and how often it was asked, a tool's arguments."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.read: list[str] = []
        self.tools: set[str] = set()

    def do(self, brief: Brief, context: Borrowed | None = None, engine: Named = ENGINE) -> Draft:
        """Have it do a brief."""
        return investigate(engine, brief, context or Borrowed(), FunctionModel(self._answer))

    def write(self, brief: Brief, context: Borrowed | None = None, engine: Named = ENGINE) -> Draft:
        """Have it write what a pass came to."""
        return write(engine, brief, context or Borrowed(), FunctionModel(self._answer))

    def _answer(self, messages: Sequence[ModelMessage], info: AgentInfo) -> ModelResponse:
        self.tools = {tool.name for tool in (*info.function_tools, *info.output_tools)}
        parts = [info.instructions or ""]
        parts += [str(getattr(part, "content", "")) for message in messages for part in message.parts]
        self.read.append("\n".join(parts))
        name, arguments = self.say(self.read[-1], len(self.read))
        return ModelResponse(parts=[ToolCallPart(name, json.dumps(arguments))])


def gap(text: str, times: int) -> tuple[str, dict[str, Any]]:
    """Hands in that nothing was found."""
    return "final_result", {"summary": "Nothing.", "confidence": 0.0}


def claiming(*quotes: tuple[str, int, str]) -> Say:
    """Hands in a claim for each path, line and quote."""
    claims = [
        {
            "statement": f"It says {quote}",
            "confidence": 0.8,
            "citations": [{"path": path, "start": line, "end": line, "quote": quote}],
        }
        for path, line, quote in quotes
    ]
    return lambda text, times: ("final_result", {"summary": "So it is.", "confidence": 0.8, "claims": claims})


def file_of(folder: Path, text: str) -> Path:
    """An accounts file."""
    file = folder / "models.toml"
    file.write_text(text, "utf-8")
    return file
