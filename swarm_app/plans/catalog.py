"""The plans there are: our own, and any TOML file of the same form."""

import difflib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from swarm_app.contracts.plan import Guardian, Plan, Rejection, Role, Rules
from swarm_app.errors import PlanError

BUILTIN = ("gedimat", "foundations", "quick", "guardians")
COUNCIL = (
    Guardian(name="auditor", duty="evidence"),
    Guardian(name="surveyor", duty="coverage"),
    Guardian(name="arbiter", duty="contradiction"),
    Guardian(name="examiner", duty="independence"),
    Guardian(name="editor", duty="duplication"),
    Guardian(name="steward", duty="scope"),
)
DUTIES = (
    *(guardian.duty for guardian in COUNCIL),
    *("observation", "arithmetic", "denial", "disclosure"),
)
REPAIR: tuple[dict[str, Any], ...] = (
    {
        "name": "Repair",
        "role": Role.REPAIR.value,
        "workers": 5,
        "repair": True,
        "instructions": "Find what the council missed, and look where nobody has cited yet.",
    },
    {
        "name": "Second Vote",
        "role": Role.GUARD.value,
        "repair": True,
        "instructions": "Judge the repaired draft by your duty alone, as before.",
    },
)

_Loc = Sequence[int | str]


def builtin() -> list[Plan]:
    """Our own plans, the default first."""
    return [load(name) for name in BUILTIN]


def load(name_or_file: str) -> Plan:
    """The plan of a built-in name, or of a TOML file.

    Raises `PlanError`: for a file with a mistake it names file, line and field.
    """
    if name_or_file in BUILTIN:
        return _read(Path(__file__).with_name(f"{name_or_file}.toml"))
    path = Path(name_or_file).expanduser()
    if path.is_file():
        return _read(path)
    if name_or_file and path.is_dir():
        raise PlanError(f"Plan file {name_or_file}: that is a folder. Name a TOML file in it.")
    raise PlanError(_unknown(name_or_file))


def _unknown(name: str) -> str:
    if name.endswith(".toml") or "/" in name:
        return (
            f"Plan file {name}: there is no such file. Check the path, or name one of {', '.join(BUILTIN)}."
        )
    near = difflib.get_close_matches(name.lower(), BUILTIN, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"There is no plan {name!r}. {hint}Plans: {', '.join(BUILTIN)}, or the path of a TOML file."


def _read(path: Path) -> Plan:
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise PlanError(f"Plan file {path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PlanError(f"Plan file {path}, line {line}: not UTF-8. Save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"Plan file {path}, {_syntax(str(error), text)}.") from None
    return _validated(path, text, data)


def _syntax(message: str, text: str) -> str:
    """TOML's own words, the line first."""
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if not at:
        return f"TOML syntax: {message}"
    line = at[1] or len(text.splitlines())
    return f"line {line}: TOML syntax: {message[: at.start()]}"


def _validated(path: Path, text: str, data: dict[str, Any]) -> Plan:
    try:
        plan = Plan.model_validate({"name": path.stem, **_seated(data)})
    except ValidationError as error:
        first = error.errors()[0]
        raise _mistake(path, text, first["loc"], _reason(first["msg"], first["type"], first["loc"])) from None
    for number, guardian in enumerate(plan.guardians):
        if guardian.duty not in DUTIES:
            reason = f"unknown duty {guardian.duty!r}; duties: {', '.join(DUTIES)}"
            raise _mistake(path, text, ("guardians", number, "duty"), reason)
    for number, spec in enumerate(plan.passes):
        if spec.role is Role.GUARD and spec.workers != len(plan.guardians):
            reason = (
                f"a guard pass has one worker for each guardian: {len(plan.guardians)}, not {spec.workers}"
            )
            raise _mistake(path, text, ("passes", number, "workers"), reason)
    if fault := _course(plan):
        raise _mistake(path, text, *fault)
    return plan


def _course(plan: Plan) -> tuple[_Loc, str] | None:
    """What is wrong with the plan's council and its repair passes: the field, and why."""
    repairing = [spec.repair for spec in plan.passes]
    for number, spec in enumerate(plan.passes):
        if spec.role is Role.SYNTHESISE:
            reason = 'every pass is synthesised; name who writes that by synthesis = "…"'
            return ("passes", number, "role"), reason
    if plan.council != Rules() and not any(spec.role is Role.GUARD for spec in plan.passes):
        return ("council",), 'a council needs a pass of the role "guard"'
    if repairing != sorted(repairing):
        return ("passes", repairing.index(True), "repair"), "repair passes come last"
    if any(repairing) and plan.council.rejection is not Rejection.REPAIR:
        reason = 'repair passes need rejection = "repair" in [council]'
        return ("passes", repairing.index(True), "repair"), reason
    return None


def _seated(data: dict[str, Any]) -> dict[str, Any]:
    """The plan with its council: the usual six when none are named, and one worker for each guardian."""
    passes = data.get("passes")
    if not isinstance(passes, list) or not any(_is_guard(spec) for spec in passes):
        return data
    guardians = data.get("guardians") or [guardian.model_dump() for guardian in COUNCIL]
    seats = len(guardians) if isinstance(guardians, list) else 0
    filled = [{"workers": seats, **spec} if _is_guard(spec) else spec for spec in _repaired(passes, data)]
    return {**data, "guardians": guardians, "passes": filled}


def _repaired(passes: list[Any], data: dict[str, Any]) -> list[Any]:
    """The passes, with a repair and a second vote where a rejection asks for them and none are named."""
    rules = data.get("council")
    wanted = isinstance(rules, dict) and rules.get("rejection") == Rejection.REPAIR.value
    if not wanted or any(isinstance(spec, dict) and spec.get("repair") for spec in passes):
        return passes
    return [*passes, *REPAIR]


def _is_guard(spec: object) -> bool:
    return isinstance(spec, dict) and spec.get("role") == Role.GUARD.value


def _reason(message: str, kind: str, loc: _Loc) -> str:
    if kind == "extra_forbidden":
        return "there is no such field; check its spelling"
    if kind == "too_short" and loc == ("passes",):
        return "a plan needs at least one [[passes]]"
    if kind == "missing":
        return "is missing; add it"
    return message[:1].lower() + message[1:]


def _mistake(path: Path, text: str, loc: _Loc, reason: str) -> PlanError:
    field = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
    return PlanError(f"Plan file {path}, line {_line(text, loc)}, field {field}: {reason}.")


def _line(text: str, loc: _Loc) -> int:
    """Where a field stands: its own line, else its table's first, else the file's."""
    lines = text.splitlines()
    start = _table(lines, loc)
    pattern = re.compile(rf"\s*[\"']?{re.escape(str(loc[-1]))}[\"']?\s*=")
    for number, line in enumerate(lines[start:], start + 1):
        if number > start + 1 and line.lstrip().startswith("["):
            break
        if pattern.match(line):
            return number
    return start + 1


def _table(lines: list[str], loc: _Loc) -> int:
    """Index of the header line of the table that a field belongs to; 0 for the top of the file."""
    if len(loc) < 2:
        return 0
    place = loc[1] if isinstance(loc[1], int) else 0
    name = re.escape(str(loc[0]))
    header = re.compile(rf"\s*\[\[?\s*{name}\s*\]")
    found = [index for index, line in enumerate(lines) if header.match(line)]
    return found[place] if place < len(found) else 0
