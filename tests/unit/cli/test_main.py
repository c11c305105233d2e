import json
from importlib.metadata import version
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from swarm_app.cli.group import Door
from swarm_app.cli.main import app
from swarm_app.errors import DocumentError, RunFailed, SwarmError

COMMANDS = (
    *("research", "ask", "runs", "show", "watch", "resume", "cancel", "verify", "export"),
    *("up", "down", "status", "doctor", "worker", "flower", "plans", "engines"),
    *("bus tail", "bus post", "council ask"),
    *("shard serve", "shard load", "shard list", "shard drop"),
)
runner = CliRunner()


def raising(error: BaseException) -> typer.Typer:
    """A command line whose only command raises ``error``."""
    failing = typer.Typer(cls=Door, rich_markup_mode=None)

    @failing.callback()
    def root(ctx: typer.Context, debug: bool = False) -> None:
        ctx.obj = debug

    @failing.command()
    def command() -> None:
        raise error

    return failing


def test_swarm_alone_prints_its_help() -> None:
    result = runner.invoke(app, [], prog_name="swarm")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: swarm")


def test_the_help_lists_every_command() -> None:
    listed = {line.split()[0] for line in runner.invoke(app, ["--help"]).stdout.splitlines() if line.strip()}
    assert {command.split()[0] for command in COMMANDS} <= listed


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = runner.invoke(app, [*command.split(), "--help"], prog_name="swarm")
    assert result.exit_code == 0
    assert f"  swarm {command}" in result.stdout.partition("Example")[2]


def test_the_version_is_the_distribution_s() -> None:
    assert runner.invoke(app, ["--version"]).stdout == f"swarm {version('swarm-app')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["research"],
        ["research", "", "docs"],
        ["research", "   ", "docs"],
        ["research", "What?"],
        ["research", "What?", "docs", "--out", "report.txt"],
        ["research", "What?", "docs", "--out", "missing/report.md"],
        ["research", "What?", "docs", "--nonsense"],
        ["ask", "", "docs"],
        ["ask", "What?"],
        ["ask", "What?", "docs", "--tokens", "0"],
        ["ask", "What?", ""],
        ["research", "What?", "docs", ""],
        ["council", "ask", "draft.md", ""],
        ["shard", "load", "history", " "],
        ["shard", "serve", "history", ""],
        ["status", "--watch", "--json"],
        ["shard", "load", "history"],
        ["shard", "serve", "history", "--capacity", "-1"],
        ["shard", "nonsense"],
        ["nonsense"],
        ["show"],
    ],
)
def test_bad_usage_is_status_2_said_on_standard_error(arguments: list[str], tmp_path: Path) -> None:
    result = runner.invoke(app, arguments)
    assert result.exit_code == 2
    assert result.stderr
    assert result.stdout == ""


def test_a_command_that_is_nearly_right_is_suggested() -> None:
    assert "Did you mean 'research'" in runner.invoke(app, ["reserch"]).stderr


def test_plans_lists_those_there_are() -> None:
    lines = runner.invoke(app, ["plans"]).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["PLAN", "gedimat", "foundations", "quick", "guardians"]


def test_plans_as_json_is_one_object() -> None:
    plans = json.loads(runner.invoke(app, ["plans", "--json"]).stdout)["plans"]
    assert [spec["workers"] for spec in plans[0]["passes"]] == [5, 5, 4, 8, 3, 5, 6, 6]


def test_engines_lists_the_extractive_one_with_what_it_does_not_do() -> None:
    engines = json.loads(runner.invoke(app, ["engines", "--json"]).stdout)["engines"]
    assert "not reason" in {engine["name"]: engine["summary"] for engine in engines}["extractive"]


@pytest.mark.parametrize(
    ("error", "status"),
    [(DocumentError("no such file"), 2), (RunFailed("no report"), 1), (SwarmError("broken"), 1)],
)
def test_an_error_of_ours_is_one_line_and_its_own_status(error: SwarmError, status: int) -> None:
    result = runner.invoke(raising(error), ["command"])
    assert (result.exit_code, result.stdout, result.stderr) == (status, "", f"swarm: {error}\n")


def test_an_unexpected_error_is_one_line_and_status_1() -> None:
    result = runner.invoke(raising(ValueError("odd\nvery odd")), ["command"])
    assert result.exit_code == 1
    assert result.stderr == "swarm: unexpected ValueError: odd; run again with --debug to see where.\n"


def test_debug_shows_where_an_error_comes_from() -> None:
    result = runner.invoke(raising(ValueError("odd")), ["--debug", "command"])
    assert result.exit_code == 1
    assert "Traceback" in result.stderr


def test_an_interruption_is_status_130_without_a_word() -> None:
    result = runner.invoke(raising(KeyboardInterrupt()), ["command"])
    assert (result.exit_code, result.output) == (130, "")
