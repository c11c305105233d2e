"""``swarm bench``: the benchmarks' tables."""

import ast
import subprocess
import sys
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from typing import Annotated

import typer

from swarm_app.cli import output
from swarm_app.errors import UsageError

OPTIONS = {"ignore_unknown_options": True}

_ASKING_FOR_FILES = {"docstrings", "recall", "silence"}  # benchmarks that cannot run without


def bench(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME…] [ARGUMENTS]", help="Benchmarks; for a single one, its arguments too."
        ),
    ] = None,
) -> None:
    """Measure, and print the tables.

    Each benchmark runs in a process of its own, most of them on a fresh installation that is gone afterwards.
    Without a name, all run that need no files of yours; that takes a good while. `swarm bench list` lists
    them, and `swarm bench NAME -- --help` explains one.

    \b
    Recall measures how much known evidence a search finds, with what each part of the retrieval contributes,
    in one shard and in sixteen. A line of QUESTIONS.jsonl is a question, the name of a file in FOLDER, and
    where in it the answer stands, in characters or in lines:
      {"question": "…", "document": "a.md", "gold": [{"start": 0, "end": 120}]}
      {"question": "…", "document": "a.md", "gold": [{"first_line": 1, "last_line": 3}]}

    \b
    Examples:
      swarm bench asking borrow
      swarm bench recall questions.jsonl docs/
      swarm bench asking --rounds 20
    """
    known = _benchmarks()
    asked = [word for word in words or () if word != "--"]
    if asked == ["list"]:
        output.write_table(("name", "what it measures"), [(name, _summary(known[name])) for name in known])
        return
    names = list(takewhile(known.__contains__, asked))
    given = asked[len(names) :]
    _check(names, given, known)
    for name in names or sorted(known.keys() - _ASKING_FOR_FILES):
        status = _run(known[name], given)
        if status:
            raise typer.Exit(status)


def _check(names: list[str], given: list[str], known: dict[str, Path]) -> None:
    """Arguments are one benchmark's, and most benchmarks take options alone."""
    if not given or (len(names) == 1 and (names[0] in _ASKING_FOR_FILES or given[0].startswith("-"))):
        return
    raise UsageError(
        f"There is no benchmark {given[0]!r}. There are: {', '.join(known)}. "
        "Arguments are for a single benchmark: swarm bench NAME ARGUMENTS."
    )


def _run(script: Path, given: list[str]) -> int:
    """Run a benchmark by its path, as it is run in a checkout; its neighbours are then at hand."""
    return subprocess.run([sys.executable, str(script), *given], check=False).returncode


def _benchmarks() -> dict[str, Path]:
    """The scripts that can be run, by name."""
    spec = find_spec("benchmarks")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("The benchmarks are not installed. Install the whole project again: make setup.")
    folder = Path(next(iter(spec.submodule_search_locations)))
    scripts = {file.stem: file for file in sorted(folder.glob("*.py"))}
    return {name: file for name, file in scripts.items() if '"__main__"' in file.read_text("utf-8")}


def _summary(script: Path) -> str:
    """The first line of a script's docstring."""
    return (ast.get_docstring(ast.parse(script.read_text("utf-8"))) or "").partition("\n")[0]
