"""The table of what was done to the runs and what became of them, printed when the tests have ended."""

import pytest

from tests.acceptance.faults.account import HEADING, LEGEND

_ROWS = pytest.StashKey[list[str]]()


@pytest.fixture
def table(request: pytest.FixtureRequest) -> list[str]:
    """The rows of the table; a test that disturbs a run adds one."""
    return request.config.stash.setdefault(_ROWS, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows = config.stash.get(_ROWS, [])
    if rows:
        terminalreporter.section("faults")
        terminalreporter.write_line("\n".join([HEADING, *rows, LEGEND]))
