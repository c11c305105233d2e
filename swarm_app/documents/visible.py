"""What a reader sees of each line: what an index should be given instead of markup."""

import html
import re
from collections.abc import Sequence

# Python 3.11's html.parser takes minutes for 100 kB of "<a <a <a", and lexbor does not say where in the
# source a text stands. So markup is blanked here; each alternative eats all it looked at: linear time.
_INSIDE_TAG = r"""(?: = \s*+ (?: "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) ) | [^>] )*+"""
_MARKUP = re.compile(
    rf"""
      <!-- .*? (?: --> | \Z )
    | < (script|style|template) (?=[\s>]) {_INSIDE_TAG} (?<!/)> .*?
      (?: </\1 (?=[\s/>]) | \Z ) {_INSIDE_TAG} (?:>|\Z)
    | < /? (?P<tag>[a-z][a-z0-9]*+) {_INSIDE_TAG} (?:>|\Z)
    | < [!?/] [^>]*+ (?:>|\Z)
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
# fmt: off
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
}
# fmt: on
_WITHIN = {"br", "img", "input"}  # a sentence goes on behind it, after a space

NOTHING, PARAGRAPH = "\u2060", "\u2029"  # U+2060 is no space, U+2029 is one
_CHARACTER = re.compile(r"[^\r\n]")
_CUT_TAG = re.compile(r"(?=[^<>]*[=/\"'])[^<>]*+>")  # the rest of a tag that a stretch begins in


def visible(kind: str, lines: Sequence[str]) -> list[str]:
    """As many lines as were given: of HTML the text that shows, of every other kind the lines themselves.

    Give all lines of the document: a comment or a script may begin far above the line that it hides.
    """
    return _text_of_html(lines) if kind == "html" else list(lines)


def blanked(source: str) -> str:
    """A stretch of HTML in which nothing is left of markup, each character in its place.

    `NOTHING` stands for what words run on over, `PARAGRAPH` for what begins or ends a stretch of words.
    Entities stay as they are: see `unfilled`.
    """
    cut = _CUT_TAG.match(source)
    begun = _filled(cut[0], PARAGRAPH) + source[cut.end() :] if cut else source
    return _MARKUP.sub(lambda markup: _filled(markup[0], _filling(markup["tag"])), begun)


def unfilled(stretch: str) -> str:
    """What a reader sees of a stretch that was `blanked`, on one line."""
    return " ".join(html.unescape(stretch.replace(NOTHING, "")).split())


def _filling(tag: str | None) -> str:
    name = (tag or "").lower()
    return NOTHING if name in _INLINE else " " if name in _WITHIN else PARAGRAPH


def _filled(markup: str, filling: str) -> str:
    if filling == " ":  # one space only: more would be a column
        return " " + _CHARACTER.sub(NOTHING, markup[1:])
    return _CHARACTER.sub(filling, markup)


def _text_of_html(lines: Sequence[str]) -> list[str]:
    bodies = [line.rstrip("\r\n") for line in lines]
    shown = _MARKUP.sub(_blank, "\n".join(bodies)).split("\n")
    return [
        _decoded(text) + line[len(body) :] for text, body, line in zip(shown, bodies, lines, strict=False)
    ]


def _blank(markup: re.Match[str]) -> str:
    """The line breaks inside, so that lines keep their places; a space where words do not run on."""
    tag = markup["tag"]
    return "\n" * markup[0].count("\n") or ("" if tag and tag.lower() in _INLINE else " ")


def _decoded(text: str) -> str:
    """Entities as characters; one that stands for a line break must not make a line."""
    return html.unescape(text).replace("\n", " ").replace("\r", " ")
