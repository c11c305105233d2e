"""The notes of a report: its citations, numbered, and the lines they name."""

from collections.abc import Iterable, Iterator, Mapping

from swarm_app.contracts.documents import Citation


class Notes:
    """Citation -> the text of its lines, in the order of their numbers, from 1."""

    def __init__(self, passages: Mapping[Citation, str]) -> None:
        self._passages = passages
        self._numbers = {citation: number for number, citation in enumerate(passages, start=1)}

    def __iter__(self) -> Iterator[tuple[int, Citation, str]]:
        return ((number, citation, self._passages[citation]) for citation, number in self._numbers.items())

    def marks(self, citations: Iterable[Citation]) -> str:
        """``[1] [2]`` for those citations that have a note."""
        numbers = dict.fromkeys(self._numbers[each] for each in citations if each in self._numbers)
        return " ".join(f"[{number}]" for number in numbers)
