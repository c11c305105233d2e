"""From a pass's findings to what the run knows."""

from shard.synthesis.conclusion import conclusion, in_short
from shard.synthesis.focus import focus
from shard.synthesis.synthesise import synthesise
from shard.synthesis.written import kept, shown, worded, writing

__all__ = [
    "conclusion",
    "focus",
    "in_short",
    "kept",
    "shown",
    "synthesise",
    "worded",
    "writing",
]
