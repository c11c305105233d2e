"""What can be checked without a server: Python, the state directory and its disk, Flower."""

import importlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from swarm_app.cli.doctor.check import Check, fail, ok, warn
from swarm_app.settings import Settings

OLDEST_PYTHON = (3, 11)
SCARCE, VERY_SCARCE = 1_000_000_000, 100_000_000  # free bytes


def machine(settings: Settings) -> Iterator[Check]:
    """The checks, one after another."""
    yield python(sys.version_info[:3])
    yield state_dir(settings.state_dir)
    yield disk(shutil.disk_usage(_existing(settings.state_dir)).free, settings.state_dir)
    yield flower()


def python(version: tuple[int, ...]) -> Check:
    """Whether this Python is new enough."""
    shown, needed = ".".join(map(str, version)), ".".join(map(str, OLDEST_PYTHON))
    if version < OLDEST_PYTHON:
        return fail("python", shown, f"Install Python {needed} or newer.")
    return ok("python", shown)


def state_dir(path: Path) -> Check:
    """Whether the embedded server and the logs have a place."""
    if os.access(_existing(path), os.W_OK | os.X_OK):
        return ok("state directory", str(path))
    return fail(
        "state directory", f"{path} cannot be written", "Mend its permissions, or set SWARM_STATE_DIR."
    )


def disk(free: int, path: Path) -> Check:
    """Whether there is room for what is stored; ``free`` in bytes."""
    detail = f"{free / 1e9:.1f} GB free at {path}"
    if free < VERY_SCARCE:
        return fail("disk", detail, "Make room: the server refuses to write when the disk is full.")
    if free < SCARCE:
        return warn("disk", detail, "Make room soon.")
    return ok("disk", detail)


def flower() -> Check:
    """Whether Flower can be imported."""
    try:
        module = importlib.import_module("flower")
    except ImportError as error:
        return warn("flower", str(error), "Install this project's dependencies again.")
    return ok("flower", f"version {module.__version__}")


def _existing(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next(folder for folder in (path, *path.parents) if folder.exists())
