"""One connection to the supervisor."""

import socket
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from swarm_app.embedded.protocol import Message, decode, encode
from swarm_app.errors import StackError

ABSENT = (FileNotFoundError, ConnectionError)  # no supervisor listens, or it ended while it was asked
_CHUNK = 1 << 16  # bytes


class Connection:
    """A connection, made at once; an answer on it may take ``timeout`` seconds.

    Raises one of `ABSENT` when nobody listens at ``path``, and `StackError` when it cannot be opened.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.connect(str(path))
        except OSError as error:
            self._socket.close()
            if isinstance(error, ABSENT):
                raise
            raise StackError(f"Cannot open {path}: {error}. Mend it, or set SWARM_STATE_DIR.") from error
        self._socket.settimeout(timeout)
        self._received = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, op: str, **fields: Any) -> Message:
        """The answer to one request.

        Raises `StackError` with the supervisor's reason or when it stays silent, and `ConnectionError` when
        it goes away.
        """
        try:
            self._socket.sendall(encode({"op": op, **fields}))
            line = self._line()
        except TimeoutError:
            raise StackError(
                f"The supervisor at {self._path} does not answer. See supervisor.log beside it; end its "
                "process if it hangs, and try again."
            ) from None
        if not line:
            raise ConnectionResetError(f"the supervisor at {self._path} went away")
        return _accepted(decode(line))

    def outlast(self) -> bool:
        """Wait until the supervisor ends or this connection is closed; True when it said bye."""
        try:
            self._socket.settimeout(None)
            return bool(self._line())
        except OSError:  # closed meanwhile, by this process
            return False

    def close(self) -> None:
        """Close, also while another thread waits in `outlast`."""
        with suppress(OSError):  # the supervisor may have closed it first
            self._socket.shutdown(socket.SHUT_RDWR)
        self.drop()

    def drop(self) -> None:
        """Close this process's side only: after a fork, the parent goes on with its own."""
        self._socket.close()

    def _line(self) -> bytes:
        while b"\n" not in self._received:
            chunk = self._socket.recv(_CHUNK)
            if not chunk:
                return b""
            self._received += chunk
        line, _, self._received = self._received.partition(b"\n")
        return line


def _accepted(answer: Message) -> Message:
    if not answer.pop("ok"):
        raise StackError(answer["error"])
    return answer
