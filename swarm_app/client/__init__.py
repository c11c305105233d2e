"""The Python front door: `Swarm`, and the same calls for asyncio."""

from swarm_app.client.aio import AsyncSwarm
from swarm_app.client.handle import RunHandle
from swarm_app.client.swarm import Swarm

__all__ = ["AsyncSwarm", "RunHandle", "Swarm"]
