"""Rigor: is there a passage, independent of the lines a claim cites, that says it too?"""

from swarm_app import sense, words
from swarm_app.contracts.context import Context
from swarm_app.contracts.research import Brief, Claim, Draft, Kind
from workers.extractive.claims import claim
from workers.extractive.draft import cited, finish, gap, quoted
from workers.extractive.explore import explore
from workers.extractive.gather import Reading, fresh, nearest, read
from workers.extractive.lines import Texture
from workers.extractive.scoring import Scored
from workers.extractive.statements import Statement

SUPPORT = 0.45  # share of the claim's terms, by rarity, that a passage must share to support it
_ELSEWHERE = 1.25  # how much more another document's support is worth
_FEWEST = 3  # terms that it must share
_APART = 15  # lines between passages of one document that count as independent


def corroborate(brief: Brief, context: Context) -> Draft:
    """Support for the brief's claim from another document, or from lines well apart in the same one."""
    if not brief.claims:
        return explore(brief, context)
    supported = brief.claims[0]
    reading = read(brief, context)
    rest = fresh(reading, brief.known)
    found = _support(supported, rest, reading)
    if found is None:
        return finish(
            gap(brief, "the claim stands on the lines it already cites", nearest(rest)),
            brief,
            reading.excerpts,
        )
    return finish(_corroboration(brief, supported, found, reading, context), brief, reading.excerpts)


def _support(supported: Claim, ranked: list[Scored], reading: Reading) -> Statement | None:
    """The independent sentence that shares most of the claim's terms.

    Code and rows that are alike support nothing.
    """
    candidates = [
        (share, item.statement)
        for item in ranked
        if item.statement.texture not in (Texture.CODE, Texture.ROW)
        and _independent(item.statement, supported)
        and not sense.denies(supported.statement, item.statement.text)
        and (share := _shared(supported.statement, item.statement, reading)) >= SUPPORT
    ]
    cited_paths = {citation.path for citation in supported.citations}
    best = max(
        candidates,
        key=lambda found: found[0] * (1.0 if found[1].path in cited_paths else _ELSEWHERE),
        default=None,
    )
    return best[1] if best else None


def _shared(claimed: str, statement: Statement, reading: Reading) -> float:
    terms = set(words.terms(claimed))
    common = terms & set(words.terms(statement.text))
    asked = terms & reading.ask.question
    if len(common) < _FEWEST or 2 * len(common & asked) < len(asked):
        return 0.0
    rarity = reading.rarity
    rarest = max(rarity.values(), default=1.0)
    return sum(rarity.get(term, rarest) for term in common) / sum(rarity.get(term, rarest) for term in terms)


def _independent(statement: Statement, supported: Claim) -> bool:
    """Another document's, or well apart in the same one; a verbatim copy of the quote is not independent."""
    return all(
        (statement.path != citation.path or _distance(statement, citation.start, citation.end) > _APART)
        and words.similarity(statement.quote, citation.quote) < 0.95
        for citation in supported.citations
    )


def _distance(statement: Statement, start: int, end: int) -> int:
    return max(start - statement.end, statement.start - end, 0)


def _corroboration(
    brief: Brief, supported: Claim, found: Statement, reading: Reading, context: Context
) -> Draft:
    support = claim(found, brief, reading, context)
    return Draft(
        kind=Kind.CORROBORATION,
        summary=f"Independently, {quoted(support.citations[0])}.",
        confidence=support.confidence,
        citations=cited([support]),
        claims=(support,),
        supports=supported.findings,
    )
