"""Words of documents, made safe to stand in Markdown."""

import re
from textwrap import dedent

_SPECIAL = re.compile(r"([\\`*\[\]<&|~])|(?<!\w)(_+)|(_+)(?!\w)")
_BLOCK_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+>=]|\d{1,9}(?=[.)]))")
_WHITE_SPACE = re.compile(r"\s+")
_SPAN = re.compile(r"(?<!`)(`{1,2})(?=\S)(?P<code>[^`]+)(?<=\S)\1(?!`)")
_BACKTICKS = re.compile(r"`+")


def text(words: str) -> str:
    """One line of running text that Markdown shows as it is."""
    return _BLOCK_START.sub(_guard, _plain(_flat(words)))


def prose(words: str) -> str:
    """One line of running text that Markdown shows as it is, except that its code spans are code spans."""
    flat, shown, end = _flat(words), "", 0
    for span in _SPAN.finditer(flat):
        shown += _plain(flat[end : span.start()]) + code(span["code"])
        end = span.end()
    return _BLOCK_START.sub(_guard, shown + _plain(flat[end:]))


def code(words: str) -> str:
    """A code span, fenced by more backticks than any run inside it."""
    flat = _flat(words)
    fence = "`" * (_longest_run(flat) + 1)
    padding = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{padding}{flat}{padding}{fence}"


def block(words: str, indent: str = "") -> str:
    """A fenced code block, fenced by more backticks than any run inside it."""
    fence = "`" * max(3, _longest_run(words) + 1)
    body = dedent(words.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    return "\n".join(f"{indent}{line}".rstrip() for line in (f"{fence}text", *body.split("\n"), fence))


def quote(words: str) -> str:
    """A block quote of one paragraph."""
    return f"> {text(words)}"


def _flat(words: str) -> str:
    return _WHITE_SPACE.sub(" ", words).strip()


def _plain(words: str) -> str:
    return _SPECIAL.sub(lambda match: "".join(f"\\{char}" for char in match[0]), words)


def _guard(match: re.Match[str]) -> str:
    mark = match[0]
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _longest_run(words: str) -> int:
    return max(map(len, _BACKTICKS.findall(words)), default=0)
