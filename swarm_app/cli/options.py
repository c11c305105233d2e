"""The options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from swarm_app.client.given import EMPTY


def path(text: str) -> Path:
    """A path as it was typed; an empty one, as of a variable that is not set, is none."""
    if not text.strip():
        raise typer.BadParameter(EMPTY)
    return Path(text)


Question = Annotated[
    str,
    typer.Argument(
        metavar="QUESTION",
        help="What to find out, in one sentence; after -- if it begins with a dash.",
    ),
]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH", parser=path, help="Files and folders to read; they are loaded into shards."
    ),
]
Shards = Annotated[
    str, typer.Option("--shards", metavar="A,B", help="Names of shards to ask, separated by commas.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write the report to FILE.md, FILE.html or FILE.json."),
]
RunId = Annotated[
    str, typer.Argument(metavar="RUN", help="A run's id, or the beginning of it, as `swarm runs` lists it.")
]
BudgetUsd = Annotated[
    list[str] | None,
    typer.Option(
        "--budget-usd",
        metavar="[ENGINE=]X",
        help="Stop before models cost X dollars, with a report; for one engine: the next takes over then.",
    ),
]
BudgetTokens = Annotated[
    list[str] | None,
    typer.Option(
        "--budget-tokens", metavar="[ENGINE=]N", help="The same with tokens; both may be given several times."
    ),
]
PolicyName = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="NAME",
        help="How several engines share them: mixed (in turn), cheapest, largest-context, strongest.",
    ),
]
SynthesisEngine = Annotated[
    str,
    typer.Option(
        "--synthesis-engine",
        metavar="NAME",
        help="The model that writes syntheses and answer, or a policy for the run's; else none does.",
    ),
]
Capacity = Annotated[
    int | None,
    typer.Option("--capacity", metavar="N", min=1, help="Tokens the shard may hold. [default: 200000]"),
]


def names(shards: str) -> tuple[str, ...]:
    """``A,B`` as names."""
    return tuple(name for part in shards.split(",") if (name := part.strip()))
