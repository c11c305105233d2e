"""``swarm ask``: one question, answered from the shards' memory."""

from collections.abc import Sequence
from typing import Annotated

import typer

from swarm_app.cli import output
from swarm_app.cli.loading import Loading
from swarm_app.cli.options import Json, Paths, Question, Shards, names
from swarm_app.client import Swarm
from swarm_app.contracts.documents import Skipped
from swarm_app.plural import counted

_SHOWN = 5  # skipped files that are named
_UNTOLD = {"excerpts": {"__all__": {"leads", "rarity"}}}  # of use to workers only


def ask(
    question: Question,
    paths: Paths = None,
    shards: Shards = "",
    tokens: Annotated[
        int,
        typer.Option("--tokens", metavar="N", min=1, help="Size of all excerpts, at 4 characters a token."),
    ] = 1000,
    as_json: Json = False,
) -> None:
    """Answer one question with excerpts, without a run.

    The excerpts come from the shards' memory, in milliseconds. Shards for the paths are made and started if
    they are missing.

    \b
    Examples:
      swarm ask "Who approved it?" --shards history
      swarm ask "Where is the retry limit set?" src/ --tokens 300
      swarm ask "Who approved it?" --shards history --json | jq '.excerpts[0]'
    """
    with Swarm(on_status=output.say) as swarm, Loading() as loading:
        answer = swarm.ask(question, paths or (), shards=names(shards), tokens=tokens, progress=loading)
    if as_json:
        output.write_json(answer.model_dump(mode="json", exclude=_UNTOLD))
    else:
        output.write(answer.answer)
        _say_skipped(answer.skipped)
        output.say(f"{counted(len(answer.excerpts), 'excerpt')} in {answer.elapsed_ms:.1f} ms")


def _say_skipped(skipped: Sequence[Skipped]) -> None:
    for each in skipped[:_SHOWN]:
        output.say(f"skipped {each.path}: {each.reason}")
    if len(skipped) > _SHOWN:
        output.say(f"skipped {len(skipped) - _SHOWN:,} more; --json names them")
