"""The house: what the containers, the documents and continuous integration promise."""

import inspect
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from swarm_app.contracts.context import Engine
from swarm_app.keys import Keys
from swarm_app.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("shard", "worker", "flower")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DOCUMENTS = sorted(ROOT.glob("*.md"))


def words(service: str) -> str:
    return " ".join(SERVICES[service]["command"])


def fenced(text: str) -> str:
    """What stands in a document's blocks of code."""
    return "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


# Containers


def test_redis_does_not_start_without_a_password_and_has_no_default_one() -> None:
    assert re.search(r"--requirepass \$\{SWARM_REDIS_PASSWORD:\?[^}]+\}", words("redis"))
    assert ":-" not in str(SERVICES["redis"])


def test_redis_acknowledges_only_what_is_on_disk_and_forgets_nothing() -> None:
    for option in ("--appendonly yes", "--appendfsync always", "--maxmemory-policy noeviction"):
        assert option in words("redis")
    assert [volume for volume in SERVICES["redis"]["volumes"] if volume.endswith(":/data")]


@pytest.mark.parametrize("service", OURS)
def test_a_process_reaches_redis_with_the_password(service: str) -> None:
    url = SERVICES[service]["environment"]["SWARM_REDIS_URL"]
    assert re.fullmatch(r"redis://:\$\{SWARM_REDIS_PASSWORD:\?[^}]+\}@redis:6379/0", url)


@pytest.mark.parametrize("service", OURS)
def test_a_process_waits_for_redis_and_is_unprivileged(service: str) -> None:
    assert SERVICES[service]["depends_on"] == {"redis": {"condition": "service_healthy"}}
    assert SERVICES[service]["cap_drop"] == ["ALL"]


def test_all_processes_are_one_image() -> None:
    assert {SERVICES[service]["image"] for service in OURS} == {
        f"swarm-app:{PYPROJECT['project']['version']}"
    }


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_container_is_watched_and_started_again(service: str) -> None:
    assert SERVICES[service]["healthcheck"]["test"]
    assert SERVICES[service]["restart"] == "unless-stopped"


def test_nothing_is_published_beyond_this_machine() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert published == ["127.0.0.1:5555:5555"]


def test_flower_asks_for_a_login() -> None:
    assert SERVICES["flower"]["environment"]["FLOWER_BASIC_AUTH"].startswith("${SWARM_FLOWER_LOGIN:?")


def test_documents_cannot_be_changed_by_the_shard() -> None:
    assert [volume.endswith(":/documents:ro") for volume in SERVICES["shard"]["volumes"]] == [True]


def test_every_variable_of_the_compose_file_is_explained_in_the_example() -> None:
    compose = (ROOT / "docker-compose.yml").read_text("utf-8")
    used = set(re.findall(r"\$\{(\w+)", compose))
    explained = set(
        re.findall(r"^#? ?(SWARM_\w+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    )
    assert used == explained


def test_the_example_chooses_no_secret() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    assert re.findall(r"^SWARM_\w+=(.*)$", example, re.MULTILINE) == ["", ""]


def test_the_image_installs_nothing_that_the_lock_does_not_vouch_for() -> None:
    installs = [line for line in DOCKERFILE.splitlines() if re.search(r"pip .*\b(install|download)\b", line)]
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-index" in installs[1]


def test_the_image_runs_as_a_user_on_the_oldest_python_that_is_supported() -> None:
    oldest = PYPROJECT["project"]["requires-python"].removeprefix(">=")
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {f"python:{oldest}-slim"}
    assert "\nUSER swarm\n" in DOCKERFILE.rpartition("FROM")[2]


def test_the_image_is_built_from_nothing_but_the_package() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    ignore = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignore
    assert {line[1:] for line in ignore if line.startswith("!")} == set(" ".join(copied).split())


# Dependencies


def test_every_dependency_is_pinned() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    pins = [*PYPROJECT["project"]["dependencies"], *(pin for extra in extras for pin in extra)]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+", pin)] == []
    names = {re.sub(r"\[[\w,]+\]", "", pin).lower() for pin in pins}
    assert names <= {entry.lower() for entry in re.findall(r"^(\S+==\S+)", LOCK, re.MULTILINE)}


def test_the_lock_has_a_hash_for_everything_and_names_no_index() -> None:
    entries = re.findall(r"^\S+==\S+.*?(?=^\S+==|\Z)", LOCK, re.MULTILINE | re.DOTALL)
    assert len(entries) > len(PYPROJECT["project"]["dependencies"])
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.search(r"https?://|--index|--find-links", LOCK.partition("\n\n")[2] or LOCK) is None


@pytest.mark.parametrize("python", ["3.11.0", "3.12.0", "3.13.0", "3.14.0"])
def test_the_lock_has_what_every_python_asks_for(python: str) -> None:
    """It is made on one, and leaves out what only another needs."""
    locked = set(re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE))
    known, asked = set[str](), [Requirement("swarm-app[dev]")]
    while asked:
        each = asked.pop()
        if str(each) not in known:
            known.add(str(each))
            asked += needed(each, python)
    assert {canonicalize_name(Requirement(each).name) for each in known} <= locked | {"swarm-app"}


def needed(asking: Requirement, python: str) -> Iterator[Requirement]:
    """What a requirement requires on a version of Python."""
    version = {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    for each in map(Requirement, requires(asking.name) or ()):
        extras = ("", *asking.extras)
        if each.marker is None or any(each.marker.evaluate(version | {"extra": extra}) for extra in extras):
            each.marker = None
            yield each


# Documents


def test_set_up_is_two_commands() -> None:
    set_up = README.partition("## Set up")[2].partition("## ")[0]
    assert re.findall(r"^```sh\n(.*?)^```", set_up, re.MULTILINE | re.DOTALL) == ["make demo\nmake test\n"]
    assert re.findall(r"^(?:make|pip|python3? -m)\b.*$", fenced(README), re.MULTILINE) == [
        "make demo",
        "make test",
    ]


def test_the_readme_lists_every_setting_as_it_is() -> None:
    listed = re.findall(r"^\| `SWARM_(\w+)` \| (.+?) \| (.+) \|$", README, re.MULTILINE)
    assert listed == [row(name) for name in Settings.model_fields]


def row(name: str) -> tuple[str, str, str]:
    field = Settings.model_fields[name]
    default = "—" if field.default is None else f"`{field.default}`"
    shown = "your state directory" if field.default_factory else default
    return name.upper(), shown, field.description or ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_documents_links_lead_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", text)
    assert [link for link in links if not leads_somewhere(ROOT / (link[0] or document.name), link[1])] == []


def leads_somewhere(file: Path, anchor: str) -> bool:
    return file.exists() and (not anchor or anchor in anchors(file.read_text("utf-8")))


def anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_document_names_no_file_that_is_not_there(document: Path) -> None:
    named = re.findall(
        r"`((?:swarm_app|shard|workers|tasks|tests|benchmarks)/[\w./]+)`", document.read_text("utf-8")
    )
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_architecture_lists_every_key() -> None:
    store = ARCHITECTURE.partition("## Store")[2].partition("\n## ")[0]
    made = [name for name in vars(Keys) if not name.startswith("_") and callable(getattr(Keys, name))]
    assert re.findall(r"^\| `(.+?)` \|", store, re.MULTILINE) == [key(name) for name in made]


def key(name: str) -> str:
    method = getattr(Keys("namespace"), name)
    made: str = method(*(parameter.upper() for parameter in inspect.signature(method).parameters))
    return made.removeprefix("namespace:")


def test_the_architecture_gives_a_reason_for_every_dependency() -> None:
    names = {re.split(r"[\[=]", pin)[0] for pin in PYPROJECT["project"]["dependencies"]}
    explained = set(
        re.findall(r"^\| `([\w-]+)` \|", ARCHITECTURE.partition("### Dependencies")[2], re.MULTILINE)
    )
    assert explained == names


def test_the_engine_in_the_guide_is_one() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", CONTRIBUTING, re.MULTILINE | re.DOTALL)
    made: dict[str, Any] = {}
    exec(example, made)
    assert isinstance(made["CarefulEngine"](), Engine)


def test_a_wheel_has_all_the_data_of_its_packages() -> None:
    shipped = PYPROJECT["tool"]["setuptools"]["package-data"]
    packages = {name.rstrip("*") for name in PYPROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
    data = {
        file for name in packages for file in (ROOT / name).rglob("*") if file.is_file() and not is_code(file)
    }
    assert data == {file for name in shipped for each in shipped[name] for file in (ROOT / name).glob(each)}


def is_code(file: Path) -> bool:
    return file.suffix == ".py" or "__pycache__" in file.parts


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"## [{PYPROJECT['project']['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_continuous_integration_runs_the_tests_that_people_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.read_text("utf-8").splitlines()[-1] == "exec make test"
    assert script.stat().st_mode & 0o100


def test_the_licence_is_mit() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert PYPROJECT["project"]["license"] == "MIT"
