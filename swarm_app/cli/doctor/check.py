"""One line of a diagnosis."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How things stand."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Check:
    """What was looked at, how it stands, and how to mend it if it does not stand well."""

    name: str
    level: Level
    detail: str
    mend: str = ""


def ok(name: str, detail: str) -> Check:
    """All is well."""
    return Check(name, Level.OK, detail)


def warn(name: str, detail: str, mend: str) -> Check:
    """It works, and may not for long or not for everybody."""
    return Check(name, Level.WARN, detail, mend)


def fail(name: str, detail: str, mend: str) -> Check:
    """It does not work."""
    return Check(name, Level.FAIL, detail, mend)
