"""Statements that can disagree, each with its frame."""

from dataclasses import dataclass

from swarm_app.sense import frames
from workers.extractive.lines import Texture
from workers.extractive.statements import Statement


@dataclass(frozen=True)
class Frame:
    """A statement, and what it says."""

    statement: Statement
    said: frames.Frame


def frame(statement: Statement) -> Frame | None:
    """The statement's frame; None for what cannot disagree: code, fragments, talk, accounts of change."""
    said = None if statement.texture is Texture.CODE else frames.framed(statement.text, statement.path)
    return Frame(statement, said) if said else None


def difference(left: Frame, right: Frame) -> str | None:
    """How two statements disagree, in words ("number: 30 days against 90 days"); None when they do not."""
    return frames.difference(left.said, right.said)
