"""Counted nouns."""


def counted(count: int, noun: str) -> str:
    """``1 file``, ``1,000 files``, ``2 processes``, ``3 searches``."""
    ending = "es" if noun.endswith(("s", "ch")) else "s"
    return f"{count:,} {noun}{'' if count == 1 else ending}"
