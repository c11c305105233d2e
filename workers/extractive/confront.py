"""Debug: passages that speak of the same subject and disagree."""

from collections.abc import Sequence

from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import MIN_QUOTE_CHARS, Excerpt
from swarm_app.contracts.research import Brief, Claim, Contradiction, Draft, Kind
from workers.extractive.disagree import contradictions
from workers.extractive.draft import cited, finish, quoted
from workers.extractive.explore import explore
from workers.extractive.frames import frame
from workers.extractive.gather import Reading, read
from workers.extractive.statements import Statement, statements

_WIDE = 3000  # tokens; contradictions hide in passages that answer less well
_COUNTERPARTS = 16  # statements whose counterpart is searched for elsewhere
_COUNTERPART_TOKENS = 300
_MOST = 5  # contradictions that one worker reports
_CERTAINTY = 0.7


def confront(brief: Brief, context: Context) -> Draft:
    """The contradictions around the brief's subject; without any, a line that nobody has cited yet."""
    reading = read(brief, context, tokens=_WIDE)
    excerpts = [*reading.excerpts, *_counterparts(reading, brief, context)]
    found = [pair for pair in contradictions(_all(excerpts)) if _quotable(pair)][:_MOST]
    if not found:
        draft = explore(brief, context)
        return finish(draft, brief, excerpts)
    claims = tuple(_tension(pair, brief) for pair in found)
    draft = Draft(
        kind=Kind.CONTRADICTION,
        summary=" ".join(claim.statement for claim in claims[:2]),
        confidence=_CERTAINTY,
        citations=cited(claims),
        contradictions=tuple(found),
        open_questions=tuple(
            f"Which passage holds on “{pair.subject}” ({pair.difference})?" for pair in found
        ),
        supports=tuple(finding for claim in brief.claims for finding in claim.findings),
    )
    return finish(draft, brief, excerpts)


def _counterparts(reading: Reading, brief: Brief, context: Context) -> list[Excerpt]:
    """What the shards hold beside the best statements that another passage could dispute."""
    disputable = [item.statement for item in reading.ranked if frame(item.statement) is not None]
    disputable.sort(key=lambda statement: not any(char.isdigit() for char in statement.text))
    queries = [statement.text for statement in disputable[:_COUNTERPARTS]]
    answers = context.search(queries, tokens=_COUNTERPART_TOKENS, scope=brief.scope) if queries else []
    return [excerpt for answer in answers for excerpt in answer]


def _all(excerpts: Sequence[Excerpt]) -> list[Statement]:
    return [statement for excerpt in excerpts for statement in statements(excerpt)]


def _quotable(pair: Contradiction) -> bool:
    return all(len(side.quote) >= MIN_QUOTE_CHARS for side in (pair.left, pair.right))


def _tension(pair: Contradiction, brief: Brief) -> Claim:
    return Claim(
        statement=f"{quoted(pair.left)}, but {quoted(pair.right)} ({pair.difference}).",
        citations=(pair.left, pair.right),
        confidence=_CERTAINTY,
        facet=brief.angle,
    )
