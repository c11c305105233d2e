"""A network that can be cut: a TCP proxy in front of the server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHUNK = 1 << 16  # bytes

Pair = tuple[socket.socket, socket.socket]  # of client and server


class Proxy:
    """Forwards connections to ``target`` until it is told to be a network that does not."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._pairs: set[Pair] = set()
        self._forgotten: set[Pair] = set()
        self._flows = threading.Event()
        self._flows.set()
        self._refuses = False
        self._ended = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Close every connection and refuse new ones."""
        self._refuses = True
        self._hang_up()

    def freeze(self) -> None:
        """Hold everything back: connections stay open, and no byte moves."""
        self._flows.clear()

    def restore(self) -> None:
        """Be a network again; what a freeze held back is delivered."""
        self._refuses = False
        self._flows.set()

    def forget(self) -> None:
        """After a freeze, be a network again, which has forgotten its connections without a word."""
        self._forgotten |= self._pairs
        for _, server in list(self._pairs):
            _close(server)
        self.restore()

    def close(self) -> None:
        """End, with all connections."""
        self._ended = True
        _close(self._listener)
        self.restore()
        self._hang_up()

    def _hang_up(self) -> None:
        for pair in [*self._pairs, *self._forgotten]:
            for end in pair:
                _close(end)

    def _accept(self) -> None:
        while not self._ended:
            with suppress(OSError):
                client, _ = self._listener.accept()
                self._serve(client)

    def _serve(self, client: socket.socket) -> None:
        if self._refuses:
            client.close()
            return
        server = socket.create_connection(("127.0.0.1", self._target))
        self._pairs.add((client, server))
        for source, sink in ((client, server), (server, client)):
            threading.Thread(target=self._pump, args=(source, sink, (client, server)), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, pair: Pair) -> None:
        with suppress(OSError):
            while chunk := source.recv(_CHUNK):
                self._flows.wait()
                sink.sendall(chunk)
        self._pairs.discard(pair)
        if pair not in self._forgotten:
            _close(sink)
            _close(source)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """A proxy in front of a port of this machine."""
    made = Proxy(port)
    try:
        yield made
    finally:
        made.close()
