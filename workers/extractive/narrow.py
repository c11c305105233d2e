"""A statement that is too long to be read, cut to what answers in it: one out of a very long line."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from swarm_app import words
from workers.extractive.lines import Texture
from workers.extractive.markup import read_as, words_of
from workers.extractive.statements import Statement

MOST_CHARS = 640  # of a statement that is still read in one go
_CONTEXT = 80  # characters around what answers, where no sentence begins or ends
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')\]\u2060]*\s+|\s*[\u2029\r\n]\s*")


class _Hit(NamedTuple):
    """A word that was asked for."""

    term: str
    start: int
    end: int


def narrowed(statement: Statement, weights: Mapping[str, float]) -> Statement:
    """The statement, or of one of more than `MOST_CHARS` the part that holds most of the weighted terms.

    It is cut where sentences begin and end, or else between words. Code and rows stay as they are.
    """
    if len(statement.text) <= MOST_CHARS or statement.texture is not Texture.PROSE:
        return statement
    source = words_of(statement.path, statement.excerpt.text[statement.first_char : statement.last_char])
    if read_as(statement.path, source) != statement.text:
        return statement
    first, last = _span(source, weights)
    lines = source[:first].count("\n"), source[:last].count("\n")
    return replace(
        statement,
        first_char=statement.first_char + first,
        last_char=statement.first_char + last,
        start=statement.start + lines[0],
        end=statement.start + lines[1],
        text=read_as(statement.path, source[first:last]),
    )


def around(text: str, weights: Mapping[str, float], most: int) -> str:
    """The text on one line, or the part of it that answers: at most ``most`` characters, with ellipses."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    first, last = _span(text, weights, most - 2)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


def _span(text: str, weights: Mapping[str, float], most: int = MOST_CHARS) -> tuple[int, int]:
    """Where the part of a text stands that answers best."""
    begin, end = _best([*_hits(text, weights)], weights, most - 2 * _CONTEXT)
    first, last = _begin(text, begin, max(0, end - most)), 0
    last = _end(text, end, min(len(text), first + most))
    return first, last


def _hits(text: str, weights: Mapping[str, float]) -> list[_Hit]:
    return [
        _Hit(term, match.start(), match.end())
        for match in _WORD.finditer(text)
        for term in words.terms(match.group())
        if term in weights
    ]


def _best(hits: list[_Hit], weights: Mapping[str, float], most: int) -> tuple[int, int]:
    """From where to where the hits stand that weigh most together, each term once; the closest of equals."""
    best, worth, last = (0, 0), (0.0, 0), 0
    for place, hit in enumerate(hits):
        while last < len(hits) and hits[last].end - hit.start <= most:
            last += 1
        weight, end, held = 0.0, hit.end, set()
        for other in hits[place:last]:
            if other.term not in held:
                held.add(other.term)
                weight, end = weight + weights[other.term], other.end
        if (weight, hit.start - end) > worth or not worth[0]:
            best, worth = (hit.start, end), (weight, hit.start - end)
    return best


def _begin(text: str, at: int, least: int) -> int:
    """Where the sentence of a character begins, or a word shortly before it if that is too far away."""
    ends = [match.end() for match in _SENTENCE.finditer(text, least, at)]
    if ends:
        return ends[-1]
    if least == 0:
        return 0
    near = max(least, at - _CONTEXT)
    return min(at, text.find(" ", near, at) + 1 or at)


def _end(text: str, at: int, most: int) -> int:
    """Where the sentence of a character ends, or a word shortly behind it if that is too far away."""
    found = _SENTENCE.search(text, at, most)
    if found:
        return found.start() + len(found.group().rstrip())
    if most == len(text):
        return most
    near = min(most, at + _CONTEXT)
    return max(at, text.rfind(" ", at, near))
