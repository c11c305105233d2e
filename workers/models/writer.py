"""A model that writes what a pass came to: over findings alone, without a tool to look anything up."""

from collections.abc import Sequence
from functools import cache

from pydantic import BaseModel, Field
from pydantic_ai import Agent, ModelRetry, NativeOutput, RunContext
from pydantic_ai.models import Model

from swarm_app.contracts.context import Context
from swarm_app.contracts.research import Brief, Claim, Draft, Kind
from swarm_app.documents.tokens import count
from swarm_app.errors import EngineAway
from swarm_app.plans.roles import writing
from swarm_app.prose import bears, sentences
from workers.models.calls import OVERHEAD
from workers.models.conversation import Conversation
from workers.models.desk import one_line
from workers.models.dialogue import agent, handed_in
from workers.models.named import Named
from workers.models.prices import window
from workers.models.stock import Stock

_MOST_CALLS = 4
_MOST_OUTPUT = 4_000  # tokens
_MOST_ROOM = 40_000  # tokens of claims and sources: all that a synthesis keeps
_MOST_SHOWN = 8  # faults that are sent back


class WrittenSentence(BaseModel):
    """One sentence, and the sources that say it."""

    text: str = Field(description="one sentence, without marks of sources")
    sources: list[int] = Field(
        default=[], description="numbers of the sources that say so; none: your own inference"
    )


class WrittenSynthesis(BaseModel):
    """What the pass came to."""

    summary: list[WrittenSentence] = Field(description="one or two sentences: what this pass added")
    answer: list[WrittenSentence] = Field(
        description="the answer to the question so far, sentence by sentence"
    )


def write(
    engine: Named,
    brief: Brief,
    context: Context,
    model: Model | None = None,
    others: Sequence[Named] = (),
) -> Draft:
    """Have a model write a synthesis from the brief's claims, the calling thread waiting for it.

    ``model`` stands in for the vendor's; ``others`` may answer what takes it long. Raises `EngineAway` or
    `EngineError` with the engine's name and the reason.
    """
    told, asked = writing(), _asked(brief)
    output = min(_MOST_OUTPUT, window(engine) // 4)
    stock = Stock(brief, min(_MOST_ROOM, window(engine) - output - OVERHEAD - count(told) - count(asked)))
    if not stock.sources:
        raise EngineAway(f"{engine.name}: no claim fits into its context of {window(engine)} tokens.")
    asked = f"{asked}\n\n{stock.told()}"
    talk = Conversation(engine, context, model, others)
    written = talk.held(_written(talk.model, stock, told, asked, output, tools=engine.account.tools))
    return talk.signed(
        _draft(written, stock),
        prompt=f"{told}\n\n{asked}",
        output=written.model_dump_json(),
        claims_left_out=stock.left_out,
    )


def _asked(brief: Brief) -> str:
    parts = [f"The question of the whole research: {one_line(brief.question)}"]
    parts.append(f"The pass that has ended: {brief.pass_number}, {one_line(brief.pass_name)}")
    if brief.instructions:
        parts.append(f"What its workers were told: {one_line(' '.join(brief.instructions.split()))}")
    return "\n\n".join(parts)


async def _written(
    calls: Model, stock: Stock, told: str, asked: str, output: int, *, tools: bool
) -> WrittenSynthesis:
    return await handed_in(
        _agent(tools), calls, stock, told=told, asked=asked, output=output, calls=_MOST_CALLS
    )


@cache
def _agent(tools: bool) -> Agent[Stock, WrittenSynthesis]:
    """The agent; one that calls no tool hands in by the vendor's structured output."""
    form = WrittenSynthesis if tools else NativeOutput(WrittenSynthesis, name="synthesis")
    return agent(form, Stock, _resting)


def _resting(stock: RunContext[Stock], written: WrittenSynthesis) -> WrittenSynthesis:
    """The synthesis as handed in; one whose sentences do not rest on their sources is sent back, once."""
    faults = [fault for each in (*written.summary, *written.answer) if (fault := _fault(each, stock.deps))]
    if not faults or stock.deps.sent_back:
        return written
    stock.deps.sent_back = True
    listed = "\n".join(f"- {fault}" for fault in faults[:_MOST_SHOWN])
    raise ModelRetry(
        f"These sentences do not stand as they are:\n{listed}\nMend them and hand in all again; what rests "
        "on no source then is shown as your own inference."
    )


def _fault(sentence: WrittenSentence, stock: Stock) -> str:
    """What is wrong with a sentence, in words; empty if nothing is."""
    text = sentence.text[:200]
    if unknown := [number for number in sentence.sources if not stock.has(number)]:
        return f"“{text}”: there is no source {unknown[0]}"
    if len(sentences(sentence.text)) > 1 and sentence.sources:
        return f"“{text}”: hand in each sentence by itself, with its own sources"
    if sentence.sources and not bears(sentence.text, stock.of(sentence.sources)):
        return f"“{text}”: its sources do not say so, or lack one of its figures"
    return ""


def _draft(written: WrittenSynthesis, stock: Stock) -> Draft:
    """The draft; its citations are sources of the findings, by construction."""
    summary, answer = (
        tuple(_sentence(each, stock) for each in each_of if each.text.strip())
        for each_of in (written.summary, written.answer)
    )
    return Draft(
        kind=Kind.SYNTHESIS,
        summary=" ".join(each.statement for each in summary) or "Nothing was added.",
        confidence=1.0,
        citations=tuple(dict.fromkeys(one for each in (*summary, *answer) for one in each.citations)),
        claims=summary,
        answer=answer,
    )


def _sentence(written: WrittenSentence, stock: Stock) -> Claim:
    citations = stock.of(written.sources)
    return Claim(
        statement=one_line(written.text), citations=citations, confidence=0.0, inference=not citations
    )
