"""``--out FILE``: checked before the run, written whole or not at all."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from swarm_app.contracts.run import Report
from swarm_app.errors import UsageError
from swarm_app.report.data import to_json
from swarm_app.report.page import to_html


def _markdown(report: Report) -> str:
    return report.markdown


def _json(report: Report) -> str:
    return json.dumps(to_json(report), ensure_ascii=False, indent=2) + "\n"


_FORMATS: dict[str, Callable[[Report], str]] = {".md": _markdown, ".html": to_html, ".json": _json}


def check(path: Path | None) -> None:
    """Raise `UsageError` if a report could not be written to ``path``."""
    if path is None:
        return
    if path.suffix.lower() not in _FORMATS:
        raise UsageError(
            f"--out {path}: the name must end in {', '.join(_FORMATS)}. Choose one of these forms."
        )
    folder = path.absolute().parent
    if path.is_dir():
        raise UsageError(f"--out {path}: that is a folder. Name a file in it.")
    if not folder.is_dir():
        raise UsageError(f"--out {path}: there is no folder {folder}. Make it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"--out {path}: the folder {folder} is not yours to write in. Name another.")


def write(path: Path, report: Report) -> None:
    """Write the report in the form that the name asks for; raises `UsageError` if the disk refuses."""
    text = _FORMATS[path.suffix.lower()](report)
    try:
        _replace(path, text)
    except OSError as error:
        raise UsageError(
            f"--out {path}: cannot be written ({error.strerror}). The run is stored: "
            f"`swarm show {report.run_id} --out FILE` writes it elsewhere."
        ) from error


def _replace(path: Path, text: str) -> None:
    target = path.resolve()
    staged = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with staged.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(target)
    finally:
        staged.unlink(missing_ok=True)
