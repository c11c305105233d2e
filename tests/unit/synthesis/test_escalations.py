from swarm_app.contracts.help import Helped, Obstacle, Outcome
from swarm_app.contracts.research import Kind
from tests.unit.synthesis.test_synthesis import LAMPS, cited, concluded, finding


def helped(outcome: Outcome, details: str = "The quota is used up.") -> Helped:
    return Helped(obstacle=Obstacle.RATE_LIMIT, details=details, outcome=outcome)


def test_what_nobody_could_help_with_is_one_line_of_the_summary_however_many_there_are() -> None:
    told = concluded(
        finding(1, Kind.FAILED, helped=helped(Outcome.ESCALATED)),
        finding(2, Kind.FAILED, helped=helped(Outcome.ESCALATED, "x " * 500)),
    )
    assert told.summary == (
        "Nothing new. Escalated: nobody could help with 2 blocked briefs (rate_limit: The quota is used up.)."
    )
    assert told.summary.endswith(told.escalated)


def test_what_peers_solved_is_not_told_and_counts_like_any_other() -> None:
    citation = cited("docs/lamps.md", LAMPS)
    solved = concluded(finding(1, Kind.CLAIM, citation, helped=helped(Outcome.SOLVED)))
    assert solved.summary == concluded(finding(1, Kind.CLAIM, citation)).summary
