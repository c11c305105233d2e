"""From a pass's findings to what the run knows."""

from shard.synthesis.synthesise import synthesise

__all__ = ["synthesise"]
