"""One installation whose accounts lead to the vendors, for the tests of a file."""

from collections.abc import Iterator

import pytest

from tests.acceptance.archive import archive
from tests.acceptance.installation import Installation
from tests.vendors.server import Vendors, diligent

SMALL = """
[small]
base_url = "{url}/v1"
context = 3400
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, server: Vendors) -> Iterator[Installation]:
    """Its accounts lead to the vendors."""
    accounts = server.tables + SMALL.format(url=server.url)
    with archive(tmp_path_factory.mktemp("archive"), accounts) as made:
        yield made


@pytest.fixture(autouse=True)
def afresh(server: Vendors) -> Iterator[None]:
    """Nothing is ordered, and nothing was answered, when a test begins."""
    server.script.clear()
    server.script.say, server.script.storm, server.script.answered = diligent, None, []
    yield
    server.script.clear()
