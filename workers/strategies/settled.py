"""What whoever resumes a blocked brief has in hand, and what its finding says of that."""

from swarm_app import words
from swarm_app.contracts.assist import Settlement
from swarm_app.contracts.help import Helped
from swarm_app.contracts.research import Draft, Kind
from swarm_app.contracts.run import Run
from workers.strategies.parts import joined


def draft(settlement: Settlement) -> Draft:
    """What helpers came to, joined with what there was before; a failed draft where there is neither."""
    blockage = settlement.blockage
    drafts = [each.draft for each in settlement.solutions]
    drafts += [blockage.so_far] if blockage.so_far else []
    if not drafts:
        reason = f"Blocked ({blockage.obstacle}), and nobody could help: {blockage.details}"
        return Draft(kind=Kind.FAILED, summary=reason, confidence=0.0)
    return drafts[0] if len(drafts) == 1 else joined(drafts)


def asked(settlement: Settlement) -> tuple[str, ...]:
    """The shards that the helpers asked beside the run's own."""
    return words.distinct(shard for each in settlement.solutions for shard in each.assist.shards)


def helped(settlement: Settlement, run: Run, wide: Run) -> Helped:
    """Who helped; ``wide`` is the run with the shards that they asked beside its own."""
    blockage, solutions = settlement.blockage, settlement.solutions
    return Helped(
        obstacle=blockage.obstacle,
        details=blockage.details,
        outcome=settlement.outcome,
        by=words.distinct(each.worker for each in solutions),
        strategy=solutions[0].assist.strategy if solutions else None,
        shards=asked(settlement),
        roots={first: folder for first, folder in wide.roots.items() if first not in run.roots},
        age_s=max((each.age_s for each in solutions), default=0.0),
        waited_s=round(max(0.0, settlement.at - blockage.at), 3),
        assists=settlement.assists,
    )
