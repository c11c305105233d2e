"""Whether the models answer that a key is at hand for."""

from collections.abc import Iterator

from swarm_app.cli.doctor.check import Check, fail, ok, warn
from swarm_app.errors import EngineError, UsageError
from swarm_app.settings import Settings
from workers.models.accounts import accounts


def engines(settings: Settings) -> Iterator[Check]:
    """One call of one token for each model that `swarm engines` lists as ready."""
    try:
        ready = {name: each for name, each in accounts(settings.models).items() if not each.missing}
    except UsageError as error:
        yield fail("models", str(error), "Mend the file that SWARM_MODELS names.")
        return
    if not ready:
        yield ok("models", "no account has a key; the engine extractive needs none")
        return
    for name in [name for name, account in ready.items() if not account.models]:
        yield ok("model", f'{name} is not tried: nobody wrote models = ["…"] under [{name}]')
    yield from _tried(settings)


def _tried(settings: Settings) -> Iterator[Check]:
    # The client library takes seconds to import: only who has a key pays.
    from workers.models.offers import engines as listed  # noqa: PLC0415
    from workers.models.trial import trial  # noqa: PLC0415

    for engine in listed(settings.models):
        if engine.account.missing:
            continue
        try:
            trial(engine)
        except EngineError as error:
            yield warn("model", str(error), f"Runs cannot use {engine.name} until then; others can be named.")
        else:
            yield ok("model", f"{engine.name} answers")
