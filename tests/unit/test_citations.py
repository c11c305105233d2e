import pytest

from swarm_app.contracts.documents import Citation, meet


@pytest.mark.parametrize(("start", "end", "met"), [(1, 3, False), (1, 4, True), (5, 5, True), (7, 9, False)])
def test_citations_meet_where_they_share_a_line(start: int, end: int, met: bool) -> None:
    one, other = Citation(path="a.md", start=4, end=6), Citation(path="a.md", start=start, end=end)
    assert (meet(one, other), meet(other, one)) == (met, met)


def test_the_same_lines_of_two_documents_do_not_meet() -> None:
    assert not meet(Citation(path="a.md", start=4, end=6), Citation(path="b.md", start=4, end=6))
