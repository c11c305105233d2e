"""How often each shard holds each word, so that all shards weigh a question's words alike."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from uuid import uuid4

from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts

_SEGMENTS = ""  # the field that no word has
_CHUNK = 5_000  # fields in one HSET
_STAGING_TTL = 60  # seconds; what a full server could not give its place is gone then

Counts = tuple[int, dict[str, tuple[int, ...]]]
"""How many segments there are, and how many of them have each word in each field of the index."""


class Words:
    """The counts of words by shard. They follow a shard's load, and may be behind it for a moment."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts

    def put(self, name: str, version: int, segments: int, counts: Mapping[str, Sequence[int]]) -> None:
        """Replace what is known of a shard's words, unless it was dropped, or has another ``version`` now."""
        words = self._keys.words(name)
        staging = f"{words}:{uuid4().hex}"
        with self._client.pipeline() as pipe:
            pipe.hset(staging, _SEGMENTS, str(segments))
            for fields in _chunks(counts):
                pipe.hset(staging, mapping=fields)
            pipe.expire(staging, _STAGING_TTL)
            keys = (staging, words, self._keys.shard(name))
            self._scripts.count_words(keys=keys, args=(version,), client=pipe)
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
