"""Records of JSON: objects with their members, and the single members of what is no record."""

import re
from collections.abc import Iterator

from swarm_app.contracts.documents import MAX_CITATION_LINES
from workers.extractive.rows.row import Cell, Row
from workers.extractive.rows.tree import Node, plain, tree

_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?:\\[nr])+")
_QUOTE = '"'
_LARGEST = 2_000  # characters of a record that is read in one go
_LONGEST = 400  # characters of a value that is told
_MOST_MEMBERS = 12  # of a record that has a name


def rows(text: str) -> Iterator[Row]:
    """The records of a text that begins outside of a string; it may begin and end inside of them."""
    yield from _records(tree(text), text, inside="{")


def _records(node: Node, text: str, inside: str) -> Iterator[Row]:
    """The records in a node: itself, if it is one, or those of its children, and its other members."""
    if _is_record(node, text, inside):
        yield Row(tuple(_cells(node, node.key)), node.start, node.end or node.start)
        return
    for child in node.children:
        if child.opened_by:
            yield from _records(child, text, node.opened_by)
        elif child.key:
            yield from _member(child, f"{node.key}.{child.key}" if node.key else child.key, text)


def _member(node: Node, name: str, text: str) -> Iterator[Row]:
    """A value by its name; one that is long sentence by sentence."""
    end = node.end or node.start
    if len(node.value) <= _LONGEST:
        yield Row(((name, node.value),), node.start, end)
        return
    begin = node.at
    for stop in (*(match.end() for match in _SENTENCE.finditer(text, node.at, end)), end):
        if said := plain(f'"{text[begin:stop].strip(_QUOTE)}"').strip():
            yield Row(((name, said),), begin, stop)
        begin = stop


def _is_record(node: Node, text: str, inside: str) -> bool:
    """Whether a node is whole, short, and made of values: an object, or an array that is a row or a value.

    What has a name and many members is no record, but a map of names to values.
    """
    if node.end is None or node.end - node.start > _LARGEST or not node.children:
        return False
    if text.count("\n", node.start, node.end) >= MAX_CITATION_LINES or not _is_plain(node):
        return False
    if node.opened_by == "{":
        return len(node.children) <= (_MOST_MEMBERS if node.key else _LARGEST)
    return inside == "[" or bool(node.key)


def _is_plain(node: Node) -> bool:
    """Whether a node has no list of objects, and no value that is long."""
    return len(node.value) <= _LONGEST and not node.is_listed and all(map(_is_plain, node.children))


def _cells(node: Node, name: str) -> Iterator[Cell]:
    """A node's values by their keys, those of inner objects behind the outer's: ``size.length``."""
    if not node.opened_by:
        yield name, node.value
    elif node.opened_by == "[":
        yield name, ", ".join(child.value for child in node.children)
    else:
        for child in node.children:
            yield from _cells(child, f"{name}.{child.key}" if name else child.key)
