"""One installation whose accounts lead to the vendors, for the tests of a file."""

from collections.abc import Iterator

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write
from tests.vendors.server import Vendors, diligent, vendors

SMALL = """
[small]
base_url = "{url}/v1"
context = 3400
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Vendors]:
    with vendors(diligent) as made:
        yield made


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, server: Vendors) -> Iterator[Installation]:
    """It has the library in its shard `archive`."""
    file = tmp_path_factory.mktemp("accounts") / "models.toml"
    file.write_text(server.tables + SMALL.format(url=server.url), "utf-8")
    with installed(models=file, linger=120) as made:
        made.swarm("shard", "load", "archive", write(tmp_path_factory.mktemp("library") / "archive"))
        yield made


@pytest.fixture(autouse=True)
def afresh(server: Vendors) -> Iterator[None]:
    """Nothing is ordered, and nothing was answered, when a test begins."""
    server.script.clear()
    server.script.say, server.script.storm, server.script.answered = diligent, None, []
    yield
    server.script.clear()
