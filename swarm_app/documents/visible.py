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


def visible(kind: str, lines: Sequence[str]) -> list[str]:
    """As many lines as were given: of HTML the text that shows, of every other kind the lines themselves.

    Give all lines of the document: a comment or a script may begin far above the line that it hides.
    """
    return _text_of_html(lines) if kind == "html" else list(lines)


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
