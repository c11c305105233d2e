"""How often each shard holds each word, so that all shards weigh a question's words alike."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from swarm_app.keys import Keys
from swarm_app.store.connection import Client

_SEGMENTS = ""  # the field that no word has
_CHUNK = 5_000  # fields in one HSET

Counts = tuple[int, dict[str, tuple[int, ...]]]
"""How many segments there are, and how many of them have each word in each field of the index."""


class Words:
    """The counts of words by shard. They follow a shard's load, and may be behind it for a moment."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def put(self, name: str, segments: int, counts: Mapping[str, Sequence[int]]) -> None:
        """Replace what is known of a shard's words."""
        with self._client.pipeline() as pipe:
            pipe.unlink(self._keys.words(name))
            pipe.hset(self._keys.words(name), _SEGMENTS, str(segments))
            for fields in _chunks(counts):
                pipe.hset(self._keys.words(name), mapping=fields)
            pipe.execute()

    def find(self, names: Sequence[str], words: Sequence[str]) -> list[Counts]:
        """What these shards know of these words, in one round trip; nothing of a shard that has not said."""
        with self._client.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.hmget(self._keys.words(name), [_SEGMENTS, *words])
            answers = pipe.execute()
        return [_counts(words, answer) for answer in answers if answer[0]]


def _counts(words: Sequence[str], answer: Sequence[str | None]) -> Counts:
    segments, *stored = answer
    held = zip(words, stored, strict=True)
    return int(segments or 0), {word: tuple(map(int, counts.split())) for word, counts in held if counts}


def _chunks(counts: Mapping[str, Sequence[int]]) -> Iterator[dict[str, str]]:
    fields = ((word, " ".join(map(str, each))) for word, each in counts.items())
    while chunk := dict(islice(fields, _CHUNK)):
        yield chunk
