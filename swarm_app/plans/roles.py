"""What each role is told in words; the words are in ``roles.toml``."""

import tomllib
from functools import cache
from pathlib import Path

from swarm_app.contracts.plan import Role


@cache
def writing() -> str:
    """What a model is told that writes what a pass came to."""
    words = tomllib.loads(Path(__file__).with_name("roles.toml").read_text("utf-8"))
    return f"{words['writing'].strip()}\n\n{_told(words[Role.SYNTHESISE.value])}"


@cache
def told(common: str = "common") -> tuple[str, dict[Role, str]]:
    """What every worker is told, or every ``reader``, and what the workers of each role are."""
    words = tomllib.loads(Path(__file__).with_name("roles.toml").read_text("utf-8"))
    return words[common].strip(), {role: _told(words[role.value]) for role in Role}


def _told(role: dict[str, str]) -> str:
    return f"Your duty: {_line(role['duty'])}\nYou hand in: {_line(role['hands_in'])}"


def _line(text: str) -> str:
    return " ".join(text.split())
