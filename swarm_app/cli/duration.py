"""Times as people type them."""

import re

from swarm_app.errors import UsageError

_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0}
_NUMBER = r"\d+(?:\.\d+)?"
_DURATION = re.compile(rf"(?:(?P<h>{_NUMBER})h)?(?:(?P<m>{_NUMBER})m)?(?:(?P<s>{_NUMBER})s?)?")


def seconds(text: str) -> float:
    """``90``, ``90s``, ``10m`` or ``1h30m`` in seconds; raises `UsageError` for anything else."""
    match = _DURATION.fullmatch(text.strip().lower())
    found = match.groupdict() if match else {}
    total = sum(float(found[unit]) * length for unit, length in _UNITS.items() if found.get(unit))
    if total <= 0:
        raise UsageError(f"{text!r} is no length of time. Write 90s, 10m or 1h30m.")
    return total
