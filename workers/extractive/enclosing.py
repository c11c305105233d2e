"""The function or class that a statement stands in."""

import re

from swarm_app.contracts.context import Context
from workers.extractive.statements import Statement

_LOOK_BACK = 150  # lines
_NAMED = re.compile(
    r"\s*(?:async\s+|export\s+|pub\s+|static\s+)*(?:def|class|function|func|fn)\s+(?P<name>\w+)"
)


def enclosing(statement: Statement, context: Context) -> str:
    """The name of the function or class around a statement of source code; empty at the top of a file.

    Found by going outwards: from line to line above that is indented less.
    """
    before = context.read(statement.path, max(1, statement.start - _LOOK_BACK), statement.start)
    lines = [line for line in before.text.splitlines() if line.strip()] if before else []
    depth = None
    for line in reversed(lines):
        here = len(line) - len(line.lstrip())
        if depth is not None and here >= depth:
            continue
        depth = here
        named = _NAMED.match(line)
        if named:
            return named["name"]
    return ""
