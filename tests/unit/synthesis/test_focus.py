from shard.synthesis import focus
from tests.unit.report.sample import POLICY, cite, claim, finding

LOCK = claim("The purge takes the archive lock.", cite(POLICY, 2))
LOG = claim("The audit log has a line for each record.", cite(POLICY, 3))


def test_a_claim_counts_by_the_share_of_what_is_wanted_that_it_holds() -> None:
    (seen,) = focus([finding(1, claims=(LOCK, LOG))], "the audit log of the archive")
    assert [round(each.confidence / LOCK.confidence, 2) for each in seen.claims] == [0.33, 0.67]


def test_what_holds_nothing_of_it_is_left_out() -> None:
    (seen,) = focus([finding(1, claims=(LOCK,)), finding(2, claims=(LOG,))], "audit")
    assert [each.statement for each in seen.claims] == [LOG.statement]


def test_when_nothing_holds_any_of_it_all_stays_as_it_was() -> None:
    found = [finding(1, claims=(LOCK,)), finding(2, claims=(LOG,))]
    assert focus(found, "weather") == found
