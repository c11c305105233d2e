"""Who does what in a plan, by names and policies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from swarm_app.contracts.engines import Policy
from swarm_app.contracts.plan import Plan, Role, Routing
from swarm_app.errors import PlanError, SwarmError, UsageError
from swarm_app.plans.catalog import load
from swarm_app.settings import current
from workers.routing import ordered, routed

TABLES = """
[small]
context = 8000
input_usd = 0.1
output_usd = 0.2
[cheap]
context = 64000
input_usd = 0.5
output_usd = 1.0
[dear]
context = 128000
input_usd = 5.0
output_usd = 25.0
[wide]
context = 1000000
input_usd = 2.0
output_usd = 10.0
[unpriced]
context = 32000
"""
ALL = "small:m,cheap:m,dear:m,wide:m,unpriced:m"


@pytest.fixture(autouse=True)
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    file = tmp_path / "models.toml"
    file.write_text(TABLES)
    monkeypatch.setenv("SWARM_MODELS", str(file))
    current.cache_clear()
    yield
    current.cache_clear()


def plan_of(**routing: object) -> Plan:
    return load("gedimat").model_copy(update={"routing": Routing.model_validate(routing)})


@pytest.mark.parametrize(
    ("policy", "order"),
    [
        (Policy.MIXED, ["small", "cheap", "dear", "wide", "unpriced"]),
        (Policy.CHEAPEST, ["cheap", "wide", "dear", "unpriced", "small"]),
        (Policy.LARGEST_CONTEXT, ["wide", "dear", "cheap", "unpriced", "small"]),
        (Policy.STRONGEST, ["dear", "wide", "cheap", "small", "unpriced"]),
    ],
)
def test_a_policy_orders_the_engines_by_what_is_known_of_them(policy: Policy, order: list[str]) -> None:
    assert ordered(ALL, policy) == ",".join(f"{name}:m" for name in order)


def test_a_stated_strength_goes_before_prices(tmp_path: Path) -> None:
    (tmp_path / "models.toml").write_text(TABLES.replace("[cheap]", "[cheap]\nstrength = 3"))
    assert ordered(ALL, Policy.STRONGEST).startswith("cheap:m,dear:m")


def test_the_extractive_engine_is_the_cheapest_and_the_weakest() -> None:
    assert ordered("cheap:m,extractive", Policy.CHEAPEST) == "extractive,cheap:m"
    assert ordered("extractive,cheap:m", Policy.STRONGEST) == "cheap:m,extractive"
    assert ordered("extractive,cheap:m", Policy.LARGEST_CONTEXT) == "cheap:m,extractive"


def test_without_a_word_every_pass_is_the_run_s_engines_and_nobody_writes() -> None:
    told = routed(load("gedimat"), "dear:m, cheap:m")
    assert {spec.engine for spec in told.passes} == {"dear:m,cheap:m"}
    assert {spec.policy for spec in told.passes} == {Policy.MIXED}
    assert {spec.synthesis for spec in told.passes} == {""}


def test_a_role_s_engines_go_before_the_run_s_and_a_pass_s_before_both() -> None:
    plan = plan_of(roles={"corroborate": "dear:m", "survey": "largest-context"})
    passes = [*plan.passes]
    passes[2] = passes[2].model_copy(update={"engine": "wide:m"})
    told = routed(plan.model_copy(update={"passes": tuple(passes)}), "cheap:m,wide:m", "cheapest")
    by_role = {spec.role: (spec.engine, spec.policy) for spec in told.passes}
    assert by_role[Role.CORROBORATE] == ("wide:m", Policy.CHEAPEST)
    assert by_role[Role.SURVEY] == ("wide:m,cheap:m", Policy.LARGEST_CONTEXT)
    assert by_role[Role.SIGNAL] == ("cheap:m,wide:m", Policy.CHEAPEST)
    assert routed(plan, "cheap:m,wide:m").passes[2].engine == "dear:m"


def test_who_writes_is_named_by_the_run_the_plan_or_the_pass() -> None:
    assert {spec.synthesis for spec in routed(load("quick"), ALL, synthesis="dear:m").passes} == {"dear:m"}
    plan = plan_of(synthesis="strongest")
    assert routed(plan, "cheap:m,extractive,dear:m").passes[0].synthesis == "dear:m,cheap:m"
    assert routed(plan, "cheap:m", synthesis="wide:m,extractive").passes[0].synthesis == "wide:m"
    assert routed(plan, "cheap:m", synthesis="extractive").passes[0].synthesis == ""
    first = plan.passes[0].model_copy(update={"synthesis": "extractive"})
    told = routed(plan.model_copy(update={"passes": (first, *plan.passes[1:])}), "cheap:m")
    assert [spec.synthesis for spec in told.passes[:2]] == ["", "cheap:m"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"policy": "cheap"}, "There is no policy 'cheap'. Did you mean cheapest?"),
        ({"policy": "x"}, "Policies: mixed, cheapest, largest-context, strongest"),
        ({"synthesis": "nobody:m"}, "There is no account 'nobody'"),
        ({"synthesis": "strongest", "engine": "extractive"}, "No model is among the run's engines"),
        ({"synthesis": "magic"}, "There is no engine 'magic'"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(options: dict[str, str], words: str) -> None:
    with pytest.raises(SwarmError, match=words.replace("?", r"\?")) as raised:
        routed(load("quick"), options.pop("engine", "cheap:m"), **options)
    assert isinstance(raised.value, UsageError) or "account" in words or "engine" in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[routing]\npolicy = "best"\n', "field routing.policy"),
        ('[routing.roles]\nthinker = "cheap:m"\n', "routing.roles.thinker"),
        ('[routing]\nsynthesizer = "cheap:m"\n', "there is no such field"),
    ],
)
def test_a_mistake_in_a_plan_s_routing_names_file_and_field(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'summary = "One."\n{text}[[passes]]\nname = "Only"\nrole = "signal"\nworkers = 1\n')
    with pytest.raises(PlanError, match=words) as raised:
        load(str(file))
    assert str(file) in str(raised.value)


def test_no_pass_has_the_role_of_synthesising(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('summary = "One."\n[[passes]]\nname = "Only"\nrole = "synthesise"\nworkers = 1\n')
    with pytest.raises(PlanError, match="every pass is synthesised"):
        load(str(file))
