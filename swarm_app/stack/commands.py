"""The commands of the processes that the supervisor starts."""

from collections.abc import Callable

from swarm_app import argv
from swarm_app.queues import ASSIST, RESEARCH
from swarm_app.settings import Settings
from swarm_app.stack import server


def worker(number: int, concurrency: int) -> list[str]:
    """A Celery worker for research and assist tasks, ``concurrency`` at once."""
    which = ("-Q", f"{RESEARCH},{ASSIST}", "-n", f"worker-{number}@%h", "-c", str(concurrency))
    return argv.celery("worker", *which, "--without-gossip", "--without-mingle", "-l", "INFO")


def flower(port: int) -> list[str]:
    """Flower, on this machine only."""
    return argv.celery("flower", "--address=127.0.0.1", f"--port={port}")


_COMMANDS: dict[str, Callable[[str, Settings], list[str]]] = {
    "server": lambda _, settings: server.command(settings),
    "shard": lambda name, _: argv.shard(name),
    "worker": lambda number, settings: worker(int(number), settings.concurrency),
    "flower": lambda port, _: flower(int(port)),
}


def command(kind: str, name: str, settings: Settings) -> list[str]:
    """The command of a process by its kind and name; a worker's name is its number, Flower's its port."""
    return _COMMANDS[kind](name, settings)
