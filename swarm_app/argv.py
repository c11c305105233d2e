"""The argument vectors that start processes of Swarm."""

import sys


def celery(command: str, *words: str) -> list[str]:
    """Of a command of Celery's, with this project's app."""
    return [sys.executable, "-m", "celery", "-A", "swarm_app", command, *words]


def shard(name: str) -> list[str]:
    """Of the node of one shard."""
    return [sys.executable, "-m", "shard", name]
