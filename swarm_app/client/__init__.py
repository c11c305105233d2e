"""The Python front door: `Swarm`, the same calls for asyncio, and `Coordinator`, who reads conclusions."""

from swarm_app.client.aio import AsyncSwarm
from swarm_app.client.coordinator import Coordinator
from swarm_app.client.handle import RunHandle
from swarm_app.client.swarm import Swarm

__all__ = ["AsyncSwarm", "Coordinator", "RunHandle", "Swarm"]
