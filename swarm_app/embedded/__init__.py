"""The way into the local stack: find or start its supervisor, and hold it while this process needs it."""

from swarm_app.embedded.lease import Lease, ensure_server, find, hold

__all__ = ["Lease", "ensure_server", "find", "hold"]
