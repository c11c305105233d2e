from collections.abc import Sequence

from swarm_app.contracts.documents import Excerpt
from tests.unit.extractive.briefs import brief_of
from workers.extractive.gather import read

WHOLE, SHORT = "Who lights the lamp of the northern harbour at night?", "harbour lamp"


class Shelf:
    """A context with one excerpt for each query, whose score is the share of that query it holds."""

    remaining = 60.0

    def search(
        self, queries: Sequence[str], *, tokens: int = 1000, scope: Sequence[str] = ()
    ) -> list[list[Excerpt]]:
        scores = {WHOLE: 0.35, SHORT: 0.9}
        return [[excerpt(query, scores[query])] for query in queries]

    def read(self, path: str, start: int, end: int) -> Excerpt | None:
        return None


def excerpt(query: str, score: float) -> Excerpt:
    text = "The warden lights the harbour lamp every single night."
    path = f"{query.replace(' ', '-')}.md"
    return Excerpt(
        path=path, sha256=path, start=1, end=1, start_char=0, end_char=len(text), text=text, score=score
    )


def test_what_a_short_query_found_ranks_no_higher_than_what_the_question_found():
    reading = read(brief_of(WHOLE, queries=(WHOLE, SHORT)), Shelf())

    assert len({item.score for item in reading.ranked}) == 1
