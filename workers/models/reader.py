"""A small model at work on one brief: it reads what one search found, calls no tool, and fills in a form."""

from functools import cache

from pydantic_ai import Agent, ModelRetry, NativeOutput, RunContext
from pydantic_ai.models import Model

from swarm_app.contracts.documents import MIN_QUOTE_CHARS
from swarm_app.contracts.plan import Role
from workers.models.desk import Desk
from workers.models.dialogue import agent, handed_in
from workers.models.forms import Form, cited, form
from workers.models.written import WrittenDraft

MOST_OUTPUT = 400  # tokens of one answer: two claims of two sentences, and their quotes
_MOST_CALLS = 4
_END = """Now answer your brief, as JSON of this form. Each quote is a sentence copied from behind the bars,
each answer a full sentence: {example}"""


async def written(model: Model, desk: Desk, told: str, asked: str, output: int) -> WrittenDraft:
    """What a model hands in that sees the excerpts in ``asked``, and no others."""
    filled = await handed_in(
        _agent(desk.brief.role),
        model,
        desk,
        told=told,
        asked=f"{asked}\n\n{_END.format(example=form(desk.brief.role).example)}",
        output=min(output, MOST_OUTPUT),
        calls=_MOST_CALLS,
    )
    return filled.written(desk.excerpts)


@cache
def _agent(role: Role) -> Agent[Desk, Form]:
    return agent(NativeOutput(form(role), name="finding"), Desk, holding)


def holding(desk: RunContext[Desk], filled: Form) -> Form:
    """The form as filled in; one with a quote that was never shown is sent back, once."""
    if desk.deps.sent_back:
        return filled
    citations = {quote: cited(quote, desk.deps.excerpts).citation() for quote in filled.quotes()}
    failing = desk.deps.failing(citations.values())
    if not failing:
        return filled
    desk.deps.sent_back = True
    reasons = "\n".join(f"- “{each.quote[:200]}” does not stand in the excerpts" for each in failing)
    raise ModelRetry(
        f"These quotes do not hold:\n{reasons}\nCopy {MIN_QUOTE_CHARS} characters or more of one excerpt "
        "exactly, or leave the claim out."
    )
