"""Counted nouns."""


def counted(count: int, noun: str) -> str:
    """``1 file``, ``1,000 files``, ``2 processes``."""
    ending = "es" if noun.endswith("s") else "s"
    return f"{count:,} {noun}{'' if count == 1 else ending}"
