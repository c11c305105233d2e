"""From pieces to excerpts: the best that several shards found, as if one had held it all."""

from collections.abc import Iterable, Iterator, Sequence

from swarm_app.contracts.documents import MIN_QUOTE_CHARS, Excerpt

FLOOR = 0.45  # of the best score: what is below tells a reader no more than where it stands
WIDE = 0.3  # the same for a worker, who ranks sentences again and looks for what others have not said


def merge(answers: Iterable[Sequence[Excerpt]], budget: int, floor: float = FLOOR) -> list[Excerpt]:
    """The best pieces of `answers` that fit into `budget` characters, joined where they touch, best first.

    Those that lead are taken first. None scores less than this share, ``floor``, of the best.

    A piece may begin or end with the white space that joins it to an earlier one of its answer: so once one
    does not fit, no later one of its document is taken. Scraps too short to be quoted come only when there is
    nothing longer.
    """
    pieces = [piece for found in answers for piece in found]
    best = max((piece.score for piece in pieces), default=0.0)
    good = [piece for piece in pieces if piece.score >= floor * best]
    ranked = sorted(good, key=lambda piece: (not (piece.leads and piece.score >= FLOOR * best), -piece.score))
    excerpts = sorted(_joined(_fitting(ranked, budget)), key=lambda excerpt: -excerpt.score)
    return [excerpt for excerpt in excerpts if len(excerpt.text) >= MIN_QUOTE_CHARS] or excerpts


def _fitting(ranked: Sequence[Excerpt], budget: int) -> Iterator[Excerpt]:
    full: set[str] = set()
    for piece in ranked:
        if piece.path in full or len(piece.text) > budget:
            full.add(piece.path)
            continue
        budget -= len(piece.text)
        yield piece


def _joined(pieces: Iterable[Excerpt]) -> Iterator[Excerpt]:
    """One excerpt for each row of pieces in which each begins where the one before it ends."""
    row: list[Excerpt] = []
    for piece in sorted(pieces, key=lambda piece: (piece.path, piece.sha256, piece.start_char)):
        if row and not _touches(row[-1], piece):
            yield _whole(row)
            row = []
        row.append(piece)
    if row:
        yield _whole(row)


def _touches(before: Excerpt, piece: Excerpt) -> bool:
    return (before.path, before.sha256, before.end_char) == (piece.path, piece.sha256, piece.start_char)


def _whole(row: Sequence[Excerpt]) -> Excerpt:
    last = row[-1]
    return row[0].model_copy(
        update={
            "end": last.end,
            "end_char": last.end_char,
            "text": "".join(piece.text for piece in row),
            "score": max(piece.score for piece in row),
        }
    )
