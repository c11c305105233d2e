"""A model at work on one brief: it searches and reads through tools, and hands in a typed draft."""

from collections.abc import Sequence
from functools import cache

from pydantic_ai import Agent, ModelRetry, RunContext
from pydantic_ai.models import Model

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import MAX_CITATION_LINES, MIN_QUOTE_CHARS
from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.research import Brief, Draft
from swarm_app.documents.tokens import count
from workers.models import prompt, reader
from workers.models.calls import OVERHEAD
from workers.models.conversation import Conversation
from workers.models.desk import Desk
from workers.models.dialogue import agent, handed_in
from workers.models.fit import fitting
from workers.models.named import Named
from workers.models.prices import window
from workers.models.written import WrittenDraft, draft_of

_MOST_CALLS = 12  # of one brief; the desk ends its looking up well before
_MOST_OUTPUT = 4_000  # tokens of one answer
_LEAST_ROOM = 300  # tokens of excerpts without which there is no point in asking


def investigate(
    engine: Named,
    brief: Brief,
    context: Context,
    model: Model | None = None,
    others: Sequence[Named] = (),
) -> Draft:
    """Have a model do a brief, the calling thread waiting while the calls are in the air.

    ``model`` stands in for the vendor's; ``others`` may answer what takes it long. Raises `EngineAway`,
    `Blocker` or `EngineError` with the engine's name and the reason.
    """
    told = prompt.instructions(brief, tools=engine.account.tools)
    output = min(_MOST_OUTPUT, window(engine) // 4)
    free = window(engine) - output - OVERHEAD - count(told)
    heard = brief if engine.account.tools else brief.model_copy(update={"insights": ()})  # a form names none
    fitted, claims_left_out = fitting(heard, free // 2)
    asked = prompt.task(fitted)
    room = free - count(asked)
    if room < _LEAST_ROOM:
        full = f"{engine.name}: the brief alone fills its context of {window(engine)} tokens."
        raise Blocker(full, Obstacle.TOO_LARGE)
    desk = Desk(brief, context, room)
    asked = f"{asked}\n\nWhat a first search found:\n\n{desk.begin()}"
    talk = Conversation(engine, context, model, others)
    work = _written if engine.account.tools else reader.written
    written = talk.held(work(talk.model, desk, told, asked, output))
    return talk.signed(
        draft_of(written, brief),
        prompt=f"{told}\n\n{asked}",
        output=written.model_dump_json(),
        left_out=desk.left_out,
        claims_left_out=claims_left_out,
    )


async def _written(calls: Model, desk: Desk, told: str, asked: str, output: int) -> WrittenDraft:
    return await handed_in(_agent(), calls, desk, told=told, asked=asked, output=output, calls=_MOST_CALLS)


@cache
def _agent() -> Agent[Desk, WrittenDraft]:
    return agent(WrittenDraft, Desk, holding, (search, read))


def search(desk: RunContext[Desk], query: str) -> str:
    """Search the documents of your brief; returns the excerpts that fit a few words best.

    Args:
        desk: what is in front of the worker
        query: words that the lines you look for would hold
    """
    return desk.deps.search(query)


def read(desk: RunContext[Desk], path: str, start: int, end: int) -> str:
    """Read lines of a document that you saw an excerpt of.

    Args:
        desk: what is in front of the worker
        path: the document's path, as shown
        start: first line
        end: last line, at most 200 lines on
    """
    return desk.deps.read(path, start, end)


def holding(desk: RunContext[Desk], written: WrittenDraft) -> WrittenDraft:
    """The draft as handed in; one with a citation that does not stand is sent back, once."""
    failing = desk.deps.failing(written.citations())
    if not failing or desk.deps.sent_back:
        return written
    desk.deps.sent_back = True
    reasons = "\n".join(f"- {each.source}: “{each.quote[:200]}” does not stand there" for each in failing)
    raise ModelRetry(
        f"These citations do not hold:\n{reasons}\nQuote {MIN_QUOTE_CHARS} characters or more of at most "
        f"{MAX_CITATION_LINES} lines exactly, without numbers and bars, or leave the claim out. Hand in "
        "again; what does not hold then is dropped."
    )
