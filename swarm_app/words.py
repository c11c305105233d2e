"""Words: how text is cut into terms that can be compared.

A term is the English stem of a word, or of a part of an identifier: ``on_chord_part_return`` gives ``chord``,
``part`` and ``return``; words that carry no subject give nothing.
"""

import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

import Stemmer

_Item = TypeVar("_Item")

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:]\d+)*")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_POSSESSIVE = re.compile(r"['’]s?$|['’]s\b")
_ACRONYM = re.compile(r"(?<![^\W_])([A-Z](?:[._][A-Z])+)(?:[._]s)?(?![._]?[^\W_])")
_SEPARATORS = str.maketrans("", "", "._")
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana and Han characters
_SCRIPTS = re.compile(rf"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_CLOSERS = "\"”’')*_`"
_COMMENT_SIGN = re.compile(r"\s+(?:#:?|//+!?|--)(?:\s+|$)")

_FUNCTION_WORDS = """
    a about above after again against all also although am an and another any anyone anything are as at be
    because been before being below between both but by came can cannot come could did do does doing
    done down during each either else ever every few for from further get gets getting give gives go
    goes going got had has have having he her here hers him his how however i if in instead into is it
    its itself just let like made make makes making many may me might mine more most much must my need
    needs no nor not now of off often on one only onto or other others our out over own per perhaps
    please quite rather really s said same say says see shall she should since so some somebody someone
    something such sure t take takes than that the their them then there these they thing things this
    those though through thus till to together too toward under until up upon us use used uses using
    very via was way ways we well went were what whatever when where whether which while who whom whose
    why will with within without would yes yet you your yours
"""
STOPWORDS = frozenset(_FUNCTION_WORDS.split())

_IRREGULAR_VERBS = """
    began:begin bought:buy broke:break brought:bring built:build chose:choose chosen:choose dealt:deal
    drew:draw fell:fall felt:feel found:find gave:give grew:grow heard:hear held:hold kept:keep
    knew:know led:lead left:leave lost:lose met:meet paid:pay ran:run rose:rise sent:send shown:show
    sold:sell spent:spend spoke:speak stood:stand taught:teach thought:think threw:throw told:tell
    took:take won:win wrote:write written:write
"""
_NOUNS_OF_VERBS = """
    choice:choose decision:decide deletion:delete destruction:destroy explanation:explain extension:extend
    failure:fail permission:permit retention:retain submission:submit
"""  # the stemmer leaves these apart
_IRREGULAR = dict(pair.split(":") for pair in (_IRREGULAR_VERBS + _NOUNS_OF_VERBS).split())

_FRAMING_WORDS = """
    actually address answer approach aspect certain change decide describe detail different discuss
    discussion ensure exactly explain general give group happen important involve key kind know list main
    mean meeting member mention name part regard respect role specific specifically state summarise summary
    talk team tell think treat treatment various work
"""  # "What happens when …", "Which specific measures …": how it is asked, not what about
_DEGREE = re.compile(r"(?i)\b(how)\s+(?:long|often|much|many|far|old|soon|well|large|big|high)\b")
_PLACE = re.compile(
    r"(?i)\b(?:files?|documents?|pages?|texts?|notes?|passages?|sources?)\s+(?:do\s+)?"
    r"(?=(?:mention|say|tell|describ|speak|talk|discuss|contain)\w*\b)"
)  # "Which files mention …" looks for what they mention

_local = threading.local()


def _stemmer() -> Stemmer.Stemmer:
    # A stemmer holds a buffer that two threads must not share.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")
    return _local.stemmer


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The English stem of one word, in lower case."""
    word = word.lower()
    return str(_stemmer().stemWord(_IRREGULAR.get(word, word)))


def words(text: str) -> list[str]:
    """Every word and number of a text in order, identifiers cut into their parts, in lower case."""
    found = (_POSSESSIVE.sub("", word) for word in _WORD.findall(contracted(text)))
    parts = (part for word in found for part in _HUMP.split(word) if part)
    return [piece.lower() for part in parts for piece in pieces(part)]


def contracted(text: str) -> str:
    """The text with acronyms as one word each: ``U.K.`` as ``UK.``, ``L_C_D`` as ``LCD``."""
    return _ACRONYM.sub(lambda found: found[1].translate(_SEPARATORS), text)


def pieces(word: str) -> list[str]:
    """A word, or what stands for words in a script without spaces: each two characters in a row."""
    if word.isascii():
        return [word]
    return [piece for run in _SCRIPTS.findall(word) for piece in _in_pairs(run)]


def _in_pairs(run: str) -> list[str]:
    if len(run) < 2 or not is_unspaced(run):
        return [run]
    return [run[start : start + 2] for start in range(len(run) - 1)]


def is_unspaced(word: str) -> bool:
    """Whether a word begins in a script that puts no spaces between words."""
    return re.match(f"[{_UNSPACED}]", word) is not None


def is_content(word: str) -> bool:
    """Whether a lower-case word carries a subject (numbers do, single letters and function words do not)."""
    return word not in STOPWORDS and (len(word) > 1 or word.isdigit())


@lru_cache(maxsize=20_000)
def terms(text: str) -> tuple[str, ...]:
    """The terms of a text in order, repeats included."""
    return tuple(stem(word) for word in words(text) if is_content(word))


FRAME = frozenset(terms(_FRAMING_WORDS))


def undegreed(question: str) -> str:
    """The question without the words that ask for a degree, or for a place in the documents.

    ``how long`` asks how, and not about length; ``which files mention`` asks of nothing that files are.
    """
    return _PLACE.sub("", _DEGREE.sub(r"\1", question))


def subjects(question: str) -> tuple[str, ...]:
    """A question's terms without those that only frame it, unless it has no others."""
    found = terms(undegreed(question))
    return tuple(term for term in found if term not in FRAME) or found


def distinct(items: Iterable[_Item]) -> tuple[_Item, ...]:
    """The items without repeats, first places kept."""
    return tuple(dict.fromkeys(items))


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Terms that follow each other in a text: words that belong together."""
    return tuple(pairwise(terms(text)))


def phrases(text: str) -> list[tuple[int, int]]:
    """Where runs of subject words stand in a text: character offsets ``(start, end)``, in order."""
    runs: list[tuple[int, int]] = []
    joins = False
    for match in re.finditer(r"[\w./'’-]*\w|[^\w\s]", text):
        carries = any(is_content(word) for word in words(match.group()))
        if carries and joins:
            runs[-1] = (runs[-1][0], match.end())
        elif carries:
            runs.append((match.start(), match.end()))
        joins = carries
    return runs


def similarity(left: str, right: str) -> float:
    """Share of terms that two texts have in common, 0 to 1 (Jaccard)."""
    ours, theirs = set(terms(left)), set(terms(right))
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


def containment(left: str, right: str) -> float:
    """Share of the terms of the text with fewer of them that the other one has too, 0 to 1."""
    ours, theirs = set(terms(left)), set(terms(right))
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0


def last_mark(text: str) -> str:
    """The character that a text ends with, without quotes, brackets and emphasis that close behind it."""
    return text.rstrip(_CLOSERS)[-1:]


def unsigned(quote: str) -> str:
    """A quoted comment of several lines on one, without the signs that began its lines."""
    return _COMMENT_SIGN.sub(" ", quote)


def shorten(text: str, width: int) -> str:
    """The text on one line, cut at a word with an ellipsis when longer than ``width`` characters."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
