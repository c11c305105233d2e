"""An installation with model accounts, and a small collection to ask them about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write


@contextmanager
def archive(folder: Path, accounts: str, **settings: object) -> Iterator[Installation]:
    """It has these accounts, the text of a models file, and the library in its shard `archive`."""
    file = folder / "models.toml"
    file.write_text(accounts, "utf-8")
    with installed(models=file, linger=120, **settings) as made:
        made.swarm("shard", "load", "archive", write(folder / "archive"))
        yield made
