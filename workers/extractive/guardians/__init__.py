"""The council: each duty judges the draft by figures of its own, read in the draft and in the shards."""

from workers.extractive.guardians.guard import guard

__all__ = ["guard"]
