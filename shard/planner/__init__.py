"""From what is known to the next pass's briefs."""

from shard.planner.material import Holding
from shard.planner.planner import plan_pass

__all__ = ["Holding", "plan_pass"]
