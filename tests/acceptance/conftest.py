"""Figures of the runs, printed when the tests have ended."""

from collections.abc import Iterator

import pytest

from tests.acceptance.told import telling, told
from tests.vendors.server import Vendors, diligent, vendors


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Lines that are printed at the end."""
    yield from telling(request, "figure")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if figures := told(terminalreporter, "figure"):
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(figures))


@pytest.fixture(scope="module")
def server() -> Iterator[Vendors]:
    """The vendors' protocols over HTTP, with a diligent model behind them."""
    with vendors(diligent) as made:
        yield made
