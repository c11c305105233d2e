"""The default engine."""

from workers.extractive.engine import ExtractiveEngine

__all__ = ["ExtractiveEngine"]
