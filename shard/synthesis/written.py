"""A pass's synthesis in the words of a model: what it is asked, and what of its answer stands.

The shard's own synthesis stays what later passes are planned from; a model only words it.
"""

from collections.abc import Iterable, Sequence

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Claim, Finding, Kind, Synthesis
from swarm_app.contracts.run import Run
from swarm_app.prose import judged

_ANGLE = "what the pass came to, in words"


def writing(run: Run, synthesis: Synthesis) -> Brief | None:
    """The brief of the model that words a synthesis; None where none is named, or nothing is to be said.

    A vote says nothing new: what was written before it stays.
    """
    writers = run.writers(synthesis.pass_number)
    if not writers or not synthesis.claims:
        return None
    spec = run.plan.passes[synthesis.pass_number - 1]
    return Brief(
        brief_id=brief_id(run.run_id, synthesis.pass_number, 0),
        run_id=run.run_id,
        pass_number=synthesis.pass_number,
        pass_name=spec.name,
        number=0,
        of=1,
        role=Role.SYNTHESISE,
        engine=writers,
        question=run.question,
        angle=_ANGLE,
        instructions=spec.instructions.strip(),
        shards=run.shards,
        claims=synthesis.claims,
        contradictions=synthesis.contradictions,
        open_questions=synthesis.open_questions,
    )


def worded(synthesis: Synthesis, finding: Finding | None) -> Synthesis:
    """The synthesis with what a model wrote of it, sentence by sentence.

    A sentence keeps those of its citations that the synthesis has too, if they bear on it; one without any
    is marked as inference. The summary keeps its cited sentences only. Where nothing was written, the
    synthesis says why.
    """
    answer = _standing(finding.answer, synthesis) if finding else ()
    if finding is None or finding.kind is Kind.FAILED or not answer:
        return synthesis.model_copy(update={"unwritten": _why_not(finding)})
    told = " ".join(each.statement for each in _standing(finding.claims, synthesis) if not each.inference)
    return synthesis.model_copy(
        update={
            "engine": finding.engine,
            "summary": f"{told}{synthesis.escalated}" if told else synthesis.summary,
            "written": answer,
            "writing": finding.finding_id,
        }
    )


def kept(synthesis: Synthesis, earlier: Sequence[Synthesis]) -> Synthesis:
    """A synthesis after a vote, with the answer that was voted on."""
    if synthesis.role is not Role.GUARD or not earlier:
        return synthesis
    before = earlier[-1].model_dump(include={"engine", "writing", "unwritten"})
    return synthesis.model_copy(update={**before, "written": earlier[-1].written})


def shown(synthesis: Synthesis) -> tuple[Claim, ...]:
    """The answer that a reader is shown: a model's, else the shard's own."""
    return synthesis.written or synthesis.answer


def _standing(sentences: Iterable[Claim], synthesis: Synthesis) -> tuple[Claim, ...]:
    known = _known(synthesis)
    held = (_within(sentence, known) for sentence in sentences)
    return tuple(each for sentence in held for each in judged(sentence))


def _known(synthesis: Synthesis) -> dict[Citation, float]:
    """Every citation that the findings verified, and how sure the surest claim on it is."""
    known = {side: 0.5 for each in synthesis.contradictions for side in (each.left, each.right)}
    for claim in sorted(synthesis.claims, key=lambda claim: claim.confidence):
        known |= dict.fromkeys(claim.citations, claim.confidence)
    return known


def _within(sentence: Claim, known: dict[Citation, float]) -> Claim:
    """The sentence with its known citations, as sure as the least sure of them."""
    citations = tuple(each for each in sentence.citations if each in known)
    confidence = min((known[each] for each in citations), default=0.0)
    return sentence.model_copy(update={"citations": citations, "confidence": confidence})


def _why_not(finding: Finding | None) -> str:
    if finding is None:
        return "the run was stopped before a model had written it"
    return finding.summary if finding.kind is Kind.FAILED else f"{finding.engine} wrote no answer"
