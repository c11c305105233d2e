"""Ports on this machine, for servers of tests that run side by side."""

import socket


def free_port() -> int:
    """A port that nobody listens on, and that is hardly given to another who asks."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
