import pytest

from swarm_app.contracts.assist import Assist, Blockage, Blocker, Settlement, Solution
from swarm_app.contracts.documents import EvidenceCount
from swarm_app.contracts.help import Obstacle, Outcome, Strategy
from swarm_app.contracts.research import Ballot, Kind, Vote
from tests.unit.strategies.samples import blockage, draft, run
from workers.strategies import settled
from workers.strategies.evidence import solves


def solution(summary: str, worker: str, part: int = 1) -> Solution:
    assist = Assist(
        assist_id="a", brief_id="run_1.1.1", number=part, strategy=Strategy.PARTS, part=part, of=2
    )
    return Solution(assist=assist, worker=worker, draft=draft(summary))


def settlement(*solutions: Solution, **blocked: object) -> Settlement:
    outcome = Outcome.SOLVED if solutions else Outcome.ESCALATED
    return Settlement(
        blockage=blockage(Obstacle.TOO_LARGE, **blocked), outcome=outcome, solutions=solutions, at=12.5
    )


def test_a_resumed_brief_reports_what_all_parts_came_to_and_what_there_was_before() -> None:
    made = settled.draft(settlement(solution("One.", "a"), solution("Two.", "b", 2), so_far=draft("Had.")))
    assert made.summary == "One. Two. Had."


def test_its_finding_says_who_helped_and_how_long_that_took() -> None:
    told = settled.helped(settlement(solution("One.", "a"), solution("Two.", "b", 2)), run(), run())
    assert (told.by, told.strategy, told.waited_s) == (("a", "b"), Strategy.PARTS, 2.5)


def test_what_nobody_solved_is_reported_with_what_there_was_or_as_failed() -> None:
    assert settled.draft(settlement(so_far=draft("Had."))).summary == "Had."
    lost = settled.draft(settlement())
    assert lost.kind is Kind.FAILED
    assert lost.summary == "Blocked (too_large), and nobody could help: Stuck."


def test_a_draft_solves_only_with_evidence_and_a_vote_only_if_it_is_cast() -> None:
    verified = EvidenceCount(checked=1, verified=1)
    assert solves(draft("So."), verified)
    assert not solves(draft("So."), EvidenceCount(checked=1, unchecked=1))
    assert not solves(draft("None.", Kind.GAP), verified)
    ballots = {ballot: Vote(guardian="auditor", vote=ballot, reason="Because.") for ballot in Ballot}
    votes = {
        ballot: solves(draft("", Kind.VOTE, vote=vote), EvidenceCount()) for ballot, vote in ballots.items()
    }
    assert votes == {Ballot.APPROVE: True, Ballot.REJECT: True, Ballot.ABSTAIN: False}


def test_a_blocker_is_raised_in_words_and_kept_with_long_details_cut() -> None:
    blocker = Blocker("It says no. " * 100, "refusal", urgency="high")
    kept = Blockage.of(blocker, "run_1.1.1", "w")
    assert (kept.obstacle, len(kept.details)) == (Obstacle.REFUSAL, 400)
    with pytest.raises(ValueError, match="tired"):
        Blocker("No.", "tired")
