"""``swarm worker`` and ``swarm flower``: the Celery commands with this project's defaults."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from swarm_app import argv
from swarm_app import helper as helpers
from swarm_app.queues import ASSIST, RESEARCH

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

_WORKER_DEFAULTS = (
    (("-Q", "--queues"), ("-Q", f"{RESEARCH},{ASSIST}")),
    (("-l", "--loglevel"), ("-l", "INFO")),
)
_FLOWER_DEFAULTS = ((("--address",), ("--address=127.0.0.1",)),)

_Defaults = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]


def worker(
    ctx: typer.Context,
    *,
    helper: Annotated[
        bool, typer.Option("--helper", help="Take assists alone, one at a time: -Q assist -c 1.")
    ] = False,
    max_tasks: Annotated[int | None, typer.Option(metavar="N", min=1, help="Leave after N tasks.")] = None,
    max_seconds: Annotated[
        float | None, typer.Option(metavar="S", min=0.1, help="Leave after S seconds.")
    ] = None,
    idle_seconds: Annotated[
        float | None, typer.Option(metavar="S", min=0.1, help="Leave after S seconds without a task.")
    ] = None,
) -> None:
    """Run a Celery worker that does briefs, in the foreground.

    All other options go to `celery worker`; `celery worker --help` explains them.

    It takes the queues research and assist unless you name others with -Q. A helper takes only assists, which
    other workers ask for that cannot go on; it ends what it is at before it leaves.

    \b
    Examples:
      swarm worker
      swarm worker -c 64 -n more@%h
      swarm worker -Q if.search_pass1
      swarm worker --helper --max-seconds 3600 --idle-seconds 300
    """
    limits = {"max_tasks": max_tasks, "max_seconds": max_seconds, "idle_seconds": idle_seconds}
    os.environ |= helpers.leaving(limits)
    become(worker_command([*(helpers.options() if helper else ()), *ctx.args]))


def flower(ctx: typer.Context) -> None:
    """Run Flower, the window on the swarm, in the foreground.

    All options go to `celery flower`; `celery flower --help` explains them.

    It listens on this machine only unless you name another address; give it a login then.

    \b
    Examples:
      swarm flower
      swarm flower --port=5566
      swarm flower --address=0.0.0.0 --basic_auth=me:secret
    """
    become(flower_command(ctx.args))


def worker_command(options: Sequence[str]) -> list[str]:
    """The argument vector of a worker."""
    return argv.celery("worker", *_defaults(_WORKER_DEFAULTS, options), *options)


def flower_command(options: Sequence[str]) -> list[str]:
    """The argument vector of Flower."""
    return argv.celery("flower", *_defaults(_FLOWER_DEFAULTS, options), *options)


def _defaults(defaults: _Defaults, given: Sequence[str]) -> list[str]:
    """The defaults that no given option overrides."""
    return [word for names, words in defaults if not _names_any(names, given) for word in words]


def _names_any(names: tuple[str, ...], given: Sequence[str]) -> bool:
    """Whether an option stands among ``given``: ``--name``, ``--name=value``, ``-n`` or ``-nvalue``."""
    short = tuple(name for name in names if not name.startswith("--"))
    long = tuple(name for name in names if name.startswith("--"))
    return any(word.partition("=")[0] in long or (bool(short) and word.startswith(short)) for word in given)


def become(command: list[str]) -> NoReturn:
    """Turn this process into another: it has this terminal, this process id and its signals."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)
