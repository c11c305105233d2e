"""Words of documents, made safe to stand in Markdown."""

import re
from textwrap import dedent

_SPECIAL = re.compile(r"([\\`*\[\]<&|~])|(?<!\w)(_+)|(_+)(?!\w)")
_BLOCK_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+>=]|\d{1,9}(?=[.)]))")
_WHITE_SPACE = re.compile(r"\s+")
_BACKTICKS = re.compile(r"`+")


def text(words: str) -> str:
    """One line of running text that Markdown shows as it is."""
    flat = _WHITE_SPACE.sub(" ", words).strip()
    escaped = _SPECIAL.sub(lambda match: "".join(f"\\{char}" for char in match[0]), flat)
    return _BLOCK_START.sub(_guard, escaped)


def code(words: str) -> str:
    """A code span, fenced by more backticks than any run inside it."""
    flat = _WHITE_SPACE.sub(" ", words).strip()
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


def _guard(match: re.Match[str]) -> str:
    mark = match[0]
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _longest_run(words: str) -> int:
    return max(map(len, _BACKTICKS.findall(words)), default=0)
