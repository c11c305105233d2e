"""What a refusal looks like, and what it must leave as it was."""

import subprocess

from tests.acceptance.installation import Installation

Ended = subprocess.CompletedProcess[str]


def refusal(ended: Ended) -> str:
    """The one line that a refused command says: status 2, nothing on standard output, no traceback."""
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    said = [line for line in ended.stderr.splitlines() if line.startswith(("swarm: ", "Error: "))]
    assert len(said) == 1, ended.stderr
    assert ended.stderr.rstrip().endswith(said[0]), ended.stderr
    return said[0]


def remembered(installation: Installation) -> tuple[list[str], list[tuple[str, int]]]:
    """The runs and the shards that the store knows, these with their versions."""
    store = installation.store()
    try:
        runs = [run.run_id for run, _ in store.runs.page(limit=1000, offset=0)]
        return runs, [(shard.name, shard.version) for shard in store.shards.all()]
    finally:
        store.close()
