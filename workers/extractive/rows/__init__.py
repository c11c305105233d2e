"""Rows of tables and records of data: what they say, by the names of their columns."""

from workers.extractive.rows.rows import rows

__all__ = ["rows"]
