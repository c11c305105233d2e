"""What tests tell besides their outcome; it travels with their reports, whichever process they ran in."""

from collections.abc import Iterator

import pytest


def telling(request: pytest.FixtureRequest, name: str) -> Iterator[list[str]]:
    """Lines that are told under a name once the test has ended."""
    lines: list[str] = []
    yield lines
    request.node.user_properties.extend((name, line) for line in lines)


def told(reporter: pytest.TerminalReporter, name: str) -> list[str]:
    """All lines that were told under a name."""
    reports = [
        each for many in reporter.stats.values() for each in many if isinstance(each, pytest.TestReport)
    ]
    ends = [report for report in reports if report.when == "teardown"]
    return [str(line) for report in ends for key, line in report.user_properties if key == name]
