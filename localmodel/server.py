"""An OpenAI-compatible server on loopback, for as long as somebody asks the model behind it."""

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv-model" / "bin" / "python"  # made by the Makefile; it alone has xllamacpp
CONTEXT = 4_096  # tokens: a small model on a processor reads some tens of them a second

_GRACE = 10.0  # seconds to end in order


class ServerError(Exception):
    """The server does not start; says why."""


@dataclass(frozen=True)
class Server:
    """Where the model is reached, with a key that nobody else knows."""

    address: str
    key: str
    pid: int


@contextmanager
def serving(model: Path, log: Path, python: Path = PYTHON) -> Iterator[Server]:
    """Serve a model, ready when the block begins; the process is ended with the block, or with ours.

    Raises `ServerError` with its last words when it ends before it is ready.
    """
    key = secrets.token_urlsafe()
    with log.open("w") as errors:
        process = subprocess.Popen(
            [python, Path(__file__).with_name("runner.py"), model, str(CONTEXT)],
            env=os.environ | {"LOCAL_MODEL_KEY": key},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,  # Ctrl-C is for whoever asks; the server ends after them
        )
    try:
        yield Server(_address(process, log), key, process.pid)
    finally:
        _end(process)


def _address(process: "subprocess.Popen[str]", log: Path) -> str:
    """What it says once the model is loaded."""
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    if not address:
        last = log.read_text("utf-8", errors="replace").strip().splitlines()[-1:]
        raise ServerError(
            f"The model's server ended before it was ready: {''.join(last) or 'without a word'}."
        )
    return address


def _end(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stdout is not None
    process.stdout.close()
