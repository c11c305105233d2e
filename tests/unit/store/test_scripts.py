"""The scripts of the store say on their tops which fields of their hashes they touch, and so do the keys."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from swarm_app.keys import Keys

SCRIPTS = {
    each.name: each.read_text("utf-8")
    for each in files("swarm_app.store").joinpath("lua").iterdir()
    if each.name.endswith(".lua")
}
KEYS = {
    "account": Keys.account,
    "blocker": Keys.blocker,
    "brief": Keys.brief,
    "discovery": Keys.discovery,
    "pass": Keys.passed,
}
CALL = re.compile(r"redis\.call\(\s*'(H\w+)',\s*KEYS\[(\d+)\],")
ALL = {
    "HGET",
    "HMGET",
    "HDEL",
    "HEXISTS",
}  # all of whose arguments are fields; of the others, every second one is


def arguments(text: str) -> list[str]:
    """What stands in a call's brackets, the opening one left out, cut at its commas."""
    found, depth, quoted = [""], 0, False
    for char in text:
        quoted ^= char == "'"
        depth += 0 if quoted else (char in "([{") - (char in ")]}")
        if depth < 0:
            break
        if char == "," and not depth and not quoted:
            found.append("")
        else:
            found[-1] += char
    return found


def touched(script: str) -> Iterator[tuple[str, str]]:
    """The number of a key, and a field of it, wherever a script names one in quotes."""
    for call in CALL.finditer(script):
        command, key = call.groups()
        for argument in arguments(script[call.end() :])[:: 1 if command in ALL else 2]:
            for quoted in re.findall(r"'([^']+)'", argument):
                yield from ((key, field) for field in re.findall(r"[a-z_]*[a-z]", quoted))


def told(name: str, key: str) -> set[str]:
    """The words with which a script's top tells of a key; one that is told of elsewhere has those too."""
    entry = re.search(rf"^-- KEYS\[{key}\].*\n(?:-- {{5,}}.*\n)*", SCRIPTS[name], re.MULTILINE)
    text = entry[0] if entry else ""
    elsewhere = re.search(r"as in (\w+\.lua)", text)
    return set(re.findall(r"[a-z_]+", text)) | (told(elsewhere[1], key) if elsewhere else set())


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_script_names_on_its_top_every_field_that_it_touches(name: str) -> None:
    assert {(key, field) for key, field in touched(SCRIPTS[name]) if field not in told(name, key)} == set()


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_key_names_every_field_that_a_script_touches(name: str) -> None:
    fields = {
        field
        for script in SCRIPTS.values()
        for key, field in touched(script)
        if re.search(rf"^-- KEYS\[{key}\] +{name} ", script, re.MULTILINE)
    }
    assert fields
    assert fields - set(re.findall(r"[a-z_]+", KEYS[name].__doc__ or "")) == set()
