"""A run that is a council alone: guardians vote on what was put to them."""

from swarm_app.aliases import Aliases
from swarm_app.client.motion import Motion, Statement
from swarm_app.contracts.bus import Source
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.plan import PassSpec, Plan, Rejection, Role
from swarm_app.contracts.research import Claim
from swarm_app.contracts.run import Run
from swarm_app.errors import UsageError
from swarm_app.plans.catalog import COUNCIL
from swarm_app.sources import Sources, citation
from swarm_app.store.store import Store


def council_of(plan: Plan) -> Plan:
    """The plan's council alone, or the usual six where it has none; a rejection is only noted."""
    guardians = plan.guardians or COUNCIL
    instructions = next((spec.instructions for spec in plan.passes if spec.role is Role.GUARD), "")
    seats = PassSpec(name="Council", role=Role.GUARD, workers=len(guardians), instructions=instructions)
    return Plan(
        name=f"council of {plan.name}"[:60],
        summary="Guardians vote on what is put to them.",
        passes=(seats,),
        guardians=guardians,
        council=plan.council.model_copy(update={"rejection": Rejection.NOTE}),
    )


def before(run: Run, motion: Motion, store: Store) -> Run:
    """The run with the motion's claims before its council, their sources checked against its shards."""
    sources, aliases = Sources(store, run.shards), Aliases(run.aliases)
    claims = tuple(_claim(each, sources, aliases) for each in motion.statements)
    return run.model_copy(update={"draft": claims})


def _claim(statement: Statement, sources: Sources, aliases: Aliases) -> Claim:
    cited = [_citation(each, sources, aliases) for each in statement.sources]
    return Claim(
        statement=statement.text,
        citations=tuple(each for each in cited if each is not None),
        confidence=statement.confidence,
    )


def _citation(source: Source, sources: Sources, aliases: Aliases) -> Citation | None:
    """The source as the run knows it, with its verdict; None for one that names no lines at all."""
    try:
        named = citation(source)
    except UsageError:
        return None
    (checked,) = sources.check([source]).sources
    if checked.verdict is Verdict.INVALID:
        return named.model_copy(update={"verdict": Verdict.INVALID})
    path = aliases.path(checked.shard, checked.path)
    return named.model_copy(update={"path": path, "sha256": checked.sha256, "verdict": checked.verdict})
