"""Identifiers. All but a run's own are derived, so that doing a step again names the same thing again."""

import re
import secrets

_PLACE = re.compile(r"_(\d+)_(\d+)$")


def new_run_id() -> str:
    """A fresh ``run_…``: 48 random bits."""
    return f"run_{secrets.token_hex(6)}"


def brief_id(run_id: str, pass_number: int, number: int) -> str:
    """The brief of worker ``number`` of a pass, 0 for who writes what it came to; also its Celery task id."""
    return f"{run_id}.{pass_number}.{number}"


def parts_of_brief(brief: str) -> tuple[str, int, int]:
    """The run, the pass and the place that a brief's id names; at place 0 a pass is written about."""
    run_id, pass_number, number = brief.split(".")
    return run_id, int(pass_number), int(number)


def assist_id(brief: str, number: int) -> str:
    """The assist of this place among a blocked brief's; also its Celery task id."""
    return f"{brief}.assist{number}"


def assisted(assist: str) -> tuple[str, int]:
    """The brief and the place that an assist's id names."""
    brief, _, number = assist.rpartition(".assist")
    return brief, int(number)


def finding_id(brief: str) -> str:
    """The one finding that a brief can have: ``finding_…``."""
    return f"finding_{brief.removeprefix('run_').replace('.', '_')}"


def place_of(finding: str) -> tuple[int, int] | None:
    """The pass of a finding and its worker's place in it, from its id; None for an id of another form."""
    found = _PLACE.search(finding)
    return (int(found[1]), int(found[2])) if found else None


def is_of(finding: str, run_id: str) -> bool:
    """Whether a finding is of that run, by its id."""
    return finding.startswith(f"{finding_id(run_id)}_")


def synthesis_id(run_id: str, pass_number: int) -> str:
    """The Celery task id of a pass's synthesis."""
    return f"{run_id}.{pass_number}.synthesis"
