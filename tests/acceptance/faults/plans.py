"""Plans for the tests: some passes of some workers, all of one role."""

from collections.abc import Mapping, Sequence
from pathlib import Path

_HEAD = 'name = "faults"\nsummary = "Passes to be disturbed."\n'
_PASS = '[[passes]]\nname = "Pass {number}"\nrole = "signal"\nworkers = {workers}\n'


def write_plan(folder: Path, workers: Sequence[int], fields: Mapping[str, float]) -> Path:
    """A plan file in ``folder``: a pass for each number of workers, all with these fields (quorum, …)."""
    more = "".join(f"{name} = {value}\n" for name, value in fields.items())
    passes = [_PASS.format(number=number, workers=each) + more for number, each in enumerate(workers, 1)]
    path = folder / f"plan-{'-'.join(map(str, workers))}.toml"
    path.write_text(_HEAD + "".join(passes))
    return path
