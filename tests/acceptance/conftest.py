"""Figures of the runs, printed when the tests have ended."""

from collections.abc import Iterator

import pytest

from tests.acceptance.told import telling, told


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Lines that are printed at the end."""
    yield from telling(request, "figure")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if figures := told(terminalreporter, "figure"):
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(figures))
