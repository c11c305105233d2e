"""Numbers in rows without a gap."""

from collections.abc import Iterator, Sequence


def consecutive(numbers: Sequence[int]) -> Iterator[range]:
    """The rows of sorted numbers, each as long as it goes on."""
    first = 0
    for position in range(1, len(numbers) + 1):
        if position == len(numbers) or numbers[position] != numbers[position - 1] + 1:
            yield range(numbers[first], numbers[position - 1] + 1)
            first = position
