"""What a worker is asked, what it reports, and what a pass concludes."""

from enum import StrEnum
from typing import Any

from pydantic import Field, NonNegativeInt, PositiveInt

from swarm_app.contracts.base import Contract
from swarm_app.contracts.documents import Citation, EvidenceCount
from swarm_app.contracts.engines import EXTRACTIVE
from swarm_app.contracts.help import Helped
from swarm_app.contracts.insights import Insight, Link
from swarm_app.contracts.plan import Guardian, Role


class Kind(StrEnum):
    """What a finding is."""

    CLAIM = "claim"
    CORROBORATION = "corroboration"
    CONTRADICTION = "contradiction"
    GAP = "gap"  # nothing was found, which is a finding too
    VOTE = "vote"
    SYNTHESIS = "synthesis"  # a pass's conclusion in a model's words; no worker's finding
    FAILED = "failed"


class Ballot(StrEnum):
    """How a guardian votes."""

    APPROVE = "approve"
    REJECT = "reject"
    ABSTAIN = "abstain"


class Vote(Contract):
    """One guardian's vote on the draft, with its reason."""

    guardian: str
    vote: Ballot
    reason: str
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


class Span(Contract):
    """Lines of a document, without their text."""

    path: str
    start: PositiveInt
    end: PositiveInt


class Claim(Contract):
    """A statement and the evidence it rests on."""

    statement: str
    citations: tuple[Citation, ...] = ()
    confidence: float = Field(ge=0.0, le=1.0)
    findings: tuple[str, ...] = ()  # ids of the findings it was made of
    engines: tuple[str, ...] = ()  # who made these findings
    facet: str = ""  # the angle of the question that it answers
    corroborated: bool = False  # an independent document or passage says so too
    inference: bool = False  # a sentence of a model's answer that rests on no citation
    insights: tuple[str, ...] = ()  # ids of peers' findings that bear on it


class Contradiction(Contract):
    """Two passages that disagree."""

    subject: str
    difference: str  # number, date, negation or version, in words
    left: Citation
    right: Citation
    findings: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()  # who made these findings


class Receipt(Contract):
    """What a model was asked and what it took, beside the tokens and the cost that every draft has."""

    model: str  # as the vendor names it
    calls: NonNegativeInt = 0  # that were answered
    failures: NonNegativeInt = 0  # calls that failed and were made again
    hedges: NonNegativeInt = 0  # calls made a second time, because the first was slow
    others: tuple[str, ...] = ()  # who answered in this engine's place, for each such answer
    lost_usd: float = 0.0  # set aside for calls that were cut off, and not part of the cost
    cached_tokens: NonNegativeInt = 0  # of the input tokens, those that the vendor had kept
    priced: bool = True  # False: nobody told us a price, and the cost is stated as 0
    seconds: float = Field(default=0.0, ge=0.0)  # from the first call to the last answer
    shared: NonNegativeInt = 0  # answers that the discovery log had: another's call had been paid for them
    saved_tokens: NonNegativeInt = 0  # that those calls took
    saved_usd: float = Field(default=0.0, ge=0.0)
    left_out: NonNegativeInt = 0  # excerpts that were found and did not fit into the model's window
    claims_left_out: NonNegativeInt = 0  # claims and questions it was to be given that did not fit either
    prompt_sha256: str = ""  # of the exact text that was asked
    output_sha256: str = ""  # of the exact text that was handed in

    def __add__(self, other: "Receipt") -> "Receipt":
        """What both took together, without the hashes of a single text."""
        return Receipt(
            model=self.model,
            calls=self.calls + other.calls,
            failures=self.failures + other.failures,
            hedges=self.hedges + other.hedges,
            others=self.others + other.others,
            lost_usd=self.lost_usd + other.lost_usd,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            priced=self.priced and other.priced,
            seconds=self.seconds + other.seconds,
            shared=self.shared + other.shared,
            saved_tokens=self.saved_tokens + other.saved_tokens,
            saved_usd=self.saved_usd + other.saved_usd,
            left_out=self.left_out + other.left_out,
            claims_left_out=self.claims_left_out + other.claims_left_out,
        )


class Draft(Contract):
    """What an engine returns: a finding before its citations were checked."""

    kind: Kind
    summary: str
    confidence: float = Field(ge=0.0, le=1.0)
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()  # the statements it makes, each with its own citations
    contradictions: tuple[Contradiction, ...] = ()
    answer: tuple[Claim, ...] = ()  # of a synthesis: its sentences; what cites nothing is an inference
    terms: tuple[str, ...] = ()  # words learnt on the way, strongest first
    open_questions: tuple[str, ...] = ()
    vote: Vote | None = None
    supports: tuple[str, ...] = ()  # ids of findings it corroborates or disputes
    insights: tuple[Insight, ...] = ()  # of peers, that bear on it or led to it
    input_tokens: NonNegativeInt = 0  # read by the worker
    output_tokens: NonNegativeInt = 0
    cost_usd: float = Field(default=0.0, ge=0.0)
    engine: str = ""  # who made it; empty: the brief's engine
    receipt: Receipt | None = None  # a model's


class Finding(Draft):
    """What one worker reported, its citations checked."""

    finding_id: str
    run_id: str
    brief_id: str
    pass_number: PositiveInt
    facet: str = ""  # its brief's
    worker_id: str
    attempts: PositiveInt = 1
    reported_at: float  # Unix seconds
    evidence: EvidenceCount = EvidenceCount()
    helped: Helped | None = None  # of a brief that was blocked
    links: tuple[Link, ...] = ()  # claims of its own that a peer had reported before
    topics: tuple[str, ...] = ()  # where it is an insight: run:ID, shard:NAME, theme:TERM

    @property
    def stated(self) -> tuple[Claim, ...]:
        """Its claims; its summary as one, where it lists none and a peer has reported none of them before."""
        if self.claims or self.links:
            return self.claims
        return (Claim(statement=self.summary, citations=self.citations, confidence=self.confidence),)


class Brief(Contract):
    """What one worker is asked. Travels through the store; only `brief_id` goes on the wire."""

    brief_id: str
    run_id: str
    pass_number: PositiveInt
    pass_name: str
    number: NonNegativeInt  # this worker's place among `of`; 0: it writes what the pass came to
    of: PositiveInt
    role: Role
    engine: str
    queue: str = "research"  # the Celery queue it is sent to
    question: str  # the run's question
    angle: str  # what this worker looks into, as a phrase a person reads in Flower
    facet: str = ""  # the facet of the question that this serves: an angle of the first pass
    instructions: str = ""  # the pass's instructions
    queries: tuple[str, ...] = ()  # what to search for
    shards: tuple[str, ...] = ()  # where to search
    scope: tuple[str, ...] = ()  # path prefixes to stay within; none: everywhere
    claims: tuple[Claim, ...] = ()  # what to corroborate, confront, consolidate or judge
    contradictions: tuple[Contradiction, ...] = ()
    open_questions: tuple[str, ...] = ()
    known: tuple[Span, ...] = ()  # lines already cited: look elsewhere first
    insights: tuple[Insight, ...] = ()  # what peers found, as the worker is told when it begins
    guardian: Guardian | None = None
    coverage: dict[str, int] = Field(default_factory=dict)  # documents, documents_cited, … for guardians
    extra: dict[str, Any] = Field(default_factory=dict)  # what an outside caller gave along


class Synthesis(Contract):
    """What one pass concluded, and what the run knows after it."""

    run_id: str
    pass_number: PositiveInt
    pass_name: str
    role: Role
    summary: str  # one or two sentences: what this pass added
    answer: tuple[Claim, ...] = ()  # the draft answer so far, best first
    claims: tuple[Claim, ...] = ()  # all that is known so far, ranked
    agreements: tuple[Claim, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    open_questions: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    engine: str = EXTRACTIVE  # who put it into words
    written: tuple[Claim, ...] = ()  # the answer in the sentences of a model; none: `answer` is shown
    writing: str = ""  # id of the finding that has these sentences
    unwritten: str = ""  # why there are none although a model was asked for them
    findings: tuple[str, ...] = ()  # ids of the findings it was made of
    late: tuple[str, ...] = ()  # those of them that came too late for their own pass
    reported: NonNegativeInt = 0
    failed: NonNegativeInt = 0
    escalated: str = ""  # one line on briefs that stayed blocked; the summary ends with it
    evidence: EvidenceCount = EvidenceCount()
    at: float = 0.0  # when its pass was ended, Unix seconds

    def is_whole(self, workers: int) -> bool:
        """Whether all of so many workers are in it, and the model that was to write it has."""
        return len(self.findings) - len(self.late) >= workers and not self.unwritten


class Statement(Contract):
    """A claim as a coordinator reads it."""

    statement: str
    sources: tuple[str, ...] = ()  # "path:start-end"
    confidence: float = Field(ge=0.0, le=1.0)
    inference: bool = False  # a model's own: it rests on no source


class Conclusion(Contract):
    """What a pass tells the coordinator: what it came to, and nothing of how."""

    run_id: str
    pass_number: PositiveInt
    pass_name: str
    summary: str
    reported: NonNegativeInt = 0
    failed: NonNegativeInt = 0
    verified: NonNegativeInt = 0  # citations
    dropped: NonNegativeInt = 0
    contradictions: NonNegativeInt = 0
    open_questions: NonNegativeInt = 0
    answer: tuple[Statement, ...] = ()  # of the last pass: the answer
    council: str = ""  # of a pass that voted: the outcome
