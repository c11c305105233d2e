"""The table of what was done to the runs and what became of them, printed when the tests have ended."""

from collections.abc import Iterator

import pytest

from tests.acceptance.faults.account import HEADING, LEGEND
from tests.acceptance.told import telling, told


@pytest.fixture
def table(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """The rows of the table; a test that disturbs a run adds one."""
    yield from telling(request, "row")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if rows := told(terminalreporter, "row"):
        terminalreporter.section("faults")
        terminalreporter.write_line("\n".join([HEADING, *rows, LEGEND]))
