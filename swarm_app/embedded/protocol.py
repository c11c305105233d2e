"""What users and the supervisor say to each other: JSON, one object a line, over a Unix socket.

A user asks ``{"op": NAME, …}`` and is answered ``{"ok": true, …}`` or ``{"ok": false, "error": "…"}``. After
``hold`` the connection is a use of the stack for as long as it is open, so that a user who is killed is one
who has left. A supervisor that ends in order says ``{"bye": true}`` last; a connection that closes without it
means that the supervisor was killed.
"""

import json
from importlib.metadata import version
from typing import Any

Message = dict[str, Any]

VERSION = version("swarm-app")
BYE: Message = {"bye": True}
LONGEST = 1 << 20  # bytes in a line


def encode(message: Message) -> bytes:
    """A message as it goes over the socket."""
    return json.dumps(message).encode() + b"\n"


def decode(line: bytes) -> Message:
    """A line as a message; raises `json.JSONDecodeError` when it is not a JSON object."""
    message = json.loads(line)
    if not isinstance(message, dict):
        raise json.JSONDecodeError("Expected an object", line.decode(), 0)
    return message
