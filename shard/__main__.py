"""`python -m shard NAME` serves a shard. `shard.node` itself must be imported once, under its own name."""

import sys

from shard.node import serve
from swarm_app.errors import SwarmError

if __name__ == "__main__":
    try:
        serve(sys.argv[1])
    except SwarmError as error:
        sys.exit(f"swarm: {error}")
