"""Figures of the runs, printed when the tests have ended."""

from collections.abc import Iterator

import pytest

from tests.vendors.server import Vendors, diligent, vendors

_FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> list[str]:
    """Lines that are printed at the end."""
    return request.config.stash.setdefault(_FIGURES, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if figures := config.stash.get(_FIGURES, []):
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(figures))


@pytest.fixture(scope="module")
def server() -> Iterator[Vendors]:
    """The vendors' protocols over HTTP, with a diligent model behind them."""
    with vendors(diligent) as made:
        yield made
