"""What a synthesis is written from: the claims of a run with their sources numbered, as many as fit."""

from collections.abc import Iterator

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.ids import place_of
from swarm_app.contracts.research import Brief, Claim, Contradiction
from swarm_app.documents.tokens import count
from workers.models.desk import one_line

_MOST_SOURCES = 4  # of one claim


class Stock:
    """Claims, contradictions and open questions within ``room`` tokens, the best first.

    What does not fit is left out whole, and counted.
    """

    def __init__(self, brief: Brief, room: int) -> None:
        self.sources: list[Citation] = []
        self.left_out = 0
        self.sent_back = False  # whether sentences were sent back once
        self._number = brief.pass_number
        self._room = room
        self._blocks: dict[str, list[str]] = {}
        self._fill(brief)

    def told(self) -> str:
        """All of it as text for the model; whatever others wrote stands behind a bar."""
        blocks = {
            **self._blocks,
            "Sources:": [_source(number, each) for number, each in enumerate(self.sources, 1)],
        }
        return "\n\n".join("\n".join([title, *lines]) for title, lines in blocks.items() if lines)

    def of(self, numbers: list[int]) -> tuple[Citation, ...]:
        """The sources of these numbers, those that there are."""
        return tuple(self.sources[each - 1] for each in dict.fromkeys(numbers) if self.has(each))

    def has(self, number: int) -> bool:
        """Whether there is a source of this number."""
        return 1 <= number <= len(self.sources)

    def _fill(self, brief: Brief) -> None:
        for title, items in (
            ("Claims, the most telling first:", brief.claims),
            ("Contradictions:", brief.contradictions),
        ):
            for item in items:
                self._add(title, item)
        for question in brief.open_questions:
            self._take("Open questions:", f"{self._place('Open questions:')}| {one_line(question)}", [])

    def _add(self, title: str, item: Claim | Contradiction) -> None:
        cited = list(_cited(item))
        new = [each for each in cited if each not in self.sources]
        numbers = [([*self.sources, *new]).index(each) + 1 for each in cited]
        self._take(title, f"{self._place(title)}| {self._line(item, numbers)}", new)

    def _place(self, title: str) -> int:
        return len(self._blocks.get(title, ())) + 1

    def _take(self, title: str, line: str, new: list[Citation]) -> None:
        """Take a line with its new sources, if there is room for both."""
        texts = [line, *(_source(len(self.sources) + at, each) for at, each in enumerate(new, 1))]
        size = sum(count(text) + 1 for text in texts)
        if size > self._room:
            self.left_out += 1
            return
        self._room -= size
        self.sources += new
        self._blocks.setdefault(title, []).append(line)

    def _is_new(self, claim: Claim) -> bool:
        places = (place_of(each) for each in claim.findings)
        return any(place is not None and place[0] == self._number for place in places)

    def _line(self, item: Claim | Contradiction, numbers: list[int]) -> str:
        if isinstance(item, Contradiction):
            subject = one_line(f"{item.subject} ({item.difference})")
            return f"{subject}: source {numbers[0]} against {numbers[-1]}"
        new = "new in this pass; " if self._is_new(item) else ""
        support = ", independently supported" if item.corroborated else ""
        listed = ", ".join(map(str, numbers))
        return (
            f"{one_line(item.statement)} ({new}confidence {item.confidence:.2f}{support}) [sources {listed}]"
        )


def _cited(item: Claim | Contradiction) -> Iterator[Citation]:
    if isinstance(item, Contradiction):
        yield from (item.left, item.right)
    else:
        yield from item.citations[:_MOST_SOURCES]


def _source(number: int, citation: Citation) -> str:
    return f"{number}| {one_line(f'{citation.source} “{citation.quote}”')}"
