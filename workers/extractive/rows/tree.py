"""A stretch of JSON as a tree, wherever it was cut out."""

import json
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++')
_DEEPEST = 60  # of what stands in what else; deeper nobody writes


@dataclass
class Node:
    """An object, an array or a value, with the key that it has in its object."""

    start: int  # of its key, if it has one
    at: int  # of itself
    key: str = ""
    value: str = ""
    opened_by: str = ""
    end: int | None = None  # of what was closed
    children: list["Node"] = field(default_factory=list)

    @property
    def is_listed(self) -> bool:
        """Whether objects or arrays are its items."""
        return self.opened_by == "[" and any(child.opened_by for child in self.children)


def tree(text: str) -> Node:
    """All that stands in a text that begins outside of a string, in a node that is never closed."""
    root = Node(0, 0)
    stack = [root]
    key: re.Match[str] | None = None
    tokens = list(_TOKEN.finditer(text))
    for match, following in zip(tokens, [*tokens[1:], None], strict=False):
        if len(stack) > _DEEPEST:
            break
        if _is_key(match, following):
            key = match
        elif match.group() in "}]":
            _close(stack, match.end())
        elif match.group() not in ",:":
            _open(stack, match, key)
            key = None
    return root


def plain(token: str) -> str:
    """What a string or another value says, on one line."""
    try:
        said = str(json.loads(token, strict=False)) if token.startswith('"') else token
    except ValueError:
        said = token.strip('"')
    return "".join(char if char.isprintable() else " " for char in said)


def _is_key(match: re.Match[str], following: re.Match[str] | None) -> bool:
    return following is not None and following.group() == ":" and match.group()[0] not in "{}[],:"


def _close(stack: list[Node], end: int) -> None:
    if len(stack) > 1:
        stack.pop().end = end


def _open(stack: list[Node], match: re.Match[str], key: re.Match[str] | None) -> None:
    node = Node((key or match).start(), match.start(), plain(key.group()) if key else "")
    stack[-1].children.append(node)
    if match.group() in "{[":
        node.opened_by = match.group()
        stack.append(node)
    else:
        node.value, node.end = plain(match.group()), match.end()
